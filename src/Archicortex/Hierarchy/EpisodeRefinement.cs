namespace Archicortex.Hierarchy;

/// <summary>Moves the boundaries of episodes to where turns of one episode are most alike and turns of two least.</summary>
/// <remarks>
/// Surprise sees a change only when it has happened, and often a turn late. Modularity, Q = Σ over episodes of in/2m − (degree/2m)²,
/// sees both sides: the turns are nodes, cosines the weights of their edges. Edges longer than two episodes are left out, so that
/// the work is linear in the turns. Newman and Girvan 2004; as a refinement of surprise, EM-LLM (arXiv 2407.09450).
/// </remarks>
static class EpisodeRefinement
{
    /// <summary>Turns this far apart, or farther, have no edge.</summary>
    public const int Band = 2 * EpisodeSegmentation.LengthMax;

    // Sums of floats in another order differ in their last bits; a move has to gain more than that.
    const double Tolerance = 1e-9;

    /// <summary>Moves each cut of a stretch, in order, by at most half an episode to either side; ties go to the earliest place.</summary>
    /// <param name="turns">The turns of the session.</param>
    /// <param name="from">First turn of the stretch.</param>
    /// <param name="to">The turn behind its last.</param>
    /// <param name="cuts">Cuts counted from the start of the stretch, ascending; moved in place. Their number stays.</param>
    public static void Move(TurnVectors turns, int from, int to, Span<int> cuts)
    {
        if (cuts.Length == 0)
        {
            return;
        }

        var degrees = DegreesUpTo(turns, from, to);
        for (var i = 0; i < cuts.Length; i++)
        {
            var start = i == 0 ? 0 : cuts[i - 1];
            var end = i + 1 == cuts.Length ? to - from : cuts[i + 1];
            cuts[i] = Best(turns, from, (start, cuts[i], end), degrees);
        }
    }

    /// <summary>Sums of the weights of all edges at the turns before each; shape [turns of the stretch + 1].</summary>
    static double[] DegreesUpTo(TurnVectors turns, int from, int to)
    {
        var sums = new double[to - from + 1];
        for (var turn = from; turn < to; turn++)
        {
            for (var other = turn + 1; other < Math.Min(to, turn + Band); other++)
            {
                var weight = turns.Cosine(turn, other);
                sums[turn - from + 1] += weight;
                sums[other - from + 1] += weight;
            }
        }

        for (var i = 1; i < sums.Length; i++)
        {
            sums[i] += sums[i - 1];
        }

        return sums;
    }

    static int Best(TurnVectors turns, int from, (int Start, int Cut, int End) around, double[] degrees)
    {
        var (start, cut, end) = around;
        var first = Math.Max(cut - ((cut - start) / 2), Math.Max(start + EpisodeSegmentation.LengthMin, end - EpisodeSegmentation.LengthMax));
        var last = Math.Min(cut + ((end - cut) / 2), Math.Min(end - EpisodeSegmentation.LengthMin, start + EpisodeSegmentation.LengthMax));

        // Weight inside the two sides, each edge counted at both its ends, while the turns go over one by one.
        var inside = Inside(turns, from, start, first) + Inside(turns, from, first, end);
        var (best, bestGain) = (first, double.NegativeInfinity);
        for (var place = first; place <= last; place++)
        {
            var (left, right) = (degrees[place] - degrees[start], degrees[end] - degrees[place]);
            var gain = inside - (((left * left) + (right * right)) / Math.Max(degrees[^1], double.Epsilon));
            if (gain > bestGain + Tolerance)
            {
                (best, bestGain) = (place, gain);
            }

            inside += 2 * (Towards(turns, from, place, start, place) - Towards(turns, from, place, place + 1, end));
        }

        return best;
    }

    static double Inside(TurnVectors turns, int from, int start, int end)
    {
        var sum = 0.0;
        for (var place = start; place < end; place++)
        {
            sum += 2 * Towards(turns, from, place, place + 1, end);
        }

        return sum;
    }

    static double Towards(TurnVectors turns, int from, int place, int start, int end)
    {
        var sum = 0.0;
        for (var other = start; other < end; other++)
        {
            sum += turns.Cosine(from + place, from + other);
        }

        return sum;
    }
}
