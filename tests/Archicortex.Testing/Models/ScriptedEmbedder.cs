using Archicortex.Language;
using Archicortex.Models;
using Archicortex.Numerics;

namespace Archicortex.Testing.Models;

/// <summary>An embedder that does what a test says: fails, stops, answers wrongly; and counts what it is asked for.</summary>
/// <param name="identity">Its identity.</param>
/// <param name="dimension">Numbers a vector has.</param>
/// <param name="conceptOf">What a word means: words of one concept have one vector. Default: itself.</param>
public sealed class ScriptedEmbedder(string identity, int dimension, Func<string, string>? conceptOf = null) : ITextEmbedder
{
    readonly List<string> _asked = [];

    public string Identity { get; } = identity;

    public int Dimension { get; } = dimension;

    /// <summary>Every text embedded, in order.</summary>
    public IReadOnlyList<string> Asked => _asked;

    /// <summary>Called before each batch with the number of texts embedded so far.</summary>
    public Action<int>? BeforeBatch { get; set; }

    /// <summary>What becomes of a batch's vectors.</summary>
    public Func<IReadOnlyList<ReadOnlyMemory<float>>, IReadOnlyList<ReadOnlyMemory<float>>> Reply { get; set; } = vectors => vectors;

    public ValueTask<IReadOnlyList<ReadOnlyMemory<float>>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken = default)
    {
        BeforeBatch?.Invoke(_asked.Count);
        cancellationToken.ThrowIfCancellationRequested();
        _asked.AddRange(texts);
        return ValueTask.FromResult(Reply([.. texts.Select(text => (ReadOnlyMemory<float>)VectorOf(text))]));
    }

    public ValueTask<ReadOnlyMemory<float>> EmbedQueryAsync(string text, CancellationToken cancellationToken = default)
    {
        BeforeBatch?.Invoke(_asked.Count);
        return ValueTask.FromResult<ReadOnlyMemory<float>>(VectorOf(text));
    }

    /// <summary>Sum of the vectors of what its words mean, stop words left out.</summary>
    public float[] VectorOf(string text)
    {
        var buffer = new TokenBuffer();
        buffer.Read(text);
        var sum = new float[Dimension];
        foreach (var token in buffer.Tokens)
        {
            var word = buffer.Folded(token).ToString();
            if (StopWords.Contains(word))
            {
                continue;
            }

            var concept = StableHash.Of(conceptOf?.Invoke(word) ?? word);
            for (var k = 0; k < sum.Length; k++)
            {
                sum[k] += (StableHash.Of(concept, (ulong)k) >> 63) == 0 ? 1 : -1;
            }
        }

        return sum;
    }
}
