using System.Buffers;
using System.Runtime.CompilerServices;

namespace Archicortex.Documents;

/// <summary>A line of a text file, without its end.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="Text">Decoded.</param>
readonly record struct TextLine(long Number, string Text);

/// <summary>Reads the lines of a UTF-8 file one at a time: holds one line and a buffer, whatever the file's size.</summary>
static class TextLines
{
    const int BufferBytes = 1 << 16;

    /// <exception cref="MemoryFormatException">A byte is no UTF-8, or a line is longer than the limit; the line is not read to its end.</exception>
    public static async IAsyncEnumerable<TextLine> ReadAsync(
        PeekedStream source, string name, int charsMax, [EnumeratorCancellation] CancellationToken ct)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            var line = new LineBytes(name, charsMax);
            while (await source.ReadAsync(buffer.AsMemory(0, BufferBytes), ct).ConfigureAwait(false) is var count and > 0)
            {
                for (var at = 0; at < count;)
                {
                    var end = Array.IndexOf(buffer, (byte)'\n', at, count - at);
                    line.Add(buffer.AsSpan(at, (end < 0 ? count : end) - at));
                    at = end < 0 ? count : end + 1;
                    if (end >= 0)
                    {
                        yield return line.Take();
                    }
                }
            }

            if (!line.IsEmpty)
            {
                yield return line.Take();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    sealed class LineBytes(string name, int charsMax)
    {
        readonly ArrayBufferWriter<byte> _bytes = new(1024);
        long _number = 1;
        long _offset;
        long _chars;

        public bool IsEmpty => _bytes.WrittenCount == 0;

        public void Add(ReadOnlySpan<byte> bytes)
        {
            _chars += StrictUtf8.CountChars(bytes);
            if (_chars > charsMax)
            {
                throw new MemoryFormatException(
                    $"'{name}' line {_number} has more than {charsMax:N0} characters, which is the limit for a line. "
                    + "Split it into several documents, one a line.");
            }

            _bytes.Write(bytes);
        }

        public TextLine Take()
        {
            var bytes = _bytes.WrittenSpan;
            var mark = _offset == 0 && bytes.StartsWith("\uFEFF"u8) ? 3 : 0;
            var ending = bytes is [.., (byte)'\r'] ? 1 : 0;
            var text = StrictUtf8.Read(bytes[mark..Math.Max(mark, bytes.Length - ending)], name, _number, _offset + mark);
            var line = new TextLine(_number, text);
            _offset += bytes.Length + 1;
            _number++;
            _chars = 0;
            _bytes.ResetWrittenCount();
            return line;
        }
    }
}
