namespace Archicortex.Facts.Time;

readonly ref partial struct TimeScanner
{
    /// <summary>holiday: with its year; or the nearest one that has been, with future tense the next one.</summary>
    TimeReading HolidayAt(int at, bool isPrepared)
    {
        if (ReadHoliday(at, out var end) is not { } holiday)
        {
            return default;
        }

        var year = YearBehind(end, out var yearEnd, out _);
        if (year > 0)
        {
            return TimeReading.Of(yearEnd, holiday(year), "holiday");
        }

        // "Christmas tree", "Easter eggs": without preposition or year it may be no time.
        return isPrepared ? NearestHoliday(at, end, holiday) : default;
    }

    TimeReading NearestHoliday(int at, int end, Func<int, DateOnly?> holiday)
    {
        if (_reference is not { } reference)
        {
            return default;
        }

        return TenseAt(at) is Tense.Present or Tense.Future
            ? TimeReading.Of(end, holiday(reference.Year) is { } day && day >= reference ? day : holiday(reference.Year + 1), "holiday")
            : TimeReading.Of(end, holiday(reference.Year) is { } past && past <= reference ? past : holiday(reference.Year - 1), "holiday");
    }

    static TimeReading RelativeHoliday(int end, int way, Func<int, DateOnly?> holiday, DateOnly reference)
    {
        var current = holiday(reference.Year);
        var shift = way < 0 && !(current < reference) ? -1 : way > 0 && !(current > reference) ? 1 : 0;
        return TimeReading.Of(end, holiday(reference.Year + shift), "holiday");
    }

    /// <summary>The day of a holiday in a year, or null if no holiday is named here.</summary>
    Func<int, DateOnly?>? ReadHoliday(int at, out int end)
    {
        end = at + 1;
        if (!Is(at, WordKind.Holiday) || !_words[at].IsCapital)
        {
            return null;
        }

        switch ((HolidayWord)_words[at].Value)
        {
            case HolidayWord.Christmas:
                return Take(HolidayWord.Eve, ref end) ? Fixed(12, 24) : DayTaken(ref end, Fixed(12, 25));
            case HolidayWord.New:
                // "New Year's", "New Year's Eve", "New Year Day"; "a new year" is none.
                return ReadNewYear(ref end);
            case HolidayWord.Halloween:
                return Fixed(10, 31);
            case HolidayWord.Valentine:
                TakePlural(ref end);
                return TakeDay(ref end) ? Fixed(2, 14) : null;
            case HolidayWord.Thanksgiving:
                return DayTaken(ref end, year => CalendarDays.WeekdayOfMonth(year, 11, 4, 4));
            case HolidayWord.Easter:
                return ReadEaster(ref end);
            case HolidayWord.Good when Follows(end, WordKind.Weekday) && _words[end].Value == 5:
                end++;
                return year => CalendarDays.Easter(year)?.Plus(-2);
            case HolidayWord.Black when Follows(end, WordKind.Weekday) && _words[end].Value == 5:
                end++;
                return year => CalendarDays.WeekdayOfMonth(year, 11, 4, 4)?.Plus(1);
            case HolidayWord.Boxing:
                return TakeDay(ref end) ? Fixed(12, 26) : null;
            case HolidayWord.Saint when Take(HolidayWord.Patrick, ref end):
            case HolidayWord.Patrick:
                TakePlural(ref end);
                return TakeDay(ref end) ? Fixed(3, 17) : null;
            default:
                return null;
        }
    }

    static Func<int, DateOnly?> Fixed(int month, int day) => year => CalendarDays.Date(year, month, day);

    Func<int, DateOnly?>? ReadNewYear(ref int end)
    {
        if (!IsSpaced(end) || !IsUnit(end, TimeUnit.Year) || !_words[end].IsCapital)
        {
            return null;
        }

        end++;
        var isPlural = TakePlural(ref end);
        if (Take(HolidayWord.Eve, ref end))
        {
            return Fixed(12, 31);
        }

        return TakeDay(ref end) || isPlural ? Fixed(1, 1) : null;
    }

    Func<int, DateOnly?> ReadEaster(ref int end)
    {
        if (Follows(end, WordKind.Weekday) && _words[end].Value <= 1)
        {
            int shift = _words[end++].Value;
            return year => CalendarDays.Easter(year)?.Plus(shift);
        }

        return CalendarDays.Easter;
    }

    Func<int, DateOnly?> DayTaken(ref int end, Func<int, DateOnly?> holiday)
    {
        TakeDay(ref end);
        return holiday;
    }

    bool Take(HolidayWord word, ref int end)
    {
        var isNext = Follows(end, WordKind.Holiday) && _words[end].Value == (short)word;
        end += isNext ? 1 : 0;
        return isNext;
    }

    bool TakeDay(ref int end)
    {
        var isNext = IsSpaced(end) && Letters(end).Equals("day", StringComparison.OrdinalIgnoreCase);
        end += isNext ? 1 : 0;
        return isNext;
    }

    bool TakePlural(ref int end)
    {
        var isNext = Is(end, WordKind.Plural) && _words[end].Gap == Gap.Apostrophe;
        end += isNext ? 1 : 0;
        return isNext;
    }
}
