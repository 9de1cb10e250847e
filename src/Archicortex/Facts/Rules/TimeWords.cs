using System.Collections.Frozen;

namespace Archicortex.Facts.Rules;

/// <summary>Words without which, or a digit, no sentence names a time: most sentences need not be searched.</summary>
static class TimeWords
{
    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Words = FrozenSet.ToFrozenSet(
        ("yesterday today tomorrow tonight recently lately morning evening "
        + "afternoon night noon midnight week weeks weekend weekends month months year years day days decade decades century "
        + "spring summer autumn fall winter monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat "
        + "sun january february march april may june july august september october november december jan feb mar apr jun jul "
        + "aug sep sept oct nov dec christmas easter halloween thanksgiving valentine eve").Split(' '),
        StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <param name="word">Folded letters.</param>
    public static bool Contains(ReadOnlySpan<char> word) => Words.Contains(word);
}
