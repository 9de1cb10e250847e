using Archicortex.Numerics;

namespace Archicortex.Indexing;

/// <summary>The lexical index at one moment, and BM25 over it.</summary>
/// <remarks>
/// BM25 (Robertson and Zaragoza 2009) with k1 1.2, b 0.75 and the idf ln(1 + (N − n + ½)/(n + ½)), which is never
/// negative. Stop words are scored like any word: in a question of names they settle ties, and leaving them out loses
/// recall on every set measured.
/// </remarks>
sealed class LexicalSnapshot(
    PagedTable<StemRecord>.Frozen stems, PagedTable<int>.Frozen lengths, int liveCount, long totalLength)
{
    const double K1 = 1.2;
    const double B = 0.75;

    /// <summary>What a word of idf 1 adds to a passage's score at most.</summary>
    public const double SaturationMax = K1 + 1;

    readonly PagedTable<StemRecord>.Frozen _stems = stems;
    readonly PagedTable<int>.Frozen _lengths = lengths;
    readonly double _meanLength = liveCount == 0 ? 1 : Math.Max(1, (double)totalLength / liveCount);

    public int LiveCount => liveCount;

    /// <summary>Words of a passage, on the mean.</summary>
    public double MeanLength => _meanLength;

    /// <summary>Number of passages with a stem; 0 for −1 and for a stem that arrived after this snapshot.</summary>
    public int PassageFrequency(int stem) => stem >= 0 && stem < _stems.Count ? _stems[stem].Postings.Count : 0;

    /// <summary>The stem's postings, to be scored with <see cref="Score"/>.</summary>
    public ReadOnlySpan<int> Postings(int stem) => stem >= 0 && stem < _stems.Count ? _stems[stem].Postings.Items : default;

    /// <summary>Passages with the stem in the title.</summary>
    public ReadOnlySpan<int> Titles(int stem) => stem < _stems.Count ? _stems[stem].Titles.Items : default;

    /// <summary>What a stem adds to the score of one passage; 0 if the passage lacks it.</summary>
    public double ScoreOf(int stem, int passage)
    {
        var postings = Postings(stem);
        var at = postings.BinarySearch(Posting.Of(passage, 0));
        at = at < 0 ? ~at : at;
        return at < postings.Length && Posting.Passage(postings[at]) == passage ? Score(Idf(stem), postings[at]) : 0;
    }

    public double Idf(int stem)
    {
        var n = PassageFrequency(stem);
        return Math.Log(1 + ((liveCount - n + 0.5) / (n + 0.5)));
    }

    /// <summary>What one posting adds to its passage's score.</summary>
    public double Score(double idf, int posting)
    {
        var count = Posting.Count(posting);
        var norm = K1 * (1 - B + (B * _lengths[Posting.Passage(posting)] / _meanLength));
        return idf * count * (K1 + 1) / (count + norm);
    }

    /// <summary>Hashes the counts in an order that does not depend on how they came about.</summary>
    public void AddState(ContentHash hash, Func<int, string> stemText, Func<int, UInt128> passageId)
    {
        hash.Add(liveCount).Add(totalLength);
        var live = new List<(string Text, int Stem)>();
        for (var stem = 0; stem < _stems.Count; stem++)
        {
            if (_stems[stem].Postings.Count > 0)
            {
                live.Add((stemText(stem), stem));
            }
        }

        foreach (var (text, stem) in live.OrderBy(line => line.Text, StringComparer.Ordinal))
        {
            ulong sum = 0;
            foreach (var posting in _stems[stem].Postings.Items)
            {
                sum += StableHash.Of((ulong)passageId(Posting.Passage(posting)), (ulong)Posting.Count(posting));
            }

            hash.Add(text).Add(_stems[stem].Postings.Count).Add(_stems[stem].Titles.Count).Add((long)sum);
        }
    }
}
