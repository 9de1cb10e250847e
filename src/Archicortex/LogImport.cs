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
/// <param name="clock">The time of the new operations.</param>
sealed class LogImport(
    MemoryViews views, IReadOnlySet<OperationId> known, string scope, RememberOptions options, TimeProvider clock)
{
    readonly bool _isVerbatim = views.Head.Sequence == 0;
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

        if (_isVerbatim)
        {
            _verbatim.Add(operation);
            _ = operation.Kind == OperationKind.Remember ? _added++ : _forgotten++;
            return;
        }

        _batch ??= new OperationBatch(views.Head, clock);
        if (operation.Kind == OperationKind.Forget)
        {
            Forget(Payloads.ReadForget(operation));
        }
        else
        {
            Remember(Payloads.ReadRemember(operation));
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
