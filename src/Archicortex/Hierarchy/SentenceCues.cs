using Archicortex.Language;

namespace Archicortex.Hierarchy;

/// <summary>Words that say why.</summary>
/// <param name="Words">As they are looked up: "because", "that's why".</param>
/// <param name="Clause">The cause, in the sentence; length 0: it is what was said before.</param>
readonly record struct CauseCue(string Words, TextSpan Clause);

/// <summary>Words by which a sentence says that it goes on from another in time, or that it has a cause. English only.</summary>
static class SentenceCues
{
    static readonly string[] Orders =
        ["after that", "and then", "later on", "then", "next", "afterwards", "afterward", "later", "finally", "eventually", "since then"];

    static readonly string[] Forward = ["because of", "because", "due to", "thanks to", "owing to"];

    static readonly string[] Back =
    [
        "because of that", "because of this", "that s why", "that is why", "this is why", "which is why", "as a result", "for that reason",
        "therefore", "thus", "hence", "consequently", "instead", "so",
    ];

    /// <summary>The words with which a sentence says that it comes after another; null if it has none.</summary>
    public static string? OrderOf(string sentence)
    {
        var words = new TokenBuffer();
        words.Read(sentence);
        var first = words.Count > 0 && words.Folded(words[0]) is "and" or "but" && !StartsWith(words, 0, "and then") ? 1 : 0;
        return Array.Find(Orders, cue => StartsWith(words, first, cue));
    }

    /// <summary>The words with which a sentence says why, and where it says it; null if it has none.</summary>
    /// <remarks>
    /// "because" and "due to" are followed by the cause. "so" and "that's why" follow it: in the middle of a sentence what
    /// stands before them is the cause, at its start the sentence before is. "so" counts only before who does something: "so good" tells no cause.
    /// </remarks>
    public static CauseCue? CauseOf(string sentence)
    {
        var words = new TokenBuffer();
        words.Read(sentence);
        for (var at = 0; at < words.Count; at++)
        {
            if (Array.Find(Back, cue => StartsWith(words, at, cue)) is { } back && IsCause(words, at, back))
            {
                var before = sentence[..words[at].Start].TrimEnd(' ', ',', ';', '-', '–', '—');
                var isOpening = at == 0 || (at == 1 && words.Folded(words[0]) is "and" or "but");
                return new(Spoken(back), isOpening || back == "instead" ? default : Trimmed(sentence, 0, before.Length));
            }

            if (Array.Find(Forward, cue => StartsWith(words, at, cue)) is { } forward)
            {
                var last = at + forward.Count(sign => sign == ' ');
                return new(forward, Trimmed(sentence, words[last].Start + words[last].Length, EndOfClause(sentence, words, last)));
            }
        }

        return null;
    }

    /// <summary>"so" opens a sentence or follows a comma, and somebody follows it; "instead of" compares and "thus far" counts time.</summary>
    static bool IsCause(TokenBuffer words, int at, string cue) => cue switch
    {
        "so" => (at == 0 || words[at].Is(TokenMarks.Break) || words.Folded(words[at - 1]) is "and") && at + 1 < words.Count
            && (words.Folded(words[at + 1]) is "i" or "we" or "he" or "she" or "they" or "it" or "you" or "the" or "my" or "our" or "his" or "her" or "their"
                || (at > 0 && words[at + 1].Is(TokenMarks.Capital))),
        "instead" => at + 1 == words.Count || (at == 0 && words.Folded(words[1]) is not "of"),
        "thus" or "hence" or "therefore" => at == 0 || words[at].Is(TokenMarks.Break) || words.Folded(words[at - 1]) is "and",
        _ => true,
    };

    static int EndOfClause(string sentence, TokenBuffer words, int from)
    {
        for (var at = from + 2; at < words.Count; at++)
        {
            if (words[at].Is(TokenMarks.Break))
            {
                return words[at - 1].Start + words[at - 1].Length;
            }
        }

        return sentence.Length;
    }

    static TextSpan Trimmed(string sentence, int start, int end)
    {
        while (start < end && (char.IsWhiteSpace(sentence[start]) || char.IsPunctuation(sentence[start])))
        {
            start++;
        }

        while (end > start && (char.IsWhiteSpace(sentence[end - 1]) || sentence[end - 1] is '.' or '!' or '?' or ',' or ';'))
        {
            end--;
        }

        return new(start, end - start);
    }

    static bool StartsWith(TokenBuffer words, int at, string cue)
    {
        foreach (var range in cue.AsSpan().Split(' '))
        {
            if (at >= words.Count || !words.Folded(words[at]).SequenceEqual(cue.AsSpan(range)))
            {
                return false;
            }

            at++;
        }

        return true;
    }

    static string Spoken(string cue) => cue == "that s why" ? "that's why" : cue;
}
