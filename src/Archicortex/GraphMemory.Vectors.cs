using Archicortex.Models;
using Archicortex.Recall;
using Archicortex.Storage;

namespace Archicortex;

public sealed partial class GraphMemory
{
    const int LazyBatchTexts = 64;
    const int ChasesMax = 8;

    readonly IVectorCache _vectors;
    readonly SemaphoreSlim _embedderChange = new(1, 1);
    readonly Lock _servingLock = new();
    volatile ServedVectors? _served;

    // While the operation that brings another embedder in force is written, both are served: a recall finds the vectors
    // of whichever view it holds.
    volatile ServedVectors? _incoming;
    volatile string? _embeddingFailure;

    /// <summary>
    /// Takes an embedder into use: embeds all that is remembered, and from then on questions are compared with those vectors.
    /// </summary>
    /// <remarks>
    /// The embedder before it stays in force until the last text has its vector; then all recalls switch with one operation
    /// of the log. A run that fails, is cancelled or is killed changes nothing, and the same call goes on where it stopped:
    /// each batch is kept when it is made, and no text is embedded twice. Documents may be remembered meanwhile. Open the
    /// memory with the same embedder the next time (<see cref="GraphMemoryOptions.Embedder"/>); hashed ones are found by
    /// their identity.
    /// </remarks>
    /// <param name="embedder">The embedder.</param>
    /// <param name="options">What is embedded, and in which batches.</param>
    /// <param name="progress">Told after each batch.</param>
    /// <param name="cancellationToken">Stops between batches; what they made is kept.</param>
    /// <returns>What is in force now. If it was before, and nothing has changed, no operation is written.</returns>
    /// <exception cref="GraphMemoryException">The embedder returned what cannot be right.</exception>
    /// <exception cref="MemoryStoreException">The store failed; the embedder before it is in force.</exception>
    public async Task<EmbeddingEpoch> UseEmbedderAsync(
        ITextEmbedder embedder,
        UseEmbedderOptions? options = null,
        IProgress<EmbeddingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(embedder);
        RefuseReadOnly();
        options ??= new();
        options.Check();
        await ReadyAsync(embedder, cancellationToken).ConfigureAwait(false);
        ArgumentException.ThrowIfNullOrWhiteSpace(embedder.Identity, nameof(embedder));
        await _embedderChange.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var known = Find(embedder.Identity, embedder.Dimension)?.Space;
            var target = new ServedVectors(known ?? new VectorSpace(embedder.Identity, embedder.Dimension, _vectors, new SemaphoreSlim(1, 1)), embedder);
            for (var chase = 1; ; chase++)
            {
                var view = _view;
                await target.Space.FillAsync(view, options.Units, embedder, options.BatchSize, progress, cancellationToken).ConfigureAwait(false);
                var epoch = target.Space.Calibrate(view, options.Units, cancellationToken);
                if (await TrySwitchAsync(target, view, epoch, options, chase == ChasesMax, cancellationToken).ConfigureAwait(false) is { } switched)
                {
                    return switched;
                }
            }
        }
        finally
        {
            _embedderChange.Release();
        }
    }

    /// <summary>Writes the operation, unless something was remembered since the view was embedded; null then.</summary>
    async Task<EmbeddingEpoch?> TrySwitchAsync(
        ServedVectors target, RecallView view, EmbeddingEpoch epoch, UseEmbedderOptions options, bool isLastTry, CancellationToken cancellationToken)
    {
        await EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_view != view)
            {
                if (!isLastTry)
                {
                    return null;
                }

                // Whoever writes without a pause is made to wait for the few texts that came since.
                view = _view;
                await target.Space.FillAsync(view, options.Units, target.Embedder, options.BatchSize, null, cancellationToken).ConfigureAwait(false);
                epoch = target.Space.Calibrate(view, options.Units, cancellationToken);
            }

            if (epoch == view.Epoch)
            {
                _served = target;
                return epoch;
            }

            var batch = new OperationBatch(_views, _options.Clock);
            batch.UseEmbedder(new UseEmbedderPayload
            {
                Epoch = epoch,
                Passages = KnownUnits(target.Space, view, options.Units, EmbeddingUnits.Passages),
                Facts = KnownUnits(target.Space, view, options.Units, EmbeddingUnits.Facts),
                Entities = KnownUnits(target.Space, view, options.Units, EmbeddingUnits.Entities),
            });

            _incoming = target;
            await CommitAsync(batch.Operations, cancellationToken).ConfigureAwait(false);
            _served = target;
            _embeddingFailure = null;
            return epoch;
        }
        finally
        {
            _incoming = null;
            _writer.Release();
        }
    }

    static int KnownUnits(VectorSpace space, RecallView view, EmbeddingUnits units, EmbeddingUnits kind) =>
        units.HasFlag(kind) ? space.Count(view, kind).Known : 0;

    /// <summary>A state, and the vectors that belong to it; none if it has none, or its embedder is not the one the memory was opened with.</summary>
    (RecallView View, ServedVectors? Served) Capture()
    {
        var view = _view;
        var served = ServedFor(view.Epoch);
        if (view.Epoch is not null && served is null)
        {
            // Between the two reads the embedder may have been changed.
            view = _view;
            served = ServedFor(view.Epoch);
        }

        return (view, served);
    }

    ServedVectors? ServedFor(EmbeddingEpoch? epoch)
    {
        if (epoch is null)
        {
            return null;
        }

        if (Find(epoch.Embedder, epoch.Dimension) is { } found)
        {
            return found;
        }

        var configured = _options.Embedder ?? HashedEmbedder.Of(epoch.Embedder);
        return configured is not null && IsReady(configured) && configured.Identity == epoch.Embedder && configured.Dimension == epoch.Dimension
            ? ServeAlso(configured)
            : null;
    }

    /// <summary>What the dense strategy compares when no embedder was taken into use: vectors of the one it was opened with.</summary>
    async ValueTask<ServedVectors> ServedWithoutEpochAsync(CancellationToken cancellationToken)
    {
        var configured = _options.Embedder ?? new HashedEmbedder();
        await ReadyAsync(configured, cancellationToken).ConfigureAwait(false);
        return Find(configured.Identity, configured.Dimension) ?? ServeAlso(configured);
    }

    ServedVectors? Find(string embedder, int dimension) =>
        _incoming is { } incoming && incoming.Space.IsOf(embedder, dimension) ? incoming
        : _served is { } served && served.Space.IsOf(embedder, dimension) ? served
        : null;

    ServedVectors ServeAlso(ITextEmbedder embedder)
    {
        lock (_servingLock)
        {
            if (Find(embedder.Identity, embedder.Dimension) is { } found)
            {
                return found;
            }

            // Vectors of an embedder that is not in force any more would only take room; those of the one in force must not
            // go for a recall that started before it was.
            var served = new ServedVectors(new VectorSpace(embedder.Identity, embedder.Dimension, _vectors, new SemaphoreSlim(1, 1)), embedder);
            if (_view.Epoch is not { } epoch || _served?.Space.IsOf(epoch.Embedder, epoch.Dimension) != true)
            {
                _served = served;
            }

            return served;
        }
    }

    /// <summary>
    /// The question's vector and what it may be compared with; or, for strategies that can do without, the reason why not.
    /// </summary>
    async Task<(QuestionVectors? Vectors, string? Refusal)> EmbedQuestionAsync(
        RecallView view, ServedVectors? served, string question, EmbeddingUnits units, bool isNeeded, CancellationToken cancellationToken)
    {
        if (served is null && view.Epoch is { } epoch)
        {
            var refusal = $"The memory's vectors are those of '{epoch.Embedder}' with {epoch.Dimension} numbers, and {Configured()}. "
                + "Open it with that embedder, or change it with UseEmbedderAsync.";
            return isNeeded ? throw new GraphMemoryException(refusal) : (null, refusal);
        }

        try
        {
            served ??= await ServedWithoutEpochAsync(cancellationToken).ConfigureAwait(false);
            await served.Space.FillAsync(view, units, served.Embedder, LazyBatchTexts, null, cancellationToken).ConfigureAwait(false);
            var vector = await served.Embedder.EmbedQueryAsync(question, cancellationToken).ConfigureAwait(false);
            _embeddingFailure = null;
            return (new QuestionVectors(served.Space, served.Embedder, served.Space.UnitVector(vector), units, view.Epoch), null);
        }
        catch (Exception failure) when (!isNeeded && !cancellationToken.IsCancellationRequested)
        {
            return (null, $"The embedder '{served!.Space.Embedder}' failed ({failure.Message})");
        }
    }

    string Configured() => _options.Embedder is not { } embedder ? "no embedder is configured"
        : IsReady(embedder) ? $"the embedder configured is '{embedder.Identity}' with {embedder.Dimension} numbers"
        : "the one configured has not said yet what it is (GeneratorEmbedder.ProbeAsync)";

    /// <summary>
    /// Embeds what was just remembered. It is safe already: whatever goes wrong is told by the status, and the next recall
    /// that needs vectors tries again.
    /// </summary>
    async Task EmbedRememberedAsync(CancellationToken cancellationToken)
    {
        var (view, served) = Capture();
        if (view.Epoch is not { } epoch || served is null)
        {
            return;
        }

        try
        {
            await served.Space.FillAsync(view, epoch.Units, served.Embedder, LazyBatchTexts, null, cancellationToken).ConfigureAwait(false);
            _embeddingFailure = null;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The documents are remembered; only their vectors are still to be made.
        }
        catch (Exception failure)
        {
            _embeddingFailure = failure.Message;
        }
    }

    EmbeddingStatus? EmbeddingStatus()
    {
        var (view, served) = Capture();
        return view.Epoch is { } epoch ? new(epoch, served is not null, _embeddingFailure) : null;
    }

    static async ValueTask ReadyAsync(ITextEmbedder embedder, CancellationToken cancellationToken)
    {
        if (embedder is GeneratorEmbedder model)
        {
            await model.ProbeAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    static bool IsReady(ITextEmbedder embedder) => embedder is not GeneratorEmbedder model || model.IsProbed;

    /// <summary>Vectors, and the embedder that adds to them and embeds questions.</summary>
    sealed record ServedVectors(VectorSpace Space, ITextEmbedder Embedder);
}
