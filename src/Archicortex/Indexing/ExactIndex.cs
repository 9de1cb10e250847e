using System.Numerics.Tensors;
using Archicortex.Numerics;

namespace Archicortex.Indexing;

/// <summary>Compares a query with every row: exact, and fast enough up to some hundred thousand rows.</summary>
/// <remarks>
/// Vectors are scaled to length 1 when they come in, so that the cosine is one dot product; those are the platform's
/// SIMD kernels. Memory: 4 bytes a number.
/// </remarks>
/// <param name="dimension">Numbers a vector has, ≥ 1.</param>
public sealed class ExactIndex(int dimension) : IVectorIndex
{
    float[]?[] _rows = new float[]?[16];

    /// <inheritdoc/>
    public int Dimension { get; } = dimension >= 1
        ? dimension
        : throw new ArgumentOutOfRangeException(nameof(dimension), dimension, "A vector needs at least one number.");

    /// <inheritdoc/>
    public int Count { get; private set; }

    /// <inheritdoc/>
    public void Put(int row, ReadOnlySpan<float> vector)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        Check(vector);
        var norm = TensorPrimitives.Norm(vector);
        if (!float.IsFinite(norm))
        {
            throw new ArgumentException($"The vector of row {row} has length {norm}; every number must be finite.", nameof(vector));
        }

        Remove(row);
        if (row >= _rows.Length)
        {
            Array.Resize(ref _rows, Math.Max(row + 1, _rows.Length * 2));
        }

        if (norm > 0)
        {
            var unit = new float[Dimension];
            TensorPrimitives.Divide(vector, norm, unit);
            _rows[row] = unit;
            Count++;
        }
    }

    /// <inheritdoc/>
    public void Remove(int row)
    {
        if (row >= 0 && row < _rows.Length && _rows[row] is not null)
        {
            _rows[row] = null;
            Count--;
        }
    }

    /// <inheritdoc/>
    public int Search(ReadOnlySpan<float> query, Span<VectorHit> hits)
    {
        Check(query);
        var norm = TensorPrimitives.Norm(query);
        if (norm == 0 || hits.IsEmpty)
        {
            return 0;
        }

        var top = new TopRows(hits.Length);
        for (var row = 0; row < _rows.Length; row++)
        {
            if (_rows[row] is { } vector)
            {
                var score = (double)TensorPrimitives.Dot(query, vector) / norm;
                if (!top.Rejects(score))
                {
                    top.Add(score, (UInt128)row, row);
                }
            }
        }

        var count = 0;
        foreach (var row in top.Rows())
        {
            hits[count++] = new VectorHit(row, TensorPrimitives.Dot(query, _rows[row]) / norm);
        }

        return count;
    }

    void Check(ReadOnlySpan<float> vector)
    {
        if (vector.Length != Dimension)
        {
            throw new ArgumentException($"The vector has {vector.Length} numbers; this index holds vectors of {Dimension}.", nameof(vector));
        }
    }
}
