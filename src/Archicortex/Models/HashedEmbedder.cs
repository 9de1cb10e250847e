using System.Globalization;
using System.Numerics.Tensors;
using Archicortex.Language;
using Archicortex.Numerics;

namespace Archicortex.Models;

/// <summary>Vectors without a model: words, pairs of words and pieces of words, hashed into a fixed number of slots.</summary>
/// <remarks>
/// Good enough to tell near-duplicates and topics apart; as a ranker it stays behind BM25, which is why no default
/// strategy ranks by it. v[h mod D] += sign · (1 + ln count) · kind, where a pair of words counts as a word and a piece
/// of four letters .3; stop words are left out; length 1. A pure function of the text, the same on every machine
/// (feature hashing, Weinberger et al. 2009).
/// </remarks>
/// <param name="dimension">Slots, ≥ 16; a power of two spreads best.</param>
public sealed class HashedEmbedder(int dimension = HashedEmbedder.DefaultDimension) : ITextEmbedder
{
    /// <summary>Slots unless said otherwise.</summary>
    public const int DefaultDimension = 1024;

    const string IdentityStart = "hashed-1:";
    const int PieceLength = 4;
    const float PieceWeight = 0.3f;
    const ulong PairSeed = 1;
    const ulong PieceSeed = 2;

    /// <inheritdoc/>
    public string Identity => $"{IdentityStart}{Dimension}";

    /// <inheritdoc/>
    public int Dimension { get; } = dimension >= 16
        ? dimension
        : throw new ArgumentOutOfRangeException(nameof(dimension), dimension, "A hashed vector needs at least 16 slots.");

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ReadOnlyMemory<float>>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var vectors = new ReadOnlyMemory<float>[texts.Count];
        for (var i = 0; i < vectors.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            vectors[i] = Embed(texts[i]);
        }

        return ValueTask.FromResult<IReadOnlyList<ReadOnlyMemory<float>>>(vectors);
    }

    /// <summary>The hashed embedder of an identity; null if it is another's.</summary>
    internal static HashedEmbedder? Of(string identity) =>
        identity.StartsWith(IdentityStart, StringComparison.Ordinal)
        && int.TryParse(identity.AsSpan(IdentityStart.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var dimension)
        && dimension >= 16
            ? new(dimension)
            : null;

    float[] Embed(string text)
    {
        var buffer = new TokenBuffer();
        buffer.Read(text);
        var counts = new Dictionary<ulong, (int Count, float Weight)>();
        var before = 0UL;
        foreach (var token in buffer.Tokens)
        {
            var folded = buffer.Folded(token);
            if (StopWords.Contains(folded))
            {
                continue;
            }

            var word = StableHash.Of(PorterStemmer.Stem(folded.ToString()));
            Count(counts, word, 1);
            if (before != 0)
            {
                Count(counts, StableHash.Of(before, word ^ PairSeed), 1);
            }

            before = word;
            for (var i = 0; i + PieceLength <= folded.Length; i++)
            {
                Count(counts, StableHash.Of(folded.Slice(i, PieceLength), PieceSeed), PieceWeight);
            }
        }

        return Sum(counts);
    }

    float[] Sum(Dictionary<ulong, (int Count, float Weight)> counts)
    {
        var vector = new float[Dimension];

        // In the order of the hashes, so that the last bits do not depend on the order of the words.
        foreach (var (hash, (count, weight)) in counts.OrderBy(pair => pair.Key))
        {
            var sign = (hash >> 63) == 0 ? 1 : -1;
            vector[(int)(hash % (ulong)Dimension)] += sign * weight * (1 + MathF.Log(count));
        }

        var norm = TensorPrimitives.Norm<float>(vector);
        if (norm > 0)
        {
            TensorPrimitives.Divide(vector, norm, vector);
        }

        return vector;
    }

    static void Count(Dictionary<ulong, (int Count, float Weight)> counts, ulong hash, float weight)
    {
        var known = counts.GetValueOrDefault(hash);
        counts[hash] = (known.Count + 1, weight);
    }
}
