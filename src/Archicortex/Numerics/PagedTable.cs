using System.Runtime.CompilerServices;

namespace Archicortex.Numerics;

/// <summary>
/// A growing table with one writer whose past states stay readable: freezing costs a copy of the page list, and the
/// writer then copies only the pages it changes.
/// </summary>
/// <remarks>
/// Recall has to read one consistent state, without locks, while documents keep arriving; copying a million rows per
/// document would be too slow. Rows added behind a frozen view's count are invisible to it and need no copy. Not
/// thread-safe for writers; frozen views are safe for any number of readers once handed over.
/// </remarks>
sealed class PagedTable<T>
    where T : struct
{
    const int PageBits = 8;
    const int PageSize = 1 << PageBits;
    const int PageMask = PageSize - 1;

    T[][] _pages = [];
    int[] _pageEpoch = [];
    int _epoch;

    public int Count { get; private set; }

    public ref readonly T this[int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _pages[row >> PageBits][row & PageMask];
    }

    /// <summary>Adds a row behind the last and returns its number.</summary>
    public int Add(in T value)
    {
        var page = Count >> PageBits;
        if (page == _pages.Length || _pages[page] is null)
        {
            OpenPage(page);
        }

        _pages[page][Count & PageMask] = value;
        return Count++;
    }

    /// <summary>A row to change in place; frozen views keep the old value. The reference is void after the next Add or Edit.</summary>
    public ref T Edit(int row)
    {
        var page = row >> PageBits;
        if (_pageEpoch[page] != _epoch)
        {
            _pages[page] = (T[])_pages[page].Clone();
            _pageEpoch[page] = _epoch;
        }

        return ref _pages[page][row & PageMask];
    }

    /// <summary>The table as it is now. Later changes do not show in it.</summary>
    public Frozen Freeze()
    {
        _epoch++;
        var used = (Count + PageMask) >> PageBits;
        return new Frozen(_pages.AsSpan(0, used).ToArray(), Count);
    }

    void OpenPage(int page)
    {
        if (page == _pages.Length)
        {
            var size = Math.Max(4, page * 2);
            Array.Resize(ref _pages, size);
            Array.Resize(ref _pageEpoch, size);
        }

        _pages[page] = new T[PageSize];
        _pageEpoch[page] = _epoch;
    }

    /// <summary>An unchanging view of the table.</summary>
    internal readonly struct Frozen(T[][] pages, int count)
    {
        readonly T[][] _pages = pages;

        public int Count { get; } = count;

        public ref readonly T this[int row]
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => ref _pages[row >> PageBits][row & PageMask];
        }
    }
}
