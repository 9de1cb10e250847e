using System.Text.Json.Serialization;
using Archicortex.Recall;

namespace Archicortex.Cli.Contracts;

/// <summary>The answer to a question.</summary>
sealed record RecallJson(
    string Question,
    string Strategy,
    string Reason,
    string? Fallback,
    IReadOnlyList<string> Names,
    IReadOnlyList<CorrectionJson> Corrections,
    IReadOnlyList<PassageJson> Passages,
    IReadOnlyList<RecalledSummaryJson> Summaries,
    ConfidenceJson? Confidence,
    ContextJson? Context)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "archicortex.recall/1";

    /// <param name="found">What was recalled.</param>
    /// <param name="around">What stands around each passage, by its place, if that was asked for.</param>
    public static RecallJson Of(Recollection found, IReadOnlyList<TurnNeighbours?>? around = null) => new(
        found.Question,
        NameOf(found.Strategy),
        found.Reason,
        found.Fallback,
        found.Names,
        [.. found.Corrections.Select(correction => new CorrectionJson(correction.Written, correction.ReadAs))],
        [.. found.Passages.Select((passage, i) => PassageJson.Of(passage, around?[i]))],
        [.. found.Summaries.Select(RecalledSummaryJson.Of)],
        found.Confidence is { } confidence ? ConfidenceJson.Of(confidence) : null,
        found.Context is { } context ? ContextJson.Of(context) : null);

    static string NameOf(RecallStrategy strategy) => strategy.ToString().ToLowerInvariant();
}

sealed record CorrectionJson(string Written, string ReadAs);

sealed record PassageJson(
    int Rank,
    double Score,
    string Document,
    string DocumentId,
    string PassageId,
    string? Title,
    string? Section,
    string? Speaker,
    string? Session,
    string? Time,
    string? Source,
    string Text,
    int Start,
    int Length,
    IReadOnlyDictionary<string, string>? Metadata,
    ExplanationJson? Explanation)
{
    /// <summary>What was said before it, if that was asked for.</summary>
    public IReadOnlyList<TurnJson>? Before { get; init; }

    /// <summary>What was said after it, if that was asked for.</summary>
    public IReadOnlyList<TurnJson>? After { get; init; }

    public static PassageJson Of(RecalledPassage passage, TurnNeighbours? around) => Of(passage) with
    {
        Before = around?.Before.Select(TurnJson.Of).ToArray(),
        After = around?.After.Select(TurnJson.Of).ToArray(),
    };

    public static PassageJson Of(RecalledPassage passage) => new(
        passage.Rank,
        passage.Score,
        passage.DocumentName,
        passage.DocumentId.ToString(),
        passage.PassageId.ToString(),
        passage.Document.Title,
        passage.Section,
        passage.Document.Speaker,
        passage.Document.Session,
        Words.Of(passage.Document.Time),
        passage.Document.Source,
        passage.Text,
        passage.Span.Start,
        passage.Span.Length,
        passage.Document.Metadata,
        passage.Explanation is { } explanation ? ExplanationJson.Of(explanation) : null);
}

sealed record ExplanationJson(IReadOnlyList<PartJson> Parts, IReadOnlyList<SeedJson> Seeds, IReadOnlyList<StepJson> Path)
{
    public static ExplanationJson Of(Explanation explanation) => new(
        [.. explanation.Parts.Select(part => new PartJson(part.Name, part.Value))],
        [.. explanation.Seeds.Select(seed => new SeedJson(NameOf(seed.Kind), seed.Text, seed.Share))],
        [.. explanation.Path.Select(step => new StepJson(NameOf(step.Kind), step.Text, step.DocumentName, step.Sentence))]);

    static string NameOf(PathStepKind kind) => kind.ToString().ToLowerInvariant();
}

sealed record PartJson(string Name, double Value);

sealed record SeedJson(string Kind, string Text, double Share);

sealed record StepJson(string Kind, string Text, string? Document, string? Sentence);
