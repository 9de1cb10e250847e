using Archicortex.Graph;
using Archicortex.Indexing;

namespace Archicortex.Recall;

/// <summary>Finds entities whose names are like a given one, and pairs of them that are like each other.</summary>
/// <remarks>
/// Grows with the memory: a new name is compared with those before it that share a feature, none is compared twice, and
/// what comes out does not depend on batches. Names that no fact has any more stay, and are passed over by those who ask.
/// </remarks>
sealed class EntityNames
{
    /// <summary>Pairs less alike than this are not kept.</summary>
    public const double PairCosineMin = 0.6;

    const double CandidateShare = 0.5;

    readonly SparseVectors _names = new();
    readonly List<SynonymPair> _pairs = [];

    /// <summary>Comparisons made so far: bounded by the new names at each call, whatever was known before.</summary>
    public long Comparisons { get; private set; }

    /// <summary>Takes in the entities that came since the last call.</summary>
    public void Extend(FactSnapshot facts)
    {
        while (_names.Count < facts.EntityCount)
        {
            var features = LexicalFeatures.OfName(facts.EntityKey(_names.Count));
            foreach (var (row, cosine) in _names.Search(features))
            {
                Comparisons++;
                if (cosine >= PairCosineMin)
                {
                    _pairs.Add(new(row, _names.Count, cosine));
                }
            }

            _names.Add(features);
        }
    }

    /// <summary>Pairs at least as alike as a cosine.</summary>
    public IEnumerable<SynonymPair> Pairs(double cosine) => _pairs.Where(pair => pair.Cosine >= cosine);

    /// <summary>The live entity most like a name, or −1; of equals the one whose name sorts first.</summary>
    /// <param name="name">A name.</param>
    /// <param name="facts">The facts.</param>
    /// <param name="isMeant">Whether an entity may be the one.</param>
    public int Nearest(string name, FactSnapshot facts, Func<int, bool> isMeant)
    {
        var key = FactKeys.Entity(name);
        var known = facts.FindEntity(key);
        if (known >= 0 && isMeant(known))
        {
            return known;
        }

        var features = LexicalFeatures.OfName(key);
        var hits = _names.Search(features);
        hits.RemoveAll(hit => !IsLive(hit.Row, facts) || !isMeant(hit.Row));
        if (hits.Count == 0)
        {
            return -1;
        }

        // The plain cosine finds candidates; among them a rare word in common says more than a frequent one.
        var rarity = features.Keys.ToDictionary(feature => feature, feature => Rarity(feature, facts));
        var least = hits.Max(hit => hit.Score) * CandidateShare;
        return hits.Where(hit => hit.Score >= least)
            .OrderByDescending(hit => Math.Round(RareCosine(features, LexicalFeatures.OfName(facts.EntityKey(hit.Row)), rarity), 9))
            .ThenBy(hit => facts.EntityKey(hit.Row), StringComparer.Ordinal)
            .First().Row;
    }

    /// <summary>Cosine with each feature weighted by its rarity among names; what only the other name has counts as it is.</summary>
    static double RareCosine(Dictionary<ulong, float> features, Dictionary<ulong, float> other, Dictionary<ulong, double> rarity)
    {
        double dot = 0, own = 0, others = 0;
        foreach (var (feature, weight) in features)
        {
            var value = weight * rarity[feature];
            own += value * value;
            dot += value * other.GetValueOrDefault(feature) * rarity[feature];
        }

        foreach (var (feature, weight) in other)
        {
            var value = weight * rarity.GetValueOrDefault(feature, 1);
            others += value * value;
        }

        return dot / Math.Sqrt(own * others);
    }

    /// <summary>Counted among live names only: what was forgotten does not change what is found.</summary>
    double Rarity(ulong feature, FactSnapshot facts)
    {
        var count = _names.Rows(feature).Count(row => IsLive(row, facts));

        // Two ends a fact is the most names there can be, and so is never below the count.
        return Math.Log(1 + (((2 * facts.LiveFacts) - count + 0.5) / (count + 0.5)));
    }

    static bool IsLive(int row, FactSnapshot facts) => row < facts.EntityCount && facts.Entity(row).Facts.Count > 0;
}
