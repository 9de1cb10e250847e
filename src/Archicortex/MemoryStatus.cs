using Archicortex.Documents;

namespace Archicortex;

/// <summary>What happened to a document that was to be remembered.</summary>
/// <param name="DocumentId">Its content id.</param>
/// <param name="Document">The document.</param>
/// <param name="Outcome">New, known, or put in the place of another.</param>
/// <param name="PassageCount">Passages it was split into.</param>
public sealed record Remembered(DocumentId DocumentId, Document Document, RememberOutcome Outcome, int PassageCount)
{
    /// <summary>Why the model did not read its facts, where <see cref="RememberOptions.OnModelFailure"/> lets the rules stand in; null, normally.</summary>
    public Exception? ModelFailure { get; init; }
}

/// <summary>What remembering a document did.</summary>
public enum RememberOutcome
{
    /// <summary>It is new and now stored.</summary>
    Added,

    /// <summary>The same was remembered before: nothing changed.</summary>
    Known,

    /// <summary>It took the place of one of the same id with other content.</summary>
    Replaced,
}

/// <summary>How documents are remembered.</summary>
public sealed record RememberOptions
{
    /// <summary>What to do with a document whose id is remembered with other content. Default: refuse.</summary>
    public bool Replace { get; init; }

    /// <summary>Documents made durable at once, 1 … 10,000. Default 256. A crash loses at most the batch that was not acknowledged.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>
    /// What to do when the model that reads facts fails. Default: stop; the document is remembered all the same, and
    /// remembering it again, or <see cref="GraphMemory.ExtractFactsAsync"/>, goes on with its facts.
    /// </summary>
    public ExtractionFailure OnModelFailure { get; init; }

    internal void Check()
    {
        if (BatchSize is < 1 or > 10_000)
        {
            throw new ArgumentOutOfRangeException(nameof(BatchSize), BatchSize, "BatchSize must be between 1 and 10,000.");
        }
    }
}

/// <summary>What a memory holds.</summary>
/// <param name="Name">The store: a file, an address.</param>
/// <param name="Scope">Whose memory it is.</param>
/// <param name="Documents">Documents remembered.</param>
/// <param name="Passages">Passages they were split into.</param>
/// <param name="Names">Distinct names found in them.</param>
/// <param name="Words">Distinct words in them.</param>
/// <param name="Operations">Operations in the log, forgets included.</param>
/// <param name="Head">Id of the last operation: equal heads, equal history.</param>
public sealed record MemoryStatus(
    string Name, string Scope, int Documents, int Passages, int Names, int Words, long Operations, string Head)
{
    /// <summary>The vectors it compares; null if no embedder was taken into use.</summary>
    public EmbeddingStatus? Embedding { get; init; }

    /// <summary>Distinct facts that some passage states, as any extractor read them.</summary>
    public int Facts { get; init; }

    /// <summary>Tasks in the working memory, finished ones included.</summary>
    public int Tasks { get; init; }

    /// <summary>Cases in the procedural memory.</summary>
    public int Cases { get; init; }
}

/// <summary>What a check of a memory found.</summary>
/// <param name="Operations">Operations read and checked.</param>
/// <param name="StateHash">Hash of all that recall can see but the shape of the tree of topics, computed from the log alone.</param>
/// <param name="Problems">What is wrong, a sentence each; empty if nothing is.</param>
public sealed record VerifyReport(long Operations, string StateHash, IReadOnlyList<string> Problems)
{
    /// <summary>True if nothing is wrong.</summary>
    public bool IsSound => Problems.Count == 0;
}

/// <summary>What an import did.</summary>
/// <param name="Operations">Operations read.</param>
/// <param name="Added">Documents that are new.</param>
/// <param name="Forgotten">Documents that the log forgets.</param>
/// <param name="IsVerbatim">True if the memory was empty and now has the very log that was exported.</param>
public sealed record ImportReport(long Operations, int Added, int Forgotten, bool IsVerbatim)
{
    /// <summary>
    /// The embedder that was last in force in the log; null: none. Vectors are no part of an export. A log taken over verbatim
    /// keeps it in force, and its texts are embedded anew at the next recall that needs vectors; otherwise the memory
    /// keeps its own, and <see cref="GraphMemory.UseEmbedderAsync"/> changes it.
    /// </summary>
    public string? Embedder { get; init; }
}
