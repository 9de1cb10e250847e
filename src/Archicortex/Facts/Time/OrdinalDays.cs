namespace Archicortex.Facts.Time;

/// <summary>The n-th day, week, weekend or month of a longer time.</summary>
static class OrdinalDays
{
    const int Thursday = 4;
    const int Saturday = 6;

    /// <summary>The n-th such weekday of it; −1 for the last; null if it has fewer.</summary>
    public static DayRange? Weekday(DayRange whole, int weekday, int n)
    {
        if (whole is not { From: { } from, To: { } to })
        {
            return null;
        }

        var day = n < 0 ? CalendarDays.WeekdayBefore(to, weekday) : First(from, weekday)?.Plus((n - 1) * 7);
        return day >= from && day < to ? CalendarDays.Days(day, 1) : null;
    }

    /// <summary>The n-th unit of it, or the first (1) or last (−1) few; null if it has fewer.</summary>
    /// <remarks>As in ISO 8601 a week belongs to the month that holds its Thursday; a weekend to the one that holds its Saturday.</remarks>
    public static DayRange? Units(DayRange whole, TimeUnit unit, int n, int count)
    {
        if (whole is not { From: { } from, To: { } to })
        {
            return null;
        }

        switch (unit)
        {
            case TimeUnit.Day:
                var day = n < 0 ? to.Plus(-count) : from.Plus(n - 1);
                return day >= from && day?.Plus(count) <= to ? new DayRange(day, day?.Plus(count)) : null;
            case TimeUnit.Week:
                return Weekday(whole, Thursday, n)?.From is { } thursday
                    ? Run(CalendarDays.Week(thursday, 0), CalendarDays.Week(thursday, n < 0 ? 1 - count : count - 1))
                    : null;
            case TimeUnit.Weekend:
                return Weekday(whole, Saturday, n)?.From is { } saturday && count == 1 ? CalendarDays.Days(saturday, 2) : null;
            case TimeUnit.Month:
                return Months(from, to, n, 1, count);
            case TimeUnit.Quarter:
                return Months(from, to, n, 3, count);
            case TimeUnit.Half:
                return Half(from, to, n);
            case TimeUnit.Year:
                return Months(from, to, n, 12, count);
            default:
                return null;
        }
    }

    static DateOnly? First(DateOnly from, int weekday) => (int)from.DayOfWeek == weekday ? from : CalendarDays.WeekdayAfter(from, weekday);

    static DayRange? Run(DayRange? one, DayRange? other) => one is not { } a || other is not { } b ? null
        : a.From < b.From ? new DayRange(a.From, b.To) : new DayRange(b.From, a.To);

    static DayRange? Months(DateOnly from, DateOnly to, int n, int length, int count)
    {
        var months = ((to.Year - from.Year) * 12) + to.Month - from.Month;
        var first = n < 0 ? months - (length * count) : (n - 1) * length;
        return first >= 0 && first + (length * count) <= months && months > length
            ? CalendarDays.Months((from.Year * 12) + from.Month - 1 + first, length * count)
            : null;
    }

    static DayRange? Half(DateOnly from, DateOnly to, int n)
    {
        // The first half of a month is its first fifteen days.
        var months = ((to.Year - from.Year) * 12) + to.Month - from.Month;
        var middle = months == 1 ? from.Plus(15) : months % 2 == 0 ? from.PlusMonths(months / 2) : null;
        return middle is null || Math.Abs(n) > 2 ? null : n == 1 ? new DayRange(from, middle) : new DayRange(middle, to);
    }
}
