namespace Archicortex.Practice;

/// <summary>Experience with situations like the one that was asked about, best first.</summary>
/// <param name="Situation">What was asked about.</param>
/// <param name="Concepts">What was learnt from several cases; empty unless asked for. They rank before all cases.</param>
/// <param name="Cases">Single cases; of those that a concept before them rests on, none.</param>
/// <param name="Reason">Why nothing was found, or how much, in a sentence.</param>
public sealed record CaseRecollection(
    string Situation, IReadOnlyList<RecalledConcept> Concepts, IReadOnlyList<RecalledCase> Cases, string Reason);

/// <summary>A case that was recalled.</summary>
/// <param name="Rank">1 for the best.</param>
/// <param name="Score">Likeness times <see cref="KnownCase.Worth"/>.</param>
/// <param name="Similarity">How like the situations are, in [0, 1]: the cosine of their words, rare ones weighing more, names less.</param>
/// <param name="Case">The case.</param>
public sealed record RecalledCase(int Rank, double Score, double Similarity, KnownCase Case)
{
    /// <summary>True if it says what not to do: it was tried, and failed.</summary>
    public bool IsWarning => Case.IsWarning;
}

/// <summary>A concept that was recalled.</summary>
/// <param name="Rank">1 for the best.</param>
/// <param name="Score">Likeness times the mean worth of its cases.</param>
/// <param name="Similarity">How like the situation is to what the concept says, or to the nearest of its cases.</param>
/// <param name="Concept">The concept.</param>
/// <param name="Cases">The cases it rests on, the most like the situation first.</param>
public sealed record RecalledConcept(int Rank, double Score, double Similarity, KnownConcept Concept, IReadOnlyList<KnownCase> Cases);

/// <summary>What is recalled of experience.</summary>
public enum CaseLevel
{
    /// <summary>Single cases.</summary>
    Instance,

    /// <summary>Concepts first, then single cases that none of them rests on.</summary>
    Concept,
}

/// <summary>How experience is recalled.</summary>
public sealed record RecallCasesOptions
{
    /// <summary>Cases to return, and concepts, 1 … 100 each. Default 5.</summary>
    public int Top { get; init; } = 5;

    /// <summary>Single cases, or concepts before them. Default single cases.</summary>
    public CaseLevel Level { get; init; }

    /// <summary>
    /// How like a situation must be to count, in (0, 1]. Default 0.25, about one rare word in four in common; a situation that
    /// is like none gets nothing, since misplaced advice is worse than none.
    /// </summary>
    public double SimilarityMin { get; init; } = 0.25;

    /// <summary>Tags a case must have, all of them. Default none. Ignored for what concepts say, not for the cases they rest on.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    internal void Check()
    {
        if (Top is < 1 or > 100)
        {
            throw new ArgumentOutOfRangeException(nameof(Top), Top, "Top must be between 1 and 100.");
        }

        if (!Enum.IsDefined(Level))
        {
            throw new ArgumentOutOfRangeException(nameof(Level), Level, "There is no such level. Use Instance or Concept.");
        }

        if (SimilarityMin is not (> 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(SimilarityMin), SimilarityMin, "SimilarityMin must be above 0, and at most 1.");
        }

        ArgumentNullException.ThrowIfNull(Tags);
    }
}
