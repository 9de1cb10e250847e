using System.Numerics.Tensors;
using Archicortex.Numerics;

namespace Archicortex.Models;

/// <summary>Quantiles of cosines, rounded to six digits.</summary>
/// <param name="Q50">Half are below.</param>
/// <param name="Q90">90 % are below.</param>
/// <param name="Q95">95 %.</param>
/// <param name="Q97">97 %.</param>
/// <param name="Q99">99 %.</param>
/// <param name="Q995">99.5 %.</param>
/// <param name="Q999">99.9 %.</param>
public sealed record CosineQuantiles(double Q50, double Q90, double Q95, double Q97, double Q99, double Q995, double Q999)
{
    const int Digits = 6;

    /// <param name="cosines">At least one; sorted in place.</param>
    internal static CosineQuantiles Of(Span<float> cosines)
    {
        cosines.Sort();
        return new(At(cosines, .5), At(cosines, .9), At(cosines, .95), At(cosines, .97), At(cosines, .99), At(cosines, .995), At(cosines, .999));
    }

    static double At(ReadOnlySpan<float> sorted, double share) =>
        Math.Round(sorted[Math.Max(0, (int)Math.Ceiling((share * sorted.Length) - 1e-9) - 1)], Digits);
}

/// <summary>How the cosines of one embedder are spread over the texts of one memory.</summary>
/// <remarks>
/// From at most 2,000 distinct texts, the first by the hash of what they say, and 20,000 pairs of them drawn by a seeded
/// generator: the same texts give the same table, in whatever order they came.
/// </remarks>
/// <param name="Units">Texts in the sample.</param>
/// <param name="Pairs">Cosines of pairs drawn at random.</param>
/// <param name="Nearest">Cosine of each text with the nearest other one in the sample.</param>
public sealed record Calibration(int Units, CosineQuantiles Pairs, CosineQuantiles Nearest)
{
    /// <summary>Texts that are looked at.</summary>
    public const int UnitsMax = 2000;

    /// <summary>Pairs that are drawn.</summary>
    public const int PairsDrawn = 20_000;

    /// <summary>With fewer texts the defaults hold.</summary>
    public const int UnitsMin = 50;

    const ulong Seed = 0x5EED_CA11_B7A7_E001;

    /// <param name="sample">Unit vectors, in the order of their texts' keys; those that are all zero left out.</param>
    /// <param name="cancellationToken">Stops between texts: two thousand take two million products.</param>
    internal static Calibration? Of(IReadOnlyList<ReadOnlyMemory<float>> sample, CancellationToken cancellationToken)
    {
        if (sample.Count < 2)
        {
            return null;
        }

        return new(sample.Count, CosineQuantiles.Of(Drawn(sample)), CosineQuantiles.Of(NearestOf(sample, cancellationToken)));
    }

    static float[] Drawn(IReadOnlyList<ReadOnlyMemory<float>> sample)
    {
        var cosines = new float[PairsDrawn];
        for (var draw = 0; draw < cosines.Length; draw++)
        {
            var first = (int)(StableHash.Of(Seed, (ulong)draw * 2) % (ulong)sample.Count);
            var step = 1 + (int)(StableHash.Of(Seed, ((ulong)draw * 2) + 1) % (ulong)(sample.Count - 1));
            cosines[draw] = TensorPrimitives.Dot(sample[first].Span, sample[(first + step) % sample.Count].Span);
        }

        return cosines;
    }

    static float[] NearestOf(IReadOnlyList<ReadOnlyMemory<float>> sample, CancellationToken cancellationToken)
    {
        var nearest = new float[sample.Count];
        Array.Fill(nearest, -1);
        for (var i = 0; i < nearest.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var j = i + 1; j < nearest.Length; j++)
            {
                var cosine = TensorPrimitives.Dot(sample[i].Span, sample[j].Span);
                nearest[i] = Math.Max(nearest[i], cosine);
                nearest[j] = Math.Max(nearest[j], cosine);
            }
        }

        return nearest;
    }
}
