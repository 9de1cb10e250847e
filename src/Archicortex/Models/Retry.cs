using System.Globalization;
using Archicortex.Numerics;
using Microsoft.Extensions.Logging;

namespace Archicortex.Models;

/// <summary>Tries a request again when the failure lies between us and the server, and only then.</summary>
/// <remarks>
/// At most <see cref="ModelOptions.TriesMax"/> tries; the wait doubles, half of it by seeded chance, so that many clients
/// do not come back at once; a Retry-After of the server counts instead. No clock but the given one.
/// </remarks>
sealed class Retry(ModelOptions options, string modelId = "")
{
    readonly ILogger _logger = options.CreateLogger();

    /// <summary>Runs a request until it succeeds, fails for good, or was tried often enough.</summary>
    /// <param name="asked">What for, e.g. "the names of a passage".</param>
    /// <param name="key">Seeds the chance in the waits, with the option's seed.</param>
    /// <param name="account">Counts retries and holds the deadline.</param>
    /// <param name="enter">What comes before each try and does not count as its time: waiting for the rate limit.</param>
    /// <param name="request">One try; the token stops it when it takes too long.</param>
    /// <param name="cancellationToken">Stops trying.</param>
    /// <exception cref="ModelTransportException">It failed for good.</exception>
    public async Task<T> RunAsync<T>(
        string asked,
        UInt128 key,
        ModelAccount account,
        Func<CancellationToken, ValueTask> enter,
        Func<CancellationToken, Task<T>> request,
        CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await enter(cancellationToken).ConfigureAwait(false);
            account.CheckDeadline(asked);
            ModelTransportException failure;
            try
            {
                return await TryAsync(account, request, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception found) when (!cancellationToken.IsCancellationRequested && found is not GraphMemoryException or ModelTransportException)
            {
                failure = TransportFailure.Read(found);
            }

            var wait = failure.RetryAfter ?? Backoff(key, tries);
            if (!failure.IsTransient || tries >= options.TriesMax || wait > TimeSpan.FromMilliseconds(options.BackoffMsMax))
            {
                account.CheckDeadline(asked);
                throw GivenUp(asked, failure, tries, wait);
            }

            if (account.TimeLeft <= wait)
            {
                throw account.DeadlinePassed(asked);
            }

            account.CountRetry();
            Telemetry.CountRetry(modelId);
            Log.ModelRetried(_logger, modelId, asked, tries, failure.Status, (long)wait.TotalMilliseconds);
            await Task.Delay(wait, options.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    async Task<T> TryAsync<T>(ModelAccount account, Func<CancellationToken, Task<T>> request, CancellationToken cancellationToken)
    {
        var timeout = TimeSpan.FromMilliseconds(options.TimeoutMs);
        using var clock = new CancellationTokenSource(Min(account.TimeLeft, timeout), options.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancellationToken);
        try
        {
            return await request(both.Token).WaitAsync(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException canceled) when (clock.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ModelTransportException($"no reply within {options.TimeoutMs} ms", null, null, canceled);
        }
    }

    /// <summary>A deadline that passes at this moment is a time limit of nothing.</summary>
    static TimeSpan Min(TimeSpan? left, TimeSpan timeout) => left < timeout ? TimeSpan.FromTicks(Math.Max(0, left.Value.Ticks)) : timeout;

    TimeSpan Backoff(UInt128 key, int tries)
    {
        var full = Math.Min(options.BackoffMsMax, options.BackoffMs * Math.Pow(2, tries - 1));
        var chance = StableHash.Of(StableHash.Of((ulong)key, (ulong)options.BackoffSeed), (ulong)tries) / (double)ulong.MaxValue;
        return TimeSpan.FromMilliseconds(full * (0.5 + (0.5 * chance)));
    }

    static ModelTransportException GivenUp(string asked, ModelTransportException failure, int tries, TimeSpan wait)
    {
        var cure = failure switch
        {
            { Status: 401 or 403 } => "Check the key and what it may use.",
            { Status: 404 } => "Check the address and the name of the model.",
            { IsTransient: false } => "Asking again would not help.",
            { RetryAfter: { } after } when after == wait && tries == 1 =>
                $"The server asks to wait {after.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} s, more than BackoffMsMax allows.",
            _ => "Run the same command again later: replies that came so far are kept if there is a cache.",
        };
        var times = tries == 1 ? "" : $" after {tries} tries";
        return new ModelTransportException(
            $"Asking the model for {asked} failed{times}: {failure.Message.TrimEnd('.')}. {cure}", failure.Status, failure.RetryAfter, failure)
        {
            IsTransient = failure.IsTransient,
        };
    }
}
