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
    /// <param name="question">What is asked: its tense decides for an answer without a year.</param>
    /// <param name="day">The day of the evidence, for an answer without a year.</param>
    public static DayRange? Read(string answer, string question, DateOnly day)
    {
        var text = Spaces().Replace(answer, "$1 $2").Trim().TrimEnd('.').Trim();
        text = Word().Replace(text, match => Repaired(match.Value));
        text = Opening().Replace(text, "");
        text = text.Length > 0 && text.StartsWith("few", StringComparison.OrdinalIgnoreCase) ? "a " + text : text;
        var asked = question.TrimEnd('?', ' ');
        return Whole($"{asked} in {text}", asked.Length + 4, day) ?? Whole($"{asked} {text}", asked.Length + 1, day);
    }

    /// <summary>"10 years ago" answers how long, not when.</summary>
    static DayRange? Whole(string text, int start, DateOnly day) =>
        TimeExpressions.Find(text, day) is [.., { DurationDays: null, Rule: not ("nAgo" or "inN") } last] && last.Text.Start == start && last.Text.End == text.Length
            ? last.Days
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
