using Archicortex.Documents;
using Archicortex.Facts;
using Archicortex.Graph;
using Archicortex.Recall;
using Archicortex.Testing.Oracles;
using NUnit.Framework;

namespace Archicortex.Tests.Recall;

[TestFixture]
public sealed class HippoRecallTests
{
    [Test]
    public void The_walk_over_facts_is_the_solution_of_the_linear_system()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var graph = RandomGraph(random, out var weights);
            var reset = Enumerable.Range(0, graph.Nodes).Select(_ => random.Next(3) == 0 ? random.NextDouble() : 0).ToArray();
            reset[random.Next(reset.Length)] += 1;
            var sum = reset.Sum();
            reset = Array.ConvertAll(reset, weight => weight / sum);
            var damping = 0.2 + (0.6 * random.NextDouble());
            var mass = PowerIteration.Run(graph, reset, damping);
            var exact = DensePageRank.Solve(weights, reset, damping);
            Assert.That(mass.Sum(), Is.EqualTo(1).Within(1e-9), $"seed {seed}");
            Assert.That(Enumerable.Range(0, mass.Length).All(node => mass[node] >= 0), Is.True, $"seed {seed}");

            // The oracle keeps what isolated nodes get; here it goes back to the seeds: the same up to one factor where no
            // seed is isolated, and everywhere the same order among nodes with edges.
            var linked = Enumerable.Range(0, mass.Length).Where(node => graph.Strength(node) > 0).ToArray();
            var factor = linked.Sum(node => mass[node]) / linked.Sum(node => exact[node]);
            foreach (var node in linked)
            {
                Assert.That(mass[node], Is.EqualTo(exact[node] * factor).Within(1e-8), $"seed {seed}, node {node}");
            }
        }
    }

    [Test]
    public void Scores_split_among_the_seeds_without_rest()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var graph = RandomGraph(random, out _);
            var reset = Enumerable.Range(0, graph.Nodes).Select(node => graph.Strength(node) > 0 && random.Next(2) == 0 ? random.NextDouble() : 0).ToArray();
            if (reset.Sum() == 0)
            {
                continue;
            }

            var sum = reset.Sum();
            reset = Array.ConvertAll(reset, weight => weight / sum);
            var mass = PowerIteration.Run(graph, reset, 0.5);
            var target = Enumerable.Range(0, graph.Nodes).Select(_ => (double)random.Next(3)).ToArray();
            var worth = PowerIteration.Worth(graph, target, 0.5);
            var score = target.Zip(mass, (weight, own) => weight * own).Sum();

            // Every seed has edges, so no mass is sent back and 1 − d of each restart is worth what the backward walk says.
            Assert.That(0.5 * reset.Zip(worth, (weight, one) => weight * one).Sum(), Is.EqualTo(score).Within(1e-7), $"seed {seed}");
        }
    }

    [Test]
    public async Task HippoRAG_finds_the_passage_two_facts_away()
    {
        await using var memory = await OpenAsync();
        var found = await memory.RecallAsync("Where does the founder of Kittiwake Brewery live?", new() { Strategy = RecallStrategy.Hippo1, Explain = true });
        Assert.That(found.Strategy, Is.EqualTo(RecallStrategy.Hippo1));
        Assert.That(found.Fallback, Is.Null);
        Assert.That(found.Passages.Take(2).Select(passage => passage.DocumentName), Is.EquivalentTo(new[] { "d1", "d2" }));
        Assert.That(found.Passages[0].Explanation!.Seeds.Sum(share => share.Share), Is.EqualTo(1).Within(1e-6));
    }

    [Test]
    public async Task HippoRAG_2_takes_facts_passages_and_anchors()
    {
        await using var memory = await OpenAsync();
        foreach (var anchors in (bool[])[false, true])
        {
            var found = await memory.RecallAsync(
                "Who founded Kittiwake Brewery?", new() { Strategy = RecallStrategy.Hippo2, Hippo = new() { EntityAnchors = anchors }, Explain = true });
            Assert.That(found.Passages[0].DocumentName, Is.EqualTo("d1"));
            Assert.That(found.Passages[0].Explanation!.Parts.Sum(part => part.Value), Is.EqualTo(found.Passages[0].Score));
        }
    }

    [TestCase(RecallStrategy.Hippo1)]
    [TestCase(RecallStrategy.Hippo2)]
    [TestCase(RecallStrategy.Facts)]
    public async Task A_question_that_leads_to_no_fact_says_that_words_ranked(RecallStrategy strategy)
    {
        await using var memory = await OpenAsync();
        var found = await memory.RecallAsync("Which day?", new() { Strategy = strategy });
        Assert.That(found.Strategy, Is.EqualTo(RecallStrategy.Flat));
        Assert.That(found.Fallback, Is.Not.Null.And.Contains("words"));
    }

    [Test]
    public async Task Choosing_facts_by_a_model_without_one_is_an_error_that_says_what_to_do()
    {
        await using var memory = await OpenAsync();
        var options = new RecallOptions { Strategy = RecallStrategy.Hippo2, Hippo = new() { Choice = FactChoice.Model } };
        Assert.That(
            async () => await memory.RecallAsync("Who founded Kittiwake Brewery?", options),
            Throws.InvalidOperationException.With.Message.Contains("ChatClient"));
    }

    static async Task<GraphMemory> OpenAsync()
    {
        var memory = await GraphMemory.OpenInMemoryAsync();
        await RecordAsync(memory, "d1", "Ines Marlow began the Kittiwake Brewery long ago.", new Fact("Kittiwake Brewery", "founded by", "Ines Marlow"));
        await RecordAsync(memory, "d2", "She has a house on Lantern Street.", new Fact("Ines Marlow", "lives on", "Lantern Street"));
        await RecordAsync(memory, "d3", "The tide was low that day.", new Fact("tide", "was", "low"));
        return memory;
    }

    internal static async Task RecordAsync(GraphMemory memory, string id, string text, params Fact[] facts)
    {
        var remembered = await memory.RememberAsync(new Document(text) { Id = id });
        await memory.RecordFactsAsync(remembered.DocumentId, "test", [new Extraction([], facts)]);
    }

    static FactWalkGraph RandomGraph(Random random, out double[,] weights)
    {
        var facts = new FactGraph();
        var passages = random.Next(2, 7);
        for (var passage = 0; passage < passages; passage++)
        {
            facts.Set(passage, "test", [.. Enumerable.Range(0, random.Next(4)).Select(_ => new Fact(Name(random), "r" + random.Next(2), Name(random)))]);
        }

        facts.Set(0, "test", [new Fact("a", "r", "b")]);
        var graph = FactWalkGraph.Of(facts.Freeze(), passages, [new SynonymPair(0, 1, 0.9)], joinsPassages: random.Next(2) == 0);
        weights = new double[graph.Nodes, graph.Nodes];
        for (var node = 0; node < graph.Nodes; node++)
        {
            for (var i = 0; i < graph.Neighbours(node).Length; i++)
            {
                weights[node, graph.Neighbours(node)[i]] += graph.Weights(node)[i];
            }
        }

        return graph;
    }

    static string Name(Random random) => "abcdefgh"[random.Next(8)].ToString();
}
