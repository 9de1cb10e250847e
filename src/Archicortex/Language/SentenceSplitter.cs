using System.Collections.Frozen;
using System.Text.Json.Serialization;

namespace Archicortex.Language;

/// <summary>A stretch of text.</summary>
/// <param name="Start">Offset in UTF-16 units.</param>
/// <param name="Length">Length in UTF-16 units.</param>
public readonly record struct TextSpan(int Start, int Length)
{
    /// <summary>Offset behind the last character.</summary>
    [JsonIgnore]
    public int End => Start + Length;
}

/// <summary>Cuts text into sentences without cutting names, numbers and abbreviations apart.</summary>
/// <remarks>
/// A sentence ends at . ! ? … with what closes quotes or brackets behind it, when white space and then a capital, a
/// digit or an uncased letter follows; at 。！？ at once; at a blank line or a line that starts a list item, a table row or
/// a heading, and behind a heading; and at the latest at 2,000 characters, so
/// that later work per sentence has a bound. A piece under 25 characters ("No.", "He ran.") is joined with the next: it
/// is too short to say what a name in it is about. Linear in the text; offsets never fall inside a surrogate pair.
/// </remarks>
static class SentenceSplitter
{
    public const int LengthMax = 2000;

    const int LengthMin = 25;
    const int HeadingMarksMax = 6;
    const int AbbreviationLengthMax = 6;

    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Abbreviations = FrozenSet.ToFrozenSet(
        ("Mr Mrs Ms Dr Prof St Jr Sr vs etc No Vol pp Fig Inc Ltd Co Corp Gen Col Capt Rev Lt Sgt Hon approx ca c b d "
        + "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mt Ft Ave Dept Univ").Split(' '),
        StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The sentences of a text in order, without the white space around them.</summary>
    public static List<TextSpan> Split(ReadOnlySpan<char> text)
    {
        var sentences = new List<TextSpan>();
        var start = 0;
        for (var at = 0; at < text.Length;)
        {
            var next = BoundaryAt(text, start, at, out var end);
            if (next < 0)
            {
                // A run of marks is looked at once, or a megabyte of dots would take a quadratic time.
                at = Math.Max(at + 1, end);
                continue;
            }

            AddPieces(text, start, end, sentences);
            start = next;
            at = next;
        }

        AddPieces(text, start, text.Length, sentences);
        return sentences;
    }

    /// <summary>Where the next sentence starts if one ends at <paramref name="at"/>, else −1.</summary>
    static int BoundaryAt(ReadOnlySpan<char> text, int start, int at, out int end)
    {
        end = at;
        var c = text[at];
        if (c == '\n')
        {
            var line = SkipWhite(text, at, out var lineBreaks);
            return lineBreaks > 1 || StartsItem(text, line) || IsHeading(text[start..at]) ? line : -1;
        }

        var wide = c is '。' or '！' or '？';
        if (!wide && c is not ('.' or '!' or '?' or '…'))
        {
            return -1;
        }

        end = at + 1;
        while (end < text.Length && text[end] is '"' or '”' or '\'' or '’' or ')' or ']' or '」' or '』' or '.' or '!' or '?' or '…')
        {
            end++;
        }

        var next = SkipWhite(text, end, out var breaks);
        if (wide || breaks > 1)
        {
            return next;
        }

        if (next == end || next == text.Length || !StartsSentence(text, next))
        {
            return -1;
        }

        var head = text[start..end].TrimStart();
        return head.Length < LengthMin || (c == '.' && EndsInAbbreviation(text[start..at])) ? -1 : next;
    }

    /// <summary>A line of a list, a table, a quotation, or a heading stands by itself.</summary>
    static bool StartsItem(ReadOnlySpan<char> text, int at) =>
        at < text.Length && text[at] is '-' or '*' or '+' or '•' or '|' or '#' or '>';

    /// <summary>True for a Markdown heading: "## People". It says what stands below it, and states nothing.</summary>
    /// <param name="line">A line, or a sentence of this splitter.</param>
    public static bool IsHeading(ReadOnlySpan<char> line)
    {
        var text = line.TrimStart();
        var marks = text.IndexOfAnyExcept('#');
        return marks is > 0 and <= HeadingMarksMax && char.IsWhiteSpace(text[marks]) && !text[marks..].Trim().Contains('\n');
    }

    static bool StartsSentence(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && text[at] is '"' or '“' or '\'' or '‘' or '(' or '[')
        {
            at++;
        }

        return at < text.Length && (char.IsUpper(text[at]) || char.IsDigit(text[at])
            || LetterShapes.Category(text, at) == System.Globalization.UnicodeCategory.OtherLetter);
    }

    /// <summary>True for "Mr", "J" and "U.S" before the full stop in question.</summary>
    static bool EndsInAbbreviation(ReadOnlySpan<char> text)
    {
        var from = text.Length;
        while (from > 0 && text.Length - from <= AbbreviationLengthMax && char.IsLetter(text[from - 1]))
        {
            from--;
        }

        var word = text[from..];
        return (word.Length == 1 && char.IsUpper(word[0])) || Abbreviations.Contains(word);
    }

    static int SkipWhite(ReadOnlySpan<char> text, int at, out int lineBreaks)
    {
        lineBreaks = 0;
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            lineBreaks += text[at] == '\n' ? 1 : 0;
            at++;
        }

        return at;
    }

    static void AddPieces(ReadOnlySpan<char> text, int start, int end, List<TextSpan> sentences)
    {
        while (start < end)
        {
            var stop = Math.Min(end, start + LengthMax);
            if (stop < end)
            {
                var space = text[start..stop].LastIndexOf(' ');
                stop = space > 0 ? start + space : LetterShapes.Width(text, stop - 1) == 2 ? stop - 1 : stop;
            }

            AddTrimmed(text, start, stop, sentences);
            start = stop;
        }
    }

    static void AddTrimmed(ReadOnlySpan<char> text, int start, int end, List<TextSpan> sentences)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        while (end > start && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        if (end > start)
        {
            sentences.Add(new TextSpan(start, end - start));
        }
    }
}
