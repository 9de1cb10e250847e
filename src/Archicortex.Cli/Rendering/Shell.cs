using System.Buffers;
using System.Text;

namespace Archicortex.Cli.Rendering;

/// <summary>Text on its way to a terminal.</summary>
static class Shell
{
    static readonly SearchValues<char> Special = SearchValues.Create(" \t'\"$&|;<>()*?`\\");

    /// <summary>A word as a command line needs it.</summary>
    public static string Quoted(string word) => word.AsSpan().IndexOfAny(Special) < 0 ? word : $"\"{word}\"";

    /// <summary>A remembered text without control characters: a document must not steer the reader's terminal.</summary>
    public static string Harmless(string text)
    {
        if (!text.Any(letter => char.IsControl(letter) && letter != '\n'))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        foreach (var letter in text.Where(letter => letter != '\r'))
        {
            clean.Append(letter == '\t' ? ' ' : char.IsControl(letter) && letter != '\n' ? '\uFFFD' : letter);
        }

        return clean.ToString();
    }

    /// <summary>The start of a text on one line.</summary>
    public static string Short(string text, int charsMax)
    {
        var line = string.Join(' ', Harmless(text).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= charsMax)
        {
            return line;
        }

        // A pair of surrogates is one sign: half of it would print as a question mark.
        var end = char.IsHighSurrogate(line[charsMax - 2]) ? charsMax - 2 : charsMax - 1;
        return line[..end].TrimEnd() + "…";
    }
}
