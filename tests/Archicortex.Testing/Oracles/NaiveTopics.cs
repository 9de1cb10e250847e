using System.Runtime.InteropServices;
using Archicortex.Hierarchy;
using Archicortex.Numerics;

namespace Archicortex.Testing.Oracles;

/// <summary>What a tree of topics must be, worked out from its leaves by plain loops.</summary>
static class NaiveTopics
{
    /// <summary>What is wrong with a tree; nothing, normally.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="live">The passages that must be in it, with what they are about.</param>
    public static List<string> Problems(TopicSnapshot tree, IReadOnlyDictionary<int, TopicVector> live)
    {
        var problems = new List<string>();
        var seen = new List<int>();
        Visit(tree, TopicTree.Root, 0, seen, live, problems);
        if (!seen.Order().SequenceEqual(live.Keys.Order()))
        {
            problems.Add($"T1: {seen.Count} leaves ({seen.Distinct().Count()} distinct) for {live.Count} passages");
        }

        for (var passage = 0; passage < tree.LeafRows; passage++)
        {
            if (!live.ContainsKey(passage) && tree.ParentOf(passage) != TopicLeaf.Nowhere)
            {
                problems.Add($"T1: forgotten passage {passage} hangs in {tree.ParentOf(passage)}");
            }
        }

        return problems;
    }

    /// <summary>Where a passage belongs, by the rule alone; null where it is about nothing, or too deep, or becomes a child of a full node.</summary>
    /// <param name="tree">The tree without it.</param>
    /// <param name="vector">What it is about.</param>
    /// <returns>The node, its child most like the passage, and whether that is like enough to share a topic with.</returns>
    public static (int Node, int Nearest, bool IsLikeEnough)? PlaceOf(TopicSnapshot tree, TopicVector vector)
    {
        var inverse = Int8.InverseNorm(vector);
        var node = TopicTree.Root;
        if (inverse == 0)
        {
            return null;
        }

        for (var depth = 0; depth < TopicTree.DepthMax - 1; depth++)
        {
            var children = tree.Children(node).ToArray();
            var nearest = children.Select(child => (Child: child, Cosine: tree.Cosine(child, vector, inverse))).OrderByDescending(one => one.Cosine)
                .ThenBy(one => TopicChild.IsLeaf(one.Child) ? 1 : tree.Node(one.Child).LeafCount).FirstOrDefault((Child: TopicChild.None, Cosine: -1f));
            if (nearest.Cosine < TopicThresholds.Theta(depth))
            {
                return children.Length < TopicTree.ChildrenMax ? (node, nearest.Child, false) : null;
            }

            if (TopicChild.IsLeaf(nearest.Child))
            {
                return (node, nearest.Child, true);
            }

            node = nearest.Child;
        }

        return null;
    }

    /// <summary>The tree as text: shape and leaves, so that two trees can be compared node by node.</summary>
    public static SortedDictionary<int, string> Lines(TopicSnapshot tree)
    {
        var lines = new SortedDictionary<int, string>();
        for (var node = 0; node < tree.NodeRows; node++)
        {
            if (tree.IsNode(node))
            {
                ref readonly var record = ref tree.Node(node);
                lines.Add(node, $"{record.Parent} [{string.Join(' ', record.Children!)}] {record.LeafCount} {record.LeafSet} {record.Height} "
                    + $"{record.NearestLeaf} {record.HasRoom} {record.MadeFor} {record.SecondPlace} {record.InverseNorm:R} {Convert.ToBase64String(MemoryMarshal.AsBytes<sbyte>(record.Direction))}");
            }
        }

        return lines;
    }

    static (int Count, int[] Sum) Visit(
        TopicSnapshot tree, int node, int depth, List<int> seen, IReadOnlyDictionary<int, TopicVector> live, List<string> problems)
    {
        if (depth > TopicTree.DepthMax)
        {
            problems.Add($"T2: node {node} stands {depth} deep");
            return (0, new int[TopicVector.Dimension]);
        }

        var (count, sum) = (0, new int[TopicVector.Dimension]);
        var children = tree.Children(node).ToArray();
        if (children.Length > TopicTree.ChildrenMax || (node != TopicTree.Root && children.Length < 2))
        {
            problems.Add($"T4: node {node} has {children.Length} children");
        }

        foreach (var child in children)
        {
            var parent = TopicChild.IsLeaf(child) ? tree.ParentOf(TopicChild.Passage(child)) : tree.Node(child).Parent;
            if (parent != node)
            {
                problems.Add($"T2: {child} is a child of {node} and has the parent {parent}");
            }

            if (TopicChild.IsLeaf(child))
            {
                if (depth + 1 > TopicTree.DepthMax)
                {
                    problems.Add($"T4: leaf {TopicChild.Passage(child)} stands {depth + 1} deep");
                }

                seen.Add(TopicChild.Passage(child));
                count++;
                AddTo(sum, live.GetValueOrDefault(TopicChild.Passage(child)));
                continue;
            }

            var (countBelow, sumBelow) = Visit(tree, child, depth + 1, seen, live, problems);
            count += countBelow;
            for (var i = 0; i < sum.Length; i++)
            {
                sum[i] += sumBelow[i];
            }
        }

        CheckSum(tree, node, count, sum, problems);
        return (count, sum);
    }

    static void CheckSum(TopicSnapshot tree, int node, int count, int[] sum, List<string> problems)
    {
        ref readonly var record = ref tree.Node(node);
        if (record.LeafCount != count)
        {
            problems.Add($"T3: node {node} counts {record.LeafCount} leaves of {count}");
        }

        var most = sum.Max(Math.Abs);
        for (var i = 0; i < sum.Length; i++)
        {
            var expected = most == 0 ? 0 : (int)MathF.Round(sum[i] * ((float)Int8.Max / most));
            if (record.Direction[i] != expected)
            {
                problems.Add($"T3: node {node} points to {record.Direction[i]} in {i}, its leaves to {expected}");
                return;
            }
        }
    }

    static void AddTo(int[] sum, TopicVector vector)
    {
        for (var i = 0; i < sum.Length; i++)
        {
            sum[i] += vector[i];
        }
    }
}
