using Archicortex.Language;
using Archicortex.Models;

namespace Archicortex;

/// <summary>How a question is answered.</summary>
public sealed record AskOptions
{
    /// <summary>Passages the answer may rest on, 1 … 100. Default 5.</summary>
    public int Top { get; init; } = 5;

    /// <summary>How passages are found. Default <see cref="RecallStrategy.Auto"/>.</summary>
    public RecallStrategy Strategy { get; init; } = RecallStrategy.Auto;

    /// <summary>The day "now" and "last week" are counted from. Default: the day of the memory's clock.</summary>
    public DateOnly? AskedOn { get; init; }

    /// <summary>How a model is asked. Default: with citations. Ignored without a model.</summary>
    public AnswerStyle Style { get; init; }

    /// <summary>What a model may spend on this answer. Default: what its caller allows.</summary>
    public ModelBudget? Budget { get; init; }

    /// <summary>
    /// Tokens of what a model is given to answer from, 1 … 1,000,000: then it gets the parts of a packed context, facts and
    /// whole or trimmed passages, in place of the first <see cref="Top"/> passages. Instructions, and the marks around each
    /// part, come on top. Default null: those passages. Ignored without a model.
    /// </summary>
    public int? TokenBudget { get; init; }

    /// <summary>Answer from facts and sentences even if the memory has a model. Default false.</summary>
    public bool WithoutModel { get; init; }
}

/// <summary>Where an answer comes from.</summary>
public enum AnswerSource
{
    /// <summary>Nothing answers.</summary>
    None,

    /// <summary>A language model wrote it from the cited passages.</summary>
    Model,

    /// <summary>It was read off facts.</summary>
    Fact,

    /// <summary>It is the sentence that says most of what is asked; it may not be an answer.</summary>
    Sentence,

    /// <summary>It was worked out from the days of the events that the question names.</summary>
    Days,
}

/// <summary>An answer and what it rests on.</summary>
/// <param name="Question">What was asked.</param>
/// <param name="Text">The answer; empty if there is none.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Reason">How it was found, in a sentence.</param>
/// <param name="IsAnswerable">False if what was found probably does not hold the answer.</param>
/// <param name="Citations">What it rests on.</param>
/// <param name="Recollection">All that was recalled.</param>
public sealed record Answer(
    string Question,
    string Text,
    AnswerSource Source,
    string Reason,
    bool IsAnswerable,
    IReadOnlyList<Citation> Citations,
    Recollection Recollection)
{
    /// <summary>How a model came to it; null without one.</summary>
    public string? Thought { get; init; }

    /// <summary>The facts it was read off; empty if it was not.</summary>
    public IReadOnlyList<KnownFact> Facts { get; init; } = [];

    /// <summary>What a model cost; null without one.</summary>
    public ModelSpending? Spending { get; init; }
}

/// <summary>A passage an answer rests on.</summary>
/// <param name="Number">By which the answer cites it: 1, 2, …</param>
/// <param name="DocumentName">Its document.</param>
/// <param name="PassageId">Content id of the passage.</param>
/// <param name="Text">The passage, or the sentence of it that answers; verbatim.</param>
/// <param name="Span">Where that stands in the document's text.</param>
public sealed record Citation(int Number, string DocumentName, Documents.PassageId PassageId, string Text, TextSpan Span);

/// <summary>What the memory says to a claim.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Verdict">Contradicted if one of its facts is, supported if all are, else not found.</param>
/// <param name="Facts">Each fact of the claim, and what was found on it; empty if no fact could be read in it.</param>
/// <param name="Evidence">Without facts: the passages nearest to it.</param>
public sealed record ClaimReport(
    string Claim, Recall.ClaimVerdict Verdict, IReadOnlyList<ClaimedFact> Facts, IReadOnlyList<RecalledPassage> Evidence);

/// <summary>One fact of a claim.</summary>
/// <param name="Fact">What is claimed.</param>
/// <param name="Verdict">What the memory says to it.</param>
/// <param name="Reason">Why, in a sentence.</param>
/// <param name="Evidence">The facts that say so.</param>
public sealed record ClaimedFact(Facts.Fact Fact, Recall.ClaimVerdict Verdict, string Reason, IReadOnlyList<KnownFact> Evidence)
{
    /// <summary>When it was true, if it was once and is no longer.</summary>
    public Facts.DayRange? HeldDuring { get; init; }
}
