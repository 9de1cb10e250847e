using System.Globalization;

namespace Archicortex.Language;

/// <summary>What part a character plays in a word.</summary>
enum LetterShape : byte
{
    /// <summary>Not part of a word.</summary>
    None,

    /// <summary>A letter or digit that forms words with its neighbours.</summary>
    Letter,

    /// <summary>A mark on the letter before it (an accent, a vowel sign).</summary>
    Mark,

    /// <summary>A letter of a script written without spaces: a word by itself.</summary>
    Single,
}

/// <summary>Tells letters from what stands between them, in every script.</summary>
static class LetterShapes
{
    public static LetterShape Of(ReadOnlySpan<char> text, int at)
    {
        var c = text[at];
        if (c < 0x80)
        {
            return char.IsAsciiLetterOrDigit(c) ? LetterShape.Letter : LetterShape.None;
        }

        if (IsUnspaced(text, at))
        {
            return Category(text, at) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
                ? LetterShape.Mark
                : LetterShape.Single;
        }

        return Category(text, at) switch
        {
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
                or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber => LetterShape.Letter,
            UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark => LetterShape.Mark,
            _ => LetterShape.None,
        };
    }

    /// <summary>UTF-16 units of the character: two for a surrogate pair.</summary>
    public static int Width(ReadOnlySpan<char> text, int at) => IsPair(text, at) ? 2 : 1;

    public static UnicodeCategory Category(ReadOnlySpan<char> text, int at) => IsPair(text, at)
        ? CharUnicodeInfo.GetUnicodeCategory(char.ConvertToUtf32(text[at], text[at + 1]))
        : CharUnicodeInfo.GetUnicodeCategory(text[at]);

    static bool IsPair(ReadOnlySpan<char> text, int at) =>
        char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]);

    static bool IsUnspaced(ReadOnlySpan<char> text, int at)
    {
        var c = text[at];
        return c switch
        {
            >= '\u0E00' and <= '\u0EFF' => char.IsLetter(c) || IsMark(c), // Thai, Lao
            >= '\u1000' and <= '\u109F' or >= '\u1780' and <= '\u17FF' => char.IsLetter(c) || IsMark(c), // Burmese, Khmer
            >= '\u3040' and <= '\u30FF' => char.IsLetter(c) && c != 'ー', // kana
            >= '\u3400' and <= '\u4DBF' or >= '\u4E00' and <= '\u9FFF' or >= '\uF900' and <= '\uFAFF' => true, // Han
            >= '\uD840' and <= '\uD888' => IsPair(text, at), // Han beyond the first plane
            _ => false,
        };
    }

    static bool IsMark(char c) =>
        CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
