using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Archicortex.Documents;

/// <summary>Reads the times of exported chats: <c>2024-03-09 10:12</c>, <c>09.03.24, 10:12</c>, <c>3/9/24, 10:12 PM</c>.</summary>
/// <remarks>
/// Nothing in 09/03 says which number is the month, and a wrong date is worse than none. The file's opening must show it: a number
/// above 12 in one of its stamps, dots (the day stands first), or the year in front. Where nothing does, such a stamp is no time.
/// Without an offset a time is taken as UTC, so that every machine reads the same.
/// </remarks>
sealed partial class ChatStamps
{
    const int MonthMax = 12;
    const int CenturyStart = 2000;
    const int LinesRead = 2_000;

    readonly bool? _isDayFirst;

    ChatStamps(bool? isDayFirst) => _isDayFirst = isDayFirst;

    /// <summary>How the stamps of a file are written.</summary>
    /// <param name="head">Its first bytes, UTF-8.</param>
    public static ChatStamps Of(ReadOnlySpan<byte> head)
    {
        foreach (var line in Encoding.UTF8.GetString(head).Split('\n').Take(LinesRead))
        {
            if (ChatLine.TryRead(line.TrimEnd('\r'), out var turn) && turn.Stamp is { } stamp
                && LocalForm().Match(stamp) is { Success: true } match && IsDayFirst(match) is { } isDayFirst)
            {
                return new(isDayFirst);
            }
        }

        return new(null);
    }

    /// <summary>The time of a stamp that has its date; false for a clock alone, for other words, and where day and month cannot be told.</summary>
    public bool TryRead(string stamp, out DateTimeOffset time)
    {
        if (IsoTime.TryRead(stamp, out time))
        {
            return true;
        }

        if (LocalForm().Match(stamp) is not { Success: true } match)
        {
            return false;
        }

        var (first, second, third) = (Number(match, "a"), Number(match, "b"), Number(match, "c"));
        var (year, month, day) = match.Groups["a"].Length == 4 ? (first, second, third)
            : (IsDayFirst(match) ?? _isDayFirst) switch
            {
                true => (third, second, first),
                false => (third, first, second),
                null => default,
            };
        return TryMake(year < 100 ? CenturyStart + year : year, month, day, Hour(match), Number(match, "m"), Number(match, "s"), out time);
    }

    /// <summary>What a stamp shows of the order of its date; null if it may be either.</summary>
    static bool? IsDayFirst(Match match) =>
        match.Groups["a"].Length == 4 ? null
        : match.Groups["dot"].Value == "." || Number(match, "a") > MonthMax ? true
        : Number(match, "b") > MonthMax ? false
        : null;

    static int Number(Match match, string group) =>
        match.Groups[group].Success ? int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture) : 0;

    /// <summary>12 AM is midnight and 12 PM noon.</summary>
    static int Hour(Match match)
    {
        var hour = Number(match, "h");
        return match.Groups["half"].Value.ToLowerInvariant() switch
        {
            "" => hour,
            ['a', ..] => hour % 12,
            _ => (hour % 12) + 12,
        };
    }

    static bool TryMake(int year, int month, int day, int hour, int minute, int second, out DateTimeOffset time)
    {
        time = default;
        if (year < 1 || month is < 1 or > MonthMax || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        time = new(year, month, day, hour, minute, second, TimeSpan.Zero);
        return true;
    }

    [GeneratedRegex(
        @"^(?<a>\d{1,4})(?<dot>[./-])(?<b>\d{1,2})[./-](?<c>\d{4}|\d{1,2}),?\s+"
        + @"(?<h>\d{1,2})[:.](?<m>\d{2})(?:[:.](?<s>\d{2}))?(?:\s?(?<half>[AaPp])\.?\s?[Mm]\.?)?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex LocalForm();
}
