using Archicortex.Documents;

namespace Archicortex.Testing.Corpora;

/// <summary>Invented notes about a handful of subjects, with names, numbers and dates in them.</summary>
static class Chronicle
{
    static readonly string[] People = ["Ottla Brenning", "Ruvan Teshk", "Maribel Oxward", "Jonty Quell", "Sanna Virro", "Pim Aldergate"];
    static readonly string[] Towns = ["Skarholm", "Velmere", "Upper Dravin", "Port Essel", "Nordhaven"];

    static readonly (string Title, string[] Sentences)[] Subjects =
    [
        ("The ferry", [
            "The ferry {name} leaves {town} at {number} in the morning.", "Its engine was rebuilt in {year} by {person}.",
            "{person} has steered the ferry across the strait for {number} winters.", "The ferry carries timber and mail to the islands."]),
        ("The orchard", [
            "The orchard above {town} has {number} apple trees.", "{person} grafted the old cherry trees in {year}.",
            "Cider from the orchard is pressed in October.", "Frost killed {number} saplings in the orchard last spring."]),
        ("The observatory", [
            "The observatory near {town} opened in {year}.", "{person} ground the mirror of the telescope by hand.",
            "The telescope saw a comet {number} nights in a row.", "Astronomers sleep by day in the dome's cellar."]),
        ("The choir", [
            "The choir of {town} sings on the first Sunday.", "{person} became conductor of the choir in {year}.",
            "The choir bought {number} candles for the winter concert.", "Their organ has {number} pipes and a cracked bellows."]),
        ("The quarry", [
            "The quarry at {town} sold {number} tons of basalt.", "{person} was foreman of the quarry until {year}.",
            "Granite from the quarry paves the harbour.", "A crane fell into the quarry in {year}."]),
    ];

    /// <summary>Notes in the order of their days.</summary>
    /// <param name="seed">Other seeds, other notes.</param>
    /// <param name="count">How many.</param>
    public static IReadOnlyList<Document> Notes(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(index => Note(random, index))];
    }

    static Document Note(Random random, int index)
    {
        var (title, sentences) = Subjects[random.Next(Subjects.Length)];
        var chosen = sentences.Where(_ => random.Next(3) > 0).DefaultIfEmpty(sentences[0]);
        return new Document(string.Join(' ', chosen.Select(sentence => Filled(sentence, random))))
        {
            Id = $"note-{index}",
            Title = random.Next(2) == 0 ? title : null,
            Time = new DateTimeOffset(2031, 1, 1, 8, 0, 0, TimeSpan.Zero).AddDays(index),
        };
    }

    static string Filled(string sentence, Random random) => sentence
        .Replace("{person}", People[random.Next(People.Length)], StringComparison.Ordinal)
        .Replace("{name}", "Grey " + Towns[random.Next(Towns.Length)], StringComparison.Ordinal)
        .Replace("{town}", Towns[random.Next(Towns.Length)], StringComparison.Ordinal)
        .Replace("{year}", (1900 + random.Next(120)).ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{number}", (2 + random.Next(400)).ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
