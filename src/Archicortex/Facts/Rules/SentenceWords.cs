using Archicortex.Language;

namespace Archicortex.Facts.Rules;

/// <summary>One sentence made ready for the rules: its words with what is known of each, its names, its times.</summary>
/// <remarks>Words are counted from the sentence's first, not from the buffer's. Reused from sentence to sentence.</remarks>
sealed class SentenceWords
{
    const int YearDigits = 4;

    readonly List<TokenRange> _names = [];
    readonly List<TimeExpression> _times = [];
    TaggedToken[] _tokens = new TaggedToken[128];
    TokenBuffer _buffer = new();
    string _text = "";
    int _quotedName = -1;
    int _start;

    public int Count { get; private set; }

    /// <summary>A word; one before the first and one behind the last are there too and are nothing.</summary>
    public ref TaggedToken this[int index] => ref _tokens[index + 1];

    public TextSpan Span { get; private set; }

    /// <summary>Names of the sentence, in words of the sentence.</summary>
    public List<TokenRange> Names => _names;

    /// <summary>Which of the names is the passage's title; −1: none.</summary>
    public int TitleName { get; private set; }

    /// <summary>Times of the sentence; their offsets are those of the passage's text.</summary>
    public List<TimeExpression> Times => _times;

    public ReadOnlySpan<char> Folded(int index) => (uint)index < (uint)Count ? _buffer.Folded(_buffer[_start + index]) : default;

    public bool Is(int index, TokenMarks mark) => (uint)index < (uint)Count && _buffer[_start + index].Is(mark);

    public int StartOf(int index) => _buffer[_start + index].Start;

    public int EndOf(int index) => _buffer[_start + index].Start + _buffer[_start + index].Length;

    /// <summary>The words from one up to, but without, another, as written.</summary>
    public ReadOnlySpan<char> Written(int start, int end) => _text.AsSpan(StartOf(start)..EndOf(end - 1));

    public ReadOnlySpan<char> Text(TextSpan span) => _text.AsSpan(span.Start, span.Length);

    /// <summary>The end of the text the sentence stands in, from a word on: for values like mail addresses, which are no words.</summary>
    public ReadOnlySpan<char> TextFrom(int index) => _text.AsSpan(StartOf(index), Span.End - StartOf(index));

    /// <summary>Looks all words of a sentence up.</summary>
    /// <param name="reading">The passage.</param>
    /// <param name="sentence">A sentence of its text.</param>
    /// <param name="text">The passage's text.</param>
    /// <param name="reference">The day relative dates count from.</param>
    /// <param name="firstName">The first name of the reading that may lie in it; moved to the first behind it.</param>
    public void Read(PassageReading reading, ReadSentence sentence, string text, DateOnly? reference, ref int firstName)
    {
        (_buffer, _text, _start, Span) = (reading.Buffer, text, sentence.Tokens.Start, sentence.Text);
        Count = sentence.Tokens.Count;
        if (_tokens.Length < Count + 2)
        {
            _tokens = new TaggedToken[Math.Max(Count + 2, _tokens.Length * 2)];
        }

        var nothing = new TaggedToken { Verb = -1, Noun = -1, Name = -1, Time = -1, Gap = Gap.Stop };
        (this[-1], this[Count]) = (nothing, nothing);

        var mayHoldTime = false;
        for (var i = 0; i < Count; i++)
        {
            this[i] = new TaggedToken { Verb = -1, Noun = -1, Name = -1, Time = -1, Gap = i == 0 ? Opening() : GapBefore(i) };
            mayHoldTime |= Is(i, TokenMarks.Number) || char.IsAsciiDigit(Folded(i)[0]) || TimeWords.Contains(Folded(i));
        }

        _times.Clear();
        if (mayHoldTime)
        {
            TimeExpressions.Find(text.AsSpan(Span.Start, Span.Length), reference, _times);
            MarkTimes();
        }

        CopyNames(reading, sentence.Tokens, ref firstName);
        JoinNames();
        FindTitle(reading);
    }

