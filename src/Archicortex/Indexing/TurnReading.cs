using Archicortex.Documents;
using Archicortex.Facts;
using Archicortex.Language;

namespace Archicortex.Indexing;

/// <summary>Reads in a turn what is not words to look up: does it ask, does the speaker speak of themself, does it tell a time.</summary>
/// <remarks>A pure function of the passage. Reused from passage to passage.</remarks>
sealed class TurnReading
{
    readonly TokenBuffer _buffer = new();
    readonly List<TimeExpression> _times = [];

    /// <param name="passage">The turn.</param>
    /// <param name="record">Receives what is found.</param>
    public void Read(Passage passage, ref TurnRecord record)
    {
        var text = passage.Document.Text.AsSpan(passage.Span.Start, passage.Span.Length);
        var day = passage.Document.Time is { } time ? DateOnly.FromDateTime(time.DateTime) : (DateOnly?)null;
        record.Day = day?.DayNumber ?? 0;
        record.QuestionShare = QuestionShare(text);
        record.Marks = record.QuestionShare > 0 ? TurnMarks.Asks : TurnMarks.None;
        _buffer.Clear();
        _buffer.Read(text);
        for (var i = 0; i < _buffer.Count; i++)
        {
            var word = _buffer.Folded(_buffer[i]);
            if (word is "i" or "my" or "me" or "we" or "our" or "im" or "ive")
            {
                record.Marks |= TurnMarks.FirstPerson;
            }
            else if (NamesTime(word) || (word is "just" && i + 1 < _buffer.Count && IsNews(_buffer.Folded(_buffer[i + 1]))))
            {
                record.Marks |= TurnMarks.TellsTime;
            }
        }

        _times.Clear();
        TimeExpressions.Find(text, day, _times);
        foreach (var found in _times)
        {
            record.Marks |= TurnMarks.TellsTime;
            if (record.EventEnd == 0 && found.Days is { From: { } from, To: { } to })
            {
                (record.EventFrom, record.EventEnd) = (from.DayNumber, to.DayNumber);
            }
        }
    }

    /// <summary>Share of the characters that stand in sentences which end with a question mark.</summary>
    static float QuestionShare(ReadOnlySpan<char> text)
    {
        var (run, asked) = (0, 0);
        foreach (var c in text)
        {
            run++;
            asked += c is '?' or '？' ? run : 0;
            run = c is '.' or '!' or '?' or '。' or '！' or '？' ? 0 : run;
        }

        return text.Length == 0 ? 0 : (float)asked / text.Length;
    }

    static bool NamesTime(ReadOnlySpan<char> word) => word is "yesterday" or "today" or "tonight" or "tomorrow" or "weekend" or "ago" or "since"
        or "recently" or "lately" or "monday" or "tuesday" or "wednesday" or "thursday" or "friday" or "saturday" or "sunday"
        or "january" or "february" or "march" or "april" or "june" or "july" or "august" or "september" or "october" or "november" or "december";

    static bool IsNews(ReadOnlySpan<char> word) => word is "got" or "started" or "finished" or "came" or "went" or "bought" or "had";
}
