namespace Archicortex.Facts.Time;

/// <summary>Exact questions about days: what came before, how far apart, in which order, how many within.</summary>
/// <remarks>Called before any ranking guess. Where an open end leaves the answer unknown, it is null or false, never a guess.</remarks>
static class DayRanges
{
    const int DaysOfWeek = 7;

    /// <summary>True if all of one lies before all of the other.</summary>
    public static bool Before(DayRange one, DayRange other) => one.To <= other.From;

    /// <summary>Whole units from the start of one to the start of the other, negative if it lies behind; null if a start is open.</summary>
    /// <remarks>Full units, as birthdays are counted: from 31 January to 28 February no month has passed.</remarks>
    public static int? Diff(DayRange one, DayRange other, TimeUnit unit)
    {
        if (one.From is not { } from || other.From is not { } to)
        {
            return null;
        }

        var sign = to < from ? -1 : 1;
        (from, to) = to < from ? (to, from) : (from, to);
        var months = ((to.Year - from.Year) * 12) + to.Month - from.Month - (to.Day < from.Day ? 1 : 0);
        return sign * (unit switch
        {
            TimeUnit.Day => to.DayNumber - from.DayNumber,
            TimeUnit.Week or TimeUnit.Weekend => (to.DayNumber - from.DayNumber) / DaysOfWeek,
            TimeUnit.Fortnight => (to.DayNumber - from.DayNumber) / (2 * DaysOfWeek),
            TimeUnit.Month => months,
            TimeUnit.Quarter => months / 3,
            TimeUnit.Half => months / 6,
            _ => months / 12,
        });
    }

    /// <summary>The places of the ranges in order of time: earlier start, then earlier end, then place; open starts come last.</summary>
    public static int[] Order(ReadOnlySpan<DayRange> ranges)
    {
        var places = new int[ranges.Length];
        var keys = new (int From, int To, int Place)[ranges.Length];
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = i;
            keys[i] = (ranges[i].From?.DayNumber ?? int.MaxValue, ranges[i].To?.DayNumber ?? int.MaxValue, i);
        }

        Array.Sort(keys, places);
        return places;
    }

    /// <summary>How many of the ranges share a day with the window.</summary>
    public static int CountIn(ReadOnlySpan<DayRange> ranges, DayRange window)
    {
        var count = 0;
        foreach (var range in ranges)
        {
            count += Meet(range, window) ? 1 : 0;
        }

        return count;
    }

    /// <summary>True if the two share a day; an open end reaches as far as the calendar.</summary>
    public static bool Meet(DayRange one, DayRange other) =>
        (one.From ?? DateOnly.MinValue) < (other.To ?? DateOnly.MaxValue) && (other.From ?? DateOnly.MinValue) < (one.To ?? DateOnly.MaxValue);
}
