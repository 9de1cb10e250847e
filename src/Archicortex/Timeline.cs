using Archicortex.Documents;
using Archicortex.Facts;
using Archicortex.Hierarchy;
using Archicortex.Language;

namespace Archicortex;

/// <summary>Which part of a timeline to show.</summary>
public sealed record TimelineOptions
{
    /// <summary>Entries from that day on; what lasted into it counts. Default: from the first.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Entries up to and with that day. Default: to the last.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Only the last so many entries, 1 … 1,000. Default: all, up to <see cref="Max"/>.</summary>
    public int? Last { get; init; }

    /// <summary>The most entries, 1 … 1,000. Of more, sentences without a fact or a time of their own go first, then the oldest. Default 200.</summary>
    public int Max { get; init; } = 200;

    /// <summary>As it was known at the end of that day: what was said later is left out, and ends nothing. Default: all that is known.</summary>
    public DateOnly? AsOf { get; init; }

    internal void Check()
    {
        foreach (var (value, name) in new[] { (Max, nameof(Max)), (Last ?? 1, nameof(Last)) })
        {
            if (value is < 1 or > 1000)
            {
                throw new ArgumentOutOfRangeException(name, value, $"{name} must be between 1 and 1,000.");
            }
        }

        if (To < From)
        {
            throw new ArgumentException($"The timeline would end ({To:yyyy-MM-dd}) before it starts ({From:yyyy-MM-dd}). Give a To on or after From.");
        }
    }
}

/// <summary>What a timeline was made of.</summary>
public enum TimelineKind
{
    /// <summary>The memory knows nothing of it.</summary>
    Unknown,

    /// <summary>A name: facts about it, and sentences that tell of it.</summary>
    Name,

    /// <summary>No name, but words: what was recalled with them.</summary>
    Topic,
}

/// <summary>What a memory tells of somebody or something, in order of time.</summary>
/// <param name="About">What was asked for.</param>
/// <param name="Kind">What it was taken for.</param>
/// <param name="Name">The name it was read as, in normal form; null if it is none.</param>
/// <param name="Entries">In the order in which they happened: by day, then by when they were said.</param>
/// <param name="Reason">How it came about, in a sentence.</param>
public sealed record Timeline(string About, TimelineKind Kind, string? Name, IReadOnlyList<TimelineEntry> Entries, string Reason)
{
    /// <summary>Other names that may be meant, best first; where nothing was found, and where the name is part of longer ones.</summary>
    public IReadOnlyList<string> Suggestions { get; init; } = [];

    /// <summary>Entries of the days asked for that <see cref="TimelineOptions.Last"/> or <see cref="TimelineOptions.Max"/> left out.</summary>
    public int Omitted { get; init; }
}

/// <summary>One entry of a timeline.</summary>
/// <param name="Number">Its place, from 1: by it others link to it.</param>
/// <param name="When">The days it happened or held, by all that the memory knows; both ends open if nothing tells.</param>
/// <param name="Granularity">How exactly the days are known.</param>
/// <param name="SaidAt">When it was said; null if unknown.</param>
/// <param name="Sentence">The sentence that tells it, verbatim; null if no single sentence does.</param>
/// <param name="Links">To other entries: what it follows, refines, replaces, and why.</param>
public sealed record TimelineEntry(
    int Number, DayRange When, TimeGranularity Granularity, DateTimeOffset? SaidAt, string? Sentence, IReadOnlyList<TimelineLink> Links)
{
    /// <summary>The day it stands at: its first day, else its last, else the day it was said; null if nothing is known.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>The fact; null for a sentence of which none was read.</summary>
    public Fact? Fact { get; init; }

    /// <summary>Who read the fact.</summary>
    public string? Extractor { get; init; }

    /// <summary>It holds at the end of what is known: nothing ended or replaced it.</summary>
    public bool IsCurrent { get; init; }

    /// <summary>It denies something, or says that it ended.</summary>
    public bool IsEnding { get; init; }

    /// <summary>How many passages state it for these days; this is the surest of them.</summary>
    public int Statings { get; init; } = 1;

    /// <summary>Content id of the passage.</summary>
    public required PassageId PassageId { get; init; }

    /// <summary>Content id of its document.</summary>
    public required DocumentId DocumentId { get; init; }

    /// <summary>The document.</summary>
    public required Document Document { get; init; }

    /// <summary>Where the sentence stands in the document's text; length 0 if no single sentence tells it.</summary>
    public TextSpan Span { get; init; }

    /// <summary>The owner's name of the document if it has one, else its content id.</summary>
    public string DocumentName => Document.Id ?? DocumentId.ToString();
}

/// <summary>How an entry goes together with another.</summary>
/// <param name="Kind">How.</param>
/// <param name="Entry">The other's number; null for a cause that is no entry.</param>
/// <param name="Cue">The words that say so ("then", "because"); null if order or slot alone do.</param>
/// <param name="Cause">What the cause says, verbatim; null for other kinds.</param>
public sealed record TimelineLink(TimelineLinkKind Kind, int? Entry, string? Cue, string? Cause);
