using Archicortex.Hierarchy;
using Archicortex.Language;

namespace Archicortex.Recall;

/// <summary>Finds what was said first or last, by anybody or by somebody, about something or at all.</summary>
/// <remarks>
/// "When did we last talk about the boat?" is answered by an order, not by likeness: the turns that have as much of what is said to be
/// spoken about as any, or nearly, stand by time. Who says it is named before the verb ("the last thing Ada told Bo") or behind "by"; who
/// is named behind it only listens, and was there. Where nothing is named but speakers, their turns stand by time, those left out that
/// say nothing by themselves. Behind what is found stands what was said next. O(turns that have one of the words), or of the sessions
/// walked through.
/// </remarks>
sealed class TurnMentions
{
    // Turns with less than this share of the best one's words speak of something else.
    const double CoverShareMin = 0.6;

    // A turn that was not asked for stands behind all that were.
    const double BesideShare = 0.1;

    // "Good morning!" has one word that is not empty, as "Is it the blue one?" has.
    const int WordsTellingMin = 2;
    const int WordsMin = 4;

    readonly RecallView _view;
    readonly Question _question;
    readonly bool _isFirst;
    readonly HashSet<int> _tellers = [];
    readonly HashSet<int> _listeners = [];
    readonly AskedWords _about;

    TurnMentions(RecallView view, OrderQuestion order, Question question)
    {
        (_view, _question, _isFirst) = (view, question, order.WantsFirst);
        var names = new SpeakerNames(view, question);
        var words = question.Words;
        var saying = 0;
        while (saying < words.Length && !OrderQuestion.IsSaying(words[saying]))
        {
            saying++;
        }

        var isPassive = IsPassive(order, saying);
        var about = new List<int>();
        for (var at = 0; at < words.Length; at++)
        {
            if (names.IsName(at))
            {
                var isTeller = at < saying ? !isPassive : words[at - 1] is "by";
                var isListener = at > saying && (OrderQuestion.IsSaying(words[at - 1]) || words[at - 1] is "to" or "with");
                if (isTeller || isListener)
                {
                    (isTeller ? _tellers : _listeners).UnionWith(SpeakersAt(at));
                    continue;
                }
            }
            else if (order.IsCue(at, words[at]) || AskedWords.IsIdle(words[at]) || (words[at] is "s" && question.Token(at).Is(TokenMarks.AfterApostrophe)))
            {
                continue;
            }

            about.Add(at);
        }

        _about = AskedWords.Of(view, question, about, _tellers);
    }

    /// <summary>The turns asked for, the first or the last of them first; null if none has what is asked about.</summary>
    public static PlacedTurns? Rank(RecallView view, OrderQuestion order, Question question, int count)
    {
        var mentions = new TurnMentions(view, order, question);
        var rows = mentions._about.All == 0 ? mentions.InOrder(count) : mentions.About(count);
        if (rows.Count == 0)
        {
            return null;
        }

        var placed = rows.Select((row, i) => new PlacedTurn(row, 1.0 / (i + 1), 0)).ToList();
        var beside = TurnWalk.From(view, rows[0], 1, count).Where(row => view.Time.SessionOf(row) == view.Time.SessionOf(rows[0]) && !rows.Contains(row));
        placed.AddRange(beside.Take(count - rows.Count).Select((row, i) => new PlacedTurn(row, BesideShare / (rows.Count + i + 1), 0)));
        return new(placed, -1, -1, mentions._about.BestCover(view, rows.ToArray()));
    }

    /// <summary>"was mentioned", "was first brought up".</summary>
    bool IsPassive(OrderQuestion order, int saying)
    {
        var at = saying - 1;
        while (at > 0 && order.Cues.Contains(at))
        {
            at--;
        }

        return at >= 0 && saying < _question.Words.Length && _question.Words[at] is "was" or "were" or "is" or "been" or "being" or "got";
    }

    HashSet<int> SpeakersAt(int at)
    {
        var token = _question.Token(at);
        var name = Question.Read(_question.Text.Substring(token.Start, token.Length), _view.Vocabulary, _view.Lexical, _view.Graph);
        return new SpeakerNames(_view, name).Named;
    }

    List<int> About(int count)
    {
        var rows = _about.Covered(_view).Keys.Select(row => (Row: row, Cover: _about.CoverOf(_view, row))).ToList();
        var own = rows.FindAll(one => _about.IsAsked(_view.Turns.Turn(one.Row).Speaker));
        rows = own.Count > 0 ? own : rows;
        var heard = rows.FindAll(one => IsHeard(_view.Time.SessionOf(one.Row)));
        rows = heard.Count > 0 ? heard : rows;
        var least = CoverShareMin * rows.Select(one => one.Cover).DefaultIfEmpty(0).Max();
        var step = _isFirst ? 1 : -1;
        return [.. rows.Where(one => one.Cover >= least).Select(one => one.Row)
            .OrderBy(row => step * _view.Time.OrdinalOf(_view.Time.SessionOf(row))).ThenBy(row => step * _view.Time.PlaceOf(row)).Take(count)];
    }

    /// <summary>All turns of those who are named, in order.</summary>
    List<int> InOrder(int count)
    {
        var rows = new List<int>();
        var sessions = _view.Time.Sessions.ToArray();
        foreach (var session in _isFirst ? sessions : sessions.Reverse())
        {
            var turns = IsHeard(session) ? _view.Time.Turns(session).ToArray() : [];
            foreach (var row in _isFirst ? turns : turns.Reverse())
            {
                if (_about.IsAsked(_view.Turns.Turn(row).Speaker) && Tells(row))
                {
                    rows.Add(row);
                    if (rows.Count == count)
                    {
                        return rows;
                    }
                }
            }
        }

        return rows;
    }

    /// <summary>True if somebody who is named as a listener speaks in the session, or nobody is named.</summary>
    bool IsHeard(int session)
    {
        if (_listeners.Count == 0)
        {
            return true;
        }

        foreach (var row in _view.Time.Turns(session))
        {
            if (_listeners.Contains(_view.Turns.Turn(row).Speaker))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True if a turn says something by itself: "Hey Bo!" and "Thanks" do not.</summary>
    bool Tells(int row)
    {
        var words = PassageWords.Of(_view.Graph, row);
        var telling = words.Distinct().Count(word => !TopicWords.IsEmpty(_view.Vocabulary.Word(word)) && !IsSpeakerName(_view.Vocabulary.Word(word)));
        return telling >= WordsTellingMin || (telling == 1 && words.Length >= WordsMin);
    }

    bool IsSpeakerName(string word)
    {
        for (var speaker = 0; speaker < _view.Turns.SpeakerRows; speaker++)
        {
            ref readonly var record = ref _view.Turns.Speaker(speaker);
            if (record.Turns > 0 && Array.IndexOf(record.Words, word) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
