using Archicortex.Indexing;
using Archicortex.Models;

namespace Archicortex.Recall;

/// <summary>A question's vector, and the vectors of the memory that it may be compared with.</summary>
/// <param name="Space">Vectors of one embedder.</param>
/// <param name="Embedder">That embedder.</param>
/// <param name="Vector">The question's, of length 1 or all zero.</param>
/// <param name="Units">Kinds of units that have vectors.</param>
/// <param name="Epoch">The epoch in force; null: none, and the vectors are those of the default embedder.</param>
sealed record QuestionVectors(VectorSpace Space, ITextEmbedder Embedder, ReadOnlyMemory<float> Vector, EmbeddingUnits Units, EmbeddingEpoch? Epoch)
{
    public bool Has(EmbeddingUnits kind) => Units.HasFlag(kind);

    /// <summary>Passages by the cosine of their vectors with the question's, best first.</summary>
    public VectorHit[] Passages(RecallView view, int count) => Space.Passages.Search(Vector.Span, count, new PassageUnits(view));

    /// <summary>Cosines of all live passages with the question.</summary>
    public List<(int Passage, double Score)> AllPassages(RecallView view)
    {
        var found = new List<(int, double)>(view.LiveCount);
        for (var row = 0; row < view.Graph.PassageCount; row++)
        {
            if (view.Graph.Passage(row).IsLive)
            {
                var vector = Space.Passages[row];
                found.Add((row, vector.IsEmpty ? 0 : VectorRows.Cosine(Vector.Span, vector)));
            }
        }

        return found;
    }

    /// <summary>The facts nearest to the question, best first; their scores scaled to [0, 1] over all facts, as HippoRAG 2 does.</summary>
    public LinkedFact[] Facts(RecallView view, int count)
    {
        var units = new FactUnits(view.Facts);
        var hits = Space.Facts.Search(Vector.Span, count, units);
        if (hits.Length == 0)
        {
            return [];
        }

        var least = Space.Facts.Least(Vector.Span, units);
        var range = hits[0].Score - least;
        return Array.ConvertAll(hits, hit => new LinkedFact(hit.Row, range > 0 ? (hit.Score - least) / range : 1));
    }

    /// <summary>For each name the entity whose name is nearest, or −1.</summary>
    public async Task<Dictionary<string, int>> NearestAsync(IReadOnlyList<string> names, RecallView view, CancellationToken cancellationToken)
    {
        var nearest = new Dictionary<string, int>();
        if (names.Count > 0)
        {
            var vectors = await Embedder.EmbedAsync(names, cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < names.Count; i++)
            {
                var hits = Space.Entities.Search(Space.UnitVector(vectors[i]).Span, 1, new EntityUnits(view.Facts));
                nearest[names[i]] = hits.Length > 0 ? hits[0].Row : -1;
            }
        }

        return nearest;
    }
}
