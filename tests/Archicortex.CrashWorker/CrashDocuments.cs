using System.Globalization;
using System.Text;
using Archicortex.Documents;
using Microsoft.Extensions.AI;

namespace Archicortex.CrashWorker;

/// <summary>Documents that worker and test both know by their number alone.</summary>
public static class CrashDocuments
{
    /// <summary>Numbers a vector of the worker's embedder has.</summary>
    public const int EmbedderDimension = 64;

    /// <summary>Texts it embeds and keeps at a time.</summary>
    public const int EmbedderBatch = 8;

    static readonly string[] Names = ["Ada Kern", "Bo Lind", "Cleo Marsh", "Dunwick", "Port Elms", "Farrow Mill", "Gull Bridge"];
    static readonly string[] Verbs = ["visited", "sold", "painted", "measured", "left", "repaired"];

    /// <summary>Short passages, so that every third document has several of them and could be found by half.</summary>
    public static GraphMemoryOptions Options { get; } = new() { PassageWordsMax = 20, SnapshotEvery = 40 };

    /// <summary>Document number <paramref name="number"/>, 0 and up. The same on each call and in each process.</summary>
    public static Document Of(int number)
    {
        var random = new Random(number);
        var text = new StringBuilder();
        var sentences = number % 3 == 0 ? 9 : 1;
        for (var i = 0; i < sentences; i++)
        {
            var (who, verb, where) = (Pick(random, Names), Pick(random, Verbs), Pick(random, Names));
            text.Append(CultureInfo.InvariantCulture, $"In note {number} part {i} {who} {verb} the ferry near {where}. ");
        }

        return new Document(text.ToString()) { Id = Id(number), Title = $"Note {number}" };
    }

    /// <summary>Documents of one passage each.</summary>
    public static IEnumerable<Document> Short(int count) => Enumerable.Range(0, int.MaxValue).Where(number => number % 3 != 0).Take(count).Select(Of);

    /// <summary>A memory with a model that is asked again at once when it fails.</summary>
    public static GraphMemoryOptions Reading(IChatClient client) =>
        Options with { ChatClient = client, ModelOptions = new() { BackoffMs = 1, ConcurrencyMax = 4, TriesMax = 8 } };

    /// <summary>Its id.</summary>
    public static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"note-{number}");

    static string Pick(Random random, string[] words) => words[random.Next(words.Length)];
}
