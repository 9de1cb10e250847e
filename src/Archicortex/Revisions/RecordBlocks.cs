namespace Archicortex.Revisions;

/// <summary>Two records worth comparing.</summary>
/// <param name="Left">Row of the first list.</param>
/// <param name="Right">Row in the table: those of the second list come behind the first.</param>
/// <param name="Cosine">Likeness of all their words, by rarity.</param>
readonly record struct RecordPair(int Left, int Right, double Cosine);

/// <summary>Finds the pairs worth comparing: for each record the ten of the other list that share its rarest words.</summary>
/// <remarks>
/// All pairs would be too many, and nearly all of them share nothing. Words that more than 200 records of both lists have, and more
/// than a tenth of the list looked in, lead nowhere.
/// </remarks>
static class RecordBlocks
{
    const int PartnersMax = 10;
    const int HoldersMax = 200;
    const double HolderShareMax = 0.1;

    public static List<RecordPair> Of(RecordTable table)
    {
        var words = Enumerable.Range(0, table.Count).Select(record =>
            Enumerable.Range(0, table.Fields.Length).SelectMany(field => table.WordsOf(record, field)).Distinct().Order().ToArray()).ToArray();
        var counts = words.SelectMany(one => one).CountBy(word => word).ToDictionary();
        double Weight(int word) => Math.Log(1 + (table.Count / (counts[word] + 0.5)));
        var norms = Array.ConvertAll(words, one => Math.Sqrt(one.Sum(word => Weight(word) * Weight(word))));
        var left = Enumerable.Range(0, table.LeftCount);
        var right = Enumerable.Range(table.LeftCount, table.Count - table.LeftCount);
        var pairs = Partners(left, right).Concat(Partners(right, left).Select(pair => new RecordPair(pair.Right, pair.Left, pair.Cosine)));
        return [.. pairs.DistinctBy(pair => (pair.Left, pair.Right)).OrderBy(pair => pair.Left).ThenBy(pair => pair.Right)];

        IEnumerable<RecordPair> Partners(IEnumerable<int> from, IEnumerable<int> among)
        {
            var holders = among.SelectMany(record => words[record].Select(word => (word, record))).ToLookup(one => one.word, one => one.record);
            var most = Math.Max(HoldersMax, HolderShareMax * among.Count());
            foreach (var record in from)
            {
                var sums = new Dictionary<int, double>();
                foreach (var word in words[record].Where(word => counts[word] <= most))
                {
                    foreach (var other in holders[word])
                    {
                        sums[other] = sums.GetValueOrDefault(other) + (Weight(word) * Weight(word));
                    }
                }

                var best = sums.Select(pair => new RecordPair(record, pair.Key, Math.Round(pair.Value / (norms[record] * norms[pair.Key]), 12)));
                foreach (var pair in best.OrderByDescending(pair => pair.Cosine).ThenBy(pair => pair.Right).Take(PartnersMax))
                {
                    yield return pair;
                }
            }
        }
    }
}
