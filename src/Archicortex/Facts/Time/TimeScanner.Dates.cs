namespace Archicortex.Facts.Time;

/// <summary>A date as written, with holes; 0: not said.</summary>
/// <param name="End">The word behind it; 0: no date stands here.</param>
/// <param name="Day">1 … 31.</param>
/// <param name="Month">1 … 12.</param>
/// <param name="Year">1 … 9999.</param>
/// <param name="Rule">The rule if everything is said.</param>
record struct PartialDate(int End, int Day, int Month, int Year, string Rule)
{
    /// <summary>"the Fourth of July" is a holiday, "4 July" a date.</summary>
    public bool HasOrdinal { get; set; }

    /// <summary>"May last year": rules of the reference, not of the text, gave the year.</summary>
    public bool IsRelative { get; set; }
}

readonly ref partial struct TimeScanner
{
    // "The deadline is 3 May", said on the 4th, is not next year's.
    const int JustPast = 14;

    const int YearMax = 2199;
    const int YearMin = 1000;

    TimeReading DateAt(int at, bool isPrepared)
    {
        var start = at;
        if (Is(at, WordKind.Weekday) && at + 1 < _words.Length && _words[at + 1].Gap is Gap.Space or Gap.Comma or Gap.Dot)
        {
            at++;
            at += Is(at, WordKind.The) ? 1 : 0;
        }

        var date = ReadDate(at);
        if (date.End == 0)
        {
            return start == at ? DayOnly(at) : default;
        }

        return start != at && date.Day == 0 ? default : Resolve(at, date, isPrepared || start != at);
    }

    PartialDate ReadDate(int at)
    {
        if (Is(at, WordKind.Month))
        {
            return MonthFirst(at);
        }

        if (Is(at, WordKind.Digits) && _words[at].Length == 4)
        {
            return YearFirst(at);
        }

        var day = DayNumber(at, out var end);
        if (day == 0)
        {
            return default;
        }

        if (end == at + 1 && Is(end, WordKind.Digits) && _words[end].Gap == Gap.Slash)
        {
            return Slashed(at);
        }

        var hasOrdinal = end > at + 1 || _words[at].Kind == WordKind.Ordinal;
        if (Follows(end, WordKind.Of))
        {
            end++;
        }
        else if (_words[at].Kind == WordKind.Ordinal)
        {
            return default;
        }

        if (!Is(end, WordKind.Month) || _words[end].Gap is not (Gap.Space or Gap.None or Gap.Dash))
        {
            return default;
        }

        var month = _words[end].Value;
        var year = YearBehind(end + 1, out var last, out var isRelative);
        return new(last, day, month, year, "dmy") { HasOrdinal = hasOrdinal, IsRelative = isRelative };
    }

    /// <summary>May 7(th)(, 2023); May (of) 2023; June.</summary>
    PartialDate MonthFirst(int at)
    {
        var month = _words[at].Value;
        var dayAt = Follows(at + 1, WordKind.The) ? at + 2 : at + 1;
        var isBeside = dayAt < _words.Length && (_words[dayAt].Gap == Gap.Space || (_words[dayAt].Gap == Gap.Dot && _words[at].IsShort));
        var day = DayNumber(isBeside && Is(dayAt, WordKind.Digits) ? dayAt : _words.Length, out var end);
        if (day > 0 && !Is(end, WordKind.Measure) && !(Is(end, WordKind.Digits) && _words[end].Gap == Gap.Colon)
            && !(Is(end, WordKind.Meridiem) && _words[end].Gap is Gap.Space or Gap.None))
        {
            var year = YearBehind(end, out var last, out var isRelative);
            return new(last, day, month, year, "mdy") { HasOrdinal = end > dayAt + 1, IsRelative = isRelative };
        }

        var yearOfMonth = YearBehind(at + 1, out var yearEnd, out var relative, isShort: _words[at].IsShort);
        return new(yearEnd, 0, month, yearOfMonth, "my") { IsRelative = relative };
    }

    /// <summary>iso: 2023-05-07, also 2023/05/07, with or without a time.</summary>
    PartialDate YearFirst(int at)
    {
        if (at + 2 >= _words.Length || _words[at + 1].Kind != WordKind.Digits || _words[at + 2].Kind != WordKind.Digits
            || _words[at + 1].Gap != _words[at + 2].Gap || _words[at + 1].Gap is not (Gap.Dash or Gap.Slash)
            || _words[at + 1].Length > 2 || _words[at + 2].Length > 2 || _words[at + 1].Start != _words[at].End + 1)
        {
            return default;
        }

        return new(at + 3, _words[at + 2].Value, _words[at + 1].Value, _words[at].Value, "iso");
    }

    /// <summary>25/12/2023: only where the order of day and month is beyond doubt.</summary>
    PartialDate Slashed(int at)
    {
        if (!Is(at + 2, WordKind.Digits) || _words[at + 2] is not { Gap: Gap.Slash, Length: 4 })
        {
            return default;
        }

        int first = _words[at].Value, second = _words[at + 1].Value, year = _words[at + 2].Value;
        return first == second || (first > 12 && second <= 12) ? new(at + 3, first, second, year, "dmy")
            : second > 12 ? new(at + 3, second, first, year, "mdy")
            : default;
    }

    /// <summary>7, 7th, seventh; 0 if it is no day of a month.</summary>
    int DayNumber(int at, out int end)
    {
        end = at + 1;
        if (Is(at, WordKind.Ordinal))
        {
            return _words[at].Value;
        }

        if (!Is(at, WordKind.Digits) || _words[at].Length > 2 || _words[at].Value is < 1 or > 31)
        {
            return 0;
        }

        if (Is(end, WordKind.OrdinalEnding) && _words[end].Gap == Gap.None)
        {
            end++;
        }
        else if (end < _words.Length && _words[end].Gap == Gap.None && _words[end].Kind != WordKind.Month)
        {
            return 0;
        }

        return _words[at].Value;
    }

    /// <summary>The year behind a month or day: 2023; ", 2023"; of 2023; (of) last year. 0 if none stands there.</summary>
    int YearBehind(int at, out int end, out bool isRelative, bool isShort = false)
    {
        end = at;
        isRelative = false;
        var next = Follows(at, WordKind.Of) || Follows(at, WordKind.In) ? at + 1 : at;
        if (next >= _words.Length || !(_words[next].Gap is Gap.Space or Gap.Comma or Gap.Dash || (isShort && _words[next].Gap == Gap.Dot)))
        {
            return 0;
        }

        if (IsYear(next, 1, 9999))
        {
            end = next + 1;
            return _words[next].Value;
        }

        var relative = SkipThe(next);
        if (_reference is { } reference && Is(relative, WordKind.Relative) && _words[relative].Gap is Gap.Space or Gap.Comma
            && IsSpaced(relative + 1) && IsUnit(relative + 1, TimeUnit.Year))
        {
            isRelative = true;
            end = relative + 2;
            return reference.Year + _words[relative].Value;
        }

        return 0;
    }

    /// <summary>Four digits that are not the count of something, not BC, and not part of a longer number.</summary>
    bool IsYear(int at, int min, int max) =>
        Is(at, WordKind.Digits) && _words[at].Length == 4 && _words[at].Value >= min && _words[at].Value <= max
        && !(at + 1 < _words.Length && _words[at + 1].Kind == WordKind.Measure && _words[at + 1].Gap == Gap.Space)
        && !(at + 1 < _words.Length && _words[at + 1].Gap is Gap.None or Gap.Colon or Gap.Slash);

    TimeReading Resolve(int at, PartialDate date, bool isPrepared)
    {
        // "we may 5 times" and "they march 10 miles" are verbs.
        var isVerb = date.Month is TimeLexicon.May or TimeLexicon.March && !IsCapitalMonth(at, date.End);
        // "31 April 2023" is no day; neither is it meant to be the month.
        if (date.Day == 0 && at > 0 && IsSpaced(at) && Is(at - 1, WordKind.Digits) && _words[at - 1].Length <= 2)
        {
            return default;
        }

        if (date.Year > 0)
        {
            return date.Day > 0
                ? TimeReading.Of(date.End, CalendarDays.Date(date.Year, date.Month, date.Day), date.IsRelative ? "monthDay" : date.Rule)
                : TimeReading.Of(date.End, CalendarDays.Month(date.Year, date.Month), TimeGranularity.Month, date.IsRelative ? "inMonth" : date.Rule);
        }

        if (_reference is not { } reference || (isVerb && !date.HasOrdinal && !(isPrepared && date.Day > 0)))
        {
            return default;
        }

        if (date is { Day: 4, Month: 7, HasOrdinal: true, Rule: "dmy" })
        {
            return NearestHoliday(at, date.End, year => CalendarDays.Date(year, 7, 4));
        }

        // A longer number behind it may be a year that ran into the next word.
        if (date.End < _words.Length && char.IsAsciiDigit(_text[_words[date.End].Start]) && _words[date.End].Length >= 4)
        {
            return default;
        }

        if (date.Day > 0)
        {
            return TimeReading.Of(date.End, DayOfMonth(date.Day, date.Month, reference, PointsAt(at, date.Month)), "monthDay");
        }

        // A bare month is read only behind a preposition and with a capital: April and June are names, too.
        return isPrepared && _words[at].IsCapital && !Follows(date.End, WordKind.Digits) && !IsNameNext(date.End)
            ? TimeReading.Of(date.End, MonthNear(date.Month, reference, PointsAt(at, date.Month)), TimeGranularity.Month, "inMonth")
            : default;
    }

    /// <summary>Where a date without a year points: "booked for June" and "moved to 3 May" are ahead of the booking and moving.</summary>
    Tense PointsAt(int at, int month)
    {
        var tense = TenseAt(at);
        var preposition = at > 1 && _words[at - 1].Kind == WordKind.The ? at - 2 : at - 1;
        if (preposition < 0 || _words[at].StartsSentence)
        {
            return tense;
        }

        var isAhead = _words[preposition].Kind == WordKind.For
            || (_words[preposition].Kind == WordKind.To && VerbTense.IsShifted(_text, _words, preposition));
        if (isAhead)
        {
            // What was booked for June is, said in August, most likely over.
            return tense == Tense.Past && month <= _reference?.Month ? (month == _reference?.Month ? Tense.None : Tense.Past) : Tense.Future;
        }

        return _words[preposition].Kind == WordKind.From && tense == Tense.Present ? Tense.None : tense;
    }

    bool IsCapitalMonth(int at, int end)
    {
        for (; at < end; at++)
        {
            if (Is(at, WordKind.Month))
            {
                return _words[at].IsCapital;
            }
        }

        return false;
    }

    /// <summary>That day in the reference's year; one year away where the tense contradicts it.</summary>
    static DateOnly? DayOfMonth(int day, int month, DateOnly reference, Tense tense)
    {
        var date = CalendarDays.Date(reference.Year, month, day);
        var step = tense == Tense.Past ? -1 : 1;
        var isWrong = date is null || (tense == Tense.Past && date > reference) || (tense == Tense.Future && date < reference)
            || (tense == Tense.Present && date < reference && reference.DayNumber - date.Value.DayNumber > JustPast);
        if (!isWrong || tense == Tense.None)
        {
            return date;
        }

        // 29 February may be eight years away.
        for (var years = 1; years <= 8; years++)
        {
            if (CalendarDays.Date(reference.Year + (years * step), month, day) is { } other)
            {
                return other;
            }
        }

        return null;
    }

    /// <summary>inMonth: the latest such month that has begun; with present or future tense the first that has not ended.</summary>
    static DayRange? MonthNear(int month, DateOnly reference, Tense tense)
    {
        var shift = tense is Tense.Present or Tense.Future ? (month < reference.Month ? 1 : 0) : (month > reference.Month ? -1 : 0);
        return CalendarDays.Month(reference.Year + shift, month);
    }

    /// <summary>dayOnly: "the 15th" of the month the tense points to; nothing without tense, nothing before a noun.</summary>
    TimeReading DayOnly(int at)
    {
        var day = DayNumber(Is(at, WordKind.Digits) ? at : _words.Length, out var end);
        // "on the 15th", "by the 15th"; "it is the 12th-longest" and "in the 4th" count other things.
        var isAfterThe = at > 1 && _words[at - 1].Kind == WordKind.The && IsSpaced(at) && IsSpaced(at - 1)
            && _words[at - 2].Kind is WordKind.On or WordKind.By or WordKind.Until or WordKind.Since or WordKind.From or WordKind.To or WordKind.Before
                or WordKind.After;
        if (day == 0 || end != at + 2 || !isAfterThe || _reference is not { } reference || IsNounNext(end)
            || (end < _words.Length && _words[end].Gap == Gap.Dash))
        {
            return default;
        }

        var tense = TenseAt(at);
        for (var months = 0; tense != Tense.None && months <= 2; months++)
        {
            var month = reference.PlusMonths(tense == Tense.Past ? -months : months);
            var date = month is { } known ? CalendarDays.Date(known.Year, known.Month, day) : null;
            if (tense == Tense.Past ? date < reference : date > reference)
            {
                return TimeReading.Of(end, date, "dayOnly");
            }
        }

        return default;
    }

    /// <summary>"the 15th century": a word follows that is neither a small word nor behind a sign.</summary>
    bool IsNounNext(int at) =>
        IsSpaced(at) && _words[at].Kind is WordKind.None or WordKind.Digits or WordKind.Unit or WordKind.Measure or WordKind.Weekday or WordKind.Season
        && !StopWord(at);

    /// <summary>"June Lockhart".</summary>
    bool IsNameNext(int at) => IsSpaced(at) && _words[at] is { Kind: WordKind.None, IsCapital: true };

    bool StopWord(int at) => Letters(at) is "it" or "so" or "but" or "with" or "is" or "as" or "that" or "because" or "or" or "if" or "my" or "our";

    /// <summary>year: 2016 behind a preposition; 1990s; the 90s.</summary>
    TimeReading YearAt(int at, bool isPrepared)
    {
        if (IsUnit(at, TimeUnit.Year) && IsSpaced(at + 1) && IsYear(at + 1, YearMin, YearMax))
        {
            return TimeReading.Of(at + 2, CalendarDays.Year(_words[at + 1].Value), TimeGranularity.Year, "year");
        }

        if (!Is(at, WordKind.Digits))
        {
            return default;
        }

        int value = _words[at].Value;
        var ending = at + 1;
        if (Is(ending, WordKind.Plural) && _words[ending].Gap is Gap.None or Gap.Apostrophe && value % 10 == 0)
        {
            var isShort = _words[at].Length == 2 && value >= 30 && at > 0 && _words[at - 1].Kind == WordKind.The;
            var first = isShort ? 1900 + value : _words[at].Length == 4 && value is >= YearMin and <= YearMax ? value : 0;
            return first == 0 ? default : TimeReading.Of(at + 2, CalendarDays.Months(first * 12, 120), TimeGranularity.Decade, "year");
        }

        if (isPrepared && IsYear(at, YearMin, YearMax) && Is(ending, WordKind.Digits) && _words[ending] is { Gap: Gap.Dash, Length: 2 } last
            && last.Value > value % 100 && _text[_words[at].End] == '–')
        {
            // "in 2011–12"; with a hyphen it might be December.
            return TimeReading.Of(
                ending + 1, CalendarDays.Months(value * 12, 12 * (last.Value - (value % 100) + 1)), TimeGranularity.Year, "range");
        }

        return isPrepared && IsYear(at, YearMin, YearMax)
            ? TimeReading.Of(at + 1, CalendarDays.Year(value), TimeGranularity.Year, "year")
            : default;
    }
}
