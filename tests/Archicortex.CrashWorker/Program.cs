using System.Globalization;
using Archicortex.Documents;
using Archicortex.Facts;
using Archicortex.Models;
using Archicortex.OpenAI;

namespace Archicortex.CrashWorker;

/// <summary>A process to be killed: remembers documents until it is, and says which ones are safe.</summary>
static class Program
{
    const int DocumentsMax = 100_000;

    static async Task<int> Main(string[] args)
    {
        try
        {
            return args switch
            {
                ["remember", var path, var first, var seed] => await RememberAsync(path, Number(first), Number(seed)),
                ["read", var path, var endpoint, var count] => await ReadAsync(path, new Uri(endpoint), Number(count)),
                ["embed", var path] => await EmbedAsync(path),
                ["hold", var path] => await HoldAsync(path),
                _ => Usage(),
            };
        }
        catch (GraphMemoryException failure)
        {
            await Console.Error.WriteLineAsync($"{failure.GetType().Name}: {failure.Message}");
            return 3;
        }
    }

    /// <summary>Remembers documents from a number on, in batches of 1 to 8, and prints the id of each one acknowledged.</summary>
    static async Task<int> RememberAsync(string path, int first, int seed)
    {
        var random = new Random(seed);
        await using var memory = await GraphMemory.OpenAsync(path, CrashDocuments.Options);
        await using var lines = new StreamWriter(Console.OpenStandardOutput());
        for (var number = first; number < first + DocumentsMax;)
        {
            var batch = new List<Document>();
            for (var left = random.Next(1, 9); left > 0; left--)
            {
                batch.Add(CrashDocuments.Of(number++));
            }

            foreach (var remembered in await memory.RememberAsync(batch))
            {
                await lines.WriteLineAsync(remembered.Document.Id);
                await lines.FlushAsync();
            }
        }

        return 0;
    }

    /// <summary>Remembers short documents and has a model read each; prints the id of each one that was read.</summary>
    static async Task<int> ReadAsync(string path, Uri endpoint, int count)
    {
        using var models = OpenAIModels.Create(new() { Endpoint = endpoint, ChatModel = "scripted-1" });
        await using var memory = await GraphMemory.OpenAsync(path, CrashDocuments.Reading(models.Chat!));
        await memory.RememberAsync(CrashDocuments.Short(count));
        var extractor = new ModelFactExtractor(memory.Model!);
        await foreach (var read in memory.ExtractFactsAsync(extractor))
        {
            await Console.Out.WriteLineAsync(read.Document.Id);
        }

        return 0;
    }

    /// <summary>Takes a hashed embedder into use, and prints after each batch how many texts have vectors.</summary>
    static async Task<int> EmbedAsync(string path)
    {
        await using var memory = await GraphMemory.OpenAsync(path, CrashDocuments.Options);
        await using var lines = new StreamWriter(Console.OpenStandardOutput());
        await memory.UseEmbedderAsync(
            new HashedEmbedder(CrashDocuments.EmbedderDimension),
            new() { BatchSize = CrashDocuments.EmbedderBatch, Units = EmbeddingUnits.Passages },
            new Told(progress =>
            {
                lines.WriteLine(progress.Done);
                lines.Flush();
            }));
        return 0;
    }

    /// <summary>Told at once: <see cref="Progress{T}"/> tells later, from another thread.</summary>
    sealed class Told(Action<EmbeddingProgress> tell) : IProgress<EmbeddingProgress>
    {
        public void Report(EmbeddingProgress value) => tell(value);
    }

    /// <summary>Remembers one document and keeps the memory open for writing until its input ends or it is killed.</summary>
    static async Task<int> HoldAsync(string path)
    {
        await using var memory = await GraphMemory.OpenAsync(path, CrashDocuments.Options);
        await memory.RememberAsync(CrashDocuments.Of(0));
        await Console.Out.WriteLineAsync("holding");
        await Console.In.ReadLineAsync();
        return 0;
    }

    static int Usage()
    {
        Console.Error.WriteLine("crash-worker remember <memory> <first number> <seed> | read <memory> <endpoint> <count> | embed <memory> | hold <memory>");
        return 2;
    }

    static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
