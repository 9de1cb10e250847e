using Archicortex.Documents;
using Archicortex.Testing.Corpora;
using NUnit.Framework;

namespace Archicortex.Tests.Recall;

/// <summary>The strategies that are asked for by name: path, local, memgas.</summary>
[TestFixture]
sealed class OnRequestStrategyTests
{
    static readonly RecallStrategy[] Strategies = [RecallStrategy.Path, RecallStrategy.Local, RecallStrategy.Memgas];

    static readonly Document[] Story =
    [
        new("The Heron Inn pours ale of the Kittiwake Brewery. It has nine rooms.") { Id = "inn", Title = "Heron Inn" },
        new("Kittiwake Brewery was founded by a sailor named Leopold Vantongeren.") { Id = "brewery", Title = "Kittiwake Brewery" },
        new("An inn in the hills serves cider and was founded long ago.") { Id = "cider" },
        new("The weather is mild.") { Id = "weather" },
    ];

    [Test]
    public async Task The_order_of_arrival_does_not_show([ValueSource(nameof(Strategies))] RecallStrategy strategy, [Range(1, 10)] int seed)
    {
        var corpus = new RandomCorpus(seed);
        var documents = corpus.Documents(25);
        await using var first = await RememberAsync(documents);
        await using var second = await RememberAsync(corpus.Shuffled(documents));
        for (var i = 0; i < 5; i++)
        {
            var question = corpus.Question();
            var options = new RecallOptions { Top = 15, Strategy = strategy };
            var (one, other) = (await first.RecallAsync(question, options), await second.RecallAsync(question, options));
            Assert.That(other.Passages.Select(passage => passage.PassageId), Is.EqualTo(one.Passages.Select(passage => passage.PassageId)), $"seed {seed}: {question}");
        }
    }

    [Test]
    public async Task The_explanation_adds_up_to_the_score_and_ends_at_the_passage([ValueSource(nameof(Strategies))] RecallStrategy strategy, [Range(1, 6)] int seed)
    {
        var corpus = new RandomCorpus(seed);
        await using var memory = await RememberAsync(corpus.Documents(30));
        for (var i = 0; i < 5; i++)
        {
            var found = await memory.RecallAsync(corpus.Question(), new() { Top = 12, Strategy = strategy, Explain = true });
            Assert.That(found.Strategy, Is.EqualTo(strategy));
            foreach (var passage in found.Passages)
            {
                Assert.That(passage.Explanation!.Parts.Sum(part => part.Value), Is.EqualTo(passage.Score).Within(1e-9));
                Assert.That(passage.Explanation.Path[^1].DocumentName, Is.EqualTo(passage.DocumentName));
            }

            Assert.That(found.Passages.Select(passage => Math.Round(passage.Score, 9)), Is.Ordered.Descending);
        }
    }

    [Test]
    public async Task A_question_without_a_known_word_finds_nothing([ValueSource(nameof(Strategies))] RecallStrategy strategy)
    {
        await using var memory = await RememberAsync(Story);
        Assert.That((await memory.RecallAsync("zyx?", new() { Strategy = strategy })).Passages, Is.Empty);
        await using var empty = await RememberAsync([]);
        Assert.That((await empty.RecallAsync("Heron Inn?", new() { Strategy = strategy })).Passages, Is.Empty);
    }

    [Test]
    public async Task A_path_goes_on_over_a_name_to_the_words_that_are_missing()
    {
        await using var memory = await RememberAsync(Story);
        var found = await memory.RecallAsync("Who founded the maker of the ale that the Heron Inn pours?", new() { Strategy = RecallStrategy.Path, Explain = true });
        Assert.That(found.Passages.Take(2).Select(passage => passage.DocumentName), Is.EquivalentTo(new[] { "inn", "brewery" }));
        var brewery = found.Passages.First(passage => passage.DocumentName == "brewery").Explanation!;
        Assert.That(brewery.Path.Select(step => step.Text), Does.Contain("Heron Inn").And.Contain("Kittiwake Brewery"));
        Assert.That(brewery.Path.Select(step => step.Sentence), Does.Contain("The Heron Inn pours ale of the Kittiwake Brewery."));
    }

