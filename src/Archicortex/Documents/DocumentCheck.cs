using System.Text;
using Archicortex.Language;

namespace Archicortex.Documents;

/// <summary>What a document must be to be remembered, and the one form in which it is stored.</summary>
static class DocumentCheck
{
    /// <summary>Characters of a title, an id, a speaker, a session or a source.</summary>
    public const int FieldCharsMax = 2000;

    /// <summary>Triples that may come with one document.</summary>
    public const int TriplesMax = 10_000;

    /// <summary>The document in Unicode normal form C. Unpaired surrogates, which no file can hold, become U+FFFD.</summary>
    /// <exception cref="ArgumentException">It says nothing, or more than the limit.</exception>
    public static Document Normalise(Document document, int charsMax)
    {
        if (document is null || document.Text is null)
        {
            throw new ArgumentException("A document needs a text; this one is null.", nameof(document));
        }

        var label = document.Id ?? document.Title ?? document.Source ?? "without id";
        if (string.IsNullOrWhiteSpace(document.Text))
        {
            throw new ArgumentException($"Document '{label}' has an empty text. Give it some, or leave it out.", nameof(document));
        }

        if (document.Text.Length > charsMax)
        {
            throw new ArgumentException(
                $"Document '{label}' has {document.Text.Length:N0} characters; the limit is {charsMax:N0}. "
                + "Split it, or raise GraphMemoryOptions.DocumentCharsMax.", nameof(document));
        }

        return document with
        {
            Text = Normal(document.Text)!,
            Id = Field(document.Id, "id", label),
            Title = Field(document.Title, "title", label),
            Speaker = Field(document.Speaker, "speaker", label),
            Listener = Field(document.Listener, "listener", label),
            Session = Field(document.Session, "session", label),
            Source = Field(document.Source, "source", label),
            Triples = document.Triples is { Count: > 0 } triples ? NormalTriples(triples, label) : null,
            Metadata = document.Metadata is { Count: > 0 } metadata ? NormalMetadata(metadata, label) : null,
        };
    }

    static Triple[] NormalTriples(IReadOnlyList<Triple> triples, string label)
    {
        if (triples.Count > TriplesMax)
        {
            throw new ArgumentException($"Document '{label}' comes with {triples.Count:N0} triples; the limit is {TriplesMax:N0}. Split it.");
        }

        return [.. triples.Select(triple => new Triple(
            Part(triple.Subject, "subject", label), Part(triple.Relation, "relation", label), Part(triple.Object, "object", label)))];
    }

    static string Part(string? text, string name, string label) => Field(text, name, label)
        ?? throw new ArgumentException($"A triple of document '{label}' has an empty {name}. Give it one, or leave the triple out.");

    static Dictionary<string, string> NormalMetadata(IReadOnlyDictionary<string, string> metadata, string label)
    {
        var normal = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in metadata)
        {
            if (!normal.TryAdd(Normal(key)!, Normal(value) ?? ""))
            {
                throw new ArgumentException(
                    $"The metadata of document '{label}' has two keys that are '{Normal(key)}' in Unicode normal form C. Rename one.");
            }
        }

        return new(normal);
    }

    static string? Field(string? text, string name, string label)
    {
        if (text is { Length: > FieldCharsMax })
        {
            throw new ArgumentException(
                $"The {name} of document '{label[..Math.Min(80, label.Length)]}' has {text.Length:N0} characters; the limit is {FieldCharsMax:N0}.");
        }

        return string.IsNullOrWhiteSpace(text) ? null : Normal(text);
    }

    static string? Normal(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var whole = text;
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !(char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[++i])))
            {
                whole = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
                break;
            }
        }

        return UnicodeText.Compose(whole);
    }
}
