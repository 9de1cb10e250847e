using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Archicortex.Documents;

/// <summary>A conversation written down as <c>Name: text</c>: each turn is a document that knows its speaker, session and time.</summary>
/// <remarks>
/// <code>
/// --- session 1, 2024-03-09 ---
/// [10:12] Ada: Have you seen my kettle?
/// It is the blue one.
/// [10:13] Bob: No.
/// </code>
/// A line without a name goes on with the turn before. A blank line and a line of dashes, a heading or a date start a
/// new session, and so does a silence of more than four hours: what is said months later is another conversation. As long as
/// two people speak, each is the other's listener. A time without a date takes the session's day, or the one after it where
/// the clock has passed midnight; a stamp that <see cref="ChatStamps"/> cannot read is kept as metadata.
/// </remarks>
static class ChatText
{
    /// <exception cref="MemoryFormatException">No line is a turn, or a turn is too long.</exception>
    public static async IAsyncEnumerable<Document> ReadAsync(
        PeekedStream source, InputName name, DocumentReaderOptions options, [EnumeratorCancellation] CancellationToken ct)
    {
        var turns = new Turns(name, options, ChatStamps.Of(source.Head));
        await foreach (var line in TextLines.ReadAsync(source, name.Text, options.LineCharsMax, ct).ConfigureAwait(false))
        {
            if (turns.Read(line) is { } document)
            {
                yield return document;
            }
        }

        if (turns.End() is { } last)
        {
            yield return last;
        }
    }

    /// <summary>The state of a conversation being read: a turn is handed out when the next one starts.</summary>
    sealed class Turns(InputName name, DocumentReaderOptions options, ChatStamps stamps)
    {
        static readonly TimeSpan SilenceMax = TimeSpan.FromHours(4);
        static readonly TimeSpan HalfDay = TimeSpan.FromHours(12);

        readonly StringBuilder _text = new();
        readonly List<string> _speakers = [];
        ChatLine _turn;
        long _turnLine;
        int _turnCount;
        int _session = 1;
        bool _sessionHasTurns;
        string? _heading;
        DateTimeOffset? _day;
        DateTimeOffset? _time;
        DateTimeOffset? _timeBefore;
        bool _afterBlank = true;
        bool _isOpen;
        bool _hasText;

        public Document? Read(TextLine line)
        {
            if (string.IsNullOrWhiteSpace(line.Text))
            {
                _afterBlank = true;
                return null;
            }

            _hasText = true;
            var mayStartSession = _afterBlank;
            _afterBlank = false;
            if (mayStartSession && ChatLine.TryReadSession(line.Text, out var heading, out var day))
            {
                var last = Close();
                StartSession(heading, day);
                return last;
            }

            if (ChatLine.TryRead(line.Text, out var turn))
            {
                var last = Close(turn.Speaker);
                (_turn, _turnLine, _isOpen) = (turn, line.Number, true);
                _text.Append(turn.Text);
                SetTime(turn.Stamp);
                return last;
            }

            if (ChatLine.IsNotice(line.Text))
            {
                options.Skipped?.Invoke($"{name.Text} line {line.Number}: a notice, said by nobody");
                return null;
            }

            Continue(line, mayStartSession);
            return null;
        }

        /// <summary>The last turn, if there is one.</summary>
        public Document? End()
        {
            var last = Close();
            if (_turnCount == 0 && _hasText)
            {
                throw new MemoryFormatException(
                    $"'{name.Text}' has no line such as 'Ada: Good morning': it is no conversation. Read it with --format text or markdown.");
            }

            if (!_hasText)
            {
                options.Skipped?.Invoke($"{name.Text}: empty");
            }

            return last;
        }

        void Continue(TextLine line, bool afterBlank)
        {
            if (!_isOpen)
            {
                options.Skipped?.Invoke($"{name.Text} line {line.Number}: stands before the first turn");
                return;
            }

            if (_text.Length + line.Text.Length + 2 > options.LineCharsMax)
            {
                throw new MemoryFormatException(
                    $"'{name.Text}' line {line.Number}: the turn that starts in line {_turnLine} "
                    + $"has more than {options.LineCharsMax:N0} characters. Split it.");
            }

            _text.Append(_text.Length == 0 ? "" : afterBlank ? "\n\n" : "\n").Append(line.Text.TrimEnd());
        }

        void StartSession(string heading, DateTimeOffset? day)
        {
            _session += _sessionHasTurns ? 1 : 0;
            _sessionHasTurns = false;
            _heading = heading.Length == 0 ? null : heading;
            (_day, _timeBefore) = (day, null);
        }

        /// <summary>When the open turn was said; after a long silence it starts a session.</summary>
        void SetTime(string? stamp)
        {
            _time = TimeOf(stamp);
            if (_time is not { } time)
            {
                return;
            }

            if (_timeBefore is { } before && (time - before).Duration() > SilenceMax)
            {
                _session += _sessionHasTurns ? 1 : 0;
                _sessionHasTurns = false;
            }

            _timeBefore = time;
        }

        /// <param name="next">Who speaks next; null if that is not known.</param>
        Document? Close(string? next = null)
        {
            if (!_isOpen)
            {
                return null;
            }

            _isOpen = false;
            var text = _text.ToString().Trim();
            _text.Clear();
            if (text.Length == 0)
            {
                options.Skipped?.Invoke($"{name.Text} line {_turnLine}: {_turn.Speaker} says nothing");
                return null;
            }

            _turnCount++;
            _sessionHasTurns = true;
            var metadata = new Dictionary<string, string>();
            if (_turn.Stamp is { } stamp && _time is null)
            {
                metadata["stamp"] = stamp;
            }

            if (_heading is { } heading)
            {
                metadata["heading"] = heading;
            }

            return new Document(text)
            {
                Id = name.NamesDocuments ? string.Create(CultureInfo.InvariantCulture, $"{name.Text}#{_turnCount}") : null,
                Session = string.Create(CultureInfo.InvariantCulture, $"{name.Text}#{_session}"),
                Speaker = _turn.Speaker,
                Listener = ListenerOf(_turn.Speaker, next),
                Source = name.Text,
                Time = _time ?? (_turn.Stamp is null ? _day : null),
                Metadata = metadata.Count > 0 ? metadata : null,
            };
        }

        /// <summary>The other one, as long as there are two; among more, nobody knows who is meant.</summary>
        string? ListenerOf(string speaker, string? next)
        {
            foreach (var one in (ReadOnlySpan<string?>)[speaker, next])
            {
                if (one is not null && _speakers.Count < 3 && !_speakers.Contains(one))
                {
                    _speakers.Add(one);
                }
            }

            return _speakers.Count == 2 ? _speakers.Find(one => one != speaker) : null;
        }

        DateTimeOffset? TimeOf(string? stamp) =>
            stamp is null ? null
            : stamps.TryRead(stamp, out var time) ? time
            : _day is { } day && TimeOnly.TryParseExact(stamp, ["HH:mm", "H:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock)
                ? OnDay(day, clock)
            : null;

        DateTimeOffset OnDay(DateTimeOffset day, TimeOnly clock)
        {
            var time = new DateTimeOffset(day.Date + clock.ToTimeSpan(), day.Offset);
            if (_timeBefore - time > HalfDay)
            {
                _day = day.AddDays(1);
                time = time.AddDays(1);
            }

            return time;
        }
    }
}
