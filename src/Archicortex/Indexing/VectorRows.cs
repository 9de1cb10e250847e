using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Archicortex.Numerics;

namespace Archicortex.Indexing;

/// <summary>What a search over rows has to know of them.</summary>
interface IVectorUnits
{
    /// <summary>Rows there are; later ones are not looked at.</summary>
    int Count { get; }

    /// <summary>False for a row that was forgotten.</summary>
    bool IsLive(int row);

    /// <summary>Decides between rows of equal cosine: by content, not by order of arrival.</summary>
    UInt128 Key(int row);

    /// <summary>The text that is embedded.</summary>
    string Text(int row);
}

/// <summary>Vectors of rows, all of one embedder: filled in as they are made, read by any number of searches meanwhile.</summary>
/// <remarks>
/// What a row says never changes, and so neither does its vector: a search needs no copy and no lock, it passes over what
/// its own state of the memory does not have. Exact: one product a row. 4 bytes a number.
/// </remarks>
/// <param name="dimension">Numbers a vector has.</param>
sealed class VectorRows(int dimension)
{
    /// <summary>Cosines are compared on this grid: their last bits depend on the width of the machine's registers.</summary>
    public const int Digits = 6;

    static readonly float[] Zero = [];

    readonly Lock _lock = new();
    volatile float[]?[] _rows = new float[]?[64];

    /// <summary>True if the row's vector is known, be it all zero.</summary>
    public bool Has(int row)
    {
        var rows = _rows;
        return row < rows.Length && rows[row] is not null;
    }

    /// <summary>The row's vector, of length 1; empty if it is not known or all zero.</summary>
    public ReadOnlySpan<float> this[int row]
    {
        get
        {
            var rows = _rows;
            return row < rows.Length ? rows[row] : default;
        }
    }

    /// <summary>Sets a row's vector, of length 1 or all zero. It is kept, not copied.</summary>
    public void Put(int row, ReadOnlyMemory<float> vector)
    {
        Check(vector.Length);
        lock (_lock)
        {
            if (row >= _rows.Length)
            {
                var larger = new float[]?[Math.Max(row + 1, 2 * _rows.Length)];
                _rows.CopyTo(larger, 0);
                _rows = larger;
            }

            _rows[row] = vector.Span.ContainsAnyExcept(0f) ? ArrayOf(vector) : Zero;
        }
    }

    /// <summary>The live rows nearest to a query, best first; of equals the one with the smaller key.</summary>
    /// <param name="query">Of length 1, or all zero: nothing is found then.</param>
    /// <param name="count">How many, ≥ 1.</param>
    /// <param name="units">The rows.</param>
    public VectorHit[] Search<TUnits>(ReadOnlySpan<float> query, int count, TUnits units)
        where TUnits : IVectorUnits
    {
        Check(query.Length);
        if (!query.ContainsAnyExcept(0f))
        {
            return [];
        }

        var rows = _rows;
        var top = new TopRows(count);
        for (var row = 0; row < Math.Min(rows.Length, units.Count); row++)
        {
            if (rows[row] is { Length: > 0 } vector && units.IsLive(row))
            {
                var cosine = Cosine(query, vector);
                if (!top.Rejects(cosine))
                {
                    top.Add(cosine, units.Key(row), row);
                }
            }
        }

        var best = top.Rows();
        var hits = new VectorHit[best.Length];
        for (var i = 0; i < hits.Length; i++)
        {
            hits[i] = new VectorHit(best[i], (float)Cosine(query, rows[best[i]]));
        }

        return hits;
    }

    /// <summary>The lowest cosine of any live row with a query; 1 if there is none.</summary>
    public double Least<TUnits>(ReadOnlySpan<float> query, TUnits units)
        where TUnits : IVectorUnits
    {
        Check(query.Length);
        var rows = _rows;
        var least = 1.0;
        for (var row = 0; row < Math.Min(rows.Length, units.Count); row++)
        {
            if (rows[row] is { Length: > 0 } vector && units.IsLive(row))
            {
                least = Math.Min(least, Cosine(query, vector));
            }
        }

        return least;
    }

    /// <summary>Cosine of two vectors of length 1, on the grid.</summary>
    public static double Cosine(ReadOnlySpan<float> first, ReadOnlySpan<float> second) =>
        Math.Round(TensorPrimitives.Dot(first, second), Digits);

    static float[] ArrayOf(ReadOnlyMemory<float> vector) =>
        MemoryMarshal.TryGetArray(vector, out var segment) && segment.Array!.Length == vector.Length ? segment.Array : vector.ToArray();

    void Check(int length)
    {
        if (length != dimension)
        {
            throw new ArgumentException(
                $"The vector has {length} numbers; these rows hold vectors of {dimension}. Vectors of two embedders cannot be compared.");
        }
    }
}
