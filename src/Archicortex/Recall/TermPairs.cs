using System.Numerics;
using Archicortex.Numerics;

namespace Archicortex.Recall;

/// <summary>A passage found through a pair of names.</summary>
/// <param name="Passage">Its row.</param>
/// <param name="Names">What of its score is for names of the pairs it holds, and of the way between them.</param>
/// <param name="Words">What of its score is for words of the question it has.</param>
/// <param name="Text">What of its score is BM25, scaled to less than any name or word counts.</param>
/// <param name="Way">The names from one end of its best pair to the other; empty: it was found by its words.</param>
readonly record struct PairPassage(int Passage, double Names, double Words, double Text, int[] Way)
{
    public double Score => Names + Words + Text;
}

/// <summary>Ranks passages by pairs of names of the question that are near each other in the memory.</summary>
/// <remarks>
/// The posting procedure of E2GraphRAG (arXiv 2505.24226) with sentences for its graph of terms: two names are joined where
/// a sentence, or a sentence under a title, holds both. Pairs of names of the question at most <see cref="WayMax"/> names
/// apart are looked up; while they lead to more than <see cref="PassagesMax"/> passages the bound is lowered by one. No pair:
/// the best passages by words, those with more of the question's words first. No name: the best by words. Where a pair's
/// names never stand together, the passages along the way between them do: that is ours, and what a question of two
/// steps needs.
/// </remarks>
sealed class TermPairs
{
    /// <summary>Names on the way from one to the other, both included.</summary>
    public const int WayMax = 4;

    public const int PassagesMax = 25;

    const int RerankedPassages = 50;
    const int NamesMax = 6;
    const int ReachedMax = 512;

    // A name in more sentences than this leads everywhere, and so nowhere; the second step is the dear one.
    const int NearSentencesMax = 256;
    const int FarSentencesMax = 24;

    readonly RecallView _view;
    readonly Question _question;
    readonly RecallScratch _scratch;

    TermPairs(RecallView view, Question question, RecallScratch scratch) => (_view, _question, _scratch) = (view, question, scratch);

    /// <summary>The best passages, best first; what pairs do not fill is filled by words.</summary>
    /// <param name="view">What to search.</param>
    /// <param name="question">What is asked.</param>
    /// <param name="count">How many.</param>
    /// <param name="scratch">Work space.</param>
    public static PairPassage[] Rank(RecallView view, Question question, int count, RecallScratch scratch)
    {
        scratch.Fit(view.Graph.PassageCount, view.Graph.PhraseCount, view.Vocabulary.StemCount);
        var evidence = LexicalEvidence.Gather(question, view.Lexical, scratch);
        var ranked = new TermPairs(view, question, scratch).Rank(count);
        evidence.Clear(view.Lexical);
        return ranked;
    }

    PairPassage[] Rank(int count)
    {
        var ways = Ways();
        var found = new Dictionary<int, (HashSet<int> Names, int[] Way)>();
        for (var most = WayMax; most >= 2; most--)
        {
            found.Clear();
            foreach (var way in ways.Where(way => way.Length <= most))
            {
                Collect(way, found);
            }

            if (found.Count <= PassagesMax)
            {
                break;
            }
        }

        var flat = FlatRecall.Best(_view, Math.Max(count, RerankedPassages), _scratch);
        var best = flat.Length == 0 ? 1 : _scratch.Bm25[flat[0]];
        var all = found.Select(one => Scored(one.Key, one.Value.Names.Count, one.Value.Way, best))
            .Concat(flat.Where(row => !found.ContainsKey(row)).Select(row => Scored(row, 0, [], best))).ToList();
        var top = new TopRows(count);
        for (var i = 0; i < all.Count; i++)
        {
            top.Add(all[i].Score, _view.Graph.Passage(all[i].Passage).Id, i);
        }

        return Array.ConvertAll(top.Rows(), row => all[row]);
    }

    /// <summary>Each name and each word counts one; BM25 decides between equals. Without a name in the question it decides alone.</summary>
    PairPassage Scored(int passage, int names, int[] way, double best)
    {
        var words = _question.Linked.Length == 0 ? 0 : BitOperations.PopCount(_scratch.Covered[passage]);
        return new(passage, names, words, _scratch.Bm25[passage] / best * (1 - 1e-6), way);
    }

    /// <summary>The shortest ways between every two names of the question.</summary>
    List<int[]> Ways()
    {
        var names = _question.Linked
            .OrderByDescending(link => link.Weight).ThenBy(link => link.Text.Start).ThenBy(link => TextOf(link.Phrase), StringComparer.Ordinal)
            .Take(NamesMax).Select(link => link.Phrase).ToArray();
        var reached = Array.ConvertAll(names, Reach);
        var ways = new List<int[]>();
        for (var a = 0; a < names.Length; a++)
        {
            for (var b = a + 1; b < names.Length; b++)
            {
                if (Way(reached[a], reached[b]) is { } way)
                {
                    ways.Add(way);
                }
            }
        }

        return ways;
    }

