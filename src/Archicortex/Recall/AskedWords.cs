using Archicortex.Indexing;

namespace Archicortex.Recall;

/// <summary>A part of a question as it is put to turns: its words and whom it names.</summary>
/// <param name="Terms">Words that turns have, and how rare they are.</param>
/// <param name="Speakers">Speakers it names; none if it names all.</param>
/// <param name="All">Rarity of all its words, those that no turn has included.</param>
sealed record AskedWords((int Stem, double Idf)[] Terms, HashSet<int> Speakers, double All)
{
    // A word of the question counts for the turns beside the one it stands in, as everywhere in conversations.
    static readonly double[] Beside = [1, 0.6, 0.4];

    const double NearWeight = 0.25;
    const double OtherSpeaker = 0.3;

    /// <summary>What a question asks beside its anchor or its session.</summary>
    public static AskedWords OfRest(RecallView view, string text) => Of(view, text, IsIdle);

    /// <summary>What stands beside what is asked for.</summary>
    public static AskedWords OfAnchor(RecallView view, string text) => Of(view, text, IsFrame);

    static AskedWords Of(RecallView view, string text, Predicate<string> isLeftOut)
    {
        var question = Question.Read(text, view.Vocabulary, view.Lexical, view.Graph);
        var names = new SpeakerNames(view, question);
        var places = Enumerable.Range(0, question.Words.Length).Where(at => !names.IsName(at) && !isLeftOut(question.Words[at])).ToList();
        return Of(view, question, places, names.Named.Count < view.Turns.LiveSpeakers ? names.Named : []);
    }

    /// <summary>Some words of a question.</summary>
    public static AskedWords Of(RecallView view, Question question, IEnumerable<int> places, HashSet<int> speakers)
    {
        var (terms, unknown) = (new List<(int Stem, double Idf)>(), new HashSet<string>());
        foreach (var at in places)
        {
            var stem = view.Vocabulary.FindStem(TurnWords.StemOf(question.Words[at]));
            if (view.Turns.Postings(stem).IsEmpty)
            {
                unknown.Add(question.Words[at]);
            }
            else if (!terms.Exists(term => term.Stem == stem))
            {
                terms.Add((stem, view.Turns.Idf(stem)));
            }
        }

        return new([.. terms], speakers, terms.Sum(term => term.Idf) + (unknown.Count * view.Turns.IdfOf(0)));
    }

    /// <summary>True for words that ask, or say that something was said, and not what.</summary>
    /// <param name="word">Folded form.</param>
    public static bool IsFrame(string word) => TurnWords.IsAsking(word) || OrderQuestion.IsSaying(word);

    /// <summary>The same, and words that name nothing in particular: "what happened", "the next thing".</summary>
    /// <param name="word">Folded form.</param>
    public static bool IsIdle(string word) => IsFrame(word) || word is "happen" or "happened" or "happens" or "come" or "came" or "comes" or "doing" or "done"
        or "thing" or "things" or "something" or "anything" or "ever" or "next" or "then" or "up";

    public static double ShareOf(HashSet<int> asked, int speaker) => asked.Count == 0 || asked.Contains(speaker) ? 1 : OtherSpeaker;

    public bool IsAsked(int speaker) => Speakers.Count == 0 || Speakers.Contains(speaker);

    /// <summary>Turns that have some of the words, and the rarity of those they have.</summary>
    public Dictionary<int, double> Covered(RecallView view)
    {
        var covered = new Dictionary<int, double>();
        foreach (var (stem, idf) in Terms)
        {
            foreach (var posting in view.Turns.Postings(stem))
            {
                covered[Posting.Passage(posting)] = covered.GetValueOrDefault(Posting.Passage(posting)) + idf;
            }
        }

        return covered;
    }

    /// <summary>A turn at its place, and how much of these words it or its neighbours have.</summary>
    public PlacedTurn Placed(RecallView view, int row, double nearness, bool isNext)
    {
        var share = ShareOf(Speakers, view.Turns.Turn(row).Speaker);
        var byPlace = Terms.Length == 0 || isNext ? 1 : NearWeight;
        return new(row, share * byPlace * nearness, byPlace < 1 ? (1 - byPlace) * share * Covered(view, row) : 0);
    }

    /// <summary>Share of the words, by their rarity, that a turn or its neighbours have; words that no turn has do not count.</summary>
    public double Covered(RecallView view, int row) => Share(Terms.Sum(term => term.Idf * NearestOf(view, row, term.Stem)), Terms.Sum(term => term.Idf));

    /// <summary>The same of all words.</summary>
    public double CoverOf(RecallView view, int row) => Share(Terms.Sum(term => term.Idf * NearestOf(view, row, term.Stem)), All);

    /// <summary>The most that any of some turns has of all words; 1 if there are no words.</summary>
    public double BestCover(RecallView view, ReadOnlySpan<int> rows)
    {
        var best = All > 0 ? 0.0 : 1;
        foreach (var row in Terms.Length > 0 ? rows : default)
        {
            best = Math.Max(best, CoverOf(view, row));
        }

        return best;
    }

    static double NearestOf(RecallView view, int row, int stem)
    {
        var best = 0.0;
        for (var distance = 1 - Beside.Length; distance < Beside.Length; distance++)
        {
            var other = distance == 0 ? row : view.Time.Neighbour(row, distance);
            best = Math.Max(best, other >= 0 && Has(view, other, stem) ? Beside[Math.Abs(distance)] : 0);
        }

        return best;
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

    static double Share(double value, double all) => all > 0 ? value / all : 0;
}
