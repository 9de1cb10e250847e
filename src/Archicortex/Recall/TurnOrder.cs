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
/// <param name="Anchor">The turn they stand beside; −1: none.</param>
/// <param name="Session">The session they are of; −1: they stand beside a turn, or among all.</param>
/// <param name="Known">What share of the question their place answers, in [0, 1].</param>
readonly record struct PlacedTurns(List<PlacedTurn> Turns, int Anchor, int Session, double Known);

/// <summary>Finds turns by their place: before or after another turn, in the third session about something, the first or last of their kind.</summary>
/// <remarks>
/// The anchor is the turn that has most of its words, the earliest of equals; a speaker named with it ("after Ada mentioned …"), or whose
/// deed it is, has to have said it. Then the turns on the asked side count by nearness, and by the rest of the question where that says
/// anything: "what did we say about money before …". What somebody said or did next is the next of their own turns; what was done next
/// may stand in the turn of the anchor itself. At most fifty turns on that side are looked at.
/// </remarks>
static class TurnOrder
{
    const int TurnsMax = 50;

    // With less of its words than this, the turn found is not the one meant.
    const double AnchorCoverMin = 0.4;

    // Where a deed and the next one stand in one turn, that turn is the answer; else it stands behind the first.
    const double AnchorTellsAll = 1.01;
    const double AnchorTellsLittle = 0.75;

    // A session that is found answers half of the question whatever is asked of it.
    const double SessionShare = 0.5;

    /// <summary>The turns asked for; null if the question names no place, or none that is found.</summary>
    public static PlacedTurns? Rank(RecallView view, OrderQuestion order, Question question, int count)
    {
        if (view.Time.TurnCount == 0)
        {
            return null;
        }

        if (order.Session != 0)
        {
            return RankSession(view, order, count);
        }

        if (order.Side != 0)
        {
            return AnchorOf(view, order) is { Row: >= 0 } anchor ? RankBeside(view, order, anchor.Row, anchor.Cover, count) : null;
        }

        return order.IsOfSaying ? TurnMentions.Rank(view, order, question, count) : null;
    }

    static PlacedTurns RankBeside(RecallView view, OrderQuestion order, int anchor, double cover, int count)
    {
        var rest = AskedWords.OfRest(view, order.Rest);
        rest = order.IsDeed && rest.Speakers.Count == 0 ? rest with { Speakers = AskedWords.OfAnchor(view, order.Anchor).Speakers } : rest;
        var rows = TurnWalk.From(view, anchor, order.Side, TurnsMax);
        var isNext = order.IsNext && (!order.IsDeed || rest.Terms.Length == 0);
        var placed = new List<PlacedTurn>(rows.Count + 1);
        var own = 0;
        for (var i = 0; i < rows.Count; i++)
        {
            // The next thing that somebody said is their next turn, whoever speaks between.
            var isOwn = rest.IsAsked(view.Turns.Turn(rows[i]).Speaker);
            placed.Add(rest.Placed(view, rows[i], 1.0 / (1 + (isNext && isOwn ? own : i)), isNext));
            own += isOwn ? 1 : 0;
        }

        if (order.IsDeed)
        {
            placed.Add(rest.Placed(view, anchor, TellsMore(view, order, anchor) ? AnchorTellsAll : AnchorTellsLittle, isNext));
        }

        var restCover = isNext || rest.All == 0 ? 1 : placed.Max(one => rest.CoverOf(view, one.Passage));
        return new(Best(placed, count), anchor, -1, cover * (0.5 + (0.5 * restCover)));
    }

    /// <summary>"I dried the cups, then I swept": more sentences on the side asked for, or a word in it that puts deeds in order.</summary>
    static bool TellsMore(RecallView view, OrderQuestion order, int anchor)
    {
        var terms = AskedWords.OfAnchor(view, order.Anchor).Terms;
        ref readonly var passage = ref view.Graph.Passage(anchor);
        var (sentences, best, bestShare, isOrdered) = (0, 0, 0.0, false);
        for (var place = 0; place < passage.SentenceCount; place++)
        {
            ref readonly var sentence = ref view.Graph.Sentence(passage.FirstSentence + place);
            if (sentence.TextLength == 0)
            {
                continue;
            }

            sentences++;
            var words = Array.ConvertAll(view.Graph.Words(sentence).ToArray(), view.Vocabulary.Word);
            var stems = words.Select(word => view.Vocabulary.FindStem(TurnWords.StemOf(word))).ToHashSet();
            var share = terms.Sum(term => stems.Contains(term.Stem) ? term.Idf : 0);
            if (share > bestShare)
            {
                (best, bestShare) = (sentences, share);
                isOrdered = Array.Exists(words, word => word is "then" or "after" or "before" or "afterwards" or "next" or "later");
            }
        }

        return isOrdered || (order.Side > 0 ? best < sentences : best > 1);
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

        var rest = AskedWords.OfRest(view, order.Rest);
        var placed = view.Time.Turns(sessions[at]).ToArray().Select((row, i) => rest.Placed(view, row, 1.0 / (i + 1), isNext: false));
        return new(Best(placed, count), -1, sessions[at], SessionShare + ((1 - SessionShare) * rest.BestCover(view, view.Time.Turns(sessions[at]))));
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
    static (int Row, double Cover) AnchorOf(RecallView view, OrderQuestion order)
    {
        var anchor = AskedWords.OfAnchor(view, order.Anchor);
        var speakers = anchor.Speakers.Count > 0 ? anchor.Speakers : order.IsDeed || SaysWho(order.Anchor) ? AskedWords.OfRest(view, order.Rest).Speakers : [];
        var covered = anchor.Covered(view);
        var all = anchor.Terms.Sum(term => term.Idf);
        return covered.Where(pair => pair.Value >= AnchorCoverMin * all)
            .Select(pair => (Row: pair.Key, Share: pair.Value * AskedWords.ShareOf(speakers, view.Turns.Turn(pair.Key).Speaker)))
            .OrderByDescending(one => Math.Round(one.Share, 12)).ThenBy(one => view.Time.OrdinalOf(view.Time.SessionOf(one.Row)))
            .ThenBy(one => view.Time.PlaceOf(one.Row)).Select(one => (one.Row, covered[one.Row] / anchor.All)).DefaultIfEmpty((-1, 0)).First();
    }

    /// <summary>"after she mentioned": whom the question names is who said it.</summary>
    static bool SaysWho(string anchor)
    {
        var words = new TokenBuffer();
        words.Read(anchor);
        return words.Count > 1 && words.Folded(words[0]) is "she" or "he" or "they" && OrderQuestion.IsSaying(words.Folded(words[1]).ToString());
    }
}
