using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Archicortex.Storage;

/// <summary>A log as JSON Lines: a header, then one operation a line, ids and all.</summary>
/// <remarks>
/// <code>
/// {"archicortex":1,"scope":"default","operations":2,"head":"9f…"}
/// {"sequence":1,"id":"3a…","kind":"remember","at":"2026-01-02T03:04:05.0000000+00:00","payload":{"document":{…},"parts":[…]}}
/// </code>
/// Payloads are copied byte for byte, so that every id can be checked again on the other side.
/// </remarks>
static class LogLines
{
    const int FormatNumber = 1;

    static readonly Dictionary<OperationKind, string> Kinds = new()
    {
        [OperationKind.Remember] = "remember",
        [OperationKind.Forget] = "forget",
        [OperationKind.Facts] = "facts",
        [OperationKind.UseEmbedder] = "useEmbedder",
        [OperationKind.Summary] = "summary",
        [OperationKind.Task] = "task",
        [OperationKind.Case] = "case",
    };

    static readonly JsonWriterOptions Letters = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Header(string scope, LogHead head) => Write(writer =>
    {
        writer.WriteNumber("archicortex", FormatNumber);
        writer.WriteString("scope", scope);
        writer.WriteNumber("operations", head.Sequence);
        writer.WriteString("head", head.Id.ToString());
    });

    public static byte[] Line(Operation operation) => Write(writer =>
    {
        writer.WriteNumber("sequence", operation.Sequence);
        writer.WriteString("id", operation.Id.ToString());
        writer.WriteString("kind", Kinds[operation.Kind]);
        writer.WriteString("at", operation.At.ToString("O", CultureInfo.InvariantCulture));
        writer.WritePropertyName("payload");
        writer.WriteRawValue(operation.Payload.Span);
    });

    /// <summary>The operations of an export, each checked against its id and the one before it.</summary>
    /// <exception cref="MemoryFormatException">A line is no part of an export of this scope, or the export is cut short.</exception>
    public static async IAsyncEnumerable<Operation> ReadAsync(
        StreamReader reader, string scope, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var number = 0L;
        var head = default(LogHead);
        var last = default(LogHead);
        while (await ReadLineAsync(reader, number + 1, cancellationToken).ConfigureAwait(false) is { } line)
        {
            number++;
            if (number == 1)
            {
                head = ReadHeader(line, scope);
                continue;
            }

            if (line.Length == 0)
            {
                continue;
            }

            var operation = ReadOperation(line, number);
            if (operation.Sequence != last.Sequence + 1 || !operation.IsIntactAfter(last.Id))
            {
                throw Broken(number, $"operation {operation.Sequence} does not follow from operation {last.Sequence}: a line is missing or was changed");
            }

            last = new(operation.Sequence, operation.Id);
            yield return operation;
        }

        if (number == 0 || last != head)
        {
            throw Broken(number + 1, $"the export ends at operation {last.Sequence} of {head.Sequence}: it was cut short");
        }
    }

    static async Task<string?> ReadLineAsync(StreamReader reader, long number, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (DecoderFallbackException failure)
        {
            throw new MemoryFormatException($"Line {number} of the export, or one soon after it, is not UTF-8.", failure);
        }
    }

    static LogHead ReadHeader(string line, string scope)
    {
        var json = Parse(line, 1);
        if (Number(json, "archicortex") is not { } number)
        {
            throw Broken(1, "it has no field 'archicortex': this is no export of a memory. To remember JSON Lines, use 'remember'");
        }

        if (number > FormatNumber)
        {
            throw Broken(1, $"the export has format {number}; this version reads up to {FormatNumber}. Update Archicortex");
        }

        if (Text(json, "scope", 1) is var exported && exported != scope)
        {
            throw Broken(1, $"the export is of scope '{exported}', this memory of scope '{scope}'. Open the memory with that scope: nothing crosses scopes");
        }

        return OperationId.TryParse(Text(json, "head", 1), out var id) && Number(json, "operations") is { } count
            ? new LogHead(count, id)
            : throw Broken(1, "the fields 'operations' and 'head' must say where the log ends");
    }

    static Operation ReadOperation(string line, long number)
    {
        var json = Parse(line, number);
        var name = Text(json, "kind", number);
        var kind = Kinds.FirstOrDefault(pair => pair.Value == name).Key;
        if (kind == default)
        {
            throw Broken(number, $"this version knows no operation of kind '{name}'; it may be of a newer one");
        }

        if (!OperationId.TryParse(Text(json, "id", number), out var id)
            || !DateTimeOffset.TryParse(Text(json, "at", number), CultureInfo.InvariantCulture, out var at)
            || Number(json, "sequence") is not { } place
            || !json.TryGetProperty("payload", out var payload))
        {
            throw Broken(number, "it needs the fields sequence, id, at and payload");
        }

        return new Operation(place, id, kind, at, Encoding.UTF8.GetBytes(payload.GetRawText()));
    }

    static JsonElement Parse(string line, long number)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw Broken(number, "it is no JSON object");
        }
        catch (JsonException failure)
        {
            throw new MemoryFormatException($"Line {number} of the export is no JSON: {failure.Message}", failure);
        }
    }

    /// <summary>A whole number, or null if the field is missing or anything else.</summary>
    static long? Number(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;

    static string Text(JsonElement json, string name, long number) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw Broken(number, $"it has no text '{name}'");

    static MemoryFormatException Broken(long number, string problem) => new($"Line {number} of the export: {problem}.");

    static byte[] Write(Action<Utf8JsonWriter> fields)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, Letters))
        {
            writer.WriteStartObject();
            fields(writer);
            writer.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }
}
