using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Archicortex.Numerics;

/// <summary>Sums and products of vectors of small whole numbers: exact, and so the same on every machine and in every order.</summary>
/// <remarks>Numbers are −127 … 127; −128 would overflow a product. Lengths are multiples of 32.</remarks>
static class Int8
{
    public const int Max = 127;

    const int Lanes = 32;

    /// <summary>Sum of products. O(n); exact for vectors of up to 100,000 numbers.</summary>
    public static int Dot(ReadOnlySpan<sbyte> first, ReadOnlySpan<sbyte> second)
    {
        var sum = Vector256<int>.Zero;
        ref var a = ref MemoryMarshal.GetReference(first);
        ref var b = ref MemoryMarshal.GetReference(second[..first.Length]);
        for (nuint i = 0; i < (nuint)first.Length; i += Lanes)
        {
            var (lowA, highA) = Vector256.Widen(Vector256.LoadUnsafe(ref a, i));
            var (lowB, highB) = Vector256.Widen(Vector256.LoadUnsafe(ref b, i));

            // Two products of at most 127² fit into 16 bits together.
            var (low, high) = Vector256.Widen((lowA * lowB) + (highA * highB));
            sum += low + high;
        }

        return Vector256.Sum(sum);
    }

    /// <summary>Adds a vector to a sum.</summary>
    public static void Add(Span<int> sum, ReadOnlySpan<sbyte> vector) => AddSigned(sum, vector, isAdded: true);

    /// <summary>Takes a vector out of a sum: the exact inverse of <see cref="Add"/>.</summary>
    public static void Subtract(Span<int> sum, ReadOnlySpan<sbyte> vector) => AddSigned(sum, vector, isAdded: false);

    /// <summary>A sum as a vector that points the same way, its largest number ±127; all zero for a sum of nothing.</summary>
    /// <param name="sum">The sum.</param>
    /// <param name="direction">Output, as long as the sum.</param>
    public static void Direction(ReadOnlySpan<int> sum, Span<sbyte> direction)
    {
        var most = Math.Abs(TensorPrimitives.MaxMagnitude(sum));
        var scale = Vector256.Create(most == 0 ? 0 : (float)Max / most);
        ref var source = ref MemoryMarshal.GetReference(sum[..direction.Length]);
        ref var target = ref MemoryMarshal.GetReference(direction);
        for (nuint i = 0; i < (nuint)direction.Length; i += Lanes)
        {
            var low = Vector256.Narrow(Scaled(ref source, i, scale), Scaled(ref source, i + 8, scale));
            var high = Vector256.Narrow(Scaled(ref source, i + 16, scale), Scaled(ref source, i + 24, scale));
            Vector256.Narrow(low, high).StoreUnsafe(ref target, i);
        }
    }

    /// <summary>1 / length; 0 for a vector that is all zero, so that its cosine with anything is 0.</summary>
    public static float InverseNorm(ReadOnlySpan<sbyte> vector)
    {
        var square = Dot(vector, vector);
        return square == 0 ? 0 : (float)(1 / Math.Sqrt(square));
    }

    static Vector256<int> Scaled(ref int source, nuint at, Vector256<float> scale) =>
        Vector256.ConvertToInt32(Vector256.Round(Vector256.ConvertToSingle(Vector256.LoadUnsafe(ref source, at)) * scale));

    static void AddSigned(Span<int> sum, ReadOnlySpan<sbyte> vector, bool isAdded)
    {
        ref var source = ref MemoryMarshal.GetReference(vector);
        ref var target = ref MemoryMarshal.GetReference(sum[..vector.Length]);
        for (nuint i = 0; i < (nuint)vector.Length; i += Lanes)
        {
            var numbers = Vector256.LoadUnsafe(ref source, i);
            var (low, high) = Vector256.Widen(isAdded ? numbers : -numbers);
            var (first, second) = Vector256.Widen(low);
            var (third, fourth) = Vector256.Widen(high);
            (Vector256.LoadUnsafe(ref target, i) + first).StoreUnsafe(ref target, i);
            (Vector256.LoadUnsafe(ref target, i + 8) + second).StoreUnsafe(ref target, i + 8);
            (Vector256.LoadUnsafe(ref target, i + 16) + third).StoreUnsafe(ref target, i + 16);
            (Vector256.LoadUnsafe(ref target, i + 24) + fourth).StoreUnsafe(ref target, i + 24);
        }
    }
}
