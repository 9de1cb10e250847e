using System.Collections.Concurrent;

namespace Archicortex.Hierarchy;

/// <summary>Keeps the episodes of sessions that were asked for, as long as the sessions stay what they are.</summary>
/// <remarks>
/// Nothing is worked out when something is remembered: a session is cut when somebody looks at it, and again when it has other
/// turns by then. Rows of passages are never given again, so equal rows are equal turns. Safe for any number of threads.
/// </remarks>
sealed class EpisodeCache
{
    /// <summary>Turns of the sessions kept, above which all are let go.</summary>
    public const int TurnsMax = 200_000;

    readonly ConcurrentDictionary<int, (int[] Rows, int[] Starts)> _kept = new();
    int _turns;

    /// <summary>Where the episodes of a session start.</summary>
    /// <param name="session">Its number.</param>
    /// <param name="rows">Rows of its turns, in order.</param>
    /// <param name="cut">Works them out.</param>
    public int[] StartsOf(int session, ReadOnlySpan<int> rows, Func<int[], int[]> cut)
    {
        if (_kept.TryGetValue(session, out var kept) && rows.SequenceEqual(kept.Rows))
        {
            return kept.Starts;
        }

        if (Interlocked.Add(ref _turns, rows.Length) > TurnsMax)
        {
            _kept.Clear();
            Interlocked.Exchange(ref _turns, rows.Length);
        }

        var turns = rows.ToArray();
        return (_kept[session] = (turns, cut(turns))).Starts;
    }
}
