using System.Collections.Frozen;

namespace Archicortex.Language;

/// <summary>Words that say nothing about what a text is about. They are indexed, but never lead from passage to passage.</summary>
static class StopWords
{
    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Words = FrozenSet.ToFrozenSet(
        ("a an the of in on at to for from by with and or is are was were be been being as that this these those it its "
        + "his her he she they them their which who whom whose what when where why how did do does done had has have "
        + "having will would can could may might shall should not no into than then there here about over under between "
        + "during after before also s t").Split(' '),
        StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <param name="word">Folded form.</param>
    public static bool Contains(ReadOnlySpan<char> word) => Words.Contains(word);

    /// <summary>True if a sentence says the same without the word: a stop word, but no denial.</summary>
    /// <param name="word">Folded form.</param>
    public static bool SaysNothing(ReadOnlySpan<char> word) => Contains(word) && word is not "not" and not "no";
}
