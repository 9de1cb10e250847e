using System.Globalization;
using Archicortex.Documents;
using Archicortex.Language;

namespace Archicortex.Recall;

/// <summary>In which order a context prints its passages. Facts and summaries stand before them in any order.</summary>
public enum ContextOrder
{
    /// <summary>
    /// <see cref="Chronological"/> if the best passage is a turn of a conversation, since a reply is understood after what it
    /// answers and the later of two statements holds; else <see cref="BestLast"/>.
    /// </summary>
    Auto,

    /// <summary>The best passage at the end, next to the question: models heed the ends of a long prompt most.</summary>
    BestLast,

    /// <summary>The best passage first.</summary>
    BestFirst,

    /// <summary>By time; what has no time stands first.</summary>
    Chronological,
}

/// <summary>What a citation of a context is.</summary>
public enum ContextKind
{
    /// <summary>Pinned by the caller.</summary>
    Pinned,

    /// <summary>A fact; its span is the sentence that says it, or its passage if no single sentence does.</summary>
    Fact,

    /// <summary>A line of a summary: a sentence, or a fact; of one that a model wrote, its text, and the span is the first of its sources.</summary>
    Summary,

    /// <summary>A whole passage.</summary>
    Passage,

    /// <summary>Sentences that follow each other, of a passage that did not fit as a whole.</summary>
    Sentences,
}

/// <summary>What was recalled as one block of text, ready for a prompt and within its budget.</summary>
/// <remarks>
/// <para>Sections, each under a line that ends in a colon: what was pinned; facts about the names of the question, with the
/// days they held; summaries; passages and turns with their titles, dates and speakers. What the sections have is numbered:
/// <c>[3]</c> at the start of a line. Only such lines are the memory's own; each further line of a quoted text is
/// indented, so that no text can pass for another or for a heading.</para>
/// <para>A fact that ended stands with its interval and the word <i>until</i>. Of two objects where there can be one, both
/// stand, marked as a conflict. Texts that say the same stand once. A passage that was found through another stands with
/// that other. The same memory, question and options give the same bytes; a larger budget holds all that a smaller one
/// does.</para>
/// </remarks>
/// <param name="Text">The block; empty if nothing fits.</param>
/// <param name="Tokens">Its tokens, counted on the block as a whole; at most <paramref name="TokenBudget"/>.</param>
/// <param name="TokenBudget">What was allowed.</param>
/// <param name="Citations">What each number stands for, in their order.</param>
/// <param name="LeftOut">What did not fit.</param>
/// <param name="Weights">What each level of detail got of the budget to bid with: "fact", "summary", "passage".</param>
/// <param name="Order">The order of the passages; never <see cref="ContextOrder.Auto"/>.</param>
/// <param name="IsAnswerable">False if the memory probably lacks the answer.</param>
/// <param name="Reason">Why, in a sentence.</param>
public sealed record PackedContext(
    string Text,
    int Tokens,
    int TokenBudget,
    IReadOnlyList<ContextCitation> Citations,
    LeftOut LeftOut,
    IReadOnlyList<GranularityWeight> Weights,
    ContextOrder Order,
    bool IsAnswerable,
    string Reason)
{
    /// <summary>
    /// The block by its numbers: for each citation what is printed under it, with the title, date and speaker that stand over
    /// it. What was pinned as text has no number and is not among them.
    /// </summary>
    public required IReadOnlyList<ContextPassage> Parts { get; init; }
}

/// <summary>A numbered part of a context by itself, for prompts that frame each part on its own.</summary>
/// <param name="Number">As printed.</param>
/// <param name="Text">What is printed, and what stands over it.</param>
public sealed record ContextPassage(int Number, string Text);

/// <summary>What a number in a context stands for.</summary>
/// <param name="Number">As printed: 1, 2, …</param>
/// <param name="Kind">What it is.</param>
/// <param name="DocumentName">The owner's name of the document if it has one, else its content id.</param>
/// <param name="DocumentId">Content id of the document.</param>
/// <param name="PassageId">Content id of the passage.</param>
/// <param name="Span">Where the text stands in the document's text, in UTF-16 units.</param>
/// <param name="Text">That text, verbatim.</param>
public sealed record ContextCitation(
    int Number, ContextKind Kind, string DocumentName, DocumentId DocumentId, PassageId PassageId, TextSpan Span, string Text);

/// <summary>What a context left out for want of room.</summary>
/// <param name="Facts">Facts that bear on the question.</param>
/// <param name="Summaries">Summaries.</param>
/// <param name="Passages">Passages of which nothing is in the block.</param>
/// <param name="Trimmed">Passages of which only sentences are.</param>
/// <param name="Duplicates">Passages that say what another one in the block says; they are no loss, and not counted above.</param>
/// <param name="Best">Names of the best that were left out, at most five.</param>
public sealed record LeftOut(int Facts, int Summaries, int Passages, int Trimmed, int Duplicates, IReadOnlyList<string> Best)
{
    /// <summary>True if the block has all that was found.</summary>
    public bool IsNothing => Facts + Summaries + Passages + Trimmed == 0;

    /// <summary>All of it in a sentence.</summary>
    public override string ToString()
    {
        if (IsNothing)
        {
            return "Nothing was left out.";
        }

        var parts = new List<string>();
        Add(parts, Facts, "fact");
        Add(parts, Summaries, "summary");
        Add(parts, Passages, "passage");
        var names = Best.Count > 0 ? $" ({string.Join("; ", Best)})" : "";
        var whole = parts.Count > 0 ? $"Left out: {string.Join(", ", parts)}{names}." : "";
        var cut = Trimmed switch
        {
            0 => "",
            1 => "One passage is cut to sentences.",
            _ => string.Create(CultureInfo.InvariantCulture, $"{Trimmed} passages are cut to sentences."),
        };
        return whole.Length > 0 && cut.Length > 0 ? $"{whole} {cut}" : whole + cut;
    }

    static void Add(List<string> parts, int count, string what)
    {
        if (count > 0)
        {
            var many = what.EndsWith('y') ? what[..^1] + "ies" : what + "s";
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? what : many)}"));
        }
    }
}
