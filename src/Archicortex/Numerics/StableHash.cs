using System.Runtime.InteropServices;

namespace Archicortex.Numerics;

/// <summary>A fast 64-bit hash with constant seeds: the same value in every process and on every machine.</summary>
/// <remarks>
/// The runtime's string hash is seeded at start, so nothing that is stored or ordered may come from it. Mixing is the
/// multiply-and-fold step of wyhash; it is no protection against inputs made to collide.
/// </remarks>
static class StableHash
{
    const ulong First = 0xA0761D6478BD642F;
    const ulong Second = 0xE7037ED1A0B428DB;

    public static ulong Of(ReadOnlySpan<char> text, ulong seed = 0)
    {
        var hash = Mix(seed ^ First, (ulong)text.Length ^ Second);
        var words = MemoryMarshal.Cast<char, ulong>(text);
        foreach (var word in words)
        {
            hash = Mix(hash ^ word, Second);
        }

        ulong tail = 0;
        foreach (var c in text[(words.Length * 4)..])
        {
            tail = (tail << 16) | c;
        }

        return Mix(hash ^ tail, First);
    }

    public static ulong Of(ulong first, ulong second) => Mix(first ^ First, second ^ Second);

    static ulong Mix(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return high ^ low;
    }
}
