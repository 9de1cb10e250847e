using System.Text.Json.Serialization;

namespace Archicortex.Cli.Contracts;

/// <summary>Topics of a memory.</summary>
sealed record TopicsJson(string Memory, string Scope, int Passages, IReadOnlyList<TopicJson> Topics, SummariseJson? Summarised)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "archicortex.tree/1";
}

sealed record TopicJson(
    int Node,
    int Depth,
    int Passages,
    string Title,
    IReadOnlyList<string> KeyPhrases,
    string Summary,
    bool IsInferred,
    string? Writer,
    IReadOnlyList<SummarySourceJson> Sources,
    int TopicCount,
    IReadOnlyList<TopicJson> Topics,
    IReadOnlyList<TopicPassageJson> Leaves)
{
    public static TopicJson Of(TopicTreeNode topic) => new(
        topic.Node,
        topic.Depth,
        topic.PassageCount,
        topic.Summary.Title,
        topic.Summary.KeyPhrases,
        topic.Summary.Text,
        topic.Summary.IsInferred,
        topic.Summary.Writer,
        [.. topic.Summary.Sources.Select(SummarySourceJson.Of)],
        topic.TopicCount,
        [.. topic.Topics.Select(Of)],
        [.. topic.Passages.Select(TopicPassageJson.Of)]);
}

sealed record SummarySourceJson(string Text, bool IsFact, string Document, string PassageId, int Start, int Length)
{
    public static SummarySourceJson Of(SummarySource source) => new(
        source.Text, source.IsFact, source.DocumentName, source.PassageId.ToString(), source.Span.Start, source.Span.Length);
}

sealed record TopicPassageJson(string Document, string PassageId, string? Title, string? Section, string Text, int Start, int Length)
{
    public static TopicPassageJson Of(TopicTreePassage passage) => new(
        passage.Document.Id ?? passage.DocumentId.ToString(), passage.PassageId.ToString(), passage.Document.Title, passage.Section, passage.Text,
        passage.Span.Start, passage.Span.Length);
}

/// <summary>A topic that was recalled.</summary>
sealed record RecalledSummaryJson(
    int Node,
    int Depth,
    int Passages,
    double Score,
    string Title,
    IReadOnlyList<string> KeyPhrases,
    string Text,
    bool IsInferred,
    string? Writer,
    IReadOnlyList<SummarySourceJson> Sources)
{
    public static RecalledSummaryJson Of(RecalledSummary found) => new(
        found.Node, found.Depth, found.PassageCount, found.Score, found.Title, found.Summary.KeyPhrases, found.Text, found.Summary.IsInferred,
        found.Summary.Writer, [.. found.Summary.Sources.Select(SummarySourceJson.Of)]);
}

/// <summary>What a model was asked to summarise.</summary>
sealed record SummariseJson(bool IsEstimate, EstimateJson Estimate, int Written, IReadOnlyList<RefusedSummaryJson> Refused, SpendingJson Spending);

sealed record RefusedSummaryJson(int Node, string Reason);
