using System.Text.RegularExpressions;

namespace Archicortex.Tests.House;

/// <summary>Measures methods by counting braces: a line that ends a parameter list, then a block.</summary>
/// <remarks>Rough on purpose. It reads the layout the formatter enforces: the brace of a method stands alone, as deep as its first line.</remarks>
static partial class MethodLengths
{
    /// <summary>Where each method with a block body starts (first line is 1), and how many lines it has, signature included.</summary>
    public static IEnumerable<(int Line, int Lines)> Of(IReadOnlyList<string> lines)
    {
        for (var i = 1; i < lines.Count; i++)
        {
            if (lines[i].Trim() != "{" || Indent(lines[i]) == 0)
            {
                continue;
            }

            var first = FirstLineOf(lines, i);
            if (!IsMethod(string.Concat(lines.Skip(first).Take(i - first))))
            {
                continue;
            }

            var last = i + 1;
            while (last < lines.Count && !(Indent(lines[last]) == Indent(lines[i]) && lines[last].TrimStart().StartsWith('}')))
            {
                last++;
            }

            yield return (first + 1, last - first + 1);
            i = last;
        }
    }

    /// <summary>The signature may have run over several lines, each deeper than its first.</summary>
    static int FirstLineOf(IReadOnlyList<string> lines, int brace)
    {
        var first = brace - 1;
        while (first > 0 && Indent(lines[first]) > Indent(lines[brace]))
        {
            first--;
        }

        return first;
    }

    static bool IsMethod(string signature) =>
        signature.Contains('(', StringComparison.Ordinal) && !TypeOrBlock().IsMatch(signature) && !signature.Contains(" = ", StringComparison.Ordinal);

    static int Indent(string line) => line.Length - line.TrimStart().Length;

    [GeneratedRegex(@"^\s*(?:.*\b(?:class|struct|record|interface|enum)\b|if|for|foreach|while|switch|using|lock|catch|return)\b")]
    private static partial Regex TypeOrBlock();
}
