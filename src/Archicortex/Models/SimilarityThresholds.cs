namespace Archicortex.Models;

/// <summary>What a cosine of one embedder has to reach to mean something; a number by itself says nothing.</summary>
/// <remarks>
/// One embedder puts two texts that have nothing in common at .01, another at .6: a published .8 would link nothing, or
/// everything. So rules name a threshold, and its value comes from the memory's own vectors (<see cref="Calibration"/>).
/// </remarks>
/// <param name="Related">Worth looking at: one pair in 33 reaches it.</param>
/// <param name="TreeRoot">Belongs below the root of a tree of topics.</param>
/// <param name="TreeDeep">Belongs below a deep node of such a tree.</param>
/// <param name="Link">Two notes that are to be associated.</param>
/// <param name="Merge">May be proposed for merging.</param>
/// <param name="Duplicate">Says the same.</param>
/// <param name="Synonym">Two names of one thing.</param>
/// <param name="Seed">Like a question: as near as half of the texts are to their nearest. What is less near is noise to a walk.</param>
public sealed record SimilarityThresholds(
    double Related, double TreeRoot, double TreeDeep, double Link, double Merge, double Duplicate, double Synonym, double Seed)
{
    const double NeuralSynonym = 0.8;
    const double MergeShare = 0.92;

    /// <summary>What holds until enough texts are embedded: a guess by the kind of embedder, not measured on the memory.</summary>
    /// <param name="embedder">Identity of the embedder: "hashed-…", "lsa-…", or a model's.</param>
    public static SimilarityThresholds Default(string embedder)
    {
        ArgumentNullException.ThrowIfNull(embedder);
        return embedder.StartsWith("hashed-", StringComparison.Ordinal) ? new(.10, .10, .18, .14, .30, .85, .30, .18)
            : embedder.StartsWith("lsa-", StringComparison.Ordinal) ? new(.23, .23, .40, .34, .55, .92, .55, .40)
            : new(.55, .55, .70, .65, .80, .95, NeuralSynonym, .65);
    }

    /// <summary>The thresholds of a calibration; the defaults if it has too few units.</summary>
    /// <param name="embedder">Identity of the embedder.</param>
    /// <param name="calibration">Quantiles of its cosines; null: none.</param>
    public static SimilarityThresholds Of(string embedder, Calibration? calibration)
    {
        var defaults = Default(embedder);
        if (calibration is null || calibration.Units < Calibration.UnitsMin)
        {
            return defaults;
        }

        var (pairs, nearest) = (calibration.Pairs, calibration.Nearest);
        return new(
            pairs.Q97, pairs.Q97, pairs.Q995, pairs.Q99,
            Math.Max(pairs.Q999, MergeShare * nearest.Q99),
            Math.Max(nearest.Q999, defaults.Duplicate),
            defaults.Synonym == NeuralSynonym ? NeuralSynonym : pairs.Q999,
            nearest.Q50);
    }
}
