using System.Globalization;
using Archicortex.Documents;

namespace Archicortex.Tests.Door;

/// <summary>What a memory looks like from outside: equal texts, equal memories.</summary>
static class MemoryProbe
{
    /// <summary>Small passages, so that a few sentences make several of them.</summary>
    public static GraphMemoryOptions Options { get; } = new() { PassageWordsMax = 30, Clock = new StillClock() };

    public static async Task<GraphMemory> OpenAsync(params IEnumerable<Document> documents)
    {
        var memory = await GraphMemory.OpenInMemoryAsync(Options);
        await memory.RememberAsync(documents);
        return memory;
    }

    /// <summary>All answers to all questions by all strategies, to the last bit: for memories of one history.</summary>
    public static Task<string> RankingAsync(GraphMemory memory) => AskAsync(memory, Enum.GetValues<RecallStrategy>(), passage => string.Create(
        CultureInfo.InvariantCulture,
        $"{passage.Rank} {passage.Score:R} {passage.PassageId} {passage.DocumentName} {passage.Span.Start} {passage.Text} {passage.Explanation}"));

    /// <summary>Which passages answer, in which order: for memories of one content that came about in different ways.</summary>
    /// <remarks>The walk over the graph stops early, so that the last bits of a score depend on the order in which nodes are numbered.</remarks>
    public static Task<string> OrderAsync(GraphMemory memory) => AskAsync(
        memory, Ordered, passage => $"{passage.PassageId} {passage.DocumentName} {passage.Span.Start}");

    static RecallStrategy[] Ordered =>
        [RecallStrategy.Auto, RecallStrategy.Graph, RecallStrategy.Flat, RecallStrategy.Facts, RecallStrategy.Hippo1, RecallStrategy.Hippo2];

    /// <summary>The same by words alone.</summary>
    public static Task<string> FlatOrderAsync(GraphMemory memory) => AskAsync(
        memory, [RecallStrategy.Flat], passage => $"{passage.PassageId} {passage.DocumentName} {passage.Span.Start}");

    static async Task<string> AskAsync(GraphMemory memory, RecallStrategy[] strategies, Func<RecalledPassage, string> text)
    {
        var lines = new List<string>();
        foreach (var question in SampleDocuments.Questions)
        {
            foreach (var strategy in strategies)
            {
                var answer = await memory.RecallAsync(question, new() { Top = 10, Strategy = strategy, Explain = true });
                lines.Add($"{strategy} {question} {answer.Strategy} {answer.Reason} {string.Join('|', answer.Names)} {string.Join('|', answer.Corrections)}");
                lines.AddRange(answer.Passages.Select(passage => "  " + text(passage)));
            }
        }

        return string.Join('\n', lines);
    }

    public static async Task<MemoryStream> ExportAsync(GraphMemory memory)
    {
        var stream = new MemoryStream();
        await memory.ExportAsync(stream);
        stream.Position = 0;
        return stream;
    }

    /// <summary>A clock that stands still, so that equal histories have equal heads.</summary>
    sealed class StillClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    }
}
