using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Archicortex.Documents;
using Archicortex.Facts;
using Archicortex.Models;
using Archicortex.Practice;

namespace Archicortex.Storage;

/// <summary>What a remember operation records: the document, and how it was split, so that replay needs no splitter of its day.</summary>
sealed record RememberPayload
{
    public required Document Document { get; init; }

    public required PassagePart[] Parts { get; init; }
}

/// <summary>What a forget operation records.</summary>
sealed record ForgetPayload
{
    /// <summary>32 hexadecimal digits.</summary>
    public required string DocumentId { get; init; }
}

/// <summary>What a facts operation records: all that an extractor read in a document.</summary>
sealed record FactsPayload
{
    /// <summary>32 hexadecimal digits.</summary>
    public required string DocumentId { get; init; }

    /// <summary>Identity of the extractor.</summary>
    public required string Extractor { get; init; }

    /// <summary>One for each passage of the document, in their order.</summary>
    public required Extraction[] Passages { get; init; }
}

/// <summary>What a change of the embedder records. The vectors themselves are kept beside the log, or made again.</summary>
sealed record UseEmbedderPayload
{
    public required EmbeddingEpoch Epoch { get; init; }

    /// <summary>Units that had vectors when it came in force.</summary>
    public int Passages { get; init; }

    public int Facts { get; init; }

    public int Entities { get; init; }
}

/// <summary>What a model's summary of a topic records.</summary>
sealed record SummaryPayload
{
    /// <summary>The set of the topic's passages: 16 hexadecimal digits.</summary>
    public required string LeafSet { get; init; }

    /// <summary>Model and prompt.</summary>
    public required string Writer { get; init; }

    /// <summary>What it wrote.</summary>
    public required string Text { get; init; }

    /// <summary>The passages it was written from.</summary>
    public required SourcePayload[] Sources { get; init; }

    /// <summary>The set as a number.</summary>
    [JsonIgnore]
    public ulong LeafSetKey => ulong.Parse(LeafSet, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}

/// <summary>A passage that something was made from.</summary>
/// <param name="DocumentId">32 hexadecimal digits.</param>
/// <param name="PassageId">32 hexadecimal digits.</param>
sealed record SourcePayload(string DocumentId, string PassageId);

/// <summary>Payloads as UTF-8 JSON. The same payload gives the same bytes.</summary>
static class Payloads
{
    static readonly PayloadContext Json = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,

        // The log is read by programs and people, never pasted into HTML: letters may stay letters.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new JsonStringEnumConverter<DocumentFormat>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<EmbeddingUnits>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<FactModality>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<FactKind>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<TimeGranularity>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<TaskAction>(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
            new JsonStringEnumConverter<TaskState>(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
            new JsonStringEnumConverter<CaseAction>(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
        },
    });

    public static byte[] Write(RememberPayload payload) => JsonSerializer.SerializeToUtf8Bytes(payload, Json.RememberPayload);

    public static byte[] Write(ForgetPayload payload) => JsonSerializer.SerializeToUtf8Bytes(payload, Json.ForgetPayload);

    public static byte[] Write(FactsPayload payload) => JsonSerializer.SerializeToUtf8Bytes(payload, Json.FactsPayload);

    public static byte[] Write(UseEmbedderPayload payload) => JsonSerializer.SerializeToUtf8Bytes(payload, Json.UseEmbedderPayload);

    public static byte[] Write(SummaryPayload payload) => JsonSerializer.SerializeToUtf8Bytes(payload, Json.SummaryPayload);

    public static SummaryPayload ReadSummary(Operation operation)
    {
        var payload = Read(operation, Json.SummaryPayload);
        return payload.LeafSet.Length == 16 && ulong.TryParse(payload.LeafSet, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _)
            && payload.Sources.Length > 0 && Array.TrueForAll(payload.Sources, source => IsId(source.DocumentId) && IsId(source.PassageId))
            ? payload
            : throw new MemoryFormatException(
                $"Operation {operation.Sequence} has a summary of the set '{payload.LeafSet}' from {payload.Sources.Length} passages; a set has 16 "
                + "hexadecimal digits, ids have 32, and a summary is from at least one passage. "
                + "The log was written by something else; restore it from a copy.");
    }

    static bool IsId(string? text) => DocumentId.TryParse(text, out _);

    public static byte[] Write(TaskChange change) => JsonSerializer.SerializeToUtf8Bytes(change, Json.TaskChange);

    public static byte[] Write(CaseChange change) => JsonSerializer.SerializeToUtf8Bytes(change, Json.CaseChange);

    public static TaskChange ReadTask(Operation operation) => Read(operation, Json.TaskChange);

    public static CaseChange ReadCase(Operation operation) => Read(operation, Json.CaseChange);

    public static UseEmbedderPayload ReadUseEmbedder(Operation operation)
    {
        var payload = Read(operation, Json.UseEmbedderPayload);
        return payload.Epoch is { Dimension: >= 1, Embedder.Length: > 0 } epoch && epoch.Units != 0 && (epoch.Units & ~EmbeddingUnits.All) == 0
            ? payload
            : throw new MemoryFormatException(
                $"Operation {operation.Sequence} names the embedder '{payload.Epoch?.Embedder}' of dimension {payload.Epoch?.Dimension} for units "
                + $"'{payload.Epoch?.Units}'; an embedder has a name, at least one number and at least one kind of unit. "
                + "The log was written by something else; restore it from a copy.");
    }

    public static FactsPayload ReadFacts(Operation operation) => Read(operation, Json.FactsPayload);

    public static RememberPayload ReadRemember(Operation operation)
    {
        var payload = Read(operation, Json.RememberPayload);
        foreach (var part in payload.Parts)
        {
            if (part.Start < 0 || part.Length < 0 || part.Length > payload.Document.Text.Length - part.Start)
            {
                throw new MemoryFormatException(
                    $"Operation {operation.Sequence} has a passage at {part.Start}, {part.Length} characters long, "
                    + $"in a text of {payload.Document.Text.Length}. The log was written by something else; restore it from a copy.");
            }
        }

        return payload;
    }

    public static ForgetPayload ReadForget(Operation operation) => Read(operation, Json.ForgetPayload);

    static T Read<T>(Operation operation, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(operation.Payload.Span, type)
                ?? throw new JsonException("The payload is null.");
        }
        catch (JsonException failure)
        {
            throw new MemoryFormatException(
                $"Operation {operation.Sequence} ({operation.Kind}) has a payload that cannot be read: {failure.Message} "
                + "The log is damaged or was written by something else; restore it from a copy.", failure);
        }
    }
}

[JsonSerializable(typeof(RememberPayload))]
[JsonSerializable(typeof(ForgetPayload))]
[JsonSerializable(typeof(FactsPayload))]
[JsonSerializable(typeof(UseEmbedderPayload))]
[JsonSerializable(typeof(SummaryPayload))]
[JsonSerializable(typeof(TaskChange))]
[JsonSerializable(typeof(CaseChange))]
sealed partial class PayloadContext : JsonSerializerContext;
