using System.Collections.Concurrent;
using System.Globalization;
using Archicortex.Numerics;

namespace Archicortex.Models;

/// <summary>Names a text that is embedded: 128 bits of SHA-256 over it. Equal texts have equal vectors and share one.</summary>
/// <param name="Value">The bits.</param>
public readonly record struct TextKey(UInt128 Value)
{
    /// <summary>The key of a text.</summary>
    public static TextKey Of(string text)
    {
        using var hash = new ContentHash("text");
        return new(hash.Add(text).Id());
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);
}

/// <summary>A text's vector, as it is kept.</summary>
/// <param name="Key">The text.</param>
/// <param name="Vector">Of length 1, or all zero for a text that says nothing.</param>
public readonly record struct KeptVector(TextKey Key, ReadOnlyMemory<float> Vector);

/// <summary>Keeps vectors by the embedder that made them and the text they are of, so that no text is embedded twice.</summary>
/// <remarks>
/// A convenience beside the log: nothing is lost with it but the price of embedding again. Members may be called from any
/// number of threads.
/// </remarks>
public interface IVectorCache
{
    /// <summary>The vectors of texts, in their order; an empty one where none of that dimension is kept.</summary>
    /// <param name="embedder">Identity of the embedder.</param>
    /// <param name="dimension">Numbers each vector has.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    ValueTask<IReadOnlyList<ReadOnlyMemory<float>>> FindAsync(
        string embedder, int dimension, IReadOnlyList<TextKey> texts, CancellationToken cancellationToken = default);

    /// <summary>Keeps vectors, all or none of them. When this returns, they are as durable as the cache is.</summary>
    /// <param name="embedder">Identity of the embedder.</param>
    /// <param name="vectors">The vectors.</param>
    /// <param name="cancellationToken">Stops before they are kept.</param>
    ValueTask StoreAsync(string embedder, IReadOnlyList<KeptVector> vectors, CancellationToken cancellationToken = default);
}

/// <summary>Keeps vectors as long as the process lives.</summary>
public sealed class InMemoryVectorCache : IVectorCache
{
    readonly ConcurrentDictionary<(string Embedder, TextKey Text), ReadOnlyMemory<float>> _vectors = new();

    /// <summary>Vectors it holds.</summary>
    public int Count => _vectors.Count;

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ReadOnlyMemory<float>>> FindAsync(
        string embedder, int dimension, IReadOnlyList<TextKey> texts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        cancellationToken.ThrowIfCancellationRequested();
        var found = new ReadOnlyMemory<float>[texts.Count];
        for (var i = 0; i < found.Length; i++)
        {
            var vector = _vectors.GetValueOrDefault((embedder, texts[i]));
            found[i] = vector.Length == dimension ? vector : default;
        }

        return ValueTask.FromResult<IReadOnlyList<ReadOnlyMemory<float>>>(found);
    }

    /// <inheritdoc/>
    public ValueTask StoreAsync(string embedder, IReadOnlyList<KeptVector> vectors, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var (key, vector) in vectors)
        {
            _vectors[(embedder, key)] = vector;
        }

        return ValueTask.CompletedTask;
    }
}
