namespace Archicortex.Facts.Time;

/// <summary>Calendar arithmetic that answers null where the calendar ends, in year 1 and year 9999.</summary>
static class CalendarDays
{
    const int DaysOfWeek = 7;
    const int MonthsOfYear = 12;
    const int MonthsOfSeason = 3;

    /// <summary>The day that many days later.</summary>
    public static DateOnly? Plus(this DateOnly day, int days)
    {
        var number = (long)day.DayNumber + days;
        return number < DateOnly.MinValue.DayNumber || number > DateOnly.MaxValue.DayNumber ? null : DateOnly.FromDayNumber((int)number);
    }

    /// <summary>A day of the calendar, null if there is none such.</summary>
    public static DateOnly? Date(int year, int month, int day) =>
        year is < 1 or > 9999 || month is < 1 or > MonthsOfYear || day < 1 || day > DateTime.DaysInMonth(year, month)
            ? null
            : new DateOnly(year, month, day);

    /// <summary>From the first day, for that many days; null at the ends of the calendar.</summary>
    public static DayRange? Days(DateOnly? first, int count) =>
        first is { } day && day.Plus(count) is { } end ? new DayRange(day, end) : null;

    /// <summary>The Monday of a day's week.</summary>
    public static DateOnly? Monday(DateOnly day) => day.Plus(-(((int)day.DayOfWeek + 6) % DaysOfWeek));

    /// <summary>Monday to Sunday, that many weeks away.</summary>
    public static DayRange? Week(DateOnly day, int shift) => Days(Monday(day)?.Plus(shift * DaysOfWeek), DaysOfWeek);

    /// <summary>Saturday and Sunday of a week that many weeks away.</summary>
    public static DayRange? Weekend(DateOnly day, int shift) => Days(Monday(day)?.Plus((shift * DaysOfWeek) + 5), 2);

    /// <summary>A calendar month that many months away.</summary>
    public static DayRange? Month(DateOnly day, int shift) => Months((day.Year * MonthsOfYear) + day.Month - 1 + shift, 1);

    /// <summary>A calendar month.</summary>
    public static DayRange? Month(int year, int month) => Months((year * MonthsOfYear) + month - 1, 1);

    /// <summary>A calendar year.</summary>
    public static DayRange? Year(int year) => Months(year * MonthsOfYear, MonthsOfYear);

    /// <summary>A season by its first month; winter belongs to the year it starts in.</summary>
    public static DayRange? Season(int year, int firstMonth) => Months((year * MonthsOfYear) + firstMonth - 1, MonthsOfSeason);

    /// <summary>Calendar months, counted from January of year 0.</summary>
    public static DayRange? Months(int first, int count)
    {
        var end = first + count;
        return Date(Math.DivRem(first, MonthsOfYear, out var month), month + 1, 1) is { } from
            && Date(Math.DivRem(end, MonthsOfYear, out var next), next + 1, 1) is { } to
            ? new DayRange(from, to)
            : null;
    }

    /// <summary>The same day of the month, or its last, that many months away.</summary>
    public static DateOnly? PlusMonths(this DateOnly day, int months)
    {
        var count = (day.Year * (long)MonthsOfYear) + day.Month - 1 + months;
        return count < MonthsOfYear || count >= 10000L * MonthsOfYear ? null : day.AddMonths(months);
    }

    /// <summary>The calendar unit that holds a day, that many units away.</summary>
    public static DayRange? Unit(TimeUnit unit, DateOnly day, int shift) => unit switch
    {
        TimeUnit.Day => Days(day.Plus(shift), 1),
        TimeUnit.Week => Week(day, shift),
        TimeUnit.Fortnight => Week(day, 2 * shift),
        TimeUnit.Weekend => Weekend(day, shift),
        TimeUnit.Month => Month(day, shift),
        TimeUnit.Year => Year(day.Year + shift),
        _ => null,
    };

    /// <summary>The day that many units away, exactly.</summary>
    public static DateOnly? Move(TimeUnit unit, DateOnly day, int shift) => unit switch
    {
        TimeUnit.Day => day.Plus(shift),
        TimeUnit.Week or TimeUnit.Weekend => day.Plus(shift * DaysOfWeek),
        TimeUnit.Fortnight => day.Plus(shift * 2 * DaysOfWeek),
        TimeUnit.Month => day.PlusMonths(shift),
        TimeUnit.Year => day.PlusMonths(shift * MonthsOfYear),
        _ => null,
    };

