namespace Archicortex.Facts.Time;

readonly ref partial struct TimeScanner
{
    /// <summary>yesterday, today, tonight, tomorrow; the other day; recently.</summary>
    TimeReading NamedDay(int at)
    {
        if (_reference is not { } reference)
        {
            return default;
        }

        switch (_words[at].Kind)
        {
            case WordKind.NamedDay:
                var shift = _words[at].Value;
                return TimeReading.Of(at + 1, reference.Plus(shift), shift < 0 ? "yesterday" : shift == 0 ? "today" : "tomorrow");
            case WordKind.Early when Follows(at + 1, WordKind.NamedDay):
                return NamedDay(at + 1);
            case WordKind.Recently:
                return OtherDay(at + 1, reference);
            case WordKind.Other when at > 0 && _words[at - 1].Kind == WordKind.The && IsSpaced(at + 1)
                && (IsUnit(at + 1, TimeUnit.Day) || Is(at + 1, WordKind.DayPart)):
                return OtherDay(at + 2, reference);
            default:
                return default;
        }
    }

    static TimeReading OtherDay(int end, DateOnly reference) =>
        TimeReading.Of(end, CalendarDays.Days(reference.Plus(-7), 7), TimeGranularity.Day, "otherDay") with { IsFuzzy = true };

    /// <summary>last, this or next unit, weekday, month, season, holiday; the last N units.</summary>
    TimeReading Relative(int at)
    {
        if (_reference is not { } reference || !Is(at, WordKind.Relative))
        {
            return default;
        }

        // "this past Friday", "this coming week": the second word decides.
        int way = _words[at].Value;
        var core = at + 1;
        if (way == 0 && Follows(core, WordKind.Relative))
        {
            way = _words[core++].Value;
        }

        if (!IsSpaced(core))
        {
            return default;
        }

        var word = _words[core];
        return word.Kind switch
        {
            WordKind.Unit => RelativeUnit(at, core, way, reference),
            WordKind.DayPart when way == 0 => TimeReading.Of(core + 1, reference, "today"),
            WordKind.DayPart when way < 0 => TimeReading.Of(core + 1, reference.Plus(-1), "lastNight"),
            WordKind.Weekday => RelativeWeekday(at, core, way, reference),
            WordKind.Month => RelativeMonth(core, way, reference),
            WordKind.Season => TimeReading.Of(core + 1, SeasonNear(word.Value, way, reference, TenseAt(at)), TimeGranularity.Season, "season"),
            WordKind.Holiday when ReadHoliday(core, out var end) is { } holiday => RelativeHoliday(end, way, holiday, reference),
            WordKind.Count or WordKind.VagueCount or WordKind.Digits => LastUnits(core, way, reference),
            _ => default,
        };
    }

    TimeReading RelativeUnit(int at, int core, int way, DateOnly reference)
    {
        var unit = (TimeUnit)_words[core].Value;
        var end = core + 1;
        if (unit == TimeUnit.Day)
        {
            // "last night"; "this day" and "the last day" point elsewhere.
            var isNight = Letters(core).Equals("night", StringComparison.OrdinalIgnoreCase);
            return isNight && way < 0 ? TimeReading.Of(end, reference.Plus(-1), "lastNight") : default;
        }

        // "last weeks", "next months" say nothing exact.
        if (unit is TimeUnit.Half or TimeUnit.Quarter || Letters(core)[^1] is 's' or 'S')
        {
            return default;
        }

        var rule = way < 0 ? "lastUnit" : way == 0 ? "thisUnit" : "nextUnit";
        if (unit == TimeUnit.Week && WeekdayOfWeek(end, out var last) is { } weekday)
        {
            return TimeReading.Of(last, CalendarDays.Monday(reference)?.Plus((way * 7) + ((weekday + 6) % 7)), way < 0 ? "lastDow" : "nextDow");
        }

        var days = CalendarDays.Unit(unit, reference, way);
        if (unit == TimeUnit.Weekend && way == 0 && days?.From > reference && TenseAt(at) == Tense.Past)
        {
            // On a Tuesday, "this weekend we went" is the one that has been.
            days = CalendarDays.Weekend(reference, -1);
        }

        return TimeReading.Of(end, days, CalendarDays.GranularityOf(unit), rule);
    }

    /// <summary>"next week on Friday", "last week Tuesday".</summary>
    int? WeekdayOfWeek(int at, out int end)
    {
        var core = Follows(at, WordKind.On) || (Is(at, WordKind.On) && _words[at].Gap == Gap.Comma) ? at + 1 : at;
        end = core + 1;
        return core < _words.Length && _words[core] is { Kind: WordKind.Weekday, Gap: Gap.Space or Gap.Comma } ? _words[core].Value : null;
    }

    TimeReading RelativeWeekday(int at, int core, int way, DateOnly reference)
    {
        if (ReadDate(core + 1) is { End: > 0, Day: > 0 } && Follows(core + 1, WordKind.Month))
        {
            return default;
        }

        int weekday = _words[core].Value;
        return way < 0 || (way == 0 && TenseAt(at) == Tense.Past)
            ? TimeReading.Of(core + 1, CalendarDays.WeekdayBefore(reference, weekday), "lastDow")
            : TimeReading.Of(core + 1, CalendarDays.WeekdayAfter(reference, weekday), "nextDow");
    }

    TimeReading RelativeMonth(int core, int way, DateOnly reference)
    {
        var date = MonthFirst(core);
        if (date.Year > 0)
        {
            return default;
        }

        if (date.Day > 0)
        {
            // "last May 5", "next May 5".
            var day = CalendarDays.Date(reference.Year, date.Month, date.Day);
            var shift = way < 0 && !(day < reference) ? -1 : way > 0 && !(day > reference) ? 1 : 0;
            return TimeReading.Of(date.End, CalendarDays.Date(reference.Year + shift, date.Month, date.Day), "monthDay");
        }

        var yearShift = way < 0 ? (date.Month < reference.Month ? 0 : -1) : way > 0 ? (date.Month > reference.Month ? 0 : 1) : 0;
        return TimeReading.Of(
            core + 1, CalendarDays.Month(reference.Year + yearShift, date.Month), TimeGranularity.Month, way < 0 ? "lastMonth" : "inMonth");
    }

    /// <summary>"the last three weeks": as long as said, up to today or from tomorrow on.</summary>
    TimeReading LastUnits(int core, int way, DateOnly reference)
    {
        if (!CountAt(core, out var count, out var isVague, out var unitAt) || !IsSpaced(unitAt) || !Is(unitAt, WordKind.Unit) || way == 0)
        {
            return default;
        }

        var unit = (TimeUnit)_words[unitAt].Value;
        if (way < 0)
        {
            return Lasting(unitAt + 1, unit, count, isVague, reference);
        }

        return reference.Plus(1) is { } from && CalendarDays.Move(unit, from, count) is { } to
            ? new TimeReading(unitAt + 1, new DayRange(from, to), CalendarDays.GranularityOf(unit), "nextUnit") { IsFuzzy = isVague }
            : default;
    }

    /// <summary>season: spring 2022, summer of last year, winter 2022; bare only where a time is promised and the tense is clear.</summary>
    TimeReading SeasonAt(int at, bool isPrepared)
    {
        if (!Is(at, WordKind.Season))
        {
            return default;
        }

        int month = _words[at].Value;
        var year = YearBehind(at + 1, out var end, out _);
        if (year > 0)
        {
            return TimeReading.Of(end, CalendarDays.Season(year, month), TimeGranularity.Season, "season");
        }

        // "in summer we swim" is a habit; "in the summer we swam" is one summer.
        if (!isPrepared || _reference is not { } reference || at == 0 || _words[at - 1].Kind is not (WordKind.The or WordKind.Since or WordKind.Until)
            || IsNounNext(at + 1) || Follows(at + 1, WordKind.Of))
        {
            return default;
        }

        var tense = TenseAt(at);
        return tense is Tense.None or Tense.Present
            ? default
            : TimeReading.Of(at + 1, SeasonNear(month, tense == Tense.Past ? -2 : 2, reference, tense), TimeGranularity.Season, "season");
    }

    /// <param name="month">First month of the season.</param>
    /// <param name="way">−1 the latest that has ended, 0 this, 1 the first yet to begin, −2 the latest that has begun, 2 the first that has not ended.</param>
    /// <param name="reference">Counted from here.</param>
    /// <param name="tense">Decides "this winter" where none is now.</param>
    static DayRange? SeasonNear(int month, int way, DateOnly reference, Tense tense)
    {
        var current = CalendarDays.Season(reference.Year, month);
        var before = CalendarDays.Season(reference.Year - 1, month);
        var after = CalendarDays.Season(reference.Year + 1, month);
        switch (way)
        {
            case -1:
                return current?.To <= reference ? current : before?.To <= reference ? before : CalendarDays.Season(reference.Year - 2, month);
            case -2:
                return current?.From <= reference ? current : before;
            case 1:
                return current?.From > reference ? current : after;
            case 2:
                return before?.To > reference ? before : current?.To > reference ? current : after;
            default:
                return before?.To > reference || (tense == Tense.Past && current?.From > reference) ? before
                    : tense == Tense.Future && current?.To <= reference ? after
                    : current;
        }
    }

    /// <summary>nextDow: "on Friday", "Friday morning": ahead, or behind with a past tense; "Friday of last week".</summary>
    TimeReading BareWeekday(int at, bool isPrepared)
    {
        if (!Is(at, WordKind.Weekday) || _reference is not { } reference || (at > 0 && _words[at - 1].Kind == WordKind.Every))
        {
            return default;
        }

        int weekday = _words[at].Value;
        var week = SkipThe(Follows(at + 1, WordKind.Of) ? at + 2 : at + 1);
        if (Follows(week, WordKind.Relative) && IsSpaced(week + 1) && IsUnit(week + 1, TimeUnit.Week) && Letters(week + 1).Length == 4)
        {
            int way = _words[week].Value;
            return TimeReading.Of(week + 2, CalendarDays.Monday(reference)?.Plus((way * 7) + ((weekday + 6) % 7)), way < 0 ? "lastDow" : "nextDow");
        }

        // Without "on" a weekday may be a habit or a name ("Palm Sunday", "Saturday mornings"), and "Sun" anything.
        var tense = TenseAt(at);
        var isName = at > 0 && (_words[at - 1].Kind is WordKind.The or WordKind.Other or WordKind.Preposition
            || (IsSpaced(at) && _words[at - 1] is { Kind: WordKind.None, IsCapital: true }));
        var isNoun = IsNounNext(at + 1) && !Letters(at + 1).Equals("night", StringComparison.OrdinalIgnoreCase);
        var isHabit = isNoun && Letters(at + 1) is "nights" or "mornings" or "afternoons" or "evenings";
        var isOther = isName || isHabit || Follows(at + 1, WordKind.Of) || Follows(at + 1, WordKind.Preposition);
        return isOther || (isNoun && (!isPrepared || _words[at].IsShort)) ? default
            : !isPrepared && (tense is Tense.None or Tense.Present || _words[at].IsShort) ? default
            : tense == Tense.Past ? TimeReading.Of(at + 1, CalendarDays.WeekdayBefore(reference, weekday), "nextDow")
            : TimeReading.Of(at + 1, CalendarDays.WeekdayAfter(reference, weekday), "nextDow");
    }
}
