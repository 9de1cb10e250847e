namespace Archicortex.Documents;

/// <summary>How a file says what it says.</summary>
public enum InputFormat
{
    /// <summary>Decided by the file's ending, and for .txt and standard input by its first lines.</summary>
    Auto,

    /// <summary>Plain text: a file is a document.</summary>
    Text,

    /// <summary>Markdown: a file is a document, its first first-level heading the title.</summary>
    Markdown,

    /// <summary>JSON Lines: a line is a document, <c>{id?, title?, text, time?, speaker?, listener?, session?, source?, metadata?}</c>.</summary>
    JsonLines,

    /// <summary>Plain-text conversation: <c>Name: text</c> starts a turn, and a turn is a document.</summary>
    Chat,
}

/// <summary>How files are read.</summary>
public sealed record DocumentReaderOptions
{
    /// <summary>How the input is written. Default <see cref="InputFormat.Auto"/>.</summary>
    public InputFormat Format { get; init; } = InputFormat.Auto;

    /// <summary>Characters (UTF-16 units) a line, a turn or a whole text file may have, ≥ 1. Default 8,000,000.</summary>
    /// <remarks>Longer ones are refused before they are read whole, so that one bad file cannot exhaust the process.</remarks>
    public int LineCharsMax { get; init; } = 8_000_000;

    /// <summary>Told the number of bytes read so far, over all files. Default: nobody.</summary>
    public IProgress<long>? BytesRead { get; init; }

    /// <summary>Told what was passed over and why, a sentence each: a binary file, an empty file, an unknown ending. Default: nobody.</summary>
    public Action<string>? Skipped { get; init; }

    internal void Check()
    {
        if (!Enum.IsDefined(Format))
        {
            throw new ArgumentOutOfRangeException(nameof(Format), Format, "There is no such format.");
        }

        if (LineCharsMax < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(LineCharsMax), LineCharsMax, "LineCharsMax must be at least 1.");
        }
    }
}
