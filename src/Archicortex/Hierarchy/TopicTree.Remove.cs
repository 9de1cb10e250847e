namespace Archicortex.Hierarchy;

/// <summary>How a passage leaves the tree: as it came.</summary>
sealed partial class TopicTree
{
    /// <summary>Takes a passage out. What its coming had changed is changed back, so far as nothing was built on it since.</summary>
    /// <param name="passage">Its row; a passage that is not in the tree changes nothing.</param>
    public void Remove(int passage)
    {
        Touched = 0;
        if (passage >= _leaves.Count || _leaves[passage].Parent == TopicLeaf.Nowhere)
        {
            return;
        }

        var vector = _vectors[passage];
        var node = _leaves[passage].Parent;
        _nodes.Edit(node).Children = [.. _nodes[node].Children!.Where(child => child != TopicChild.OfLeaf(passage))];
        _leaves.Edit(passage) = new(TopicLeaf.Nowhere, 0, 0);
        _vectors.Edit(passage) = default;
        if (_madeFor.Remove(passage, out var made))
        {
            Separate(made, node);
        }

        Climb(Collapse(node), vector, isAdded: false);
    }

    /// <summary>Puts two siblings that were put together for a passage side by side again, if they are still two and there is room.</summary>
    void Separate(int made, int from)
    {
        ref var record = ref _nodes.Edit(made);
        record.MadeFor = 0;
        var (parent, pair, place) = (record.Parent, record.Children!, record.SecondPlace);
        var children = _nodes[parent].Children!.ToList();
        if (pair.Length != 2 || children.Count >= ChildrenMax || !IsAtOrAbove(parent, from))
        {
            return;
        }

        children[children.IndexOf(made)] = pair[0];
        children.Insert(Math.Min(place, children.Count), pair[1]);
        _nodes.Edit(parent).Children = [.. children];
        Hang(pair[0], parent);
        Hang(pair[1], parent);
        FreeRow(made);
    }

    /// <summary>A node with one child left gives its place to it. Returns the lowest node that is still there.</summary>
    int Collapse(int node)
    {
        if (node == Root || _nodes[node].Children!.Length > 1)
        {
            return node;
        }

        var (parent, only) = (_nodes[node].Parent, _nodes[node].Children![0]);
        Replace(parent, node, only);
        Hang(only, parent);
        FreeRow(node);
        return parent;
    }

    bool IsAtOrAbove(int node, int below)
    {
        while (below != node && below != TopicNode.NoParent)
        {
            below = _nodes[below].Parent;
        }

        return below == node;
    }
}
