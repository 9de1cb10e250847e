using Archicortex.Facts;
using Archicortex.Graph;

namespace Archicortex.Recall;

/// <summary>What the memory says to a claim.</summary>
public enum ClaimVerdict
{
    /// <summary>It says nothing either way.</summary>
    NotFound,

    /// <summary>It says the same.</summary>
    Supported,

    /// <summary>It says otherwise: another object where there can be one only, or the opposite.</summary>
    Contradicted,
}

/// <summary>What was found on one fact of a claim.</summary>
/// <param name="Verdict">What the memory says to it.</param>
/// <param name="Reason">Why, in a sentence.</param>
/// <param name="Evidence">Rows of the assertions that say so.</param>
/// <param name="HeldDuring">When it was true, if it was once and is no longer.</param>
readonly record struct FactVerdict(ClaimVerdict Verdict, string Reason, int[] Evidence, DayRange? HeldDuring);

/// <summary>Compares a claimed fact with the facts of a memory.</summary>
static class ClaimCheck
{
    /// <param name="view">The memory.</param>
    /// <param name="claim">What is claimed.</param>
    /// <param name="day">The day it is claimed for.</param>
    public static FactVerdict Check(RecallView view, Fact claim, DateOnly day)
    {
        var facts = view.Facts;
        var (subject, other) = (facts.FindEntity(FactKeys.Entity(claim.Subject)), facts.FindEntity(FactKeys.Entity(claim.Object)));
        var relation = FactKeys.Relation(claim.Relation);
        var isSymmetric = (Relations.TraitsOfWords(relation) & RelationTraits.Symmetric) != 0;
        var found = Statings(facts, subject, relation, other).Concat(isSymmetric ? Statings(facts, other, relation, subject) : []).ToArray();
        if (IsOfThePast(claim))
        {
            return Once(view, found, day);
        }

        var slot = Slot(view, subject, relation, claim.Valid.From ?? day);
        if (slot is { } value && !claim.IsNegated && value.Object != FactKeys.Entity(claim.Object))
        {
            return Superseded(view, (subject, relation), claim, value, claim.Valid.From ?? day, found);
        }

        if (slot is { } only && claim.IsNegated && only.Object != FactKeys.Entity(claim.Object))
        {
            return new(
                ClaimVerdict.Supported,
                "There can be one only, and the memory names another for that day.",
                Statings(facts, subject, relation, facts.FindEntity(only.Object)),
                null);
        }

        if (Array.FindAll(found, row => IsOfAnotherTime(facts.Read(row), claim)) is { Length: > 0 } others && others.Length == found.Length)
        {
            return new(ClaimVerdict.Contradicted, "The memory says so of another time.", others, null);
        }

        found = Array.FindAll(found, row => Holds(view, row, claim.Valid.From ?? day));
        var same = Array.FindAll(found, row => facts.Fact(facts.Assertion(row).Fact).IsNegated == claim.IsNegated && IsAsserted(facts, row));
        var opposite = Array.FindAll(found, row => facts.Fact(facts.Assertion(row).Fact).IsNegated != claim.IsNegated && IsAsserted(facts, row));
        return same.Length > 0 && opposite.Length > 0 ? Later(view, same, opposite)
            : same.Length > 0 ? new(ClaimVerdict.Supported, "The memory says so.", same, null)
            : opposite.Length > 0 ? new(ClaimVerdict.Contradicted, "The memory says the opposite.", opposite, null)
            : new(ClaimVerdict.NotFound, "The memory says nothing about it either way.", [], null);
    }

    static FactVerdict Superseded(
        RecallView view, (int Subject, string Relation) slot, Fact claim, SlotValue value, DateOnly day, int[] found)
    {
        var (subject, relation) = slot;
        var held = FactSlots.History(view, subject, RelationRow(view.Facts, subject, relation))
            .LastOrDefault(one => one.Object == FactKeys.Entity(claim.Object));
        var evidence = Statings(view.Facts, subject, relation, view.Facts.FindEntity(value.Object));
        var said = evidence.Length > 0 ? view.Facts.Read(evidence[0]).Object : value.Object;
        return new(
            ClaimVerdict.Contradicted,
            held is null ? $"There is one only, and the memory says '{said}'."
                : held.Days.From > day ? $"It was not so yet; the memory says '{said}' for that day."
                : $"It was so once; the memory says '{said}' now.",
            [.. evidence, .. found],
            held?.Days);
    }

