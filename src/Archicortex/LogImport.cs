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

        _batch ??= new OperationBatch(views.Head, clock);
        if (operation.Kind == OperationKind.Forget)
        {
            Forget(Payloads.ReadForget(operation));
        }
        else
        {
            Remember(Checked(operation));
        }
    }

    public OperationBatch TakeBatch()
    {
        var batch = _isVerbatim ? new OperationBatch(_verbatim) : _batch!;
        (_verbatim, _batch) = ([], null);
        return batch;
    }

    void Remember(RememberPayload payload)
    {
        var id = payload.Document.IdIn(scope);
        var content = payload.Document.ContentId();
        var present = KnownContent(id);
        if (present == content)
        {
            return;
        }

        if (present is not null && !options.Replace)
        {
            throw new MemoryConflictException(
                $"Document '{payload.Document.Id}' of the import is remembered here with other content. "
                + "Forget it first, or import with replacement (RememberOptions.Replace, --replace).");
        }

        if (present is not null)
        {
            _batch!.Forget(id);
        }

        _batch!.Remember(id, content, payload);
        _added++;
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

    UInt128? KnownContent(DocumentId id) =>
        _batch!.Decides(id, out var planned) ? planned : views.Find(id)?.ContentId;

    void Forget(ForgetPayload payload)
    {
        if (DocumentId.TryParse(payload.DocumentId, out var id) && KnownContent(id) is not null)
        {
            _batch!.Forget(id);
            _forgotten++;
        }
    }
}
