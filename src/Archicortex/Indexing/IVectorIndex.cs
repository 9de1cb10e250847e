namespace Archicortex.Indexing;

/// <summary>A row found by its vector.</summary>
/// <param name="Row">The row.</param>
/// <param name="Score">Cosine with the query, in [−1, 1].</param>
public readonly record struct VectorHit(int Row, float Score);

/// <summary>Finds the rows whose vectors are nearest to a query's by cosine.</summary>
/// <remarks>Rows are numbered by the caller, in any order and with gaps. One writer at a time, and no search meanwhile.</remarks>
public interface IVectorIndex
{
    /// <summary>Numbers a vector has.</summary>
    int Dimension { get; }

    /// <summary>Rows that have a vector.</summary>
    int Count { get; }

    /// <summary>Sets a row's vector.</summary>
    /// <param name="row">The row, ≥ 0.</param>
    /// <param name="vector">Shape [<see cref="Dimension"/>], finite, any length. All zero: the row is never found.</param>
    void Put(int row, ReadOnlySpan<float> vector);

    /// <summary>Takes a row out; nothing happens if it has no vector.</summary>
    void Remove(int row);

    /// <summary>Writes the nearest rows, best first; of equal scores the lower row comes first.</summary>
    /// <param name="query">Shape [<see cref="Dimension"/>], finite, any length. All zero: nothing is found.</param>
    /// <param name="hits">Receives as many rows as it has room for.</param>
    /// <returns>Number of hits written.</returns>
    int Search(ReadOnlySpan<float> query, Span<VectorHit> hits);
}
