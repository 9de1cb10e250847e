using Archicortex.Models;
using Archicortex.Numerics;

namespace Archicortex;

/// <summary>Which embedder's vectors the memory compares.</summary>
/// <remarks>The vectors themselves are no part of the views: they are made from texts and kept beside the log.</remarks>
sealed partial class MemoryViews
{
    /// <summary>The embedder in force; null: none was taken into use.</summary>
    public EmbeddingEpoch? Epoch { get; private set; }

    /// <summary>Identity and extent, not the quantiles: their last digits may differ between machines, and nothing is decided by them.</summary>
    void AddEpoch(ContentHash hash)
    {
        if (Epoch is { } epoch)
        {
            hash.Add(epoch.Embedder).Add(epoch.Dimension).Add((int)epoch.Units)
                .Add(epoch.Passages?.Units ?? 0).Add(epoch.Facts?.Units ?? 0).Add(epoch.Entities?.Units ?? 0);
        }
    }

    void SaveEpoch(BlockWriter writer)
    {
        writer.Write(Epoch?.Embedder);
        if (Epoch is { } epoch)
        {
            writer.Write((epoch.Dimension, (int)epoch.Units));
            foreach (var calibration in new[] { epoch.Passages, epoch.Facts, epoch.Entities })
            {
                writer.Write(calibration?.Units ?? -1);
                if (calibration is not null)
                {
                    Save(writer, calibration.Pairs);
                    Save(writer, calibration.Nearest);
                }
            }
        }
    }

    static EmbeddingEpoch? LoadEpoch(BlockReader reader)
    {
        if (reader.ReadText() is not { } embedder)
        {
            return null;
        }

        var (dimension, units) = reader.Read<(int, int)>();
        return new EmbeddingEpoch(embedder, dimension, (EmbeddingUnits)units)
        {
            Passages = LoadCalibration(reader),
            Facts = LoadCalibration(reader),
            Entities = LoadCalibration(reader),
        };
    }

    static Calibration? LoadCalibration(BlockReader reader) =>
        reader.ReadInt() is >= 0 and var units ? new Calibration(units, LoadQuantiles(reader), LoadQuantiles(reader)) : null;

    static void Save(BlockWriter writer, CosineQuantiles quantiles) => writer.Write<double>(
        [quantiles.Q50, quantiles.Q90, quantiles.Q95, quantiles.Q97, quantiles.Q99, quantiles.Q995, quantiles.Q999]);

    static CosineQuantiles LoadQuantiles(BlockReader reader) => reader.ReadArray<double>() is [var q50, var q90, var q95, var q97, var q99, var q995, var q999]
        ? new(q50, q90, q95, q97, q99, q995, q999)
        : throw new InvalidDataException("A calibration has seven quantiles.");
}
