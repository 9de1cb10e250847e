using System.Globalization;
using Archicortex.Models;

namespace Archicortex.Cli.Rendering;

/// <summary>What a model costs, in words.</summary>
static class ModelCost
{
    /// <summary>"12 documents to read: 24 calls (2 more are known), 10,400 tokens to send, at most 30,720 to receive".</summary>
    public static string Of(int documents, ModelEstimate estimate)
    {
        var known = estimate.CachedCalls > 0 ? Invariant($" ({estimate.CachedCalls:N0} more are answered already)") : "";
        return Invariant($"{documents:N0} {(documents == 1 ? "document" : "documents")} to read: {estimate.Calls:N0} calls{known}, ")
            + Invariant($"about {estimate.InputTokens:N0} tokens to send, at most {estimate.OutputTokens:N0} to receive{Money(", at most ", estimate.Money)}.");
    }

    /// <summary>"Spent: 24 calls, 10,112 tokens sent, 2,204 received."</summary>
    public static string Of(ModelSpending spent)
    {
        var known = spent.CacheHits > 0 ? Invariant($" ({spent.CacheHits:N0} more from the cache)") : "";
        var again = spent.Retries + spent.Repairs > 0 ? Invariant($", {spent.Retries:N0} tried again, {spent.Repairs:N0} repaired") : "";
        return Invariant($"Spent: {spent.Calls:N0} {(spent.Calls == 1 ? "call" : "calls")}{known}, {spent.InputTokens:N0} tokens sent, ")
            + Invariant($"{spent.OutputTokens:N0} received{again}{Money(", ", spent.Money)}.");
    }

    /// <summary>What two callers spent together.</summary>
    public static ModelSpending Sum(ModelSpending first, ModelSpending second) => first with
    {
        Calls = first.Calls + second.Calls,
        CacheHits = first.CacheHits + second.CacheHits,
        InputTokens = first.InputTokens + second.InputTokens,
        OutputTokens = first.OutputTokens + second.OutputTokens,
        Money = first.Money + second.Money,
        Retries = first.Retries + second.Retries,
        Repairs = first.Repairs + second.Repairs,
    };

    static string Money(string before, decimal? money) => money is { } sum ? before + sum.ToString("0.####", CultureInfo.InvariantCulture) + " in money" : "";

    static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
