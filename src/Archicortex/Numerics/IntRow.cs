namespace Archicortex.Numerics;

/// <summary>An ascending row of numbers (a posting list, a node's neighbours) that older copies of it survive.</summary>
/// <remarks>
/// Appending writes behind the count, where a copy taken earlier does not look; removing or inserting makes a new
/// array. So a frozen table's rows never change, and growing at the end, the common case, copies nothing.
/// </remarks>
readonly struct IntRow
{
    readonly int[]? _items;

    IntRow(int[] items, int count) => (_items, Count) = (items, count);

    public int Count { get; }

    public ReadOnlySpan<int> Items => _items.AsSpan(0, Count);

    /// <summary>A row with room for as many numbers as it has.</summary>
    public static IntRow Of(ReadOnlySpan<int> items) => items.IsEmpty ? default : new(items.ToArray(), items.Length);

    /// <summary>The row with a number behind it that is at least as large as its last.</summary>
    public IntRow Append(int value)
    {
        var items = _items ?? new int[2];
        if (Count == items.Length)
        {
            Array.Resize(ref items, Count < 4 ? 4 : Count + (Count >> 1));
        }

        items[Count] = value;
        return new(items, Count + 1);
    }

    /// <summary>The row with a number in its place; the row itself if the number is there.</summary>
    public IntRow Insert(int value)
    {
        var place = Items.BinarySearch(value);
        if (place >= 0)
        {
            return this;
        }

        return InsertAt(~place, value);
    }

    /// <summary>The row without the numbers from <paramref name="first"/> up to, but without, <paramref name="end"/>.</summary>
    public IntRow RemoveRange(int first, int end)
    {
        var from = LowerBound(first);
        var to = LowerBound(end);
        if (from == to)
        {
            return this;
        }

        var items = new int[Count - (to - from)];
        Items[..from].CopyTo(items);
        Items[to..].CopyTo(items.AsSpan(from));
        return new(items, items.Length);
    }

    public IntRow Remove(int value) => RemoveRange(value, value + 1);

    /// <summary>The row with a number at a place: for rows in an order of their own, which are not searched by value.</summary>
    public IntRow InsertAt(int place, int value)
    {
        if (place == Count)
        {
            return Append(value);
        }

        var items = new int[Count + 1];
        Items[..place].CopyTo(items);
        items[place] = value;
        Items[place..].CopyTo(items.AsSpan(place + 1));
        return new(items, items.Length);
    }

    /// <summary>The row without the number at a place.</summary>
    public IntRow RemoveAt(int place)
    {
        var items = new int[Count - 1];
        Items[..place].CopyTo(items);
        Items[(place + 1)..].CopyTo(items.AsSpan(place));
        return new(items, items.Length);
    }

    public bool Contains(int value) => Items.BinarySearch(value) >= 0;

    /// <summary>Place of the first number that is at least <paramref name="value"/>.</summary>
    public int LowerBound(int value)
    {
        var place = Items.BinarySearch(value);
        return place < 0 ? ~place : place;
    }
}
