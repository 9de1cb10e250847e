using System.Globalization;
using Archicortex.Language;
using Archicortex.Numerics;

namespace Archicortex.Documents;

/// <summary>Names a passage: 128 bits of a content hash over its document, its place in it and its text.</summary>
public readonly record struct PassageId(UInt128 Value)
{
    /// <summary>32 hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);
}

/// <summary>A stretch of a document short enough to be returned whole: what recall ranks.</summary>
/// <param name="Id">Content hash.</param>
/// <param name="DocumentId">The document it is part of.</param>
/// <param name="Document">That document.</param>
/// <param name="Span">Where its text stands in the document's text, in UTF-16 units.</param>
/// <param name="Section">The heading it stands under, if the document has headings.</param>
sealed record Passage(PassageId Id, DocumentId DocumentId, Document Document, TextSpan Span, string? Section)
{
    /// <summary>Its text, verbatim; cut out anew at each call, so that a long document is held once.</summary>
    public string Text => Document.Text.Substring(Span.Start, Span.Length);

    public string? Title => Document.Title;

    public string? Speaker => Document.Speaker;

    public string? Listener => Document.Listener;

    /// <param name="document">The document.</param>
    /// <param name="id">Its id.</param>
    /// <param name="contentId">Hash of all it says, worked out once for all its passages.</param>
    /// <param name="part">Which part of the text the passage is.</param>
    public static Passage Of(Document document, DocumentId id, UInt128 contentId, PassagePart part)
    {
        using var hash = new ContentHash("passage");
        hash.Add(id.Value).Add(contentId).Add(part.Start).Add(part.Length).Add(part.Section);
        return new Passage(new PassageId(hash.Id()), id, document, new(part.Start, part.Length), part.Section);
    }
}

/// <summary>One piece of a split document, as it is recorded in the log.</summary>
/// <param name="Start">Offset in the document's text, in UTF-16 units.</param>
/// <param name="Length">Length, in UTF-16 units.</param>
/// <param name="Section">The heading it stands under.</param>
readonly record struct PassagePart(int Start, int Length, string? Section);
