namespace Archicortex.Numerics;

/// <summary>The k best of a stream, best first; of equal scores the row that comes first in a given order wins.</summary>
/// <remarks>
/// Rankings must not depend on the order in which candidates are found, nor on the last bits of a sum taken in another
/// order. Scores are therefore compared on a grid of 1e-12, and ties go to the smaller key (normally a content id).
/// </remarks>
sealed class TopRows(int limit)
{
    const double Grid = 1e12;

    readonly (double Score, UInt128 Key, int Row)[] _kept = new (double, UInt128, int)[limit];
    int _count;

    public int Count => _count;

    /// <summary>Takes the candidate if it belongs to the k best: O(1) when it does not, O(k) when it does.</summary>
    public void Add(double score, UInt128 key, int row)
    {
        score = Math.Round(score * Grid);
        var place = _count;
        while (place > 0 && Beats(score, key, _kept[place - 1]))
        {
            place--;
        }

        if (place == _kept.Length)
        {
            return;
        }

        var moved = Math.Min(_count, _kept.Length - 1) - place;
        Array.Copy(_kept, place, _kept, place + 1, moved);
        _kept[place] = (score, key, row);
        _count = Math.Min(_count + 1, _kept.Length);
    }

    /// <summary>True when a candidate of this score would certainly be turned away: saves looking up its key.</summary>
    public bool Rejects(double score) =>
        _count == _kept.Length && Math.Round(score * Grid) < _kept[_count - 1].Score;

    /// <summary>No score below this has a chance; minus infinity while there is room. For loops that turn most candidates away.</summary>
    public double Floor => _count == _kept.Length ? (_kept[_count - 1].Score - 0.5) / Grid : double.NegativeInfinity;

    /// <summary>Score of the row kept at a place, 0 for the best.</summary>
    public double ScoreAt(int place) => _kept[place].Score / Grid;

    /// <summary>The rows kept, best first.</summary>
    public int[] Rows()
    {
        var rows = new int[_count];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = _kept[i].Row;
        }

        return rows;
    }

    static bool Beats(double score, UInt128 key, in (double Score, UInt128 Key, int Row) other) =>
        score > other.Score || (score == other.Score && key < other.Key);
}
