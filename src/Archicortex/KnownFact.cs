using Archicortex.Documents;
using Archicortex.Facts;
using Archicortex.Language;

namespace Archicortex;

/// <summary>Which facts to list. Everything set must hold; nothing set lists all.</summary>
public sealed record FactQuery
{
    /// <summary>An end of the fact, subject or object. Names are compared by <see cref="EntityName"/>.</summary>
    public string? About { get; init; }

    /// <summary>Its subject.</summary>
    public string? Subject { get; init; }

    /// <summary>Its relation: "lives_in", "lives in" and "Lives In" are one.</summary>
    public string? Relation { get; init; }

    /// <summary>Its object.</summary>
    public string? Object { get; init; }

    /// <summary>A day on which it was true, as far as its passage says: facts without days are listed too.</summary>
    public DateOnly? At { get; init; }

    /// <summary>Who read it: "rules", "given", or the name of another extractor.</summary>
    public string? Extractor { get; init; }

    /// <summary>The least confidence, [0, 1]. Default 0.</summary>
    public double ConfidenceMin { get; init; }

    /// <summary>The most facts, 1 … 100,000. Default 100.</summary>
    public int Top { get; init; } = 100;

    internal void Check()
    {
        if (Top is < 1 or > 100_000)
        {
            throw new ArgumentOutOfRangeException(nameof(Top), Top, "Top must be between 1 and 100,000.");
        }

        if (ConfidenceMin is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(ConfidenceMin), ConfidenceMin, "ConfidenceMin must be between 0 and 1.");
        }
    }
}

/// <summary>A fact of the memory: what one passage states, as one extractor read it.</summary>
/// <param name="Fact">What it states.</param>
/// <param name="Extractor">Who read it: "rules", "given", or the name of another extractor.</param>
/// <param name="PassageId">Content id of the passage.</param>
/// <param name="DocumentId">Content id of its document.</param>
/// <param name="Document">The document.</param>
/// <param name="Evidence">The sentence that says it, in the document's text; length 0 if no single sentence does.</param>
public sealed record KnownFact(Fact Fact, string Extractor, PassageId PassageId, DocumentId DocumentId, Document Document, TextSpan Evidence)
{
    /// <summary>The sentence that says it, verbatim; null if no single sentence does.</summary>
    public string? Sentence => Evidence.Length == 0 ? null : Document.Text.Substring(Evidence.Start, Evidence.Length);

    /// <summary>The owner's name of the document if it has one, else its content id.</summary>
    public string DocumentName => Document.Id ?? DocumentId.ToString();
}
