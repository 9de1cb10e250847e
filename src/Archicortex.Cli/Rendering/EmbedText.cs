using System.Globalization;
using System.Text;
using Archicortex.Cli.Commands;
using Archicortex.Models;

namespace Archicortex.Cli.Rendering;

/// <summary>An embedder that was taken into use, in words.</summary>
static class EmbedText
{
    const int EmbedderCharsMax = 120;

    /// <summary>What was done.</summary>
    /// <param name="path">The memory.</param>
    /// <param name="done">What.</param>
    /// <param name="model">The model's name; null for hashed words, which the memory finds by itself.</param>
    public static string Of(string path, EmbedDone done, string? model)
    {
        var named = model is null ? "" : $" --embedding-model {Shell.Quoted(model)}";
        var kept = done.Counts.Values.Sum() > done.Embedded ? "; the others were kept or stand twice" : "";
        var since = done.IsChanged ? "from now on" : "as before; nothing changed";
        var text = new StringBuilder().AppendLine($"{path} compares vectors of '{Shell.Short(done.Epoch.Embedder, EmbedderCharsMax)}' {since}");
        foreach (var (kind, count) in done.Counts)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {NameOf(kind),-11} {count,10:N0}");
        }

        return text
            .AppendLine(CultureInfo.InvariantCulture, $"  {"numbers",-11} {done.Epoch.Dimension,10:N0}   (a vector)")
            .AppendLine(CultureInfo.InvariantCulture, $"  {"embedded",-11} {done.Embedded,10:N0}   (texts{kept})")
            .AppendLine($"Next: archicortex recall \"your question\"{named} --memory {Shell.Quoted(path)} --explain")
            .ToString();
    }

    /// <summary>"'hashed-1:1024', 1,024 numbers, of passages, facts, entities".</summary>
    public static string Of(EmbeddingEpoch epoch) => string.Create(
        CultureInfo.InvariantCulture,
        $"'{Shell.Short(epoch.Embedder, EmbedderCharsMax)}', {epoch.Dimension:N0} numbers, of {string.Join(", ", Kinds(epoch.Units).Select(NameOf))}");

    /// <summary>The single kinds among some.</summary>
    public static IEnumerable<EmbeddingUnits> Kinds(EmbeddingUnits units) =>
        new[] { EmbeddingUnits.Passages, EmbeddingUnits.Facts, EmbeddingUnits.Entities }.Where(kind => units.HasFlag(kind));

    public static string NameOf(EmbeddingUnits kind) => kind.ToString().ToLowerInvariant();
}
