using Archicortex.Graph;
using Archicortex.Numerics;

namespace Archicortex.Recall;

/// <summary>A step of a path through sentences.</summary>
/// <param name="Sentence">The sentence.</param>
/// <param name="Phrase">The name it shares with the sentence before it; −1 for the first.</param>
/// <param name="Gain">Its score over the words of the question that the steps before it lacked.</param>
readonly record struct SentenceStep(int Sentence, int Phrase, double Gain);

/// <summary>A passage and the best path of sentences through it.</summary>
/// <param name="Passage">Its row.</param>
/// <param name="Steps">The path; one of its sentences is the passage's.</param>
/// <param name="Share">What each step's gain counts: one by the number of steps, since a path is worth the mean of them.</param>
readonly record struct PathPassage(int Passage, SentenceStep[] Steps, double Share)
{
    public double Score => Steps.Sum(step => step.Gain) * Share;

    /// <summary>Rows of the passages the path comes through before it reaches this one.</summary>
    public int[] Before(RecallView view)
    {
        var own = Passage;
        return [.. Steps.Select(step => view.Graph.Sentence(step.Sentence).Passage).TakeWhile(row => row != own).Distinct()];
    }
}

/// <summary>Ranks passages by paths through sentences that share a name, each step taking up words that the ones before lack.</summary>
/// <remarks>
/// The beam search over propositions of PropRAG (arXiv 2504.18070) without a model: sentences stand for propositions, BM25 of
/// what is still asked for the cosine. A beam of the best paths is extended by sentences that hold a name of their last
/// sentence, or whose title is one. Bounded: passages looked at, paths kept, sentences a name leads to.
/// </remarks>
sealed class SentencePaths
{
    const int StartPassages = 60;
    const int StepsMax = 3;
    const int Beam = 4;
    const int SentencesPerNameMax = 48;
    const int OwnersPerNameMax = 8;

    readonly RecallView _view;
    readonly Question _question;
    readonly SentenceEvidence _sentences;
    readonly Dictionary<int, Partial> _best = [];

    SentencePaths(RecallView view, Question question, RecallScratch scratch) =>
        (_view, _question, _sentences) = (view, question, new SentenceEvidence(view, question, scratch));

    /// <summary>The best passages, best first.</summary>
    /// <param name="view">What to search.</param>
    /// <param name="question">What is asked.</param>
    /// <param name="count">How many.</param>
    /// <param name="scratch">Work space.</param>
    public static PathPassage[] Rank(RecallView view, Question question, int count, RecallScratch scratch)
    {
        scratch.Fit(view.Graph.PassageCount, view.Graph.PhraseCount, view.Vocabulary.StemCount);
        var evidence = LexicalEvidence.Gather(question, view.Lexical, scratch);
        var paths = new SentencePaths(view, question, scratch);
        paths.Search(FlatRecall.Best(view, Math.Max(count, StartPassages), scratch));
        var ranked = paths.Top(count);
        evidence.Clear(view.Lexical);
        return ranked;
    }

    void Search(int[] passages)
    {
        var front = new List<Partial>();
        foreach (var passage in passages)
        {
            ref readonly var record = ref _view.Graph.Passage(passage);
            for (var sentence = record.FirstSentence + 1; sentence < record.FirstSentence + record.SentenceCount; sentence++)
            {
                Offer(Partial.None, sentence, -1, front);
            }
        }

        for (var steps = 1; steps < StepsMax; steps++)
        {
            var next = new List<Partial>();
            foreach (var path in BestOf(front))
            {
                Extend(path, next);
            }

            front = next;
        }
    }

