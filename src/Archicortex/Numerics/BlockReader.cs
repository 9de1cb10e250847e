using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Archicortex.Numerics;

/// <summary>Reads what <see cref="BlockWriter"/> wrote, in the same order.</summary>
/// <exception cref="InvalidDataException">A length is negative or reaches past the end.</exception>
sealed class BlockReader(ReadOnlyMemory<byte> bytes)
{
    int _at;

    public bool IsAtEnd => _at == bytes.Length;

    public T Read<T>()
        where T : unmanaged => MemoryMarshal.Read<T>(Take(Unsafe.SizeOf<T>()));

    public int ReadInt() => MemoryMarshal.Read<int>(Take(sizeof(int)));

    public T[] ReadArray<T>()
        where T : unmanaged
    {
        var count = ReadInt();
        return MemoryMarshal.Cast<byte, T>(Take((long)count * Unsafe.SizeOf<T>())).ToArray();
    }

    public IntRow ReadRow()
    {
        var count = ReadInt();
        return IntRow.Of(MemoryMarshal.Cast<byte, int>(Take((long)count * sizeof(int))));
    }

    public string? ReadText()
    {
        var size = ReadInt();
        return size < 0 ? null : Encoding.UTF8.GetString(Take(size));
    }

    public void ReadTable<T>(PagedTable<T> table)
        where T : unmanaged
    {
        var count = ReadInt();
        var rows = MemoryMarshal.Cast<byte, T>(Take((long)count * Unsafe.SizeOf<T>()));
        foreach (var row in rows)
        {
            table.Add(row);
        }
    }

    ReadOnlySpan<byte> Take(long size)
    {
        if (size < 0 || size > bytes.Length - _at)
        {
            throw new InvalidDataException($"A field of {size} bytes at {_at} does not fit into {bytes.Length} bytes.");
        }

        var taken = bytes.Span.Slice(_at, (int)size);
        _at += (int)size;
        return taken;
    }
}