    /// <summary>How exactly a unit is.</summary>
    public static TimeGranularity GranularityOf(TimeUnit unit) => unit switch
    {
        TimeUnit.Day => TimeGranularity.Day,
        TimeUnit.Month => TimeGranularity.Month,
        TimeUnit.Year => TimeGranularity.Year,
        TimeUnit.Half or TimeUnit.Quarter => TimeGranularity.Season,
        _ => TimeGranularity.Week,
    };

    /// <summary>The latest such weekday strictly before a day.</summary>
    public static DateOnly? WeekdayBefore(DateOnly day, int weekday) =>
        day.Plus(-1 - (((int)day.DayOfWeek - 1 - weekday + (2 * DaysOfWeek)) % DaysOfWeek));

    /// <summary>The first such weekday strictly after a day.</summary>
    public static DateOnly? WeekdayAfter(DateOnly day, int weekday) =>
        day.Plus(1 + ((weekday - (int)day.DayOfWeek - 1 + (2 * DaysOfWeek)) % DaysOfWeek));

    /// <summary>The weekend nearest to a day; of two equally near the coming one.</summary>
    public static DayRange? WeekendNear(DateOnly day) => Weekend(day, day.DayOfWeek is DayOfWeek.Monday or DayOfWeek.Tuesday ? -1 : 0);

    /// <summary>Easter Sunday of the Gregorian calendar (the anonymous computus of 1876).</summary>
    public static DateOnly? Easter(int year)
    {
        var golden = year % 19;
        var century = year / 100;
        var yearOfCentury = year % 100;
        var moon = ((19 * golden) + century - (century / 4) - ((century - ((century + 8) / 25) + 1) / 3) + 15) % 30;
        var weekday = (32 + (2 * (century % 4)) + (2 * (yearOfCentury / 4)) - moon - (yearOfCentury % 4)) % DaysOfWeek;
        var late = (golden + (11 * moon) + (22 * weekday)) / 451;
        var days = moon + weekday - (7 * late) + 114;
        return Date(year, days / 31, (days % 31) + 1);
    }

    /// <summary>The n-th such weekday of a month; −1 for its last.</summary>
    public static DateOnly? WeekdayOfMonth(int year, int month, int weekday, int n)
    {
        if (Month(year, month) is not { From: { } from, To: { } to })
        {
            return null;
        }

        var day = n < 0 ? WeekdayBefore(to, weekday) : WeekdayAfter(from.Plus(-1) ?? from, weekday)?.Plus((n - 1) * DaysOfWeek);
        return day < to ? day : null;
    }

    /// <summary>Early, mid or late: thirds of a month, months of a season, halves of a year, runs of years of a decade.</summary>
    /// <param name="whole">The month, season, year or decade.</param>
    /// <param name="granularity">Which of them; becomes that of the part.</param>
    /// <param name="part">0, 1 or 2.</param>
    public static DayRange? Part(DayRange whole, ref TimeGranularity granularity, int part)
    {
        if (whole is not { From: { } from, To: { } to })
        {
            return null;
        }

        switch (granularity)
        {
            case TimeGranularity.Month:
                granularity = TimeGranularity.Week;
                return new DayRange(from.Plus(part * 10), part == 2 ? to : from.Plus((part + 1) * 10));
            case TimeGranularity.Season:
                granularity = TimeGranularity.Month;
                return Month(from, part);
            case TimeGranularity.Year:
                // Half-years: the first, the middle and the last six months.
                granularity = TimeGranularity.Season;
                return Months((from.Year * MonthsOfYear) + (part * 3), 6);
            case TimeGranularity.Decade:
                // 0-3, 4-6 and 7-9.
                return part switch
                {
                    0 => new DayRange(from, from.PlusMonths(4 * MonthsOfYear)),
                    1 => new DayRange(from.PlusMonths(4 * MonthsOfYear), from.PlusMonths(7 * MonthsOfYear)),
                    _ => new DayRange(from.PlusMonths(7 * MonthsOfYear), to),
                };
            default:
                return whole;
        }
    }
}
