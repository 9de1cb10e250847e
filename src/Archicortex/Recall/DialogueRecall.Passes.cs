using Archicortex.Indexing;
using Archicortex.Numerics;

namespace Archicortex.Recall;

/// <summary>The two passes: the best turns, what they have in common, and the best turns by that.</summary>
sealed partial class DialogueRecall
{
    const int FeedbackTurns = 10;
    const int FeedbackTermsMax = 25;

    // The best of the first pass so far, and what the best of the second have at least: feedback is still to come.
    TopRows _first = new(1), _leastSecond = new(1);
    DialogueBound _boundFirst, _boundSecond;

    double NewsMaxFirst => _weights.First[(int)DialogueFeature.News];

    double NewsMax => _weights.Second[(int)DialogueFeature.News];

    double FeedbackMax => _weights.Second[(int)DialogueFeature.Feedback];

    /// <summary>
    /// Reads sessions: first those that may hold the best turn by words, by which all others are scaled; then those that may hold one of
    /// the best by score.
    /// </summary>
    void ReadSessions(int count)
    {
        _scratch.Slots.Use(_weights.Near, _weights.Far);
        SortHits();
        var sessions = _scratch.Sessions.Items;
        var best = 0.0;
        foreach (var number in sessions)
        {
            best = Math.Max(best, _scratch.BySessionNumber[number].Best);
        }

        foreach (var share in (ReadOnlySpan<double>)[0.75, 0])
        {
            foreach (var number in sessions)
            {
                ref readonly var session = ref _scratch.BySessionNumber[number];
                if (!session.IsRead && session.Best > Math.Max(best * share, _wordsMax))
                {
                    ReadSession(number, isWeighed: false);
                }
            }
        }

        (_nearScale, _wordsScale, _farScale, _sessionScale) = (Inverse(_nearMax), Inverse(_wordsMax), Inverse(_farMax), Inverse(_sessionMax));
        (_boundFirst, _boundSecond) = (new(_weights.First, _weights.Role, _question), new(_weights.Second, _weights.Role, _question));
        (_first, _leastSecond) = (new(FeedbackTurns), new(count));
        foreach (ref var candidate in _scratch.Candidates.Items)
        {
            MayBeAmongBest(ref candidate);
        }

        foreach (var number in sessions)
        {
            if (!_scratch.BySessionNumber[number].IsRead && MayHoldBest(_scratch.BySessionNumber[number]))
            {
                ReadSession(number, isWeighed: true);
            }
        }
    }

    static double Inverse(double max) => max > 0 ? 1 / max : 0;

    /// <summary>True unless no turn of the session can reach the best found so far in either pass.</summary>
    bool MayHoldBest(in SessionEvidence session) => IsWithinReach(
        Math.Min(1, session.Best * _nearScale),
        session.Best * _farScale,
        session.Total * _wordsScale,
        session.Score * _sessionScale,
        Math.Min(1, session.Best * _wordsScale));

    bool IsWithinReach(double near, double far, double beyond, double session, double answer) => IsWithinReach(
        _boundFirst.Of(near, far, beyond, session, answer), _boundSecond.Of(near, far, beyond, session, answer));

    /// <summary>Weighs a turn. False if news and feedback cannot lift it among the best found so far in either pass.</summary>
    bool MayBeAmongBest(ref DialogueCandidate candidate)
    {
        Read(candidate, _features);
        var (first, second) = (0.0, 0.0);
        for (var i = 0; i < _features.Length; i++)
        {
            first += _features[i] * _weights.First[i];
            second += _features[i] * _weights.Second[i];
        }

        (candidate.First, candidate.Second) = (first, second);
        if (!IsWithinReach(first, second))
        {
            return false;
        }

        var news = News(ref candidate);
        Offer(_first, first + (NewsMaxFirst * news), candidate, candidate.Row);
        Offer(_leastSecond, second + (NewsMax * news), candidate, candidate.Row);
        return true;
    }

    bool IsWithinReach(double first, double second) =>
        first + NewsMaxFirst >= _first.Floor || second + NewsMax + FeedbackMax >= _leastSecond.Floor;

