using Archicortex.Indexing;
using Archicortex.Language;

namespace Archicortex.Recall;

/// <summary>A turn that stands where a question asks for it.</summary>
/// <param name="Passage">Its row.</param>
/// <param name="Near">What its place adds to its score.</param>
/// <param name="Words">What the words of the question add.</param>
readonly record struct PlacedTurn(int Passage, double Near, double Words)
{
    public double Score => Near + Words;
}

/// <summary>Turns in the order a question asks for.</summary>
/// <param name="Turns">Best first.</param>
/// <param name="Anchor">The turn they stand beside; −1: they are of a session.</param>
/// <param name="Session">The session; −1: they stand beside a turn.</param>
readonly record struct PlacedTurns(List<PlacedTurn> Turns, int Anchor, int Session);

/// <summary>Finds turns by their place: before or after another turn, or in the third session about something.</summary>
/// <remarks>
/// The anchor is the turn that has most of its words, the earliest of equals; a speaker named with it ("after Ada mentioned …") has to
/// have said it. Then the turns on the asked side count by nearness, and by the rest of the question where that says anything:
/// "what did we say about money before …". At most fifty turns on that side are looked at.
/// </remarks>
static class TurnOrder
{
    const int TurnsMax = 50;

    // With less of its words than this, the turn found is not the one meant.
    const double AnchorCoverMin = 0.4;

    // A word of the question counts for the turns beside the one it stands in, as everywhere in conversations.
    static readonly double[] Beside = [1, 0.6, 0.4];

    const double NearWeight = 0.25;
    const double OtherSpeaker = 0.3;

    /// <summary>The turns asked for; null if the question names no place, or none that is found.</summary>
    public static PlacedTurns? Rank(RecallView view, OrderQuestion order, int count)
    {
        if (view.Time.TurnCount == 0)
        {
            return null;
        }

        if (order.Session != 0)
        {
            return RankSession(view, order, count);
        }

        if (order.Side == 0 || AnchorOf(view, order) is not (>= 0 and var anchor))
        {
            return null;
        }

        var rest = Asked.Of(view, order.Rest);
        var rows = TurnWalk.From(view, anchor, order.Side, TurnsMax);
        var placed = rows.Select((row, i) => rest.Placed(view, row, 1.0 / (i + 1), order.IsNext));
        return new(Best(placed, count), anchor, -1);
    }

    static PlacedTurns? RankSession(RecallView view, OrderQuestion order, int count)
    {
        var about = order.SessionAbout.Length > 0 ? SessionsAbout(view, order.SessionAbout) : null;
        var sessions = new List<int>();
        foreach (var session in view.Time.Sessions)
        {
            if (about?.Contains(session) != false)
            {
                sessions.Add(session);
            }
        }

        var at = order.Session > 0 ? order.Session - 1 : sessions.Count + order.Session;
        if (at < 0 || at >= sessions.Count)
        {
            return null;
        }

        var rest = Asked.Of(view, order.Rest);
        var placed = view.Time.Turns(sessions[at]).ToArray().Select((row, i) => rest.Placed(view, row, 1.0 / (i + 1), isNext: false));
        return new(Best(placed, count), -1, sessions[at]);
    }

    /// <summary>Sessions that have at least half of some words, by their rarity, in any of their turns.</summary>
    public static HashSet<int> SessionsAbout(RecallView view, string words)
    {
        const double CoverMin = 0.5;
        var question = Question.Read(words, view.Vocabulary, view.Lexical, view.Graph);
        var covered = new Dictionary<int, double>();
        foreach (var term in question.Terms)
        {
            var seen = new HashSet<int>();
            foreach (var posting in view.Lexical.Postings(term.Stem))
            {
                if (view.Time.SessionOf(Posting.Passage(posting)) is >= 0 and var session && seen.Add(session))
                {
                    covered[session] = covered.GetValueOrDefault(session) + term.Idf;
                }
            }
        }

        var all = question.Terms.Sum(term => term.Idf) + (question.UnknownWords * view.Lexical.Idf(-1));
        return [.. covered.Where(pair => pair.Value >= CoverMin * all).Select(pair => pair.Key)];
    }

    static List<PlacedTurn> Best(IEnumerable<PlacedTurn> placed, int count) =>
        [.. placed.OrderByDescending(one => Math.Round(one.Score, 12)).ThenByDescending(one => one.Near).Take(count)];

