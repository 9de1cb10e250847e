using System.Text.Json.Serialization;
using Archicortex.Cli.Commands;
using Archicortex.Cli.Rendering;
using Archicortex.Models;

namespace Archicortex.Cli.Contracts;

/// <summary>What taking an embedder into use did.</summary>
sealed record EmbedJson(
    string Memory, string Scope, string Embedder, int Dimension, IReadOnlyDictionary<string, int> Units, long Embedded, bool IsChanged)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "archicortex.embed/1";

    public static EmbedJson Of(string memory, string scope, EmbedDone done) => new(
        memory, scope, done.Epoch.Embedder, done.Epoch.Dimension,
        done.Counts.ToDictionary(pair => EmbedText.NameOf(pair.Key), pair => pair.Value), done.Embedded, done.IsChanged);
}

/// <summary>The embedder in force.</summary>
sealed record EmbeddingJson(string Embedder, int Dimension, IReadOnlyList<string> Units)
{
    public static EmbeddingJson? Of(EmbeddingEpoch? epoch) =>
        epoch is null ? null : new(epoch.Embedder, epoch.Dimension, [.. EmbedText.Kinds(epoch.Units).Select(EmbedText.NameOf)]);
}
