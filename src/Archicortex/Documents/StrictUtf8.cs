using System.Buffers;
using System.Text.Unicode;

namespace Archicortex.Documents;

/// <summary>Bytes to text, or an error that says where the bytes stop being UTF-8.</summary>
static class StrictUtf8
{
    /// <param name="bytes">A line or a file.</param>
    /// <param name="name">The input, for the error.</param>
    /// <param name="line">Number of the first line, 1 at the start.</param>
    /// <param name="offset">Bytes of the input before these.</param>
    /// <exception cref="MemoryFormatException">A byte is no UTF-8; its line and offset are named.</exception>
    public static string Read(ReadOnlySpan<byte> bytes, string name, long line, long offset)
    {
        if (bytes.IsEmpty)
        {
            return "";
        }

        var chars = ArrayPool<char>.Shared.Rent(bytes.Length);
        try
        {
            var status = Utf8.ToUtf16(bytes, chars, out var read, out var written, replaceInvalidSequences: false);
            if (status == OperationStatus.Done)
            {
                return new string(chars, 0, written);
            }

            throw new MemoryFormatException(
                $"'{name}' line {line + bytes[..read].Count((byte)'\n')}: byte {offset + read:N0} (0x{bytes[read]:X2}) is not UTF-8"
                + $"{Guess(bytes, offset)}. Save the file as UTF-8, e.g. iconv -f {Charset(bytes, offset)} -t UTF-8.");
        }
        finally
        {
            ArrayPool<char>.Shared.Return(chars);
        }
    }

    /// <summary>UTF-16 units of a stretch of UTF-8, were it valid; may be cut anywhere.</summary>
    public static int CountChars(ReadOnlySpan<byte> bytes)
    {
        // Each character has one byte that is no continuation; those above U+FFFF, led by 0xF0 and up, take two units.
        var count = 0;
        foreach (var value in bytes)
        {
            count += ((value & 0xC0) == 0x80 ? 0 : 1) + (value >= 0xF0 ? 1 : 0);
        }

        return count;
    }

    static bool IsUtf16(ReadOnlySpan<byte> bytes, long offset) => offset == 0 && bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..];

    static string Guess(ReadOnlySpan<byte> bytes, long offset) => IsUtf16(bytes, offset) ? "; the file looks like UTF-16" : "";

    static string Charset(ReadOnlySpan<byte> bytes, long offset) => IsUtf16(bytes, offset) ? "UTF-16" : "LATIN1";
}
