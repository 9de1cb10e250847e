using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace Archicortex.Numerics;

/// <summary>Writes numbers, texts and arrays one after the other, little-endian, for <see cref="BlockReader"/>.</summary>
sealed class BlockWriter
{
    readonly ArrayBufferWriter<byte> _bytes = new(1 << 16);

    public ReadOnlyMemory<byte> Written => _bytes.WrittenMemory;

    public void Write<T>(in T value)
        where T : unmanaged => _bytes.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));

    /// <summary>An array, its length first.</summary>
    public void Write<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        Write(values.Length);
        _bytes.Write(MemoryMarshal.AsBytes(values));
    }

    public void Write(IntRow row) => Write(row.Items);

    /// <summary>A text or null.</summary>
    public void Write(string? text)
    {
        if (text is null)
        {
            Write(-1);
            return;
        }

        var size = Encoding.UTF8.GetByteCount(text);
        Write(size);
        Encoding.UTF8.GetBytes(text, _bytes.GetSpan(size));
        _bytes.Advance(size);
    }

    /// <summary>Every row of a table of plain values.</summary>
    public void Write<T>(PagedTable<T> table)
        where T : unmanaged
    {
        Write(table.Count);
        for (var i = 0; i < table.Count; i++)
        {
            Write(table[i]);
        }
    }
}
