using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Archicortex.Documents;

namespace Archicortex.Facts;

/// <summary>A document and what one extractor read in it.</summary>
/// <param name="Document">The document.</param>
/// <param name="Name">What its owner calls it, else its content id.</param>
/// <param name="Read">Names and facts, evidence counted in the document's text.</param>
sealed record OpenIeDocument(Document Document, string Name, Extraction Read);

/// <summary>Writes files of the form that <see cref="OpenIeFile"/> reads; beside them, a fact a line, what that form has no room for.</summary>
/// <remarks>A document at a time is held. A document without a title is written as its text alone.</remarks>
sealed class OpenIeWriter : IAsyncDisposable
{
    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly Utf8JsonWriter _docs;
    readonly Stream? _details;
    int _documents;

    /// <param name="target">Receives the file; not closed.</param>
    /// <param name="details">Receives the facts with all that is known of them, one a line; not closed. Null: nowhere.</param>
    public OpenIeWriter(Stream target, Stream? details)
    {
        _docs = new Utf8JsonWriter(target, Options);
        _details = details;
        _docs.WriteStartObject();
        _docs.WriteStartArray("docs");
    }

    public async Task WriteAsync(OpenIeDocument document, CancellationToken cancellationToken)
    {
        _docs.WriteStartObject();
        _docs.WriteNumber("idx", _documents);
        _docs.WriteString("passage", document.Document.Title is { } title ? $"{title}\n{document.Document.Text}" : document.Document.Text);
        _docs.WriteStartArray("extracted_entities");
        foreach (var name in document.Read.Names)
        {
            _docs.WriteStringValue(name);
        }

        _docs.WriteEndArray();
        _docs.WriteStartArray("extracted_triples");

        // A triple has no room for "not", "perhaps" or "no longer": what is said so stands in the details alone.
        foreach (var fact in document.Read.Facts.Where(fact => fact is { IsNegated: false, IsClosing: false, Modality: FactModality.Asserted }))
        {
            _docs.WriteStartArray();
            _docs.WriteStringValue(fact.Subject);
            _docs.WriteStringValue(fact.Relation);
            _docs.WriteStringValue(fact.Object);
            _docs.WriteEndArray();
        }

        _docs.WriteEndArray();
        _docs.WriteEndObject();
        await _docs.FlushAsync(cancellationToken).ConfigureAwait(false);
        foreach (var fact in _details is null ? [] : document.Read.Facts)
        {
            await WriteDetailsAsync(_details!, document, fact, cancellationToken).ConfigureAwait(false);
        }

        _documents++;
    }

    /// <summary>Ends the list. A file that was not ended is known by that to be incomplete.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        _docs.WriteEndArray();
        _docs.WriteEndObject();
        await _docs.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => _docs.DisposeAsync();

    async Task WriteDetailsAsync(Stream target, OpenIeDocument document, Fact fact, CancellationToken cancellationToken)
    {
        using var line = new MemoryStream();
        var json = new Utf8JsonWriter(line, Options);
        await using (json.ConfigureAwait(false))
        {
            json.WriteStartObject();
            json.WriteNumber("idx", _documents);
            json.WriteString("document", document.Name);
            json.WriteString("subject", fact.Subject);
            json.WriteString("relation", fact.Relation);
            json.WriteString("object", fact.Object);
            json.WriteNumber("confidence", fact.Confidence);
            json.WriteBoolean("isNegated", fact.IsNegated);
            json.WriteString("modality", Word(fact.Modality));
            WriteIfSet(json, "attributedTo", fact.AttributedTo);
            json.WriteString("kind", Word(fact.Kind));
            WriteIfSet(json, "from", Day(fact.Valid.From));
            WriteIfSet(json, "to", Day(fact.Valid.To));
            WriteIfSet(json, "granularity", fact.Granularity is { } exactness ? Word(exactness) : null);
            json.WriteBoolean("isClosing", fact.IsClosing);
            if (fact.Evidence.Length > 0)
            {
                json.WriteNumber("start", fact.Evidence.Start);
                json.WriteNumber("length", fact.Evidence.Length);
                json.WriteString("evidence", document.Document.Text.AsSpan(fact.Evidence.Start, fact.Evidence.Length));
            }

            json.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        await target.WriteAsync(line.GetBuffer().AsMemory(0, (int)line.Length), cancellationToken).ConfigureAwait(false);
    }

    static void WriteIfSet(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
