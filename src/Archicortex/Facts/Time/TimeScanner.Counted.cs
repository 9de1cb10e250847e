namespace Archicortex.Facts.Time;

readonly ref partial struct TimeScanner
{
    /// <summary>N units: ago, from now, before or after something, for as long; in N units.</summary>
    TimeReading Counted(int at, int depth)
    {
        if (_reference is { } reference && IsSpaced(at + 1))
        {
            if (Is(at, WordKind.In))
            {
                return InUnits(at, reference);
            }

            if (Is(at, WordKind.For))
            {
                return ForUnits(at, reference);
            }
        }

        // "under a year now", "half a year ago" and "less than a week ago" are some other time.
        var isLess = at > 0 && (Letters(at - 1) is "under" or "half" || (at > 1 && Letters(at - 1) is "than" && Letters(at - 2) is "less"));
        if (isLess || !CountAt(at, out var count, out var isVague, out var unitAt) || !IsSpaced(unitAt))
        {
            return default;
        }

        if (Is(unitAt, WordKind.Weekdays) || (Is(unitAt, WordKind.Weekday) && count == 1))
        {
            return CountedWeekdays(unitAt, count, depth);
        }

        if (!Is(unitAt, WordKind.Unit) || (TimeUnit)_words[unitAt].Value is TimeUnit.Half or TimeUnit.Quarter)
        {
            return default;
        }

        var unit = (TimeUnit)_words[unitAt].Value;
        var end = unitAt + 1;
        if (!IsSpaced(end))
        {
            return default;
        }

        switch (_words[end].Kind)
        {
            case WordKind.Before or WordKind.After:
                return CountedFrom(end, unit, count, isVague, depth);
            case WordKind.Ago when _reference is { } now:
                return Away(end + 1, unit, -count, isVague, now, "nAgo");
            case WordKind.Back when _reference is { } now && !(IsSpaced(end + 1) && _words[end + 1].Kind is WordKind.To or WordKind.From or WordKind.In
                or WordKind.At or WordKind.On):
                return Away(end + 1, unit, -count, isVague, now, "nAgo");
            case WordKind.Now when _reference is { } now:
                return Lasting(end + 1, unit, count, isVague, now);
            case WordKind.From when Follows(end + 1, WordKind.Now) && _reference is { } now:
                return Away(end + 2, unit, count, isVague, now, "inN");
            case WordKind.Later when _reference is { } now && TenseAt(at) != Tense.Past:
                // "two weeks later we left" counts from the story, not from now.
                return Away(end + 1, unit, count, isVague, now, "inN");
            default:
                return default;
        }
    }

    /// <summary>inN: "in 3 weeks" is ahead; with a past tense it is how long it took.</summary>
    TimeReading InUnits(int at, DateOnly reference)
    {
        var countAt = Follows(at + 1, WordKind.Roughly) ? at + 2 : at + 1;
        return IsSpaced(countAt) && CountAt(countAt, out var count, out var isVague, out var unitAt) && IsSpaced(unitAt)
            && Is(unitAt, WordKind.Unit) && !Is(unitAt + 1, WordKind.Before) && !Is(unitAt + 1, WordKind.After) && TenseAt(at) != Tense.Past
            ? Away(unitAt + 1, (TimeUnit)_words[unitAt].Value, count, isVague, reference, "inN")
            : default;
    }

    /// <summary>forN: "for about three weeks": that long up to now.</summary>
    TimeReading ForUnits(int at, DateOnly reference)
    {
        var countAt = Follows(at + 1, WordKind.Roughly) ? at + 2 : at + 1;
        if (!IsSpaced(countAt) || !CountAt(countAt, out var count, out var isVague, out var unitAt) || !IsSpaced(unitAt)
            || !Is(unitAt, WordKind.Unit) || Follows(unitAt + 1, WordKind.And) || !LastsTillNow(at))
        {
            return default;
        }

        var end = Follows(unitAt + 1, WordKind.Now) ? unitAt + 2 : unitAt + 1;
        return Lasting(end, (TimeUnit)_words[unitAt].Value, count, isVague, reference);
    }

    /// <summary>"I've lived here for" reaches up to now; "we were there for" and "we will stay for" have their own time.</summary>
    bool LastsTillNow(int at)
    {
        for (var back = at - 1; back >= 0 && at - back <= 8; back--)
        {
            if (Letters(back) is "ve" or "have" or "has" or "been")
            {
                return true;
            }

            if (_words[back].StartsSentence)
            {
                break;
            }
        }

        return TenseAt(at) is Tense.None or Tense.Present;
    }

    static TimeReading Lasting(int end, TimeUnit unit, int count, bool isVague, DateOnly reference) =>
        CalendarDays.Move(unit, reference, -count) is { } from && reference.Plus(1) is { } to
            ? new TimeReading(end, new DayRange(from, to), CalendarDays.GranularityOf(unit), "forN")
            {
                IsFuzzy = isVague,
                DurationDays = reference.DayNumber - from.DayNumber,
            }
            : default;

    /// <summary>The unit that many units from a day; "a few" is widened by half to both sides, never across the day.</summary>
    static TimeReading Away(int end, TimeUnit unit, int shift, bool isVague, DateOnly origin, string rule)
    {
        if (CalendarDays.Unit(unit, origin, shift) is not { } days)
        {
            return default;
        }

        var reading = new TimeReading(end, days, CalendarDays.GranularityOf(unit), rule) { IsFuzzy = isVague };
        if (!isVague)
        {
            return reading;
        }

        var half = (Math.Abs(shift) + 1) / 2;
        if (CalendarDays.Unit(unit, origin, shift - half)?.From is not { } from || CalendarDays.Unit(unit, origin, shift + half)?.To is not { } to)
        {
            return default;
        }

        return reading with
        {
            Days = shift < 0
                ? new DayRange(from, to < origin ? to : origin)
                : new DayRange(from > origin ? from : origin.Plus(1), to),
        };
    }

    /// <summary>3, three, a, a couple of, a few, several; the word behind it is the unit.</summary>
    bool CountAt(int at, out int count, out bool isVague, out int end)
    {
        (count, isVague, end) = (0, false, at + 1);
        if (at >= _words.Length)
        {
            return false;
        }

        if (_words[at].Kind == WordKind.Article && Follows(end, WordKind.VagueCount))
        {
            at = end++;
        }

        var word = _words[at];
        count = word.Value;
        switch (word.Kind)
        {
            case WordKind.Digits:
                // "2-3 weeks ago" is not three.
                return count > 0 && word.Length <= 3 && word.Gap is not (Gap.Dash or Gap.Slash or Gap.Colon);
            case WordKind.Count:
                return word.Gap != Gap.Dash;
            case WordKind.Article:
                return true;
            case WordKind.VagueCount:
                isVague = true;
                end += Follows(end, WordKind.Of) ? 1 : 0;
                return true;
            default:
                return false;
        }
    }

    /// <summary>"two Fridays ago".</summary>
    TimeReading CountedWeekdays(int unitAt, int count, int depth)
    {
        if (!IsSpaced(unitAt + 1) || _words[unitAt + 1].Kind is not (WordKind.Ago or WordKind.Before or WordKind.After))
        {
            return default;
        }

        int weekday = _words[unitAt].Value;
        if (_words[unitAt + 1].Kind == WordKind.Ago)
        {
            return _reference is { } reference
                ? TimeReading.Of(unitAt + 2, CalendarDays.WeekdayBefore(reference, weekday)?.Plus(-7 * (count - 1)), "nAgo")
                : default;
        }

        var isBefore = _words[unitAt + 1].Kind == WordKind.Before;
        return Origin(unitAt + 1, depth) is { IsClosed: true } origin
            ? TimeReading.Of(origin.End, WeekdayFrom(origin.Days, weekday, isBefore)?.Plus((isBefore ? -7 : 7) * (count - 1)), "beforeAfter")
            : default;
    }

    static DateOnly? WeekdayFrom(DayRange origin, int weekday, bool isBefore) => isBefore
        ? CalendarDays.WeekdayBefore(origin.From!.Value, weekday)
        : origin.To!.Value.Plus(-1) is { } last ? CalendarDays.WeekdayAfter(last, weekday) : null;

    /// <summary>"three days before Christmas".</summary>
    TimeReading CountedFrom(int at, TimeUnit unit, int count, bool isVague, int depth)
    {
        var isBefore = _words[at].Kind == WordKind.Before;
        if (Origin(at, depth) is not { IsClosed: true } origin || origin.Days is not { From: { } from, To: { } to } || to.Plus(-1) is not { } last)
        {
            return default;
        }

        return unit == TimeUnit.Weekend && !isBefore
            ? TimeReading.Of(
                origin.End,
                CalendarDays.Weekend(last, last.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? count : count - 1),
                TimeGranularity.Week,
                "beforeAfter")
            : Away(origin.End, unit, isBefore ? -count : count, isVague, isBefore ? from : last, "beforeAfter");
    }

    /// <summary>What is counted from, behind "before" or "after".</summary>
    TimeReading Origin(int at, int depth) => IsSpaced(at + 1) ? Anchor(at + 1, depth + 1, isPrepared: true) : default;

    /// <summary>before/after: "the week before X", "the Sunday after X", "the week before last", "the day after tomorrow".</summary>
    TimeReading UnitBeforeAfter(int at, int depth)
    {
        if (!IsSpaced(at + 1) || _words[at + 1].Kind is not (WordKind.Before or WordKind.After)
            || _words[at].Kind is not (WordKind.Unit or WordKind.Weekday or WordKind.DayPart)
            || (at > 0 && _words[at - 1].Kind is WordKind.Count or WordKind.Digits or WordKind.VagueCount or WordKind.Relative or WordKind.Other))
        {
            return default;
        }

        var word = _words[at];
        var isBefore = _words[at + 1].Kind == WordKind.Before;
        if (Follows(at + 2, WordKind.Relative) && _words[at + 2].Value == (isBefore ? -1 : 1) && !IsRelativeCore(at + 3))
        {
            return BeforeLast(at + 3, word, isBefore ? -1 : 1);
        }

        if (word.Kind == WordKind.Unit && (TimeUnit)word.Value is TimeUnit.Half or TimeUnit.Quarter)
        {
            return default;
        }

        if (word.Kind != WordKind.Weekday)
        {
            var reading = CountedFrom(at + 1, word.Kind == WordKind.Unit ? (TimeUnit)word.Value : TimeUnit.Day, 1, isVague: false, depth);
            return Is(at + 2, WordKind.NamedDay) && _words[at + 2].Value != 0 && reading.End == at + 3
                ? reading with { Rule = isBefore ? "dayBefore" : "tomorrow" }
                : reading;
        }

        return Origin(at + 1, depth) is { IsClosed: true } origin
            ? TimeReading.Of(origin.End, WeekdayFrom(origin.Days, word.Value, isBefore), "beforeAfter")
            : default;
    }

    bool IsRelativeCore(int at) =>
        IsSpaced(at) && _words[at].Kind is WordKind.Unit or WordKind.Weekday or WordKind.Month or WordKind.Season or WordKind.Holiday or WordKind.DayPart;

    /// <summary>"the week before last", "the month after next", "the Friday before last".</summary>
    TimeReading BeforeLast(int end, TimeWord word, int way)
    {
        if (_reference is not { } reference)
        {
            return default;
        }

        if (word.Kind == WordKind.Weekday)
        {
            return TimeReading.Of(
                end,
                way < 0 ? CalendarDays.WeekdayBefore(reference, word.Value)?.Plus(-7) : CalendarDays.WeekdayAfter(reference, word.Value)?.Plus(7),
                "beforeAfter");
        }

        var unit = word.Kind == WordKind.Unit ? (TimeUnit)word.Value : TimeUnit.Day;
        return TimeReading.Of(end, CalendarDays.Unit(unit, reference, 2 * way), CalendarDays.GranularityOf(unit), "beforeAfter");
    }

    /// <summary>age: "when I was 12", "at the age of 12": that year of life, if the birth date is known.</summary>
    TimeReading Age(int at)
    {
        if (_birth is not { } birth)
        {
            return default;
        }

        var countAt = Is(at, WordKind.When) && Follows(at + 1, WordKind.Person) && Follows(at + 2, WordKind.Was) ? at + 3
            : Is(at, WordKind.Aged) ? at + 1
            : Is(at, WordKind.Age) ? (Follows(at + 1, WordKind.Of) ? at + 2 : at + 1)
            : Is(at, WordKind.At) && Follows(SkipThe(at + 1), WordKind.Age) ? SkipThe(at + 1) + (Follows(SkipThe(at + 1) + 1, WordKind.Of) ? 2 : 1)
            : _words.Length;
        if (!IsSpaced(countAt) || _words[countAt].Kind == WordKind.Article || !CountAt(countAt, out var years, out var isVague, out var end) || isVague
            || birth.PlusMonths(12 * years) is not { } from || birth.PlusMonths(12 * (years + 1)) is not { } to)
        {
            return default;
        }

        end += IsSpaced(end) && IsUnit(end, TimeUnit.Year) ? 1 : 0;
        end += IsSpaced(end) && Letters(end) is "old" ? 1 : 0;
        return new TimeReading(end, new DayRange(from, to), TimeGranularity.Year, "age");
    }
}
