using Archicortex.Numerics;

namespace Archicortex.Documents;

/// <summary>A text to remember: an article, a note, a file, one turn of a conversation.</summary>
/// <param name="Text">What it says. Stored as given, in Unicode normal form C.</param>
public sealed record Document(string Text)
{
    /// <summary>The owner's name for it, unique in the scope, e.g. "notes/plan.md". Without one, the content names it.</summary>
    public string? Id { get; init; }

    /// <summary>What it is about, in a few words. Titles name passages, so that other passages can lead to them.</summary>
    public string? Title { get; init; }

    /// <summary>When it was said or written.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>Who said it, in a conversation.</summary>
    public string? Speaker { get; init; }

    /// <summary>To whom it was said, when there is one listener: "you" in the text.</summary>
    public string? Listener { get; init; }

    /// <summary>Which conversation it belongs to.</summary>
    public string? Session { get; init; }

    /// <summary>Where it came from: a file, an address, a chat. Several documents may share one.</summary>
    public string? Source { get; init; }

    /// <summary>How the text is written; decides where it may be split.</summary>
    public DocumentFormat Format { get; init; }

    /// <summary>Statements that came with it, e.g. a line of a knowledge graph; taken as they are, without reading the text for them.</summary>
    public IReadOnlyList<Triple>? Triples { get; init; }

    /// <summary>Anything else worth keeping with it. Returned with every hit; not searched.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>The document's id in a scope.</summary>
    internal DocumentId IdIn(string scope)
    {
        using var hash = new ContentHash("document").Add(scope);
        return Id is { } id ? new(hash.Add("named").Add(id).Id()) : new(hash.Add("content").Add(ContentId()).Id());
    }

    /// <summary>Hash of all it says: two documents of one name must agree on it.</summary>
    /// <remarks>The source is left out: a file that has moved still says the same.</remarks>
    internal UInt128 ContentId()
    {
        using var hash = new ContentHash("content").Add(Title).Add(Text).Add(Speaker).Add(Session);
        if (Listener is not null)
        {
            // Added where there is one only, so that documents without keep the id they had before there were listeners.
            hash.Add("listener").Add(Listener);
        }

        foreach (var (subject, relation, @object) in Triples ?? [])
        {
            hash.Add("triple").Add(subject).Add(relation).Add(@object);
        }

        hash.Add(Time is null ? 0 : 1).Add(Time?.UtcTicks ?? 0).Add(Time?.Offset.Ticks ?? 0).Add(Metadata?.Count ?? 0);
        foreach (var (key, value) in (Metadata ?? NoMetadata).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            hash.Add(key).Add(value);
        }

        return hash.Id();
    }

    static readonly IReadOnlyDictionary<string, string> NoMetadata = new Dictionary<string, string>();
}

/// <summary>How a document's text is written.</summary>
public enum DocumentFormat
{
    /// <summary>Plain text: split between sentences.</summary>
    Text,

    /// <summary>Markdown: split at headings first, then between sentences.</summary>
    Markdown,
}
