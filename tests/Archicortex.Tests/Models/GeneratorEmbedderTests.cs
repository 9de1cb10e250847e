using Archicortex.Models;
using Microsoft.Extensions.AI;
using NUnit.Framework;

namespace Archicortex.Tests.Models;

[TestFixture]
public sealed class GeneratorEmbedderTests
{
    static readonly int[] BatchSizes = [2, 2, 1];

    [Test]
    public async Task Vectors_come_in_the_order_of_the_texts_whatever_the_batches()
    {
        using var model = new ScriptedGenerator(text => [text.Length, 1, 0]);
        var embedder = Embedder(model, new() { BatchTextsMax = 2 });
        var texts = Enumerable.Range(1, 5).Select(length => new string('a', length)).ToList();
        var vectors = await embedder.EmbedAsync(texts);
        Assert.That(vectors.Select(vector => vector.Span[0]), Is.EqualTo(new List<float> { 1, 2, 3, 4, 5 }));
        Assert.That(model.Batches.Select(batch => batch.Count), Is.EquivalentTo(BatchSizes));
        Assert.That(embedder.Dimension, Is.EqualTo(3));
        Assert.That(embedder.Identity, Does.Contain("scripted").And.Contain(":3:"));
        Assert.That(await embedder.EmbedAsync([]), Is.Empty);
    }

    [Test]
    public async Task Batches_are_bounded_by_characters_too()
    {
        using var model = new ScriptedGenerator(_ => [1]);
        await Embedder(model, new() { BatchCharsMax = 10 }).EmbedAsync([new string('a', 6), new string('b', 6), new string('c', 30), "d"]);
        Assert.That(model.Batches.Select(batch => batch.Count), Is.EqualTo(Enumerable.Repeat(1, 4)));
    }

    [Test]
    public async Task Questions_and_passages_may_carry_different_words_before_them()
    {
        using var model = new ScriptedGenerator(_ => [1]);
        var embedder = Embedder(model, new() { QueryPrefix = "query: ", PassagePrefix = "passage: " });
        await embedder.EmbedAsync(["Ada"]);
        await embedder.EmbedQueryAsync("Ada?");
        Assert.That(model.Batches.SelectMany(batch => batch), Is.EqualTo(new List<string> { "passage: Ada", "query: Ada?" }));
        Assert.That(embedder.Identity, Is.Not.EqualTo(Embedder(model, new() { Dimension = 1 }).Identity));
    }

    [Test]
    public async Task An_embedder_without_a_way_for_questions_embeds_them_as_passages()
    {
        ITextEmbedder embedder = new HashedEmbedder(64);
        var passage = (await embedder.EmbedAsync(["Ada lives in Oslo"]))[0];
        Assert.That((await embedder.EmbedQueryAsync("Ada lives in Oslo")).ToArray(), Is.EqualTo(passage.ToArray()));
    }

    [Test]
    public async Task A_long_text_is_cut_and_counted_and_never_inside_a_character()
    {
        using var model = new ScriptedGenerator(_ => [1]);
        var embedder = Embedder(model, new() { TextCharsMax = 4 });
        await embedder.EmbedAsync(["abcd", "abcde", "abc😀d"]);
        Assert.That(model.Batches[0], Is.EqualTo(new List<string> { "abcd", "abcd", "abc" }));
        Assert.That(embedder.TruncatedCount, Is.EqualTo(2));
    }

    [Test]
    public async Task A_blank_text_is_not_sent_and_has_a_vector_of_zeros()
    {
        using var model = new ScriptedGenerator(_ => [1, 2]);
        var vectors = await Embedder(model, new()).EmbedAsync(["", "Ada", " \n"]);
        Assert.That(vectors[0].ToArray(), Is.EqualTo(new float[2]));
        Assert.That(vectors[1].Span[1], Is.EqualTo(2));
        Assert.That(vectors[2].Length, Is.EqualTo(2));
        Assert.That(model.Batches.Single(), Has.Count.EqualTo(1));
    }

    [Test]
    public void Vectors_of_another_length_are_refused()
    {
        using var model = new ScriptedGenerator(text => new float[text.Length].Select(_ => 1f).ToArray());
        var embedder = Embedder(model, new() { BatchTextsMax = 1 });
        Assert.ThrowsAsync(
            Is.InstanceOf<ModelReplyException>().With.Message.Contains("3 numbers; 2 were expected"), async () => await embedder.EmbedAsync(["ab", "abc"]));
        Assert.ThrowsAsync<ModelReplyException>(async () => await Embedder(model, new() { Dimension = 7 }).EmbedAsync(["ab"]));
    }

    [TestCase(float.NaN)]
    [TestCase(float.PositiveInfinity)]
    [TestCase(0)]
    public void Vectors_that_cannot_be_right_are_refused(float value)
    {
        using var model = new ScriptedGenerator(_ => [value, 0]);
        Assert.ThrowsAsync<ModelReplyException>(async () => await Embedder(model, new()).EmbedAsync(["Ada"]));
    }

    [Test]
    public void Too_few_vectors_are_refused()
    {
        using var model = new ScriptedGenerator(_ => [1]) { IsShort = true };
        Assert.ThrowsAsync(
            Is.InstanceOf<ModelReplyException>().With.Message.Contains("2 texts").And.Message.Contains("answered with 1"),
            async () => await Embedder(model, new()).EmbedAsync(["a", "b"]));
    }

    [Test]
    public async Task Broken_connections_are_tried_again()
    {
        using var model = new ScriptedGenerator(_ => [1]) { FailuresLeft = 3 };
        Assert.That(await Embedder(model, new()).EmbedAsync(["Ada"]), Has.Count.EqualTo(1));
        model.FailuresLeft = 99;
        Assert.ThrowsAsync(
            Is.InstanceOf<ModelTransportException>().With.Message.Contains("vectors of 1 texts"), async () => await Embedder(model, new()).EmbedAsync(["Ada"]));
    }

    [Test]
    public async Task The_dimension_is_told_before_the_first_reply_only_if_it_is_known()
    {
        using var model = new ScriptedGenerator(_ => [1, 2, 3]);
        var embedder = Embedder(model, new());
        Assert.That(() => embedder.Dimension, Throws.InvalidOperationException.With.Message.Contains("ProbeAsync"));
        await embedder.ProbeAsync();
        Assert.That(embedder.Dimension, Is.EqualTo(3));
        Assert.That(Embedder(model, new() { Dimension = 5 }).Dimension, Is.EqualTo(5));
    }

    static GeneratorEmbedder Embedder(ScriptedGenerator model, GeneratorEmbedderOptions options) => new(model, options with { Calls = Asking.Options() });

    sealed class ScriptedGenerator(Func<string, float[]> script) : IEmbeddingGenerator<string, Embedding<float>>
    {
        readonly Lock _lock = new();

        public List<List<string>> Batches { get; } = [];

        public bool IsShort { get; init; }

        public int FailuresLeft { get; set; }

        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            var texts = values.ToList();
            lock (_lock)
            {
                if (FailuresLeft-- > 0)
                {
                    throw new IOException("reset");
                }

                Batches.Add(texts);
            }

            var found = texts.Skip(IsShort ? 1 : 0).Select(text => new Embedding<float>(script(text)));
            return Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(found));
        }

        public object? GetService(Type serviceType, object? serviceKey = null) =>
            serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata("scripted", null, "scripted-embedding") : null;

        public void Dispose()
        {
        }
    }
}
