namespace Archicortex.Facts;

/// <summary>One passage's statement about a slot: a subject and a relation that has one object at a time.</summary>
/// <param name="Id">Which statement it is; the smaller wins where nothing else decides.</param>
/// <param name="Object">Normal form of the object.</param>
/// <param name="Days">When it is said to hold.</param>
/// <param name="SaidOn">When it was said; null if unknown.</param>
/// <param name="IsClosing">It says that this ended, or denies it: it closes, and states nothing.</param>
/// <param name="Confidence">How sure it is.</param>
readonly record struct SlotStatement(UInt128 Id, string Object, DayRange Days, DateOnly? SaidOn, bool IsClosing, double Confidence)
{
    /// <summary>What closes also says that it was so before: "I no longer work there", not "I never worked there".</summary>
    public bool HasHeld { get; init; }
}

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
    /// <summary>The values in the order in which they began. Work: that of sorting the statements.</summary>
    public static IReadOnlyList<SlotValue> Of(IEnumerable<SlotStatement> statements)
    {
        var all = statements.ToList();
        var values = Merged(all.Where(one => !one.IsClosing).Concat(Held(all)));
        var closings = all.Where(one => one.IsClosing && End(one) is not null).GroupBy(one => one.Object)
            .ToDictionary(group => group.Key, group => group.Select(one => End(one)!.Value).Order().ToList());
        var begun = values.GroupBy(value => value.From ?? DateOnly.MinValue)
            .ToDictionary(group => group.Key, group => group.Select(value => value.Object).Distinct().Count());
        var history = new SlotValue[values.Count];
        DateOnly? next = null;
        for (var i = values.Count - 1; i >= 0; i--)
        {
            var (item, from, to, ids) = values[i];
            next = i + 1 < values.Count && values[i + 1].From != from ? values[i + 1].From : next;
            history[i] = new(item, new(from, Earliest(to, next, Closed(closings, item, from))), ids, begun[from ?? DateOnly.MinValue] > 1);
        }

        return history;
    }

    /// <summary>What is only ever said to have ended held before that, nobody knows since when.</summary>
    static IEnumerable<SlotStatement> Held(List<SlotStatement> all)
    {
        var begun = all.Where(one => !one.IsClosing).GroupBy(one => one.Object)
            .ToDictionary(group => group.Key, group => group.Min(one => Begin(one) ?? DateOnly.MinValue));
        return all.Where(one => one is { IsClosing: true, HasHeld: true } && End(one) is { } end
            && !(begun.TryGetValue(one.Object, out var first) && first <= end))
            .Select(one => one with { IsClosing = false, Days = new(null, End(one)) });
    }

    /// <summary>The first day on or after a beginning on which something is said to have ended.</summary>
    static DateOnly? Closed(Dictionary<string, List<DateOnly>> closings, string item, DateOnly? from)
    {
        if (!closings.TryGetValue(item, out var ends))
        {
            return null;
        }

        var place = ends.BinarySearch(from ?? DateOnly.MinValue);
        while (place > 0 && ends[place - 1] == ends[place])
        {
            place--;
        }

        place = place < 0 ? ~place : place;
        return place < ends.Count ? ends[place] : null;
    }

    /// <summary>
    /// What the slot held on a day; the last of those said to have begun before. Where nothing tells when any of them began, the
    /// one that ended first: "I lived there" says no more than that it was so once. Null if nothing is known.
    /// </summary>
    public static SlotValue? At(IReadOnlyList<SlotValue> history, DateOnly day)
    {
        SlotValue? found = null;
        foreach (var value in history)
        {
            var isEarlier = found is not null && value.Days.From is null && (value.Days.To ?? DateOnly.MaxValue) > (found.Days.To ?? DateOnly.MaxValue);
            found = value.Days.Contains(day) && !isEarlier ? value : found;
        }

        return found;
    }

    /// <summary>Statements in the order of their beginnings, neighbours of one object united.</summary>
    static List<(string Object, DateOnly? From, DateOnly? To, List<UInt128> Ids)> Merged(IEnumerable<SlotStatement> statements)
    {
        var merged = new List<(string Object, DateOnly? From, DateOnly? To, List<UInt128> Ids)>();
        var ordered = statements
            .OrderBy(one => Begin(one) ?? DateOnly.MinValue)
            .ThenBy(one => one.SaidOn ?? DateOnly.MinValue).ThenBy(one => one.Confidence).ThenByDescending(one => one.Id)
            .ThenByDescending(one => one.Object, StringComparer.Ordinal).ToList();

        // Of what began nobody knows when, only the ends are in order, and of one value the earliest end is the true one.
        merged.AddRange(ordered.Where(one => Begin(one) is null).GroupBy(one => one.Object)
            .Select(group => (group.Key, (DateOnly?)null, group.Min(one => one.Days.To), group.Select(one => one.Id).ToList()))
            .OrderBy(value => value.Item3 ?? DateOnly.MaxValue));
        var ended = merged.Index().Where(value => value.Item.To is not null).ToDictionary(value => value.Item.Object, value => value.Index);
        var undated = merged.Count;
        foreach (var one in ordered.Where(one => Begin(one) is not null))
        {
            if (merged.Count == undated && ended.TryGetValue(one.Object, out var place) && !(merged[place].To < Begin(one)))
            {
                merged[place].Ids.Add(one.Id);
                merged[place] = merged[place] with { To = one.Days.To ?? merged[place].To };
            }
            else if (merged.Count > 0 && merged[^1].Object == one.Object && !(merged[^1].To < Begin(one)))
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
