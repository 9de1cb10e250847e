using System.Text.Json.Serialization;
using Archicortex.Cli.Commands;
using Archicortex.Models;

namespace Archicortex.Cli.Contracts;

/// <summary>An answer and what it rests on.</summary>
sealed record AnswerJson(
    string Question,
    string Answer,
    string Source,
    string Reason,
    bool IsAnswerable,
    IReadOnlyList<CitationJson> Citations,
    IReadOnlyList<FactJson> Facts,
    string? Strategy,
    string? Fallback,
    IReadOnlyList<PassageJson> Passages,
    IReadOnlyList<SessionStepJson> Steps,
    string? Thought,
    SpendingJson? Spending)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "archicortex.ask/1";

    public static AnswerJson Of(AskResult asked) => new(
        asked.Answer.Question,
        asked.Answer.Text,
        Words.Of(asked.Answer.Source),
        asked.Answer.Reason,
        asked.Answer.IsAnswerable,
        [.. asked.Answer.Citations.Select(CitationJson.Of)],
        [.. asked.Answer.Facts.Select(FactJson.Of)],
        Words.Of(asked.Answer.Recollection.Strategy),
        asked.Answer.Recollection.Fallback,
        [.. asked.Answer.Recollection.Passages.Select(PassageJson.Of)],
        [.. asked.Steps.Select(SessionStepJson.Of)],
        asked.Answer.Thought,
        asked.Answer.Spending is { } spent ? SpendingJson.Of(spent) : null);
}

sealed record CitationJson(int Number, string Document, string PassageId, string Text, int Start, int Length)
{
    public static CitationJson Of(Citation cited) => new(
        cited.Number, cited.DocumentName, cited.PassageId.ToString(), cited.Text, cited.Span.Start, cited.Span.Length);
}

sealed record SessionStepJson(
    int Number, string Cue, string Reason, bool IsLast, string? Thought, string? Answer, IReadOnlyList<PassageJson> Passages)
{
    public static SessionStepJson Of(SessionStep step) => new(
        step.Number, step.Cue, step.Reason, step.IsLast, step.Thought, step.Answer, [.. step.Passages.Select(PassageJson.Of)]);
}

/// <summary>What a memory says to a claim.</summary>
sealed record ClaimJson(
    string Claim, string Verdict, string? ClaimedFor, IReadOnlyList<ClaimedFactJson> Facts, IReadOnlyList<PassageJson> Nearest)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "archicortex.check-claim/1";

    public static ClaimJson Of(ClaimReport report, DateOnly? claimedFor) => new(
        report.Claim,
        Words.Of(report.Verdict),
        Words.Of(claimedFor),
        [.. report.Facts.Select(ClaimedFactJson.Of)],
        [.. report.Evidence.Select(PassageJson.Of)]);
}

sealed record ClaimedFactJson(
    FactJson Fact, string Verdict, string Reason, string? HeldFrom, string? HeldTo, IReadOnlyList<FactJson> Evidence)
{
    public static ClaimedFactJson Of(ClaimedFact one) => new(
        FactJson.Of(one.Fact), Words.Of(one.Verdict), one.Reason, Words.Of(one.HeldDuring?.From), Words.Of(one.HeldDuring?.To),
        [.. one.Evidence.Select(FactJson.Of)]);
}

/// <summary>What a model cost.</summary>
sealed record SpendingJson(int Calls, int CacheHits, long InputTokens, long OutputTokens, decimal? Money, int Retries, int Repairs)
{
    public static SpendingJson Of(ModelSpending spent) => new(
        spent.Calls, spent.CacheHits, spent.InputTokens, spent.OutputTokens, spent.Money, spent.Retries, spent.Repairs);
}

/// <summary>What a model would cost at most.</summary>
sealed record EstimateJson(int Documents, int Calls, int CachedCalls, long InputTokens, long OutputTokensMax, decimal? Money)
{
    public static EstimateJson Of(int documents, ModelEstimate estimate) => new(
        documents, estimate.Calls, estimate.CachedCalls, estimate.InputTokens, estimate.OutputTokens, estimate.Money);
}
