using Archicortex.Documents;
using Archicortex.Facts;
using Archicortex.Graph;
using Archicortex.Numerics;

namespace Archicortex.Recall;

/// <summary>The history of slots: what a subject's functional relation held when, by all that passages say.</summary>
static class FactSlots
{
    /// <summary>True if a subject has one object of this relation at a time.</summary>
    public static bool IsFunctional(FactSnapshot facts, int relation) =>
        (Relations.TraitsOfWords(facts.RelationKey(relation)) & RelationTraits.Functional) != 0;

    /// <summary>The history of a subject's relation. Only what is asserted surely enough takes part.</summary>
    public static IReadOnlyList<SlotValue> History(RecallView view, int subject, int relation) => History(view, subject, relation, null, null);

    /// <summary>The same, of one object only, or by what was said up to a day.</summary>
    /// <param name="view">The memory.</param>
    /// <param name="subject">The subject.</param>
    /// <param name="relation">The relation.</param>
    /// <param name="only">Statements of this object alone: for relations that have several at a time.</param>
    /// <param name="saidUntil">The last day that counts; null: all do. What was said on no known day always counts.</param>
    public static IReadOnlyList<SlotValue> History(RecallView view, int subject, int relation, int? only, DateOnly? saidUntil)
    {
        var statements = new List<SlotStatement>();
        foreach (var row in view.Facts.Entity(subject).Facts.Items)
        {
            ref readonly var fact = ref view.Facts.Fact(row);
            if (fact.Subject == subject && fact.Relation == relation && (only is null || fact.Object == only))
            {
                foreach (var assertion in fact.Assertions.Items)
                {
                    Add(view, assertion, statements);
                }
            }
            else if (fact.Subject == subject && !fact.IsNegated && (only is null || fact.Object == only) && IsLeft(view.Facts, fact.Relation, relation))
            {
                foreach (var assertion in fact.Assertions.Items)
                {
                    AddLeaving(view, assertion, statements);
                }
            }
        }

        return SlotHistory.Of(saidUntil is null ? statements : statements.Where(one => !(one.SaidOn > saidUntil)));
    }

    /// <summary>When a document was said; null if unknown.</summary>
    public static DateOnly? SaidOn(Document document) => document.Time is { } time ? DateOnly.FromDateTime(time.DateTime) : null;

    /// <summary>Content id of a stating: one passage may say several things, and ties are decided by all that is said.</summary>
    public static UInt128 IdOf(RecallView view, int assertion)
    {
        using var id = new ContentHash("stating").Add(view.Graph.Passage(view.Facts.Assertion(assertion).Passage).Id).Add(view.Facts.Line(assertion));
        return id.Id();
    }

    /// <summary>When a state held: "moved to Oslo in May" says when it became so, not how long it was.</summary>
    public static DayRange DaysOf(Fact fact) =>
        fact is { Kind: FactKind.Event, Valid.From: not null } && (Relations.TraitsOf(fact.Relation) & RelationTraits.Functional) != 0
            ? fact.Valid with { To = null }
            : fact.Valid;

    static void Add(RecallView view, int assertion, List<SlotStatement> statements)
    {
        var fact = view.Facts.Read(assertion);
        if (!fact.CanInvalidate)
        {
            return;
        }

        ref readonly var record = ref view.Facts.Assertion(assertion);
        var passage = view.Passage(record.Passage);

        statements.Add(new(
            IdOf(view, assertion), view.Facts.EntityKey(view.Facts.Fact(record.Fact).Object), DaysOf(fact), SaidOn(passage.Document),
            IsEnding(fact), fact.Confidence)
        {
            HasHeld = fact.IsClosing,
        });
    }

    /// <summary>
    /// "left Hofer", "switched from Hofer to Varde" ends work or study there, if somebody is known to work or study there; by itself it says too little: one
    /// leaves a town for a day.
    /// </summary>
    static bool IsLeft(FactSnapshot facts, int said, int slot) =>
        facts.RelationKey(said) is "leave" or "quit" or "switch from" && facts.RelationKey(slot) is "works at" or "studies at";

    static void AddLeaving(RecallView view, int assertion, List<SlotStatement> statements)
    {
        var fact = view.Facts.Read(assertion);
        if (fact is not { Modality: FactModality.Asserted, Kind: FactKind.Event })
        {
            return;
        }

        ref readonly var record = ref view.Facts.Assertion(assertion);
        var said = SaidOn(view.Passage(record.Passage).Document);
        statements.Add(new(
            IdOf(view, assertion), view.Facts.EntityKey(view.Facts.Fact(record.Fact).Object), fact.Valid with { To = null }, said, true, fact.Confidence));
    }

    /// <summary>It denies something, or says that it ended, and states no time at which it held.</summary>
    public static bool IsEnding(Fact fact) => fact.IsNegated || (fact.IsClosing && fact.Valid.From is null);
}
