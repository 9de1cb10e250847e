using System.Diagnostics;
using Archicortex.Documents;
using Archicortex.Facts;
using Archicortex.Models;
using Archicortex.Recall;

namespace Archicortex.Benchmarks.Quality;

/// <summary>One asked question: where its gold passages came, and what asking cost.</summary>
/// <param name="Set">The set it is from.</param>
/// <param name="Question">The question.</param>
/// <param name="Measures">What the ranking is worth.</param>
/// <param name="HasGoldInTop2">A gold passage at rank 1 or 2.</param>
/// <param name="FlatHasGoldFirst">Plain text search puts a gold passage at rank 1.</param>
/// <param name="CpuMs">Processor time of the recall.</param>
sealed record AskedQuestion(string Set, EvaluationQuestion Question, Measures Measures, bool HasGoldInTop2, bool FlatHasGoldFirst, double CpuMs)
{
    /// <summary>Share of its gold passages that the packed block has something of, and the block's tokens; 0 without one.</summary>
    public (double Share, int Tokens) Packed { get; init; }
}

/// <summary>How a run is made.</summary>
/// <param name="Strategy">The strategy under test.</param>
/// <param name="Path">File to remember into, so that indexing is measured durable; null keeps all in the process.</param>
/// <param name="IsExact">Sweep the whole graph.</param>
sealed record QualityOptions(RecallStrategy Strategy, string? Path, bool IsExact)
{
    /// <summary>How the HippoRAG presets recall.</summary>
    public HippoOptions Hippo { get; init; } = new();

    /// <summary>none, hashed or lsa.</summary>
    public string Embedder { get; init; } = "none";

    public int Dimension { get; init; } = HashedEmbedder.DefaultDimension;

    /// <summary>What is embedded.</summary>
    public EmbeddingUnits Units { get; init; } = EmbeddingUnits.All;

    public EmbeddingUnits VectorSeeds { get; init; } = new RecallOptions().VectorSeeds;

    /// <summary>Tokens of the block that is packed of what is found; null: none is.</summary>
    public int? TokenBudget { get; init; }

    public RecallOptions Recall => new()
    {
        Top = QualityRun.PassagesAsked,
        Strategy = Strategy,
        Hippo = Hippo,
        VectorSeeds = VectorSeeds,
        TokenBudget = TokenBudget,
    };
}

/// <summary>Remembers one or several sets and asks their questions.</summary>
sealed class QualityRun(IReadOnlyList<EvaluationSet> sets, QualityOptions options)
{
    // Ranks are of documents; a document of several passages takes several places of the ranking.
    public const int PassagesAsked = 40;
    const int RanksJudged = 20;
    const int WarmUpQuestions = 30;

    readonly List<AskedQuestion> _asked = [];

    public IReadOnlyList<AskedQuestion> Asked => _asked;

    /// <summary>Questions whose gold is not all among the first ten, with their gold and what was found instead.</summary>
    public List<string> Misses { get; } = [];

    /// <summary>Processor seconds spent remembering.</summary>
    public double IndexSeconds { get; private set; }

    public int Passages { get; private set; }

    /// <summary>The embedder in force when the last group was asked; null: none.</summary>
    public EmbeddingEpoch? Epoch { get; private set; }

    /// <summary>Sets with groups get a memory a group; all others share one.</summary>
    public async Task RunAsync()
    {
        foreach (var group in sets.SelectMany(set => set.Corpus).Select(record => record.Group).Distinct().ToList())
        {
            await RunGroupAsync(group).ConfigureAwait(false);
        }
    }

    async Task RunGroupAsync(string group)
    {
        var path = options.Path is null ? null : Path.Combine(options.Path, $"group-{Passages}.archicortex");
        var settings = new GraphMemoryOptions { ExactWalk = options.IsExact, SnapshotEvery = int.MaxValue };
        await using var memory = path is null
            ? await GraphMemory.OpenInMemoryAsync(settings).ConfigureAwait(false)
            : await GraphMemory.OpenAsync(path, settings).ConfigureAwait(false);
        var ids = await RememberAsync(memory, group).ConfigureAwait(false);
        await UseEmbedderAsync(memory, group).ConfigureAwait(false);
        var questions = sets.SelectMany(set => set.Questions.Where(question => question.Group == group).Select(question => (set, question))).ToList();

        // The first questions also compile code and fill caches: they are asked once before the clock runs.
        foreach (var (_, question) in questions.Take(WarmUpQuestions))
        {
            await memory.RecallAsync(question.Text, options.Recall).ConfigureAwait(false);
        }

        foreach (var (set, question) in questions)
        {
            _asked.Add(await AskAsync(memory, set, question, ids).ConfigureAwait(false));
        }
    }

