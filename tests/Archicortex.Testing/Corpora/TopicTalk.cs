namespace Archicortex.Testing.Corpora;

/// <summary>Invented chats that go from topic to topic, with the places where they do.</summary>
public static class TopicTalk
{
    static readonly string[][] Words =
    [
        "kettle stove boil tea leaves spout copper steam cup whistle".Split(' '),
        "harbour ferry rope anchor deck sail buoy tide captain crew".Split(' '),
        "violin bow string concert rehearsal score tuning cello encore stage".Split(' '),
        "garden spade tulip compost seed rake greenhouse soil weed hedge".Split(' '),
        "passport luggage airport gate boarding visa hotel suitcase runway customs".Split(' '),
        "puppy leash vet kennel collar bark treat fetch paw basket".Split(' '),
        "mortgage bank loan deposit interest broker contract rent landlord lease".Split(' '),
    ];

    static readonly string[] Between = "I think the and we will it was so you did have for me not yet then to of maybe".Split(' ');

    /// <param name="random">Draws them.</param>
    /// <param name="topics">How many stretches.</param>
    /// <param name="turnsMin">The fewest turns of a stretch.</param>
    /// <param name="turnsMax">The most.</param>
    /// <returns>The turns, and the turn each stretch but the first starts at.</returns>
    public static (List<string> Turns, List<int> Starts) Concatenated(Random random, int topics, int turnsMin = 5, int turnsMax = 15)
    {
        var turns = new List<string>();
        var starts = new List<int>();
        var topic = -1;
        for (var i = 0; i < topics; i++)
        {
            topic = (topic + 1 + random.Next(Words.Length - 1)) % Words.Length;
            if (i > 0)
            {
                starts.Add(turns.Count);
            }

            for (var turn = random.Next(turnsMin, turnsMax + 1); turn > 0; turn--)
            {
                turns.Add(string.Join(' ', Enumerable.Range(0, random.Next(6, 12)).Select(_ => random.Next(5) < 2 ? Pick(random, Words[topic]) : Pick(random, Between))));
            }
        }

        return (turns, starts);
    }

    static string Pick(Random random, string[] words) => words[random.Next(words.Length)];
}
