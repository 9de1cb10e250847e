namespace Archicortex.Facts.Time;

readonly ref partial struct TimeScanner
{
    /// <summary>sinceX, untilX, and plain before and after: open at one end.</summary>
    TimeReading Bounded(int at)
    {
        var core = Is(at, WordKind.Ever) && Follows(at + 1, WordKind.Since) ? at + 1 : at;
        var kind = _words[core].Kind;
        if (kind is not (WordKind.Since or WordKind.Until or WordKind.By or WordKind.Before or WordKind.After or WordKind.From) || !IsSpaced(core + 1)
            || Anchor(core + 1, 0, isPrepared: true) is not { IsClosed: true } known || known.DurationDays is not null)
        {
            return default;
        }

        // "by the 2001 Seattle Mariners", "after the 1970s crisis" name no bound.
        if (known.Rule == "year" && Is(core + 1, WordKind.The) && Is(core + 2, WordKind.Digits)
            && (IsNounNext(known.End) || known.Granularity == TimeGranularity.Year))
        {
            return default;
        }

        var (from, to) = (known.Days.From, known.Days.To);
        switch (kind)
        {
            case WordKind.Since:
                return known with { Days = new DayRange(from, null), Rule = "sinceX" };
            case WordKind.Before:
                return known with { Days = new DayRange(null, from), Rule = "beforeAfter" };
            case WordKind.After:
                return known with { Days = new DayRange(to, null), Rule = "beforeAfter" };
            case WordKind.From:
                var end = Follows(known.End, WordKind.On) ? known.End + 1 : Follows(known.End, WordKind.Onward) ? known.End : -1;
                if (end < 0)
                {
                    return default;
                }

                end += Follows(end, WordKind.Onward) ? 1 : 0;
                return known with { End = end, Days = new DayRange(from, null), Rule = "sinceX" };
            default:
                return known with { Days = new DayRange(null, to), Rule = "untilX" };
        }
    }

    /// <summary>range: from X to Y; between X and Y; X – Y.</summary>
    TimeReading Range(int at)
    {
        var isFrom = Is(at, WordKind.From);
        var isBetween = Is(at, WordKind.Between);
        var start = isFrom || isBetween ? at + 1 : at;
        if (start > at && !IsSpaced(start))
        {
            return default;
        }

        start = Is(start, WordKind.The) && IsSpaced(start + 1) ? start + 1 : start;
        var read = DateRange(start, isFrom, isBetween);
        if (read.End > 0 || !(isFrom || isBetween))
        {
            return read;
        }

        return Anchor(start, 1, isPrepared: true) is { IsClosed: true } first && Connector(first.End, isFrom, isBetween) is > 0 and var next
            && Anchor(next, 1, isPrepared: true) is { IsClosed: true } second && first.Days.From < second.Days.From
            ? new TimeReading(second.End, new DayRange(first.Days.From, second.Days.To), Finer(first.Granularity, second.Granularity), "range")
            {
                IsFuzzy = first.IsFuzzy || second.IsFuzzy,
            }
            : default;
    }

    static TimeGranularity Finer(TimeGranularity a, TimeGranularity b) => a < b ? a : b;

    /// <summary>The word behind "to", "and", "until" or a dash; 0 if none of them stands here.</summary>
    int Connector(int at, bool isFrom, bool isBetween)
    {
        if (at >= _words.Length)
        {
            return 0;
        }

        if (_words[at].Gap == Gap.Dash)
        {
            return isBetween ? 0 : at;
        }

        var isConnector = isBetween ? Follows(at, WordKind.And)
            : Follows(at, WordKind.To) || (isFrom && Follows(at, WordKind.Until))
                || (IsSpaced(at) && Letters(at) is "through" or "till");
        return isConnector && IsSpaced(at + 1) ? SkipThe(at + 1) : 0;
    }

    /// <summary>Two dates that lend each other the parts they leave out: "3-5 June", "October 19 to 24, 2023", "2016-2019".</summary>
    TimeReading DateRange(int at, bool isFrom, bool isBetween)
    {
        var first = EndOfRange(at);
        if (first.End == 0 || Connector(first.End, isFrom, isBetween) is not (> 0 and var next))
        {
            return default;
        }

        var second = EndOfRange(next);
        var isYears = first is { Month: 0, Day: 0 };
        if (second.End == 0 || isYears != second is { Month: 0, Day: 0 } || (isYears && !(first.Year < second.Year)))
        {
            return default;
        }

        if (isYears)
        {
            return CalendarDays.Months(first.Year * 12, (second.Year - first.Year + 1) * 12) is { } years
                && (isFrom || isBetween || IsPrepared(at) || first.Year >= 1500)
                ? new TimeReading(second.End, years, TimeGranularity.Year, "range")
                : default;
        }

        first.Month = first.Month > 0 ? first.Month : second.Month;
        second.Month = second.Month > 0 ? second.Month : first.Month;
        if (first.Month == 0 || (first.Day == 0) != (second.Day == 0) || !(isFrom || isBetween || first.Day > 0 || IsCapitalMonth(at, second.End)))
        {
            return default;
        }

        return Between(at, first, second, isNamed: isFrom || isBetween || first.Day > 0 || second.Year > 0);
    }

    TimeReading Between(int at, PartialDate first, PartialDate second, bool isNamed)
    {
        var isMonths = first.Day == 0;
        var isWrapped = (second.Month, second.Day).CompareTo((first.Month, first.Day)) < 0;
        var (fromYear, toYear) = (first.Year, second.Year);
        if (toYear == 0 && fromYear == 0)
        {
            if (!isNamed || _reference is not { } reference)
            {
                return default;
            }

            var tense = PointsAt(at, first.Month);
            var near = isMonths ? MonthNear(first.Month, reference, tense)?.From : DayOfMonth(first.Day, first.Month, reference, tense);
            fromYear = near?.Year ?? 0;
            toYear = fromYear + (isWrapped ? 1 : 0);
        }
        else
        {
            fromYear = fromYear > 0 ? fromYear : toYear - (isWrapped ? 1 : 0);
            toYear = toYear > 0 ? toYear : fromYear + (isWrapped ? 1 : 0);
        }

        var from = CalendarDays.Date(fromYear, first.Month, isMonths ? 1 : first.Day);
        var to = isMonths ? CalendarDays.Month(toYear, second.Month)?.To : CalendarDays.Date(toYear, second.Month, second.Day)?.Plus(1);
        return from < to
            ? new TimeReading(second.End, new DayRange(from, to), isMonths ? TimeGranularity.Month : TimeGranularity.Day, "range")
            : default;
    }

    /// <summary>A date, a bare year or a bare day number.</summary>
    PartialDate EndOfRange(int at)
    {
        if (at >= _words.Length || _words[at].Kind is not (WordKind.Digits or WordKind.Month or WordKind.Ordinal))
        {
            return default;
        }

        var date = ReadDate(at);
        if (date.End > 0)
        {
            return date;
        }

        if (Is(at, WordKind.Digits) && IsYear(at, YearMin, YearMax))
        {
            return new(at + 1, 0, 0, _words[at].Value, "range");
        }

        var isCount = Is(at + 1, WordKind.Measure) || Is(at + 1, WordKind.Unit);
        var day = DayNumber(Is(at, WordKind.Digits) && !isCount ? at : _words.Length, out var end);
        if (day == 0)
        {
            return default;
        }

        var year = YearBehind(end, out var last, out _);
        return new(year > 0 ? last : end, day, 0, year, "range");
    }

    /// <summary>"early June", "mid-2016", "the end of last year", "later this month".</summary>
    TimeReading PartOf(int at, int depth)
    {
        int part = at < _words.Length ? _words[at].Value : 0;
        int next;
        if (Is(at, WordKind.Early) && at + 1 < _words.Length && _words[at + 1].Gap is Gap.Space or Gap.Dash)
        {
            next = Follows(at + 1, WordKind.In) ? at + 2 : at + 1;
        }
        else if (Is(at, WordKind.PartOf) && Follows(at + 1, WordKind.Of))
        {
            next = at + 2;
        }
        else
        {
            return default;
        }

        var whole = Whole(next, depth);
        if (!whole.IsClosed || whole.IsFuzzy || whole.Rule is "range")
        {
            return default;
        }

        var granularity = whole.Granularity;
        return CalendarDays.Part(whole.Days, ref granularity, part) is { } days ? whole with { Days = days, Granularity = granularity } : default;
    }

    /// <summary>An expression, or "the month", "the year" of the reference.</summary>
    TimeReading Whole(int at, int depth)
    {
        var known = Anchor(at, depth + 1, isPrepared: true);
        if (known.End > 0 || _reference is not { } reference || !Is(at, WordKind.The) || !IsSpaced(at + 1))
        {
            return known;
        }

        return IsUnit(at + 1, TimeUnit.Month) || IsUnit(at + 1, TimeUnit.Year) || IsUnit(at + 1, TimeUnit.Week)
            ? TimeReading.Of(
                at + 2,
                CalendarDays.Unit((TimeUnit)_words[at + 1].Value, reference, 0),
                CalendarDays.GranularityOf((TimeUnit)_words[at + 1].Value),
                "thisUnit")
            : default;
    }

    /// <summary>weekOf: "the week of 23 August", "the weekend of 24 June", "the month of May 2023", "Sunday of the week of …".</summary>
    TimeReading UnitOf(int at, int depth)
    {
        if (!Is(at, WordKind.Unit) || !Follows(at + 1, WordKind.Of) || !IsSpaced(at + 2)
            || DateRange(at + 2, isFrom: true, isBetween: false).Or(Anchor(at + 2, depth + 1, isPrepared: true)) is not { IsClosed: true } known
            || known.Days is not { From: { } from, To: { } to })
        {
            return default;
        }

        var unit = (TimeUnit)_words[at].Value;
        if (known.Granularity == CalendarDays.GranularityOf(unit) && unit is TimeUnit.Month or TimeUnit.Year or TimeUnit.Day)
        {
            return known;
        }

        // "the week of 3 to 9 April" is said twice.
        var isRange = to.DayNumber - from.DayNumber > 1;
        return known.Granularity != TimeGranularity.Day ? default : unit switch
        {
            TimeUnit.Week when isRange => to.DayNumber - from.DayNumber <= 7 ? known with { Granularity = TimeGranularity.Week, Rule = "weekOf" } : default,
            TimeUnit.Week => TimeReading.Of(known.End, CalendarDays.Week(from, 0), TimeGranularity.Week, "weekOf"),
            TimeUnit.Weekend => TimeReading.Of(known.End, CalendarDays.WeekendNear(from), TimeGranularity.Week, "weekOf"),
            _ => default,
        };
    }

    /// <summary>ordinalPart: "the second Sunday of May", "last week of June", "the first three days of 2023", "the 15th of next month".</summary>
    TimeReading OrdinalPart(int at, int depth)
    {
        int n;
        var core = at + 1;
        if (Is(at, WordKind.Ordinal) || (Is(at, WordKind.Relative) && _words[at].Value < 0 && Letters(at) is "last" or "Last"))
        {
            n = _words[at].Kind == WordKind.Relative || _words[at].Value == 0 ? -1 : _words[at].Value;
        }
        else if (DayNumber(at, out core) is > 0 and var day && core == at + 2)
        {
            n = day;
        }
        else
        {
            return default;
        }

        var count = 1;
        if (Math.Abs(n) == 1 && CountAt(core, out var many, out var isVague, out var unitAt) && !isVague && IsSpaced(core))
        {
            (count, core) = (many, unitAt);
        }

        var isDay = Follows(core, WordKind.Of) && count == 1 && n > 0;
        var of = isDay ? core : core + 1;
        if (!(Follows(of, WordKind.Of) || (!isDay && Follows(of, WordKind.In))) || !IsSpaced(of + 1)
            || !(isDay || (IsSpaced(core) && _words[core].Kind is WordKind.Unit or WordKind.Weekday)))
        {
            return default;
        }

        var whole = Whole(of + 1, depth);
        if (!whole.IsClosed || whole.Granularity is TimeGranularity.Day or TimeGranularity.Week || whole.IsFuzzy)
        {
            return default;
        }

        var (days, granularity) = isDay
            ? (whole.Granularity == TimeGranularity.Month ? OrdinalDays.Units(whole.Days, TimeUnit.Day, n, 1) : null, TimeGranularity.Day)
            : _words[core].Kind == WordKind.Weekday ? (OrdinalDays.Weekday(whole.Days, _words[core].Value, n), TimeGranularity.Day)
            : (OrdinalDays.Units(whole.Days, (TimeUnit)_words[core].Value, n, count), CalendarDays.GranularityOf((TimeUnit)_words[core].Value));
        return TimeReading.Of(whole.End, days, granularity, "ordinalPart");
    }
}
