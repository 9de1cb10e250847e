using Archicortex.Hierarchy;
using Archicortex.Numerics;

namespace Archicortex.Recall;

/// <summary>A topic that was found.</summary>
/// <param name="Node">Its number.</param>
/// <param name="Score">Likeness to the question; the share of the memory's passages where the question names nothing.</param>
readonly record struct FoundTopic(int Node, double Score);

/// <summary>A passage below a topic that was found.</summary>
/// <param name="Passage">Its row.</param>
/// <param name="Own">What it has of the question itself.</param>
/// <param name="OfTopic">What its topic adds.</param>
readonly record struct TopicPassage(int Passage, double Own, double OfTopic)
{
    public double Score => Own + OfTopic;
}

/// <summary>Answers broad questions with topics: what their passages say together, and the passages.</summary>
/// <remarks>
/// Collapsed search: all nodes of the tree are compared with the question at once, so that no wrong turn near the root can lose
/// a topic (RAPTOR, arXiv 2401.18059). A node scores ½ · cosine + ½ · agreement with the words, the cosine between its passages
/// and the passages that BM25 finds; the best five are taken, none below another. A question that names nothing gets the
/// largest topics. One sweep over all vectors: O(passages), 512 bytes each.
/// </remarks>
static class TreeRecall
{
    /// <summary>Topics that are returned.</summary>
    public const int TopicsMax = 5;

    const int LexicalMax = 50;
    const int PassagesMax = 200;
    const double VectorShare = 0.5;
    const double TopicShare = 0.3;
    const double AgreementMin = 0.25;

    /// <param name="view">The memory.</param>
    /// <param name="question">What is asked.</param>
    /// <param name="count">Passages wanted.</param>
    /// <param name="scratch">Work space.</param>
    /// <returns>Topics and passages, best first; none if nothing is like the question.</returns>
    public static (FoundTopic[] Topics, TopicPassage[] Passages) Rank(RecallView view, string question, int count, RecallScratch scratch)
    {
        var tree = view.Topics;
        if (tree.LeafCount == 0)
        {
            return ([], []);
        }

        var content = GlobalQuestion.ContentOf(question);
        var vector = new TopicFeatures().Of(content);
        if (Int8.InverseNorm(vector) == 0)
        {
            var largest = Largest(tree);
            return (largest, Spread(view, largest, count));
        }

        var words = FlatRecall.Scaled(view, Question.Read(content, view.Vocabulary, view.Lexical, view.Graph), scratch);
        var topics = Separate(tree, Nodes(view, vector, words));
        return (topics, topics.Length == 0 ? [] : Passages(view, vector, words, topics, count, scratch));
    }

    /// <summary>The passages most like a vector, whatever topic they are in; best first, of equals the smaller content id.</summary>
    public static int[] Leaves(RecallView view, TopicVector vector, int count)
    {
        var top = new TopRows(count);
        var inverse = Int8.InverseNorm(vector);
        for (var passage = 0; passage < view.Topics.LeafRows; passage++)
        {
            if (view.Topics.ParentOf(passage) != TopicLeaf.Nowhere)
            {
                var cosine = view.Topics.Cosine(TopicChild.OfLeaf(passage), vector, inverse);
                if (!top.Rejects(cosine))
                {
                    top.Add(cosine, view.Graph.Passage(passage).Id, passage);
                }
            }
        }

        return top.Rows();
    }

    /// <summary>The parts of the root with most passages.</summary>
    static FoundTopic[] Largest(TopicSnapshot tree)
    {
        var parts = tree.Children(TopicTree.Root).ToArray().Where(child => !TopicChild.IsLeaf(child)).ToList();
        return [.. (parts.Count == 0 ? [TopicTree.Root] : parts)
            .OrderByDescending(node => tree.Node(node).LeafCount).ThenBy(node => node).Take(TopicsMax)
            .Select(node => new FoundTopic(node, (double)tree.Node(node).LeafCount / tree.LeafCount))];
    }

    /// <summary>Passages that speak for topics: of each in turn.</summary>
    static TopicPassage[] Spread(RecallView view, FoundTopic[] topics, int count)
    {
        var places = Math.Max(1, (count + topics.Length - 1) / topics.Length);
        var samples = Array.ConvertAll(topics, topic => TopicSample.Of(view.Topics, topic.Node, places));
        return [.. Enumerable.Range(0, places)
            .SelectMany(turn => topics.Zip(samples).Where(pair => turn < pair.Second.Count)
                .Select(pair => new TopicPassage(pair.Second[turn], 0, pair.First.Score / (1 + turn))))
            .Take(count).OrderByDescending(one => one.Score)];
    }

