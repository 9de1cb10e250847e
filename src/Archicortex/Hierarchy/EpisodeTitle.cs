using System.Runtime.InteropServices;
using Archicortex.Language;

namespace Archicortex.Hierarchy;

/// <summary>Names a stretch of a conversation by what is said in it often and elsewhere seldom.</summary>
/// <remarks>Names written with capitals stand whole and count half as much again. A pure function of the texts and the rarities.</remarks>
static class EpisodeTitle
{
    const int Parts = 3;
    const int LettersMin = 3;
    const int NameWordsMax = 3;
    const double NameGain = 1.5;

    /// <summary>The words, joined by commas; the first words of the first text if none stands out; empty for no texts.</summary>
    /// <param name="texts">What was said.</param>
    /// <param name="speakers">Who spoke: their names are no subject.</param>
    /// <param name="rarity">How rare a word is; takes folded words.</param>
    public static string Of(IReadOnlyList<string> texts, IEnumerable<string> speakers, Func<string, double> rarity)
    {
        var terms = new Dictionary<string, (double Score, int First, string Text)>(StringComparer.Ordinal);
        var passed = speakers.SelectMany(TokenBuffer.FoldedWords).ToHashSet(StringComparer.Ordinal);
        var buffer = new TokenBuffer();
        foreach (var text in texts)
        {
            buffer.Clear();
            buffer.Read(text);
            for (var at = 0; at < buffer.Count;)
            {
                var count = NameLength(buffer, at);
                Count(terms, buffer, text, at, Math.Max(1, count), count > 0, passed, rarity);
                at += Math.Max(1, count);
            }
        }

        var best = terms.Values.OrderByDescending(term => Math.Round(term.Score, 9)).ThenBy(term => term.First).Take(Parts).Select(term => term.Text).ToList();
        return best.Count > 0 ? string.Join(", ", best) : texts.Count > 0 ? Opening(texts[0]) : "";
    }

    /// <summary>Words from here that are written as one name; 0 if there is none. A capital at the start of a sentence names nothing.</summary>
    static int NameLength(TokenBuffer buffer, int at)
    {
        var end = at;
        while (end < buffer.Count && end - at < NameWordsMax && buffer[end].Is(TokenMarks.Capital) && !buffer[end].Is(TokenMarks.SentenceStart)
            && (end == at || !buffer[end].Is(TokenMarks.Break)) && buffer[end].Length > 1)
        {
            end++;
        }

        return end - at;
    }

    static void Count(
        Dictionary<string, (double Score, int First, string Text)> terms, TokenBuffer buffer, string text, int at, int count, bool isName,
        HashSet<string> passed, Func<string, double> rarity)
    {
        var words = Enumerable.Range(at, count).Select(i => buffer.Folded(buffer[i]).ToString()).ToList();
        if (words.TrueForAll(word => word.Length < LettersMin || StopWords.Contains(word) || TurnVectors.IsSmallTalk(word) || passed.Contains(word)))
        {
            return;
        }

        var key = PorterStemmer.Stem(string.Join(' ', words));
        ref var term = ref CollectionsMarshal.GetValueRefOrAddDefault(terms, key, out var exists);
        var last = buffer[at + count - 1];
        // The capital at the start of a sentence is none of the word's.
        var shown = buffer[at].Is(TokenMarks.SentenceStart) && !isName ? words[0] : text[buffer[at].Start..(last.Start + last.Length)];
        term = exists ? term : (0, terms.Count, shown);
        term.Score += words.Max(rarity) * (isName ? NameGain : 1);
    }

    static string Opening(string text)
    {
        const int CharsMax = 40;
        var line = text.ReplaceLineEndings(" ").Trim();
        var end = line.Length <= CharsMax ? line.Length : line.LastIndexOf(' ', CharsMax) is > 0 and var space ? space : CharsMax;
        return line[..end];
    }
}
