using Archicortex.Facts;
using Archicortex.Recall;

namespace Archicortex;

/// <summary>A fact of a memory, and when it held by all that the memory knows, not only by what its own passage says.</summary>
/// <param name="Row">The surest of the statings, as a row of assertions.</param>
/// <param name="Held">From the day it began to the day after its last; open where nothing tells.</param>
/// <param name="SaidOn">When its document was said; null if unknown.</param>
/// <param name="IsConflict">Where there can be one object, another is said to have begun on the same day.</param>
readonly record struct HeldFact(int Row, DayRange Held, DateOnly? SaidOn, bool IsConflict);

/// <summary>The facts about a name in the order in which they began.</summary>
static class FactHistory
{
    /// <summary>
    /// Facts of which the name is an end. Where there can be one object at a time (lives in), each ends the one before; the
    /// same fact said by several passages for the same days is there once.
    /// </summary>
    /// <param name="view">The memory.</param>
    /// <param name="key">Normal form of the name.</param>
    /// <param name="day">Only what held on that day; null for all.</param>
    public static List<HeldFact> Of(RecallView view, string key, DateOnly? day)
    {
        var slots = new Dictionary<(int, int), IReadOnlyList<SlotValue>>();
        var rows = FactSearch.Find(view, new FactPattern(key, null, null, null, null, null, 0));
        return [.. rows.Select(row => Held(view, row, slots))
            .Where(one => day is not { } wanted || one.Held.Contains(wanted))
            .DistinctBy(one => (view.Facts.Assertion(one.Row).Fact, one.Held))
            .OrderBy(one => one.Held.From ?? one.SaidOn ?? DateOnly.MinValue)
            .ThenBy(one => one.Held.To ?? DateOnly.MaxValue)
            .ThenBy(one => view.Facts.Line(one.Row), StringComparer.Ordinal)];
    }

    /// <summary>When one stating held, by all that the memory knows.</summary>
    /// <param name="view">The memory.</param>
    /// <param name="row">The stating.</param>
    /// <param name="slots">Histories worked out so far.</param>
    public static HeldFact Held(RecallView view, int row, Dictionary<(int, int), IReadOnlyList<SlotValue>> slots)
    {
        ref readonly var record = ref view.Facts.Assertion(row);
        ref readonly var fact = ref view.Facts.Fact(record.Fact);
        var passage = view.Passage(record.Passage);
        var (said, valid) = (FactSlots.SaidOn(passage.Document), view.Facts.Read(row).Valid);
        if (!FactSlots.IsFunctional(view.Facts, fact.Relation))
        {
            return new(row, valid, said, false);
        }

        if (!slots.TryGetValue((fact.Subject, fact.Relation), out var history))
        {
            history = FactSlots.History(view, fact.Subject, fact.Relation);
            slots.Add((fact.Subject, fact.Relation), history);
        }

        // A stating too unsure to take part, or one that only ends something, keeps what its passage says.
        var key = view.Facts.EntityKey(fact.Object);
        var value = history.FirstOrDefault(one => one.Object == key && one.Statements.Contains(FactSlots.IdOf(view, row)));
        return new(row, value?.Days ?? valid, said, value?.IsConflict ?? false);
    }
}
