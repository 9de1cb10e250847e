using Archicortex.Indexing;
using Archicortex.Language;
using Archicortex.Recall;

namespace Archicortex.Testing.Oracles;

/// <summary>The recipe of dialogue as it is told: all features of all turns, dense, counted anew for every question.</summary>
/// <remarks>Order of turns, words and counts come from the documents; how a text is read (who asks, when, which days) is taken from the index.</remarks>
sealed class NaiveDialogue
{
    const double K1 = 0.9;
    const double B = 0.4;

    readonly RecallView _view;
    readonly List<List<int>> _sessions;
    readonly Dictionary<int, (int Session, int Place)> _places = [];
    readonly Dictionary<int, List<string>> _words = [];

    public NaiveDialogue(RecallView view)
    {
        _view = view;
        var rows = Enumerable.Range(0, view.Graph.PassageCount).Where(row => view.Graph.Passage(row).IsLive && view.Passage(row).Document.Session is not null);
        (long, int) Key(int row) => (view.Passage(row).Document.Time?.UtcTicks ?? long.MinValue, row);
        _sessions = [.. rows.GroupBy(row => view.Passage(row).Document.Session, (_, turns) => turns.OrderBy(Key).ToList()).OrderBy(turns => Key(turns[0]))];
        foreach (var (session, turns) in _sessions.Index())
        {
            foreach (var (place, row) in turns.Index())
            {
                _places[row] = (session, place);
                _words[row] = WordsOf(view.Passage(row).Text);
            }
        }
    }

    /// <summary>Rows and scores, best first.</summary>
    public List<(int Row, double Score)> Rank(DialogueQuestion question, DialogueWeights weights, int count)
    {
        var rows = _sessions.SelectMany(turns => turns).ToList();
        var terms = question.Terms.Select(term => (Stem: term.Stem < 0 ? "" : _view.Vocabulary.Stem(term.Stem), term.Kinds)).ToList();
        double Own(int row, string stem) => Count(row, stem) is var n && n > 0 ? Bm25(row, n, Idf(stem)) : 0;
        double Kinds(int row, AskedKinds kinds) => kinds.Stems.Any(kind => Count(row, _view.Vocabulary.Stem(kind)) > 0) ? weights.Kind * Bm25(row, 1, kinds.Idf) : 0;
        double Pooled(int row, double[] profile) => terms.Sum(term => Around(row, profile.Length - 1)
            .Max(one => profile[one.Distance] * Math.Max(Own(one.Row, term.Stem), Kinds(one.Row, term.Kinds))));
        var near = rows.ToDictionary(row => row, row => Pooled(row, weights.Near));
        var far = rows.ToDictionary(row => row, row => Pooled(row, weights.Far));
        var words = rows.ToDictionary(row => row, row => terms.Sum(term => Own(row, term.Stem)));
        var sessions = _sessions.ConvertAll(turns => terms.Sum(term => SessionScore(turns, term.Stem)));
        var (nearMax, wordsMax, sessionMax) = (near.Values.Max(), words.Values.Max(), sessions.Max());
        var farMax = terms.Sum(term => Idf(term.Stem)) * (K1 + 1);
        double[] Features(int row)
        {
            var turn = _view.Turns.Turn(row);
            var isSpeaker = question.TellsSpeakers && question.IsNamed(turn.Speaker) ? 1 : 0;
            return
            [
                Share(near[row], nearMax),
                Share(far[row], farMax),
                Share(Around(row, 6).Where(one => one.Distance >= 3).Sum(one => words[one.Row]), wordsMax),
                Share(sessions[_places[row].Session], sessionMax),
                isSpeaker * (question.IsByRole ? weights.Role : 1),
                turn.Is(TurnMarks.FirstPerson) ? isSpeaker : 0,
                AskedBy(row) is { } asked ? Share(words[asked], wordsMax) : 0,
                question.AsksTime && turn.Is(TurnMarks.TellsTime) ? Share(near[row], nearMax) : 0,
                question.Closeness(turn),
                turn.QuestionShare,
                News(row),
                0,
            ];
        }

        var candidates = rows.Where(row => near[row] > 0 || far[row] > 0 || question.Days.Any(days => days.Closeness(_view.Turns.Turn(row).Day) > 0)).ToList();
        candidates = candidates.Count == 0 && question.TellsSpeakers ? rows : candidates;
        var features = candidates.ToDictionary(row => row, Features);
        double Score(int row, double[] by) => features[row].Zip(by, (feature, weight) => feature * weight).Sum();
        var first = Best(candidates.ConvertAll(row => (row, Score(row, weights.First))), 10);
        var feedback = Feedback(first, question);
        double Learnt(int row) => feedback.Sum(term => term.Weight * Own(row, term.Stem));
        var learntMax = first.Select(one => Learnt(one.Row)).DefaultIfEmpty(0).Max();
        foreach (var row in candidates)
        {
            features[row][^1] = Math.Min(1, Share(Learnt(row), learntMax));
        }

        return Best(candidates.ConvertAll(row => (row, Score(row, weights.Second))), count);
    }

