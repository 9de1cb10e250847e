using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Archicortex.Documents;

/// <summary>A line, a document: <c>{id?, title?, text, time?, speaker?, listener?, session?, source?, metadata?}</c>.</summary>
/// <remarks>
/// A line <c>{s, p, o}</c> (or <c>{subject, relation, object}</c>, or with <c>predicate</c>) is a triple of a knowledge graph; its
/// text, if it has none, is its three parts. Fields of other names are kept as metadata, so that nothing of a line is lost;
/// null counts as absent; blank lines are passed over.
/// </remarks>
static class JsonLines
{
    const int FoundCharsMax = 60;

    static readonly (string Subject, string Relation, string Object)[] TripleFields =
        [("s", "p", "o"), ("subject", "relation", "object"), ("subject", "predicate", "object")];

    // Of two fields of one name one would be lost without a word.
    static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <exception cref="MemoryFormatException">A line is no document: file, line, what was found, the rule and the cure.</exception>
    public static async IAsyncEnumerable<Document> ReadAsync(
        PeekedStream source, InputName name, DocumentReaderOptions options, [EnumeratorCancellation] CancellationToken ct)
    {
        var hasAny = false;
        await foreach (var line in TextLines.ReadAsync(source, name.Text, options.LineCharsMax, ct).ConfigureAwait(false))
        {
            if (!string.IsNullOrWhiteSpace(line.Text))
            {
                hasAny = true;
                yield return Read(line, name.Text);
            }
        }

        if (!hasAny)
        {
            options.Skipped?.Invoke($"{name.Text}: empty");
        }
    }

    static Document Read(TextLine line, string name)
    {
        var place = new Place(name, line.Number);
        try
        {
            using var json = JsonDocument.Parse(line.Text, Strict);
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? Read(json.RootElement, place)
                : throw place.Broken($"it is {Found(json.RootElement)}, not an object", "Write one object a line, e.g. {\"text\": \"…\"}");
        }
        catch (InvalidOperationException failure)
        {
            // Half of a surrogate pair, escaped: JSON by its grammar, but no text.
            throw new MemoryFormatException(
                $"'{name}' line {line.Number}: it holds half a surrogate pair (such as \\ud800 alone), which is no text; "
                + $"it starts '{Short(line.Text)}'. "
                + "Write the whole pair, or leave it out.", failure);
        }
        catch (JsonException failure)
        {
            // The parser's own words end with a line and a path inside the line, which would read like ours.
            var problem = failure.Message.Split(" LineNumber:")[0].Split(" Path:")[0].TrimEnd('.');
            throw new MemoryFormatException(
                $"'{name}' line {line.Number}{At(failure)}: it is no JSON to be read ({problem}); it starts '{Short(line.Text)}'. "
                + "Write one JSON object a line, e.g. {\"text\": \"…\"}; other text is read with --format text.", failure);
        }
    }

    static string At(JsonException failure) => failure.BytePositionInLine is { } at ? $", byte {at}" : "";

    static Document Read(JsonElement json, Place place)
    {
        Dictionary<string, string>? metadata = null;
        string? text = null, id = null, title = null, speaker = null, listener = null, session = null, source = null;
        DateTimeOffset? time = null;
        foreach (var field in json.EnumerateObject().Where(field => field.Value.ValueKind != JsonValueKind.Null))
        {
            switch (field.Name)
            {
                case "text": text = Text(field, place); break;
                case "id": id = TextOrNumber(field, place); break;
                case "title": title = Text(field, place); break;
                case "time": time = Time(field, place); break;
                case "speaker": speaker = Text(field, place); break;
                case "listener": listener = Text(field, place); break;
                case "session": session = TextOrNumber(field, place); break;
                case "source": source = Text(field, place); break;
                case "metadata": AddAll(field, metadata ??= [], place); break;
                default: Add(field, metadata ??= [], place); break;
            }
        }

        var triple = TakeTriple(metadata);
        text ??= triple?.ToText();
        if (text is null)
        {
            throw place.Broken($"it has no 'text' (its fields: {Fields(json)})", "Give each line a field 'text' with what to remember");
        }

        return string.IsNullOrWhiteSpace(text)
            ? throw place.Broken($"its 'text' is empty ('{Short(text)}')", "Give it some, or leave the line out")
            : new Document(text)
            {
                Id = id,
                Title = title,
                Time = time,
                Speaker = speaker,
                Listener = listener,
                Session = session,
                Source = source ?? place.Name,
                Triples = triple is null ? null : [triple],
                Metadata = metadata is { Count: > 0 } ? metadata : null,
            };
    }

