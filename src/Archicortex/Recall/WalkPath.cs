using Archicortex.Graph;

namespace Archicortex.Recall;

/// <summary>The likeliest way of the walk from a seed to a passage.</summary>
/// <remarks>
/// The product of d · w(u, v) / W(u) along the way, found by best-first search of bounded depth and work: an
/// explanation needs a good path, not all of them. Ties go to the node found first.
/// </remarks>
static class WalkPath
{
    const int DepthMax = 4;
    const int ExpansionsMax = 500;

    /// <summary>Nodes from seed to passage, both included; only the two ends if no short way was found.</summary>
    public static NodeId[] Find(GraphStrengths strengths, NodeId seed, int passage)
    {
        var target = NodeId.Passage(passage);
        if (seed == target)
        {
            return [target];
        }

        var cameFrom = new Dictionary<NodeId, NodeId> { [seed] = seed };
        var queue = new PriorityQueue<(NodeId Node, int Depth, double Chance), (double, int)>();
        queue.Enqueue((seed, 0, 1), (0, 0));
        var order = 0;
        for (var expansions = 0; expansions < ExpansionsMax && queue.TryDequeue(out var at, out _); expansions++)
        {
            if (at.Node == target)
            {
                return Trace(cameFrom, target);
            }

            if (at.Depth == DepthMax)
            {
                continue;
            }

            foreach (var (next, weight) in Neighbours(strengths, at.Node))
            {
                if (cameFrom.TryAdd(next, at.Node))
                {
                    var strength = strengths.Of(PersonalizedPageRank.Index(strengths.Graph, at.Node));
                    var chance = at.Chance * PersonalizedPageRank.Damping * weight / strength;
                    queue.Enqueue((next, at.Depth + 1, chance), (-chance, ++order));
                }
            }
        }

        return cameFrom.ContainsKey(target) ? Trace(cameFrom, target) : [seed, target];
    }

    static List<(NodeId, double)> Neighbours(GraphStrengths strengths, NodeId node)
    {
        var graph = strengths.Graph;
        var neighbours = new List<(NodeId, double)>();
        if (node.Kind == NodeKind.Phrase)
        {
            foreach (var passage in strengths.Holders(node.Row))
            {
                neighbours.Add((NodeId.Passage(passage), strengths.Weight(node.Row)));
            }

            return neighbours;
        }

        foreach (var phrase in graph.Passage(node.Row).Phrases.Items)
        {
            neighbours.Add((NodeId.Phrase(phrase), strengths.Weight(phrase)));
        }

        foreach (var link in strengths.Links(node.Row))
        {
            neighbours.Add((NodeId.Passage(link.Passage), link.Weight));
        }

        return neighbours;
    }

    static NodeId[] Trace(Dictionary<NodeId, NodeId> cameFrom, NodeId target)
    {
        var path = new List<NodeId> { target };
        while (cameFrom[path[^1]] != path[^1])
        {
            path.Add(cameFrom[path[^1]]);
        }

        path.Reverse();
        return [.. path];
    }
}
