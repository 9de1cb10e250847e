using Archicortex.Graph;
using Archicortex.Indexing;
using Archicortex.Numerics;

namespace Archicortex.Recall;

/// <summary>A fact that a question was linked to.</summary>
/// <param name="Fact">Its row.</param>
/// <param name="Score">How well it fits, in [0, 1]: the best of all has 1.</param>
readonly record struct LinkedFact(int Fact, double Score);

/// <summary>Finds facts by the words of a question: cosine of stems weighted by their rarity among facts.</summary>
/// <remarks>Made anew for each state of the memory that is asked, because rarity changes with every fact; linear in the facts.</remarks>
sealed class FactLinker
{
    readonly FactUnits _units;
    readonly SparseVectors _vectors = new();
    readonly Dictionary<ulong, int> _frequencies = [];
    readonly List<int> _rows = [];

    public FactLinker(FactSnapshot facts)
    {
        _units = new FactUnits(facts);
        var features = new List<Dictionary<ulong, float>>();
        for (var row = 0; row < facts.FactCount; row++)
        {
            // What is denied joins nothing.
            if (_units.IsLive(row) && !facts.Fact(row).IsNegated)
            {
                _rows.Add(row);
                features.Add(LexicalFeatures.OfText(_units.Text(row)));
                foreach (var feature in features[^1].Keys)
                {
                    _frequencies[feature] = _frequencies.GetValueOrDefault(feature) + 1;
                }
            }
        }

        features.ForEach(one => _vectors.Add(Weighted(one)));
    }

    /// <summary>The facts that fit best, best first.</summary>
    public LinkedFact[] Link(string question, int count)
    {
        var hits = _vectors.Search(Weighted(LexicalFeatures.OfText(question)));
        var top = new TopRows(count);
        foreach (var (row, cosine) in hits)
        {
            if (!top.Rejects(cosine))
            {
                top.Add(cosine, StableHash.Of(_units.Text(_rows[row])), row);
            }
        }

        var best = top.Rows();
        var cosines = hits.ToDictionary(hit => hit.Row, hit => (double)hit.Score);
        return Array.ConvertAll(best, row => new LinkedFact(_rows[row], cosines[row] / cosines[best[0]]));
    }

    Dictionary<ulong, float> Weighted(Dictionary<ulong, float> features)
    {
        foreach (var feature in features.Keys)
        {
            var count = _frequencies.GetValueOrDefault(feature);
            features[feature] *= (float)Math.Log(1 + ((_rows.Count - count + 0.5) / (count + 0.5)));
        }

        return features;
    }
}
