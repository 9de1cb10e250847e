using Archicortex.Documents;
using Archicortex.Facts;
using Archicortex.Graph;
using Archicortex.Hierarchy;
using Archicortex.Indexing;
using Archicortex.Language;
using Archicortex.Numerics;
using Archicortex.Recall;
using Archicortex.Storage;

namespace Archicortex;

/// <summary>Everything that is computed from the log: documents, graph, index. One writer; <see cref="Freeze"/> makes what readers read.</summary>
sealed partial class MemoryViews
{
    readonly Vocabulary _vocabulary = new();
    readonly MemoryGraph _graph = new();
    readonly LexicalIndex _lexical = new();
    readonly FactGraph _facts = new();
    readonly TimeTree _time = new();
    readonly TurnIndex _turns = new();
    readonly TopicTree _topics = new();
    readonly TopicFeatures _features = new();
    readonly WrittenSummaries _written = new();
    readonly PagedTable<PassageSlot> _passages = new();
    readonly Dictionary<DocumentId, DocumentEntry> _documents = [];
    readonly PassageReading _reading = new();
    readonly RuleFactExtractor _rules = new();
    readonly List<Fact> _found = [];

    /// <summary>The last operation that is in the views.</summary>
    public LogHead Head { get; private set; }

    public int DocumentCount => _documents.Count;

    /// <summary>Rows of passages, forgotten ones included.</summary>
    public int PassageRows => _passages.Count;

    public DocumentEntry? Find(DocumentId id) => _documents.GetValueOrDefault(id);

    /// <summary>The documents, in the order of their passages.</summary>
    public IEnumerable<DocumentEntry> Documents => _documents.Values.OrderBy(entry => entry.FirstPassage);

    /// <summary>Lengths of a document's passages, in UTF-16 units; null if there is no such document.</summary>
    public int[]? PassageLengths(DocumentId id) => Find(id) is { } entry ? [.. PassagesOf(entry).Select(passage => passage.Span.Length)] : null;

    /// <summary>Texts of a document's passages; null if there is no such document.</summary>
    public string[]? PassageTexts(DocumentId id) => Find(id) is { } entry ? [.. PassagesOf(entry).Select(passage => passage.Text)] : null;

    /// <summary>Documents that an extractor has not read, in the order in which they came.</summary>
    public List<DocumentPassages> Unread(string extractor) =>
    [
        .. Documents.Where(entry => !entry.Extractors.Contains(extractor))
            .Select(entry => new DocumentPassages(entry.Id, entry.Document, [.. PassagesOf(entry)])),
    ];

    IEnumerable<Passage> PassagesOf(DocumentEntry entry) =>
        Enumerable.Range(entry.FirstPassage, entry.PassageCount).Select(row => _passages[row].Passage!);

    /// <summary>Documents of an id, a content id, or a source; in the order of their ids.</summary>
    public List<DocumentEntry> FindByName(string name, string scope)
    {
        name = UnicodeText.Compose(name);
        var named = Find(new Document("") { Id = name }.IdIn(scope));
        named ??= DocumentId.TryParse(name, out var id) ? Find(id) : null;
        return named is not null
            ? [named]
            : [.. _documents.Values.Where(entry => entry.Document.Source == name).OrderBy(entry => entry.Id)];
    }

    public (int Names, int Words) CountNamesAndWords() => Freeze().Graph.CountNamesAndWords();

    /// <summary>Replays an operation: the one way in which the views change.</summary>
    public void Apply(Operation operation, string scope)
    {
        switch (operation.Kind)
        {
            case OperationKind.Remember:
                var remembered = Payloads.ReadRemember(operation);
                var added = remembered.Document.IdIn(scope);
                if (_documents.ContainsKey(added))
                {
                    throw new MemoryFormatException(
                        $"Operation {operation.Sequence} remembers document {added}, which is remembered already: "
                        + "an operation between is missing. Restore the memory from a copy.");
                }

                Add(remembered.Document, added, remembered.Parts);
                break;
            case OperationKind.Forget:
                _ = DocumentId.TryParse(Payloads.ReadForget(operation).DocumentId, out var id);
                Remove(id);
                break;
            case OperationKind.Facts:
                State(Payloads.ReadFacts(operation), operation.Sequence);
                break;
            case OperationKind.Summary:
                TakeSummary(Payloads.ReadSummary(operation));
                break;
            case OperationKind.UseEmbedder:
                Epoch = Payloads.ReadUseEmbedder(operation).Epoch;
                break;
            case OperationKind.Task:
                Change(Payloads.ReadTask(operation), operation);
                break;
            case OperationKind.Case:
                Change(Payloads.ReadCase(operation), operation);
                break;
            default:
                throw new MemoryFormatException(
                    $"Operation {operation.Sequence} is of kind {(int)operation.Kind}, which this version does not know. Update Archicortex.");
        }

        Head = new(operation.Sequence, operation.Id);
    }

    public RecallView Freeze() => new(_vocabulary, _lexical.Freeze(), _graph.Freeze(), _facts.Freeze(), _passages.Freeze())
    {
        Time = _time.Freeze(),
        Turns = _turns.Freeze(),
        Epoch = Epoch,
        Topics = _topics.Freeze(),
        Written = _written.All,
        Practice = FreezePractice(),
    };

