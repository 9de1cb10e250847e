using Archicortex.Documents;
using Archicortex.Storage;

namespace Archicortex;

/// <summary>Takes the operations of an exported log into a memory.</summary>
/// <remarks>
/// An empty memory of the same scope takes the log over as it is, ids and times included. Otherwise each document is
/// remembered unless it is known, and each forget forgets it, as if someone did so now. Operations that are in the log
/// already are passed over: a memory takes in its own export without a change.
/// </remarks>
/// <param name="views">The memory as it is.</param>
/// <param name="known">Ids of the operations in its log.</param>
/// <param name="scope">Its scope.</param>
/// <param name="options">What to do with conflicts.</param>
/// <param name="charsMax">Characters a document may have.</param>
/// <param name="clock">The time of the new operations.</param>
sealed class LogImport(
    MemoryViews views, IReadOnlySet<OperationId> known, string scope, RememberOptions options, int charsMax, TimeProvider clock)
{
    readonly bool _isVerbatim = views.Head.Sequence == 0;
    readonly HashSet<DocumentId> _live = [];
    OperationBatch? _batch;
    List<Operation> _verbatim = [];
    long _operations;
    int _added;
    int _forgotten;

    /// <summary>Operations that wait to be committed.</summary>
    public int Pending => _verbatim.Count + (_batch?.Operations.Count ?? 0);

    public ImportReport Report => new(_operations, _added, _forgotten, _isVerbatim);

    public void Add(Operation operation)
    {
        _operations++;
        if (known.Contains(operation.Id))
        {
            return;
        }

        // What is in the log, replay must accept: so all is read and checked before any of it is written.
        if (_isVerbatim)
        {
            Check(operation);
            _verbatim.Add(operation);
            return;
        }

        _batch ??= new OperationBatch(views, clock);
        if (operation.Kind == OperationKind.Forget)
        {
            Forget(Payloads.ReadForget(operation));
        }
        else
        {
            Remember(Checked(operation));
        }
    }

    /// <summary>Hands the pending operations over to be committed; the next ones are made for the head after them.</summary>
    public IReadOnlyList<Operation> TakeBatch()
    {
        var operations = _isVerbatim ? _verbatim : _batch!.Operations;
        (_verbatim, _batch) = ([], null);
        return operations;
    }

    void Remember(RememberPayload payload)
    {
        var document = payload.Document;
        var outcome = _batch!.Remember(document.IdIn(scope), document.ContentId(), payload, options.Replace);
        _added += outcome == RememberOutcome.Known ? 0 : 1;
    }

    void Check(Operation operation)
    {
        if (operation.Kind == OperationKind.Forget)
        {
            if (DocumentId.TryParse(Payloads.ReadForget(operation).DocumentId, out var gone) && _live.Remove(gone))
            {
                _forgotten++;
            }

            return;
        }

        var document = Checked(operation).Document;
        if (!_live.Add(document.IdIn(scope)))
        {
            throw new MemoryFormatException(
                $"Operation {operation.Sequence} of the import remembers document '{document.Id}' a second time without a forget between.");
        }

        _added++;
    }

    RememberPayload Checked(Operation operation)
    {
        var payload = Payloads.ReadRemember(operation);
        try
        {
            if (DocumentCheck.Normalise(payload.Document, charsMax).ContentId() != payload.Document.ContentId())
            {
                throw new MemoryFormatException(
                    $"Operation {operation.Sequence} of the import has a text that is not in Unicode normal form C: it was not written by Archicortex.");
            }
        }
        catch (ArgumentException failure)
        {
            throw new MemoryFormatException($"Operation {operation.Sequence} of the import: {failure.Message}", failure);
        }

        return payload;
    }

    void Forget(ForgetPayload payload)
    {
        if (DocumentId.TryParse(payload.DocumentId, out var id) && _batch!.ContentOf(id) is not null)
        {
            _batch!.Forget(id);
            _forgotten++;
        }
    }
}
