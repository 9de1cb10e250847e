using System.Text.Json;
using System.Text.RegularExpressions;

namespace Archicortex.Testing.Models;

/// <summary>Plays a model that extracts names and statements: a fixed function of the passage in the prompt.</summary>
/// <remarks>Names are runs of capitalised words; each name of a sentence is linked to the next one by the words between them.</remarks>
public static partial class ScriptedOpenIe
{
    /// <summary>The reply to a conversation of the extractor: to its last message that holds a passage.</summary>
    /// <param name="messages">The contents of the user's messages, in order.</param>
    public static string Reply(IEnumerable<string> messages)
    {
        var asked = messages.Last(message => message.StartsWith("<<<text", StringComparison.Ordinal));
        var text = PassageOf(asked);
        return asked.Contains("\nNames:\n", StringComparison.Ordinal)
            ? JsonSerializer.Serialize(new { triples = Triples(text) })
            : JsonSerializer.Serialize(new { named_entities = Names(text) });
    }

    /// <summary>What stands between the first marks of a message.</summary>
    public static string PassageOf(string message) => Enclosed().Match(message).Groups[2].Value;

    public static IReadOnlyList<string> Names(string text) => [.. Name().Matches(text).Select(match => match.Value).Distinct()];

    public static IReadOnlyList<string[]> Triples(string text)
    {
        var triples = new List<string[]>();
        foreach (var sentence in text.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            var names = Name().Matches(sentence);
            for (var i = 0; i + 1 < names.Count; i++)
            {
                var relation = sentence[(names[i].Index + names[i].Length)..names[i + 1].Index].Trim(' ', ',');
                triples.Add([names[i].Value, relation.Length > 0 ? relation : "is with", names[i + 1].Value]);
            }
        }

        return triples;
    }

    [GeneratedRegex(@"<<<text ([0-9a-f]{16})\n(.*?)\ntext \1>>>", RegexOptions.Singleline)]
    private static partial Regex Enclosed();

    [GeneratedRegex(@"\b[A-Z]\w*(?: [A-Z]\w*)*")]
    private static partial Regex Name();
}
