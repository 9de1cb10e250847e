using Archicortex.Language;

namespace Archicortex.Facts.Time;

/// <summary>Tries the rules at every word and takes the longest reading. The table of rules is in <see cref="TimeExpressions"/>.</summary>
/// <remarks>
/// Each rule looks at a bounded number of words and rules nest at most <see cref="DepthMax"/> deep, so the work is linear
/// in the text. A rule that cannot be resolved reads nothing; words inside it may still be read by another.
/// </remarks>
readonly ref partial struct TimeScanner(ReadOnlySpan<char> text, ReadOnlySpan<TimeWord> words, DateOnly? reference, DateOnly? birth)
{
    /// <summary>"the week before the day after the Sunday before X" is as far as anybody goes.</summary>
    const int DepthMax = 3;

    readonly ReadOnlySpan<char> _text = text;
    readonly ReadOnlySpan<TimeWord> _words = words;
    readonly DateOnly? _reference = reference;
    readonly DateOnly? _birth = birth;

    /// <summary>Appends what is found, in order, without overlaps.</summary>
    public void Scan(List<TimeExpression> found)
    {
        for (var at = 0; at < _words.Length;)
        {
            // "every May 7" is a habit, and no day.
            var isHabit = at > 0 && _words[at - 1].Kind == WordKind.Every && IsSpaced(at);
            var reading = _words[at].Kind == WordKind.None || isHabit ? default : Match(at);
            if (reading.End <= at)
            {
                at++;
                continue;
            }

            var start = _words[at].Start;
            found.Add(new TimeExpression(new TextSpan(start, _words[reading.End - 1].End - start), reading.Days, reading.Granularity, reading.Rule)
            {
                IsFuzzy = reading.IsFuzzy,
                DurationDays = reading.DurationDays,
                Clock = reading.Clock,
            });
            at = reading.End;
        }
    }

    TimeReading Match(int at) => Range(at).Or(Bounded(at)).Or(ClockFirst(at)).Or(Anchor(at, 0, isPrepared: false));

    /// <summary>An expression that is not a bound or range of others.</summary>
    /// <param name="at">Its first word.</param>
    /// <param name="depth">How deep it is nested.</param>
    /// <param name="isPrepared">True if the words before it promise a time: a bare "June" is enough then.</param>
    TimeReading Anchor(int at, int depth, bool isPrepared)
    {
        if (at >= _words.Length || depth > DepthMax)
        {
            return default;
        }

        isPrepared |= IsPrepared(at);
        var core = _words[at].Kind == WordKind.The && IsSpaced(at + 1) ? at + 1 : at;
        var reading = DateAt(core, isPrepared)
            .Or(YearAt(core, isPrepared))
            .Or(HolidayAt(core, isPrepared))
            .Or(SeasonAt(core, isPrepared))
            .Or(NamedDay(core))
            .Or(Relative(core))
            .Or(BareWeekday(core, isPrepared))
            .Or(Counted(core, depth))
            .Or(Age(core))
            .Or(OrdinalPart(core, depth))
            .Or(UnitBeforeAfter(core, depth))
            .Or(UnitOf(core, depth))
            .Or(PartOf(core, depth));
        return WithDayPart(reading);
    }

    bool Is(int at, WordKind kind) => at < _words.Length && _words[at].Kind == kind;

    bool IsSpaced(int at) => at < _words.Length && _words[at].Gap == Gap.Space;

    /// <summary>The word is of that kind and only white space stands before it.</summary>
    bool Follows(int at, WordKind kind) => IsSpaced(at) && _words[at].Kind == kind;

    int SkipThe(int at) => Follows(at, WordKind.The) ? at + 1 : at;

    bool IsUnit(int at, TimeUnit unit) => Is(at, WordKind.Unit) && _words[at].Value == (short)unit;

    /// <summary>The tense around an expression; whatever the verb, "since" points back.</summary>
    Tense TenseAt(int at) =>
        at > 0 && (_words[at - 1].Kind == WordKind.Since || (at > 1 && _words[at - 1].Kind == WordKind.The && _words[at - 2].Kind == WordKind.Since))
            ? Tense.Past
            : VerbTense.At(_text, _words, at);

    ReadOnlySpan<char> Letters(int at) => _text.Slice(_words[at].Start, _words[at].Length);

    /// <summary>True behind "in", "since the", "by early" and the like.</summary>
    bool IsPrepared(int at)
    {
        for (var back = 0; back < 3 && at > 0 && _words[at].Gap is Gap.Space or Gap.Dash; back++)
        {
            at--;
            switch (_words[at].Kind)
            {
                case WordKind.In or WordKind.On or WordKind.At or WordKind.Since or WordKind.Until or WordKind.By or WordKind.From
                    or WordKind.Before or WordKind.After or WordKind.Preposition:
                    return true;
                case WordKind.Early:
                    return !(at > 0 && _words[at - 1].Kind == WordKind.Every);
                case WordKind.The or WordKind.Roughly:
                    continue;
                default:
                    return false;
            }
        }

        return false;
    }

    /// <summary>"yesterday evening at 7 pm", "on Friday night": the day stays, the hour is kept.</summary>
    TimeReading WithDayPart(TimeReading reading)
    {
        if (reading is not { End: > 0, Granularity: TimeGranularity.Day })
        {
            return reading;
        }

        var end = reading.End;
        if (Follows(end, WordKind.DayPart) || (IsSpaced(end) && Letters(end).Equals("night", StringComparison.OrdinalIgnoreCase)))
        {
            end++;
        }
        else if (Follows(end, WordKind.In) && Follows(end + 1, WordKind.The) && Follows(end + 2, WordKind.DayPart))
        {
            end += 3;
        }

        if (reading.Rule == "iso" && end < _words.Length && _words[end].Gap == Gap.None && ClockAt(end + 1, out var isoEnd) is { } time)
        {
            return reading with { End = isoEnd, Clock = time };
        }

        var clockAt = end;
        while (clockAt < end + 2 && clockAt < _words.Length && _words[clockAt].Kind is WordKind.At or WordKind.Preposition or WordKind.Roughly or WordKind.By
            && _words[clockAt].Gap is Gap.Space or Gap.Comma)
        {
            clockAt++;
        }

        return clockAt < _words.Length && _words[clockAt].Gap is Gap.Space or Gap.Comma && ClockAt(clockAt, out var clockEnd) is { } clock
            ? reading with { End = clockEnd, Clock = clock }
            : reading with { End = end };
    }

    /// <summary>"at 3 pm on 7 May 2023", "the evening of 7 May 2023".</summary>
    TimeReading ClockFirst(int at)
    {
        var core = Is(at, WordKind.The) && IsSpaced(at + 1) ? at + 1 : at;
        if (Is(core, WordKind.DayPart) || IsUnit(core, TimeUnit.Day))
        {
            return Follows(core + 1, WordKind.Of) && IsSpaced(core + 2) && Anchor(core + 2, 1, isPrepared: true) is { Granularity: TimeGranularity.Day } day
                ? day
                : default;
        }

        if (ClockAt(core, out var end) is not { } clock)
        {
            return default;
        }

        var next = Follows(end, WordKind.On) || (end < _words.Length && _words[end].Gap == Gap.Comma && Is(end, WordKind.On)) ? end + 1 : end;
        return next < _words.Length && _words[next].Gap is Gap.Space or Gap.Comma
            && Anchor(next, 1, isPrepared: next > end) is { End: > 0, Granularity: TimeGranularity.Day } known
            ? known with { Clock = clock }
            : default;
    }

    /// <summary>clock: 3 pm, 3:30 p.m., 15:30, 3 o'clock, noon.</summary>
    TimeOnly? ClockAt(int at, out int end)
    {
        end = at + 1;
        if (Is(at, WordKind.NamedHour))
        {
            return new TimeOnly(_words[at].Value, 0);
        }

        if (!Is(at, WordKind.Digits) || _words[at].Value > 23 || _words[at].Length > 2)
        {
            return null;
        }

        int hour = _words[at].Value;
        var minute = -1;
        if (Is(end, WordKind.Digits) && _words[end] is { Gap: Gap.Colon, Length: 2, Value: < 60 })
        {
            minute = _words[end++].Value;
            end += Is(end, WordKind.Digits) && _words[end] is { Gap: Gap.Colon, Length: 2 } ? 1 : 0;
        }

        if (Meridiem(end, out var afterMeridiem) is { } shift && hour is > 0 and <= 12)
        {
            end = afterMeridiem;
            return new TimeOnly((hour % 12) + shift, Math.Max(minute, 0));
        }

        if (minute < 0 && IsSpaced(end) && Letters(end) is "o" && end + 1 < _words.Length && Letters(end + 1) is "clock")
        {
            end += 2;
            return new TimeOnly(hour, 0);
        }

        return minute >= 0 ? new TimeOnly(hour, minute) : null;
    }

    int? Meridiem(int at, out int end)
    {
        end = at + 1;
        if (at >= _words.Length || _words[at].Gap is not (Gap.Space or Gap.None))
        {
            return null;
        }

        if (_words[at].Kind == WordKind.Meridiem)
        {
            return _words[at].Value;
        }

        // "p.m." is cut into "p" and "m".
        var isSplit = end < _words.Length && _words[end].Gap == Gap.Dot && Letters(end) is "m" or "M";
        end = at + 2;
        return !isSplit ? null : Letters(at) switch
        {
            "a" or "A" => 0,
            "p" or "P" => 12,
            _ => null,
        };
    }
}
