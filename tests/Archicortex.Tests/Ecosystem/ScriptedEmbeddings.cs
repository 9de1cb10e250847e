using Microsoft.Extensions.AI;

namespace Archicortex.Tests.Ecosystem;

/// <summary>An embedding model that says how long a text is, and writes down what it was asked.</summary>
/// <param name="before">What comes before each reply.</param>
sealed class ScriptedEmbeddings(Func<Task>? before = null) : IEmbeddingGenerator<string, Embedding<float>>
{
    readonly Lock _lock = new();
    readonly List<string> _texts = [];

    public IReadOnlyList<string> Texts
    {
        get
        {
            lock (_lock)
            {
                return [.. _texts];
            }
        }
    }

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        await (before?.Invoke() ?? Task.CompletedTask);
        var texts = values.ToList();
        lock (_lock)
        {
            _texts.AddRange(texts);
        }

        return new(texts.Select(text => new Embedding<float>(new float[] { text.Length, 1 })))
        {
            Usage = new() { InputTokenCount = texts.Count },
        };
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata("scripted", null, "scripted-embedding") : null;

    public void Dispose()
    {
    }
}
