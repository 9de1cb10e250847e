namespace Archicortex.Practice;

/// <summary>What was tried in a situation, and how it came out: experience that is recalled by likeness of situations.</summary>
public sealed record KnownCase
{
    /// <summary>Its name: made of situation and what was tried, so that the same case is one case.</summary>
    public required string Id { get; init; }

    /// <summary>What was to be done, and under which circumstances.</summary>
    public required string Situation { get; init; }

    /// <summary>What was done about it.</summary>
    public required string Tried { get; init; }

    /// <summary>What came of it.</summary>
    public required string Outcome { get; init; }

    /// <summary>How good that was, from −1 (do not do it again) to 1 (do it again).</summary>
    public double Reward { get; init; }

    /// <summary>Labels of its owner, each once, in ordinal order.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The task it was made of; null if it was told.</summary>
    public string? Task { get; init; }

    /// <summary>Changes made to it, the first included; each recorded use is one.</summary>
    public int Version { get; init; }

    /// <summary>How often it was shown to somebody who said whether it helped.</summary>
    public int Shown { get; init; }

    /// <summary>How often it helped.</summary>
    public int Helped { get; init; }

    /// <summary>When it was remembered first.</summary>
    public DateTimeOffset RememberedAt { get; init; }

    /// <summary>True if it says what not to do: its reward is below 0.</summary>
    public bool IsWarning => Reward < 0;

    /// <summary>How useful it has been, in (0, 1): (helped + 1) / (shown + 2), so ½ before anybody said.</summary>
    public double Usefulness => (Helped + 1.0) / (Shown + 2.0);

    /// <summary>What its likeness is multiplied with when it is ranked: (0.8 + 0.2 · reward) · (0.9 + 0.2 · usefulness), in (0.54, 1.1).</summary>
    public double Worth => (0.8 + (0.2 * Reward)) * (0.9 + (0.2 * Usefulness));
}

/// <summary>What several cases have in common, under a name: a rule that was learnt from them.</summary>
public sealed record KnownConcept
{
    /// <summary>As it was written first; case and accents make no difference.</summary>
    public required string Name { get; init; }

    /// <summary>All refinements, oldest first; version n is the n-th.</summary>
    public required IReadOnlyList<ConceptVersion> Versions { get; init; }

    /// <summary>The latest version's number.</summary>
    public int Version => Versions.Count;

    /// <summary>What it says now.</summary>
    public string Description => Versions[^1].Description;

    /// <summary>Ids of the cases it rests on now.</summary>
    public IReadOnlyList<string> Cases => Versions[^1].Cases;
}

/// <summary>One refinement of a concept.</summary>
/// <param name="Description">What it said.</param>
/// <param name="Cases">Ids of the cases it rested on, in ordinal order; those that were forgotten since are left out.</param>
/// <param name="At">When it was written.</param>
public sealed record ConceptVersion(string Description, IReadOnlyList<string> Cases, DateTimeOffset At);