    [Test]
    public async Task Local_puts_the_passages_first_that_hold_two_names_of_the_question()
    {
        Document[] documents =
        [
            new("Ines Marlow met Bram Quell on the pier.") { Id = "both" },
            new("Ines Marlow sails, Ines Marlow swims, and Ines Marlow sings of the pier.") { Id = "ines" },
            new("Bram Quell mends boats on the pier, says Bram Quell.") { Id = "bram" },
        ];
        await using var memory = await RememberAsync(documents);
        var found = await memory.RecallAsync("Did Ines Marlow know Bram Quell?", new() { Strategy = RecallStrategy.Local, Explain = true });
        Assert.That(found.Passages[0].DocumentName, Is.EqualTo("both"));
        Assert.That(found.Passages[0].Explanation!.Path.Select(step => step.Text).Take(2), Is.EqualTo(new[] { "Ines Marlow", "Bram Quell" }));
    }

    [Test]
    public async Task Local_follows_the_way_between_names_that_never_meet()
    {
        Document[] documents =
        [
            new("Ines Marlow sails with Orla Sif.") { Id = "first" },
            new("Orla Sif was taught by Bram Quell.") { Id = "second" },
            new("Ines Marlow and nobody else.") { Id = "ines" },
        ];
        await using var memory = await RememberAsync(documents);
        var found = await memory.RecallAsync("What joins Ines Marlow and Bram Quell?", new() { Strategy = RecallStrategy.Local });
        Assert.That(found.Passages.Take(2).Select(passage => passage.DocumentName), Is.EquivalentTo(new[] { "first", "second" }));
    }

    [Test]
    public async Task Memgas_lifts_what_is_said_in_a_session_that_fits()
    {
        Document[] documents =
        [
            new("We painted the boat and the oars on Sunday.") { Id = "a1", Session = "a", Speaker = "Mira" },
            new("The oars of the boat dried overnight.") { Id = "a2", Session = "a", Speaker = "Tomas" },
            new("Then we sold it for a good price.") { Id = "a3", Session = "a", Speaker = "Mira" },
            new("The house had a good price too.") { Id = "b1", Session = "b", Speaker = "Mira" },
            new("Rain again.") { Id = "b2", Session = "b", Speaker = "Tomas" },
        ];
        await using var memory = await RememberAsync(documents);
        var found = await memory.RecallAsync("For what price was the boat with the painted oars sold?", new() { Strategy = RecallStrategy.Memgas, Explain = true });
        var order = found.Passages.Select(passage => passage.DocumentName).ToList();
        Assert.That(order.IndexOf("a3"), Is.LessThan(order.IndexOf("b1")));
        Assert.That(found.Reason, Does.Contain("session 0.").Or.Contain("session 1."));
        Assert.That(found.Passages.SelectMany(passage => passage.Explanation!.Parts).Select(part => part.Name), Does.Contain("level 'session'"));
    }

    [Test]
    public async Task Memgas_mixes_summaries_of_topics_into_a_context_beside_what_it_found()
    {
        var documents = Enumerable.Range(1, 12).Select(day => new Document($"The harbour crane lifted boat {day} of the regatta.") { Id = $"r{day}" })
            .Concat(Enumerable.Range(1, 12).Select(day => new Document($"The bakery sold rye bread and {day} cinnamon buns.") { Id = $"b{day}" }));
        await using var memory = await RememberAsync(documents);
        var found = await memory.RecallAsync("What did the crane lift at the regatta, and who sold buns?", new() { Strategy = RecallStrategy.Memgas, TokenBudget = 400 });
        Assert.That(found.Passages[0].DocumentName, Does.StartWith("r"));
        Assert.That(found.Summaries[0].Summary.Text, Does.Contain("crane"));
        Assert.That(found.Context!.Weights.Single(level => level.Name == "summary").Weight, Is.GreaterThan(0));
        Assert.That(found.Context.Text, Does.Contain("boat"));
        Assert.That(found.Reason, Does.Contain(", summary "));
    }

    static async Task<GraphMemory> RememberAsync(IEnumerable<Document> documents)
    {
        var memory = await GraphMemory.OpenInMemoryAsync(new GraphMemoryOptions { PassageWordsMax = 25 });
        await memory.RememberAsync(documents);
        return memory;
    }
}
