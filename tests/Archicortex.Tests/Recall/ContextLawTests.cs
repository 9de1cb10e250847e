using Archicortex.Models;
using Archicortex.Recall;
using Archicortex.Testing;
using Archicortex.Testing.Corpora;
using Archicortex.Testing.Models;
using NUnit.Framework;

namespace Archicortex.Tests.Recall;

/// <summary>What a packed context promises whatever is in the memory, whatever is asked, and whatever room there is.</summary>
[TestFixture]
sealed class ContextLawTests
{
    const int RecallsPerCorpus = 100;

    static readonly GraphMemoryOptions Small = new() { PassageWordsMax = 40, Clock = new FakeTime() };

    [Test]
    public async Task Ten_thousand_recalls_keep_their_budget_and_their_word([Range(1, 100)] int seed)
    {
        var corpus = new MixedCorpus(seed);
        await using var memory = await GraphMemory.OpenInMemoryAsync(Small);
        await memory.RememberAsync(corpus.Documents(20 + corpus.Next(60)));
        for (var i = 0; i < RecallsPerCorpus; i++)
        {
            var question = i % 10 == 9 ? "What is all this about, overall?" : corpus.Question();
            var options = new RecallOptions { TokenBudget = corpus.Next(4) == 0 ? corpus.Next(60) : corpus.Next(4001), Order = (ContextOrder)corpus.Next(4) };
            var context = (await memory.RecallAsync(question, options)).Context!;
            var what = $"seed {seed}, recall {i}: {question} {options.TokenBudget} {options.Order}\n{context.Text}";
            Assert.That(context.Tokens, Is.EqualTo(TokenEstimate.Count(context.Text)).And.LessThanOrEqualTo(options.TokenBudget), what);
            AssertCited(context, what);
            AssertNothingTwice(context, what);
            var larger = (await memory.RecallAsync(question, options with { TokenBudget = options.TokenBudget + corpus.Next(400) })).Context!;
            AssertHoldsAllOf(larger, context, what);
            if (i % 5 == 0)
            {
                var again = (await memory.RecallAsync(question, options)).Context!;
                Assert.That(again.Text, Is.EqualTo(context.Text), what);
                Assert.That(again.LeftOut.ToString(), Is.EqualTo(context.LeftOut.ToString()), what);
            }
        }
    }

    [Test]
    public async Task A_memory_that_was_closed_and_opened_packs_the_same_bytes([Range(1, 6)] int seed, [Values(1, 1000)] int snapshotEvery)
    {
        using var folder = new TempFolder();
        var corpus = new MixedCorpus(seed);
        var path = Path.Combine(folder.Path, "m.archicortex");
        var asked = Enumerable.Range(0, 20).Select(_ => (Question: corpus.Question(), Budget: corpus.Next(2000))).ToList();
        var before = new List<string>();
        await using (var memory = await GraphMemory.OpenAsync(path, Small with { SnapshotEvery = snapshotEvery }))
        {
            await memory.RememberAsync(corpus.Documents(50));
            foreach (var (question, budget) in asked)
            {
                before.Add((await memory.RecallAsync(question, new() { TokenBudget = budget })).Context!.Text);
            }
        }

        await using var opened = await GraphMemory.OpenAsync(path, Small with { SnapshotEvery = snapshotEvery });
        for (var i = 0; i < asked.Count; i++)
        {
            var after = (await opened.RecallAsync(asked[i].Question, new() { TokenBudget = asked[i].Budget })).Context!.Text;
            Assert.That(after, Is.EqualTo(before[i]), $"seed {seed}: {asked[i].Question}");
        }
    }

    [Test]
    public async Task The_order_in_which_documents_came_does_not_show([Range(1, 10)] int seed)
    {
        var corpus = new MixedCorpus(seed);
        var documents = corpus.Documents(30);

        // Turns of one time stand as they came, so only documents may be moved.
        var moved = documents.Where(document => document.Speaker is null).Reverse().Concat(documents.Where(document => document.Speaker is not null));
        await using var one = await GraphMemory.OpenInMemoryAsync(Small);
        await one.RememberAsync(documents.Where(document => document.Speaker is null).Concat(documents.Where(document => document.Speaker is not null)));
        await using var other = await GraphMemory.OpenInMemoryAsync(Small);
        await other.RememberAsync(moved);
        for (var i = 0; i < 20; i++)
        {
            var (question, options) = (corpus.Question(), new RecallOptions { TokenBudget = corpus.Next(1500) });
            var (text, same) = ((await one.RecallAsync(question, options)).Context!.Text, (await other.RecallAsync(question, options)).Context!.Text);
            Assert.That(same, Is.EqualTo(text), $"seed {seed}: {question}");
        }
    }

