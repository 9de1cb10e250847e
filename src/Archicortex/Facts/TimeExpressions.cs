using System.Globalization;
using System.Text.RegularExpressions;

namespace Archicortex.Facts;

/// <summary>Finds words that name a time. A stand-in: explicit dates and years only, until the full rules are merged.</summary>
static partial class TimeExpressions
{
    /// <summary>Appends the time expressions of a text in order; they do not overlap.</summary>
    /// <param name="text">The text.</param>
    /// <param name="reference">The day relative words count from; null: they mean nothing.</param>
    /// <param name="found">Where they go.</param>
    public static void Find(ReadOnlySpan<char> text, DateOnly? reference, List<TimeExpression> found)
    {
        foreach (var match in Date().EnumerateMatches(text))
        {
            Add(text, match.Index, match.Length, found);
        }

        if (reference is { } today)
        {
            foreach (var match in Relative().EnumerateMatches(text))
            {
                var day = today.AddDays(text[match.Index] is 'y' or 'Y' ? -1 : text[match.Index + 2] is 'm' ? 1 : 0);
                found.Add(new TimeExpression(new(match.Index, match.Length), new(day, day.AddDays(1)), TimeGranularity.Day, "relative"));
            }
        }

        found.Sort((one, other) => one.Text.Start.CompareTo(other.Text.Start));
    }

    static void Add(ReadOnlySpan<char> text, int start, int length, List<TimeExpression> found)
    {
        var match = Date().Match(text.Slice(start, length).ToString());
        int Number(string group) => int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        var year = Number("y");
        if (year == 0)
        {
            return;
        }

        var month = match.Groups["n"].Success ? Number("n") : match.Groups["m"].Success ? MonthOf(match.Groups["m"].Value) : 0;
        var day = match.Groups["d"].Success ? Number("d") : 0;
        if (month > 12 || (day > 0 && month > 0 && day > DateTime.DaysInMonth(year, month)) || (match.Groups["d"].Success && day == 0))
        {
            return;
        }

        var from = new DateOnly(year, Math.Max(1, month), Math.Max(1, day));
        var (to, granularity) = day > 0 ? (from.AddDays(1), TimeGranularity.Day)
            : month > 0 ? (from.AddMonths(1), TimeGranularity.Month) : (from.AddYears(year < 9999 ? 1 : 0), TimeGranularity.Year);
        found.Add(new TimeExpression(new(start, length), new(from, to), granularity, "explicit"));
    }

    static int MonthOf(string name) => 1 + ("janfebmaraprmayjunjulaugsepoctnovdec".IndexOf(name[..3].ToLowerInvariant(), StringComparison.Ordinal) / 3);

    const string Month = "(?<m>January|February|March|April|May|June|July|August|September|October|November|December)";

    [GeneratedRegex(
        @"\b(?:(?<y>\d{4})-(?<n>\d\d)-(?<d>\d\d)|(?<d>\d\d?)(?:st|nd|rd|th)? (?:of )?" + Month + @",? (?<y>\d{4})|" + Month
        + @" (?<d>\d\d?)(?:st|nd|rd|th)?,? (?<y>\d{4})|" + Month + @",? (?:of )?(?<y>\d{4})|(?<y>1\d\d\d|20\d\d))\b",
        RegexOptions.CultureInvariant)]
    private static partial Regex Date();

    [GeneratedRegex(@"\b(?:yesterday|today|tomorrow)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Relative();
}
