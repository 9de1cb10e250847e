using System.Collections.Concurrent;
using Archicortex.Documents;
using Archicortex.Models;
using Archicortex.Recall;
using Archicortex.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Archicortex;

/// <summary>A memory: text goes in, a graph grows out of it, questions come back as ranked, explained passages.</summary>
/// <remarks>
/// The front door of the engine. What is remembered is written to a log before it is acknowledged; graph and index are
/// computed from the log and held in the process. Any number of threads may recall while one remembers: a recall sees
/// every document acknowledged before it started, and all or nothing of a later one. Everything works offline.
/// <code>
/// await using GraphMemory memory = await GraphMemory.OpenAsync("notes.archicortex");
/// await memory.RememberAsync(new Document("Ada moved from London to Oslo in 2024."));
/// Recollection answer = await memory.RecallAsync("Where does Ada live?");
/// </code>
/// </remarks>
public sealed partial class GraphMemory : IAsyncDisposable
{
    readonly IMemoryStore _store;
    readonly GraphMemoryOptions _options;
    readonly PassageSplitter _splitter;
    readonly ILogger _logger;
    readonly SemaphoreSlim _writer = new(1, 1);
    readonly ConcurrentBag<RecallScratch> _scratches = [];
    MemoryViews _views = new();
    volatile RecallView _view;
    LogHead _snapshotHead;
    volatile Exception? _failure;
    bool _isDisposed;

    GraphMemory(IMemoryStore store, GraphMemoryOptions options)
    {
        _store = store;
        _options = options;
        _vectors = store as Models.IVectorCache ?? new Models.InMemoryVectorCache();
        _splitter = new PassageSplitter(options.PassageWordsMax);
        _logger = options.LoggerFactory?.CreateLogger(Log.MemoryCategory) ?? NullLogger.Instance;
        _view = _views.Freeze();
        if (options.ChatClient is { } client)
        {
            var cache = options.ModelOptions.Cache ?? store as ICallCache ?? new InMemoryCallCache();
            var loggers = options.ModelOptions.LoggerFactory ?? options.LoggerFactory;
            Model = new ModelCaller(client, options.ModelOptions with { Cache = cache, LoggerFactory = loggers });
        }
    }

    /// <summary>The language model this memory asks, with the memory's cache; null without one.</summary>
    public ModelCaller? Model { get; }

