using System.Diagnostics;
using System.Numerics.Tensors;
using Archicortex.Numerics;

namespace Archicortex.Hierarchy;

/// <summary>What a node knows of the leaves below it, and the rows that nodes are kept in.</summary>
sealed partial class TopicTree
{
    // Adding up the leaves of a small node is as quick as keeping its sum, and two kilobytes cheaper; most nodes are small.
    const int SummedFrom = 65;

    readonly SortedSet<int> _free = [];
    readonly Dictionary<int, int> _madeFor = [];
    int[]?[] _sums = new int[]?[64];
    int _rows;
    int _epoch;

    void Clear()
    {
        var root = NewRow();
        _nodes.Edit(root) = new()
        {
            Parent = TopicNode.NoParent,
            Children = [],
            Direction = new sbyte[TopicVector.Dimension],
            DirectionEpoch = -1,
            HasRoom = true,
        };
    }

    /// <summary>The lowest free row: which rows are free follows from the tree, so that taking a passage out restores that as well.</summary>
    int NewRow()
    {
        if (_free.Count > 0)
        {
            var free = _free.Min;
            _free.Remove(free);
            return free;
        }

        if (_rows == _nodes.Count)
        {
            _nodes.Add(default);
        }

        if (_rows == _sums.Length)
        {
            Array.Resize(ref _sums, _rows * 2);
        }

        return _rows++;
    }

    void FreeRow(int node)
    {
        if (_nodes[node].MadeFor is > 0 and var passage)
        {
            _madeFor.Remove(passage - 1);
        }

        _nodes.Edit(node) = default;
        _sums[node] = null;
        _free.Add(node);
        while (_free.Remove(_rows - 1))
        {
            _rows--;
        }
    }

    /// <summary>Brings a node and all above it up to date with a leaf that came or went.</summary>
    void Climb(int node, ReadOnlySpan<sbyte> vector, bool isAdded)
    {
        Span<int> work = stackalloc int[TopicVector.Dimension];
        for (var below = TopicChild.None; node != TopicNode.NoParent; node = _nodes[node].Parent)
        {
            if (_sums[node] is { } sum)
            {
                if (isAdded)
                {
                    Int8.Add(sum, vector);
                }
                else
                {
                    Int8.Subtract(sum, vector);
                }
            }

            Refresh(node, work, below);
            below = node;
        }
    }

    void Refresh(int node) => Refresh(node, stackalloc int[TopicVector.Dimension], TopicChild.None);

    /// <summary>Works out what a node knows from its children, which must be up to date.</summary>
    /// <param name="node">The node.</param>
    /// <param name="work">The sum of one child's leaves if that is small; the node's afterwards, if that is.</param>
    /// <param name="summed">That child.</param>
    void Refresh(int node, Span<int> work, int summed)
    {
        Touched++;
        ref var record = ref _nodes.Edit(node);
        Count(ref record);
        ReadOnlySpan<int> sum = work;
        if (record.LeafCount >= SummedFrom)
        {
            sum = _sums[node] ??= SumOf(record.Children!);
        }
        else
        {
            _sums[node] = null;
            AddLeaves(record.Children!, work, summed);
        }

        if (record.DirectionEpoch != _epoch || record.Direction.Length == 0)
        {
            (record.Direction, record.DirectionEpoch) = (new sbyte[TopicVector.Dimension], _epoch);
        }

        Int8.Direction(sum, record.Direction);
        record.InverseNorm = Int8.InverseNorm(record.Direction);
    }

    void Count(ref TopicNode record)
    {
        var children = record.Children!;
        (record.LeafCount, record.LeafSet, record.Height) = (0, 0, 0);
        record.NearestLeaf = children.Length == 0 ? (byte)0 : byte.MaxValue;
        record.HasRoom = children.Length < ChildrenMax;
        foreach (var child in children)
        {
            if (TopicChild.IsLeaf(child))
            {
                record.LeafCount++;
                record.LeafSet += _leaves[TopicChild.Passage(child)].Key;
                record.Height = Math.Max(record.Height, (byte)1);
                record.NearestLeaf = 1;
                continue;
            }

            ref readonly var below = ref _nodes[child];
            record.LeafCount += below.LeafCount;
            record.LeafSet += below.LeafSet;
            record.Height = Math.Max(record.Height, (byte)(below.Height + 1));
            record.NearestLeaf = Math.Min(record.NearestLeaf, (byte)(below.NearestLeaf + 1));
            record.HasRoom |= below.HasRoom;
        }
    }

    int[] SumOf(int[] children)
    {
        var sum = new int[TopicVector.Dimension];
        AddLeaves(children, sum, TopicChild.None);
        return sum;
    }

    /// <summary>Adds up the vectors of all leaves below some children but one. No deeper than the tree.</summary>
    void AddLeaves(int[] children, Span<int> sum, int except)
    {
        foreach (var child in children)
        {
            if (child == except)
            {
                continue;
            }

            if (TopicChild.IsLeaf(child))
            {
                Int8.Add(sum, _vectors[TopicChild.Passage(child)]);
            }
            else if (_sums[child] is { } below)
            {
                TensorPrimitives.Add<int>(sum, below, sum);
            }
            else
            {
                AddLeaves(_nodes[child].Children!, sum, TopicChild.None);
            }
        }
    }

    ReadOnlySpan<sbyte> VectorOf(int child)
    {
        if (TopicChild.IsLeaf(child))
        {
            return _vectors[TopicChild.Passage(child)];
        }

        Debug.Assert(_nodes[child].Children is not null, "A child is no free row.");
        return _nodes[child].Direction;
    }

    float InverseNormOf(int child) => TopicChild.IsLeaf(child) ? _leaves[TopicChild.Passage(child)].InverseNorm : _nodes[child].InverseNorm;

    int CountOf(int child) => TopicChild.IsLeaf(child) ? 1 : _nodes[child].LeafCount;

    int HeightOf(int child) => TopicChild.IsLeaf(child) ? 0 : _nodes[child].Height;
}