    /// <summary>"James W. Orm" and "Otto "Red" Graf" are one name, though a full stop or quotes stand inside.</summary>
    void JoinNames()
    {
        for (var i = 0; i < _names.Count; i++)
        {
            var name = _names[i];
            while (name.Count > 0 && IsInitial(name.Start - 1) && this[name.Start].Gap == Gap.None && this[name.Start - 1].Name < 0)
            {
                name = new TokenRange(name.Start - 1, name.Count + 1);
                this[name.Start].Name = i;
            }

            _names[i] = name;
            if (i == 0)
            {
                continue;
            }

            var before = _names[i - 1];
            var isQuoted = i + 1 < _names.Count && name.Count <= 2 && this[name.Start].Gap == Gap.Quote && _names[i + 1].Start == name.End
                && this[name.End].Gap == Gap.Quote;
            if (before.End == name.Start && ((IsInitial(before.End - 1) && this[name.Start].Gap == Gap.None) || isQuoted || (_quotedName == i - 1
                && this[name.Start].Gap == Gap.Quote)))
            {
                _names[i] = new TokenRange(before.Start, before.Count + name.Count);
                for (var at = before.Start; at < before.End; at++)
                {
                    this[at].Name = i;
                }

                _names[i - 1] = default;
                _quotedName = isQuoted ? i : -1;
            }
        }

        _quotedName = -1;
    }

    bool IsInitial(int index) => Is(index, TokenMarks.Capital) && Folded(index).Length == 1;

    Gap Opening() => Gap.Stop | (_text.AsSpan(Span.Start, StartOf(0) - Span.Start).IndexOfAny('"', '“', '`') >= 0 ? Gap.Quote : Gap.None);

    /// <summary>What the sentence ends with: a question asserts nothing.</summary>
    public bool EndsInQuestion() => Count > 0 && _text.AsSpan(EndOf(Count - 1), Span.End - EndOf(Count - 1)).Contains('?');

    /// <summary>Takes a word away from the name it stands at the edge of.</summary>
    public void TrimName(int index)
    {
        var number = this[index].Name;
        var name = _names[number];
        var (start, end) = index == name.Start ? (index + 1, name.End) : (name.Start, index);
        for (var i = name.Start; i < name.End; i++)
        {
            this[i].Name = i >= start && i < end ? number : -1;
        }

        _names[number] = new TokenRange(start, Math.Max(0, end - start));
    }

    Gap GapBefore(int index)
    {
        if (Is(index, TokenMarks.Joined))
        {
            return Gap.Joined;
        }

        var (from, to) = (EndOf(index - 1), StartOf(index));
        if (to - from == 2 && _text[from] == '-' && _text[from + 1] == ' ')
        {
            // "comedy- drama": a hyphen that some texts set apart.
            return Gap.Joined;
        }

        var gap = Gap.None;
        for (var at = from; at < to; at++)
        {
            gap |= _text[at] switch
            {
                ' ' or '\'' or '’' or '&' or '$' or '€' or '£' or '#' or '+' => Gap.None,
                ',' => to == from + 1 && Is(index, TokenMarks.Number) && Is(index - 1, TokenMarks.Number) ? Gap.Joined : Gap.Comma,
                '.' => at + 1 < to && !EndsInAbbreviation(index - 1) ? Gap.Stop : Gap.None,
                '?' => Gap.Stop | Gap.Question,
                '!' or ';' or ':' or '…' or '•' or '|' => Gap.Stop,
                '(' or '[' or '{' => Gap.Open,
                ')' or ']' or '}' => Gap.Close,
                '"' or '“' or '”' or '`' or '«' or '»' => Gap.Quote,
                '/' => Gap.Joined,
                '–' or '—' => Gap.Dash,
                '-' => Gap.Dash,
                '\n' => Is(index, TokenMarks.SentenceStart) ? Gap.Stop : Gap.None,
                _ => char.IsWhiteSpace(_text[at]) || char.IsLowSurrogate(_text[at]) || char.IsHighSurrogate(_text[at]) ? Gap.None : Gap.Dash,
            };
        }

        return gap;
    }

