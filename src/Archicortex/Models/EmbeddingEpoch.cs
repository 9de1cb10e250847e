namespace Archicortex.Models;

/// <summary>What of a memory is embedded.</summary>
[Flags]
public enum EmbeddingUnits
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Passages: title, section, speaker and text.</summary>
    Passages = 1,

    /// <summary>Facts, as sentences of their three parts.</summary>
    Facts = 2,

    /// <summary>Names of entities that facts are about.</summary>
    Entities = 4,

    /// <summary>All of them.</summary>
    All = Passages | Facts | Entities,
}

/// <summary>The embedder whose vectors a memory compares, from one operation of its log to the next of that kind.</summary>
/// <param name="Embedder">Its identity.</param>
/// <param name="Dimension">Numbers its vectors have.</param>
/// <param name="Units">What is embedded.</param>
public sealed record EmbeddingEpoch(string Embedder, int Dimension, EmbeddingUnits Units)
{
    /// <summary>Spread of the cosines of passages; null if they are not embedded or too few.</summary>
    public Calibration? Passages { get; init; }

    /// <summary>Spread of the cosines of facts; null if they are not embedded or too few.</summary>
    public Calibration? Facts { get; init; }

    /// <summary>Spread of the cosines of names; null if they are not embedded or too few.</summary>
    public Calibration? Entities { get; init; }

    /// <summary>What cosines of one kind of unit have to reach: names are short, and spread unlike passages.</summary>
    /// <param name="kind">One kind.</param>
    public SimilarityThresholds Thresholds(EmbeddingUnits kind) => SimilarityThresholds.Of(Embedder, kind switch
    {
        EmbeddingUnits.Passages => Passages,
        EmbeddingUnits.Facts => Facts,
        EmbeddingUnits.Entities => Entities,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Thresholds are those of one kind: Passages, Facts or Entities."),
    });
}
