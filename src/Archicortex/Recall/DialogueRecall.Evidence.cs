using Archicortex.Indexing;

namespace Archicortex.Recall;

/// <summary>What the words and days of a question say about turns.</summary>
/// <remarks>
/// Words are looked up first, in all sessions; then each session is read alone, with the few turns it has at hand. Spreading words over
/// a table of all turns costs ten times as much at 100,000 turns: its rows are never in the cache.
/// </remarks>
sealed partial class DialogueRecall
{
    void Gather()
    {
        var sessionMeanLength = Math.Max(1e-9, (double)_turns.TotalLength / Math.Max(1, _time.Sessions.Length));
        for (var term = 0; term < _question.Terms.Length; term++)
        {
            FindTerm(term, sessionMeanLength);
        }

        foreach (var days in _question.Days)
        {
            FindDays(days);
        }

        if (_scratch.Hits.Items.IsEmpty && _question.TellsSpeakers)
        {
            FindAll();
        }

        foreach (var session in _scratch.Sessions.Items)
        {
            _sessionMax = Math.Max(_sessionMax, _scratch.BySessionNumber[session].Score);
        }
    }

    void FindTerm(int term, double sessionMeanLength)
    {
        var (stem, idf, kinds) = _question.Terms[term];
        _farMax += idf * (TurnSnapshot.K1 + 1);
        foreach (var posting in _turns.Postings(stem))
        {
            var (row, count) = (Posting.Passage(posting), Posting.Count(posting));
            ref readonly var place = ref _time.Place(row);
            Add(new(place.Session, place.Place, term, _turns.Score(idf, row, count), IsKind: false));
            ref var session = ref _scratch.BySessionNumber[place.Session];
            if (session.WordCount == 0)
            {
                _scratch.SessionsOfTerm.Add(place.Session);
            }

            session.WordCount += count;
        }

        ScoreSessions(sessionMeanLength);
        foreach (var kind in kinds.Stems)
        {
            foreach (var posting in _turns.Postings(kind))
            {
                var row = Posting.Passage(posting);
                ref readonly var place = ref _time.Place(row);
                Add(new(place.Session, place.Place, term, _weights.Kind * _turns.Score(kinds.Idf, row, 1), IsKind: true));
            }
        }

        foreach (var session in _scratch.Sessions.Items)
        {
            ref var evidence = ref _scratch.BySessionNumber[session];
            evidence.Best += evidence.TermBest;
            evidence.TermBest = 0;
        }
    }

    void Add(in DialogueHit hit)
    {
        ref var session = ref _scratch.BySessionNumber[hit.Session];
        if (session.HitCount++ == 0)
        {
            _scratch.Sessions.Add(hit.Session);
        }

        session.TermBest = Math.Max(session.TermBest, hit.Score);
        session.Total += hit.IsKind ? 0 : hit.Score;
        _scratch.Hits.Add(hit);
    }

    /// <summary>A session's BM25 needs its own idf: in how many sessions the word stands is known once its postings are read.</summary>
    void ScoreSessions(double meanLength)
    {
        var found = _scratch.SessionsOfTerm.Items;
        var idf = Math.Log(1 + ((_time.Sessions.Length - found.Length + 0.5) / (found.Length + 0.5)));
        foreach (var number in found)
        {
            ref var session = ref _scratch.BySessionNumber[number];
            session.Score += _turns.SessionScore(idf, number, session.WordCount, meanLength);
            session.WordCount = 0;
        }

        _scratch.SessionsOfTerm.Clear();
    }

    /// <summary>Finds the turns said on some days or soon after. A session may last a year; its turns stand by time.</summary>
    void FindDays(AskedDays days)
    {
        foreach (var session in _time.Sessions)
        {
            var turns = _time.Turns(session);
            if (_turns.Turn(turns[^1]).Day < days.From - DaysBeforeMax - OffsetDays)
            {
                continue;
            }

            for (var at = FirstFrom(turns, days.From - DaysBeforeMax - OffsetDays); at < turns.Length; at++)
            {
                var day = _turns.Turn(turns[at]).Day;
                if (day > days.End + DaysAfterMax + OffsetDays)
                {
                    break;
                }

                if (days.Closeness(day) > 0)
                {
                    Add(new(session, at, -1, 0, IsKind: false));
                }
            }
        }
    }

