using Archicortex.Documents;
using Archicortex.Storage;

namespace Archicortex;

/// <summary>Operations about to be committed together, chained and numbered from a head on.</summary>
sealed class OperationBatch
{
    readonly List<Operation> _operations;
    readonly Dictionary<DocumentId, UInt128?> _planned = [];
    readonly LogHead _head;
    readonly DateTimeOffset _at;

    public OperationBatch(LogHead head, TimeProvider clock) => (_operations, _head, _at) = ([], head, clock.GetUtcNow());

    /// <summary>A batch of operations that are made already.</summary>
    public OperationBatch(List<Operation> operations) => _operations = operations;

    public IReadOnlyList<Operation> Operations => _operations;

    /// <summary>Passages the batch will add.</summary>
    public int Passages { get; private set; }

    /// <summary>Whether this batch already decides what becomes of a document; its content then, null if it is forgotten.</summary>
    public bool Decides(DocumentId id, out UInt128? content) => _planned.TryGetValue(id, out content);

    public void Remember(DocumentId id, UInt128 content, RememberPayload payload)
    {
        _planned[id] = content;
        Passages += payload.Parts.Length;
        Add(OperationKind.Remember, Payloads.Write(payload));
    }

    public void Forget(DocumentId id)
    {
        _planned[id] = null;
        Add(OperationKind.Forget, Payloads.Write(new ForgetPayload { DocumentId = id.ToString() }));
    }

    void Add(OperationKind kind, byte[] payload)
    {
        var (sequence, id) = _operations.Count == 0 ? _head : new(_operations[^1].Sequence, _operations[^1].Id);
        _operations.Add(Operation.After(id, sequence + 1, kind, _at, payload));
    }
}
