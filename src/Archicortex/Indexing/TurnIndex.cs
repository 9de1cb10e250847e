using System.Diagnostics;
using Archicortex.Documents;
using Archicortex.Facts;
using Archicortex.Language;
using Archicortex.Numerics;

namespace Archicortex.Indexing;

/// <summary>For each stem, in which turns of conversations it stands; for each turn, who says it, when, and how.</summary>
/// <remarks>
/// Beside <see cref="LexicalIndex"/>, because turns are found by other words: the speaker's name is no part of what is
/// said, irregular and typed forms are brought together, stop words are left out. Sessions need no index of their own:
/// their counts are sums over the postings of a stem. Only counts are kept, so forgetting is the exact inverse of adding,
/// and passages that are no turns cost a row. One writer; readers hold a snapshot.
/// </remarks>
sealed class TurnIndex
{
    const int Unread = -2;
    const int Stop = -1;

    readonly PagedTable<TurnRecord> _turns = new();
    readonly PagedTable<IntRow> _terms = new();
    readonly PagedTable<IntRow> _postings = new();
    readonly PagedTable<int> _sessionLengths = new();
    readonly StringTable _speakerKeys = new();
    readonly PagedTable<SpeakerRecord> _speakers = new();
    readonly SortedDictionary<int, int> _turnsOfYear = [];
    readonly List<int> _stemOfWord = [];
    readonly List<int> _stems = [];
    readonly List<int> _counted = [];
    readonly TurnReading _reading = new();
    int[] _years = [];
    int _liveSpeakers;
    int _turnCount;
    long _totalLength;

    /// <summary>Enters a passage in the row the graph gave it.</summary>
    /// <param name="row">The row.</param>
    /// <param name="session">Its session; −1: it is no turn.</param>
    /// <param name="passage">The passage.</param>
    /// <param name="reading">What was read in it.</param>
    /// <param name="vocabulary">Numbers of words and stems.</param>
    public void Add(int row, int session, Passage passage, PassageReading reading, Vocabulary vocabulary)
    {
        Debug.Assert(row == _turns.Count, "Graph and index number passages alike.");
        if (session < 0)
        {
            _turns.Add(new() { Speaker = -1 });
            _terms.Add(default);
            return;
        }

        ReadTerms(reading, vocabulary);
        var record = new TurnRecord { Length = _stems.Count, Speaker = SpeakerOf(passage.Speaker) };
        _reading.Read(passage, ref record);
        _turns.Add(record);
        _terms.Add(CountTerms());
        Enter(row);
        Count(record, session, +1);
    }

    /// <summary>Takes a passage out.</summary>
    /// <param name="row">Its row.</param>
    /// <param name="session">The session it was in; −1: it is no turn.</param>
    public void Remove(int row, int session)
    {
        if (session < 0)
        {
            return;
        }

        var record = _turns[row];
        foreach (var term in _terms[row].Items)
        {
            ref var postings = ref _postings.Edit(Posting.Passage(term));
            postings = postings.RemoveRange(Posting.Of(row, 0), Posting.Of(row + 1, 0));
        }

        Count(record, session, -1);
        _turns.Edit(row) = new() { Speaker = -1 };
        _terms.Edit(row) = default;
    }

    public TurnSnapshot Freeze() => new(
        _turns.Freeze(), _terms.Freeze(), _postings.Freeze(), _sessionLengths.Freeze(), _speakers.Freeze(), _years, _liveSpeakers, _turnCount, _totalLength);

