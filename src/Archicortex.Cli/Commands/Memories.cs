namespace Archicortex.Cli.Commands;

/// <summary>Opens the memory a command works on.</summary>
static class Memories
{
    /// <summary>For reading, beside a process that may be writing.</summary>
    public static Task<GraphMemory> OpenForReadingAsync(string path, string scope, CancellationToken ct) =>
        OpenForReadingAsync(path, new GraphMemoryOptions { Scope = scope }, ct);

    /// <inheritdoc cref="OpenForReadingAsync(string, string, CancellationToken)"/>
    public static Task<GraphMemory> OpenForReadingAsync(string path, GraphMemoryOptions options, CancellationToken ct) =>
        GraphMemory.OpenAsync(path, options with { IsReadOnly = true }, null, ct);

    /// <summary>For asking: with a model the memory is opened for writing, so that it keeps the replies; if somebody else writes, without.</summary>
    public static async Task<GraphMemory> OpenForAskingAsync(string path, GraphMemoryOptions options, CancellationToken ct)
    {
        if (options.ChatClient is not null && File.Exists(path))
        {
            try
            {
                return await GraphMemory.OpenAsync(path, options, null, ct).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is MemoryConflictException or MemoryStoreException)
            {
                // Reading needs no right to write; if it fails as well, that is what the user is told.
            }
        }

        return await OpenForReadingAsync(path, options, ct).ConfigureAwait(false);
    }

    /// <summary>Opens a memory for writing (makes it, if need be), does the work and closes it.</summary>
    /// <remarks>
    /// Closing writes a snapshot and may fail, on a full disk for instance, when all the work is safely done: that is a
    /// warning. It must not take the place of the work's own failure either, which says what is stored.
    /// </remarks>
    public static Task<T> WriteAsync<T>(
        string path, string scope, Terminal terminal, Func<GraphMemory, Task<T>> work, CancellationToken ct) =>
        WriteAsync(path, new GraphMemoryOptions { Scope = scope }, terminal, work, ct);

    /// <inheritdoc cref="WriteAsync{T}(string, string, Terminal, Func{GraphMemory, Task{T}}, CancellationToken)"/>
    public static async Task<T> WriteAsync<T>(
        string path, GraphMemoryOptions options, Terminal terminal, Func<GraphMemory, Task<T>> work, CancellationToken ct)
    {
        var memory = await GraphMemory.OpenAsync(path, options, null, ct).ConfigureAwait(false);
        try
        {
            return await work(memory).ConfigureAwait(false);
        }
        finally
        {
            try
            {
                await memory.DisposeAsync().ConfigureAwait(false);
            }
            catch (GraphMemoryException failure)
            {
                await terminal.Error.WriteLineAsync($"warning: {failure.Message}").ConfigureAwait(false);
            }
        }
    }

    /// <summary>Refuses a mistyped path, which would make an empty memory.</summary>
    public static void RefuseMissing(string path)
    {
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            throw new MemoryStoreException($"There is no memory at '{path}'. Remember something into it first, or check the path.");
        }
    }
}
