using Archicortex.Graph;

namespace Archicortex.Recall;

/// <summary>Which statings to find; keys are normal forms, null is anything.</summary>
readonly record struct FactPattern(string? About, string? Subject, string? Relation, string? Object, string? Extractor, DateOnly? At, double ConfidenceMin);

/// <summary>Finds facts by any of their parts.</summary>
static class FactSearch
{
    /// <summary>Rows of assertions that fit, the surest first, then by their text: the order does not depend on that of arrival.</summary>
    public static List<int> Find(RecallView view, in FactPattern pattern)
    {
        var found = new List<int>();
        foreach (var row in Candidates(view.Facts, pattern))
        {
            if (Fits(view.Facts, row, pattern))
            {
                Add(view.Facts, row, pattern, found);
            }
        }

        return Ordered(view, found);
    }

    /// <summary>Facts of the rarer end that is bound; all, if none is.</summary>
    static IEnumerable<int> Candidates(FactSnapshot facts, in FactPattern pattern)
    {
        var ends = new[] { pattern.About, pattern.Subject, pattern.Object }.OfType<string>().Select(key => facts.FindEntity(key)).ToArray();
        return ends.Length == 0 ? Enumerable.Range(0, facts.FactCount)
            : ends.Contains(-1) ? []
            : facts.Entity(ends.MinBy(end => facts.Entity(end).Facts.Count)).Facts.Items.ToArray();
    }

    static bool Fits(FactSnapshot facts, int row, in FactPattern pattern)
    {
        ref readonly var fact = ref facts.Fact(row);
        return Is(pattern.Subject, facts.EntityKey(fact.Subject)) && Is(pattern.Object, facts.EntityKey(fact.Object))
            && Is(pattern.Relation, facts.RelationKey(fact.Relation))
            && (pattern.About is null || pattern.About == facts.EntityKey(fact.Subject) || pattern.About == facts.EntityKey(fact.Object));
    }

    static bool Is(string? asked, string key) => asked is null || asked == key;

    static void Add(FactSnapshot facts, int row, in FactPattern pattern, List<int> found)
    {
        foreach (var assertion in facts.Fact(row).Assertions.Items)
        {
            ref readonly var record = ref facts.Assertion(assertion);
            if (Is(pattern.Extractor, facts.Extractor(record.Extractor)) && record.Confidence >= (float)pattern.ConfidenceMin
                && (pattern.At is not { } day || FactSlots.DaysOf(facts.Read(assertion)).Contains(day)))
            {
                found.Add(assertion);
            }
        }
    }

    static List<int> Ordered(RecallView view, List<int> rows)
    {
        var facts = view.Facts;
        return [.. rows.Select(row => (Row: row, Fact: facts.Read(row)))
            .OrderByDescending(one => one.Fact.Confidence)
            .ThenBy(one => one.Fact.Subject, StringComparer.Ordinal)
            .ThenBy(one => one.Fact.Relation, StringComparer.Ordinal)
            .ThenBy(one => one.Fact.Valid.From ?? DateOnly.MinValue)
            .ThenBy(one => one.Fact.Object, StringComparer.Ordinal)
            .ThenBy(one => view.Graph.Passage(facts.Assertion(one.Row).Passage).Id)
            .ThenBy(one => facts.Extractor(facts.Assertion(one.Row).Extractor), StringComparer.Ordinal)
            .Select(one => one.Row)];
    }
}
