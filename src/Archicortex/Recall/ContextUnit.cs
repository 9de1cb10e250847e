using Archicortex.Documents;
using Archicortex.Language;

namespace Archicortex.Recall;

/// <summary>Something that a context may hold, whole or not at all.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Key">Its content: decides ties.</param>
/// <param name="Score">How well it fits the question, ≥ 0; comparable with units of its kind only.</param>
abstract record ContextUnit(ContextKind Kind, UInt128 Key, double Score)
{
    /// <summary>What it is called where it is told that it was left out.</summary>
    public abstract string Name { get; }
}

/// <summary>A passage.</summary>
/// <param name="Row">Its row in the view.</param>
/// <param name="Passage">The passage.</param>
/// <param name="Score">Its score in the ranking.</param>
/// <param name="Before">Rows of the passages without which it says little.</param>
sealed record PassageUnit(int Row, Passage Passage, double Score, int[] Before) : ContextUnit(ContextKind.Passage, Passage.Id.Value, Score)
{
    public override string Name => ContextText.Label(Passage) is { Length: > 0 } label ? label
        : Passage.Document is { Id: { } id, Speaker: null } ? ContextText.OneLine(id)
        : ContextText.OneLine(Passage.Text[..Math.Min(Passage.Text.Length, ContextText.LabelCharsMax)]);

    /// <summary>True if it was pinned: printed first, before what was found.</summary>
    public bool IsPinned { get; init; }

    /// <summary>Rows that say the same word for word, and stand in its place.</summary>
    public int[] Repeats { get; init; } = [];
}

/// <summary>A line, or several that belong together: a fact, the sides of a conflict, a summary.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Key">Its content.</param>
/// <param name="Score">How well it fits the question.</param>
/// <param name="Order">Sorts lines of its kind, whatever their score: what a prompt starts with changes as little as may be.</param>
/// <param name="Heading">Printed before its parts, without a number; empty: nothing.</param>
/// <param name="Parts">What is numbered.</param>
sealed record LineUnit(ContextKind Kind, UInt128 Key, double Score, string Order, string Heading, ContextPart[] Parts) : ContextUnit(Kind, Key, Score)
{
    /// <summary>True if it answers the question by itself: packed before all else.</summary>
    public bool IsAnswer { get; init; }

    public override string Name => Heading.Length > 0 && Kind == ContextKind.Summary ? Heading : Parts[0].Text;
}

/// <summary>A numbered part of a line.</summary>
/// <param name="Text">What is printed.</param>
/// <param name="Passage">The passage that says it.</param>
/// <param name="Span">Where it says it, in the document's text.</param>
readonly record struct ContextPart(string Text, Passage Passage, TextSpan Span);

/// <summary>A unit in a context.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Runs">Of a passage that is trimmed: stretches of its text, in order; else null.</param>
readonly record struct PackedUnit(ContextUnit Unit, TextSpan[]? Runs);

/// <summary>How many tokens a text may have, and how they are counted.</summary>
/// <param name="Limit">The most, ≥ 0.</param>
/// <param name="Count">Tokens of a text.</param>
sealed record TokenBudget(int Limit, Func<string, int> Count)
{
    /// <exception cref="InvalidOperationException">The counter returned a negative number.</exception>
    public int Of(string text)
    {
        // What has no text costs nothing, whatever frame a tokenizer puts around it.
        var tokens = text.Length == 0 ? 0 : Count(text);
        return tokens >= 0 ? tokens : throw new InvalidOperationException(
            $"The token counter gave {tokens} for a text of {text.Length} characters; a number of tokens is 0 or more. "
            + "Look at GraphMemoryOptions.TokenCounter.");
    }

    public bool Fits(string text) => Of(text) <= Limit;
}
