using Archicortex.Documents;
using Archicortex.Language;
using Archicortex.Models;
using Archicortex.Recall;

namespace Archicortex;

/// <summary>What to recall, and how.</summary>
public sealed record RecallOptions
{
    /// <summary>Passages to return, 1 … 1,000. Default 5.</summary>
    public int Top { get; init; } = 5;

    /// <summary>How passages are ranked. Default <see cref="RecallStrategy.Auto"/>.</summary>
    public RecallStrategy Strategy { get; init; } = RecallStrategy.Auto;

    /// <summary>Say for each passage which names led to it and what its score is made of. Costs about as much again as ranking. Default false.</summary>
    public bool Explain { get; init; }

    /// <summary>
    /// What of the memory starts the walk beside the words and names of the question, if its vector is like the question's.
    /// Default passages. Used by <see cref="RecallStrategy.Graph"/>, and where <see cref="RecallStrategy.Auto"/> takes it;
    /// ignored without an embedder in force, and for kinds that it has no vectors of.
    /// </summary>
    public EmbeddingUnits VectorSeeds { get; init; } = EmbeddingUnits.Passages;

    /// <summary>How <see cref="RecallStrategy.Hippo1"/> and <see cref="RecallStrategy.Hippo2"/> recall; ignored by the others.</summary>
    public HippoOptions Hippo { get; init; } = new();

    internal void Check()
    {
        Hippo.Check();
        if (Top is < 1 or > 1000)
        {
            throw new ArgumentOutOfRangeException(nameof(Top), Top, "Top must be between 1 and 1,000.");
        }

        if ((VectorSeeds & ~EmbeddingUnits.All) != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(VectorSeeds), VectorSeeds, "VectorSeeds must be none, or some of Passages, Facts and Entities.");
        }

        if (!Enum.IsDefined(Strategy))
        {
            throw new ArgumentOutOfRangeException(nameof(Strategy), Strategy, "There is no such strategy.");
        }
    }
}

/// <summary>The answer to a recall: passages, best first, and how they were found.</summary>
/// <param name="Question">What was asked.</param>
/// <param name="Strategy">The strategy that ranked; never <see cref="RecallStrategy.Auto"/>.</param>
/// <param name="Reason">Why that one, in a sentence.</param>
/// <param name="Names">The names of the memory found in the question, as they are written there.</param>
/// <param name="Passages">Best first. Empty only if no word of the question is known: see <paramref name="Reason"/>.</param>
/// <param name="Corrections">Words of the question that were read as others, because the memory knows no such word.</param>
public sealed record Recollection(
    string Question,
    RecallStrategy Strategy,
    string Reason,
    IReadOnlyList<string> Names,
    IReadOnlyList<RecalledPassage> Passages,
    IReadOnlyList<SpellingCorrection> Corrections)
{
    /// <summary>
    /// Why another strategy ranked than the one asked for, or why the memory's vectors took no part; null, normally. Of these
    /// only the second is set for <see cref="RecallStrategy.Auto"/>.
    /// </summary>
    public string? Fallback { get; init; }
}

/// <summary>A passage that was recalled.</summary>
/// <param name="Rank">1 for the best.</param>
/// <param name="Score">Higher is better. Comparable within one recollection only.</param>
/// <param name="PassageId">Content id of the passage.</param>
/// <param name="DocumentId">Content id of its document.</param>
/// <param name="Document">The document it is part of.</param>
/// <param name="Section">The heading it stands under, if its document has headings.</param>
/// <param name="Span">Where it stands in the document's text, in UTF-16 units.</param>
/// <param name="Explanation">Why it is here, if that was asked for.</param>
public sealed record RecalledPassage(
    int Rank,
    double Score,
    PassageId PassageId,
    DocumentId DocumentId,
    Document Document,
    string? Section,
    TextSpan Span,
    Explanation? Explanation)
{
    /// <summary>The passage, verbatim.</summary>
    public string Text => Document.Text.Substring(Span.Start, Span.Length);

    /// <summary>The owner's name of the document if it has one, else its content id.</summary>
    public string DocumentName => Document.Id ?? DocumentId.ToString();
}
