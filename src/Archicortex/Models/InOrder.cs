using System.Runtime.ExceptionServices;

namespace Archicortex.Models;

/// <summary>Runs work on many things at once and gives the results in the order of the things.</summary>
static class InOrder
{
    /// <summary>Runs <paramref name="work"/> on each item, at most <paramref name="concurrencyMax"/> at a time.</summary>
    /// <remarks>
    /// After a failure nothing new starts, but what is under way is awaited: it is paid for, and its reply goes to the
    /// cache. Of several failures that of the first item is thrown.
    /// </remarks>
    public static async Task<TOut[]> RunAsync<TIn, TOut>(
        IReadOnlyList<TIn> items, int concurrencyMax, Func<TIn, CancellationToken, Task<TOut>> work, CancellationToken cancellationToken)
    {
        var results = new TOut[items.Count];
        var failures = new Exception?[items.Count];
        var next = -1;
        var failed = false;

        async Task RunOnAsync()
        {
            while (!Volatile.Read(ref failed) && !cancellationToken.IsCancellationRequested)
            {
                var i = Interlocked.Increment(ref next);
                if (i >= items.Count)
                {
                    return;
                }

                try
                {
                    results[i] = await work(items[i], cancellationToken).ConfigureAwait(false);
                }
                catch (Exception failure)
                {
                    failures[i] = failure;
                    Volatile.Write(ref failed, true);
                }
            }
        }

        await Task.WhenAll(Enumerable.Range(0, Math.Min(concurrencyMax, items.Count)).Select(_ => RunOnAsync())).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (failures.FirstOrDefault(failure => failure is not null) is { } first)
        {
            ExceptionDispatchInfo.Throw(first);
        }

        return results;
    }
}
