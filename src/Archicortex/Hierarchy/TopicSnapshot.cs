using Archicortex.Numerics;

namespace Archicortex.Hierarchy;

/// <summary>The tree of topics at one moment: frozen rows, read by many at once without locks.</summary>
sealed class TopicSnapshot(
    PagedTable<TopicNode>.Frozen nodes, PagedTable<TopicLeaf>.Frozen leaves, PagedTable<TopicVector>.Frozen vectors)
{
    readonly PagedTable<TopicNode>.Frozen _nodes = nodes;
    readonly PagedTable<TopicLeaf>.Frozen _leaves = leaves;
    readonly PagedTable<TopicVector>.Frozen _vectors = vectors;

    /// <summary>Rows of nodes, free ones included.</summary>
    public int NodeRows => _nodes.Count;

    /// <summary>Rows of passages, forgotten ones included.</summary>
    public int LeafRows => _leaves.Count;

    /// <summary>Passages in the tree.</summary>
    public int LeafCount => _nodes[TopicTree.Root].LeafCount;

    /// <summary>True if there is a topic of that number.</summary>
    public bool IsNode(int node) => node >= 0 && node < _nodes.Count && _nodes[node].Children is not null;

    public ref readonly TopicNode Node(int node) => ref _nodes[node];

    public ReadOnlySpan<int> Children(int node) => _nodes[node].Children;

    /// <summary>The topic a passage hangs in; −1 if it is forgotten.</summary>
    public int ParentOf(int passage) => passage < _leaves.Count ? _leaves[passage].Parent : TopicLeaf.Nowhere;

    public ReadOnlySpan<sbyte> VectorOf(int passage) => _vectors[passage];

    /// <summary>Steps from the root to a topic.</summary>
    public int DepthOf(int node)
    {
        var depth = 0;
        for (; node != TopicTree.Root; node = _nodes[node].Parent)
        {
            depth++;
        }

        return depth;
    }

    /// <summary>Cosine of a vector and a child of a topic.</summary>
    public float Cosine(int child, ReadOnlySpan<sbyte> vector, float inverseNorm)
    {
        if (TopicChild.IsLeaf(child))
        {
            var passage = TopicChild.Passage(child);
            return Int8.Dot(_vectors[passage], vector) * _leaves[passage].InverseNorm * inverseNorm;
        }

        ref readonly var node = ref _nodes[child];
        return Int8.Dot(node.Direction, vector) * node.InverseNorm * inverseNorm;
    }

    /// <summary>All passages below a topic, in the order of the tree.</summary>
    public List<int> LeavesOf(int node)
    {
        var found = new List<int>(_nodes[node].LeafCount);
        AddLeaves(node, found);
        return found;
    }

    void AddLeaves(int node, List<int> found)
    {
        foreach (var child in Children(node))
        {
            if (TopicChild.IsLeaf(child))
            {
                found.Add(TopicChild.Passage(child));
            }
            else
            {
                AddLeaves(child, found);
            }
        }
    }
}
