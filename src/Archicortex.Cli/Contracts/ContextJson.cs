using Archicortex.Recall;

namespace Archicortex.Cli.Contracts;

/// <summary>Whether the memory can answer.</summary>
sealed record ConfidenceJson(
    bool IsAnswerable, double Sureness, double Coverage, double Strength, double Margin, IReadOnlyList<string> UnlinkedNames, string Reason)
{
    public static ConfidenceJson Of(Confidence confidence) => new(
        confidence.IsAnswerable, confidence.Sureness, confidence.Coverage, confidence.Strength, confidence.Margin, confidence.UnlinkedNames,
        confidence.Reason);
}

/// <summary>What was found as one block.</summary>
sealed record ContextJson(
    string Text,
    int Tokens,
    int TokenBudget,
    string Order,
    IReadOnlyList<ContextCitationJson> Citations,
    LeftOutJson LeftOut,
    IReadOnlyList<LevelJson> Weights)
{
    public static ContextJson Of(PackedContext context) => new(
        context.Text,
        context.Tokens,
        context.TokenBudget,
        NameOf(context.Order),
        [.. context.Citations.Select(ContextCitationJson.Of)],
        LeftOutJson.Of(context.LeftOut),
        [.. context.Weights.Select(level => new LevelJson(level.Name, level.Weight))]);

    static string NameOf(ContextOrder order) => order switch
    {
        ContextOrder.BestFirst => "best-first",
        ContextOrder.Chronological => "chronological",
        _ => "best-last",
    };
}

/// <summary>What a number of the block stands for.</summary>
sealed record ContextCitationJson(int Number, string Kind, string Document, string DocumentId, string PassageId, string Text, int Start, int Length)
{
    public static ContextCitationJson Of(ContextCitation one) => new(
        one.Number, one.Kind.ToString().ToLowerInvariant(), one.DocumentName, one.DocumentId.ToString(), one.PassageId.ToString(), one.Text,
        one.Span.Start, one.Span.Length);
}

sealed record LeftOutJson(int Facts, int Summaries, int Passages, int Trimmed, int Duplicates, IReadOnlyList<string> Best)
{
    public static LeftOutJson Of(LeftOut left) => new(left.Facts, left.Summaries, left.Passages, left.Trimmed, left.Duplicates, left.Best);
}

sealed record LevelJson(string Name, double Weight);
