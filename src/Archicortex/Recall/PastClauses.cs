using System.Text.RegularExpressions;
using Archicortex.Indexing;
using Archicortex.Language;

namespace Archicortex.Recall;

/// <summary>The clauses of a sentence that may tell what happened.</summary>
/// <remarks>
/// "I ordered the lamps on 3 January, they should arrive soon" says when they were ordered, not when they came. A clause with a word of
/// what is to come, or of what only prepares it, is left out, unless the question asks for just that. English only, by cue words.
/// </remarks>
static partial class PastClauses
{
    static readonly string[] Ahead =
    [
        "will", "ll", "shall", "should", "gonna", "plan", "plans", "planned", "planning", "hope", "hopes", "hoping", "intend", "intends",
        "ordered", "expect", "expects", "expected", "scheduled",
    ];

    /// <summary>The sentence with blanks in place of the clauses that tell of nothing past; as it is, if all may.</summary>
    /// <param name="sentence">The sentence.</param>
    /// <param name="isAsked">True for the stem of a word the question has.</param>
    public static string Of(string sentence, Predicate<string> isAsked)
    {
        var text = sentence.ToCharArray();
        var start = 0;
        foreach (var boundary in Boundary().EnumerateMatches(sentence))
        {
            Blank(text, start, boundary.Index, isAsked);
            start = boundary.Index;
        }

        Blank(text, start, text.Length, isAsked);
        return new string(text);
    }

    static void Blank(char[] text, int start, int end, Predicate<string> isAsked)
    {
        if (IsAhead(new string(text, start, end - start), isAsked))
        {
            Array.Fill(text, ' ', start, end - start);
        }
    }

    static bool IsAhead(string clause, Predicate<string> isAsked)
    {
        var words = new TokenBuffer();
        words.Read(clause);
        for (var at = 0; at < words.Count; at++)
        {
            var word = words.Folded(words[at]).ToString();
            var isName = at > 0 && words[at].Is(TokenMarks.Capital);
            var isGoing = word == "going" && at > 0 && words.Folded(words[at - 1]) is "am" or "is" or "are" or "m" or "s" or "re";
            if ((isGoing || (!isName && Array.IndexOf(Ahead, word) >= 0)) && (isGoing || !isAsked(TurnWords.StemOf(word))))
            {
                return true;
            }
        }

        return false;
    }

    // A comma before a number parts a date: "May 7, 2023".
    [GeneratedRegex(
        @"[;()–—]|:(?!\d)|,(?!\s*\d)|\b(but|because|so|which|although|though|while|whereas)\b"
        + @"|\band(?=\s+(I|we|you|he|she|they|it|will|should|then|now|plan|hope)\b)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Boundary();
}
