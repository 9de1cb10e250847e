using System.Numerics.Tensors;
using Archicortex.Indexing;
using Archicortex.Models;

namespace Archicortex.Recall;

/// <summary>The vectors of a memory by one embedder. Another embedder has another space: nothing is compared across them.</summary>
/// <remarks>One fills it at a time; searches go on meanwhile, over what their own state of the memory has.</remarks>
/// <param name="embedder">Identity of the embedder.</param>
/// <param name="dimension">Numbers its vectors have.</param>
/// <param name="cache">Where vectors are found before they are made, and kept when they are.</param>
/// <param name="turn">Lets one in at a time to fill it; nobody else's.</param>
sealed class VectorSpace(string embedder, int dimension, IVectorCache cache, SemaphoreSlim turn)
{
    volatile Filled _filled = new(null, EmbeddingUnits.None);
    long _embedded;

    public string Embedder { get; } = embedder;

    public int Dimension { get; } = dimension;

    public VectorRows Passages { get; } = new(dimension);

    public VectorRows Facts { get; } = new(dimension);

    public VectorRows Entities { get; } = new(dimension);

    /// <summary>Texts that the embedder was asked for.</summary>
    public long Embedded => Interlocked.Read(ref _embedded);

    public bool IsOf(string embedder, int dimension) => Embedder == embedder && Dimension == dimension;

    /// <summary>True if all live units of a state are known to have vectors.</summary>
    public bool IsFull(RecallView view, EmbeddingUnits units) => _filled is var filled && filled.View == view && filled.Units.HasFlag(units);

