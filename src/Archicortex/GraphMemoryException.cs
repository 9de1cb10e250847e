namespace Archicortex;

/// <summary>Something outside the program kept a memory from doing its work: the file, the disk, another process, the input.</summary>
/// <remarks>The message names the thing, what was found, the rule, and what to do. A caller's mistake is an <see cref="ArgumentException"/> instead.</remarks>
public class GraphMemoryException : Exception
{
    /// <summary>An exception without a message.</summary>
    public GraphMemoryException()
    {
    }

    /// <summary>An exception that says what happened and what to do.</summary>
    public GraphMemoryException(string message)
        : base(message)
    {
    }

    /// <summary>An exception that says what happened, what to do, and what caused it.</summary>
    public GraphMemoryException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>A text or file does not have the form it should have: a line that is no JSON, a file that is no memory.</summary>
public sealed class MemoryFormatException : GraphMemoryException
{
    /// <inheritdoc/>
    public MemoryFormatException()
    {
    }

    /// <inheritdoc/>
    public MemoryFormatException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public MemoryFormatException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>Two writers met, or a document disagrees with the one of the same id that is remembered already.</summary>
public sealed class MemoryConflictException : GraphMemoryException
{
    /// <inheritdoc/>
    public MemoryConflictException()
    {
    }

    /// <inheritdoc/>
    public MemoryConflictException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public MemoryConflictException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>The store could not read or write: a full disk, a broken file, a missing folder.</summary>
public sealed class MemoryStoreException : GraphMemoryException
{
    /// <inheritdoc/>
    public MemoryStoreException()
    {
    }

    /// <inheritdoc/>
    public MemoryStoreException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public MemoryStoreException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
