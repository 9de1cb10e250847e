using Archicortex.Numerics;

namespace Archicortex.Hierarchy;

/// <summary>A tree of topics that grows passage by passage, by work that does not grow with the memory.</summary>
/// <remarks>
/// <para>A passage comes in at the root and goes down to the child it is most like, while it is like enough; where nothing is
/// like it, it becomes a child. A leaf that it goes down to becomes a topic that holds both, once the topic above has a
/// few. MemTree, arXiv 2410.14052, with rules of our own (decision 9): at most 24 children and 12 steps down; thresholds
/// rise with depth and depend on nothing else; where a node is full, the two of its children that are most alike are put
/// together under a new one, unless the passage is more like one of them. Texts that say the same lie side by side.</para>
/// <para>Vectors are whole numbers and a node's vector the exact sum of its leaves', so taking a passage out is the exact
/// inverse of putting it in. The tree depends on the order of arrival, as anything online does; the same log gives the same
/// tree. Adding costs O(24 · depth) products and writes the nodes on the way to the root. One writer; readers hold a
/// <see cref="TopicSnapshot"/>.</para>
/// </remarks>
sealed partial class TopicTree
{
    public const int Root = 0;

    /// <summary>Children a node may have.</summary>
    public const int ChildrenMax = 24;

    /// <summary>Steps from the root to the deepest leaf.</summary>
    public const int DepthMax = 12;

    // A topic of a few passages is better left in one piece: opening each pair at once makes chains of pairs, twice as many
    // nodes, and no purer a tree.
    const int OpenedFrom = 8;

    readonly PagedTable<TopicNode> _nodes = new();
    readonly PagedTable<TopicLeaf> _leaves = new();
    readonly PagedTable<TopicVector> _vectors = new();

    public TopicTree() => Clear();

    /// <summary>Nodes that the last change wrote: those on the way from the passage to the root, and one more where two siblings were put together.</summary>
    public int Touched { get; private set; }

    /// <summary>The tree as it is now, for any number of readers.</summary>
    public TopicSnapshot Freeze()
    {
        _epoch++;
        return new(_nodes.Freeze(), _leaves.Freeze(), _vectors.Freeze());
    }

    /// <summary>Puts a passage in its place.</summary>
    /// <param name="passage">Its row; not that of a passage in the tree.</param>
    /// <param name="id">Its content id.</param>
    /// <param name="vector">What it is about.</param>
    public void Add(int passage, UInt128 id, in TopicVector vector) => Add(passage, KeyOf(id), vector);

    /// <summary>
    /// The tree that comes of the same passages in another order. In the order of their times, then of their ids, it is one
    /// tree however they arrived: what grows passage by passage depends on who came first.
    /// </summary>
    /// <param name="passages">Rows of all passages in the tree.</param>
    public TopicTree Rebuilt(IEnumerable<int> passages)
    {
        var rebuilt = new TopicTree();
        foreach (var passage in passages)
        {
            rebuilt.Add(passage, _leaves[passage].Key, _vectors[passage]);
        }

        return rebuilt;
    }

    void Add(int passage, ulong key, in TopicVector vector)
    {
        PutLeaf(passage, key, vector);
        Touched = 0;
        Place(passage, vector);
        Climb(_leaves[passage].Parent, vector, isAdded: true);
    }

    /// <summary>What a passage adds to the name of a leaf set.</summary>
    public static ulong KeyOf(UInt128 id) => StableHash.Of((ulong)(id >> 64), (ulong)id);

    void PutLeaf(int passage, ulong key, in TopicVector vector)
    {
        while (_leaves.Count < passage)
        {
            _leaves.Add(new(TopicLeaf.Nowhere, 0, 0));
            _vectors.Add(default);
        }

        var leaf = new TopicLeaf(TopicLeaf.Nowhere, Int8.InverseNorm(vector), key);
        if (_leaves.Count == passage)
        {
            // Behind what readers know: no page has to be copied.
            _leaves.Add(leaf);
            _vectors.Add(vector);
            return;
        }

        _leaves.Edit(passage) = leaf;
        _vectors.Edit(passage) = vector;
    }

    void Place(int passage, ReadOnlySpan<sbyte> vector)
    {
        var inverse = _leaves[passage].InverseNorm;
        var node = Root;
        for (var depth = 0; ; depth++)
        {
            var (child, cosine) = Nearest(node, depth, vector, inverse);
            var isFull = _nodes[node].Children!.Length == ChildrenMax;
            if (child == TopicChild.None || (cosine < TopicThresholds.Theta(depth) && (!isFull || TryPutTogether(node, depth, cosine, passage))))
            {
                Attach(node, passage);
                return;
            }

            if (TopicChild.IsLeaf(child))
            {
                var isSame = cosine >= TopicThresholds.Same && Cosine(node, vector, inverse) >= TopicThresholds.Same;
                if (node != Root && !isFull && (isSame || _nodes[node].Children!.Length < OpenedFrom))
                {
                    Attach(node, passage);
                }
                else
                {
                    Open(node, child, passage);
                }

                return;
            }

            node = child;
        }
    }

