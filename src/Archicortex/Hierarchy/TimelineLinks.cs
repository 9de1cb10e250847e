using Archicortex.Facts;

namespace Archicortex.Hierarchy;

/// <summary>How an entry of a timeline goes together with another.</summary>
public enum TimelineLinkKind
{
    /// <summary>It comes after the other, of the same subject.</summary>
    Follows,

    /// <summary>It says the same more exactly: more words, a number, days.</summary>
    Refines,

    /// <summary>It ends what the other says: there can be one only, or it denies it.</summary>
    Replaces,

    /// <summary>The other is its cause, by its words.</summary>
    Because,
}

/// <summary>A link from one item to another.</summary>
/// <param name="Kind">How they go together.</param>
/// <param name="To">Place of the other in the list; −1 for a cause that is no item.</param>
/// <param name="Cue">The words that say so; null if nothing but order and slot do.</param>
/// <param name="Cause">What a cause says; null for the other kinds.</param>
readonly record struct ItemLink(TimelineLinkKind Kind, int To, string? Cue = null, string? Cause = null);

/// <summary>Links the items of a timeline: what follows, refines, replaces what, and because of what.</summary>
/// <remarks>
/// A pure function of the items: leaving one out links its neighbours anew. "follows" is a chain for each subject and so has no
/// cycle; "refines" goes back in the order of being said, "replaces" in the history of the slot. After the timelines of THEANINE
/// (arXiv 2406.10996), with rules in place of a model. Work is O(n²) at worst, in lists that the caller bounds.
/// </remarks>
static class TimelineLinks
{
    /// <param name="items">In the order of <see cref="TimelineItem.Compare"/>.</param>
    /// <returns>For each item its links, in the order of their kinds.</returns>
    public static IReadOnlyList<ItemLink>[] Of(IReadOnlyList<TimelineItem> items)
    {
        var links = new IReadOnlyList<ItemLink>[items.Count];
        var last = new Dictionary<string, int>(StringComparer.Ordinal);
        var slots = items.Index().Where(one => one.Item.Relation.Length > 0)
            .GroupBy(one => (one.Item.Subject, one.Item.Relation)).ToDictionary(group => group.Key, group => group.Select(one => one.Index).ToList());
        for (var i = 0; i < items.Count; i++)
        {
            var found = new List<ItemLink>();
            if (last.TryGetValue(items[i].Subject, out var before))
            {
                found.Add(new(TimelineLinkKind.Follows, before, SentenceCues.OrderOf(items[i].Sentence)));
            }

            last[items[i].Subject] = i;
            if (slots.TryGetValue((items[i].Subject, items[i].Relation), out var slot))
            {
                AddSlotLinks(items, i, slot, found);
            }

            AddCause(items, i, found);
            links[i] = found;
        }

        return links;
    }

    static void AddSlotLinks(IReadOnlyList<TimelineItem> items, int at, List<int> slot, List<ItemLink> found)
    {
        var (refined, replaced) = (-1, -1);
        foreach (var other in slot)
        {
            if (other != at && Refines(items[at], items[other]) && (refined < 0 || IsNearer(items[other], items[refined])))
            {
                refined = other;
            }

            if (Replaces(items, at, other) && (replaced < 0 || IsLater(items, other, replaced)))
            {
                replaced = other;
            }
        }

        if (refined >= 0)
        {
            found.Add(new(TimelineLinkKind.Refines, refined));
        }

        if (replaced >= 0 && replaced != refined)
        {
            found.Add(new(TimelineLinkKind.Replaces, replaced));
        }
    }

    /// <summary>Said later, it has all words of the other's object and more, or the same ones for narrower days.</summary>
    static bool Refines(TimelineItem item, TimelineItem other) =>
        !item.IsEnding && !other.IsEnding && IsSaidAfter(item, other)
        && (item.Object == other.Object ? IsInside(item.Days, other.Days) : HasAllWords(item.Object, other.Object));

    static bool IsSaidAfter(TimelineItem item, TimelineItem other) =>
        Nullable.Compare(other.SaidAt, item.SaidAt) is var order && (order < 0 || (order == 0 && other.Id < item.Id));

    static bool IsInside(DayRange days, DayRange other) =>
        days != other && (other.From is null || days.From >= other.From) && (other.To is null || days.To <= other.To);

    static bool HasAllWords(string longer, string shorter)
    {
        var words = longer.Split(' ').ToHashSet(StringComparer.Ordinal);
        var fewer = shorter.Split(' ');
        return fewer.Length < words.Count && fewer.All(words.Contains);
    }

    static bool IsNearer(TimelineItem item, TimelineItem other) =>
        item.Object.Length != other.Object.Length ? item.Object.Length > other.Object.Length : IsSaidAfter(item, other);

    static bool Replaces(IReadOnlyList<TimelineItem> items, int at, int other)
    {
        var (item, ended) = (items[at], items[other]);
        return item.IsEnding
            ? other < at && !ended.IsEnding && ended.Object == item.Object
            : item.SlotPlace > 0 && ended.SlotPlace >= 0 && ended.SlotPlace < item.SlotPlace && ended.Object != item.Object && !ended.IsEnding;
    }

    static bool IsLater(IReadOnlyList<TimelineItem> items, int one, int other) =>
        items[one].SlotPlace != items[other].SlotPlace ? items[one].SlotPlace > items[other].SlotPlace : one > other;

    static void AddCause(IReadOnlyList<TimelineItem> items, int at, List<ItemLink> found)
    {
        if (SentenceCues.CauseOf(items[at].Sentence) is not { } cue)
        {
            return;
        }

        if (cue.Clause.Length > 0)
        {
            found.Add(new(TimelineLinkKind.Because, -1, cue.Words, items[at].Sentence.Substring(cue.Clause.Start, cue.Clause.Length)));
        }
        else if (items[at].Before is { } before)
        {
            var cause = items.Index().Where(one => one.Item.Passage == before.Passage && one.Item.Span.Start == before.Start && one.Item.Sentence.Length > 0)
                .Select(one => one.Index).Append(-1).First();
            found.Add(new(TimelineLinkKind.Because, cause, cue.Words, before.Sentence));
        }
    }
}
