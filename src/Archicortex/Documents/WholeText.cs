using System.Buffers;
using System.Runtime.CompilerServices;

namespace Archicortex.Documents;

/// <summary>A text or Markdown file as one document.</summary>
static class WholeText
{
    const int BufferBytes = 1 << 16;

    public static async IAsyncEnumerable<Document> ReadAsync(
        PeekedStream source, InputName name, InputFormat format, DocumentReaderOptions options, [EnumeratorCancellation] CancellationToken ct)
    {
        var bytes = await ReadBytesAsync(source, name.Text, options.LineCharsMax, ct).ConfigureAwait(false);
        var content = bytes.WrittenSpan;
        if (content.Contains((byte)0) && !(content is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]))
        {
            throw new MemoryFormatException(
                $"'{name.Text}' has a zero byte at {content.IndexOf((byte)0):N0}: it is a binary file. Only text can be remembered; convert it first.");
        }

        var mark = content.StartsWith("\uFEFF"u8) ? 3 : 0;
        var text = StrictUtf8.Read(content[mark..], name.Text, 1, mark);
        if (string.IsNullOrWhiteSpace(text))
        {
            options.Skipped?.Invoke($"{name.Text}: empty");
            yield break;
        }

        yield return new Document(text)
        {
            Id = name.NamesDocuments ? name.Text : null,
            Source = name.Text,
            Title = (format == InputFormat.Markdown ? MarkdownHeadings.Title(text) : null) ?? (name.NamesDocuments ? TitleOf(name.Text) : null),
            Format = format == InputFormat.Markdown ? DocumentFormat.Markdown : DocumentFormat.Text,
        };
    }

    /// <summary>A file name as words: "notes/2024_trip-plan.txt" is about "2024 trip plan".</summary>
    static string? TitleOf(string path)
    {
        var title = Path.GetFileNameWithoutExtension(path).Replace('_', ' ').Replace('-', ' ').Trim();
        return title.Length == 0 ? null : title;
    }

    static async Task<ArrayBufferWriter<byte>> ReadBytesAsync(PeekedStream source, string name, int charsMax, CancellationToken ct)
    {
        var bytes = new ArrayBufferWriter<byte>(BufferBytes);
        var chars = 0L;
        while (await source.ReadAsync(bytes.GetMemory(BufferBytes)[..BufferBytes], ct).ConfigureAwait(false) is var count and > 0)
        {
            chars += StrictUtf8.CountChars(bytes.GetSpan(count)[..count]);
            bytes.Advance(count);
            if (chars > charsMax)
            {
                throw new MemoryFormatException(
                    $"'{name}' has more than {charsMax:N0} characters, which is the limit for one document. "
                    + "Split it into several files, or into JSON Lines with one document a line.");
            }
        }

        return bytes;
    }
}
