using System.Globalization;
using System.Text.Json;
using Archicortex.Revisions;

namespace Archicortex.Benchmarks.Quality;

/// <summary>Two lists of records with labelled pairs, resolved with default settings and counted over the pairs of the test split.</summary>
static class PairsRun
{
    public static bool IsIn(DirectoryInfo folder) => File.Exists(Path.Combine(folder.FullName, "pairs.jsonl"));

    /// <summary>Reads, resolves, and returns the report as one JSON line.</summary>
    public static string Run(DirectoryInfo folder)
    {
        var left = Records(Path.Combine(folder.FullName, "records_a.jsonl"));
        var right = Records(Path.Combine(folder.FullName, "corpus.jsonl"));
        var found = RecordResolution.Match(left, right).Select(match => (left[match.Left].Id, right[match.Right].Id)).ToHashSet();
        var pairs = File.ReadLines(Path.Combine(folder.FullName, "pairs.jsonl")).Where(line => line.Length > 0)
            .Select(line => JsonSerializer.Deserialize<Pair>(line, JsonSerializerOptions.Web)!).ToList();
        var judged = pairs.Exists(pair => pair.Split == "test") ? pairs.FindAll(pair => pair.Split == "test") : pairs;
        double hits = judged.Count(pair => pair.Label == 1 && found.Contains((pair.Left, pair.Right)));
        double wrong = judged.Count(pair => pair.Label != 1 && found.Contains((pair.Left, pair.Right)));
        double missed = judged.Count(pair => pair.Label == 1) - hits;
        var (precision, recall) = (hits / Math.Max(1, hits + wrong), hits / Math.Max(1, hits + missed));
        return string.Create(CultureInfo.InvariantCulture, $$"""
            {"set":"{{folder.Name}}","pairs":{{judged.Count}},"pairPrecision":{{precision:0.####}},"pairRecall":{{recall:0.####}},"pairF1":{{2 * hits / Math.Max(1, (2 * hits) + wrong + missed):0.####}}}
            """);
    }

    static List<EntityCard> Records(string path) =>
    [
        .. File.ReadLines(path).Where(line => line.Length > 0).Select(line => JsonSerializer.Deserialize<Line>(line, JsonSerializerOptions.Web)!)
            .Select(line => new EntityCard(line.Id, line.Fields ?? new Dictionary<string, string> { ["text"] = line.Text ?? "" })),
    ];

    sealed record Line(string Id, string? Text, Dictionary<string, string>? Fields);

    sealed record Pair(string Left, string Right, int Label, string? Split);
}
