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
