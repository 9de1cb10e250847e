using Archicortex.Models;
using Archicortex.Testing.Corpora;
using Archicortex.Testing.Models;
using Archicortex.Tests.Door;
using NUnit.Framework;

namespace Archicortex.Tests.Recall;

/// <summary>Vectors where words fail: questions that mean what a passage says and share no telling word with it.</summary>
[TestFixture]
public sealed class VectorSeedsTests
{
    const int Seed = 20_260_406;

    [TestCase(RecallStrategy.Graph)]
    [TestCase(RecallStrategy.Auto)]
    [TestCase(RecallStrategy.Dense)]
    public async Task An_embedder_that_knows_what_words_mean_finds_what_words_alone_do_not(RecallStrategy strategy)
    {
        var corpus = new Paraphrases(Seed, 200);
        await using var memory = await MemoryProbe.OpenAsync(corpus.Documents);
        var without = strategy == RecallStrategy.Dense ? 0 : await ShareFoundAsync(memory, corpus, strategy);
        await memory.UseEmbedderAsync(Paraphrases.Strong());
        var with = await ShareFoundAsync(memory, corpus, strategy);
        TestContext.Out.WriteLine($"{strategy}: {without:P1} without, {with:P1} with vectors; seed {Seed}");
        Assert.That(without, Is.LessThan(.2), "The questions share no telling word with the passages");
        Assert.That(with, Is.GreaterThan(.9));
    }

    [Test]
    public async Task Seeds_are_bounded_explained_and_can_be_switched_off()
    {
        var corpus = new Paraphrases(Seed, 120);
        await using var memory = await MemoryProbe.OpenAsync(corpus.Documents);
        var plain = await memory.RecallAsync(corpus.Questions[0].Text, new() { Strategy = RecallStrategy.Graph });
        await memory.UseEmbedderAsync(Paraphrases.Strong());
        var off = await memory.RecallAsync(corpus.Questions[0].Text, new() { Strategy = RecallStrategy.Graph, VectorSeeds = EmbeddingUnits.None });
        Assert.That(off.Passages.Select(passage => passage.PassageId), Is.EqualTo(plain.Passages.Select(passage => passage.PassageId)));
        Assert.That(off.Reason, Is.EqualTo(plain.Reason));
        var on = await memory.RecallAsync(corpus.Questions[0].Text, new() { Strategy = RecallStrategy.Graph, Explain = true });
        Assert.That(on.Reason, Does.Contain("Vectors of 'concepts:256' add"));
        Assert.That(on.Passages[0].Explanation!.Parts.Sum(part => part.Value), Is.EqualTo(on.Passages[0].Score).Within(1e-9));
    }

    [Test]
    public async Task An_embedder_of_noise_seeds_nothing()
    {
        var corpus = new Paraphrases(Seed, 120);
        await using var memory = await MemoryProbe.OpenAsync(corpus.Documents);
        var before = await memory.RecallAsync(corpus.Questions[3].Text, new() { Strategy = RecallStrategy.Graph });
        await memory.UseEmbedderAsync(new ScriptedEmbedder("noise", 128, word => word + word.Length));
        var after = await memory.RecallAsync(corpus.Questions[3].Text, new() { Strategy = RecallStrategy.Graph });
        Assert.That(after.Passages.Select(passage => passage.PassageId), Is.EqualTo(before.Passages.Select(passage => passage.PassageId)));
    }

    [Test]
    public void Kinds_that_do_not_exist_are_refused() => Assert.That(
        async () =>
        {
            await using var memory = await MemoryProbe.OpenAsync();
            await memory.RecallAsync("x", new() { VectorSeeds = (EmbeddingUnits)8 });
        },
        Throws.InstanceOf<ArgumentOutOfRangeException>());

    static async Task<double> ShareFoundAsync(GraphMemory memory, Paraphrases corpus, RecallStrategy strategy)
    {
        var found = 0;
        foreach (var (gold, text) in corpus.Questions)
        {
            var answer = await memory.RecallAsync(text, new() { Strategy = strategy, Top = 5 });
            found += answer.Passages.Any(passage => passage.DocumentName == gold) ? 1 : 0;
        }

        return (double)found / corpus.Questions.Count;
    }
}
