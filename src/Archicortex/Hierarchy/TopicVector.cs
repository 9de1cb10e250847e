using System.Runtime.CompilerServices;

namespace Archicortex.Hierarchy;

/// <summary>What a passage is about, as 512 small whole numbers: hashed words (see <see cref="TopicFeatures"/>).</summary>
[InlineArray(Dimension)]
struct TopicVector
{
    public const int Dimension = 512;

    sbyte _first;
}

/// <summary>Where a passage hangs in the tree of topics.</summary>
/// <param name="Parent">Its node; −1: nowhere, it is forgotten.</param>
/// <param name="InverseNorm">1 / length of its vector.</param>
/// <param name="Key">Hash of its content id: what it adds to the leaf set of each node above it.</param>
readonly record struct TopicLeaf(int Parent, float InverseNorm, ulong Key)
{
    public const int Nowhere = -1;
}

/// <summary>A topic: a node with children. All but parent and children is worked out from what lies below it.</summary>
struct TopicNode
{
    public const int NoParent = -1;

    /// <summary>The node above; −1 for the root.</summary>
    public int Parent;

    /// <summary>Children in order, as <see cref="TopicChild"/> codes; never changed in place, for frozen copies share them. Null: the row is free.</summary>
    public int[]? Children;

    /// <summary>The way the vectors of its leaves point together; changed in place only before readers have seen it.</summary>
    public sbyte[] Direction;

    /// <summary>How often the tree had been frozen when the direction was made.</summary>
    public int DirectionEpoch;

    /// <summary>Sum of its leaves' keys: the name of the set of its leaves, in whatever order they came.</summary>
    public ulong LeafSet;

    /// <summary>1 / length of the direction.</summary>
    public float InverseNorm;

    /// <summary>Passages below it.</summary>
    public int LeafCount;

    /// <summary>1 + the passage for which two siblings were put together under this node; 0: it came about otherwise.</summary>
    public int MadeFor;

    /// <summary>Where the second of those two stood among its siblings.</summary>
    public byte SecondPlace;

    /// <summary>Steps down to its deepest leaf, and to its nearest.</summary>
    public byte Height, NearestLeaf;

    /// <summary>It, or a node below it, has room for another child.</summary>
    public bool HasRoom;
}

/// <summary>A child of a topic in one number: a node is its row, a leaf the complement of its passage's row.</summary>
static class TopicChild
{
    public const int None = int.MinValue;

    public static int OfLeaf(int passage) => ~passage;

    public static bool IsLeaf(int child) => child < 0;

    public static int Passage(int child) => ~child;
}
