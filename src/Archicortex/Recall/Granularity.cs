using Archicortex.Hierarchy;
using Archicortex.Indexing;
using Archicortex.Numerics;

namespace Archicortex.Recall;

/// <summary>A unit of one level of detail: a passage, a session, a name, a summary.</summary>
/// <param name="Key">Decides ties by content.</param>
/// <param name="Score">How well it fits the question; the best of its level has 1.</param>
/// <param name="Members">Rows of the passages it stands for.</param>
readonly record struct GranularUnit(UInt128 Key, double Score, int[] Members)
{
    /// <summary>Of a summary the number of its topic, else 0.</summary>
    public int Topic { get; init; }
}

/// <summary>One level of detail at which a question can be asked, and its best units for it.</summary>
/// <param name="Name">What its units are, for the result.</param>
/// <param name="Units">The best, best first, at most <see cref="EntropyRouter.UnitsMax"/>.</param>
sealed record Granularity(string Name, GranularUnit[] Units)
{
    public const string NameLevel = "name";
    public const string SummaryLevel = "summary";

    const double K1 = 1.2;
    const double B = 0.75;
    const int HoldersMax = 128;

    /// <summary>Passages by BM25. The scratch must hold the evidence of the question's words.</summary>
    public static Granularity Passages(RecallView view, RecallScratch scratch)
    {
        var rows = FlatRecall.Best(view, EntropyRouter.UnitsMax, scratch);
        return Scaled("passage", rows.Select(row => new GranularUnit(view.Graph.Passage(row).Id, scratch.Bm25[row], [row])));
    }

    /// <summary>Names of the question, each with the passages that hold it.</summary>
    public static Granularity Names(RecallView view, Question question) => Scaled(NameLevel, question.Linked
        .Where(link => view.Strengths.Holders(link.Phrase).Length <= HoldersMax)
        .Select(link => new GranularUnit(
            StableHash.Of(view.Graph.Text(link.Phrase, view.Vocabulary.Word)), link.Weight, view.Strengths.Holders(link.Phrase))));

    /// <summary>
    /// Sessions of conversations, and documents of several passages, by BM25 over all that they say; each with its passages
    /// that have a word of the question.
    /// </summary>
    public static Granularity Sessions(RecallView view, Question question, RecallScratch scratch)
    {
        var pools = new Dictionary<(bool IsSession, UInt128 Id), Pool>();
        return Pooled("session", view, question, scratch, row =>
        {
            var session = view.Time.SessionOf(row);
            var key = (session >= 0, session >= 0 ? (UInt128)session : view.Graph.Passage(row).DocumentId);
            if (!pools.TryGetValue(key, out var pool))
            {
                pools[key] = pool = new(session >= 0 ? view.Time.Turns(session).Length : PassagesOf(view, row), question.Terms.Length);
            }

            return [pool];
        });
    }

    /// <summary>Topics that a summary can stand for, in the same way: one may lie in another, and the router sees which of them tells more.</summary>
    public static Granularity Topics(RecallView view, Question question, RecallScratch scratch)
    {
        var tree = view.Topics;
        var pools = new Dictionary<int, Pool>();
        return Pooled(SummaryLevel, view, question, scratch, row =>
        {
            var above = new List<Pool>();
            for (var node = tree.ParentOf(row); node > TopicTree.Root && tree.Node(node).LeafCount <= TopicSample.LeavesMax; node = tree.Node(node).Parent)
            {
                if (!pools.TryGetValue(node, out var pool))
                {
                    pools[node] = pool = new(tree.Node(node).LeafCount, question.Terms.Length) { Topic = node };
                }

                above.Add(pool);
            }

            return above;
        });
    }

    /// <summary>A level whose units pool the words of many passages; <paramref name="poolsOf"/> tells those that a passage is in.</summary>
    static Granularity Pooled(
        string name, RecallView view, Question question, RecallScratch scratch, Func<int, IReadOnlyList<Pool>> poolsOf)
    {
        var holders = new Dictionary<int, IReadOnlyList<Pool>>();
        foreach (var row in scratch.Lexical)
        {
            holders.Add(row, poolsOf(row));
            foreach (var pool in holders[row])
            {
                pool.Members.Add(row);
            }
        }

        for (var term = 0; term < question.Terms.Length; term++)
        {
            foreach (var posting in view.Lexical.Postings(question.Terms[term].Stem))
            {
                foreach (var pool in holders[Posting.Passage(posting)])
                {
                    pool.Counts[term] += Posting.Count(posting);
                }
            }
        }

        var several = holders.Values.SelectMany(pools => pools).Distinct().Where(pool => pool.Passages > 1).ToList();
        var mean = several.Count == 0 ? 1 : several.Average(pool => pool.Passages);
        return Scaled(name, several.Select(pool => new GranularUnit(
            pool.Members.Min(row => view.Graph.Passage(row).Id), pool.Score(question, mean), [.. pool.Members]) { Topic = pool.Topic }));
    }

    static Granularity Scaled(string name, IEnumerable<GranularUnit> units)
    {
        GranularUnit[] best =
        [
            .. units.Where(unit => unit.Score > 0).OrderByDescending(unit => Math.Round(unit.Score, 9)).ThenBy(unit => unit.Key)
                .ThenBy(unit => unit.Members.Length).Take(EntropyRouter.UnitsMax),
        ];
        return new(name, best.Length == 0 ? best : Array.ConvertAll(best, unit => unit with { Score = unit.Score / best[0].Score }));
    }

    /// <summary>Passages of one document stand in neighbouring rows.</summary>
    static int PassagesOf(RecallView view, int row)
    {
        var id = view.Graph.Passage(row).DocumentId;
        var (first, last) = (row, row);
        while (first > 0 && row - first < HoldersMax && IsOf(view, first - 1, id))
        {
            first--;
        }

        while (last + 1 < view.Graph.PassageCount && last - row < HoldersMax && IsOf(view, last + 1, id))
        {
            last++;
        }

        return last - first + 1;
    }

    static bool IsOf(RecallView view, int row, UInt128 document) =>
        view.Graph.Passage(row).IsLive && view.Graph.Passage(row).DocumentId == document;

    /// <summary>What a session has of the question.</summary>
    /// <param name="passages">Passages it has in all: its length.</param>
    /// <param name="terms">Terms of the question.</param>
    sealed class Pool(int passages, int terms)
    {
        public int Passages => passages;

        /// <summary>Of a topic its number, else 0.</summary>
        public int Topic { get; init; }

        public List<int> Members { get; } = [];

        /// <summary>How often it has each term.</summary>
        public int[] Counts { get; } = new int[terms];

        public double Score(Question question, double mean)
        {
            var norm = K1 * (1 - B + (B * passages / mean));
            var sum = 0.0;
            for (var term = 0; term < Counts.Length; term++)
            {
                sum += question.Terms[term].Idf * Counts[term] * (K1 + 1) / (Counts[term] + norm);
            }

            return sum;
        }
    }
}
