using System.Runtime.InteropServices;
using Archicortex.Numerics;

namespace Archicortex.Hierarchy;

/// <summary>The tree as bytes: its shape and its leaves. Everything else follows from them.</summary>
sealed partial class TopicTree
{
    /// <summary>Writes the tree. Equal trees give equal bytes.</summary>
    public void Save(BlockWriter writer)
    {
        writer.Write(_rows);
        for (var node = 0; node < _rows; node++)
        {
            ref readonly var record = ref _nodes[node];
            writer.Write((record.Parent, record.MadeFor, (int)record.SecondPlace, record.Children is null ? 0 : 1));
            writer.Write<int>(record.Children);
        }

        writer.Write(LeafCount);
        for (var passage = 0; passage < _leaves.Count; passage++)
        {
            if (_leaves[passage].Parent != TopicLeaf.Nowhere)
            {
                writer.Write(passage);
                writer.Write(_leaves[passage].Key);
                writer.Write(_vectors[passage]);
            }
        }
    }

    /// <summary>Hash of the shape and the leaves: equal for trees that would be saved as the same bytes.</summary>
    public UInt128 StateHash()
    {
        using var hash = new ContentHash("topics");
        hash.Add(_rows);
        for (var node = 0; node < _rows; node++)
        {
            ref readonly var record = ref _nodes[node];
            hash.Add(record.Parent).Add(record.MadeFor).Add((long)record.SecondPlace).Add(MemoryMarshal.AsBytes<int>(record.Children));
        }

        for (var passage = 0; passage < _leaves.Count; passage++)
        {
            if (_leaves[passage].Parent != TopicLeaf.Nowhere)
            {
                ReadOnlySpan<sbyte> vector = _vectors[passage];
                hash.Add(passage).Add((long)_leaves[passage].Key).Add(MemoryMarshal.AsBytes(vector));
            }
        }

        return hash.Id();
    }

    /// <summary>Reads what <see cref="Save"/> wrote into an empty tree: the same bytes come out of it again.</summary>
    public void Load(BlockReader reader)
    {
        var rows = reader.ReadInt();
        while (_rows < rows)
        {
            NewRow();
        }

        for (var node = 0; node < rows; node++)
        {
            var (parent, madeFor, place, isLive) = reader.Read<(int, int, int, int)>();
            var children = reader.ReadArray<int>();
            if (isLive == 0)
            {
                _free.Add(node);
                continue;
            }

            _nodes.Edit(node) = new() { Parent = parent, Children = children, Direction = [], MadeFor = madeFor, SecondPlace = (byte)place };
            if (madeFor > 0)
            {
                _madeFor.Add(madeFor - 1, node);
            }
        }

        for (var left = reader.ReadInt(); left > 0; left--)
        {
            var passage = reader.ReadInt();
            var key = reader.Read<ulong>();
            PutLeaf(passage, key, reader.Read<TopicVector>());
        }

        RefreshBelow(Root, 0);
    }

    int LeafCount => _nodes[Root].LeafCount;

    void RefreshBelow(int node, int depth)
    {
        if (depth > DepthMax)
        {
            throw new InvalidDataException($"A tree of topics has at most {DepthMax} levels.");
        }

        foreach (var child in _nodes[node].Children ?? throw new InvalidDataException($"Node {node} of the tree of topics is missing."))
        {
            Hang(child, node);
            if (!TopicChild.IsLeaf(child))
            {
                RefreshBelow(child, depth + 1);
            }
        }

        Refresh(node);
    }
}
