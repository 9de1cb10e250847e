using System.Collections.Frozen;
using Archicortex.Language;

namespace Archicortex.Hierarchy;

/// <summary>Words that name no topic: stop words, and what else a text about anything may say.</summary>
static class TopicWords
{
    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Empty = FrozenSet.ToFrozenSet(
        ("i you we me us my your our mine yours ours myself yourself himself herself itself themselves someone something anyone "
        + "anything everyone everything nothing nobody one ones if but because since while although though unless until so too very "
        + "really just like only even still again already yet ever never always often sometimes maybe perhaps quite rather such some "
        + "any all both each every few more most much many other another same own than out up down off upon within without through "
        + "across per via according due however therefore thus hence moreover ll ve re d m don didn doesn isn aren wasn weren won "
        + "wouldn couldn shouldn hasn haven hadn can cannot must let lets get gets got getting go goes going gone went come comes "
        + "came make makes made making take takes took taken give gives gave given say says said tell tells told know knows knew "
        + "known think thinks thought see sees saw seen want wants wanted use uses used using include includes including included "
        + "yes yeah yep no nope ok okay hey hi hello thanks thank please oh wow well great good nice cool lot lots thing things way "
        + "etc ie eg first second new now today").Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(),
        StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <param name="word">Folded form.</param>
    public static bool IsEmpty(ReadOnlySpan<char> word) => StopWords.Contains(word) || Empty.Contains(word);
}
