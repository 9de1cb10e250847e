using System.Text.Json.Serialization;
using System.Text.Json;

namespace Archicortex.Models;

/// <summary>How replies of the question side are read.</summary>
[JsonSourceGenerationOptions(
    AllowDuplicateProperties = false,
    MaxDepth = 16,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(NamesReply))]
[JsonSerializable(typeof(AnswerReply))]
[JsonSerializable(typeof(SummaryReply))]
[JsonSerializable(typeof(JsonDocument))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
sealed partial class ModelJson : JsonSerializerContext;

/// <summary>The reply to a question for names, as HippoRAG's contract has it.</summary>
sealed record NamesReply([property: JsonPropertyName("named_entities")] IReadOnlyList<string> Names)
{
    public const string Schema = """
        {"type":"object","required":["named_entities"],"properties":{"named_entities":{"type":"array","maxItems":128,
        "items":{"type":"string","minLength":1,"maxLength":300}}}}
        """;

    const int CharsMax = 300;

    /// <summary>The names of a reply: trimmed, without blanks and repetitions, in order.</summary>
    /// <exception cref="BadReplyException">It is no list of names.</exception>
    public static IReadOnlyList<string> Read(string reply)
    {
        var names = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in StrictJson.Read(reply, ModelJson.Default.NamesReply).Names)
        {
            if (name is null)
            {
                throw new BadReplyException("a name is null; all have to be texts");
            }

            var trimmed = name.Trim();
            if (trimmed.Length is > 0 and <= CharsMax && seen.Add(trimmed))
            {
                names.Add(trimmed);
            }
        }

        return names;
    }
}

/// <summary>The reply to a question for an answer.</summary>
sealed record AnswerReply(
    [property: JsonPropertyName("thought")] string Thought,
    [property: JsonPropertyName("answer")] string Answer,
    [property: JsonPropertyName("citations")] IReadOnlyList<string> Citations,
    [property: JsonPropertyName("answerable")] bool IsAnswerable);
