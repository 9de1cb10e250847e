using System.Text.RegularExpressions;
using Archicortex.Facts;

namespace Archicortex.Benchmarks.Dates;

/// <summary>Reads an answer of the key as days: the whole answer must be a time, or it is none.</summary>
/// <remarks>Annotators write "21Janury, 2022" and "on a week before 16 May"; the reader puts that right, then the normaliser reads it.</remarks>
static partial class AnswerReader
{
    static readonly string[] Months =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    /// <param name="answer">As written.</param>
    /// <param name="day">The day of the evidence, for an answer without a year.</param>
    public static DayRange? Read(string answer, DateOnly day)
    {
        var text = Spaces().Replace(answer, "$1 $2").Trim().TrimEnd('.').Trim();
        text = Word().Replace(text, match => Repaired(match.Value));
        text = Opening().Replace(text, "");
        text = text.Length > 0 && text.StartsWith("few", StringComparison.OrdinalIgnoreCase) ? "a " + text : text;
        return Whole("in " + text, 3, day) ?? Whole(text, 0, day);
    }

    static DayRange? Whole(string text, int start, DateOnly day) =>
        TimeExpressions.Find(text, day) is [var one] && one.Text.Start <= start && one.Text.End == text.Length && one.DurationDays is null && one.Rule != "nAgo"
            && one.Rule != "inN"
            ? one.Days
            : null;

    /// <summary>A month with one letter too many or too few.</summary>
    static string Repaired(string word) => word.Length < 5
        ? word
        : Months.FirstOrDefault(month => month.Length > 4 && month != word && IsOneLetterApart(month, word)) ?? word;

    static bool IsOneLetterApart(string a, string b)
    {
        var (longer, shorter) = a.Length > b.Length ? (a, b) : (b, a);
        return longer.Length == shorter.Length + 1 && Enumerable.Range(0, longer.Length).Any(at => longer.Remove(at, 1) == shorter);
    }

    [GeneratedRegex(@"(\d)(\p{L}{3,})")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex Word();

    [GeneratedRegex("^(?:(?:on|in|around|about) )+", RegexOptions.IgnoreCase)]
    private static partial Regex Opening();
}