    /// <summary>Every topic's score, best first; those below the threshold left out.</summary>
    static List<FoundTopic> Nodes(RecallView view, TopicVector vector, List<(int Passage, double Score)> words)
    {
        var tree = view.Topics;
        var agreement = Agreement(view, words);
        var inverse = Int8.InverseNorm(vector);
        var found = new List<FoundTopic>();
        for (var node = TopicTree.Root + 1; node < tree.NodeRows; node++)
        {
            if (tree.IsNode(node))
            {
                var (cosine, shared) = (tree.Cosine(node, vector, inverse), agreement.GetValueOrDefault(node));
                if (cosine >= TopicThresholds.Related || shared >= AgreementMin)
                {
                    found.Add(new(node, Math.Round((VectorShare * Math.Max(0, cosine)) + ((1 - VectorShare) * shared), 9)));
                }
            }
        }

        if (found.Count == 0 && words.Count > 0 && tree.NodeRows == 1)
        {
            found.Add(new(TopicTree.Root, agreement.GetValueOrDefault(TopicTree.Root)));
        }

        return [.. found.OrderByDescending(one => one.Score).ThenBy(one => one.Node)];
    }

    /// <summary>Cosine between a topic's passages, each counting 1, and the passages the words find, each counting its score.</summary>
    static Dictionary<int, double> Agreement(RecallView view, List<(int Passage, double Score)> words)
    {
        var top = new TopRows(LexicalMax);
        foreach (var (passage, score) in words)
        {
            if (!top.Rejects(score))
            {
                top.Add(score, view.Graph.Passage(passage).Id, passage);
            }
        }

        var kept = top.Rows().ToHashSet();
        var sums = new Dictionary<int, double>();
        var square = 0.0;
        foreach (var (passage, score) in words.Where(one => kept.Contains(one.Passage)).OrderBy(one => one.Passage))
        {
            square += score * score;
            for (var node = view.Topics.ParentOf(passage); node != TopicNode.NoParent; node = view.Topics.Node(node).Parent)
            {
                sums[node] = sums.GetValueOrDefault(node) + score;
            }
        }

        return square == 0 ? [] : sums.ToDictionary(pair => pair.Key, pair => pair.Value / Math.Sqrt(square * view.Topics.Node(pair.Key).LeafCount));
    }

    /// <summary>The best topics, none of which lies below another.</summary>
    public static FoundTopic[] Separate(TopicSnapshot tree, IEnumerable<FoundTopic> ranked)
    {
        var taken = new List<FoundTopic>();
        foreach (var one in ranked)
        {
            if (!taken.Exists(other => IsAtOrAbove(tree, other.Node, one.Node) || IsAtOrAbove(tree, one.Node, other.Node)))
            {
                taken.Add(one);
            }

            if (taken.Count == TopicsMax)
            {
                break;
            }
        }

        return [.. taken];
    }

    static TopicPassage[] Passages(
        RecallView view, TopicVector vector, List<(int Passage, double Score)> words, FoundTopic[] topics, int count, RecallScratch scratch)
    {
        scratch.Fit(view.Graph.PassageCount, view.Graph.PhraseCount, view.Vocabulary.StemCount);
        foreach (var (passage, score) in words)
        {
            scratch.Own[passage] = score;
        }

        var worth = topics.ToDictionary(topic => topic.Node, topic => topic.Score);
        var inverse = Int8.InverseNorm(vector);
        var top = new TopRows(Math.Max(count, PassagesMax));
        var found = new Dictionary<int, TopicPassage>();
        for (var passage = 0; passage < view.Topics.LeafRows; passage++)
        {
            var node = view.Topics.ParentOf(passage);
            while (node >= 0 && !worth.ContainsKey(node))
            {
                node = view.Topics.Node(node).Parent;
            }

            if (node < 0)
            {
                continue;
            }

            var cosine = Math.Max(0, view.Topics.Cosine(TopicChild.OfLeaf(passage), vector, inverse));
            var own = (VectorShare * cosine) + ((1 - VectorShare) * scratch.Own[passage]);
            var one = new TopicPassage(passage, own, TopicShare * worth[node]);
            if (!top.Rejects(one.Score))
            {
                top.Add(one.Score, view.Graph.Passage(passage).Id, passage);
                found[passage] = one;
            }
        }

        foreach (var (passage, _) in words)
        {
            scratch.Own[passage] = 0;
        }

        return [.. top.Rows().Take(count).Select(passage => found[passage])];
    }

    static bool IsAtOrAbove(TopicSnapshot tree, int node, int below)
    {
        while (below != node && below != TopicNode.NoParent)
        {
            below = tree.Node(below).Parent;
        }

        return below == node;
    }
}