    /// <summary>Place of the first turn of a day or later. Days of different offsets may stand a day out of order.</summary>
    int FirstFrom(ReadOnlySpan<int> turns, int day)
    {
        var (low, high) = (0, turns.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _turns.Turn(turns[middle]).Day < day ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    void FindAll()
    {
        foreach (var session in _time.Sessions)
        {
            for (var at = 0; at < _time.Turns(session).Length; at++)
            {
                Add(new(session, at, -1, 0, IsKind: false));
            }
        }
    }

    /// <summary>Brings the hits of each session together, in the order of their words.</summary>
    void SortHits()
    {
        var sorted = _scratch.BySession.Take(_scratch.Hits.Items.Length);
        var next = 0;
        foreach (var number in _scratch.Sessions.Items)
        {
            ref var session = ref _scratch.BySessionNumber[number];
            (session.HitsEnd, next) = (next, next + session.HitCount);
        }

        foreach (ref readonly var hit in _scratch.Hits.Items)
        {
            // Each end starts as the first place and moves behind the last.
            sorted[_scratch.BySessionNumber[hit.Session].HitsEnd++] = hit;
        }
    }

    /// <summary>Reads a session and takes those of its turns that may be answers.</summary>
    /// <param name="number">The session.</param>
    /// <param name="isWeighed">True if all is known that scores are scaled by, so that hopeless turns are left out at once.</param>
    void ReadSession(int number, bool isWeighed)
    {
        var turns = _time.Turns(number);
        ref var session = ref _scratch.BySessionNumber[number];
        session.IsRead = true;
        var slots = _scratch.Slots;
        slots.Begin(turns.Length);
        var term = -1;
        foreach (ref readonly var hit in _scratch.BySession.Items[(session.HitsEnd - session.HitCount)..session.HitsEnd])
        {
            if (hit.Term < 0)
            {
                slots.Want(hit.Place);
                continue;
            }

            if (hit.Term != term)
            {
                slots.EndTerm();
                term = hit.Term;
            }

            slots.Spread(hit.Place, hit.Score);
            slots.AddWord(hit.Place, hit.IsKind ? 0 : hit.Score);
        }

        slots.EndTerm();
        var (first, last) = slots.Range;
        for (var place = first; place <= last; place++)
        {
            if (slots.Words(place) > 0)
            {
                slots.PassOn(place);
                PassToAnswers(turns, place, slots.Words(place));
            }
        }

        var share = session.Score * _sessionScale;
        for (var place = first; place <= last; place++)
        {
            var (near, far) = (slots.Near(place), slots.Far(place));
            if (near == 0 && far == 0 && !slots.IsWanted(place))
            {
                continue;
            }

            if (!isWeighed)
            {
                (_nearMax, _wordsMax) = (Math.Max(_nearMax, near), Math.Max(_wordsMax, slots.Words(place)));
            }
            else if (!IsWithinReach(near * _nearScale, far * _farScale, slots.Beyond(place) * _wordsScale, share, slots.Answer(place) * _wordsScale))
            {
                // What is known without a look at the turn itself is enough: most turns end here.
                continue;
            }

            Take(number, turns[place], place, isWeighed);
        }

        slots.End();
    }

    void Take(int session, int row, int place, bool isWeighed)
    {
        var slots = _scratch.Slots;
        var candidate = new DialogueCandidate
        {
            Row = row,
            Session = session,
            Asked = slots.Asked(place),
            Near = slots.Near(place),
            Far = slots.Far(place),
            Beyond = slots.Beyond(place),
            Answer = slots.Answer(place),
            News = -1,
            Feedback = -1,
        };
        if (!isWeighed || MayBeAmongBest(ref candidate))
        {
            _scratch.Candidates.Add(candidate);
        }
    }

    /// <summary>
    /// The answers to a question are what the next speaker says, at most six turns on; if its speaker goes on to ask something else, that
    /// is what is answered.
    /// </summary>
    void PassToAnswers(ReadOnlySpan<int> turns, int place, double match)
    {
        ref readonly var asking = ref _turns.Turn(turns[place]);
        if (!asking.Is(TurnMarks.Asks))
        {
            return;
        }

        var end = Math.Min(turns.Length, place + SessionSlots.Reach + 1);
        var at = place + 1;
        for (; at < end && asking.Speaker >= 0 && _turns.Turn(turns[at]).Speaker == asking.Speaker; at++)
        {
            if (_turns.Turn(turns[at]).Is(TurnMarks.Asks))
            {
                return;
            }
        }

        var (first, speaker) = (at, at < end ? _turns.Turn(turns[at]).Speaker : -1);
        for (; at < end && (at == first || (speaker >= 0 && _turns.Turn(turns[at]).Speaker == speaker)); at++)
        {
            _scratch.Slots.SetAnswer(at, match, turns[place]);
        }
    }
}