    public void Save(BlockWriter writer)
    {
        writer.Write(_speakerKeys.Count);
        for (var i = 0; i < _speakerKeys.Count; i++)
        {
            writer.Write(_speakerKeys[i]);
        }

        writer.Write(_turns.Count);
        for (var row = 0; row < _turns.Count; row++)
        {
            var turn = _turns[row];
            writer.Write((turn.Length, turn.Speaker, turn.Day, turn.EventFrom, turn.EventEnd, turn.QuestionShare, (int)turn.Marks));
            writer.Write(_terms[row]);
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote into an empty index; what follows from it is counted again.</summary>
    /// <param name="reader">What was written.</param>
    /// <param name="sessionOf">Session of each row.</param>
    public void Load(BlockReader reader, Func<int, int> sessionOf)
    {
        for (var left = reader.ReadInt(); left > 0; left--)
        {
            SpeakerOf(reader.ReadText());
        }

        var count = reader.ReadInt();
        for (var row = 0; row < count; row++)
        {
            var (length, speaker, day, eventFrom, eventEnd, questionShare, marks) = reader.Read<(int, int, int, int, int, float, int)>();
            var record = new TurnRecord
            {
                Length = length,
                Speaker = speaker,
                Day = day,
                EventFrom = eventFrom,
                EventEnd = eventEnd,
                QuestionShare = questionShare,
                Marks = (TurnMarks)marks,
            };
            _turns.Add(record);
            _terms.Add(reader.ReadRow());
            if (sessionOf(row) is >= 0 and var session)
            {
                Enter(row);
                Count(record, session, +1);
            }
        }
    }

    /// <summary>The stems of what is said: title and text, but not the speaker's name.</summary>
    void ReadTerms(PassageReading reading, Vocabulary vocabulary)
    {
        _stems.Clear();
        foreach (var (tokens, text, isHeading) in reading.Sentences)
        {
            if (!isHeading && text.Length == 0)
            {
                continue;
            }

            for (var at = tokens.Start; at < tokens.End; at++)
            {
                var token = reading.Buffer[at];
                if (token.Is(TokenMarks.AfterApostrophe) && reading.Buffer.Folded(token) is "s")
                {
                    continue;
                }

                if (StemOf(reading.Words[at], vocabulary) is >= 0 and var stem)
                {
                    _stems.Add(stem);
                }
            }
        }

        _stems.Sort();
    }

    /// <summary>Worked out once a word: the dictionary of irregular forms is not asked for every token.</summary>
    int StemOf(int word, Vocabulary vocabulary)
    {
        while (_stemOfWord.Count <= word)
        {
            _stemOfWord.Add(Unread);
        }

        if (_stemOfWord[word] == Unread)
        {
            var text = vocabulary.Word(word);
            _stemOfWord[word] = TurnWords.IsStop(text) ? Stop : vocabulary.AddStem(TurnWords.StemOf(text));
        }

        return _stemOfWord[word];
    }

    /// <summary>The distinct stems and how often each stands in the turn, as postings of stems; ascending.</summary>
    IntRow CountTerms()
    {
        _counted.Clear();
        for (var i = 0; i < _stems.Count;)
        {
            var start = i;
            while (i < _stems.Count && _stems[i] == _stems[start])
            {
                i++;
            }

            _counted.Add(Posting.Of(_stems[start], i - start));
        }

        return IntRow.Of(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_counted));
    }

    int SpeakerOf(string? name)
    {
        if (name is null)
        {
            return -1;
        }

        var parts = TokenBuffer.FoldedWords(name);
        var key = parts.Length == 0 ? name : string.Join(' ', parts);
        var speaker = _speakerKeys.FindOrAdd(key);
        if (speaker == _speakers.Count)
        {
            _speakers.Add(new() { Words = parts });
        }

        return speaker;
    }

    void Enter(int row)
    {
        foreach (var term in _terms[row].Items)
        {
            var stem = Posting.Passage(term);
            while (_postings.Count <= stem)
            {
                _postings.Add(default);
            }

            ref var postings = ref _postings.Edit(stem);
            postings = postings.Append(Posting.Of(row, Posting.Count(term)));
        }
    }

    void Count(in TurnRecord record, int session, int step)
    {
        while (_sessionLengths.Count <= session)
        {
            _sessionLengths.Add(0);
        }

        _sessionLengths.Edit(session) += step * record.Length;
        _totalLength += step * record.Length;
        _turnCount += step;
        if (record.Speaker >= 0)
        {
            ref var speaker = ref _speakers.Edit(record.Speaker);
            _liveSpeakers -= speaker.Turns > 0 ? 1 : 0;
            speaker.Turns += step;
            _liveSpeakers += speaker.Turns > 0 ? 1 : 0;
        }

        if (record.Day > 0)
        {
            CountYear(DateOnly.FromDayNumber(record.Day).Year, step);
        }
    }

    void CountYear(int year, int step)
    {
        var turns = _turnsOfYear.GetValueOrDefault(year) + step;
        if (turns == 0)
        {
            _turnsOfYear.Remove(year);
        }
        else
        {
            _turnsOfYear[year] = turns;
        }

        // Readers may hold the old list; years come and go rarely.
        if (turns == 0 || (turns == 1 && step > 0))
        {
            _years = [.. _turnsOfYear.Keys];
        }
    }
}
