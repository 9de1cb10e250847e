using Archicortex.Facts;
using Archicortex.Facts.Time;
using Archicortex.Graph;

namespace Archicortex.Recall;

/// <summary>What holds now of the entities that some passages state most about: the first lines of a summary.</summary>
/// <remarks>
/// Only what a passage of the topic states plainly, by its best reading, with the sentence that says it; of a relation that
/// has one value at a time only the value that no other passage of the memory has ended.
/// </remarks>
sealed class TopicFacts(RecallView view)
{
    /// <summary>Entities that get a line.</summary>
    public const int EntitiesMax = 3;

    const float PlainConfidence = 0.7f;
    const int PassagesMin = 2;
    const double PassagesShare = 0.15;
    const int CharsMax = 120;

    /// <summary>Rows of assertions, a line each, the entity most is stated about first.</summary>
    /// <param name="leaves">Rows of passages.</param>
    public List<int> Choose(IReadOnlyList<int> leaves)
    {
        var bySubject = new Dictionary<int, List<int>>();
        foreach (var leaf in leaves)
        {
            foreach (var row in view.Facts.Of(leaf))
            {
                ref readonly var record = ref view.Facts.Assertion(row);
                ref readonly var fact = ref view.Facts.Fact(record.Fact);
                if (IsPlain(record, fact) && char.IsUpper(view.Facts.Read(row).Subject[0]))
                {
                    (bySubject.TryGetValue(fact.Subject, out var rows) ? rows : bySubject[fact.Subject] = []).Add(row);
                }
            }
        }

        // Whoever is spoken of in one passage of many is not what the topic is about.
        var passagesMin = Math.Max(PassagesMin, PassagesShare * leaves.Count);
        return [.. bySubject.Where(pair => PassagesOf(pair.Value) >= passagesMin)
            .OrderByDescending(pair => PassagesOf(pair.Value)).ThenBy(pair => view.Facts.EntityKey(pair.Key), StringComparer.Ordinal)
            .Select(pair => Best(pair.Value)).OfType<int>().Take(EntitiesMax)];
    }

    /// <summary>"Ada lives in Oslo (since May 2024)".</summary>
    public string TextOf(int row)
    {
        var fact = view.Facts.Read(row);
        var relation = fact.Relation[(fact.Relation.IndexOf(':', StringComparison.Ordinal) + 1)..].Replace('_', ' ');
        var days = fact.Valid is { From: not null, To: null } && fact.Kind == FactKind.State && fact.Granularity is { } granularity
            ? $" ({TimeText.Of(fact.Valid, granularity)})"
            : "";
        return $"{fact.Subject} {relation} {fact.Object}{days}";
    }

    int PassagesOf(List<int> rows) => rows.Select(row => view.Facts.Assertion(row).Passage).Distinct().Count();

    bool IsPlain(in AssertionRecord record, in FactRecord fact) =>
        record.Confidence >= PlainConfidence && record.Modality == (byte)FactModality.Asserted && record.EvidenceLength > 0
        && !record.IsClosing && !fact.IsNegated && view.Facts.IsEffective(record);

    /// <summary>Of an entity's facts the one most passages state, then the surest, then the first by its words.</summary>
    int? Best(List<int> rows)
    {
        foreach (var row in rows
            .OrderByDescending(row => view.Facts.Fact(view.Facts.Assertion(row).Fact).Assertions.Count)
            .ThenByDescending(row => view.Facts.Assertion(row).Confidence)
            .ThenBy(row => view.Facts.Line(row), StringComparer.Ordinal))
        {
            if (IsCurrent(row) && TextOf(row).Length <= CharsMax)
            {
                return row;
            }
        }

        return null;
    }

    bool IsCurrent(int row)
    {
        var fact = view.Facts.Fact(view.Facts.Assertion(row).Fact);
        if (!FactSlots.IsFunctional(view.Facts, fact.Relation))
        {
            return view.Facts.Read(row).Valid.To is null;
        }

        var last = FactSlots.History(view, fact.Subject, fact.Relation) is [.., var value] ? value : null;
        return last is { Days.To: null, IsConflict: false } && last.Object == view.Facts.EntityKey(fact.Object);
    }
}
