using Archicortex.Documents;
using Archicortex.Language;
using Archicortex.Models;
using Archicortex.Recall;

namespace Archicortex;

/// <summary>What to recall, and how.</summary>
public sealed record RecallOptions
{
    const int TokenBudgetMax = 10_000_000;
    const int PinnedMax = 100;

    /// <summary>Passages to return, 1 … 1,000. Default 5.</summary>
    public int Top { get; init; } = 5;

    /// <summary>How passages are ranked. Default <see cref="RecallStrategy.Auto"/>.</summary>
    public RecallStrategy Strategy { get; init; } = RecallStrategy.Auto;

    /// <summary>
    /// The day "last week" in the question is counted from. Default: none, only what names its days outright ("in May 2023") is
    /// read as a time.
    /// </summary>
    public DateOnly? AskedOn { get; init; }

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

    /// <summary>
    /// Tokens that the block <see cref="Recollection.Context"/> may have, 0 … 10,000,000. Default null: no block is made. It draws
    /// on the best fifty passages, or on <see cref="Top"/> if that is more, whatever the budget.
    /// </summary>
    public int? TokenBudget { get; init; }

    /// <summary>In which order the block prints passages. Default: what suits them. Ignored without <see cref="TokenBudget"/>.</summary>
    public ContextOrder Order { get; init; }

    /// <summary>
    /// Texts that the block holds in any case, before all that is found: a goal, a rule, who is speaking. At most 100. Default
    /// none. Ignored without <see cref="TokenBudget"/>; a budget they do not fit in is refused.
    /// </summary>
    public IReadOnlyList<string> Pinned { get; init; } = [];

    /// <summary>Passages that the block holds in any case. At most 100; each must be remembered. As <see cref="Pinned"/> otherwise.</summary>
    public IReadOnlyList<PassageId> PinnedPassages { get; init; } = [];

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

        if (TokenBudget is < 0 or > TokenBudgetMax)
        {
            throw new ArgumentOutOfRangeException(nameof(TokenBudget), TokenBudget, $"TokenBudget must be between 0 and {TokenBudgetMax:N0}.");
        }

        if (!Enum.IsDefined(Order))
        {
            throw new ArgumentOutOfRangeException(nameof(Order), Order, "There is no such order.");
        }

        if (Pinned.Count > PinnedMax || PinnedPassages.Count > PinnedMax || Pinned.Any(string.IsNullOrWhiteSpace))
        {
            throw new ArgumentException(
                $"{Pinned.Count} texts and {PinnedPassages.Count} passages are pinned; at most {PinnedMax} of each can be, and none may be blank.");
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

    /// <summary>
    /// Topics that answer a broad question, best first; their passages are those of <see cref="Passages"/>. Empty unless
    /// <see cref="RecallStrategy.Tree"/> ranked.
    /// </summary>
    public IReadOnlyList<RecalledSummary> Summaries { get; init; } = [];

    /// <summary>How far the memory can be trusted to hold the answer; null where none was asked, as in a recollection made by hand.</summary>
    public Confidence? Confidence { get; init; }

    /// <summary>The passages stand in the order of turns that the question asks for: the first of them is the answer.</summary>
    internal bool IsPlaced { get; init; }

    /// <summary>What was found as one block of text; null without <see cref="RecallOptions.TokenBudget"/>.</summary>
    public PackedContext? Context { get; init; }
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
