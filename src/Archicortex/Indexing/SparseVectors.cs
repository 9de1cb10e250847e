using System.Runtime.InteropServices;

namespace Archicortex.Indexing;

/// <summary>Texts as sparse vectors of hashed features, compared through an inverted index: exact cosines, nothing for rows that share no feature.</summary>
/// <remarks>Rows are added in order and never removed; who searches passes over those that are gone. One writer, no search meanwhile.</remarks>
sealed class SparseVectors
{
    readonly Dictionary<ulong, List<(int Row, float Weight)>> _postings = [];
    readonly List<float> _norms = [];
    readonly Dictionary<int, double> _sums = [];

    public int Count => _norms.Count;

    /// <summary>Rows that have a feature.</summary>
    public IEnumerable<int> Rows(ulong feature) => _postings.TryGetValue(feature, out var rows) ? rows.Select(one => one.Row) : [];

    /// <summary>Adds a row behind the last.</summary>
    /// <param name="features">Features and their weights.</param>
    public void Add(IReadOnlyCollection<KeyValuePair<ulong, float>> features)
    {
        var sum = 0.0;
        foreach (var (feature, weight) in features)
        {
            ref var rows = ref CollectionsMarshal.GetValueRefOrAddDefault(_postings, feature, out _);
            (rows ??= []).Add((_norms.Count, weight));
            sum += weight * weight;
        }

        _norms.Add((float)Math.Sqrt(sum));
    }

    /// <summary>Rows that share a feature with a text, with their cosines, by row.</summary>
    /// <param name="features">Features of the text and their weights.</param>
    public List<VectorHit> Search(IReadOnlyCollection<KeyValuePair<ulong, float>> features)
    {
        _sums.Clear();
        var norm = 0.0;
        foreach (var (feature, weight) in features)
        {
            norm += weight * weight;
            foreach (var (row, other) in _postings.TryGetValue(feature, out var rows) ? CollectionsMarshal.AsSpan(rows) : [])
            {
                CollectionsMarshal.GetValueRefOrAddDefault(_sums, row, out _) += (double)weight * other;
            }
        }

        var hits = new List<VectorHit>(_sums.Count);
        foreach (var (row, sum) in _sums)
        {
            hits.Add(new(row, (float)(sum / (Math.Sqrt(norm) * _norms[row]))));
        }

        hits.Sort((a, b) => a.Row.CompareTo(b.Row));
        return hits;
    }
}