    /// <summary>Names within two steps of one, and from where each was reached.</summary>
    Dictionary<int, (int From, int Steps)> Reach(int name)
    {
        var reached = new Dictionary<int, (int From, int Steps)> { [name] = (-1, 0) };
        var front = new List<int> { name };
        for (var steps = 1; steps <= WayMax / 2 && reached.Count < ReachedMax; steps++)
        {
            var next = new List<int>();
            foreach (var from in front)
            {
                foreach (var to in Neighbours(from, steps == 1 ? NearSentencesMax : FarSentencesMax))
                {
                    if (reached.Count < ReachedMax && reached.TryAdd(to, (from, steps)))
                    {
                        next.Add(to);
                    }
                }
            }

            front = next;
        }

        return reached;
    }

    /// <summary>Names that share a sentence with one, or stand under it as a title; in the order of their content.</summary>
    List<int> Neighbours(int name, int sentencesMax)
    {
        var graph = _view.Graph;
        var near = new HashSet<int>();
        ref readonly var record = ref graph.Phrase(name);
        foreach (var sentence in record.Sentences.Count <= sentencesMax ? record.Sentences.Items : default)
        {
            ref readonly var passage = ref graph.Passage(graph.Sentence(sentence).Passage);
            foreach (var other in passage.Phrases.Items)
            {
                if (other != name && (graph.Phrase(other).Sentences.Contains(sentence) || passage.TitlePhrases.Contains(other)))
                {
                    near.Add(other);
                }
            }
        }

        List<int> ordered = [.. near];
        ordered.Sort(Compare);
        return ordered;
    }

    /// <summary>The rarer name first; the text, which is dear to make, decides between equals only.</summary>
    int Compare(int one, int other)
    {
        var byWeight = Math.Round(_view.Strengths.Weight(other), 9).CompareTo(Math.Round(_view.Strengths.Weight(one), 9));
        return byWeight != 0 || one == other ? byWeight : string.CompareOrdinal(TextOf(one), TextOf(other));
    }

    string TextOf(int phrase) => _view.Graph.Text(phrase, _view.Vocabulary.Word);

    /// <summary>The shortest way through a name that both reach; of equals the one whose middle weighs most.</summary>
    int[]? Way(Dictionary<int, (int From, int Steps)> one, Dictionary<int, (int From, int Steps)> other)
    {
        var meeting = one.Where(pair => other.ContainsKey(pair.Key))
            .Select(pair => (Name: pair.Key, Length: pair.Value.Steps + other[pair.Key].Steps + 1))
            .Where(pair => pair.Length is >= 2 and <= WayMax)
            .ToList();
        meeting.Sort((a, b) => a.Length != b.Length ? a.Length.CompareTo(b.Length) : Compare(a.Name, b.Name));
        return meeting.Count == 0 ? null : [.. Back(one, meeting[0].Name).Reverse(), .. Back(other, meeting[0].Name).Skip(1)];
    }

    static IEnumerable<int> Back(Dictionary<int, (int From, int Steps)> reached, int name)
    {
        for (var at = name; at >= 0; at = reached[at].From)
        {
            yield return at;
        }
    }

    /// <summary>Passages that hold both ends of a way; if none does, those that hold two names that follow each other on it.</summary>
    void Collect(int[] way, Dictionary<int, (HashSet<int> Names, int[] Way)> found)
    {
        var both = Holding(way[0], way[^1]);
        if (both.Count > 0)
        {
            Add(both, way[0], way[^1], way, found);
            return;
        }

        for (var i = 1; i < way.Length; i++)
        {
            Add(Holding(way[i - 1], way[i]), way[i - 1], way[i], way, found);
        }
    }

    List<int> Holding(int one, int other)
    {
        var (few, many) = (_view.Strengths.Holders(one), _view.Strengths.Holders(other));
        (few, many) = few.Length <= many.Length ? (few, many) : (many, few);
        return [.. few.Where(passage => Array.BinarySearch(many, passage) >= 0)];
    }

    static void Add(List<int> passages, int one, int other, int[] way, Dictionary<int, (HashSet<int> Names, int[] Way)> found)
    {
        foreach (var passage in passages)
        {
            if (!found.TryGetValue(passage, out var known))
            {
                found[passage] = known = ([], way);
            }

            known.Names.Add(one);
            known.Names.Add(other);
        }
    }
}
