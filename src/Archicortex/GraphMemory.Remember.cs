using System.Diagnostics;
using System.Runtime.CompilerServices;
using Archicortex.Documents;
using Archicortex.Facts;
using Archicortex.Storage;

namespace Archicortex;

public sealed partial class GraphMemory
{
    /// <summary>Remembers a document. When this returns, the document is durable and the next recall finds it.</summary>
    /// <param name="document">What to remember.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Honoured until the document is written.</param>
    /// <exception cref="ArgumentException">The text is empty or too long.</exception>
    /// <exception cref="MemoryConflictException">Its id is remembered with other content, and <see cref="RememberOptions.Replace"/> is off.</exception>
    /// <exception cref="MemoryStoreException">The store failed; nothing changed.</exception>
    public async Task<Remembered> RememberAsync(Document document, RememberOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        RefuseReadOnly();
        return (await RememberBatchAsync([document], options ?? new(), cancellationToken).ConfigureAwait(false))[0];
    }

    /// <summary>Remembers a text.</summary>
    /// <param name="text">What to remember.</param>
    /// <param name="cancellationToken">Honoured until it is written.</param>
    public Task<Remembered> RememberAsync(string text, CancellationToken cancellationToken = default) =>
        RememberAsync(new Document(text), null, cancellationToken);

    /// <summary>Remembers many documents, a batch at a time. Each result is handed out once its batch is durable.</summary>
    /// <remarks>
    /// Idempotent and therefore resumable: after a crash or a cancelled run, remember the same documents again, and those
    /// that were acknowledged come back as <see cref="RememberOutcome.Known"/>. Enumerate to the end; nothing is
    /// remembered by a sequence that is not enumerated.
    /// </remarks>
    /// <param name="documents">What to remember.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public async IAsyncEnumerable<Remembered> RememberAsync(
        IAsyncEnumerable<Document> documents, RememberOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(documents);
        RefuseReadOnly();
        options ??= new();
        options.Check();
        var batch = new List<Document>(options.BatchSize);
        var chars = 0L;
        await foreach (var document in documents.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            batch.Add(document);
            chars += document.Text.Length;
            if (batch.Count < options.BatchSize && chars < _options.DocumentCharsMax)
            {
                continue;
            }

            foreach (var remembered in await RememberBatchAsync(batch, options, cancellationToken).ConfigureAwait(false))
            {
                yield return remembered;
            }

            batch.Clear();
            chars = 0;
        }

