namespace Archicortex.Facts.Rules;

/// <summary>What a run of words is.</summary>
enum ChunkKind : byte
{
    /// <summary>A noun phrase or a pronoun.</summary>
    Noun,
    Verb,
    Adjective,
    Adverb,
    Preposition,
    Time,
    And,
    Comma,
    Relative,

    /// <summary>Another clause starts: "but", "because", a dash.</summary>
    Clause,
    Open,
    Close,
    Quote,
    Other,
}

/// <summary>How a verb phrase stands in its clause.</summary>
enum VerbShape : byte
{
    Finite,

    /// <summary>"to sail".</summary>
    Infinitive,

    /// <summary>"founded by", "starring": describes the noun before, or goes on with the verb before.</summary>
    Participle,
    Gerund,
}

/// <summary>A run of words that does one thing. Made anew for each sentence, in one array.</summary>
struct Chunk
{
    public ChunkKind Kind;

    /// <summary>First word, and the one behind the last.</summary>
    public int Start, End;

    /// <summary>The word that decides: the noun, the main verb.</summary>
    public int Head;

    /// <summary>Noun: the words of the owner ("Ada" in "Ada's sister"), or its possessive pronoun; empty if there is none.</summary>
    public int OwnerStart, OwnerEnd;

    /// <summary>Noun: where what is owned starts.</summary>
    public int CoreStart;

    /// <summary>Noun: the noun phrase behind its "of"; −1: none.</summary>
    public int Of;

    /// <summary>Noun: "a", "some", or no article at all.</summary>
    public bool IsIndefinite;

    /// <summary>Noun: it starts with "no".</summary>
    public bool IsNone;

    /// <summary>Verb: row of its base in the lexicon; −1: unknown.</summary>
    public int Verb;

    public VerbShape Shape;
    public bool IsPassive, IsPast, IsNegated, IsPerfect, IsProgressive, IsHedged, IsFuture, IsUsedTo, IsCopula, IsNoLonger;

    /// <summary>Verb: "got married", where "was married" may be long over.</summary>
    public bool IsGot;

    /// <summary>Verb: "would", "could", "should", "must": not stated as a fact.</summary>
    public bool IsHypothetical;

    /// <summary>Verb: the particle behind it ("up" in "gave up"); −1: none.</summary>
    public int Particle;

    /// <summary>It stands between quotation marks.</summary>
    public bool IsQuoted;
}
