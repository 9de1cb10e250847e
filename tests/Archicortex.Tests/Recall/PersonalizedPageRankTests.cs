using Archicortex.Graph;
using Archicortex.Recall;
using Archicortex.Testing.Corpora;
using Archicortex.Testing.Oracles;
using NUnit.Framework;

namespace Archicortex.Tests.Recall;

/// <summary>The walk: against a dense solution, and by its laws.</summary>
[TestFixture]
sealed class PersonalizedPageRankTests
{
    const int Places = 20;
    const double TightTolerance = 1e-7;

    [Test]
    public void Exact_mass_is_the_solution_of_the_dense_system([Range(1, 40)] int seed)
    {
        var corpus = new RandomCorpus(seed);
        var documents = corpus.Documents(12);
        var memory = TestMemory.Of(documents);
        memory.Forget(documents[2]);
        documents.RemoveAt(2);
        var view = memory.View;
        var graph = new NaiveGraph(new NaiveMemory(documents.SelectMany(memory.Passages)));
        var seeds = Seeds(view.Graph, corpus);
        var restart = new double[graph.NodeCount];
        foreach (var start in seeds)
        {
            restart[NaiveNode(graph, view, start.Node)] += start.Weight;
        }

        var expected = DensePageRank.Solve(graph.Weights, restart, PersonalizedPageRank.Damping);
        var mass = Run(view, seeds, isExact: true);
        Assert.That(mass.Values.Sum(), Is.EqualTo(1).Within(1e-10), $"seed {seed}");
        foreach (var node in Nodes(view.Graph))
        {
            Assert.That(
                mass.GetValueOrDefault(node), Is.EqualTo(expected[NaiveNode(graph, view, node)]).Within(1e-10), $"seed {seed}: {node}");
        }
    }

    [Test]
    public void Mass_is_linear_in_the_seeds_and_knows_no_scale([Range(1, 20)] int seed)
    {
        var corpus = new RandomCorpus(seed);
        var view = TestMemory.Of(corpus.Documents(15)).View;
        var nodes = corpus.Shuffled(Nodes(view.Graph));
        Seed[] first = [new(nodes[0], 1)];
        Seed[] second = [new(nodes[1], 1)];
        Seed[] both = [new(nodes[0], 6), new(nodes[1], 14)];
        var (x, y, z) = (Run(view, first, true), Run(view, second, true), Run(view, both, true));
        foreach (var node in nodes)
        {
            Assert.That(
                z.GetValueOrDefault(node),
                Is.EqualTo((0.3 * x.GetValueOrDefault(node)) + (0.7 * y.GetValueOrDefault(node))).Within(1e-11), $"seed {seed}");
        }
    }

    [Test]
    public void Pushed_mass_is_a_lower_bound_within_its_tolerance([Range(1, 20)] int seed)
    {
        var corpus = new RandomCorpus(seed);
        var view = TestMemory.Of(corpus.Documents(40)).View;
        var seeds = Seeds(view.Graph, corpus);
        var exact = Run(view, seeds, isExact: true);
        var pushed = Run(view, seeds, isExact: false);
        foreach (var (node, mass) in exact)
        {
            // What is left at each node is at most ε·W of it, so the mass missing anywhere is at most ε·W too.
            var strength = view.Strengths.Of(PersonalizedPageRank.Index(view.Graph, node));
            Assert.That(pushed.GetValueOrDefault(node), Is.LessThanOrEqualTo(mass + 1e-12), $"seed {seed}: {node}");
            Assert.That(
                mass - pushed.GetValueOrDefault(node), Is.LessThanOrEqualTo((PersonalizedPageRank.Tolerance * strength) + 1e-12), $"seed {seed}");
        }
    }

    [Test]
    public void Push_and_exact_agree_on_the_first_twenty_places_in_99_of_100_cases()
    {
        var (same, found, all) = (0, 0, 0);
        for (var seed = 1; seed <= 60; seed++)
        {
            var corpus = new RandomCorpus(seed);
            var view = TestMemory.Of(corpus.Documents(60)).View;
            var seeds = Seeds(view.Graph, corpus);
            var exact = Run(view, seeds, isExact: true).Where(pair => pair.Key.Kind == NodeKind.Passage).ToDictionary();
            var pushed = Run(view, seeds, isExact: false, TightTolerance);
            var first = exact.OrderByDescending(pair => pair.Value).Take(Places).Select(pair => pair.Value).ToArray();
            var second = pushed.Where(pair => pair.Key.Kind == NodeKind.Passage).OrderByDescending(pair => pair.Value)
                .Take(Places).Select(pair => exact[pair.Key]).ToArray();

            // Compared by exact mass, so that two equal passages may stand either way round.
            same += first.Zip(second).Count(pair => Math.Abs(pair.First - pair.Second) < 1e-12);
            found += second.Count(mass => mass >= first[^1] - 1e-12);
            all += first.Length;
        }

        TestContext.Out.WriteLine($"{same} of {all} places, {found} of {all} passages");
        Assert.That((double)same / all, Is.GreaterThanOrEqualTo(0.99), $"{same} of {all} places, {found} of {all} passages, seeds 1 to 60");
    }

