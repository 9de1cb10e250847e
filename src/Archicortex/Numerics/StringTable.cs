namespace Archicortex.Numerics;

/// <summary>Gives each distinct text a small number, in order of arrival. One writer; readers need no lock.</summary>
/// <remarks>
/// Open addressing with linear probing over numbers; texts are never removed. A reader may run while the writer adds:
/// it works on the slot array it loaded, and a text that arrived since is either found or not, which a reader of an
/// older state must treat alike (it compares the number with its own count).
/// </remarks>
sealed class StringTable
{
    const int Empty = 0;

    volatile Slots _slots = new(new int[64], new string[32]);
    int _count;

    public int Count => Volatile.Read(ref _count);

    public string this[int number] => _slots.Texts[number];

    /// <summary>The text's number, or −1 when it has none.</summary>
    public int Find(ReadOnlySpan<char> text)
    {
        var slots = _slots;
        var mask = slots.Numbers.Length - 1;
        for (var at = (int)StableHash.Of(text) & mask; ; at = (at + 1) & mask)
        {
            var number = Volatile.Read(ref slots.Numbers[at]);
            if (number == Empty)
            {
                return -1;
            }

            if (text.SequenceEqual(slots.Texts[number - 1]))
            {
                return number - 1;
            }
        }
    }

    /// <summary>The text's number, given now if it has none.</summary>
    public int FindOrAdd(ReadOnlySpan<char> text)
    {
        var number = Find(text);
        if (number >= 0)
        {
            return number;
        }

        if ((_count + 1) * 2 > _slots.Numbers.Length)
        {
            Grow();
        }

        var slots = _slots;
        slots.Texts[_count] = text.ToString();
        Place(slots.Numbers, text, _count);
        Volatile.Write(ref _count, _count + 1);
        return _count - 1;
    }

    void Grow()
    {
        var old = _slots;
        var texts = new string[old.Texts.Length * 2];
        Array.Copy(old.Texts, texts, _count);
        var numbers = new int[old.Numbers.Length * 2];
        for (var i = 0; i < _count; i++)
        {
            Place(numbers, texts[i], i);
        }

        _slots = new(numbers, texts);
    }

    static void Place(int[] numbers, ReadOnlySpan<char> text, int number)
    {
        var mask = numbers.Length - 1;
        var at = (int)StableHash.Of(text) & mask;
        while (numbers[at] != Empty)
        {
            at = (at + 1) & mask;
        }

        // The text is in place before its number shows.
        Volatile.Write(ref numbers[at], number + 1);
    }

    sealed record Slots(int[] Numbers, string[] Texts);
}
