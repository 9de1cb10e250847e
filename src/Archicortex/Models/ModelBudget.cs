namespace Archicortex.Models;

/// <summary>What one operation may spend on a model. A limit that would be passed stops the operation before the call.</summary>
/// <remarks>
/// A call reserves its counted input and the most it may answer before it is made, and is settled with the usage the
/// server reports, so that concurrent calls cannot pass a limit together. Replies from the cache cost nothing.
/// </remarks>
public sealed record ModelBudget
{
    /// <summary>No limit but the caller's patience.</summary>
    public static ModelBudget Unlimited { get; } = new();

    /// <summary>Calls, repairs included, tries after a broken connection not. Default: no limit.</summary>
    public int CallsMax { get; init; } = int.MaxValue;

    /// <summary>Tokens sent. Default: no limit.</summary>
    public long InputTokensMax { get; init; } = long.MaxValue;

    /// <summary>Tokens received. Default: no limit.</summary>
    public long OutputTokensMax { get; init; } = long.MaxValue;

    /// <summary>Money, in the currency of the prices. Default: no limit. Needs both prices.</summary>
    public decimal? MoneyMax { get; init; }

    /// <summary>Price of a million tokens sent. Default 0.</summary>
    public decimal InputPricePerMillion { get; init; }

    /// <summary>Price of a million tokens received. Default 0.</summary>
    public decimal OutputPricePerMillion { get; init; }

    /// <summary>When to stop. Default: never.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>True if a price is set, so that money can be told.</summary>
    internal bool HasPrices => InputPricePerMillion > 0 || OutputPricePerMillion > 0;

    internal decimal MoneyOf(long inputTokens, long outputTokens) =>
        ((inputTokens * InputPricePerMillion) + (outputTokens * OutputPricePerMillion)) / 1_000_000m;

    internal void Check()
    {
        if (CallsMax < 0 || InputTokensMax < 0 || OutputTokensMax < 0 || MoneyMax < 0 || InputPricePerMillion < 0 || OutputPricePerMillion < 0)
        {
            throw new ArgumentException($"A budget has no negative limits or prices: {this}.");
        }

        if (MoneyMax is not null && !HasPrices)
        {
            throw new ArgumentException("MoneyMax needs prices: set InputPricePerMillion and OutputPricePerMillion, or leave MoneyMax out.");
        }
    }
}

/// <summary>What was spent on a model.</summary>
public sealed record ModelSpending
{
    /// <summary>Calls answered, repairs included.</summary>
    public int Calls { get; init; }

    /// <summary>Replies that cost nothing: from the cache, or shared with an equal call under way.</summary>
    public int CacheHits { get; init; }

    /// <summary>Tokens sent, as the server reports them; counted by <see cref="TokenRule"/> where it does not.</summary>
    public long InputTokens { get; init; }

    /// <summary>Tokens received, likewise.</summary>
    public long OutputTokens { get; init; }

    /// <summary>What it cost by the budget's prices; null without prices.</summary>
    public decimal? Money { get; init; }

    /// <summary>Tries after the first, because of a broken connection, a limit or a failing server.</summary>
    public int Retries { get; init; }

    /// <summary>Second calls because the first reply was not what was asked for.</summary>
    public int Repairs { get; init; }

    /// <summary>The rule by which tokens are counted where no server reports them.</summary>
    public string TokenRule { get; init; } = TokenCounting.Name;
}

/// <summary>What a piece of work would cost, computed without a call.</summary>
/// <param name="Calls">Calls to be made.</param>
/// <param name="CachedCalls">Calls answered by the cache.</param>
/// <param name="InputTokens">Tokens to be sent, counted by <see cref="TokenRule"/>, repairs left out.</param>
/// <param name="OutputTokens">The most that can be answered: replies are usually much shorter.</param>
public sealed record ModelEstimate(int Calls, int CachedCalls, long InputTokens, long OutputTokens)
{
    /// <summary>The most it can cost by the budget's prices; null without prices.</summary>
    public decimal? Money { get; init; }

    /// <summary>The rule by which tokens are counted.</summary>
    public string TokenRule { get; init; } = TokenCounting.Name;
}