    /// <summary>
    /// Hash of all that recall can see but the tree of topics. Equal content has equal hashes, however it came about; the tree's shape
    /// depends on the order of arrival, and has a hash of its own.
    /// </summary>
    public UInt128 StateHash()
    {
        using var hash = new ContentHash("state");
        foreach (var (id, entry) in _documents.OrderBy(pair => pair.Key))
        {
            hash.Add(id.Value).Add(entry.Document.ContentId()).Add(entry.PassageCount);
            foreach (var extractor in entry.Extractors)
            {
                hash.Add(extractor);
            }
        }

        var view = Freeze();
        foreach (var entry in _documents.Values.OrderBy(entry => entry.Id))
        {
            for (var row = entry.FirstPassage; row < entry.FirstPassage + entry.PassageCount; row++)
            {
                view.Facts.AddState(hash, row);
            }
        }

        view.Graph.AddState(hash, _vocabulary.Word);
        view.Lexical.AddState(hash, _vocabulary.Stem, passage => view.Graph.Passage(passage).Id);
        view.Time.AddState(hash, passage => view.Graph.Passage(passage).Id);
        view.Turns.AddState(hash, _vocabulary.Stem, passage => view.Graph.Passage(passage).Id);
        _written.AddState(hash);
        AddEpoch(hash);
        Tasks.AddState(hash);
        Cases.AddState(hash);
        return hash.Id();
    }

    void Add(Document document, DocumentId id, ReadOnlySpan<PassagePart> parts)
    {
        var first = _passages.Count;
        var content = document.ContentId();
        foreach (var part in parts)
        {
            var passage = Passage.Of(document, id, content, part);
            Read(passage);
            var row = _graph.Apply(GraphChange.Add(passage, _reading));
            _lexical.Add(row, _reading, _vocabulary);
            _turns.Add(row, _time.Add(row, document), passage, _reading, _vocabulary);
            _topics.Add(row, passage.Id.Value, _features.Of(_reading, _vocabulary));
            _passages.Add(new PassageSlot(passage));
            _found.Clear();
            _rules.Extract(_reading, passage.ToSource(), _found);
            _facts.Set(row, FactExtractors.Rules, _found);
        }

        _documents.Add(id, new DocumentEntry(id, document, content, first, parts.Length));
        StateGiven(document, first, parts.Length);
    }

    void Remove(DocumentId id)
    {
        if (!_documents.Remove(id, out var entry))
        {
            return;
        }

        for (var row = entry.FirstPassage; row < entry.FirstPassage + entry.PassageCount; row++)
        {
            var passage = _passages[row].Passage!;
            Read(passage);
            _lexical.Remove(row, _reading, _vocabulary);
            _graph.Apply(GraphChange.Remove(row, passage, _reading));
            _facts.Remove(row);
            _turns.Remove(row, _time.Remove(row));
            _topics.Remove(row);
            _written.Forget(passage.Id.Value);
            _passages.Edit(row) = default;
        }
    }

    /// <summary>Takes in what an extractor was recorded to have read in a document.</summary>
    void State(FactsPayload payload, long sequence)
    {
        if (!DocumentId.TryParse(payload.DocumentId, out var id) || Find(id) is not { } entry)
        {
            throw new MemoryFormatException(
                $"Operation {sequence} has facts of document {payload.DocumentId}, which is not remembered: "
                + "an operation before is missing. Restore the memory from a copy.");
        }

        if (FactsCheck.Problem(payload, PassageLengths(id)!) is { } problem)
        {
            throw new MemoryFormatException($"Operation {sequence}: {problem} The log was written by something else; restore it from a copy.");
        }

        for (var i = 0; i < payload.Passages.Length; i++)
        {
            _facts.Set(entry.FirstPassage + i, payload.Extractor, payload.Passages[i].Facts);
        }

        if (!entry.Extractors.Contains(payload.Extractor))
        {
            var place = entry.Extractors.BinarySearch(payload.Extractor, StringComparer.Ordinal);
            entry.Extractors.Insert(~place, payload.Extractor);
        }
    }

    /// <summary>Takes in what a model wrote. Of a text that is forgotten by now nothing comes back: then it is passed over.</summary>
    void TakeSummary(SummaryPayload payload)
    {
        var sources = new List<UInt128>();
        foreach (var (document, passage) in payload.Sources)
        {
            _ = DocumentId.TryParse(document, out var id);
            _ = DocumentId.TryParse(passage, out var wanted);
            if (Find(id) is not { } entry || !PassagesOf(entry).Any(one => one.Id.Value == wanted.Value))
            {
                return;
            }

            sources.Add(wanted.Value);
        }

        _written.Add(new(payload.LeafSetKey, payload.Writer, payload.Text, sources));
    }

    /// <summary>Triples that came with a document are facts of the passage that says most of them.</summary>
    void StateGiven(Document document, int first, int count)
    {
        if (document.Triples is not { } triples)
        {
            return;
        }

        var texts = Enumerable.Range(first, count).Select(row => _passages[row].Passage!.Text).ToArray();
        foreach (var group in triples.GroupBy(triple => first + triple.BestOf(texts)))
        {
            _facts.Set(group.Key, FactExtractors.Given, [.. group.Select(triple => new Fact(triple.Subject, triple.Relation, triple.Object))]);
        }
    }

    void Read(Passage passage)
    {
        _reading.Read(passage);
        _reading.Number(_vocabulary);
    }
}

/// <summary>A remembered document and its passages.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Document">What it says.</param>
/// <param name="ContentId">Hash of that.</param>
/// <param name="FirstPassage">Row of its first passage.</param>
/// <param name="PassageCount">Number of its passages, in rows one after the other.</param>
sealed record DocumentEntry(DocumentId Id, Document Document, UInt128 ContentId, int FirstPassage, int PassageCount)
{
    /// <summary>Extractors whose facts are recorded for it, in ordinal order.</summary>
    public List<string> Extractors { get; init; } = [];
}