    /// <summary>Weighs the words that the best turns of the first pass have in common, those of the question left out.</summary>
    void LearnFromBest()
    {
        var rows = _first.Rows();
        if (rows.Length == 0 || FeedbackMax == 0)
        {
            return;
        }

        Span<double> shares = stackalloc double[FeedbackTurns];
        var sum = 0.0;
        for (var i = 0; i < rows.Length; i++)
        {
            shares[i] = Math.Exp(_first.ScoreAt(i) - _first.ScoreAt(0));
            sum += shares[i];
        }

        for (var i = 0; i < rows.Length; i++)
        {
            foreach (var term in _turns.Terms(rows[i]))
            {
                var stem = Posting.Passage(term);
                if (!_question.Stems.Contains(stem))
                {
                    var score = _turns.Score(_turns.Idf(stem), rows[i], Posting.Count(term));
                    _scratch.Feedback[stem] = _scratch.Feedback.GetValueOrDefault(stem) + (shares[i] / sum * score);
                }
            }
        }

        KeepHeaviest();
        foreach (var row in rows)
        {
            _feedbackMax = Math.Max(_feedbackMax, FeedbackSum(row));
        }
    }

    void KeepHeaviest()
    {
        foreach (var (stem, weight) in _scratch.Feedback)
        {
            _scratch.FeedbackOrder.Add((weight, stem));
        }

        var vocabulary = _view.Vocabulary;
        _scratch.FeedbackOrder.Sort((one, other) => one.Weight != other.Weight
            ? other.Weight.CompareTo(one.Weight)
            : string.CompareOrdinal(vocabulary.Stem(one.Stem), vocabulary.Stem(other.Stem)));
        _scratch.Feedback.Clear();
        for (var i = 0; i < Math.Min(FeedbackTermsMax, _scratch.FeedbackOrder.Count); i++)
        {
            _scratch.Feedback.Add(_scratch.FeedbackOrder[i].Stem, _scratch.FeedbackOrder[i].Weight);
        }
    }

    /// <summary>Places of the best candidates of the second pass.</summary>
    int[] Best(int count)
    {
        var candidates = _scratch.Candidates.Items;
        var least = _leastSecond.Floor;
        var best = new TopRows(count);
        for (var place = 0; place < candidates.Length; place++)
        {
            ref var candidate = ref candidates[place];
            if (candidate.News >= 0 && candidate.Second + (NewsMax * candidate.News) + FeedbackMax >= least)
            {
                candidate.Feedback = Math.Min(1, Share(FeedbackSum(candidate.Row), _feedbackMax));
                Offer(best, SecondScore(candidate), candidate, place);
            }
        }

        return best.Rows();
    }

    double SecondScore(in DialogueCandidate candidate) =>
        candidate.Second + (NewsMax * candidate.News) + (FeedbackMax * candidate.Feedback);

    double News(ref DialogueCandidate candidate)
    {
        if (candidate.News < 0)
        {
            candidate.News = _turns.News(candidate.Row, _time);
        }

        return candidate.News;
    }

    double FeedbackSum(int row)
    {
        var sum = 0.0;
        foreach (var term in _turns.Terms(row))
        {
            var stem = Posting.Passage(term);
            if (_scratch.Feedback.TryGetValue(stem, out var weight))
            {
                sum += weight * _turns.Score(_turns.Idf(stem), row, Posting.Count(term));
            }
        }

        return sum;
    }

    /// <summary>Of equal scores the earlier turn wins.</summary>
    void Offer(TopRows top, double score, in DialogueCandidate candidate, int row)
    {
        if (!top.Rejects(score))
        {
            ref readonly var turn = ref _time.Place(candidate.Row);
            top.Add(score, ((UInt128)(uint)_time.OrdinalOf(turn.Session) << 32) | (uint)turn.Place, row);
        }
    }

    /// <summary>The turn near by that gives most of what a turn is found for; −1: it has that itself.</summary>
    int NeighbourOf(int row)
    {
        var (_, session, place) = _time.Place(row);
        var turns = _time.Turns(session);
        var (best, bestGain) = (-1, WordsIn(row));
        for (var distance = 1; distance < _weights.Near.Length; distance++)
        {
            foreach (var at in (ReadOnlySpan<int>)[place - distance, place + distance])
            {
                var gain = at < 0 || at >= turns.Length ? 0 : WordsIn(turns[at]) * _weights.Near[distance];
                (best, bestGain) = gain > bestGain ? (turns[at], gain) : (best, bestGain);
            }
        }

        return best;
    }

    double WordsIn(int row)
    {
        var sum = 0.0;
        foreach (var (stem, idf, kinds) in _question.Terms)
        {
            foreach (var term in _turns.Terms(row))
            {
                sum += Posting.Passage(term) == stem ? _turns.Score(idf, row, Posting.Count(term))
                    : kinds.Stems.AsSpan().BinarySearch(Posting.Passage(term)) >= 0 ? _weights.Kind * _turns.Score(kinds.Idf, row, 1)
                    : 0;
            }
        }

        return sum;
    }
}