    /// <summary>Said and denied: what was said last counts; nothing is decided if that is not known.</summary>
    static FactVerdict Later(RecallView view, int[] same, int[] opposite)
    {
        var (said, denied) = (same.Max(row => SaidOn(view, row)), opposite.Max(row => SaidOn(view, row)));
        return said > denied ? new(ClaimVerdict.Supported, "The memory says so, later than the opposite.", [.. same, .. opposite], null)
            : denied > said ? new(ClaimVerdict.Contradicted, "The memory says the opposite, later than this.", [.. opposite, .. same], null)
            : new(ClaimVerdict.NotFound, "The memory says both this and the opposite.", [.. same, .. opposite], null);
    }

    /// <summary>"Ada lived in Oslo" claims no day and no present: it is right if it was so at some time.</summary>
    static bool IsOfThePast(Fact claim) => !claim.IsNegated && claim.Valid.From is null && claim.Kind == FactKind.State;

    static FactVerdict Once(RecallView view, int[] found, DateOnly day)
    {
        // What ended was so before, and what is so has begun by the day.
        var once = Array.FindAll(found, row => view.Facts.Read(row) is var fact && IsAsserted(view.Facts, row)
            && (fact.IsClosing || (!fact.IsNegated && !(fact.Valid.From > day))));
        return once.Length > 0
            ? new(ClaimVerdict.Supported, "The memory says so of some time.", once, null)
            : new(ClaimVerdict.NotFound, "The memory says nothing about it either way.", [], null);
    }

    /// <summary>True for happenings whose days cannot be those of the claim.</summary>
    static bool IsOfAnotherTime(Fact fact, Fact claim) =>
        fact is { Kind: FactKind.Event, Valid: { From: not null, To: not null } said } && claim.Valid is { From: not null, To: not null } claimed
        && (said.To <= claimed.From || claimed.To <= said.From);

    /// <summary>True if a stating says something about a day: not what began later, nor what had ended, nor an ending before it.</summary>
    static bool Holds(RecallView view, int assertion, DateOnly day)
    {
        var fact = view.Facts.Read(assertion);
        var days = FactSlots.DaysOf(fact);
        return fact.IsClosing ? !(day < (days.To ?? days.From ?? SaidOn(view, assertion))) : days.Contains(day) || fact.Kind == FactKind.Event;
    }

    static DateOnly? SaidOn(RecallView view, int assertion) => FactSlots.SaidOn(view.Passage(view.Facts.Assertion(assertion).Passage).Document);

    static bool IsAsserted(FactSnapshot facts, int assertion) =>
        (FactModality)facts.Assertion(assertion).Modality is FactModality.Asserted or FactModality.Attributed;

    static SlotValue? Slot(RecallView view, int subject, string relation, DateOnly day)
    {
        var row = RelationRow(view.Facts, subject, relation);
        return row >= 0 && FactSlots.IsFunctional(view.Facts, row)
            ? SlotHistory.At(FactSlots.History(view, subject, row), day)
            : null;
    }

    /// <summary>The relation's row, if the subject has a fact of it; else −1.</summary>
    static int RelationRow(FactSnapshot facts, int subject, string relation)
    {
        foreach (var row in subject < 0 ? default : facts.Entity(subject).Facts.Items)
        {
            if (facts.Fact(row).Subject == subject && facts.RelationKey(facts.Fact(row).Relation) == relation)
            {
                return facts.Fact(row).Relation;
            }
        }

        return -1;
    }

    static int[] Statings(FactSnapshot facts, int subject, string relation, int other)
    {
        if (subject < 0 || other < 0)
        {
            return [];
        }

        return [.. facts.Entity(subject).Facts.Items.ToArray()
            .Where(row => facts.Fact(row).Subject == subject && facts.Fact(row).Object == other && facts.RelationKey(facts.Fact(row).Relation) == relation)
            .SelectMany(row => facts.Fact(row).Assertions.Items.ToArray())
            .OrderByDescending(row => facts.Assertion(row).Confidence).ThenBy(row => facts.Line(row), StringComparer.Ordinal)];
    }
}
