namespace Archicortex.Numerics;

/// <summary>How alike two words are written, in [0, 1]; 1 for equal ones.</summary>
/// <remarks>
/// Jaro counts letters that both have at about the same place, Winkler lifts words that begin alike: slips of the pen come late in
/// a word. Winkler 1990, "String comparator metrics and enhanced decision rules in the Fellegi-Sunter model of record linkage".
/// </remarks>
static class JaroWinkler
{
    const int PrefixMax = 4;
    const double PrefixGain = 0.1;
    const int OnStackMax = 64;

    public static double Of(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        if (one.SequenceEqual(other))
        {
            return 1;
        }

        if (one.IsEmpty || other.IsEmpty)
        {
            return 0;
        }

        var jaro = Jaro(one, other);
        var prefix = Math.Min(PrefixMax, one.CommonPrefixLength(other));
        return jaro + (prefix * PrefixGain * (1 - jaro));
    }

    static double Jaro(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        var isTaken = other.Length <= OnStackMax ? stackalloc bool[other.Length] : new bool[other.Length];
        var matched = one.Length <= OnStackMax ? stackalloc char[one.Length] : new char[one.Length];
        var window = Math.Max(0, (Math.Max(one.Length, other.Length) / 2) - 1);
        var count = 0;
        for (var i = 0; i < one.Length; i++)
        {
            for (var j = Math.Max(0, i - window); j < Math.Min(other.Length, i + window + 1); j++)
            {
                if (!isTaken[j] && one[i] == other[j])
                {
                    isTaken[j] = true;
                    matched[count++] = one[i];
                    break;
                }
            }
        }

        if (count == 0)
        {
            return 0;
        }

        double share = count;
        return ((share / one.Length) + (share / other.Length) + ((share - (Swapped(matched[..count], other, isTaken) / 2.0)) / share)) / 3;
    }

    /// <summary>Letters that both have, but in another order.</summary>
    static int Swapped(ReadOnlySpan<char> matched, ReadOnlySpan<char> other, ReadOnlySpan<bool> isTaken)
    {
        var (swapped, at) = (0, 0);
        for (var j = 0; j < other.Length; j++)
        {
            if (isTaken[j])
            {
                swapped += matched[at++] == other[j] ? 0 : 1;
            }
        }

        return swapped;
    }
}