    /// <summary>Opens the memory in a file; makes it if there is none.</summary>
    /// <param name="path">The file, e.g. "notes.archicortex".</param>
    /// <param name="options">How to open it.</param>
    /// <param name="progress">Told the number of operations replayed, when there are many.</param>
    /// <param name="cancellationToken">Stops between operations.</param>
    /// <exception cref="MemoryConflictException">Another process has it open for writing.</exception>
    /// <exception cref="MemoryFormatException">The file is no memory, or one of a newer format.</exception>
    /// <exception cref="MemoryStoreException">The file cannot be made, read or written.</exception>
    public static async Task<GraphMemory> OpenAsync(
        string path, GraphMemoryOptions? options = null, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        options ??= new();
        options.Check();
        cancellationToken.ThrowIfCancellationRequested();
        var store = options.IsReadOnly
            ? SqliteStore.OpenForReading(path, options.Scope)
            : SqliteStore.Open(path, options.Scope);
        try
        {
            return await OpenAsync(store, options, progress, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await store.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Opens the memory in a store of your own. The memory disposes the store.</summary>
    /// <param name="store">The store; its scope counts, not that of the options.</param>
    /// <param name="options">How to open it.</param>
    /// <param name="progress">Told the number of operations replayed, when there are many.</param>
    /// <param name="cancellationToken">Stops between operations.</param>
    public static async Task<GraphMemory> OpenAsync(
        IMemoryStore store, GraphMemoryOptions? options = null, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        options ??= new();
        options.Check();
        cancellationToken.ThrowIfCancellationRequested();
        var memory = new GraphMemory(store, options);
        await memory.LoadAsync(progress, cancellationToken).ConfigureAwait(false);
        return memory;
    }

    /// <summary>A memory that lives and dies with the process: for tests and for trying things out.</summary>
    /// <param name="options">How to open it.</param>
    /// <param name="cancellationToken">Stops before it is made.</param>
    public static Task<GraphMemory> OpenInMemoryAsync(GraphMemoryOptions? options = null, CancellationToken cancellationToken = default) =>
        OpenAsync(new InMemoryStore((options ?? new()).Scope), options, null, cancellationToken);

    /// <summary>What the memory holds.</summary>
    public async Task<MemoryStatus> GetStatusAsync(CancellationToken cancellationToken = default)
    {
        await CatchUpAsync(cancellationToken).ConfigureAwait(false);
        await EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var (names, words) = _views.CountNamesAndWords();
            return new MemoryStatus(
                _store.Name, _store.Scope, _views.DocumentCount, _view.LiveCount, names, words, _views.Head.Sequence, _views.Head.Id.ToString())
            {
                Embedding = EmbeddingStatus(),
                Facts = _view.Facts.LiveFacts,
                Tasks = _views.Tasks.Count,
                Cases = _views.Cases.Count,
            };
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <summary>Hash of all that recall can see: equal for equal content, in whatever order and batches it came.</summary>
    public async Task<string> GetStateHashAsync(CancellationToken cancellationToken = default)
    {
        await CatchUpAsync(cancellationToken).ConfigureAwait(false);
        await EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return Hex(_views.StateHash());
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <summary>Closes the memory. Nothing acknowledged depends on this; it writes a snapshot, so that the next opening is quick.</summary>
    /// <exception cref="MemoryStoreException">The snapshot could not be written; the memory is closed and its content safe all the same.</exception>
    public async ValueTask DisposeAsync()
    {
        await _writer.WaitAsync().ConfigureAwait(false);
        if (_isDisposed)
        {
            _writer.Release();
            return;
        }

        _isDisposed = true;
        try
        {
            if (!_store.IsReadOnly && _failure is null && _views.Head.Sequence - _snapshotHead.Sequence >= _options.SnapshotEvery)
            {
                await _store.WriteSnapshotAsync(_views.Save()).ConfigureAwait(false);
                Log.SnapshotWritten(_logger, _store.Name, _views.Head.Sequence);
            }
        }
        catch (MemoryStoreException failure)
        {
            Log.SnapshotFailed(_logger, _store.Name, failure);
            throw new MemoryStoreException(
                $"'{_store.Name}' is closed and all that was remembered in it is safe; only the snapshot that makes opening quick "
                + $"could not be written ({failure.InnerException?.Message ?? failure.Message}).", failure);
        }
        finally
        {
            await _store.DisposeAsync().ConfigureAwait(false);
            Log.Closed(_logger, _store.Name);

            // Whoever waited for the memory meanwhile gets in and is told that it is closed.
            _writer.Release();
        }
    }

    async Task LoadAsync(IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var started = _options.Clock.GetTimestamp();

        // A snapshot is only a shortcut: one that another version wrote, or a damaged one, is passed over.
        if (await _store.ReadSnapshotAsync(cancellationToken).ConfigureAwait(false) is { } snapshot)
        {
            var isInLog = await IsInLogAsync(snapshot.Head, cancellationToken).ConfigureAwait(false);
            if (isInLog && MemoryViews.TryLoad(snapshot) is { } views)
            {
                _views = views;
                _snapshotHead = views.Head;
            }
            else
            {
                Log.SnapshotPassedOver(_logger, _store.Name, isInLog ? "another version wrote it, or it is damaged" : "it is not of this log");
            }
        }

        await ReplayAsync(progress, cancellationToken).ConfigureAwait(false);
        _view = _views.Freeze();
        Log.Opened(
            _logger, _store.Name, _views.DocumentCount, _views.Head.Sequence, _views.Head.Sequence - _snapshotHead.Sequence,
            (long)_options.Clock.GetElapsedTime(started).TotalMilliseconds);
    }

    async Task<bool> IsInLogAsync(LogHead head, CancellationToken cancellationToken)
    {
        await foreach (var operation in _store.ReadAsync(head.Sequence - 1, cancellationToken).ConfigureAwait(false))
        {
            return operation.Sequence == head.Sequence && operation.Id == head.Id;
        }

        return false;
    }

    async Task ReplayAsync(IProgress<long>? progress, CancellationToken cancellationToken)
    {
        await foreach (var operation in _store.ReadAsync(_views.Head.Sequence, cancellationToken).ConfigureAwait(false))
        {
            _views.Apply(operation, _store.Scope);
            progress?.Report(operation.Sequence);
        }
    }

    /// <summary>A read-only memory follows the process that writes; a writer is always up to date with itself.</summary>
    async ValueTask CatchUpAsync(CancellationToken cancellationToken)
    {
        if (!_store.IsReadOnly)
        {
            return;
        }

        await EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var head = await _store.HeadAsync(cancellationToken).ConfigureAwait(false);
            if (head.Sequence > _views.Head.Sequence)
            {
                await ReplayAsync(null, cancellationToken).ConfigureAwait(false);
                _view = _views.Freeze();
                Log.CaughtUp(_logger, _store.Name, _views.Head.Sequence);
            }
        }
        finally
        {
            _writer.Release();
        }
    }

    async Task EnterAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        await _writer.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (_isDisposed)
        {
            _writer.Release();
            throw new ObjectDisposedException(nameof(GraphMemory));
        }

        if (_failure is { } failure)
        {
            _writer.Release();
            throw new GraphMemoryException(
                $"'{_store.Name}' failed while it took in what it had stored ({failure.Message}). Close it and open it again.", failure);
        }
    }

    void RefuseReadOnly()
    {
        if (_store.IsReadOnly)
        {
            throw new InvalidOperationException($"'{_store.Name}' is open for reading only. Open it without IsReadOnly to change it.");
        }
    }

    static string Hex(UInt128 value) => value.ToString("x32", System.Globalization.CultureInfo.InvariantCulture);
}