    /// <summary>Finds or makes the vectors of all live units of a state. What was made before a failure is kept.</summary>
    /// <param name="view">The state.</param>
    /// <param name="units">Kinds of units.</param>
    /// <param name="source">The embedder.</param>
    /// <param name="batchTexts">Texts embedded and kept at a time.</param>
    /// <param name="progress">Told after each batch.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public async Task FillAsync(
        RecallView view,
        EmbeddingUnits units,
        ITextEmbedder source,
        int batchTexts,
        IProgress<EmbeddingProgress>? progress,
        CancellationToken cancellationToken)
    {
        if (!IsOf(source.Identity, source.Dimension))
        {
            throw new InvalidOperationException(
                $"These are the vectors of '{Embedder}' with {Dimension} numbers; '{source.Identity}' with {source.Dimension} may not add to them.");
        }

        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (IsFull(view, units))
            {
                return;
            }

            var run = new Run(source, batchTexts, progress, cancellationToken);
            if (units.HasFlag(EmbeddingUnits.Passages))
            {
                await FillAsync(EmbeddingUnits.Passages, Passages, new PassageUnits(view), run).ConfigureAwait(false);
            }

            if (units.HasFlag(EmbeddingUnits.Facts))
            {
                await FillAsync(EmbeddingUnits.Facts, Facts, new FactUnits(view.Facts), run).ConfigureAwait(false);
            }

            if (units.HasFlag(EmbeddingUnits.Entities))
            {
                await FillAsync(EmbeddingUnits.Entities, Entities, new EntityUnits(view.Facts), run).ConfigureAwait(false);
            }

            _filled = new(view, _filled.View == view ? _filled.Units | units : units);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>The epoch that this space would be in force with, calibrated on the units of a state that have vectors.</summary>
    public EmbeddingEpoch Calibrate(RecallView view, EmbeddingUnits units, CancellationToken cancellationToken) => new(Embedder, Dimension, units)
    {
        Passages = units.HasFlag(EmbeddingUnits.Passages) ? Calibrate(Passages, new PassageUnits(view), cancellationToken) : null,
        Facts = units.HasFlag(EmbeddingUnits.Facts) ? Calibrate(Facts, new FactUnits(view.Facts), cancellationToken) : null,
        Entities = units.HasFlag(EmbeddingUnits.Entities) ? Calibrate(Entities, new EntityUnits(view.Facts), cancellationToken) : null,
    };

    /// <summary>Live units of a kind, and how many of them have vectors.</summary>
    public (int Live, int Known) Count(RecallView view, EmbeddingUnits kind) => kind switch
    {
        EmbeddingUnits.Passages => Count(Passages, new PassageUnits(view)),
        EmbeddingUnits.Facts => Count(Facts, new FactUnits(view.Facts)),
        _ => Count(Entities, new EntityUnits(view.Facts)),
    };

    static (int Live, int Known) Count<TUnits>(VectorRows rows, TUnits units)
        where TUnits : IVectorUnits
    {
        int live = 0, known = 0;
        for (var row = 0; row < units.Count; row++)
        {
            if (units.IsLive(row))
            {
                live++;
                known += rows.Has(row) ? 1 : 0;
            }
        }

        return (live, known);
    }

    static Calibration? Calibrate<TUnits>(VectorRows rows, TUnits units, CancellationToken cancellationToken)
        where TUnits : IVectorUnits
    {
        var keys = new List<(UInt128 Key, int Row)>();
        for (var row = 0; row < units.Count; row++)
        {
            if (units.IsLive(row) && !rows[row].IsEmpty)
            {
                keys.Add((TextKey.Of(units.Text(row)).Value, row));
            }
        }

        var sample = keys.DistinctBy(unit => unit.Key).OrderBy(unit => unit.Key).Take(Calibration.UnitsMax);
        return Calibration.Of([.. sample.Select(unit => (ReadOnlyMemory<float>)rows[unit.Row].ToArray())], cancellationToken);
    }

    async Task FillAsync<TUnits>(EmbeddingUnits kind, VectorRows rows, TUnits units, Run run)
        where TUnits : IVectorUnits
    {
        var missing = new List<int>();
        for (var row = 0; row < units.Count; row++)
        {
            if (!rows.Has(row) && units.IsLive(row))
            {
                missing.Add(row);
            }
        }

        for (var start = 0; start < missing.Count; start += run.BatchTexts)
        {
            run.CancellationToken.ThrowIfCancellationRequested();
            var batch = missing.GetRange(start, Math.Min(run.BatchTexts, missing.Count - start));
            var texts = batch.ConvertAll(units.Text);
            var vectors = await VectorsOfAsync(texts, run.Source, run.CancellationToken).ConfigureAwait(false);
            for (var i = 0; i < batch.Count; i++)
            {
                rows.Put(batch[i], vectors[i]);
            }

            run.Progress?.Report(new EmbeddingProgress(kind, start + batch.Count, missing.Count, Embedded));
        }
    }

    /// <summary>Vectors of texts, from the cache or made now; a text that stands twice is embedded once.</summary>
    async Task<ReadOnlyMemory<float>[]> VectorsOfAsync(List<string> texts, ITextEmbedder source, CancellationToken cancellationToken)
    {
        var keys = texts.ConvertAll(TextKey.Of);
        var vectors = (await cache.FindAsync(Embedder, Dimension, keys, cancellationToken).ConfigureAwait(false)).ToArray();
        var made = new Dictionary<TextKey, ReadOnlyMemory<float>>();
        var asked = Enumerable.Range(0, texts.Count).Where(i => vectors[i].IsEmpty && made.TryAdd(keys[i], default)).ToList();
        if (asked.Count > 0)
        {
            var replies = await source.EmbedAsync(asked.ConvertAll(i => texts[i]), cancellationToken).ConfigureAwait(false);
            if (replies.Count != asked.Count)
            {
                throw new GraphMemoryException(
                    $"The embedder '{Embedder}' was asked for {asked.Count} vectors and returned {replies.Count}. "
                    + "Mend or change the embedder; nothing of this batch was kept.");
            }

            Interlocked.Add(ref _embedded, asked.Count);
            for (var i = 0; i < asked.Count; i++)
            {
                made[keys[asked[i]]] = UnitVector(replies[i]);
            }


            // What was made is paid for: it is kept even if nobody waits for it any more.
            await cache.StoreAsync(Embedder, [.. made.Select(pair => new KeptVector(pair.Key, pair.Value))], CancellationToken.None).ConfigureAwait(false);
        }

        for (var i = 0; i < vectors.Length; i++)
        {
            vectors[i] = vectors[i].IsEmpty ? made[keys[i]] : vectors[i];
        }

        return vectors;
    }

    /// <summary>A vector scaled to length 1; one of zeros stays.</summary>
    /// <exception cref="GraphMemoryException">It has another dimension, or a number that is not finite.</exception>
    public ReadOnlyMemory<float> UnitVector(ReadOnlyMemory<float> vector)
    {
        if (vector.Length != Dimension)
        {
            throw new GraphMemoryException(
                $"The embedder '{Embedder}' returned a vector of {vector.Length} numbers; its vectors have {Dimension}. "
                + "An embedder whose dimension changes needs another identity.");
        }

        var norm = TensorPrimitives.Norm(vector.Span);
        if (!float.IsFinite(norm))
        {
            throw new GraphMemoryException($"The embedder '{Embedder}' returned a vector of length {norm}; every number must be finite. Check the model.");
        }

        var unit = new float[Dimension];
        if (norm > 0)
        {
            TensorPrimitives.Divide(vector.Span, norm, unit);
        }

        return unit;
    }

    /// <summary>How a filling goes.</summary>
    sealed record Run(ITextEmbedder Source, int BatchTexts, IProgress<EmbeddingProgress>? Progress, CancellationToken CancellationToken);

    /// <summary>The last state whose units all had vectors.</summary>
    sealed record Filled(RecallView? View, EmbeddingUnits Units);
}
