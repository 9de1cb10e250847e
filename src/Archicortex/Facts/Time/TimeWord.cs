namespace Archicortex.Facts.Time;

/// <summary>What stands before a word, as far as expressions of time care.</summary>
enum Gap : byte
{
    /// <summary>Anything that separates: brackets, quotes, the end of a sentence.</summary>
    Break,

    /// <summary>Nothing: "7th".</summary>
    None,

    /// <summary>White space.</summary>
    Space,

    /// <summary>A comma.</summary>
    Comma,

    /// <summary>A hyphen or dash.</summary>
    Dash,

    /// <summary>A slash.</summary>
    Slash,

    /// <summary>A colon.</summary>
    Colon,

    /// <summary>A full stop inside a word or behind a short form: "p.m.", "Jan. 7".</summary>
    Dot,

    /// <summary>An apostrophe.</summary>
    Apostrophe,
}

/// <summary>A run of letters or of digits, and what it means for time.</summary>
/// <param name="Start">Offset in UTF-16 units.</param>
/// <param name="Length">Length in UTF-16 units.</param>
/// <param name="Kind">Its part.</param>
/// <param name="Value">Its number, by kind.</param>
/// <param name="Gap">What stands before it.</param>
/// <param name="IsCapital">Starts with a capital.</param>
/// <param name="StartsSentence">A full stop, ! or ?, a blank line or nothing stands before it.</param>
/// <param name="IsShort">A short form: "Jan", "Sun".</param>
readonly record struct TimeWord(
    int Start, int Length, WordKind Kind, short Value, Gap Gap, bool IsCapital, bool StartsSentence, bool IsShort)
{
    public int End => Start + Length;
}

/// <summary>Cuts a text into the words the rules of time look at. Linear; no allocation.</summary>
/// <remarks>
/// Not <see cref="Language.TokenBuffer"/>: there "7th" and "21June" are one word each and the signs between words are
/// lost, which make the difference between "2-3 June" and "2, 3 June". Only ASCII digits count as numbers.
/// </remarks>
ref struct TimeWordReader(ReadOnlySpan<char> text)
{
    const int DigitsMax = 4;

    readonly ReadOnlySpan<char> _text = text;
    int _at;
    TimeWord _last;

    /// <summary>True if some word could anchor an expression of time; most sentences hold none.</summary>
    public static bool HasAnchor(ReadOnlySpan<char> text)
    {
        for (var at = 0; at < text.Length;)
        {
            var c = text[at];
            if (char.IsAsciiDigit(c))
            {
                return true;
            }

            if (!IsLetter(c))
            {
                at++;
                continue;
            }

            var start = at;
            while (at < text.Length && IsLetter(text[at]))
            {
                at++;
            }

            if (at - start >= 3 && TimeLexicon.Of(text[start..at]).IsAnchor)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The next word; false at the end.</summary>
    public bool Read(out TimeWord word)
    {
        var gapStart = _at;
        while (_at < _text.Length && !IsLetter(_text[_at]) && !char.IsAsciiDigit(_text[_at]))
        {
            _at++;
        }

        if (_at == _text.Length)
        {
            word = default;
            return false;
        }

        var gap = ReadGap(_text[gapStart.._at], gapStart == 0, out var startsSentence);
        var start = _at;
        word = char.IsAsciiDigit(_text[_at]) ? ReadDigits(gap) : ReadLetters(start);
        word = word with { Start = start, Length = _at - start, Gap = gap, StartsSentence = startsSentence };
        _last = word;
        return true;
    }

    static bool IsLetter(char c) => c < 0x80 ? char.IsAsciiLetter(c) : char.IsLetter(c);

    TimeWord ReadLetters(int start)
    {
        while (_at < _text.Length && IsLetter(_text[_at]))
        {
            _at++;
        }

        var entry = TimeLexicon.Of(_text[start.._at]);
        var isCapital = char.IsAsciiLetterUpper(_text[start]);
        if (entry.NeedsCapital && entry.Kind == WordKind.Weekday && !isCapital)
        {
            entry = default;
        }

        return new TimeWord(0, 0, entry.Kind, entry.Value, default, isCapital, false, entry.NeedsCapital);
    }

    TimeWord ReadDigits(Gap gap)
    {
        var start = _at;
        var value = 0;
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
        {
            value = _at - start < DigitsMax ? (value * 10) + (_text[_at] - '0') : 0;
            _at++;
        }

        // "3.5", "1,000", "$20", "20%" and "B12" are no numbers to count days with; "T12" is the time of an ISO date.
        var isPart = (_last.Kind == WordKind.Digits && gap is Gap.Dot or Gap.Comma && start == _last.End + 1)
            || (start > 0 && _text[start - 1] is '$' or '€' or '£' or '#' or '@' or '_' or '+' or '.')
            || (gap == Gap.None && start > 0 && !(_text[start - 1] is 'T' && _last.Length == 1))
            || (_at < _text.Length && _text[_at] is '%' or '°' or '$' or '€' or '£' or '_')
            || (_at + 1 < _text.Length && _text[_at] is '.' or ',' && char.IsAsciiDigit(_text[_at + 1]));
        return _at - start > DigitsMax || isPart ? default : new TimeWord(0, 0, WordKind.Digits, (short)value, default, false, false, false);
    }

    static Gap ReadGap(ReadOnlySpan<char> gap, bool isFirst, out bool startsSentence)
    {
        var mark = '\0';
        var marks = 0;
        var lines = 0;
        foreach (var c in gap)
        {
            if (c == '\n')
            {
                lines++;
            }
            else if (!char.IsWhiteSpace(c))
            {
                mark = c;
                marks++;
            }
        }

        startsSentence = isFirst || lines > 1 || (gap.IndexOfAny('!', '?', '…') is >= 0) || (mark == '.' && gap.Length > 1);
        if (isFirst || lines > 1 || marks > 1)
        {
            startsSentence |= gap.Contains('.');
            return Gap.Break;
        }

        return mark switch
        {
            '\0' => gap.IsEmpty ? Gap.None : Gap.Space,
            ',' => Gap.Comma,
            '-' or '–' or '—' or '‑' => Gap.Dash,
            '/' => Gap.Slash,
            ':' => Gap.Colon,
            '.' => Gap.Dot,
            '\'' or '’' => Gap.Apostrophe,
            _ => Gap.Break,
        };
    }
}
