using System.Globalization;

namespace Archicortex.Facts.Time;

/// <summary>Prints days as a person would write them: "7 May 2023", "5 to 11 June 2023 (week)", "since 2016".</summary>
static class TimeText
{
    static readonly string[] Months =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    static readonly string[] Seasons = ["spring", "summer", "autumn", "winter"];

    /// <summary>The words of the text beside what they mean: "the week before 9 June 2023 (29 May to 4 June 2023)".</summary>
    /// <param name="text">The text the expression was found in.</param>
    /// <param name="expression">Found in it.</param>
    public static string Of(string text, TimeExpression expression)
    {
        var absolute = Of(expression.Days, expression.Granularity);
        var words = text.Substring(expression.Text.Start, expression.Text.Length);
        return words.Equals(absolute, StringComparison.OrdinalIgnoreCase) ? absolute : $"{words} ({absolute.Replace(" (week)", "", StringComparison.Ordinal)})";
    }

    /// <summary>The days alone.</summary>
    public static string Of(DayRange days, TimeGranularity granularity) => days switch
    {
        { From: { } from, To: { } to } => Closed(from, to, granularity),
        { From: { } from } => "since " + Start(from, granularity),
        { To: { } to } => "until " + End(to, granularity),
        _ => "at any time",
    };

    /// <summary>"3 weeks"; in the unit asked for, else in one that suits how exactly the days are known.</summary>
    public static string? Apart(DayRange one, DayRange other, TimeUnit? asked, TimeGranularity exactness)
    {
        var unit = asked ?? exactness switch
        {
            TimeGranularity.Day => TimeUnit.Day,
            TimeGranularity.Week => TimeUnit.Week,
            TimeGranularity.Month or TimeGranularity.Season => TimeUnit.Month,
            _ => TimeUnit.Year,
        };
        return DayRanges.Diff(one, other, unit) is not { } count ? null
            : string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(count)} {unit.ToString().ToLowerInvariant()}{(Math.Abs(count) == 1 ? "" : "s")}");
    }

    static string Closed(DateOnly from, DateOnly to, TimeGranularity granularity)
    {
        var last = to.Plus(-1) is { } day && day >= from ? day : from;
        var isMonths = from.Day == 1 && to.Day == 1;
        var months = ((to.Year - from.Year) * 12) + to.Month - from.Month;
        if (granularity >= TimeGranularity.Year && isMonths && from.Month == 1 && months % 12 == 0)
        {
            return months == 12 ? Number(from.Year)
                : granularity == TimeGranularity.Decade && months == 120 && from.Year % 10 == 0 ? Number(from.Year) + "s"
                : $"{Number(from.Year)} to {Number(last.Year)}";
        }

        if (granularity == TimeGranularity.Season && isMonths && months == 3 && from.Month % 3 == 0)
        {
            return $"{Seasons[(from.Month / 3) - 1]} {Number(from.Year)}";
        }

        if (granularity >= TimeGranularity.Month && isMonths)
        {
            return months == 1 ? Month(from)
                : from.Year == last.Year ? $"{Months[from.Month - 1]} to {Month(last)}"
                : $"{Month(from)} to {Month(last)}";
        }

        var count = to.DayNumber - from.DayNumber;
        var ending = granularity != TimeGranularity.Week ? ""
            : count == 7 && from.DayOfWeek == DayOfWeek.Monday ? " (week)"
            : count == 2 && from.DayOfWeek == DayOfWeek.Saturday ? " (weekend)"
            : "";
        return Span(from, last) + ending;
    }

    /// <summary>What both ends share is said once.</summary>
    static string Span(DateOnly from, DateOnly last) => from == last ? Day(from)
        : from.Year != last.Year ? $"{Day(from)} to {Day(last)}"
        : from.Month != last.Month ? $"{Number(from.Day)} {Months[from.Month - 1]} to {Day(last)}"
        : $"{Number(from.Day)} to {Day(last)}";

    static string Start(DateOnly from, TimeGranularity granularity) => granularity switch
    {
        TimeGranularity.Year or TimeGranularity.Decade when from is { Month: 1, Day: 1 } => Number(from.Year),
        TimeGranularity.Season when from.Day == 1 && from.Month % 3 == 0 => $"{Seasons[(from.Month / 3) - 1]} {Number(from.Year)}",
        TimeGranularity.Month or TimeGranularity.Season when from.Day == 1 => Month(from),
        _ => Day(from),
    };

    static string End(DateOnly to, TimeGranularity granularity)
    {
        var last = to.Plus(-1) ?? to;
        return granularity switch
        {
            TimeGranularity.Year or TimeGranularity.Decade when to is { Month: 1, Day: 1 } => Number(last.Year),
            TimeGranularity.Month or TimeGranularity.Season when to.Day == 1 => Month(last),
            _ => Day(last),
        };
    }

    static string Day(DateOnly day) => $"{Number(day.Day)} {Month(day)}";

    static string Month(DateOnly day) => $"{Months[day.Month - 1]} {Number(day.Year)}";

    static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
