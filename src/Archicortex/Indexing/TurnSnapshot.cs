using Archicortex.Hierarchy;
using Archicortex.Numerics;

namespace Archicortex.Indexing;

/// <summary>The turns of conversations at one moment, and BM25 over them.</summary>
/// <remarks>
/// BM25 (Robertson and Zaragoza 2009) with k1 0.9 and b 0.4, which suit texts of a sentence or two, and the idf
/// ln(1 + (N − n + ½)/(n + ½)) = ln(N + 1) − ln(n + ½). In the second form the logarithms of small counts come out of a
/// table: what a turn says that is new takes a hundred of them.
/// </remarks>
sealed class TurnSnapshot(
    PagedTable<TurnRecord>.Frozen turns,
    PagedTable<IntRow>.Frozen terms,
    PagedTable<IntRow>.Frozen postings,
    PagedTable<int>.Frozen sessionLengths,
    PagedTable<SpeakerRecord>.Frozen speakers,
    int[] years,
    int liveSpeakers,
    int turnCount,
    long totalLength)
{
    public const double K1 = 0.9;
    public const double B = 0.4;

    // New words are those not said in so many turns before; the idf of nine words nobody else says counts as full.
    const int TurnsRemembered = 4;
    const double NewsWords = 9;

    const int LogarithmsKept = 4096;

    static readonly double[] Logarithms = [.. Enumerable.Range(0, LogarithmsKept).Select(n => Math.Log(n + 0.5))];

    readonly PagedTable<TurnRecord>.Frozen _turns = turns;
    readonly PagedTable<IntRow>.Frozen _terms = terms;
    readonly PagedTable<IntRow>.Frozen _postings = postings;
    readonly PagedTable<int>.Frozen _sessionLengths = sessionLengths;
    readonly PagedTable<SpeakerRecord>.Frozen _speakers = speakers;
    readonly double _logarithmOfAll = Math.Log(turnCount + 1.0);
    readonly double _meanLength = turnCount == 0 ? 1 : Math.Max(1e-9, (double)totalLength / turnCount);

    public int TurnCount => turnCount;

    /// <summary>Words of all turns that count.</summary>
    public long TotalLength => totalLength;

    /// <summary>Years in which something was said, ascending.</summary>
    public ReadOnlySpan<int> Years => years;

    /// <summary>Numbers of speakers go up to this, those without turns included.</summary>
    public int SpeakerRows => _speakers.Count;

    /// <summary>People who have turns.</summary>
    public int LiveSpeakers => liveSpeakers;

    public ref readonly SpeakerRecord Speaker(int speaker) => ref _speakers[speaker];

    public ref readonly TurnRecord Turn(int row) => ref _turns[row];

    /// <summary>Distinct stems of a turn and how often each stands in it, as <see cref="Posting"/>s of stems; ascending.</summary>
    public ReadOnlySpan<int> Terms(int row) => _terms[row].Items;

    /// <summary>Turns with a stem; the stem may be one that no turn has.</summary>
    public ReadOnlySpan<int> Postings(int stem) => stem >= 0 && stem < _postings.Count ? _postings[stem].Items : default;

    public double Idf(int stem) => IdfOf(Postings(stem).Length);

    /// <summary>What a stem that stands so often in a turn adds to its score.</summary>
    public double Score(double idf, int row, int count) => idf * count * (K1 + 1) / (count + Norm(_turns[row].Length / _meanLength));

    /// <summary>The same over a whole session.</summary>
    public double SessionScore(double idf, int session, int count, double meanLength) =>
        idf * count * (K1 + 1) / (count + Norm(_sessionLengths[session] / meanLength));

    /// <summary>How much a turn says that was not said in the turns just before: idf of its new words, in [0, 1].</summary>
    public double News(int row, TimeSnapshot time)
    {
        var terms = Terms(row);
        var place = time.Place(row);
        var session = time.Turns(place.Session);
        var before = session[Math.Max(0, place.Place - TurnsRemembered)..place.Place];
        var sum = 0.0;
        foreach (var term in terms)
        {
            var stem = Posting.Passage(term);
            var isNew = true;
            foreach (var earlier in before)
            {
                isNew &= !Holds(Terms(earlier), stem);
            }

            sum += isNew ? IdfOf(Postings(stem).Length) : 0;
        }

        return turnCount == 0 ? 0 : Math.Min(1, sum / (NewsWords * _logarithmOfAll));
    }

    /// <summary>Hashes the counts in an order that does not depend on how they came about.</summary>
    public void AddState(ContentHash hash, Func<int, string> stemText, Func<int, UInt128> passageId)
    {
        hash.Add(turnCount).Add(totalLength).Add(liveSpeakers);
        var live = new List<(string Text, int Stem)>();
        for (var stem = 0; stem < _postings.Count; stem++)
        {
            if (_postings[stem].Count > 0)
            {
                live.Add((stemText(stem), stem));
            }
        }

        foreach (var (text, stem) in live.OrderBy(line => line.Text, StringComparer.Ordinal))
        {
            ulong sum = 0;
            foreach (var posting in _postings[stem].Items)
            {
                sum += StableHash.Of((ulong)passageId(Posting.Passage(posting)), (ulong)Posting.Count(posting));
            }

            hash.Add(text).Add((long)sum);
        }
    }

    /// <summary>How rare what stands in so many turns is.</summary>
    public double IdfOf(int frequency) => _logarithmOfAll - (frequency < LogarithmsKept ? Logarithms[frequency] : Math.Log(frequency + 0.5));

    static double Norm(double relativeLength) => K1 * (1 - B + (B * relativeLength));

    static bool Holds(ReadOnlySpan<int> terms, int stem)
    {
        foreach (var term in terms)
        {
            if (Posting.Passage(term) >= stem)
            {
                return Posting.Passage(term) == stem;
            }
        }

        return false;
    }
}
