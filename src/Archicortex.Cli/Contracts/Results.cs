using System.Text.Json.Serialization;

namespace Archicortex.Cli.Contracts;

/// <summary>What a command failed of.</summary>
sealed record ErrorJson(ErrorBody Error)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "archicortex.error/1";
}

sealed record ErrorBody(string Kind, string Message);

/// <summary>What was remembered.</summary>
sealed record RememberJson(
    string Memory, string Scope, long Documents, long Added, long Known, long Replaced, long Passages, long Bytes, double Seconds,
    IReadOnlyList<string> Skipped, SpendingJson? Spending)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "archicortex.remember/1";
}

/// <summary>What a memory holds.</summary>
sealed record StatusJson(
    string Memory,
    string Scope,
    int Documents,
    int Passages,
    int Names,
    int Words,
    int Facts,
    IReadOnlyDictionary<string, int> FactsByExtractor,
    int Tasks,
    int Cases,
    EmbeddingJson? Embedding,
    long Operations,
    string Head)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "archicortex.status/1";
}

/// <summary>What a check found.</summary>
sealed record VerifyJson(string Memory, string Scope, bool IsSound, long Operations, string StateHash, IReadOnlyList<string> Problems)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "archicortex.verify/1";
}

/// <summary>What was forgotten.</summary>
sealed record ForgetJson(string Memory, string Scope, string Name, IReadOnlyList<ForgottenJson> Forgotten)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "archicortex.forget/1";
}

sealed record ForgottenJson(string? Id, string? Title, string? Source);

/// <summary>What an import did.</summary>
sealed record ImportJson(string Memory, string Scope, long Operations, int Added, int Forgotten, bool IsVerbatim, string? Embedder)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "archicortex.import/1";
}
