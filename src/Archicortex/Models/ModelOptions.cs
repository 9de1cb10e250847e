using Microsoft.Extensions.Logging;

namespace Archicortex.Models;

/// <summary>How a model is asked.</summary>
public sealed record ModelOptions
{
    /// <summary>The model's name, part of every cache key. Default: what the client says of itself; needed if it says nothing.</summary>
    public string? ModelId { get; init; }

    /// <summary>Where replies are kept. Default: nowhere.</summary>
    public ICallCache? Cache { get; init; }

    /// <summary>What may be spent. Default: no limit. A part of the work gets a budget of its own by <see cref="ModelCaller.Under"/>.</summary>
    public ModelBudget Budget { get; init; } = ModelBudget.Unlimited;

    /// <summary>How long one try may take, in milliseconds, ≥ 1. Default 120,000.</summary>
    public int TimeoutMs { get; init; } = 120_000;

    /// <summary>Calls under way at a time, ≥ 1. Default 4.</summary>
    public int ConcurrencyMax { get; init; } = 4;

    /// <summary>Tries of one call when connections break or the server refuses for now, 1 … 10. Default 5.</summary>
    public int TriesMax { get; init; } = 5;

    /// <summary>Wait before the second try, in milliseconds, ≥ 0; doubled each time, half of it by chance. Default 500.</summary>
    public int BackoffMs { get; init; } = 500;

    /// <summary>The longest wait between tries, in milliseconds. A server that asks for more is given up at once. Default 120,000.</summary>
    public int BackoffMsMax { get; init; } = 120_000;

    /// <summary>Requests a minute, tries included, ≥ 1. Default: no limit.</summary>
    public int? RequestsPerMinuteMax { get; init; }

    /// <summary>Tokens a minute, sent and received, ≥ 1. Default: no limit. A call larger than that goes alone.</summary>
    public int? TokensPerMinuteMax { get; init; }

    /// <summary>The seed sent to the model, part of every cache key. Default: none.</summary>
    public long? Seed { get; init; }

    /// <summary>The seed of the chance in the waits between tries. Default 0.</summary>
    public int BackoffSeed { get; init; }

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Told of tries, repairs, failures and budgets, never of what was said. Default: the memory's, or nobody.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }

    internal ILogger CreateLogger() =>
        LoggerFactory?.CreateLogger(Log.ModelCategory) ?? Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(TimeoutMs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(ConcurrencyMax, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(TriesMax, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(TriesMax, 10);
        ArgumentOutOfRangeException.ThrowIfNegative(BackoffMs);
        ArgumentOutOfRangeException.ThrowIfLessThan(BackoffMsMax, BackoffMs);
        ArgumentOutOfRangeException.ThrowIfLessThan(RequestsPerMinuteMax ?? 1, 1, nameof(RequestsPerMinuteMax));
        ArgumentOutOfRangeException.ThrowIfLessThan(TokensPerMinuteMax ?? 1, 1, nameof(TokensPerMinuteMax));
        ArgumentNullException.ThrowIfNull(Time);
        ArgumentNullException.ThrowIfNull(Budget);
        Budget.Check();
    }
}