    List<(double Weight, string Stem)> Feedback(List<(int Row, double Score)> best, DialogueQuestion question)
    {
        var sum = best.Sum(one => Math.Exp(one.Score - best[0].Score));
        var learnt = new Dictionary<string, double>();
        foreach (var (row, score) in best)
        {
            foreach (var stem in _words[row].Distinct().Where(stem => !question.Stems.Contains(_view.Vocabulary.FindStem(stem))))
            {
                var gain = Math.Exp(score - best[0].Score) / sum * Bm25(row, Count(row, stem), Idf(stem));
                learnt[stem] = learnt.GetValueOrDefault(stem) + gain;
            }
        }

        return [.. learnt.OrderByDescending(pair => Math.Round(pair.Value, 12)).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(25).Select(pair => (pair.Value, pair.Key))];
    }

    List<(int Row, double Score)> Best(List<(int Row, double Score)> scored, int count) =>
        [.. scored.OrderByDescending(one => Math.Round(one.Score, 10)).ThenBy(one => _places[one.Row]).Take(count)];

    /// <summary>The turns around, the turn itself among them, inside its session.</summary>
    IEnumerable<(int Row, int Distance)> Around(int row, int reach)
    {
        var (session, place) = _places[row];
        return _sessions[session].Index().Where(one => Math.Abs(one.Index - place) <= reach).Select(one => (one.Item, Math.Abs(one.Index - place)));
    }

    /// <summary>The last question of the speaker before, at most six turns back.</summary>
    int? AskedBy(int row)
    {
        var (session, place) = _places[row];
        var turns = _sessions[session];
        int SpeakerAt(int at) => _view.Turns.Turn(turns[at]).Speaker;
        var other = place - 1;
        while (other >= 0 && SpeakerAt(place) >= 0 && SpeakerAt(other) == SpeakerAt(place))
        {
            other--;
        }

        for (var at = other; at >= Math.Max(0, place - 6) && (at == other || (SpeakerAt(other) >= 0 && SpeakerAt(at) == SpeakerAt(other))); at--)
        {
            if (_view.Turns.Turn(turns[at]).Is(TurnMarks.Asks))
            {
                return turns[at];
            }
        }

        return null;
    }

    double News(int row)
    {
        var (session, place) = _places[row];
        var said = Enumerable.Range(Math.Max(0, place - 4), Math.Min(place, 4)).SelectMany(at => _words[_sessions[session][at]]).ToHashSet();
        return Math.Min(1, _words[row].Distinct().Where(stem => !said.Contains(stem)).Sum(Idf) / (9 * Math.Log(1 + _words.Count)));
    }

    double SessionScore(List<int> turns, string stem)
    {
        var n = turns.Sum(row => Count(row, stem));
        var having = _sessions.Count(other => other.Any(row => Count(row, stem) > 0));
        var idf = Math.Log(1 + ((_sessions.Count - having + 0.5) / (having + 0.5)));
        var relative = turns.Sum(row => _words[row].Count) / (_words.Values.Sum(words => words.Count) / (double)_sessions.Count);
        return n == 0 ? 0 : idf * n * (K1 + 1) / (n + (K1 * (1 - B + (B * relative))));
    }

    double Bm25(int row, int n, double idf)
    {
        var relative = _words[row].Count / (_words.Values.Sum(words => words.Count) / (double)_words.Count);
        return idf * n * (K1 + 1) / (n + (K1 * (1 - B + (B * relative))));
    }

    double Idf(string stem)
    {
        var n = _words.Values.Count(words => words.Contains(stem));
        return Math.Log(1 + ((_words.Count - n + 0.5) / (n + 0.5)));
    }

    int Count(int row, string stem) => _words[row].Count(word => word == stem);

    static double Share(double value, double max) => max > 0 ? value / max : 0;

    static List<string> WordsOf(string text)
    {
        var buffer = new TokenBuffer();
        buffer.Read(text);
        var words = new List<string>();
        foreach (var token in buffer.Tokens)
        {
            var word = buffer.Folded(token).ToString();
            if (!TurnWords.IsStop(word) && !(word == "s" && token.Is(TokenMarks.AfterApostrophe)))
            {
                words.Add(TurnWords.StemOf(word));
            }
        }

        return words;
    }
}
