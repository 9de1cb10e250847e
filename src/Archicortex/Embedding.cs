using Archicortex.Models;

namespace Archicortex;

/// <summary>How an embedder is taken into use.</summary>
public sealed record UseEmbedderOptions
{
    /// <summary>What is embedded. Default: passages, facts and names of entities. Each kind costs its number of texts.</summary>
    public EmbeddingUnits Units { get; init; } = EmbeddingUnits.All;

    /// <summary>Texts embedded and kept at a time, 1 … 10,000. Default 64. What is lost when a run is killed.</summary>
    public int BatchSize { get; init; } = 64;

    internal void Check()
    {
        if (BatchSize is < 1 or > 10_000)
        {
            throw new ArgumentOutOfRangeException(nameof(BatchSize), BatchSize, "BatchSize must be between 1 and 10,000.");
        }

        if (Units == EmbeddingUnits.None || (Units & ~EmbeddingUnits.All) != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(Units), Units, "Units must be one or more of Passages, Facts and Entities.");
        }
    }
}

/// <summary>How far embedding is.</summary>
/// <param name="Kind">What is being embedded.</param>
/// <param name="Done">Units of this kind done in this run.</param>
/// <param name="Total">Units of this kind that had no vector when the run came to them.</param>
/// <param name="Embedded">Texts that the embedder was asked for so far; the others were found among the vectors kept.</param>
public readonly record struct EmbeddingProgress(EmbeddingUnits Kind, int Done, int Total, long Embedded);

/// <summary>The vectors of a memory.</summary>
/// <param name="Epoch">The embedder in force.</param>
/// <param name="IsAvailable">True if the memory was opened with that embedder, so that questions can be embedded.</param>
/// <param name="LastFailure">Why what was remembered last has no vectors yet; null if all went well. The next recall that needs them tries again.</param>
public sealed record EmbeddingStatus(EmbeddingEpoch Epoch, bool IsAvailable, string? LastFailure);
