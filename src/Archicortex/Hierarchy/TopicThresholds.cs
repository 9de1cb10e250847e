namespace Archicortex.Hierarchy;

/// <summary>What a cosine of topic vectors has to reach to mean something.</summary>
/// <remarks>
/// Measured with <see cref="TopicFeatures"/> on 20,000 random pairs each of encyclopedia passages, turns of chats, statements
/// about people, abstracts of engineering papers and this project's own documentation: 97 % of pairs stay below .20 … .25,
/// 99.5 % below .30 … .38. Fixed, so that a tree does not depend on when a threshold was last measured.
/// </remarks>
static class TopicThresholds
{
    /// <summary>Two texts that say the same.</summary>
    public const float Same = 0.98f;

    /// <summary>A question and a topic worth showing: less than for two passages, since a question has few words.</summary>
    public const double Related = 0.15;

    // .22 · (.36/.22)^(d/8), written out: a power may differ in its last bit from machine to machine.
    static readonly float[] ByDepth = [.22f, .2340f, .2488f, .2646f, .2814f, .2993f, .3183f, .3385f, .36f];

    /// <summary>
    /// What a passage must reach to go below a child of a node: the deeper, the more. From depth 8 on it stays; it never
    /// depends on how deep the tree is now.
    /// </summary>
    /// <param name="depth">The node's depth, 0 for the root.</param>
    public static float Theta(int depth) => ByDepth[Math.Min(depth, ByDepth.Length - 1)];
}
