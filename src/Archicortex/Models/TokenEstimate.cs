namespace Archicortex.Models;

/// <summary>How many tokens a text has at most in practice, for budgets that must not be passed.</summary>
/// <remarks>
/// <para>A context that is one token too long is refused by a model, so here, unlike in <see cref="TokenCounting"/>, too
/// many is right and too few is wrong. The rule <see cref="Name"/> reads how a text is written: a word of up to four letters
/// is a token and longer ones begin another at every two and a half letters, names sooner; runs of capitals and of
/// consonants are cut small, as tokenizers do; digits and signs count singly; Chinese and Korean characters count 1.7, what
/// lies outside of all that its UTF-8 bytes.</para>
/// <para>Measured on stretches of 800 characters against the public vocabularies cl100k and o200k: never below them for
/// English prose (36 to 57 % above on the mean), German, French, Spanish, Italian, Dutch, Swedish, Turkish, Vietnamese, Polish, Czech,
/// Russian, Greek, Arabic, Hebrew, Hindi, Thai, Chinese, Japanese, Korean, C#, Python, JavaScript, JSON, emoji and random
/// letters; texts of Chinese characters drawn at random come out a fifth too low. Where every token counts, give
/// the memory the model's own tokenizer: <see cref="GraphMemoryOptions.TokenCounter"/>.</para>
/// </remarks>
public static class TokenEstimate
{
    /// <summary>The rule's name.</summary>
    public const string Name = "letters-1";

    // In thousandths of a token, so that sums are exact.
    const int Whole = 1000;
    const int MoreLetter = 400;
    const int WordLetters = 4;
    const int NameLetters = 3;
    const int ConsonantsMax = 4;
    const int HardLetter = 800;
    const int CapitalLetter = 670;
    const int ShortPiece = 800;
    const int ShortPieceOfKey = 700;
    const int ShortPieceLetters = 3;
    const int SpacesPerToken = 8;

    /// <summary>Tokens of a text; 0 for the empty one.</summary>
    public static int Count(ReadOnlySpan<char> text)
    {
        var cost = 0L;
        for (var at = 0; at < text.Length;)
        {
            var end = char.IsAsciiLetter(text[at]) ? EndOfPiece(text, at) : text[at] == ' ' ? EndOfSpaces(text, at) : at + 1;
            cost += char.IsAsciiLetter(text[at]) ? Letters(text, at, end)
                : text[at] == ' ' ? Spaces(text, at, end)
                : char.IsAscii(text[at]) ? Whole
                : Other(text[at]);
            at = end;
        }

        return (int)Math.Min(int.MaxValue, (cost + Whole - 1) / Whole);
    }

    /// <summary>Capitals, or small letters with one capital before them: where a tokenizer cuts "parseHTTPReply".</summary>
    static int EndOfPiece(ReadOnlySpan<char> text, int start)
    {
        var at = start + 1;
        if (char.IsAsciiLetterUpper(text[start]))
        {
            while (at < text.Length && char.IsAsciiLetterUpper(text[at]))
            {
                at++;
            }

            if (at - start > 1)
            {
                return at;
            }
        }

        while (at < text.Length && char.IsAsciiLetterLower(text[at]))
        {
            at++;
        }

        return at;
    }

    static int EndOfSpaces(ReadOnlySpan<char> text, int start)
    {
        var at = start;
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }

        return at;
    }

    static int Letters(ReadOnlySpan<char> text, int start, int end)
    {
        var piece = text[start..end];
        var glue = start == 0 || piece.Length >= ShortPieceLetters ? 0
            : char.IsAsciiLetter(text[start - 1]) ? ShortPiece
            : char.IsAsciiDigit(text[start - 1]) ? ShortPieceOfKey
            : 0;
        if (piece.Length > 1 && char.IsAsciiLetterUpper(piece[1]))
        {
            return glue + Math.Max(Whole, piece.Length * CapitalLetter);
        }

        var free = char.IsAsciiLetterUpper(piece[0]) ? NameLetters : WordLetters;
        var plain = Whole + (Math.Max(0, piece.Length - free) * MoreLetter);
        return glue + (Consonants(piece) > ConsonantsMax ? Math.Max(plain, piece.Length * HardLetter) : plain);
    }

    /// <summary>The longest run of consonants: words have few in a row, keys and hashes many.</summary>
    static int Consonants(ReadOnlySpan<char> piece)
    {
        var (longest, run) = (0, 0);
        foreach (var letter in piece)
        {
            run = (letter | ' ') is 'a' or 'e' or 'i' or 'o' or 'u' or 'y' ? 0 : run + 1;
            longest = Math.Max(longest, run);
        }

        return longest;
    }

    /// <summary>One space belongs to the word or sign behind it.</summary>
    static int Spaces(ReadOnlySpan<char> text, int start, int end)
    {
        var isOfNext = end - start == 1 && end < text.Length && !char.IsWhiteSpace(text[end]) && !char.IsAsciiDigit(text[end]);
        return isOfNext ? 0 : Whole * (1 + ((end - start) / SpacesPerToken));
    }

    /// <summary>By script: how many characters of it share a token.</summary>
    static int Other(char c) => c switch
    {
        < '\u0250' => char.IsLetter(c) ? 1350 : 2000,
        >= '\u0370' and < '\u0400' => 1200, // Greek
        >= '\u0400' and < '\u0530' => 700, // Cyrillic
        >= '\u0590' and < '\u0700' => 1100, // Hebrew, Arabic
        >= '\u2000' and < '\u2070' or >= '\u3000' and < '\u3040' or >= '\uFF00' and < '\uFFF0' => 1250, // general, Chinese, wide signs
        >= '\u3040' and < '\u3100' => 1300, // kana
        >= '\u4E00' and < '\uA000' => 1700, // Han
        >= '\uAC00' and < '\uD7B0' => 1700, // Hangul
        _ when char.IsSurrogate(c) => 2000, // four bytes by two halves
        _ => 3000,
    };
}
