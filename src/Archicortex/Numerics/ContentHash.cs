using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Archicortex.Numerics;

/// <summary>Names a thing by what it says: 128 bits of SHA-256 over its fields in one canonical form.</summary>
/// <remarks>
/// Equal content has to get an equal id on every machine and in every process, and fields must not run into each
/// other ("ab","c" against "a","bc"). So each text is length-prefixed UTF-8 and each number fixed-width little-endian.
/// </remarks>
sealed class ContentHash : IDisposable
{
    const byte Missing = 0;
    const byte Present = 1;

    readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <param name="kind">Type tag, so that two kinds of thing with the same fields differ.</param>
    public ContentHash(string kind) => Add(kind);

    public ContentHash Add(string? text)
    {
        if (text is null)
        {
            _hash.AppendData([Missing]);
            return this;
        }

        var size = Encoding.UTF8.GetByteCount(text);
        Span<byte> prefix = stackalloc byte[5];
        prefix[0] = Present;
        BinaryPrimitives.WriteInt32LittleEndian(prefix[1..], size);
        _hash.AppendData(prefix);
        var rented = ArrayPool<byte>.Shared.Rent(size);
        var written = Encoding.UTF8.GetBytes(text, rented);
        _hash.AppendData(rented.AsSpan(0, written));
        ArrayPool<byte>.Shared.Return(rented);
        return this;
    }

    public ContentHash Add(long number)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        _hash.AppendData(bytes);
        return this;
    }

    public ContentHash Add(UInt128 id)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, id);
        _hash.AppendData(bytes);
        return this;
    }

    public ContentHash Add(ReadOnlySpan<byte> bytes)
    {
        Add(bytes.Length);
        _hash.AppendData(bytes);
        return this;
    }

    /// <summary>The id; the hash starts anew, without its type tag, and is normally disposed here.</summary>
    public UInt128 Id()
    {
        Span<byte> digest = stackalloc byte[32];
        _hash.GetHashAndReset(digest);
        return BinaryPrimitives.ReadUInt128BigEndian(digest);
    }

    public void Dispose() => _hash.Dispose();
}
