using System.Globalization;
using System.Numerics.Tensors;
using Archicortex.Numerics;
using Microsoft.Extensions.AI;

namespace Archicortex.Models;

/// <summary>How an embedding model is asked.</summary>
public sealed record GeneratorEmbedderOptions
{
    /// <summary>Whatever changes the vectors changes this. Default: the model's name, prefixes and dimension.</summary>
    public string? Identity { get; init; }

    /// <summary>Numbers a vector has. Default: what the model says of itself.</summary>
    public int? Dimension { get; init; }

    /// <summary>Texts sent at a time, ≥ 1. Default 64.</summary>
    public int BatchTextsMax { get; init; } = 64;

    /// <summary>Characters sent at a time, ≥ 1; a longer text goes alone. Default 100,000.</summary>
    public int BatchCharsMax { get; init; } = 100_000;

    /// <summary>Characters of a text that are embedded, ≥ 1; the rest is left out and counted. Default 24,000.</summary>
    public int TextCharsMax { get; init; } = 24_000;

    /// <summary>Put before each passage, as some models want: "passage: ". Default: nothing.</summary>
    public string PassagePrefix { get; init; } = "";

    /// <summary>Put before each question: "query: ", or an instruction. Default: nothing.</summary>
    public string QueryPrefix { get; init; } = "";

    /// <summary>Tries, waits, clock, concurrency and limit of requests; budget, cache and tokens a minute are ignored.</summary>
    public ModelOptions Calls { get; init; } = new();

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Dimension ?? 1, 1, nameof(Dimension));
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchTextsMax, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchCharsMax, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(TextCharsMax, 1);
        ArgumentNullException.ThrowIfNull(PassagePrefix);
        ArgumentNullException.ThrowIfNull(QueryPrefix);
        Calls.Check();
    }
}

/// <summary>Vectors from an embedding model behind <see cref="IEmbeddingGenerator{TInput,TEmbedding}"/>.</summary>
/// <remarks>
/// Every reply is checked: as many vectors as texts, each of the one dimension, of finite numbers, not all zero. A text
/// without a letter is not sent, since servers refuse it; its vector is zero. Safe to use from any number of threads.
/// </remarks>
public sealed class GeneratorEmbedder : ITextEmbedder
{
    readonly IEmbeddingGenerator<string, Embedding<float>> _generator;
    readonly GeneratorEmbedderOptions _options;
    readonly string _modelId;
    readonly Retry _retry;
    readonly RateGate _rate;
    readonly ModelAccount _account;
    int _dimension;
    long _truncatedCount;

