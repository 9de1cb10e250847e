namespace Archicortex.Hierarchy;

/// <summary>The passages that speak for a topic: all of a small one, and of a large one as many from each part as its share.</summary>
/// <remarks>
/// A summary of the root must not read the whole memory. Each child gets its share of the places; where a part gets one, the
/// passage that is found by going from there down to whatever is most like its topic speaks for it. A function of the tree
/// alone. O(places · depth · 24) products.
/// </remarks>
static class TopicSample
{
    /// <summary>Passages that are read.</summary>
    public const int LeavesMax = 64;

    /// <param name="tree">The tree.</param>
    /// <param name="node">The topic.</param>
    /// <param name="most">Places, ≥ 1.</param>
    /// <returns>Rows of passages, in the order of the tree.</returns>
    public static List<int> Of(TopicSnapshot tree, int node, int most = LeavesMax)
    {
        var found = new List<int>(Math.Min(most, tree.Node(node).LeafCount));
        Add(tree, node, most, found);
        return found;
    }

    /// <summary>The passage most like a topic, as going down from it finds it.</summary>
    public static int Nearest(TopicSnapshot tree, int node)
    {
        ReadOnlySpan<sbyte> direction = tree.Node(node).Direction;
        var inverse = tree.Node(node).InverseNorm;
        for (var child = node; ;)
        {
            var (best, bestCosine) = (TopicChild.None, float.NegativeInfinity);
            foreach (var below in tree.Children(child))
            {
                var cosine = tree.Cosine(below, direction, inverse);
                if (cosine > bestCosine)
                {
                    (best, bestCosine) = (below, cosine);
                }
            }

            if (TopicChild.IsLeaf(best))
            {
                return TopicChild.Passage(best);
            }

            child = best;
        }
    }

    static void Add(TopicSnapshot tree, int node, int most, List<int> found)
    {
        var children = tree.Children(node);
        var places = Places(tree, children, tree.Node(node).LeafCount, most);
        for (var i = 0; i < children.Length; i++)
        {
            if (places[i] == 0)
            {
                continue;
            }

            if (TopicChild.IsLeaf(children[i]))
            {
                found.Add(TopicChild.Passage(children[i]));
            }
            else if (places[i] == 1)
            {
                found.Add(Nearest(tree, children[i]));
            }
            else
            {
                Add(tree, children[i], places[i], found);
            }
        }
    }

    /// <summary>Shares by whole numbers: rounded down, and what is left to the largest remainders, of equals to the first.</summary>
    static int[] Places(TopicSnapshot tree, ReadOnlySpan<int> children, int leaves, int most)
    {
        var places = new int[children.Length];
        var remainders = new (long Remainder, int Place)[children.Length];
        var left = Math.Min(most, leaves);
        var all = left;
        for (var i = 0; i < places.Length; i++)
        {
            var share = (long)(TopicChild.IsLeaf(children[i]) ? 1 : tree.Node(children[i]).LeafCount) * all;
            places[i] = (int)(share / leaves);
            remainders[i] = (-(share % leaves), i);
            left -= places[i];
        }

        Array.Sort(remainders);
        for (var i = 0; i < left; i++)
        {
            places[remainders[i].Place]++;
        }

        return places;
    }
}
