using Archicortex.Facts;

namespace Archicortex.Hierarchy;

/// <summary>Something that happened, or held, as a sentence of the memory tells it: what timelines are made of.</summary>
/// <param name="Id">Content id: decides ties.</param>
/// <param name="Days">When it happened or held; open where nothing tells.</param>
/// <param name="SaidAt">When it was said; null if unknown.</param>
/// <param name="Subject">Whom or what it is about, in normal form.</param>
sealed record TimelineItem(UInt128 Id, DayRange Days, DateTimeOffset? SaidAt, string Subject)
{
    /// <summary>How exactly its days are given.</summary>
    public TimeGranularity Exactness { get; init; }

    /// <summary>Its passage.</summary>
    public int Passage { get; init; }

    /// <summary>The stating it comes from; −1 for a sentence that only mentions the subject.</summary>
    public int Assertion { get; init; } = -1;

    /// <summary>How many statings say the same for the same days.</summary>
    public int Statings { get; init; } = 1;

    /// <summary>Normal form of the relation; empty for a mention.</summary>
    public string Relation { get; init; } = "";

    /// <summary>Normal form of the object; empty for a mention.</summary>
    public string Object { get; init; } = "";

    /// <summary>It denies, or says that something ended.</summary>
    public bool IsEnding { get; init; }

    /// <summary>The place of its value in the history of a slot that has one value at a time, from 0; −1 if it is none of such a slot.</summary>
    public int SlotPlace { get; init; } = -1;

    /// <summary>It is what holds at the end of what is known.</summary>
    public bool IsCurrent { get; init; }

    /// <summary>The sentence, in the passage's text.</summary>
    public Language.TextSpan Span { get; init; }

    /// <summary>The sentence, verbatim.</summary>
    public string Sentence { get; init; } = "";

    /// <summary>The sentence said just before it in the same passage or session; null if there is none.</summary>
    public SaidBefore? Before { get; init; }

    /// <summary>The day it stands at: its first day, else its last, else the day it was said.</summary>
    public DateOnly Day => Days.From
        ?? (Days.To is { } to && to > DateOnly.MinValue ? to.AddDays(-1) : SaidAt is { } said ? DateOnly.FromDateTime(said.DateTime) : DateOnly.MinValue);

    /// <summary>The total order of timelines: by day, then by when it was said, then by id; what has no time at all comes first.</summary>
    public static int Compare(TimelineItem one, TimelineItem other)
    {
        var byDay = one.Day.CompareTo(other.Day);
        var bySaid = byDay != 0 ? byDay : Nullable.Compare(one.SaidAt, other.SaidAt);
        return bySaid != 0 ? bySaid : one.Id.CompareTo(other.Id);
    }
}

/// <summary>The sentence before another.</summary>
/// <param name="Passage">Its passage.</param>
/// <param name="Start">Where it starts in the passage's text.</param>
/// <param name="Sentence">It, verbatim.</param>
readonly record struct SaidBefore(int Passage, int Start, string Sentence);
