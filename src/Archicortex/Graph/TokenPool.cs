using Archicortex.Numerics;

namespace Archicortex.Graph;

/// <summary>The words of all passages, one after the other, so that a new name can be looked for in old text.</summary>
/// <remarks>
/// A passage's words lie together inside one block; a passage longer than a block gets one of its own. Blocks are only
/// ever written behind what readers know.
/// </remarks>
sealed class TokenPool
{
    const int BlockBits = 16;
    const int BlockSize = 1 << BlockBits;

    readonly List<(int[] Words, byte[] Marks)> _blocks = [];
    int _used = BlockSize;

    /// <summary>Appends a passage's words and returns where they start.</summary>
    public int Add(ReadOnlySpan<int> words, ReadOnlySpan<byte> marks)
    {
        if (_used + words.Length > BlockSize || _used == BlockSize)
        {
            var size = Math.Max(BlockSize, words.Length);
            _blocks.Add((new int[size], new byte[size]));
            _used = 0;
        }

        var (blockWords, blockMarks) = _blocks[^1];
        words.CopyTo(blockWords.AsSpan(_used));
        marks.CopyTo(blockMarks.AsSpan(_used));
        var start = ((_blocks.Count - 1) << BlockBits) + _used;
        _used += words.Length;
        return start;
    }

    public ReadOnlySpan<int> Words(int start, int count) => _blocks[start >> BlockBits].Words.AsSpan(start & (BlockSize - 1), count);

    public ReadOnlySpan<byte> Marks(int start, int count) => _blocks[start >> BlockBits].Marks.AsSpan(start & (BlockSize - 1), count);

    public void Save(BlockWriter writer)
    {
        writer.Write(_blocks.Count);
        writer.Write(_used);
        foreach (var (words, marks) in _blocks)
        {
            writer.Write<int>(words);
            writer.Write<byte>(marks);
        }
    }

    public void Load(BlockReader reader)
    {
        var count = reader.ReadInt();
        _used = reader.ReadInt();
        for (var i = 0; i < count; i++)
        {
            _blocks.Add((reader.ReadArray<int>(), reader.ReadArray<byte>()));
        }
    }

    public Frozen Freeze() => new([.. _blocks]);

    /// <summary>The pool as it was; for readers.</summary>
    internal readonly struct Frozen((int[] Words, byte[] Marks)[] blocks)
    {
        public ReadOnlySpan<int> Words(int start, int count) =>
            blocks[start >> BlockBits].Words.AsSpan(start & (BlockSize - 1), count);

        public ReadOnlySpan<byte> Marks(int start, int count) =>
            blocks[start >> BlockBits].Marks.AsSpan(start & (BlockSize - 1), count);
    }
}
