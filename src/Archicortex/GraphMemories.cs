using System.Text;
using Archicortex.Numerics;

namespace Archicortex;

/// <summary>The memories of an application, one a scope (tenant, user, agent), each opened when it is first asked for.</summary>
/// <remarks>
/// Registered as a singleton by <c>services.AddArchicortex</c>. Safe to use from any number of threads. A memory stays open until
/// the container is disposed, which closes them all: do not dispose one yourself. The container has to be disposed
/// asynchronously, as hosts do; in a program of your own, <c>await using</c>.
/// </remarks>
public sealed class GraphMemories : IAsyncDisposable
{
    const int FileNameCharsMax = 100;

    readonly ArchicortexOptions _options;
    readonly Lock _lock = new();
    readonly Dictionary<string, Task<GraphMemory>> _memories = new(StringComparer.Ordinal);
    readonly CancellationTokenSource _stop = new();
    readonly SemaphoreSlim _embedderLock = new(1, 1);
    Models.ITextEmbedder? _embedder;
    bool _isDisposed;

    internal GraphMemories(ArchicortexOptions options) => _options = options;

    /// <summary>The memory of a scope, opened if it is not yet.</summary>
    /// <param name="scope">Whose memory; null for the scope of <see cref="ArchicortexOptions.Memory"/>.</param>
    /// <param name="cancellationToken">Stops waiting. The memory goes on opening for others who wait for it.</param>
    /// <exception cref="InvalidOperationException">Another scope would need the same file, or <see cref="ArchicortexOptions.ScopesMax"/> are open.</exception>
    /// <exception cref="GraphMemoryException">It cannot be opened. The next call tries again.</exception>
    public ValueTask<GraphMemory> GetAsync(string? scope = null, CancellationToken cancellationToken = default)
    {
        scope ??= _options.Memory.Scope;
        ArgumentException.ThrowIfNullOrWhiteSpace(scope);
        cancellationToken.ThrowIfCancellationRequested();
        Task<GraphMemory> opening;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (!_memories.TryGetValue(scope, out var known) || known.IsFaulted || known.IsCanceled)
            {
                foreach (var (failed, _) in _memories.Where(one => one.Value.IsFaulted || one.Value.IsCanceled).ToList())
                {
                    _memories.Remove(failed);
                }

                CheckRoom(scope);

                // Off this thread: opening a file replays its log, which must not happen inside the lock.
                known = Task.Run(() => OpenAsync(scope, _stop.Token), CancellationToken.None);
                _memories.Add(scope, known);
            }

            opening = known;
        }

        return opening.IsCompletedSuccessfully ? new(opening) : new(opening.WaitAsync(cancellationToken));
    }

    /// <summary>Closes all memories. If closing one fails, the others are closed all the same, and then its failure is thrown.</summary>
    public async ValueTask DisposeAsync()
    {
        List<Task<GraphMemory>> open;
        lock (_lock)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            open = [.. _memories.Values];
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        Exception? failure = null;
        foreach (var opening in open)
        {
            var found = await CloseAsync(opening).ConfigureAwait(false);
            failure ??= found;
        }

        _stop.Dispose();
        _embedderLock.Dispose();
        if (failure is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        }
    }

    static async Task<Exception?> CloseAsync(Task<GraphMemory> opening)
    {
        GraphMemory memory;
        try
        {
            memory = await opening.ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Who asked for it was told; there is nothing to close.
            return null;
        }

        try
        {
            await memory.DisposeAsync().ConfigureAwait(false);
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }

    async Task<GraphMemory> OpenAsync(string scope, CancellationToken cancellationToken)
    {
        var options = _options.Memory with { Scope = scope, Embedder = await EmbedderAsync(cancellationToken).ConfigureAwait(false) };
        if (_options.OpenStore is { } make)
        {
            var store = make(scope);
            if (store.Scope != scope)
            {
                await store.DisposeAsync().ConfigureAwait(false);
                throw new InvalidOperationException(
                    $"The store made for scope '{scope}' keeps scope '{store.Scope}'. Let UseStore make it for the scope it is given.");
            }

            return await OpenAsync(store, options, cancellationToken).ConfigureAwait(false);
        }

        return await GraphMemory.OpenAsync(FileOf(scope), options, null, cancellationToken).ConfigureAwait(false);
    }

    static async Task<GraphMemory> OpenAsync(Storage.IMemoryStore store, GraphMemoryOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await GraphMemory.OpenAsync(store, options, null, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await store.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>One for all scopes. A model that cannot be asked now is asked again by the next memory that opens.</summary>
    async Task<Models.ITextEmbedder?> EmbedderAsync(CancellationToken cancellationToken)
    {
        if (_options.MakeEmbedder is not { } make)
        {
            return _options.Memory.Embedder;
        }

        await _embedderLock.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _embedder ??= await make(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _embedderLock.Release();
        }
    }

    void CheckRoom(string scope)
    {
        if (_memories.Count >= _options.ScopesMax)
        {
            throw new InvalidOperationException(
                $"Scope '{scope}' cannot be opened: {_memories.Count:N0} are open, and "
                + $"ArchicortexOptions.ScopesMax is {_options.ScopesMax:N0}. Raise it, if the process has the room.");
        }

        var isShared = _options.OpenStore is null && !_options.Memory.IsReadOnly && !IsFileOfScope;
        if (isShared && _memories.Count > 0)
        {
            throw new InvalidOperationException(
                $"Scope '{scope}' cannot be opened beside '{_memories.Keys.First()}': ArchicortexOptions.Path '{_options.Path}' is one file, "
                + $"and one scope at a time writes a file. Put {ArchicortexOptions.ScopeWord} into the path, "
                + $"e.g. 'memories/{ArchicortexOptions.ScopeWord}.archicortex'.");
        }
    }

    bool IsFileOfScope => _options.Path!.Contains(ArchicortexOptions.ScopeWord, StringComparison.Ordinal);

    string FileOf(string scope)
    {
        if (!IsFileOfScope)
        {
            return _options.Path!;
        }

        var path = _options.Path!.Replace(ArchicortexOptions.ScopeWord, FileName(scope), StringComparison.Ordinal);
        if (!_options.Memory.IsReadOnly && Path.GetDirectoryName(path) is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
        }

        return path;
    }

    /// <summary>A scope as part of a file's name. Scopes come from outside, so nothing in them may lead to another folder.</summary>
    internal static string FileName(string scope)
    {
        // Letters of either case are escaped apart by case, since some file systems hold "ada" and "Ada" to be one.
        var name = new StringBuilder();
        foreach (var one in Encoding.UTF8.GetBytes(scope))
        {
            _ = (char)one is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '_'
                ? name.Append((char)one)
                : name.Append('%').Append(one.ToString("x2", System.Globalization.CultureInfo.InvariantCulture));
        }

        if (name.Length <= FileNameCharsMax)
        {
            return name.ToString();
        }

        using var hash = new ContentHash("scope-file").Add(scope);
        return $"{name.ToString(0, FileNameCharsMax / 2).TrimEnd('%')}%-{hash.Id().ToString("x32", System.Globalization.CultureInfo.InvariantCulture)}";
    }
}