    bool EndsInAbbreviation(int index) =>
        ClosedWords.IsAbbreviation(Folded(index)) || (Folded(index).Length == 1 && Is(index, TokenMarks.Capital));

    void MarkTimes()
    {
        var time = 0;
        for (var i = 0; i < Count && time < _times.Count; i++)
        {
            while (time < _times.Count && Span.Start + _times[time].Text.End <= StartOf(i))
            {
                time++;
            }

            if (time == _times.Count || StartOf(i) < Span.Start + _times[time].Text.Start)
            {
                continue;
            }

            // "in 1902" may be read as one expression; the preposition still belongs to the verb.
            var isFirst = i == 0 || this[i - 1].Time != time;
            if (!(isFirst && ClosedWords.TryGet(Folded(i), out var tag, out _) && tag is Tag.Preposition))
            {
                this[i].Time = time;
            }
        }

        for (var i = 0; i < _times.Count; i++)
        {
            _times[i] = _times[i] with { Text = new TextSpan(_times[i].Text.Start + Span.Start, _times[i].Text.Length) };
        }
    }

    void CopyNames(PassageReading reading, TokenRange tokens, ref int next)
    {
        _names.Clear();
        for (; next < reading.Names.Count && reading.Names[next].Start < tokens.End; next++)
        {
            var name = reading.Names[next];
            if (name.Start < tokens.Start)
            {
                continue;
            }

            var (start, end) = (name.Start - tokens.Start, name.End - tokens.Start);
            var holdsOther = false;
            for (var i = start; i < end; i++)
            {
                holdsOther |= this[i].Time < 0;
            }

            if (!holdsOther)
            {
                continue;
            }

            // "On Monday Ada …": the day is no part of her name; "Apollo 1966" keeps its number.
            while (start < end - 1 && this[start].Time >= 0 && !IsYear(start))
            {
                start++;
            }

            while (end > start + 1 && this[end - 1].Time >= 0 && !IsYear(end - 1))
            {
                end--;
            }

            for (var i = start; i < end; i++)
            {
                (this[i].Name, this[i].Time) = (_names.Count, -1);
            }

            _names.Add(new TokenRange(start, end - start));
        }
    }

    /// <summary>
    /// The title is a name wherever it stands, whatever words it is made of: "7 Herons", "Salt and the Long Quay". Looked for
    /// once a sentence, from its start, since that is where a text names its subject.
    /// </summary>
    void FindTitle(PassageReading reading)
    {
        TitleName = -1;
        if (reading.TitleNames.Count == 0 || reading.TitleNames[0].Start >= _start)
        {
            return;
        }

        foreach (var title in reading.TitleNames)
        {
            var tokens = title.Count > 1 && _buffer.Folded(_buffer[title.Start]) is "the" ? new TokenRange(title.Start + 1, title.Count - 1) : title;
            for (var at = 0; at + tokens.Count <= Count; at++)
            {
                if (Is(at, TokenMarks.Capital | TokenMarks.Number | TokenMarks.Uncased) && Matches(tokens, at))
                {
                    MarkTitle(at, tokens.Count);
                    return;
                }
            }
        }
    }

    bool Matches(TokenRange tokens, int at)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            if (!_buffer.Folded(_buffer[tokens.Start + i]).SequenceEqual(Folded(at + i)))
            {
                return false;
            }
        }

        return true;
    }

    void MarkTitle(int start, int count)
    {
        // A longer name that holds the title ("Tarn Valley Railway" under "Tarn") is left alone.
        var (before, behind) = (this[start].Name, this[start + count - 1].Name);
        if ((before >= 0 && _names[before].Start < start) || (behind >= 0 && _names[behind].End > start + count))
        {
            return;
        }

        TitleName = _names.Count;
        for (var i = start; i < start + count; i++)
        {
            (this[i].Name, this[i].Time) = (TitleName, -1);
        }

        _names.Add(new TokenRange(start, count));
    }

    bool IsYear(int index) => Is(index, TokenMarks.Number) && Folded(index).Length == YearDigits;
}
