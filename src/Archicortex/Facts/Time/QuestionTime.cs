using Archicortex.Language;

namespace Archicortex.Facts.Time;

/// <summary>What a question wants to know about time; several at once for "when did … first".</summary>
[Flags]
enum TimeIntent
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>"when", "what year": a date.</summary>
    When = 1,

    /// <summary>"how long", "how many weeks": a duration.</summary>
    HowLong = 2,

    /// <summary>"how long ago": how far back.</summary>
    Ago = 4,

    /// <summary>What was before something.</summary>
    Before = 8,

    /// <summary>What was after something.</summary>
    After = 16,

    /// <summary>What has been since something.</summary>
    Since = 32,

    /// <summary>"first", "earliest": the oldest.</summary>
    First = 64,

    /// <summary>"last", "latest", "most recent": the newest.</summary>
    Latest = 128,

    /// <summary>"current", "now", "still": what holds.</summary>
    Current = 256,
}

/// <summary>The time in a question: what it wants to know, and the days it names. Only the reading, no ranking.</summary>
/// <param name="Intent">What it wants to know.</param>
/// <param name="Expression">The time it names, exact ones first; null if it names none.</param>
readonly record struct QuestionTime(TimeIntent Intent, TimeExpression? Expression)
{
    /// <summary>The unit asked for: "how many weeks"; null if none is.</summary>
    public TimeUnit? Unit { get; init; }

    /// <summary>The days named; null if none are.</summary>
    public DayRange? Range => Expression?.Days;

    /// <summary>True if time plays no part.</summary>
    public bool IsNone => Intent == TimeIntent.None && Expression is null;

    /// <param name="question">The question.</param>
    /// <param name="asked">The day it is asked; null if unknown: only what names its days outright is read then.</param>
    public static QuestionTime Of(string question, DateOnly? asked)
    {
        ArgumentNullException.ThrowIfNull(question);
        var expressions = new List<TimeExpression>();
        TimeExpressions.Find(question, asked, expressions);
        var words = new TokenBuffer();
        words.Read(question);
        var intent = TimeIntent.None;
        TimeUnit? unit = null;
        for (var at = 0; at < words.Count; at++)
        {
            // "last" in "last week" asks for no latest; "before" in "the week before" neither. What opens one still counts.
            intent |= IsInside(words[at].Start, expressions) ? TimeIntent.None : Cue(words, at, ref unit);
        }

        foreach (var expression in expressions)
        {
            intent |= expression.Rule == "sinceX" ? TimeIntent.Since
                : expression is { Rule: "beforeAfter", Days.From: null } ? TimeIntent.Before
                : expression is { Rule: "beforeAfter", Days.To: null } ? TimeIntent.After
                : TimeIntent.None;
        }

        return new QuestionTime(intent, expressions.Find(one => !one.IsFuzzy) ?? expressions.FirstOrDefault()) { Unit = unit };
    }

    static bool IsInside(int start, List<TimeExpression> expressions)
    {
        foreach (var expression in expressions)
        {
            if (expression.Text.Start <= start && start < expression.Text.End)
            {
                return true;
            }
        }

        return false;
    }

    static TimeIntent Cue(TokenBuffer words, int at, ref TimeUnit? unit)
    {
        var next = at + 1 < words.Count ? words.Folded(words[at + 1]) : default;
        var third = at + 2 < words.Count ? words.Folded(words[at + 2]) : default;
        switch (words.Folded(words[at]))
        {
            // "when she was young" in the middle tells a time; it does not ask for one.
            case "when":
                return at == 0 || words[at].Is(TokenMarks.SentenceStart) || (at == 1 && words.Folded(words[0]) is "since" or "and" or "until")
                    ? TimeIntent.When
                    : TimeIntent.None;
            case "what" or "which" when UnitOf(next) is { } asked:
                unit ??= asked;
                return TimeIntent.When;
            case "what" when next is "date" or "time":
                return TimeIntent.When;
            case "how" when next is "long":
                return TimeIntent.HowLong | (third is "ago" ? TimeIntent.Ago : TimeIntent.None);
            case "how" when next is "many" && UnitOf(third) is { } counted:
                unit ??= counted;
                return TimeIntent.HowLong;
            case "before" or "prior":
                return TimeIntent.Before;
            case "after" or "following":
                return TimeIntent.After;
            case "since":
                return TimeIntent.Since;
            case "ago":
                return TimeIntent.Ago;
            case "first" when next is not "name":
            case "earliest" or "originally" or "initially":
                return TimeIntent.First;
            case "last" when next is not "name":
            case "latest" or "newest" or "recent" or "recently" or "lately":
                return TimeIntent.Latest;
            case "current" or "currently" or "now" or "nowadays" or "still":
                return TimeIntent.Current;
            default:
                return TimeIntent.None;
        }
    }

    static TimeUnit? UnitOf(ReadOnlySpan<char> word) =>
        TimeLexicon.Of(word) is { Kind: WordKind.Unit } entry && (TimeUnit)entry.Value is not (TimeUnit.Half or TimeUnit.Quarter)
            ? (TimeUnit)entry.Value
            : null;
}
