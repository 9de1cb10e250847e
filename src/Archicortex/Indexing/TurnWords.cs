using System.Collections.Frozen;
using Archicortex.Language;

namespace Archicortex.Indexing;

/// <summary>Which words of a turn and of a question about turns count, and under which stem.</summary>
static class TurnWords
{
    const string Turn = "a an and are as at be but by for if in into is it no not of on or such that the their then there these they this to was will with";

    const string Asking = "what which who whom whose what when where why how do does did has have had i you he she we me my your his her our us them "
        + "its from about";

    // Rests of "didn't", "they're", "we'll": in a question they ask for nothing.
    const string Rests = "t d ll m re ve don didn doesn isn aren wasn weren hasn haven hadn won wouldn couldn shouldn";

    const string Auxiliary = "am been being were would could should can may might must shall him hers some any many much more most other than so too very "
        + "just also only own same here because while during before after until since all both each";

    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> TurnStops = SetOf(Turn);
    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> QuestionStops = SetOf($"{Turn} {Asking} {Rests}");
    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> NoNames = SetOf($"{Turn} {Asking} {Rests} {Auxiliary}");

    /// <summary>True for words that are not indexed.</summary>
    /// <param name="word">Folded form.</param>
    public static bool IsStop(ReadOnlySpan<char> word) => TurnStops.Contains(word);

    /// <summary>True for words of a question that do not say what it is about.</summary>
    /// <param name="word">Folded form.</param>
    public static bool IsAsking(ReadOnlySpan<char> word) => QuestionStops.Contains(word);

    /// <summary>False for words that are never names, whatever capital they are written with.</summary>
    /// <param name="word">Folded form.</param>
    public static bool MayBeName(ReadOnlySpan<char> word) => word.Length > 1 && !NoNames.Contains(word);

    /// <summary>The stem that all forms of a word share.</summary>
    /// <param name="word">Folded form.</param>
    public static string StemOf(ReadOnlySpan<char> word) => PorterStemmer.Stem(ChatForms.BaseOf(word) ?? word.ToString());

    static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> SetOf(string words) =>
        FrozenSet.ToFrozenSet(words.Split(' '), StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
}
