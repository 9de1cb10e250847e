using Archicortex.Documents;
using Archicortex.Recall;
using Archicortex.Storage;

namespace Archicortex.Testing.Corpora;

/// <summary>The engine's views without a store: what is remembered and forgotten goes through the log's one way in.</summary>
sealed class TestMemory(int passageWordsMax = 25)
{
    const string Scope = "test";

    readonly PassageSplitter _splitter = new(passageWordsMax);
    long _sequence;
    OperationId _last = OperationId.None;

    public MemoryViews Views { get; } = new();

    public RecallView View => Views.Freeze();

    public static TestMemory Of(IEnumerable<Document> documents, int passageWordsMax = 25)
    {
        var memory = new TestMemory(passageWordsMax);
        foreach (var document in documents)
        {
            memory.Remember(document);
        }

        return memory;
    }

    public void Remember(Document document) => Apply(
        OperationKind.Remember, Payloads.Write(new RememberPayload { Document = document, Parts = [.. _splitter.Split(document)] }));

    public void Forget(Document document) => Apply(
        OperationKind.Forget, Payloads.Write(new ForgetPayload { DocumentId = document.IdIn(Scope).ToString() }));

    /// <summary>The passages a document is split into here.</summary>
    public IEnumerable<Passage> Passages(Document document) =>
        _splitter.Split(document).Select(part => Passage.Of(document, document.IdIn(Scope), document.ContentId(), part));

    void Apply(OperationKind kind, byte[] payload)
    {
        var operation = Operation.After(_last, ++_sequence, kind, DateTimeOffset.UnixEpoch, payload);
        _last = operation.Id;
        Views.Apply(operation, Scope);
    }
}
