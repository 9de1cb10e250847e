using System.Runtime.CompilerServices;

namespace Archicortex.Language;

/// <summary>A sorted list of words of the letters a to z: bytes in one row, found through a hash table in O(length).</summary>
/// <remarks>
/// A word that stands there several times is found at its first row. Filling runs once, over a million bytes, before any
/// loop has become warm: it is compiled well at once.
/// </remarks>
sealed class LetterTable
{
    const byte LastLetter = 0x80;

    readonly byte[] _letters;
    readonly int[] _starts;
    readonly int[] _slots;
    readonly int _mask;

    /// <summary>Unpacks a list: of each word how many letters it shares with the one before, then the others.</summary>
    /// <param name="bytes">Holds the list.</param>
    /// <param name="at">Where it starts; on return, where it ended.</param>
    /// <param name="count">Number of words.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public LetterTable(byte[] bytes, ref int at, int count)
    {
        _starts = new int[count + 1];
        var letters = new byte[1 << 10];
        var used = 0;
        for (var row = 0; row < count; row++)
        {
            var shared = bytes[at++];
            var rest = at;
            while (bytes[at++] < LastLetter)
            {
            }

            var length = shared + at - rest;
            if (used + length > letters.Length)
            {
                Array.Resize(ref letters, (letters.Length * 2) + length);
            }

            letters.AsSpan(row == 0 ? 0 : _starts[row - 1], shared).CopyTo(letters.AsSpan(used));
            bytes.AsSpan(rest, at - rest).CopyTo(letters.AsSpan(used + shared));
            letters[used + length - 1] &= 0x7F;
            used += length;
            _starts[row + 1] = used;
        }

        _letters = letters.AsSpan(0, used).ToArray();
        var size = 16;
        while (size < count * 2)
        {
            size *= 2;
        }

        (_slots, _mask) = (new int[size], size - 1);
        Fill();
    }

    public int Count => _starts.Length - 1;

    /// <summary>The row of a word, or −1.</summary>
    public int Find(ReadOnlySpan<char> word)
    {
        var hash = Seed;
        foreach (var letter in word)
        {
            if (letter is < 'a' or > 'z')
            {
                return -1;
            }

            hash = Next(hash, (byte)letter);
        }

        for (var slot = Slot(hash); _slots[slot] > 0; slot = (slot + 1) & _mask)
        {
            if (Is(_slots[slot] - 1, word))
            {
                return _slots[slot] - 1;
            }
        }

        return -1;
    }

    /// <summary>True if the row holds the word.</summary>
    public bool Is(int row, ReadOnlySpan<char> word)
    {
        var letters = _letters.AsSpan(_starts[row].._starts[row + 1]);
        if (letters.Length != word.Length)
        {
            return false;
        }

        for (var i = 0; i < letters.Length; i++)
        {
            if (letters[i] != word[i])
            {
                return false;
            }
        }

        return true;
    }

    public string Text(int row) => System.Text.Encoding.ASCII.GetString(_letters.AsSpan(_starts[row].._starts[row + 1]));

    const uint Seed = 2166136261;

    static uint Next(uint hash, byte letter) => (hash ^ letter) * 16777619;

    int Slot(uint hash) => (int)(hash ^ (hash >> 15)) & _mask;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Fill()
    {
        for (var row = 0; row < Count; row++)
        {
            var letters = _letters.AsSpan(_starts[row].._starts[row + 1]);
            if (row > 0 && letters.SequenceEqual(_letters.AsSpan(_starts[row - 1].._starts[row])))
            {
                continue;
            }

            var hash = Seed;
            foreach (var letter in letters)
            {
                hash = Next(hash, letter);
            }

            var slot = Slot(hash);
            while (_slots[slot] > 0)
            {
                slot = (slot + 1) & _mask;
            }

            _slots[slot] = row + 1;
        }
    }
}
