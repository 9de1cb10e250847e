namespace Archicortex.Recall;

/// <summary>Why a passage was recalled, from the very numbers that ranked it.</summary>
/// <param name="Parts">What the score is made of; the values add up to it.</param>
/// <param name="Seeds">Where its mass came from, largest share first; at most five. The shares of all seeds add up to 1.</param>
/// <param name="Path">From a name or word of the question to this passage, step by step.</param>
public sealed record Explanation(IReadOnlyList<ScorePart> Parts, IReadOnlyList<SeedShare> Seeds, IReadOnlyList<PathStep> Path);

/// <summary>One summand of a score.</summary>
/// <param name="Name">What it rewards.</param>
/// <param name="Value">What it adds.</param>
public sealed record ScorePart(string Name, double Value);

/// <summary>A start of the walk, and how much of a passage's mass it sent.</summary>
/// <param name="Kind">A name in the question, or a passage found by its words.</param>
/// <param name="Text">The name, or the passage's title.</param>
/// <param name="Share">In [0, 1].</param>
public sealed record SeedShare(PathStepKind Kind, string Text, double Share);

/// <summary>What a step of a path is.</summary>
public enum PathStepKind
{
    /// <summary>A name that leads on.</summary>
    Name,

    /// <summary>A passage.</summary>
    Passage,

    /// <summary>The words of the question.</summary>
    Words,
}

/// <summary>A step of the path to a passage.</summary>
/// <param name="Kind">Name, passage, or the question's words.</param>
/// <param name="Text">The name as written; the passage's title, or its first words; the words.</param>
/// <param name="DocumentName">For a passage: its document.</param>
/// <param name="Sentence">For a name: the sentence in which it was met, where there is one.</param>
public sealed record PathStep(PathStepKind Kind, string Text, string? DocumentName = null, string? Sentence = null);

/// <summary>A word of the question read as another.</summary>
/// <param name="Written">As it stands in the question.</param>
/// <param name="ReadAs">A word of the memory.</param>
public sealed record SpellingCorrection(string Written, string ReadAs);