    /// <summary>An embedder over a model. It does not dispose the model.</summary>
    /// <param name="generator">The model.</param>
    /// <param name="options">How to ask it.</param>
    /// <exception cref="ArgumentException">The model has no name, and no identity is set.</exception>
    public GeneratorEmbedder(IEmbeddingGenerator<string, Embedding<float>> generator, GeneratorEmbedderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(generator);
        _options = options ?? new();
        _options.Check();
        _generator = generator;
        var metadata = generator.GetService(typeof(EmbeddingGeneratorMetadata)) as EmbeddingGeneratorMetadata;
        _modelId = _options.Calls.ModelId ?? metadata?.DefaultModelId ?? "";
        if (_modelId.Length == 0 && _options.Identity is null)
        {
            throw new ArgumentException(
                "The embedding model has no name, and vectors of different models must not be mixed up. Set GeneratorEmbedderOptions.Identity.",
                nameof(options));
        }

        _dimension = _options.Dimension ?? metadata?.DefaultModelDimensions ?? 0;
        _retry = new(_options.Calls, _modelId);
        _rate = new(_options.Calls.RequestsPerMinuteMax, null, _options.Calls.Time);
        _account = new(ModelBudget.Unlimited, _options.Calls.Time);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The dimension is not known yet.</exception>
    public string Identity => _options.Identity ?? string.Create(
        CultureInfo.InvariantCulture, $"model:{_modelId}:{Dimension}:{_options.TextCharsMax}:{_options.PassagePrefix}|{_options.QueryPrefix}");

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">It is not known yet.</exception>
    public int Dimension => Volatile.Read(ref _dimension) is > 0 and var known
        ? known
        : throw new InvalidOperationException(
            $"The dimension of '{_modelId}' is not known before its first reply. Set GeneratorEmbedderOptions.Dimension, or call ProbeAsync first.");

    /// <summary>Texts that were longer than <see cref="GeneratorEmbedderOptions.TextCharsMax"/> and were cut.</summary>
    public long TruncatedCount => Interlocked.Read(ref _truncatedCount);

    /// <summary>True if the dimension is known.</summary>
    internal bool IsProbed => Volatile.Read(ref _dimension) > 0;

    /// <summary>Asks for one vector, so that the dimension is known. Does nothing if it is.</summary>
    /// <param name="cancellationToken">Stops the call.</param>
    public async Task ProbeAsync(CancellationToken cancellationToken = default)
    {
        if (Volatile.Read(ref _dimension) == 0)
        {
            await SendAsync(["probe"], cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ModelReplyException">The model answered with vectors that cannot be right.</exception>
    /// <exception cref="ModelTransportException">The model could not be reached.</exception>
    public ValueTask<IReadOnlyList<ReadOnlyMemory<float>>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return EmbedAsync(texts, _options.PassagePrefix, cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="ModelReplyException">The model answered with a vector that cannot be right.</exception>
    /// <exception cref="ModelTransportException">The model could not be reached.</exception>
    public async ValueTask<ReadOnlyMemory<float>> EmbedQueryAsync(string text, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        return (await EmbedAsync([text], _options.QueryPrefix, cancellationToken).ConfigureAwait(false))[0];
    }

    async ValueTask<IReadOnlyList<ReadOnlyMemory<float>>> EmbedAsync(IReadOnlyList<string> texts, string prefix, CancellationToken cancellationToken)
    {
        var places = Enumerable.Range(0, texts.Count).Where(i => texts[i].AsSpan().ContainsAnyExcept(" \t\r\n")).ToList();
        var batches = Batches([.. places.Select(i => prefix + Cut(texts[i]))]);
        var replies = await InOrder.RunAsync(batches, _options.Calls.ConcurrencyMax, SendAsync, cancellationToken).ConfigureAwait(false);
        var vectors = new ReadOnlyMemory<float>[texts.Count];
        var next = 0;
        foreach (var vector in replies.SelectMany(reply => reply))
        {
            vectors[places[next++]] = vector;
        }

        if (places.Count < texts.Count)
        {
            await ProbeAsync(cancellationToken).ConfigureAwait(false);
            ReadOnlyMemory<float> zero = new float[Dimension];
            foreach (var i in Enumerable.Range(0, texts.Count).Except(places))
            {
                vectors[i] = zero;
            }
        }

        return vectors;
    }

    string Cut(string text)
    {
        if (text.Length <= _options.TextCharsMax)
        {
            return text;
        }

        Interlocked.Increment(ref _truncatedCount);
        var end = _options.TextCharsMax;
        return text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)];
    }

    List<List<string>> Batches(List<string> texts)
    {
        var batches = new List<List<string>>();
        var chars = 0;
        foreach (var text in texts)
        {
            if (batches.Count == 0 || batches[^1].Count == _options.BatchTextsMax || chars + text.Length > _options.BatchCharsMax)
            {
                batches.Add([]);
                chars = 0;
            }

            batches[^1].Add(text);
            chars += text.Length;
        }

        return batches;
    }

    async Task<IReadOnlyList<ReadOnlyMemory<float>>> SendAsync(List<string> texts, CancellationToken cancellationToken)
    {
        var options = new EmbeddingGenerationOptions { Dimensions = _options.Dimension, ModelId = _options.Calls.ModelId };
        using var span = Telemetry.StartModelCall("embeddings", _modelId, $"vectors of {texts.Count} texts");
        var reply = await AskAsync(texts, options, span, cancellationToken).ConfigureAwait(false);
        if (reply.Count != texts.Count)
        {
            throw new ModelReplyException(
                $"'{_modelId}' was asked for vectors of {texts.Count} texts and answered with {reply.Count}. Try a smaller BatchTextsMax.");
        }

        return [.. reply.Select(embedding => Checked(embedding.Vector))];
    }

    async Task<GeneratedEmbeddings<Embedding<float>>> AskAsync(
        List<string> texts, EmbeddingGenerationOptions options, System.Diagnostics.Activity? span, CancellationToken cancellationToken)
    {
        try
        {
            var reply = await _retry.RunAsync(
                $"vectors of {texts.Count} texts",
                StableHash.Of(texts[0]),
                _account,
                async token => await _rate.EnterAsync(0, token).ConfigureAwait(false),
                token => _generator.GenerateAsync(texts, options, token),
                cancellationToken).ConfigureAwait(false);
            var tokens = reply.Usage?.InputTokenCount ?? 0;
            Telemetry.CountModelCall(_modelId, "embeddings", tokens, 0);
            span?.SetTag("gen_ai.usage.input_tokens", reply.Usage?.InputTokenCount);
            return reply;
        }
        catch (Exception failure)
        {
            Telemetry.Fail(span, failure);
            throw;
        }
    }

    ReadOnlyMemory<float> Checked(ReadOnlyMemory<float> vector)
    {
        var expected = Interlocked.CompareExchange(ref _dimension, vector.Length, 0);
        if (vector.Length == 0 || (expected != 0 && vector.Length != expected))
        {
            throw new ModelReplyException(
                $"'{_modelId}' answered with a vector of {vector.Length} numbers; {expected} were expected. "
                + "Set Dimension to what the model gives; vectors of two lengths cannot be compared.");
        }

        if (!TensorPrimitives.IsFiniteAll(vector.Span))
        {
            throw new ModelReplyException($"'{_modelId}' answered with a vector that holds infinity or no number at all. Check the model and its server.");
        }

        return vector.Span.ContainsAnyExcept(0f)
            ? vector
            : throw new ModelReplyException($"'{_modelId}' answered with a vector of zeros for a text that has words. Check the model and its server.");
    }
}
