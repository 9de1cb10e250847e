using Archicortex.Documents;
using Archicortex.Indexing;
using Archicortex.Practice;
using Archicortex.Storage;

namespace Archicortex;

/// <summary>Operations about to be committed together, chained and numbered from the head of the views on.</summary>
/// <remarks>Decides, for whoever remembers, what becomes of a document that is known, new, or known with other content.</remarks>
sealed class OperationBatch(MemoryViews views, TimeProvider clock)
{
    readonly List<Operation> _operations = [];
    readonly Dictionary<DocumentId, UInt128?> _planned = [];
    readonly DateTimeOffset _at = clock.GetUtcNow();
    TaskTree _tasks = views.Tasks;
    CaseBook _cases = views.Cases;
    int _passages;

    public IReadOnlyList<Operation> Operations => _operations;

    /// <summary>The tasks as they are once the batch is committed.</summary>
    public TaskTree Tasks => _tasks;

    /// <summary>The cases as they are once the batch is committed.</summary>
    public CaseBook Cases => _cases;

    /// <summary>Content of a document once the batch is committed; null if there is no such document then.</summary>
    public UInt128? ContentOf(DocumentId id) => _planned.TryGetValue(id, out var planned) ? planned : views.Find(id)?.ContentId;

    /// <exception cref="MemoryConflictException">The document is there with other content and may not be replaced.</exception>
    /// <exception cref="GraphMemoryException">The memory would have more passages than one can hold.</exception>
    public RememberOutcome Remember(DocumentId id, UInt128 content, RememberPayload payload, bool replace)
    {
        var known = ContentOf(id);
        if (known == content)
        {
            return RememberOutcome.Known;
        }

        if (known is not null && !replace)
        {
            throw new MemoryConflictException(
                $"Document '{payload.Document.Id}' is remembered with other content than what comes now ('{Start(payload.Document.Text)}'). "
                + "Give it another id, forget the old one first, or replace it (RememberOptions.Replace, --replace).");
        }

        _passages += payload.Parts.Length;
        if (views.PassageRows + _passages > Posting.PassageMax)
        {
            throw new GraphMemoryException(
                $"Document '{payload.Document.Id ?? id.ToString()}' does not fit: the memory has {views.PassageRows:N0} passages, forgotten "
                + $"ones included, and one holds {Posting.PassageMax:N0}. Use another scope or file for the rest.");
        }

        if (known is not null)
        {
            Forget(id);
        }

        _planned[id] = content;
        Add(OperationKind.Remember, Payloads.Write(payload));
        return known is null ? RememberOutcome.Added : RememberOutcome.Replaced;
    }

    public void Forget(DocumentId id)
    {
        _planned[id] = null;
        Add(OperationKind.Forget, Payloads.Write(new ForgetPayload { DocumentId = id.ToString() }));
    }

    /// <summary>Facts of a document that is there once the batch is committed, in place of what the extractor read in it before.</summary>
    public void State(FactsPayload payload) => Add(OperationKind.Facts, Payloads.Write(payload));

    public void Summarise(SummaryPayload payload) => Add(OperationKind.Summary, Payloads.Write(payload));

    public void UseEmbedder(UseEmbedderPayload payload) => Add(OperationKind.UseEmbedder, Payloads.Write(payload));

    /// <exception cref="ArgumentException">The change breaks a rule of tasks.</exception>
    public void Change(TaskChange change)
    {
        Refuse(TaskRules.Problem(_tasks, change));
        _tasks = _tasks.Apply(change, Add(OperationKind.Task, Payloads.Write(change)), _at);
    }

    /// <exception cref="ArgumentException">The change breaks a rule of cases.</exception>
    public void Change(CaseChange change)
    {
        Refuse(CaseRules.Problem(_cases, change));
        Add(OperationKind.Case, Payloads.Write(change));
        _cases = _cases.Apply(change, _at);
    }

    long Add(OperationKind kind, byte[] payload)
    {
        var (sequence, id) = _operations.Count == 0 ? views.Head : new(_operations[^1].Sequence, _operations[^1].Id);
        _operations.Add(Operation.After(id, sequence + 1, kind, _at, payload));
        return sequence + 1;
    }

    static void Refuse(string? problem)
    {
        if (problem is not null)
        {
            throw new ArgumentException(problem);
        }
    }

    static string Start(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
