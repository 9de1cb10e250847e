using Microsoft.Extensions.AI;
using OpenAI.Embeddings;
using EmbeddingGenerationOptions = Microsoft.Extensions.AI.EmbeddingGenerationOptions;
using SdkOptions = OpenAI.Embeddings.EmbeddingGenerationOptions;

namespace Archicortex.OpenAI;

/// <summary>An embedding model behind the OpenAI protocol.</summary>
/// <remarks>Texts go in batches bounded by number and characters; vectors come back in the order of the texts, all of one length.</remarks>
public sealed class OpenAIEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    readonly EmbeddingClient _client;
    readonly OpenAIOptions _options;
    readonly EmbeddingGeneratorMetadata _metadata;
    int _dimension;

    internal OpenAIEmbeddingGenerator(EmbeddingClient client, OpenAIOptions options)
    {
        _client = client;
        _options = options;
        _dimension = options.EmbeddingDimension ?? 0;
        _metadata = new("openai", options.Endpoint, options.EmbeddingModel, options.EmbeddingDimension);
    }

    /// <inheritdoc/>
    /// <exception cref="ModelTransportException">The server could not be reached, or refused.</exception>
    /// <exception cref="ModelReplyException">The server's vectors are not as many or not as long as they should be.</exception>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        var found = new GeneratedEmbeddings<Embedding<float>> { Usage = new UsageDetails { InputTokenCount = 0, TotalTokenCount = 0 } };
        foreach (var batch in Batches(values))
        {
            await AddAsync(found, batch, options?.Dimensions ?? _options.EmbeddingDimension, cancellationToken).ConfigureAwait(false);
        }

        return found;
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata
            : serviceType == typeof(EmbeddingClient) ? _client
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The SDK's client holds nothing that has to be given back.
    }

    async Task AddAsync(GeneratedEmbeddings<Embedding<float>> found, List<string> batch, int? dimension, CancellationToken cancellationToken)
    {
        OpenAIEmbeddingCollection reply;
        try
        {
            reply = await _client.GenerateEmbeddingsAsync(batch, new SdkOptions { Dimensions = dimension }, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (ServerFailure.IsOne(failure, cancellationToken))
        {
            throw ServerFailure.Read(failure, _options.Endpoint.GetLeftPart(UriPartial.Path), _options.ApiKey);
        }

        if (reply.Count != batch.Count)
        {
            throw new ModelReplyException($"'{_options.EmbeddingModel}' was asked for {batch.Count} vectors and answered with {reply.Count}.");
        }

        // The protocol numbers vectors and does not promise their order.
        foreach (var embedding in reply.OrderBy(embedding => embedding.Index))
        {
            var vector = embedding.ToFloats();
            var expected = dimension ?? Interlocked.CompareExchange(ref _dimension, vector.Length, 0);
            if (expected != 0 && vector.Length != expected)
            {
                throw new ModelReplyException(
                    $"'{_options.EmbeddingModel}' answered with a vector of {vector.Length} numbers; {expected} were expected. "
                    + "Check EmbeddingDimension and the model.");
            }

            found.Add(new Embedding<float>(vector) { ModelId = _options.EmbeddingModel });
        }

        found.Usage!.InputTokenCount += reply.Usage?.InputTokenCount ?? 0;
        found.Usage.TotalTokenCount += reply.Usage?.TotalTokenCount ?? 0;
    }

    IEnumerable<List<string>> Batches(IEnumerable<string> texts)
    {
        var batch = new List<string>();
        var chars = 0;
        foreach (var text in texts)
        {
            if (batch.Count > 0 && (batch.Count == _options.EmbeddingTextsMax || chars + text.Length > _options.EmbeddingCharsMax))
            {
                yield return batch;
                batch = [];
                chars = 0;
            }

            batch.Add(text);
            chars += text.Length;
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }
}
