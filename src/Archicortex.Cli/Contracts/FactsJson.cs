using System.Globalization;
using System.Text.Json.Serialization;
using Archicortex.Facts;

namespace Archicortex.Cli.Contracts;

/// <summary>Facts of a memory.</summary>
sealed record FactsJson(string Memory, string Scope, IReadOnlyList<FactJson> Facts, bool HasMore)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "archicortex.facts/1";
}

/// <summary>A fact, as one extractor read it in one passage.</summary>
sealed record FactJson(
    string Subject,
    string Relation,
    string Object,
    bool IsNegated,
    string Modality,
    string? AttributedTo,
    string Kind,
    double Confidence,
    string? From,
    string? To,
    string? Granularity,
    string? When,
    bool IsClosing,
    string? Extractor,
    string? Document,
    string? DocumentId,
    string? PassageId,
    string? Sentence,
    int? Start,
    int? Length)
{
    public static FactJson Of(KnownFact known) => Of(known.Fact) with
    {
        Extractor = known.Extractor,
        Document = known.DocumentName,
        DocumentId = known.DocumentId.ToString(),
        PassageId = known.PassageId.ToString(),
        Sentence = known.Sentence,
        Start = known.Sentence is null ? null : known.Evidence.Start,
        Length = known.Sentence is null ? null : known.Evidence.Length,
    };

    /// <summary>A fact that stands in no document: one of a claim.</summary>
    public static FactJson Of(Fact fact) => new(
        fact.Subject,
        fact.Relation,
        fact.Object,
        fact.IsNegated,
        Words.Of(fact.Modality),
        fact.AttributedTo,
        Words.Of(fact.Kind),
        fact.Confidence,
        Words.Of(fact.Valid.From),
        Words.Of(fact.Valid.To),
        fact.Granularity is { } exactness ? Words.Of(exactness) : null,
        fact.Valid.IsOpen ? null : fact.Valid.ToText(fact.Granularity ?? TimeGranularity.Day),
        fact.IsClosing,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
}

/// <summary>What a reading of facts would cost, or did.</summary>
sealed record FactsReadJson(
    string Memory,
    string Scope,
    string Extractor,
    bool IsEstimate,
    EstimateJson Estimate,
    int Documents,
    int Facts,
    int Unread,
    IReadOnlyList<FailedJson> Failed,
    IReadOnlyDictionary<string, int> Dropped,
    SpendingJson Spending)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "archicortex.facts-read/1";
}

sealed record FailedJson(string Document, string Message);

/// <summary>What an import of an OpenIE file did.</summary>
sealed record ImportOpenIeJson(
    string Memory,
    string Scope,
    string Extractor,
    int Passages,
    int Matched,
    int Created,
    int Ignored,
    int Known,
    int Facts,
    IReadOnlyDictionary<string, int> Dropped)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "archicortex.import-openie/1";

    public static ImportOpenIeJson Of(string memory, string scope, string extractor, OpenIeReport report) => new(
        memory, scope, extractor, report.Passages, report.Passages - report.Created - report.Ignored, report.Created, report.Ignored, report.Known,
        report.Facts, report.Dropped);
}

/// <summary>What an export of an OpenIE file holds.</summary>
sealed record ExportOpenIeJson(string Memory, string Scope, string Extractor, string File, string Details, int Documents, int Facts)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "archicortex.export-openie/1";
}

/// <summary>Values of the engine in the words of the contract.</summary>
static class Words
{
    public static string Of<T>(T value)
        where T : struct, Enum
    {
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    public static string? Of(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);

    public static string? Of(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
