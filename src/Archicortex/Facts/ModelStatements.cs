using System.Text.Json.Serialization;
using Archicortex.Models;

namespace Archicortex.Facts;

/// <summary>A model's reply in the plain form: lists of three texts, HippoRAG's contract.</summary>
sealed record TriplesReply([property: JsonPropertyName("triples")] IReadOnlyList<IReadOnlyList<string>> Triples)
{
    public const string Schema = """
        {"type":"object","required":["triples"],"properties":{"triples":{"type":"array","maxItems":64,
        "items":{"type":"array","minItems":3,"maxItems":3,"items":{"type":"string","minLength":1,"maxLength":300}}}}}
        """;

    /// <exception cref="BadReplyException">It is something else.</exception>
    public static IReadOnlyList<ModelStatement?> Read(string reply)
    {
        var statements = new List<ModelStatement?>();
        foreach (var triple in StrictJson.Read(reply, ModelStatementJson.Default.TriplesReply).Triples)
        {
            if (triple is null || triple.Any(part => part is null))
            {
                throw new BadReplyException("a triple or a part of one is null; three texts were asked for");
            }

            statements.Add(triple.Count == 3 ? new ModelStatement(triple[0], triple[1], triple[2]) : null);
        }

        return statements;
    }
}

/// <summary>A model's reply in the rich form.</summary>
sealed record RichReply([property: JsonPropertyName("facts")] IReadOnlyList<ModelStatement> Facts)
{
    public const string Schema = """
        {"type":"object","required":["facts"],"properties":{"facts":{"type":"array","maxItems":64,"items":{"type":"object",
        "required":["s","p","o","polarity","modality","evidence","confidence"],"properties":{
        "s":{"type":"string","minLength":1,"maxLength":300},"p":{"type":"string","minLength":1,"maxLength":300},
        "o":{"type":"string","minLength":1,"maxLength":300},"polarity":{"type":"string","enum":["positive","negative"]},
        "modality":{"type":"string","enum":["asserted","hedged","planned","attributed"]},"attributedTo":{"type":["string","null"]},
        "validFrom":{"type":["string","null"]},"validTo":{"type":["string","null"]},"evidence":{"type":"string"},
        "confidence":{"type":"number","exclusiveMinimum":0,"maximum":1}}}}}}
        """;

    /// <exception cref="BadReplyException">It is something else.</exception>
    public static IReadOnlyList<ModelStatement?> Read(string reply)
    {
        var statements = StrictJson.Read(reply, ModelStatementJson.Default.RichReply).Facts;
        foreach (var statement in statements)
        {
            if (statement is null)
            {
                throw new BadReplyException("a fact is null; an object was asked for");
            }

            statement.Check();
        }

        return statements;
    }
}

/// <summary>A statement as a model wrote it, before it is looked at.</summary>
sealed record ModelStatement(
    [property: JsonPropertyName("s")] string Subject,
    [property: JsonPropertyName("p")] string Relation,
    [property: JsonPropertyName("o")] string Object)
{
    [JsonPropertyName("polarity")]
    public string? Polarity { get; init; }

    [JsonPropertyName("modality")]
    public string? Modality { get; init; }

    [JsonPropertyName("attributedTo")]
    public string? AttributedTo { get; init; }

    [JsonPropertyName("validFrom")]
    public string? ValidFrom { get; init; }

    [JsonPropertyName("validTo")]
    public string? ValidTo { get; init; }

    [JsonPropertyName("evidence")]
    public string? Evidence { get; init; }

    [JsonPropertyName("confidence")]
    public double? Confidence { get; init; }

    [JsonIgnore]
    public bool IsNegated => Polarity == "negative";

    [JsonIgnore]
    public FactModality HowSaid => Modality switch
    {
        "hedged" => FactModality.Hedged,
        "planned" => FactModality.Planned,
        "attributed" => FactModality.Attributed,
        _ => FactModality.Asserted,
    };

    public void Check()
    {
        if (Polarity is not (null or "positive" or "negative"))
        {
            throw new BadReplyException($"polarity '{Polarity}' is neither 'positive' nor 'negative'");
        }

        if (Modality is not (null or "asserted" or "hedged" or "planned" or "attributed"))
        {
            throw new BadReplyException($"modality '{Modality}' is none of 'asserted', 'hedged', 'planned', 'attributed'");
        }

        if (Confidence is <= 0 or > 1)
        {
            throw new BadReplyException($"confidence {Confidence} is not above 0 and up to 1");
        }
    }
}

/// <summary>How replies about facts are read.</summary>
[JsonSourceGenerationOptions(
    AllowDuplicateProperties = false,
    MaxDepth = 16,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(TriplesReply))]
[JsonSerializable(typeof(RichReply))]
sealed partial class ModelStatementJson : JsonSerializerContext;