    async Task UseEmbedderAsync(GraphMemory memory, string group)
    {
        ITextEmbedder? embedder = options.Embedder switch
        {
            "none" => null,
            "hashed" => new HashedEmbedder(options.Dimension),
            "lsa" => LsaEmbedder.Of(sets.SelectMany(set => set.Corpus).Where(record => record.Group == group).Select(record => record.Document), options.Dimension),
            var other => throw new ArgumentException($"There is no embedder '{other}': none, hashed or lsa."),
        };
        if (embedder is not null)
        {
            Epoch = await memory.UseEmbedderAsync(embedder, new() { Units = options.Units, BatchSize = 1024 }).ConfigureAwait(false);
        }
    }

    async Task<Dictionary<DocumentId, HashSet<(string, string)>>> RememberAsync(GraphMemory memory, string group)
    {
        var records = sets.SelectMany(set => set.Corpus.Where(record => record.Group == group).Select(record => (set, record))).ToList();
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        var remembered = await memory.RememberAsync(records.Select(pair => pair.record.Document)).ConfigureAwait(false);
        IndexSeconds += (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
        Passages += (await memory.GetStatusAsync().ConfigureAwait(false)).Passages;
        var ids = new Dictionary<DocumentId, HashSet<(string, string)>>();
        foreach (var ((set, record), result) in records.Zip(remembered))
        {
            await RecordAsync(memory, set, record, result).ConfigureAwait(false);

            // Two records of one title and text are one document; it answers for both.
            ids.TryAdd(result.DocumentId, []);
            ids[result.DocumentId].Add((set.Name, record.Id));
        }

        return ids;
    }

    /// <summary>What the set's model read is what the presets walk on; the other strategies work from the text.</summary>
    async Task RecordAsync(GraphMemory memory, EvaluationSet set, CorpusRecord record, Remembered result)
    {
        if ((options.Strategy is RecallStrategy.Hippo1 or RecallStrategy.Hippo2 || options.VectorSeeds.HasFlag(EmbeddingUnits.Facts) || options.VectorSeeds.HasFlag(EmbeddingUnits.Entities))
            && result.Outcome == RememberOutcome.Added && set.Extractions.TryGetValue(record.Id, out var extraction))
        {
            var passages = Enumerable.Repeat(new Extraction([], []), result.PassageCount - 1);
            await memory.RecordFactsAsync(result.DocumentId, "triples.jsonl", [extraction, .. passages]).ConfigureAwait(false);
        }
    }

    async Task<AskedQuestion> AskAsync(
        GraphMemory memory, EvaluationSet set, EvaluationQuestion question, Dictionary<DocumentId, HashSet<(string, string)>> ids)
    {
        var before = ThreadCpu.Now;
        var recalled = await memory.RecallAsync(question.Text, options.Recall).ConfigureAwait(false);
        var cpuMs = (ThreadCpu.Now - before).TotalMilliseconds;
        var flat = await memory.RecallAsync(question.Text, new RecallOptions { Top = PassagesAsked, Strategy = RecallStrategy.Flat }).ConfigureAwait(false);
        var goldRecords = question.Gold.Select(record => (set.Name, record)).ToList();
        bool IsGold(DocumentId id) => goldRecords.Exists(ids[id].Contains);
        var ranks = Documents(recalled).Select(IsGold).Take(RanksJudged).ToList();
        var goldDocuments = ids.Values.Count(records => goldRecords.Exists(records.Contains));
        if (ranks.Take(10).Count(hit => hit) < goldDocuments)
        {
            var found = recalled.Passages.Take(10).Select(passage => passage.DocumentName);
            Misses.Add($"{question.Category}\t{question.Text}\t{question.Answer}\tgold {string.Join(' ', question.Gold)}\tfound {string.Join(' ', found)}");
        }

        return new AskedQuestion(
            set.Name, question, Measures.Of(ranks, goldDocuments), ranks.Take(2).Any(hit => hit), Documents(flat).Take(1).Any(IsGold), cpuMs)
        {
            Packed = recalled.Context is not { } context ? default
                : (context.Citations.Select(one => one.DocumentId).Distinct().Count(IsGold) / (double)Math.Max(1, goldDocuments), context.Tokens),
        };
    }

    static IEnumerable<DocumentId> Documents(Recollection recollection) =>
        recollection.Passages.Select(passage => passage.DocumentId).Distinct();
}
