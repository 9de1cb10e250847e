using Archicortex.Hierarchy;

namespace Archicortex.Testing.Corpora;

/// <summary>Vectors and texts about made-up topics, and sequences of comings and goings.</summary>
static class Topics
{
    static readonly string[] Words = ("anchor apple bakery barley basalt beacon bicycle bridge candle canyon carpet cello cherry "
        + "clock cobalt comet copper coral crane dahlia desert drum eagle ember falcon ferry fiddle flint forest fossil garden ginger "
        + "glacier granite guitar hammer harbour hazel heron honey iris island ivory jasper kettle lantern lavender ledger lemon loom "
        + "maple marble market meadow mirror mustard needle nettle oboe olive orchard otter oyster parsley pebble pepper piano pigeon "
        + "planet pottery quarry quilt rabbit raven river saddle saffron salmon satchel sextant shepherd silver sparrow spruce thimble "
        + "thistle timber trumpet tulip tunnel turbine valley velvet violin walnut weaver willow window winter wool yarrow").Split(' ');

    static readonly TopicFeatures Features = new();

    /// <summary>A text about one of some topics: half its words are the topic's.</summary>
    public static string Text(Random random, int topics)
    {
        var topic = random.Next(topics);
        return string.Join(' ', Enumerable.Range(0, random.Next(3, 30)).Select(_ =>
            random.Next(2) == 0 ? Words[((topic * 7) + random.Next(7)) % Words.Length] : Words[random.Next(Words.Length)]));
    }

    /// <summary>A passage's vector: mostly about a topic, sometimes the very text of another, sometimes without any word.</summary>
    public static TopicVector Vector(Random random) => random.Next(10) switch
    {
        0 => Features.Of(""),
        1 => Features.Of("anchor apple bakery barley"),
        2 => Features.Of(Words[random.Next(Words.Length)]),
        _ => Features.Of(Text(random, 12)),
    };
}
