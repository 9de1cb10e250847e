using Archicortex.Numerics;

namespace Archicortex.Graph;

/// <summary>An end of facts: a name, a value, a phrase; one for all ways of writing it that normalise alike.</summary>
struct EntityRecord
{
    /// <summary>Facts it is an end of, ascending; only those some passage still states.</summary>
    public IntRow Facts;
}

/// <summary>What passages state about two entities.</summary>
struct FactRecord
{
    public int Subject;
    public int Relation;
    public int Object;
    public bool IsNegated;

    /// <summary>Who states it, ascending. None: nobody any more, and it is an end of no entity.</summary>
    public IntRow Assertions;

    /// <summary>The entity at its other end.</summary>
    public readonly int Other(int entity) => entity == Subject ? Object : Subject;
}

/// <summary>One passage's stating of a fact, as one extractor read it.</summary>
struct AssertionRecord
{
    public const int None = -1;

    public int Fact;
    public int Passage;
    public int Extractor;

    /// <summary>Numbers of the texts as written; <see cref="None"/> for nobody.</summary>
    public int SubjectText;
    public int RelationText;
    public int ObjectText;
    public int AttributedTo;
    public int EvidenceStart;
    public int EvidenceLength;

    /// <summary>Day numbers; <see cref="None"/> for an open end.</summary>
    public int From;
    public int To;
    public float Confidence;
    public byte Modality;
    public byte Kind;

    /// <summary>1 + the granularity, 0 for none.</summary>
    public byte Granularity;
    public bool IsClosing;
}

/// <summary>What a passage states.</summary>
struct PassageFactsRecord
{
    /// <summary>Ascending.</summary>
    public IntRow Assertions;

    /// <summary>Some of them were recorded: given with the document, read by a model, imported. Graphs of facts then leave those of the rules out.</summary>
    public bool HasRecorded;
}
