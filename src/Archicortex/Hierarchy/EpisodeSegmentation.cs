namespace Archicortex.Hierarchy;

/// <summary>Cuts a session into episodes: stretches of turns that are about one thing.</summary>
/// <remarks>
/// A long chat drifts from one subject to the next, and neither a turn nor the whole session is the piece a person would retell.
/// A turn surprises by 1 − its highest cosine to the eight turns before it; where that is above mean + one standard deviation of
/// the last 64, a new episode starts. Then each boundary moves to where the modularity of the turns' likeness is highest
/// (<see cref="EpisodeRefinement"/>). After EM-LLM (arXiv 2407.09450), over turns instead of tokens and without a model. More than
/// half an hour of silence always starts an episode.
/// <para>
/// A pure function of the turns and their times. Episodes have 3 to 24 turns; less only between two silences. Time is linear in the
/// turns. Boundaries between concatenated pieces of 5 to 20 turns are found at F1 .40 (± one turn: .55), where windows of the best
/// fixed length find .09 (.25) and the surprise of a bigram model, refined alike, .37 (.52): <c>episodes</c> of the benchmarks.
/// </para>
/// </remarks>
static class EpisodeSegmentation
{
    /// <summary>The fewest turns of an episode, unless silence cuts it shorter.</summary>
    public const int LengthMin = 3;

    /// <summary>The most turns of an episode.</summary>
    public const int LengthMax = 24;

    /// <summary>A longer silence ends an episode whatever is said after it.</summary>
    public static readonly TimeSpan SilenceMax = TimeSpan.FromMinutes(30);

    const int TurnsBefore = 8;
    const int Window = 64;

    // Cosines of the same turns in other places differ in their last bits.
    const double Tolerance = 1e-6;

    /// <summary>Where the episodes start, ascending; the first at turn 0. Empty for no turns.</summary>
    /// <param name="turns">The turns of a session.</param>
    /// <param name="saidAt">When each was said, where known; shape [turns].</param>
    public static int[] Starts(TurnVectors turns, ReadOnlySpan<DateTimeOffset?> saidAt)
    {
        if (saidAt.Length != turns.Count)
        {
            throw new ArgumentException($"There are {turns.Count} turns and {saidAt.Length} times; each turn needs one.", nameof(saidAt));
        }

        var starts = new List<int>();
        var from = 0;
        for (var turn = 1; turn <= turns.Count; turn++)
        {
            if (turn == turns.Count || saidAt[turn] - saidAt[turn - 1] > SilenceMax)
            {
                starts.Add(from);
                var cuts = Cuts(Surprise(turns, from, turn));
                EpisodeRefinement.Move(turns, from, turn, cuts);
                starts.AddRange(cuts.Select(cut => from + cut));
                from = turn;
            }
        }

        return [.. starts];
    }

    /// <summary>How little each turn goes on from the eight before it, in [0, 1]; 0 for the first.</summary>
    public static double[] Surprise(TurnVectors turns, int from, int to)
    {
        var surprise = new double[to - from];
        for (var turn = from + 1; turn < to; turn++)
        {
            var nearest = 0.0;
            for (var before = Math.Max(from, turn - TurnsBefore); before < turn; before++)
            {
                nearest = Math.Max(nearest, turns.Cosine(before, turn));
            }

            surprise[turn - from] = 1 - nearest;
        }

        return surprise;
    }

    /// <summary>Places at which a stretch is cut, ascending and without its start.</summary>
    /// <param name="surprise">Of each turn of the stretch.</param>
    public static int[] Cuts(ReadOnlySpan<double> surprise)
    {
        var cuts = new List<int>();
        var start = 0;
        while (NextCut(surprise, start) is > 0 and var cut)
        {
            cuts.Add(cut);
            start = cut;
        }

        return [.. cuts];
    }

    /// <summary>
    /// The next surprising turn; where there is none in time, the one that comes nearest to it, of equals the last; 0 if the
    /// rest is one episode.
    /// </summary>
    static int NextCut(ReadOnlySpan<double> surprise, int start)
    {
        var last = Math.Min(start + LengthMax, surprise.Length - LengthMin);
        var best = 0;
        for (var turn = start + LengthMin; turn <= last; turn++)
        {
            if (surprise[turn] > Threshold(surprise, turn) + Tolerance)
            {
                return turn;
            }

            best = best == 0 || surprise[turn] > surprise[best] - Tolerance ? turn : best;
        }

        return surprise.Length - start > LengthMax ? best : 0;
    }

    static double Threshold(ReadOnlySpan<double> surprise, int turn)
    {
        // The first turn of a stretch has nothing before it and would count as no surprise at all.
        var seen = surprise[Math.Max(1, turn - Window + 1)..(turn + 1)];
        double sum = 0, squares = 0;
        foreach (var one in seen)
        {
            sum += one;
            squares += one * one;
        }

        var mean = sum / seen.Length;
        return mean + Math.Sqrt(Math.Max(0, (squares / seen.Length) - (mean * mean)));
    }
}
