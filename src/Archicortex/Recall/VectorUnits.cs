using Archicortex.Graph;
using Archicortex.Indexing;
using Archicortex.Models;

namespace Archicortex.Recall;

/// <summary>Passages as units to embed.</summary>
readonly struct PassageUnits(RecallView view) : IVectorUnits
{
    public int Count => view.Graph.PassageCount;

    public bool IsLive(int row) => view.Graph.Passage(row).IsLive;

    public UInt128 Key(int row) => view.Graph.Passage(row).Id;

    public string Text(int row)
    {
        var passage = view.Passage(row);
        return string.Join('\n', new[] { passage.Title, passage.Section, passage.Speaker, passage.Text }.Where(part => part is not null));
    }
}

/// <summary>Facts as units to embed: those that are the best reading of some passage.</summary>
readonly struct FactUnits(FactSnapshot facts) : IVectorUnits
{
    public int Count => facts.FactCount;

    public bool IsLive(int row) => facts.IsStated(row);

    /// <summary>A fact and its negation have one text; they differ by their keys.</summary>
    public UInt128 Key(int row) => TextKey.Of(Text(row)).Value ^ (facts.Fact(row).IsNegated ? UInt128.One : UInt128.Zero);

    public string Text(int row)
    {
        ref readonly var fact = ref facts.Fact(row);
        return $"{facts.EntityKey(fact.Subject)} {facts.RelationKey(fact.Relation)} {facts.EntityKey(fact.Object)}";
    }
}

/// <summary>Names of entities as units to embed: those that some fact is about.</summary>
readonly struct EntityUnits(FactSnapshot facts) : IVectorUnits
{
    public int Count => facts.EntityCount;

    public bool IsLive(int row) => facts.Entity(row).Facts.Count > 0;

    public UInt128 Key(int row) => TextKey.Of(Text(row)).Value;

    public string Text(int row) => facts.EntityKey(row);
}