    [Test]
    public async Task The_tokenizer_of_the_user_counts([Range(1, 10)] int seed)
    {
        var corpus = new MixedCorpus(seed);

        // One that counts letters, one with a frame of its own, one that changes its mind in the middle of a text.
        foreach (var count in (Func<string, int>[])[text => text.Length, text => 7 + (text.Length / 3), text => text.Length / 4 % 2 == 0 ? text.Length : text.Length / 2])
        {
            await using var memory = await GraphMemory.OpenInMemoryAsync(Small with { TokenCounter = count });
            await memory.RememberAsync(corpus.Documents(30));
            for (var i = 0; i < 20; i++)
            {
                var budget = corpus.Next(3000);
                var context = (await memory.RecallAsync(corpus.Question(), new() { TokenBudget = budget })).Context!;
                Assert.That(context.Tokens, Is.EqualTo(context.Text.Length == 0 ? 0 : count(context.Text)).And.LessThanOrEqualTo(budget), $"seed {seed}");
            }
        }
    }

    [Test]
    public async Task What_is_pinned_never_leaves_and_is_refused_where_it_does_not_fit([Range(1, 10)] int seed)
    {
        var corpus = new MixedCorpus(seed);
        await using var memory = await GraphMemory.OpenInMemoryAsync(Small);
        await memory.RememberAsync(corpus.Documents(40));
        var found = (await memory.RecallAsync(corpus.Question(), new() { Top = 3 })).Passages;
        var options = new RecallOptions { Pinned = ["The goal: ask\nnothing twice."], PinnedPassages = [.. found.Select(passage => passage.PassageId).Take(1)] };
        for (var i = 0; i < 40; i++)
        {
            var budget = corpus.Next(400);
            var question = corpus.Question();
            try
            {
                var context = (await memory.RecallAsync(question, options with { TokenBudget = budget })).Context!;
                Assert.That(context.Text, Does.StartWith("Pinned:\n- The goal: ask\n  nothing twice.\n"), $"seed {seed}");
                Assert.That(context.Tokens, Is.LessThanOrEqualTo(budget));
                Assert.That(context.Citations.Where(one => one.Kind == ContextKind.Pinned).Select(one => one.PassageId), Is.EqualTo(options.PinnedPassages));
                AssertCited(context, $"seed {seed}");
                AssertNothingTwice(context, $"seed {seed}");
            }
            catch (ArgumentException refusal)
            {
                Assert.That(refusal.Message, Does.Contain($"TokenBudget is {budget:N0}").And.Contain("raise the budget or pin less"));
                Assert.That(budget, Is.LessThan(150));
            }
        }
    }

    static void AssertCited(PackedContext context, string what)
    {
        Assert.That(context.Citations.Select(one => one.Number), Is.EqualTo(Enumerable.Range(1, context.Citations.Count)), what);
        Assert.That(context.Parts.Select(part => part.Number), Is.EqualTo(context.Citations.Select(one => one.Number)), what);
        var lines = context.Text.Split('\n');
        Assert.That(
            lines.Where(line => line.StartsWith('[')).Select(line => line[1..line.IndexOf(']', StringComparison.Ordinal)]),
            Is.EqualTo(context.Citations.Select(one => one.Number.ToString(System.Globalization.CultureInfo.InvariantCulture))), what);
        var flat = Unbroken(context.Text);
        foreach (var one in context.Citations.Where(one => one.Kind is ContextKind.Passage or ContextKind.Sentences or ContextKind.Pinned))
        {
            Assert.That(flat, Does.Contain(Unbroken(one.Text.TrimEnd())), what);
        }
    }

    /// <summary>A quotation is indented from its second line on, and nothing else is changed.</summary>
    static string Unbroken(string text) => text.ReplaceLineEndings("\n").Replace("\n  ", "\n", StringComparison.Ordinal);

    static bool IsLine(ContextCitation one) => one.Kind is ContextKind.Fact or ContextKind.Summary;

    static void AssertNothingTwice(PackedContext context, string what)
    {
        Assert.That(context.Citations.Where(one => !IsLine(one)).Select(one => (one.PassageId, one.Span)), Is.Unique, what);
        var articles = context.Citations.Where(one => one.Kind == ContextKind.Passage && !one.DocumentName.StartsWith("talk", StringComparison.Ordinal)
            && !one.DocumentName.StartsWith("copy", StringComparison.Ordinal));
        Assert.That(articles.Select(one => one.Text), Is.Unique, what);
    }

    static void AssertHoldsAllOf(PackedContext larger, PackedContext smaller, string what)
    {
        foreach (var one in smaller.Citations)
        {
            var isHeld = larger.Citations.Any(other => other.PassageId == one.PassageId
                && IsLine(other) == IsLine(one) && other.Span.Start <= one.Span.Start && one.Span.End <= other.Span.End);
            Assert.That(isHeld, Is.True, $"{what}\nlost [{one.Number}] with a larger budget:\n{larger.Text}");
        }
    }
}
