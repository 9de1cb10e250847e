namespace Archicortex.Indexing;

/// <summary>What a turn is beside its words.</summary>
[Flags]
enum TurnMarks : byte
{
    None = 0,

    /// <summary>It asks something.</summary>
    Asks = 1,

    /// <summary>Its speaker speaks of themself: "I", "my", "we".</summary>
    FirstPerson = 2,

    /// <summary>It says when something was or will be.</summary>
    TellsTime = 4,
}

/// <summary>What recall needs to know of a turn, read once when it is remembered.</summary>
struct TurnRecord
{
    /// <summary>Words that count, repeats included.</summary>
    public int Length;

    /// <summary>Who says it; −1: unknown, or no turn.</summary>
    public int Speaker;

    /// <summary>Day on which it was said, as <see cref="DateOnly.DayNumber"/>; 0: unknown.</summary>
    public int Day;

    /// <summary>First day of what it tells of, and the day after the last; 0: it names no day.</summary>
    public int EventFrom;
    public int EventEnd;

    /// <summary>Share of its characters that stand in questions, in [0, 1].</summary>
    public float QuestionShare;

    public TurnMarks Marks;

    public readonly bool Is(TurnMarks mark) => (Marks & mark) != 0;
}

/// <summary>Somebody who speaks.</summary>
struct SpeakerRecord
{
    /// <summary>Words of the name, folded.</summary>
    public string[] Words;

    /// <summary>Turns they have.</summary>
    public int Turns;
}