    void Extend(Partial path, List<Partial> next)
    {
        var last = path.Steps[^1].Sentence;
        ref readonly var passage = ref _view.Graph.Passage(_view.Graph.Sentence(last).Passage);
        foreach (var phrase in passage.Phrases.Items)
        {
            ref readonly var record = ref _view.Graph.Phrase(phrase);
            if (!IsAbout(last, passage, phrase, record) || IsAsked(phrase))
            {
                continue;
            }

            if (record.Sentences.Count <= SentencesPerNameMax)
            {
                foreach (var sentence in record.Sentences.Items)
                {
                    Offer(path, sentence, phrase, next);
                }
            }

            // A title speaks for all that stands under it; one that many passages have points at none of them.
            foreach (var owner in record.Owners.Count <= OwnersPerNameMax ? record.Owners.Items : default)
            {
                ref readonly var owned = ref _view.Graph.Passage(owner);
                for (var at = 1; at < Math.Min(owned.SentenceCount, SentencesPerNameMax); at++)
                {
                    Offer(path, owned.FirstSentence + at, phrase, next);
                }
            }
        }
    }

    /// <summary>A sentence is about the names in it, and about what its title names.</summary>
    static bool IsAbout(int sentence, in PassageRecord passage, int phrase, in PhraseRecord record) =>
        record.Sentences.Contains(sentence) || passage.TitlePhrases.Contains(phrase);

    /// <summary>What the question names is where paths start, not what they go on from.</summary>
    bool IsAsked(int phrase) => Array.Exists(_question.Linked, link => link.Phrase == phrase);

    void Offer(Partial path, int sentence, int phrase, List<Partial> found)
    {
        ref readonly var record = ref _view.Graph.Sentence(sentence);
        if (record.IsHeading || Array.Exists(path.Steps, step => step.Sentence == sentence))
        {
            return;
        }

        var gain = _sentences.Score(sentence, path.Covered);
        if (gain <= 0)
        {
            return;
        }

        var offset = sentence - _view.Graph.Passage(record.Passage).FirstSentence;
        var key = new UInt128((ulong)_view.Graph.Passage(record.Passage).Id, StableHash.Of((ulong)path.Key, (ulong)offset));
        var longer = new Partial([.. path.Steps, new(sentence, phrase, gain)], path.Covered | _sentences.Covered(sentence), path.Sum + gain, key);
        found.Add(longer);
        foreach (var step in longer.Steps)
        {
            var passage = _view.Graph.Sentence(step.Sentence).Passage;
            if (!_best.TryGetValue(passage, out var known) || longer.Beats(known))
            {
                _best[passage] = longer;
            }
        }
    }

    static IEnumerable<Partial> BestOf(List<Partial> paths)
    {
        // Two names may lead to one sentence: that is one path.
        var seen = new HashSet<UInt128>();
        var top = new TopRows(Beam);
        for (var i = 0; i < paths.Count; i++)
        {
            if (!top.Rejects(paths[i].Mean) && seen.Add(paths[i].Key))
            {
                top.Add(paths[i].Mean, paths[i].Key, i);
            }
        }

        return top.Rows().Select(row => paths[row]);
    }

    PathPassage[] Top(int count)
    {
        var top = new TopRows(count);
        foreach (var (passage, path) in _best)
        {
            if (!top.Rejects(path.Mean))
            {
                top.Add(path.Mean, _view.Graph.Passage(passage).Id, passage);
            }
        }

        return Array.ConvertAll(top.Rows(), passage => new PathPassage(passage, _best[passage].Steps, 1.0 / _best[passage].Steps.Length));
    }

    /// <summary>A path being built.</summary>
    /// <param name="Steps">Its sentences.</param>
    /// <param name="Covered">Words of the question it has, by bit.</param>
    /// <param name="Sum">Gains of its steps.</param>
    /// <param name="Key">Decides ties by content.</param>
    sealed record Partial(SentenceStep[] Steps, ulong Covered, double Sum, UInt128 Key)
    {
        public static readonly Partial None = new([], 0, 0, 0);

        public double Mean => Sum / Steps.Length;

        public bool Beats(Partial other)
        {
            var (mine, its) = (Math.Round(Mean, 12), Math.Round(other.Mean, 12));
            return mine > its || (mine == its && Key < other.Key);
        }
    }
}
