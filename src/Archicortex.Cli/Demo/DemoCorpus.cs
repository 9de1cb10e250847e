using System.Text.Json;
using Archicortex.Documents;

namespace Archicortex.Cli.Demo;

/// <summary>The invented town of Corrahaven: articles, two conversations, and questions with the passages that answer them.</summary>
static class DemoCorpus
{
    static readonly string[] Files = ["Demo/articles.jsonl", "Demo/dialogues.jsonl"];

    public static async Task<List<Document>> DocumentsAsync(CancellationToken ct)
    {
        var documents = new List<Document>();
        foreach (var file in Files)
        {
            var stream = Open(file);
            await using var closing = stream.ConfigureAwait(false);
            await foreach (var document in DocumentReader.ReadAsync(stream, file, InputFormat.JsonLines, null, ct).ConfigureAwait(false))
            {
                documents.Add(document);
            }
        }

        return documents;
    }

    public static List<DemoQuestion> Questions()
    {
        var questions = new List<DemoQuestion>();
        using var reader = new StreamReader(Open("Demo/questions.jsonl"));
        while (reader.ReadLine() is { } line)
        {
            using var json = JsonDocument.Parse(line);
            var fields = json.RootElement;
            questions.Add(new DemoQuestion(
                fields.GetProperty("id").GetString()!,
                fields.GetProperty("question").GetString()!,
                [.. fields.GetProperty("gold").EnumerateArray().Select(id => id.GetString()!)],
                fields.GetProperty("answer").GetString()!,
                fields.GetProperty("kind").GetString()!));
        }

        return questions;
    }

    static Stream Open(string name) => typeof(DemoCorpus).Assembly.GetManifestResourceStream(name)
        ?? throw new InvalidOperationException($"The resource '{name}' is not in the program; it was built without its Demo folder.");
}

/// <summary>A question of the demo.</summary>
/// <param name="Id">"question/…"</param>
/// <param name="Text">What is asked.</param>
/// <param name="Gold">Ids of the documents that are needed together; empty if nobody knows.</param>
/// <param name="Answer">What they say.</param>
/// <param name="Kind">"two-hop", "three-hop" or "chat".</param>
sealed record DemoQuestion(string Id, string Text, IReadOnlyList<string> Gold, string Answer, string Kind)
{
    /// <summary>How many of the needed documents are among the passages.</summary>
    public int FoundIn(Recollection found) => Gold.Count(id => found.Passages.Any(passage => passage.DocumentName == id));
}

/// <summary>A question with both answers to it.</summary>
sealed record DemoAnswer(DemoQuestion Question, Recollection Auto, Recollection Flat);
