using Archicortex.Language;

namespace Archicortex.Testing.Oracles;

/// <summary>BM25 from word lists, counted for every question anew.</summary>
sealed class NaiveLexical
{
    const double K1 = 1.2;
    const double B = 0.75;

    // The index keeps a count in eight bits.
    const int CountMax = 255;

    readonly Dictionary<UInt128, Dictionary<string, int>> _counts;
    readonly Dictionary<UInt128, int> _lengths;
    readonly double _meanLength;

    public NaiveLexical(IReadOnlyCollection<NaivePassage> passages)
    {
        _counts = passages.ToDictionary(
            passage => passage.Id, passage => passage.Words.Select(PorterStemmer.Stem).CountBy(stem => stem).ToDictionary());
        _lengths = passages.ToDictionary(passage => passage.Id, passage => passage.Words.Length);
        _meanLength = passages.Count == 0 ? 1 : Math.Max(1, (double)_lengths.Values.Sum() / passages.Count);
    }

    public IEnumerable<string> Stems => _counts.Values.SelectMany(counts => counts.Keys).Distinct();

    public int Frequency(string stem) => _counts.Values.Count(counts => counts.ContainsKey(stem));

    public int Count(UInt128 passage, string stem) => Math.Min(CountMax, _counts[passage].GetValueOrDefault(stem));

    public double Idf(string stem)
    {
        var n = Frequency(stem);
        return Math.Log(1 + ((_counts.Count - n + 0.5) / (n + 0.5)));
    }

    public double Score(UInt128 passage, string stem)
    {
        double count = Count(passage, stem);
        return Idf(stem) * count * (K1 + 1) / (count + (K1 * (1 - B + (B * _lengths[passage] / _meanLength))));
    }
}