    /// <summary>The turn that has most of the anchor's words; −1 if none has enough.</summary>
    static int AnchorOf(RecallView view, OrderQuestion order)
    {
        var anchor = Asked.Of(view, order.Anchor);
        var speakers = anchor.Speakers.Count > 0 ? anchor.Speakers : SaysWho(order.Anchor) ? Asked.Of(view, order.Rest).Speakers : [];
        var covered = new Dictionary<int, double>();
        foreach (var (stem, idf) in anchor.Terms)
        {
            foreach (var posting in view.Turns.Postings(stem))
            {
                covered[Posting.Passage(posting)] = covered.GetValueOrDefault(Posting.Passage(posting)) + idf;
            }
        }

        var all = anchor.Terms.Sum(term => term.Idf);
        return covered.Where(pair => pair.Value >= AnchorCoverMin * all)
            .Select(pair => (Row: pair.Key, Share: pair.Value * ShareOf(speakers, view.Turns.Turn(pair.Key).Speaker)))
            .OrderByDescending(one => Math.Round(one.Share, 12)).ThenBy(one => view.Time.OrdinalOf(view.Time.SessionOf(one.Row)))
            .ThenBy(one => view.Time.PlaceOf(one.Row)).Select(one => one.Row).DefaultIfEmpty(-1).First();
    }

    static double ShareOf(HashSet<int> asked, int speaker) => asked.Count == 0 || asked.Contains(speaker) ? 1 : OtherSpeaker;

    /// <summary>"after she mentioned": whom the question names is who said it.</summary>
    static bool SaysWho(string anchor)
    {
        var words = new TokenBuffer();
        words.Read(anchor);
        return words.Count > 1 && words.Folded(words[0]) is "she" or "he" or "they" && OrderQuestion.IsSaying(words.Folded(words[1]).ToString());
    }

    /// <summary>A part of a question: its words and whom it names.</summary>
    sealed record Asked((int Stem, double Idf)[] Terms, HashSet<int> Speakers)
    {
        public static Asked Of(RecallView view, string text)
        {
            var question = Question.Read(text, view.Vocabulary, view.Lexical, view.Graph);
            var names = new SpeakerNames(view, question);
            var terms = new List<(int Stem, double Idf)>();
            for (var at = 0; at < question.Words.Length; at++)
            {
                var word = question.Words[at];
                var stem = view.Vocabulary.FindStem(TurnWords.StemOf(word));
                var isAsked = !names.IsName(at) && !TurnWords.IsAsking(word) && !OrderQuestion.IsSaying(word);
                if (isAsked && !view.Turns.Postings(stem).IsEmpty && !terms.Exists(term => term.Stem == stem))
                {
                    terms.Add((stem, view.Turns.Idf(stem)));
                }
            }

            var tellsSpeakers = names.Named.Count < view.Turns.LiveSpeakers;
            return new([.. terms], tellsSpeakers ? names.Named : []);
        }

        /// <summary>A turn at its place, and how much of these words it or its neighbours have.</summary>
        public PlacedTurn Placed(RecallView view, int row, double nearness, bool isNext)
        {
            var share = ShareOf(Speakers, view.Turns.Turn(row).Speaker);
            var byPlace = Terms.Length == 0 || isNext ? 1 : NearWeight;
            return new(row, share * byPlace * nearness, byPlace < 1 ? (1 - byPlace) * share * Covered(view, row) : 0);
        }

        double Covered(RecallView view, int row)
        {
            var all = Terms.Sum(term => term.Idf);
            var sum = 0.0;
            foreach (var (stem, idf) in Terms)
            {
                var best = 0.0;
                for (var distance = 1 - Beside.Length; distance < Beside.Length; distance++)
                {
                    var other = distance == 0 ? row : view.Time.Neighbour(row, distance);
                    best = Math.Max(best, other >= 0 && Has(view, other, stem) ? Beside[Math.Abs(distance)] : 0);
                }

                sum += idf * best;
            }

            return all > 0 ? sum / all : 0;
        }

        static bool Has(RecallView view, int row, int stem)
        {
            foreach (var term in view.Turns.Terms(row))
            {
                if (Posting.Passage(term) == stem)
                {
                    return true;
                }
            }

            return false;
        }
    }
}
