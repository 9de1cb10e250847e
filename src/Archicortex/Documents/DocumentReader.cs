using System.Runtime.CompilerServices;

namespace Archicortex.Documents;

/// <summary>Reads documents out of files, folders and streams, one after the other, without holding a file whole.</summary>
/// <remarks>
/// Text must be UTF-8, with or without a byte order mark. The same files give the same documents in the same order.
/// Two documents of one id but other content are not this reader's concern: the memory refuses the second.
/// </remarks>
public static class DocumentReader
{
    /// <summary>Reads a file, or the files of a folder and its subfolders in ordinal order of their paths.</summary>
    /// <remarks>
    /// Of a folder, files ending in .md, .markdown, .txt, .text, .jsonl, .ndjson and .chat are read; hidden ones, links
    /// to folders, binary and empty files are passed over and reported. A text file's id and source are its path as
    /// given, with forward slashes and without a leading "./".
    /// </remarks>
    /// <param name="path">A file or a folder.</param>
    /// <param name="options">How to read it.</param>
    /// <param name="ct">Stops between documents.</param>
    /// <exception cref="MemoryFormatException">A file is not what it should be: named with line or byte, what was found, and the cure.</exception>
    /// <exception cref="GraphMemoryException">There is no such file or folder, or it cannot be read.</exception>
    public static async IAsyncEnumerable<Document> ReadAsync(
        string path, DocumentReaderOptions? options = null, [EnumeratorCancellation] CancellationToken ct = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        options ??= new();
        options.Check();
        var isFolder = Directory.Exists(path);
        var bytesBefore = 0L;
        foreach (var file in isFolder ? DocumentFiles.In(path, options.Skipped) : [path])
        {
            ct.ThrowIfCancellationRequested();
            var name = DocumentFiles.NameOf(file);
            var source = new PeekedStream(DocumentFiles.Open(file), bytesBefore, options.BytesRead);
            await using var closing = source.ConfigureAwait(false);
            await source.PeekAsync(ct).ConfigureAwait(false);
            if (isFolder && source.LooksBinary)
            {
                options.Skipped?.Invoke($"{name}: a binary file");
            }
            else
            {
                var format = options.Format == InputFormat.Auto ? FormatGuess.Of(name, source) : options.Format;
                await foreach (var document in ReadAsync(source, new(name, true), format, options, ct).ConfigureAwait(false))
                {
                    yield return document;
                }
            }

            bytesBefore = source.BytesRead;
        }
    }

    /// <summary>Reads a stream, such as standard input.</summary>
    /// <remarks>Its documents have no id unless JSON Lines give them one: content names them, so that reading them again changes nothing.</remarks>
    /// <param name="stream">UTF-8 text; not closed.</param>
    /// <param name="name">What errors call it; also the source of its documents.</param>
    /// <param name="format">How it is written; <see cref="InputFormat.Auto"/> looks at its first lines.</param>
    /// <param name="options">How to read it; its format is ignored.</param>
    /// <param name="ct">Stops between documents, and while waiting for more.</param>
    /// <exception cref="MemoryFormatException">The stream is not what it should be.</exception>
    public static async IAsyncEnumerable<Document> ReadAsync(
        Stream stream,
        string name,
        InputFormat format,
        DocumentReaderOptions? options = null,
        [EnumeratorCancellation] CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        options = (options ?? new()) with { Format = format };
        options.Check();
        var source = new PeekedStream(stream, 0, options.BytesRead, leaveOpen: true);
        await using var closing = source.ConfigureAwait(false);
        await source.PeekAsync(ct).ConfigureAwait(false);
        var known = format == InputFormat.Auto ? FormatGuess.Of(source) : format;
        await foreach (var document in ReadAsync(source, new(name, false), known, options, ct).ConfigureAwait(false))
        {
            yield return document;
        }
    }

    /// <summary>Bytes that reading a path will take, for a progress bar; 0 if there is nothing to read.</summary>
    /// <param name="path">A file or a folder.</param>
    public static long MeasureBytes(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return Directory.Exists(path) ? DocumentFiles.In(path, null).Sum(file => new FileInfo(file).Length)
            : File.Exists(path) ? new FileInfo(path).Length
            : 0;
    }

    static IAsyncEnumerable<Document> ReadAsync(
        PeekedStream source, InputName name, InputFormat format, DocumentReaderOptions options, CancellationToken ct) => format switch
    {
        InputFormat.JsonLines => JsonLines.ReadAsync(source, name, options, ct),
        InputFormat.Chat => ChatText.ReadAsync(source, name, options, ct),
        _ => WholeText.ReadAsync(source, name, format, options, ct),
    };
}

/// <summary>What an input is called, and whether that name is good for ids: a file's path is, "standard input" is not.</summary>
readonly record struct InputName(string Text, bool NamesDocuments);
