namespace Archicortex.Benchmarks.Quality;

/// <summary>What one question's ranking is worth against its gold passages. Shares in [0, 1].</summary>
readonly record struct Measures(double Recall1, double Recall2, double Recall5, double Recall10, bool AllGold5, bool AllGold10, double ReciprocalRank, double Ndcg10)
{
    const int Depth = 10;

    /// <param name="isGold">For each rank, best first, whether the document is gold. A document counts once.</param>
    /// <param name="goldCount">Gold documents there are, ≥ 1.</param>
    public static Measures Of(IReadOnlyList<bool> isGold, int goldCount)
    {
        var found = isGold.Take(Depth).ToArray();
        double Recall(int k) => (double)found.Take(k).Count(hit => hit) / goldCount;
        var first = isGold.TakeWhile(hit => !hit).Count();
        var gain = found.Select((hit, i) => hit ? 1 / Math.Log2(i + 2) : 0).Sum();
        var ideal = Enumerable.Range(0, Math.Min(goldCount, Depth)).Sum(i => 1 / Math.Log2(i + 2));
        return new Measures(
            Recall(1), Recall(2), Recall(5), Recall(10), Recall(5) == 1, Recall(10) == 1, first < isGold.Count ? 1.0 / (first + 1) : 0, gain / ideal);
    }
}