    [Test]
    public void A_part_of_the_graph_without_a_seed_gets_nothing_and_a_lonely_seed_keeps_all()
    {
        var memory = TestMemory.Of([
            new("They say Orla Sif of Tarn lived here for years.") { Title = "Orla Sif" },
            new("They saw Bram Quell in Velt at the market once.") { Title = "Bram Quell" },
            new("nothing of note was written down on that day.") { Speaker = "somebody" },
        ]);
        var view = memory.View;
        foreach (var isExact in (bool[])[true, false])
        {
            var mass = Run(view, [new(NodeId.Passage(0), 2)], isExact);
            Assert.That(mass.GetValueOrDefault(NodeId.Passage(1)), Is.Zero);
            Assert.That(mass.GetValueOrDefault(NodeId.Passage(2)), Is.Zero);
            Assert.That(Run(view, [new(NodeId.Passage(2), 0.3)], isExact)[NodeId.Passage(2)], Is.EqualTo(1).Within(1e-12));
        }
    }

    internal static RecallScratch Scratch(RecallView view)
    {
        var scratch = new RecallScratch();
        scratch.Fit(view.Graph.PassageCount, view.Graph.PhraseCount, view.Vocabulary.StemCount);
        return scratch;
    }

    /// <summary>Fails unless a scratch is as good as new.</summary>
    internal static void AssertClean(RecallScratch scratch, string story)
    {
        Assert.That(
            scratch.TermScores.Count + scratch.Lexical.Count + scratch.TouchedNodes.Count + scratch.Front.Count + scratch.Next.Count
            + scratch.ReachedPassages.Count + scratch.Candidates.Count, Is.Zero, story);
        double[][] numbers =
            [scratch.Bm25, scratch.Own, scratch.TitleShare, scratch.Best, scratch.Again];
        Assert.That(numbers.All(row => row.All(number => number == 0)), Is.True, story);
        Assert.That(scratch.Nodes.All(node => node is { Mass: 0, Residual: 0, IsQueued: false, IsTouched: false }), Is.True, story);
        Assert.That(scratch.Hop.All(hop => hop is { Near: 0, NearResidual: 0, Named: 0, IsReached: false }), Is.True, story);
        Assert.That(scratch.IsCandidate.All(flag => !flag), Is.True, story);
        Assert.That(Enumerable.Range(0, 1 << 14).Any(sentence => scratch.Covers.TryGet(sentence, out _)), Is.False, story);
        int[][] rows = [scratch.TermRow, scratch.Via, scratch.AgainVia];
        Assert.That(rows.All(row => row.All(number => number == 0)), Is.True, story);
        Assert.That(scratch.Covered.Concat(scratch.TitleCovered).All(mask => mask == 0), Is.True, story);
        Assert.That(scratch.TermOfStem.All(term => term == 0), Is.True, story);
    }

    static Dictionary<NodeId, double> Run(
        RecallView view, Seed[] seeds, bool isExact, double tolerance = PersonalizedPageRank.Tolerance)
    {
        var scratch = Scratch(view);
        var result = isExact
            ? PersonalizedPageRank.Exact(view.Strengths, seeds, scratch)
            : PersonalizedPageRank.Push(view.Strengths, seeds, scratch, tolerance);
        Assert.That(result.IsComplete, Is.True);
        var mass = Nodes(view.Graph)
            .Select(node => (Node: node, scratch.Nodes[PersonalizedPageRank.Index(view.Graph, node)].Mass))
            .Where(pair => pair.Mass != 0).ToDictionary(pair => pair.Node, pair => pair.Mass);
        PersonalizedPageRank.Clear(scratch);
        AssertClean(scratch, "after a walk");
        return mass;
    }

    static Seed[] Seeds(GraphSnapshot graph, RandomCorpus corpus) =>
        [.. corpus.Shuffled(Nodes(graph)).Take(5).Select(node => new Seed(node, 0.1 + corpus.Next(10)))];

    static IEnumerable<NodeId> Nodes(GraphSnapshot graph) => Enumerable.Range(1, graph.PhraseCount - 1).Where(graph.IsPhrase).Select(NodeId.Phrase)
        .Concat(Enumerable.Range(0, graph.PassageCount).Where(row => graph.Passage(row).IsLive).Select(NodeId.Passage));

    static int NaiveNode(NaiveGraph graph, RecallView view, NodeId node) => node.Kind == NodeKind.Phrase
        ? graph.Node(view.Graph.Text(node.Row, view.Vocabulary.Word))
        : graph.Node(Array.FindIndex(graph.Memory.Passages, passage => passage.Id == view.Graph.Passage(node.Row).Id));
}
