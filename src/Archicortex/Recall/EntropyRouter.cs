namespace Archicortex.Recall;

/// <summary>Weighs levels of detail by how decidedly each answers a question.</summary>
/// <remarks>
/// <para>A narrow question is answered by one turn or one fact, a broad one by a summary, and nobody says which it is. The
/// scores do: at the right level few units stand out, at a wrong one all are alike. A level's weight is
/// (1 − H / ln n) / Σ, where H is the entropy of softmax(score / temperature) over its n best units, scores scaled to a best
/// of 1. All levels undecided: equal weights. A level of one unit says nothing by being the only one, and weighs 0.</para>
/// <para>After MemGAS (arXiv 2505.19549), whose weights turn negative when H passes 1 for want of the division by ln n.</para>
/// </remarks>
static class EntropyRouter
{
    /// <summary>Units of a level that are weighed; the tail of a long list would make every level look alike.</summary>
    public const int UnitsMax = 50;

    const double Temperature = 0.15;

    // Below this a sum of differences of logarithms is rounding.
    const double Undecided = 1e-9;

    /// <summary>A weight for each level: ≥ 0, and of sum 1 unless there is no level with a unit; then all are 0.</summary>
    /// <param name="levels">Scores of the units of each level, in any order, ≥ 0; a level may be empty.</param>
    public static double[] Weights(IReadOnlyList<IReadOnlyList<double>> levels)
    {
        var weights = new double[levels.Count];
        var sum = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = Decision(levels[i]);
            sum += weights[i];
        }

        var filled = levels.Count(level => level.Count > 0);
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = sum > Undecided ? weights[i] / sum : levels[i].Count > 0 ? 1.0 / filled : 0;
        }

        return weights;
    }

    /// <summary>How far a level is decided for few of its units: 1 − H / ln n, in [0, 1].</summary>
    static double Decision(IReadOnlyList<double> scores)
    {
        double[] best = [.. scores.OrderDescending().Take(UnitsMax)];
        if (best.Length < 2 || best[0] <= 0)
        {
            return 0;
        }

        var total = 0.0;
        var weighted = 0.0;
        foreach (var score in best)
        {
            var exponent = ((score / best[0]) - 1) / Temperature;
            var share = Math.Exp(exponent);
            total += share;
            weighted += share * exponent;
        }

        // H = ln Σe − Σ e·x / Σe; the scale of the exponents cancels.
        var entropy = Math.Log(total) - (weighted / total);
        var decision = 1 - (entropy / Math.Log(best.Length));
        return decision > Undecided ? Math.Min(1, decision) : 0;
    }
}
