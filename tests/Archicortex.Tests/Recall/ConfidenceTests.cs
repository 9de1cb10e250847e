using Archicortex.Documents;
using Archicortex.Testing.Corpora;
using NUnit.Framework;

namespace Archicortex.Tests.Recall;

[TestFixture]
sealed class ConfidenceTests
{
    static readonly Document[] Village =
    [
        new("The Kittiwake Brewery was founded by Leopold Vantongeren in a shed on the quay. It brews a dark ale from local barley.") { Title = "Kittiwake Brewery" },
        new("The Heron Inn pours ale of the Kittiwake Brewery. Its nine rooms look out on the sea and the old pier.") { Title = "Heron Inn" },
        new("Leopold Vantongeren learned his trade from a monk in the hills, and came to the coast with two mules.") { Title = "Leopold Vantongeren" },
        new("Fog is frequent in spring. The lighthouse has a horn that is heard as far as the marsh.") { Title = "Weather of the coast" },
    ];

    [TestCase("Who founded the Kittiwake Brewery?", true)]
    [TestCase("From whom did Leopold Vantongeren learn his trade?", true)]
    [TestCase("Which ale does the Heron Inn pour?", true)]
    [TestCase("What is the tax rate for lottery winnings in Liechtenstein?", false)]
    [TestCase("Which river flows through Montreal?", false)]
    [TestCase("How do enzymes fold proteins at low temperature?", false)]
    public async Task A_memory_knows_what_it_does_not_know(string question, bool isAnswerable)
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync();
        await memory.RememberAsync(Village);
        var confidence = (await memory.RecallAsync(question)).Confidence!;
        Assert.That(confidence.IsAnswerable, Is.EqualTo(isAnswerable), $"{confidence}");
        Assert.That(confidence.Reason, isAnswerable ? Does.StartWith("The best passages have ") : Does.StartWith("The memory probably lacks the answer."));
    }

    [Test]
    public async Task A_name_nobody_knows_is_told()
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync();
        await memory.RememberAsync(Village);
        var confidence = (await memory.RecallAsync("Did Leopold Vantongeren meet Xanthippe Obermoser?")).Confidence!;
        Assert.That(confidence.UnlinkedNames, Is.EqualTo(new[] { "Xanthippe Obermoser" }));
        Assert.That(confidence.Reason, Does.Contain("does not know 'Xanthippe Obermoser'"));
    }

    [Test]
    public async Task An_empty_memory_answers_nothing()
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync();
        var found = await memory.RecallAsync("Who founded the Kittiwake Brewery?", new() { TokenBudget = 100 });
        Assert.That(found.Confidence!.IsAnswerable, Is.False);
        Assert.That(found.Confidence.Sureness, Is.Zero);
        Assert.That(found.Context!.Text, Is.Empty);
        Assert.That(found.Context.LeftOut.IsNothing, Is.True);
    }

    [Test]
    public async Task How_sure_a_memory_is_does_not_depend_on_how_many_passages_are_asked_for([Range(1, 10)] int seed)
    {
        var corpus = new RandomCorpus(seed);
        await using var memory = await GraphMemory.OpenInMemoryAsync();
        await memory.RememberAsync(corpus.Documents(40));
        for (var i = 0; i < 5; i++)
        {
            var question = corpus.Question();
            var few = await memory.RecallAsync(question, new() { Top = 1, Explain = true });
            var many = await memory.RecallAsync(question, new() { Top = 30, TokenBudget = 100 });
            Assert.That(few.Passages, Has.Count.LessThanOrEqualTo(1));
            Assert.That(many.Confidence!.Sureness, Is.EqualTo(few.Confidence!.Sureness), $"seed {seed}: {question}");
            Assert.That(few.Confidence.Coverage, Is.InRange(0, 1 + 1e-12));
            Assert.That(few.Confidence.Margin, Is.InRange(0, 1));
        }
    }

    [Test]
    public async Task Forgetting_what_answers_makes_it_less_sure()
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync();
        var results = await memory.RememberAsync(Village);
        const string Question = "Who founded the Kittiwake Brewery in a shed on the quay?";
        var before = (await memory.RecallAsync(Question)).Confidence!.Sureness;
        await memory.ForgetAsync(results[0].DocumentId.ToString());
        Assert.That((await memory.RecallAsync(Question)).Confidence!.Sureness, Is.LessThan(before * 0.8));
    }
}
