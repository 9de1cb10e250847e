namespace Archicortex.Recall;

/// <summary>How the HippoRAG presets recall. The defaults are those of the papers.</summary>
/// <remarks>HippoRAG: arXiv 2405.14831 (NeurIPS 2024); HippoRAG 2: arXiv 2502.14802 (ICML 2025).</remarks>
public sealed record HippoOptions
{
    /// <summary>Facts that a question is linked to, 1 … 100. Default 5. Ignored by <see cref="RecallStrategy.Hippo1"/>.</summary>
    public int LinkedFacts { get; init; } = 5;

    /// <summary>
    /// How linked facts are checked before they seed the walk. Default <see cref="FactChoice.Auto"/>. Ignored by
    /// <see cref="RecallStrategy.Hippo1"/>.
    /// </summary>
    public FactChoice Choice { get; init; }

    /// <summary>
    /// Entities named in the question seed the walk too. Default false, as in the paper. Ignored by
    /// <see cref="RecallStrategy.Hippo1"/>, which starts from nothing else.
    /// </summary>
    public bool EntityAnchors { get; init; }

    /// <summary>Weight of passages among the seeds, [0, 10]. Default .05. Ignored by <see cref="RecallStrategy.Hippo1"/>.</summary>
    public double PassageWeight { get; init; } = 0.05;

    /// <summary>
    /// Passages that seed the walk, the best by text or vector, ≥ 1; null, the default, is all of them as in the paper: their
    /// weight then grows with the memory until the walk is a plain search. Ignored by <see cref="RecallStrategy.Hippo1"/>.
    /// </summary>
    public int? SeedPassages { get; init; }

    /// <summary>Chance of walking on rather than restarting, (0, 1). Default .5.</summary>
    public double Damping { get; init; } = 0.5;

    /// <summary>
    /// Cosine from which two names are joined as synonyms, (0, 1]; null, the default, is what the embedder in force was
    /// calibrated to (.8 for models), and .8 where names are compared by their letters.
    /// </summary>
    public double? SynonymCosine { get; init; }

    internal void Check()
    {
        CheckRange(LinkedFacts is >= 1 and <= 100, LinkedFacts, nameof(LinkedFacts), "between 1 and 100");
        CheckRange(PassageWeight is >= 0 and <= 10, PassageWeight, nameof(PassageWeight), "between 0 and 10");
        CheckRange(SeedPassages is null or >= 1, SeedPassages ?? 0, nameof(SeedPassages), "at least 1, or null for all");
        CheckRange(Damping is > 0 and < 1, Damping, nameof(Damping), "between 0 and 1, both excluded");
        CheckRange(SynonymCosine is null or (> 0 and <= 1), SynonymCosine ?? 0, nameof(SynonymCosine), "in (0, 1]");
    }

    static void CheckRange(bool isInside, double value, string name, string rule)
    {
        if (!isInside)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be {rule}.");
        }
    }
}

/// <summary>How the facts that a question was linked to are checked (recognition memory).</summary>
public enum FactChoice
{
    /// <summary>By the chat model if the memory has one, else not at all.</summary>
    Auto,

    /// <summary>All are taken.</summary>
    All,

    /// <summary>Those that share a word with the question that is no stop word.</summary>
    SharedWords,

    /// <summary>Those that the chat model finds relevant.</summary>
    Model,
}
