using Archicortex.Language;
using Archicortex.Numerics;

namespace Archicortex.Recall;

/// <summary>Names and facts as bags of hashed features: what stands in for vectors where no embedder is configured.</summary>
static class LexicalFeatures
{
    const int PieceLength = 4;
    const ulong PairSeed = 1;
    const ulong PieceSeed = 2;

    /// <summary>
    /// A name: its stems, pairs of them, and pieces of four letters, so that "Müller brewery" is near "Muller's Breweries".
    /// 1 + ln count each.
    /// </summary>
    public static Dictionary<ulong, float> OfName(string key)
    {
        var counts = new Dictionary<ulong, float>();
        var before = 0UL;
        foreach (var word in Words(key))
        {
            var stem = StableHash.Of(PorterStemmer.Stem(word));
            Count(counts, stem);
            if (before != 0)
            {
                Count(counts, StableHash.Of(before, stem ^ PairSeed));
            }

            before = stem;
            for (var i = 0; i + PieceLength <= word.Length; i++)
            {
                Count(counts, StableHash.Of(word.AsSpan(i, PieceLength), PieceSeed));
            }
        }

        return Damped(counts);
    }

    /// <summary>The stems of a text, stop words left out, 1 + ln count each.</summary>
    public static Dictionary<ulong, float> OfText(string text)
    {
        var counts = new Dictionary<ulong, float>();
        foreach (var word in Words(text))
        {
            Count(counts, StableHash.Of(PorterStemmer.Stem(word)));
        }

        return Damped(counts);
    }

    static IEnumerable<string> Words(string text)
    {
        var words = TokenBuffer.FoldedWords(text);

        // A name of stop words alone ("The Who") is made of them.
        return Array.TrueForAll(words, word => StopWords.Contains(word)) ? words : words.Where(word => !StopWords.Contains(word));
    }

    static void Count(Dictionary<ulong, float> counts, ulong feature) => counts[feature] = counts.GetValueOrDefault(feature) + 1;

    static Dictionary<ulong, float> Damped(Dictionary<ulong, float> counts)
    {
        foreach (var feature in counts.Keys)
        {
            counts[feature] = 1 + MathF.Log(counts[feature]);
        }

        return counts;
    }
}
