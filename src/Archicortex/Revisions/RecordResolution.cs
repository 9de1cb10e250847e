namespace Archicortex.Revisions;

/// <summary>Finds which records of two lists are one thing, without examples and without a threshold to tune.</summary>
/// <remarks>
/// <para>What agreement is worth differs from field to field: a shared telephone number says nearly everything, a shared price
/// nothing. Fellegi and Sunter 1969 weigh a level of agreement by log2 of how much more often things that are one show it
/// than others do. Both shares are read off the lists themselves: pairs that are each other's best partner by all their words
/// stand for things that are one, the other pairs worth comparing for others; then weighed anew, three times. A pair is one
/// thing if the bits of its fields exceed the odds against a pair worth comparing, and neither has a better partner.</para>
/// <para>A pure function of the lists; swapping them swaps the pairs. O(records · 10 · fields) comparisons.</para>
/// </remarks>
static class RecordResolution
{
    const int Rounds = 3;
    const double CosineMin = 0.5;
    const double Tie = 1e-9;
    const int LevelCount = (int)Likeness.Same + 1;

    /// <param name="left">One list.</param>
    /// <param name="right">The other.</param>
    /// <returns>The pairs that are one, by their places; a record may be in several where none of them is better.</returns>
    public static List<RecordMatch> Match(IReadOnlyList<EntityCard> left, IReadOnlyList<EntityCard> right)
    {
        var table = new RecordTable(left, right);
        var pairs = RecordBlocks.Of(table);
        var levels = pairs.ConvertAll(pair => Array.ConvertAll(Enumerable.Range(0, table.Fields.Length).ToArray(), field =>
            FieldLikeness.Of(table, field, pair.Left, pair.Right)));
        double[] scores = [.. pairs.Select(pair => pair.Cosine)];
        var isOne = Best(pairs, scores, CosineMin);
        var (weights, prior) = (Array.Empty<double[]>(), 0.0);
        for (var round = 0; round < Rounds; round++)
        {
            weights = WeightsOf(levels, isOne, table.Fields.Length);
            scores = [.. levels.Select(level => level.Select((one, field) => weights[field][(int)one]).Sum())];
            prior = PriorBits(isOne);
            isOne = Best(pairs, scores, prior);
        }

        return [.. pairs.Index().Where(one => isOne[one.Index]).Select(one => new RecordMatch(
            one.Item.Left, one.Item.Right - table.LeftCount, scores[one.Index] - prior,
            [.. levels[one.Index].Select((level, field) => new FieldEvidence(table.Fields[field], level, weights[field][(int)level]))]))];
    }

    /// <summary>log2 of how many pairs are not one for each that is.</summary>
    static double PriorBits(bool[] isOne) => Math.Log2(isOne.Count(one => !one) / Math.Max(1.0, isOne.Count(one => one)));

    /// <summary>True for pairs above a score of which neither side has a better partner.</summary>
    static bool[] Best(List<RecordPair> pairs, double[] scores, double above)
    {
        var best = new Dictionary<int, double>();
        foreach (var (at, pair) in pairs.Index())
        {
            best[pair.Left] = Math.Max(scores[at], best.GetValueOrDefault(pair.Left, double.NegativeInfinity));
            best[pair.Right] = Math.Max(scores[at], best.GetValueOrDefault(pair.Right, double.NegativeInfinity));
        }

        return [.. pairs.Index().Select(one =>
            scores[one.Index] > above && scores[one.Index] >= Math.Max(best[one.Item.Left], best[one.Item.Right]) - Tie)];
    }

    /// <summary>Bits of each level of each field; counts are smoothed by one, so that few examples say little.</summary>
    static double[][] WeightsOf(List<Likeness[]> levels, bool[] isOne, int fields)
    {
        var weights = new double[fields][];
        for (var field = 0; field < fields; field++)
        {
            var (ones, others) = (new double[LevelCount], new double[LevelCount]);
            foreach (var (at, level) in levels.Index())
            {
                (isOne[at] ? ones : others)[(int)level[field]]++;
            }

            var (known, otherKnown) = (ones[1..].Sum() + LevelCount - 1, others[1..].Sum() + LevelCount - 1);
            weights[field] = [.. Enumerable.Range(0, LevelCount).Select(level =>
                level == (int)Likeness.Unknown ? 0 : Math.Log2((ones[level] + 1) / known / ((others[level] + 1) / otherKnown)))];
        }

        return weights;
    }
}
