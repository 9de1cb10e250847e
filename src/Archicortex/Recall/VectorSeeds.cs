using Archicortex.Graph;
using Archicortex.Indexing;
using Archicortex.Models;

namespace Archicortex.Recall;

/// <summary>Where a walk may start beside the words and names of the question: at what has a vector like the question's.</summary>
/// <remarks>
/// Few and light, so that a weak embedder does little harm: a hit counts by how far its cosine is over what half of the
/// memory's own texts have with their nearest (<see cref="SimilarityThresholds.Seed"/>), squared, and not at all below. A
/// passage's final score takes the root of its mass, so that even a small seed shows: without the gate a weak embedder
/// costs one to two points of recall. Passages start the walk themselves, facts by the passages that state them, entities by
/// their names.
/// </remarks>
static class VectorSeeds
{
    /// <summary>Hits of each kind that are looked at.</summary>
    public const int PassagesMax = 10;
    public const int FactsMax = 5;
    public const int EntitiesMax = 5;

    /// <summary>Passages that a fact may start at.</summary>
    const int StatingMax = 4;

    const double PassageWeight = 0.5;
    const double FactWeight = 0.5;
    const double EntityWeight = 0.5;

    /// <summary>The seeds, each node once; heaviest first.</summary>
    public static List<Seed> Of(RecallView view, QuestionVectors vectors)
    {
        var weights = new Dictionary<NodeId, double>();
        if (vectors.Epoch is not { } epoch)
        {
            return [];
        }

        if (vectors.Has(EmbeddingUnits.Passages))
        {
            var least = epoch.Thresholds(EmbeddingUnits.Passages).Seed;
            foreach (var hit in vectors.Passages(view, PassagesMax))
            {
                Add(weights, NodeId.Passage(hit.Row), PassageWeight * Over(hit, least));
            }
        }

        if (vectors.Has(EmbeddingUnits.Facts))
        {
            var least = epoch.Thresholds(EmbeddingUnits.Facts).Seed;
            foreach (var hit in vectors.Space.Facts.Search(vectors.Vector.Span, FactsMax, new FactUnits(view.Facts)))
            {
                AddStating(weights, view, hit.Row, FactWeight * Over(hit, least));
            }
        }

        if (vectors.Has(EmbeddingUnits.Entities))
        {
            var least = epoch.Thresholds(EmbeddingUnits.Entities).Seed;
            foreach (var hit in vectors.Space.Entities.Search(vectors.Vector.Span, EntitiesMax, new EntityUnits(view.Facts)))
            {
                if (PhraseOf(view, view.Facts.EntityKey(hit.Row)) is >= 0 and var phrase)
                {
                    Add(weights, NodeId.Phrase(phrase), EntityWeight * Over(hit, least) * view.Graph.Pidf(phrase));
                }
            }
        }

        return [.. weights.Select(pair => new Seed(pair.Key, pair.Value))
            .OrderByDescending(seed => seed.Weight).ThenBy(seed => seed.Node.Kind).ThenBy(seed => seed.Node.Row)];
    }

    /// <summary>How far a cosine is over the least that counts, as a share of what it could be, squared; 0 below.</summary>
    static double Over(VectorHit hit, double least)
    {
        var over = hit.Score > least && least < 1 ? (hit.Score - least) / (1 - least) : 0;
        return over * over;
    }

    static void AddStating(Dictionary<NodeId, double> weights, RecallView view, int fact, double weight)
    {
        var passages = new SortedSet<UInt128>();
        var rows = new Dictionary<UInt128, int>();
        foreach (var row in view.Facts.Fact(fact).Assertions.Items)
        {
            ref readonly var assertion = ref view.Facts.Assertion(row);
            if (view.Facts.IsEffective(assertion))
            {
                var id = view.Graph.Passage(assertion.Passage).Id;
                passages.Add(id);
                rows[id] = assertion.Passage;
            }
        }

        foreach (var id in passages.Take(StatingMax))
        {
            Add(weights, NodeId.Passage(rows[id]), weight / Math.Min(StatingMax, passages.Count));
        }
    }

    /// <summary>The phrase that is written as an entity's name is; −1 if no passage has it.</summary>
    static int PhraseOf(RecallView view, string name)
    {
        var node = GraphSnapshot.TrieRoot;
        foreach (var word in name.Split(' '))
        {
            var number = view.Vocabulary.FindWord(word);
            node = number >= 0 ? view.Graph.Child(node, number) : -1;
            if (node < 0)
            {
                return -1;
            }
        }

        return view.Graph.IsPhrase(node) ? node : -1;
    }

    static void Add(Dictionary<NodeId, double> weights, NodeId node, double weight)
    {
        if (weight > 0)
        {
            weights[node] = weights.GetValueOrDefault(node) + weight;
        }
    }
}
