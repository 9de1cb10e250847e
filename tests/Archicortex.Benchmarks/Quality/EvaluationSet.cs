using System.Globalization;
using System.Text.Json;
using Archicortex.Documents;
using Archicortex.Facts;

namespace Archicortex.Benchmarks.Quality;

/// <summary>A passage of an evaluation set.</summary>
/// <param name="Id">Its id in the set.</param>
/// <param name="Group">The corpus it belongs to, where a set holds several.</param>
/// <param name="Document">What is remembered.</param>
sealed record CorpusRecord(string Id, string Group, Document Document);

/// <summary>A question of an evaluation set. Nothing but its text and group is shown to the memory.</summary>
/// <param name="Text">What is asked.</param>
/// <param name="Group">The corpus it is asked of.</param>
/// <param name="Gold">Ids of the passages that answer it.</param>
/// <param name="Category">Its kind, if the set says.</param>
sealed record EvaluationQuestion(string Text, string Group, IReadOnlySet<string> Gold, string? Category)
{
    /// <summary>The answer, if the set has one: never shown to the memory, but it tells which sentence of a turn is gold.</summary>
    public string? Answer { get; init; }
}

/// <summary>A folder with <c>corpus.jsonl</c> and <c>questions.jsonl</c>, or <c>turns.jsonl</c> and <c>asked.jsonl</c> as the project's own chats have.</summary>
/// <param name="Name">The folder's name.</param>
/// <param name="Corpus">Passages in order.</param>
/// <param name="Questions">Questions that have gold passages.</param>
/// <param name="Extractions">What a model read in the passages, by their ids, if the folder has <c>triples.jsonl</c>; else empty.</param>
sealed record EvaluationSet(
    string Name,
    IReadOnlyList<CorpusRecord> Corpus,
    IReadOnlyList<EvaluationQuestion> Questions,
    IReadOnlyDictionary<string, Extraction> Extractions)
{
    static readonly string[] CategoryFields = ["category", "hop_type", "type", "kind"];

    /// <param name="folder">Where the two files are.</param>
    /// <param name="stripTitles">Leave all titles out.</param>
    public static EvaluationSet Read(string folder, bool stripTitles)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        var corpus = ReadCorpus(folder, stripTitles);
        var questions = Lines(FileIn(folder, "questions.jsonl", "asked.jsonl")).Select(ReadQuestion).Where(question => question.Gold.Count > 0).ToList();
        var triples = Path.Combine(folder, "triples.jsonl");
        var extractions = File.Exists(triples) ? Lines(triples).ToDictionary(json => Text(json, "id")!, ReadExtraction) : [];
        return new EvaluationSet(name, corpus, questions, extractions);
    }

    /// <summary>Triples of wrong arity were put aside by whoever made the set; they belong to what the model wrote.</summary>
    static Extraction ReadExtraction(JsonElement json)
    {
        var names = json.GetProperty("entities").EnumerateArray().Select(name => name.GetString()!);
        var bad = json.TryGetProperty("bad_triples", out var aside) ? aside.EnumerateArray() : default;
        return TripleList.Read(names, json.GetProperty("triples").EnumerateArray().Concat(bad));
    }

    /// <summary>The passages of a folder, whether it has questions or not.</summary>
    public static List<CorpusRecord> ReadCorpus(string folder, bool stripTitles = false) =>
        [.. Lines(FileIn(folder, "corpus.jsonl", "turns.jsonl")).Select(json => ReadRecord(json, stripTitles))];

    static string FileIn(string folder, string name, string ownName) => Path.Combine(folder, File.Exists(Path.Combine(folder, ownName)) ? ownName : name);

    static CorpusRecord ReadRecord(JsonElement json, bool stripTitles) => new(
        Text(json, "id")!,
        Text(json, "group") ?? "",
        new Document(Text(json, "text") ?? new Triple(Text(json, "s")!, Text(json, "p")!, Text(json, "o")!).ToText())
        {
            // Two turns may say the same; only their names tell them apart. Other records of one text are one document.
            Id = Text(json, "session") is null ? null : Text(json, "id"),
            Title = stripTitles ? null : Text(json, "title"),
            Triples = Text(json, "s") is { } s && Text(json, "p") is { } p && Text(json, "o") is { } o ? [new Triple(s, p, o)] : null,
            Speaker = Text(json, "speaker"),
            Session = Text(json, "session"),
            Time = Text(json, "time") is { } time ? DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) : null,
        });

    static EvaluationQuestion ReadQuestion(JsonElement json) => new(
        Text(json, "question")!,
        Text(json, "group") ?? "",
        json.GetProperty("gold").EnumerateArray().Select(gold => gold.GetString()!).ToHashSet(),
        CategoryFields.Select(field => Text(json, field)).FirstOrDefault(text => text is not null))
    {
        Answer = Text(json, "answer"),
    };

    static string? Text(JsonElement json, string field) => !json.TryGetProperty(field, out var value) ? null
        : value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };

    static IEnumerable<JsonElement> Lines(string path)
    {
        foreach (var line in File.ReadLines(path).Where(line => line.Length > 0))
        {
            using var json = JsonDocument.Parse(line);
            yield return json.RootElement.Clone();
        }
    }
}