    /// <summary>
    /// The triple among the fields, taken out of them; null unless all three parts are there: a mail has a subject, and is
    /// no triple for that.
    /// </summary>
    static Triple? TakeTriple(Dictionary<string, string>? fields)
    {
        foreach (var (subject, relation, other) in TripleFields)
        {
            if (fields is not null && Part(fields, subject) is { } s && Part(fields, relation) is { } p && Part(fields, other) is { } o)
            {
                return fields.Remove(subject) && fields.Remove(relation) && fields.Remove(other) ? new Triple(s, p, o) : null;
            }
        }

        return null;
    }

    static string? Part(Dictionary<string, string> fields, string name) =>
        fields.TryGetValue(name, out var text) && !string.IsNullOrWhiteSpace(text) ? text : null;

    static string Text(JsonProperty field, Place place) => field.Value.ValueKind == JsonValueKind.String
        ? field.Value.GetString()!
        : throw place.Broken($"its '{field.Name}' is {Found(field.Value)}", $"A '{field.Name}' is a string: put it in quotes");

    static string TextOrNumber(JsonProperty field, Place place) => field.Value.ValueKind switch
    {
        JsonValueKind.Number => field.Value.GetRawText(),
        JsonValueKind.String when string.IsNullOrWhiteSpace(field.Value.GetString()) =>
            throw place.Broken($"its '{field.Name}' is empty", "Give it a value, or leave the field out"),
        JsonValueKind.String => field.Value.GetString()!,
        _ => throw place.Broken($"its '{field.Name}' is {Found(field.Value)}", $"The '{field.Name}' must be a string or a number"),
    };

    static DateTimeOffset Time(JsonProperty field, Place place) => IsoTime.TryRead(Text(field, place), out var time)
        ? time
        : throw place.Broken($"its 'time' is '{Short(field.Value.GetString()!)}'", $"A 'time' is written as ISO 8601, e.g. {IsoTime.Example} or 2024-03-09");

    static void AddAll(JsonProperty field, Dictionary<string, string> metadata, Place place)
    {
        if (field.Value.ValueKind != JsonValueKind.Object)
        {
            throw place.Broken($"its 'metadata' is {Found(field.Value)}", "The 'metadata' must be an object, e.g. {\"author\": \"Ada\"}");
        }

        foreach (var inner in field.Value.EnumerateObject().Where(inner => inner.Value.ValueKind != JsonValueKind.Null))
        {
            Add(inner, metadata, place);
        }
    }

    static void Add(JsonProperty field, Dictionary<string, string> metadata, Place place)
    {
        var value = field.Value.ValueKind == JsonValueKind.String ? field.Value.GetString()! : field.Value.GetRawText();
        if (!metadata.TryAdd(field.Name, value))
        {
            throw place.Broken($"its field '{field.Name}' stands both beside 'metadata' and in it", "Leave one of them out");
        }
    }

    static string Fields(JsonElement json) =>
        json.EnumerateObject().Select(field => field.Name).DefaultIfEmpty("none").Aggregate((all, name) => $"{all}, {name}");

    static string Found(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => $"the string '{Short(value.GetString()!)}'",
        JsonValueKind.Number => $"the number {Short(value.GetRawText())}",
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        _ => value.GetRawText(),
    };

    static string Short(string text)
    {
        var line = text.ReplaceLineEndings(" ").TrimEnd();
        return line.Length <= FoundCharsMax ? line : line[..FoundCharsMax] + "…";
    }

    readonly record struct Place(string Name, long Line)
    {
        public MemoryFormatException Broken(string found, string cure) => new($"'{Name}' line {Line}: {found}. {cure}.");
    }
}