        if (batch.Count > 0)
        {
            foreach (var remembered in await RememberBatchAsync(batch, options, cancellationToken).ConfigureAwait(false))
            {
                yield return remembered;
            }
        }
    }

    /// <summary>Remembers many documents and returns what happened to each, in order.</summary>
    /// <param name="documents">What to remember.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public async Task<IReadOnlyList<Remembered>> RememberAsync(
        IEnumerable<Document> documents, RememberOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(documents);
        RefuseReadOnly();
        options ??= new();
        options.Check();
        var results = new List<Remembered>();
        foreach (var batch in documents.Chunk(options.BatchSize))
        {
            results.AddRange(await RememberBatchAsync(batch, options, cancellationToken).ConfigureAwait(false));
        }

        return results;
    }

    /// <summary>Forgets a document: recall no longer finds it. Its text stays in the log.</summary>
    /// <param name="name">The document's id, its content id, or the source of one or more documents.</param>
    /// <param name="cancellationToken">Honoured until it is written.</param>
    /// <returns>The documents forgotten; empty if none has that name.</returns>
    public async Task<IReadOnlyList<Document>> ForgetAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        RefuseReadOnly();
        await EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var entries = _views.FindByName(name, _store.Scope);
            if (entries.Count > 0)
            {
                var batch = new OperationBatch(_views, _options.Clock);
                entries.ForEach(entry => batch.Forget(entry.Id));
                await CommitAsync(batch.Operations, cancellationToken).ConfigureAwait(false);
                Log.Forgot(_logger, entries.Count);
            }

            return entries.ConvertAll(entry => entry.Document);
        }
        finally
        {
            _writer.Release();
        }
    }

    Task<List<Remembered>> RememberBatchAsync(IReadOnlyList<Document> documents, RememberOptions options, CancellationToken cancellationToken) =>
        Telemetry.RunAsync("remember", activity => RememberBatchAsync(documents, options, activity, cancellationToken));

    async Task<List<Remembered>> RememberBatchAsync(
        IReadOnlyList<Document> documents, RememberOptions options, Activity? activity, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var started = _options.Clock.GetTimestamp();
        var results = await StoreBatchAsync(documents, options, cancellationToken).ConfigureAwait(false);
        Told(results, activity, started);
        return _options.ModelFacts is { } how && Model is not null
            ? await ReadBatchAsync(results, how, options.OnModelFailure, cancellationToken).ConfigureAwait(false)
            : results;
    }

    /// <summary>Has the model read what was just stored; what it has read already costs nothing.</summary>
    async Task<List<Remembered>> ReadBatchAsync(
        List<Remembered> stored, ModelFactOptions how, ExtractionFailure onFailure, CancellationToken cancellationToken)
    {
        var ids = stored.Select(one => one.DocumentId).ToHashSet();
        var extractor = new ModelFactExtractor(Model!, how);
        var options = new ExtractionOptions { OnFailure = onFailure, ConcurrencyMax = Math.Clamp(_options.ModelOptions.ConcurrencyMax, 1, 256) };
        var failures = new Dictionary<DocumentId, Exception>();
        await foreach (var read in ReadUnreadAsync(extractor, options, ids, cancellationToken).ConfigureAwait(false))
        {
            if (read.Failure is { } failure)
            {
                failures[read.DocumentId] = failure;
            }
        }

        return stored.ConvertAll(one => one with { ModelFailure = failures.GetValueOrDefault(one.DocumentId) });
    }

    async Task<List<Remembered>> StoreBatchAsync(
        IReadOnlyList<Document> documents, RememberOptions options, CancellationToken cancellationToken)
    {
        // What needs no look at the memory is done before the lock is taken, and what needs no lock after it is given back.
        var prepared = documents.Select(Prepare).ToArray();
        List<Remembered> results;
        await EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var batch = new OperationBatch(_views, _options.Clock);
            results = prepared.Select(document => Plan(document, batch, options)).ToList();
            if (batch.Operations.Count > 0)
            {
                await CommitAsync(batch.Operations, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _writer.Release();
        }

        await EmbedRememberedAsync(cancellationToken).ConfigureAwait(false);
        return results;
    }

    Prepared Prepare(Document document)
    {
        var normal = DocumentCheck.Normalise(document, _options.DocumentCharsMax);
        var id = normal.IdIn(_store.Scope);
        return new Prepared(normal, id, normal.ContentId(), [.. _splitter.Split(normal)]);
    }

    static Remembered Plan(Prepared prepared, OperationBatch batch, RememberOptions options)
    {
        var (document, id, content, parts) = prepared;
        var outcome = batch.Remember(id, content, new RememberPayload { Document = document, Parts = parts }, options.Replace);
        return new Remembered(id, document, outcome, parts.Length);
    }

    /// <summary>Durable first, then visible.</summary>
    async Task CommitAsync(IReadOnlyList<Operation> operations, CancellationToken cancellationToken)
    {
        await _store.AppendAsync(_views.Head, operations, cancellationToken).ConfigureAwait(false);
        try
        {
            foreach (var operation in operations)
            {
                _views.Apply(operation, _store.Scope);
            }
        }
        catch (Exception failure)
        {
            // Stored, but half applied: from here on these views must not be read or added to.
            _failure = failure;
            Log.Broken(_logger, _store.Name, failure);
            throw;
        }

        _view = _views.Freeze();
        Telemetry.CountOperations(operations.Count);
    }

    readonly record struct Prepared(Document Document, DocumentId Id, UInt128 ContentId, PassagePart[] Parts);
}
