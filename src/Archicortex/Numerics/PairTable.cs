namespace Archicortex.Numerics;

/// <summary>Maps pairs of numbers to a number: the edges of a trie. One writer; readers need no lock.</summary>
/// <remarks>Same layout and same reading rule as <see cref="StringTable"/>; values are ≥ 0 and never change.</remarks>
sealed class PairTable
{
    volatile Slots _slots = new(64);
    int _count;

    /// <summary>The pair's value, or −1.</summary>
    public int Find(int first, int second)
    {
        var slots = _slots;
        var key = Key(first, second);
        var mask = slots.Keys.Length - 1;
        for (var at = Start(key, mask); ; at = (at + 1) & mask)
        {
            var value = Volatile.Read(ref slots.Values[at]);
            if (value == 0)
            {
                return -1;
            }

            if (slots.Keys[at] == key)
            {
                return value - 1;
            }
        }
    }

    /// <summary>Adds a pair that is not there yet.</summary>
    public void Add(int first, int second, int value)
    {
        if ((_count + 1) * 2 > _slots.Keys.Length)
        {
            Grow();
        }

        Place(_slots, Key(first, second), value + 1);
        _count++;
    }

    void Grow()
    {
        var old = _slots;
        var slots = new Slots(old.Keys.Length * 2);
        for (var i = 0; i < old.Keys.Length; i++)
        {
            if (old.Values[i] != 0)
            {
                Place(slots, old.Keys[i], old.Values[i]);
            }
        }

        _slots = slots;
    }

    static void Place(Slots slots, ulong key, int value)
    {
        var mask = slots.Keys.Length - 1;
        var at = Start(key, mask);
        while (slots.Values[at] != 0)
        {
            at = (at + 1) & mask;
        }

        slots.Keys[at] = key;
        Volatile.Write(ref slots.Values[at], value);
    }

    static ulong Key(int first, int second) => ((ulong)(uint)first << 32) | (uint)second;

    static int Start(ulong key, int mask) => (int)((key * 0x9E3779B97F4A7C15) >> 33) & mask;

    sealed class Slots(int size)
    {
        public readonly ulong[] Keys = new ulong[size];
        public readonly int[] Values = new int[size];
    }
}
