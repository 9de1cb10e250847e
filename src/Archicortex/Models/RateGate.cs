namespace Archicortex.Models;

/// <summary>Lets requests through as fast as a server allows: so many a minute, so many tokens a minute, first come first served.</summary>
/// <remarks>The minute slides. A request with more tokens than a minute allows waits for an empty minute and goes alone.</remarks>
sealed class RateGate(int? requestsPerMinuteMax, int? tokensPerMinuteMax, TimeProvider time)
{
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    readonly Queue<Entry> _entries = new();
    readonly Lock _lock = new();

    // Nothing to dispose: its wait handle is never asked for.
    SemaphoreSlim Turn { get; } = new(1, 1);

    /// <summary>Waits until the request may go.</summary>
    /// <param name="tokens">The most it may take.</param>
    /// <param name="cancellationToken">Gives up the place in the queue.</param>
    public async ValueTask<Entry> EnterAsync(int tokens, CancellationToken cancellationToken)
    {
        if (requestsPerMinuteMax is null && tokensPerMinuteMax is null)
        {
            return new Entry { Tokens = tokens };
        }

        await Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (true)
            {
                if (TryAdd(tokens, out var wait) is { } entry)
                {
                    return entry;
                }

                await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            Turn.Release();
        }
    }

    /// <summary>Corrects what a request took once it is known.</summary>
    public void Settle(Entry entry, long tokens)
    {
        lock (_lock)
        {
            entry.Tokens = tokens;
        }
    }

    Entry? TryAdd(int tokens, out TimeSpan wait)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            while (_entries.TryPeek(out var oldest) && now - oldest.At >= Minute)
            {
                _entries.Dequeue();
            }

            var fits = _entries.Count == 0
                || (_entries.Count < (requestsPerMinuteMax ?? int.MaxValue)
                    && _entries.Sum(entry => entry.Tokens) + tokens <= (tokensPerMinuteMax ?? long.MaxValue));
            if (!fits)
            {
                wait = _entries.Peek().At + Minute - now;
                return null;
            }

            wait = TimeSpan.Zero;
            var added = new Entry { At = now, Tokens = tokens };
            _entries.Enqueue(added);
            return added;
        }
    }

    /// <summary>A request of the last minute.</summary>
    public sealed class Entry
    {
        public DateTimeOffset At { get; init; }

        public long Tokens { get; set; }
    }
}
