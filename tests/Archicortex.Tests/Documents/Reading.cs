using System.Text;
using Archicortex.Documents;
using NUnit.Framework;

namespace Archicortex.Tests.Documents;

/// <summary>Reads test inputs to the end.</summary>
static class Reading
{
    public static async Task<List<Document>> Path(string path, DocumentReaderOptions? options = null)
    {
        var documents = new List<Document>();
        await foreach (var document in DocumentReader.ReadAsync(path, options))
        {
            documents.Add(document);
        }

        return documents;
    }

    public static Task<List<Document>> Stream(string text, InputFormat format = InputFormat.Auto, int charsMax = 8_000_000) =>
        Stream(new MemoryStream(Encoding.UTF8.GetBytes(text)), format, charsMax);

    public static async Task<List<Document>> Stream(Stream stream, InputFormat format, int charsMax)
    {
        var documents = new List<Document>();
        await foreach (var document in DocumentReader.ReadAsync(stream, "in", format, new DocumentReaderOptions { LineCharsMax = charsMax }))
        {
            documents.Add(document);
        }

        return documents;
    }

    public static string Refusal(Func<Task> reading) => Assert.ThrowsAsync<MemoryFormatException>(reading)!.Message;
}

/// <summary>A stream without end, which counts what was taken from it.</summary>
sealed class EndlessStream(string head, char filler) : Stream
{
    readonly byte[] _head = Encoding.UTF8.GetBytes(head);

    public long Taken { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => Taken; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        for (var i = 0; i < count; i++, Taken++)
        {
            buffer[offset + i] = Taken < _head.Length ? _head[Taken] : (byte)filler;
        }

        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
