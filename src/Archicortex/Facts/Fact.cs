using System.Text.Json.Serialization;
using Archicortex.Language;

namespace Archicortex.Facts;

/// <summary>A statement a passage makes: subject, relation, object, and how far it may be believed.</summary>
/// <remarks>
/// A fact says what one passage says, not what is true: <see cref="Modality"/>, <see cref="IsNegated"/> and
/// <see cref="Confidence"/> tell how it was said. Names are as written; they are compared by <see cref="EntityName"/>.
/// </remarks>
/// <param name="Subject">Whom or what it is about. Never blank.</param>
/// <param name="Relation">The relation: a name of <see cref="Relations"/>, or words of the text ("wrote to"). Never blank.</param>
/// <param name="Object">The other end: a name, a value, a phrase. Never blank.</param>
public sealed record Fact(string Subject, string Relation, string Object)
{
    /// <summary>Facts below this are stored and searchable, but can never end the validity of another.</summary>
    public const double InvalidationConfidence = 0.6;

    /// <summary>True if the passage denies it: "Ada never lived in Oslo".</summary>
    public bool IsNegated { get; init; }

    /// <summary>How it was said. Default: as a plain statement.</summary>
    public FactModality Modality { get; init; }

    /// <summary>Who is reported to have said it, when <see cref="Modality"/> is <see cref="FactModality.Attributed"/>.</summary>
    public string? AttributedTo { get; init; }

    /// <summary>Whether it lasts or happened once. Default: a state.</summary>
    public FactKind Kind { get; init; }

    /// <summary>How sure the extractor is that the passage says so, in (0, 1]. Default 1.</summary>
    public double Confidence { get; init; } = 1;

    /// <summary>The sentence that says it, in the passage's text; length 0 if no single sentence does.</summary>
    public TextSpan Evidence { get; init; }

    /// <summary>When it is true, as far as the passage says; open at an end it does not say.</summary>
    public DayRange Valid { get; init; }

    /// <summary>How exactly <see cref="Valid"/> was said; null if it says nothing.</summary>
    public TimeGranularity? Granularity { get; init; }

    /// <summary>True if the passage says that this ended ("no longer", "quit", "used to"): <see cref="Valid"/> then ends.</summary>
    public bool IsClosing { get; init; }

    /// <summary>True if it may end the validity of an older fact of the same subject and relation.</summary>
    [JsonIgnore]
    public bool CanInvalidate => Confidence >= InvalidationConfidence && Modality == FactModality.Asserted;
}

/// <summary>How a statement is made.</summary>
public enum FactModality
{
    /// <summary>Plainly.</summary>
    Asserted,

    /// <summary>With doubt: "might", "I think", "probably".</summary>
    Hedged,

    /// <summary>As a wish or a plan: "wants to", "is going to", "will".</summary>
    Planned,

    /// <summary>As somebody else's words: "Ann said that".</summary>
    Attributed,
}

/// <summary>What sort of thing a fact states.</summary>
public enum FactKind
{
    /// <summary>Something that lasts: lives in, works at.</summary>
    State,

    /// <summary>Something that happened: visited, was born.</summary>
    Event,
}
