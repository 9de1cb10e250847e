using Archicortex.Hierarchy;
using Archicortex.Language;
using Archicortex.Recall;

namespace Archicortex;

public sealed partial class GraphMemory
{
    /// <summary>Shows what the memory is about: its topics, each with its key phrases, a summary and what lies below it.</summary>
    /// <remarks>
    /// The tree grows as passages are remembered and shrinks as they are forgotten; nothing has to be built. Summaries are made
    /// when they are asked for, about a millisecond each.
    /// </remarks>
    /// <param name="options">Which part, how far unfolded. Default: two levels below the root.</param>
    /// <param name="cancellationToken">Stops between topics.</param>
    /// <returns>
    /// The root, or the topic asked for, or those most like the words asked with, best first. Empty for an empty memory, and
    /// where no topic is like the words.
    /// </returns>
    /// <exception cref="ArgumentException">There is no topic of that number.</exception>
    public async Task<IReadOnlyList<TopicTreeNode>> GetTopicsAsync(TopicOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        options.Check();
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        await CatchUpAsync(cancellationToken).ConfigureAwait(false);
        var view = _view;
        var from = StartsOf(view, options);
        var unfolded = Unfolded(view.Topics, from, options);
        return [.. from.Select(node => NodeOf(view, node, unfolded, cancellationToken))];
    }

    int[] StartsOf(RecallView view, TopicOptions options)
    {
        if (options.Node is { } node)
        {
            return view.Topics.IsNode(node)
                ? [node]
                : throw new ArgumentException(
                    $"There is no topic {node}. Numbers change when passages are forgotten: look them up in the tree.", nameof(options));
        }

        if (view.LiveCount == 0)
        {
            return [];
        }

        if (options.About is not { } about)
        {
            return [TopicTree.Root];
        }

        CheckQuestion(about, nameof(options.About));
        TakeScratch(out var scratch);
        var (topics, _) = TreeRecall.Rank(view, about, 1, scratch);
        _scratches.Add(scratch);
        return Array.ConvertAll(topics, topic => topic.Node);
    }

    /// <summary>The nodes whose children are shown: level by level, while there is room for all of a node's.</summary>
    static HashSet<int> Unfolded(TopicSnapshot tree, int[] from, TopicOptions options)
    {
        var unfolded = new HashSet<int>();
        var level = from.ToList();
        var left = options.NodesMax - from.Length;
        for (var depth = 0; depth < options.Depth && level.Count > 0;)
        {
            // A topic with nothing beside it tells no more than the one above: showing it is no step.
            depth += level.Count == 1 && tree.Children(level[0]).Length == 1 ? 0 : 1;
            var next = new List<int>();
            foreach (var node in level.OrderByDescending(node => tree.Node(node).LeafCount).ThenBy(node => node))
            {
                var below = TopicsBelow(tree, node);
                if (below.Length <= left)
                {
                    left -= below.Length;
                    unfolded.Add(node);
                    next.AddRange(below);
                }
            }

            level = next;
        }

        return unfolded;
    }

    static int[] TopicsBelow(TopicSnapshot tree, int node) => [.. tree.Children(node).ToArray().Where(child => !TopicChild.IsLeaf(child))
        .OrderByDescending(child => tree.Node(child).LeafCount).ThenBy(child => child)];

    static TopicTreeNode NodeOf(RecallView view, int node, HashSet<int> unfolded, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var tree = view.Topics;
        var isUnfolded = unfolded.Contains(node);
        var topics = TopicsBelow(tree, node);
        var passages = tree.Children(node).ToArray().Where(TopicChild.IsLeaf).Select(TopicChild.Passage);
        return new(
            node, tree.DepthOf(node), tree.Node(node).LeafCount, SummaryOf(view, node), topics.Length,
            isUnfolded ? [.. topics.Select(topic => NodeOf(view, topic, unfolded, cancellationToken))] : [],
            isUnfolded ? [.. passages.Select(row => PassageOf(view, row))] : []);
    }

    static TopicTreePassage PassageOf(RecallView view, int row)
    {
        var passage = view.Passage(row);
        return new(passage.Id, passage.DocumentId, passage.Document, passage.Section, passage.Span);
    }

    static TopicSummary SummaryOf(RecallView view, int node)
    {
        var digest = view.Digest(node);
        return digest.Written is null
            ? new(digest.KeyPhrases, digest.Text, [.. digest.Lines.Select(line => SourceOf(view, line.Passage, line.Text, line.Span, line.IsFact))])
            : new(digest.KeyPhrases, digest.Written, [.. SourcesOf(view, node).Select(row => SourceOf(view, row, view.Passage(row).Text, null, false))])
            {
                Writer = digest.Writer,
            };
    }

    static SummarySource SourceOf(RecallView view, int row, string text, TextSpan? span, bool isFact)
    {
        var passage = view.Passage(row);
        var place = span is { } part ? part with { Start = part.Start + passage.Span.Start } : passage.Span;
        return new(text, isFact, passage.Id, passage.DocumentId, passage.Document, place);
    }

    /// <summary>The passages a written summary was made from.</summary>
    static IEnumerable<int> SourcesOf(RecallView view, int node)
    {
        var sources = view.Written[view.Topics.Node(node).LeafSet].Sources.ToHashSet();
        var sample = TopicSample.Of(view.Topics, node).Where(row => sources.Contains(view.Graph.Passage(row).Id)).ToList();

        // Another tree over the same passages has another sample: then all are looked through.
        return sample.Count == sources.Count ? sample : view.Topics.LeavesOf(node).Where(row => sources.Contains(view.Graph.Passage(row).Id));
    }

    static RecalledSummary Recalled(RecallView view, FoundTopic topic) => new(
        topic.Node, view.Topics.DepthOf(topic.Node), view.Topics.Node(topic.Node).LeafCount, topic.Score, SummaryOf(view, topic.Node));
}
