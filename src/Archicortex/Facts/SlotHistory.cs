namespace Archicortex.Facts;

/// <summary>One passage's statement about a slot: a subject and a relation that has one object at a time.</summary>
/// <param name="Id">Which statement it is; the smaller wins where nothing else decides.</param>
/// <param name="Object">Normal form of the object.</param>
/// <param name="Days">When it is said to hold.</param>
/// <param name="SaidOn">When it was said; null if unknown.</param>
/// <param name="IsClosing">It says that this ended, or denies it: it closes, and states nothing.</param>
/// <param name="Confidence">How sure it is.</param>
readonly record struct SlotStatement(UInt128 Id, string Object, DayRange Days, DateOnly? SaidOn, bool IsClosing, double Confidence);

/// <summary>What a slot held, and when.</summary>
/// <param name="Object">Normal form of the object.</param>
/// <param name="Days">From the day it began to the day after its last; open where nothing tells.</param>
/// <param name="Statements">Who says so, by id.</param>
/// <param name="IsConflict">Another object is said to have begun on the same day.</param>
sealed record SlotValue(string Object, DayRange Days, IReadOnlyList<UInt128> Statements, bool IsConflict);

/// <summary>Works out what a slot held when, from all statements about it: each new object ends the one before.</summary>
/// <remarks>
/// A pure function of the statements, whatever their order: news that arrive late take their place in the past and never
/// end what began after them. A statement without days counts from the day it was said. Of two objects that begin on one
/// day both are kept and marked; the one said last, then the surer, then the smaller id comes last and is the current one.
/// After the edge invalidation of Zep (arXiv 2501.13956), as a function instead of an update.
/// </remarks>
static class SlotHistory
{
    /// <summary>The values in the order in which they began.</summary>
    public static IReadOnlyList<SlotValue> Of(IEnumerable<SlotStatement> statements)
    {
        var all = statements.ToList();
        var values = Merged(all.Where(one => !one.IsClosing));
        var closings = all.Where(one => one.IsClosing).ToList();
        var history = new List<SlotValue>();
        for (var i = 0; i < values.Count; i++)
        {
            var (item, from, to, ids) = values[i];
            var next = values.Skip(i + 1).Select(later => later.From).FirstOrDefault(later => later is not null && !(later <= from));
            var closed = closings.Where(one => one.Object == item && End(one) is { } end && !(end < from)).Select(End).Min();
            var isConflict = values.Where((other, j) => j != i && other.From == from && other.Object != item).Any();
            history.Add(new(item, new(from, Earliest(to, next, closed)), ids, isConflict));
        }

        return history;
    }

    /// <summary>What the slot held on a day; the last of those said to have begun before. Null if nothing is known.</summary>
    public static SlotValue? At(IReadOnlyList<SlotValue> history, DateOnly day) => history.LastOrDefault(value => value.Days.Contains(day));

    /// <summary>Statements in the order of their beginnings, neighbours of one object united.</summary>
    static List<(string Object, DateOnly? From, DateOnly? To, List<UInt128> Ids)> Merged(IEnumerable<SlotStatement> statements)
    {
        var merged = new List<(string Object, DateOnly? From, DateOnly? To, List<UInt128> Ids)>();
        var ordered = statements
            .OrderBy(one => Begin(one) ?? DateOnly.MinValue)
            .ThenBy(one => one.SaidOn ?? DateOnly.MinValue).ThenBy(one => one.Confidence).ThenByDescending(one => one.Id);
        foreach (var one in ordered)
        {
            if (merged.Count > 0 && merged[^1].Object == one.Object && !(merged[^1].To < Begin(one)))
            {
                merged[^1].Ids.Add(one.Id);
                merged[^1] = merged[^1] with { To = one.Days.To ?? merged[^1].To };
            }
            else
            {
                merged.Add((one.Object, Begin(one), one.Days.To, [one.Id]));
            }
        }

        return merged;
    }

    static DateOnly? Begin(SlotStatement one) => one.Days.From ?? (one.Days.To is { } to && one.SaidOn >= to ? null : one.SaidOn);

    /// <summary>When something closed: the day stated, or else the day it was said.</summary>
    static DateOnly? End(SlotStatement one) => one.Days.To ?? one.Days.From ?? one.SaidOn;

    static DateOnly? Earliest(params ReadOnlySpan<DateOnly?> days)
    {
        DateOnly? earliest = null;
        foreach (var day in days)
        {
            earliest = day is { } one && !(one >= earliest) ? one : earliest;
        }

        return earliest;
    }
}
