using Archicortex.Graph;
using Archicortex.Indexing;

namespace Archicortex.Recall;

/// <summary>Pairs of entities whose names have like vectors.</summary>
/// <remarks>
/// Each new name is compared once with those before it, whatever the batches, so that the pairs are those of all names at
/// once. Names that no fact has any more stay; who builds a graph passes over them. Exact: one product a pair.
/// </remarks>
/// <param name="rows">Vectors of names.</param>
/// <param name="cosineMin">Pairs less alike are not kept.</param>
sealed class NameVectors(VectorRows rows, double cosineMin)
{
    /// <summary>Synonyms of one name: the nearest; a name that is like everything says nothing.</summary>
    public const int NeighboursMax = 100;

    readonly List<int> _compared = [];
    readonly HashSet<int> _known = [];
    readonly List<SynonymPair> _pairs = [];

    public VectorRows Rows { get; } = rows;

    public double CosineMin { get; } = cosineMin;

    /// <summary>Comparisons made so far: each pair of names once.</summary>
    public long Comparisons { get; private set; }

    /// <summary>Takes in names that have got vectors since the last call.</summary>
    public void Extend(FactSnapshot facts)
    {
        for (var row = 0; row < facts.EntityCount; row++)
        {
            if (Rows.Has(row) && _known.Add(row))
            {
                Compare(row);
                _compared.Add(row);
            }
        }
    }

    /// <summary>Pairs at least as alike as a cosine, those with neither among the nearest of the other left out.</summary>
    public IEnumerable<SynonymPair> Pairs(double cosine, FactSnapshot facts)
    {
        var near = new Dictionary<int, List<SynonymPair>>();
        var pairs = _pairs.FindAll(pair => pair.Cosine >= cosine && IsLive(pair.First, facts) && IsLive(pair.Second, facts));
        foreach (var pair in pairs)
        {
            foreach (var end in (ReadOnlySpan<int>)[pair.First, pair.Second])
            {
                near.TryAdd(end, []);
                near[end].Add(pair);
            }
        }

        if (near.Values.All(list => list.Count <= NeighboursMax))
        {
            return pairs;
        }

        var kept = new HashSet<SynonymPair>();
        foreach (var (name, list) in near)
        {
            int Other(SynonymPair pair) => pair.First == name ? pair.Second : pair.First;
            kept.UnionWith(list.OrderByDescending(pair => pair.Cosine)
                .ThenBy(pair => facts.EntityKey(Other(pair)), StringComparer.Ordinal).Take(NeighboursMax));
        }

        return pairs.Where(kept.Contains);
    }

    void Compare(int row)
    {
        var vector = Rows[row];
        if (vector.IsEmpty)
        {
            return;
        }

        foreach (var other in _compared)
        {
            var known = Rows[other];
            if (known.IsEmpty)
            {
                continue;
            }

            Comparisons++;
            var cosine = VectorRows.Cosine(vector, known);
            if (cosine >= CosineMin)
            {
                _pairs.Add(new(Math.Min(row, other), Math.Max(row, other), cosine));
            }
        }
    }

    static bool IsLive(int row, FactSnapshot facts) => row < facts.EntityCount && facts.Entity(row).Facts.Count > 0;
}