    /// <summary>
    /// The child most like a vector among those that can take it; of equals the one with fewest leaves, so that what says the
    /// same spreads out, then the first.
    /// </summary>
    (int Child, float Cosine) Nearest(int node, int depth, ReadOnlySpan<sbyte> vector, float inverse)
    {
        var (best, bestCosine, bestCount) = (TopicChild.None, float.NegativeInfinity, 0);
        foreach (var child in _nodes[node].Children!)
        {
            if (!CanTake(child, depth + 1))
            {
                continue;
            }

            var cosine = Cosine(child, vector, inverse);
            var count = CountOf(child);
            if (cosine > bestCosine || (cosine == bestCosine && count < bestCount))
            {
                (best, bestCosine, bestCount) = (child, cosine, count);
            }
        }

        return (best, bestCosine);
    }

    /// <summary>True if another leaf fits under a child that stands so deep.</summary>
    bool CanTake(int child, int depth)
    {
        if (TopicChild.IsLeaf(child))
        {
            return depth < DepthMax;
        }

        ref readonly var node = ref _nodes[child];
        return node.HasRoom || depth + node.NearestLeaf < DepthMax;
    }

    /// <summary>Texts without a word that names a topic are like each other, and like nothing else.</summary>
    float Cosine(int child, ReadOnlySpan<sbyte> vector, float inverse)
    {
        var other = InverseNormOf(child);
        return other == 0 && inverse == 0 ? 1 : Int8.Dot(VectorOf(child), vector) * other * inverse;
    }

    void Attach(int node, int passage)
    {
        ref var parent = ref _nodes.Edit(node);
        parent.Children = [.. parent.Children!, TopicChild.OfLeaf(passage)];
        Hang(TopicChild.OfLeaf(passage), node);
    }

    /// <summary>A leaf becomes a topic with two leaves: the old one and the new one.</summary>
    void Open(int node, int leaf, int passage)
    {
        var opened = NewRow();
        _nodes.Edit(opened) = new() { Parent = node, Children = [leaf, TopicChild.OfLeaf(passage)], Direction = [] };
        Replace(node, leaf, opened);
        Hang(leaf, opened);
        Hang(TopicChild.OfLeaf(passage), opened);
    }

    /// <summary>Makes room in a full node: its two children most alike come under a new one, if they are more alike than a passage is to any.</summary>
    bool TryPutTogether(int node, int depth, float cosineMin, int passage)
    {
        var children = _nodes[node].Children!;
        var (first, second, best) = (-1, -1, cosineMin);
        for (var i = 0; i < children.Length; i++)
        {
            if (depth + 2 + HeightOf(children[i]) > DepthMax)
            {
                continue;
            }

            var vector = VectorOf(children[i]);
            var inverse = InverseNormOf(children[i]);
            for (var j = i + 1; j < children.Length; j++)
            {
                var cosine = Cosine(children[j], vector, inverse);
                if (cosine > best && depth + 2 + HeightOf(children[j]) <= DepthMax)
                {
                    (first, second, best) = (i, j, cosine);
                }
            }
        }

        if (first < 0)
        {
            return false;
        }

        var made = NewRow();
        _nodes.Edit(made) = new()
        {
            Parent = node,
            Children = [children[first], children[second]],
            Direction = [],
            MadeFor = passage + 1,
            SecondPlace = (byte)second,
        };
        _madeFor.Add(passage, made);
        Hang(children[first], made);
        Hang(children[second], made);
        var left = children.ToList();
        left[first] = made;
        left.RemoveAt(second);
        _nodes.Edit(node).Children = [.. left];
        Refresh(made);
        return true;
    }

    void Replace(int node, int child, int by)
    {
        int[] children = [.. _nodes[node].Children!];
        children[Array.IndexOf(children, child)] = by;
        _nodes.Edit(node).Children = children;
    }

    void Hang(int child, int node)
    {
        if (TopicChild.IsLeaf(child))
        {
            ref var leaf = ref _leaves.Edit(TopicChild.Passage(child));
            leaf = leaf with { Parent = node };
        }
        else
        {
            _nodes.Edit(child).Parent = node;
        }
    }
}
