namespace Archicortex.Graph;

/// <summary>What a node of the graph stands for.</summary>
enum NodeKind : byte
{
    /// <summary>A name.</summary>
    Phrase,

    /// <summary>A passage.</summary>
    Passage,
}

/// <summary>A node of one snapshot of the graph.</summary>
/// <param name="Kind">Name or passage.</param>
/// <param name="Row">Its row in the table of its kind.</param>
readonly record struct NodeId(NodeKind Kind, int Row)
{
    public static NodeId Phrase(int row) => new(NodeKind.Phrase, row);

    public static NodeId Passage(int row) => new(NodeKind.Passage, row);
}
