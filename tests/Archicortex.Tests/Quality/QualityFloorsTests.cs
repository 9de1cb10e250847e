using System.Globalization;
using Archicortex.Benchmarks.Quality;
using Archicortex.Models;
using Archicortex.Recall;
using Archicortex.Tests.House;
using NUnit.Framework;

namespace Archicortex.Tests.Quality;

/// <summary>What ranking must not fall below, on the evaluation sets beside the project; in percent.</summary>
[TestFixture]
public sealed class QualityFloorsTests
{
    const string Musique = "musique_train";
    const string HotpotQa = "hotpotqa_train";
    const string TwoWiki = "2wiki_train500";
    const string Cranfield = "cranfield";
    const string Locomo = "locomo";
    const string PathQuestion = "pathquestion";

    static string Data => Path.Combine(Repository.Root, "..", "shared", "data");

    // Figures are compared as they are reported: with one decimal.
    const int Decimals = 1;
    const double KeepFloor = 95;
    const double FlatTolerance = .5;
    const double VectorTolerance = .3;

    [TestCase(Musique, 81.5, 60)]
    [TestCase(HotpotQa, 97.5, 96)]
    [TestCase(TwoWiki, 98.5, 95)]
    public async Task Each_set_reaches_its_floor(string set, double recall5, double allGold5)
    {
        var asked = await AskAsync([set]);
        Assert.That(Mean(asked, m => m.Recall5), Is.GreaterThanOrEqualTo(recall5), "R@5");
        Assert.That(Mean(asked, m => m.AllGold5 ? 1 : 0), Is.GreaterThanOrEqualTo(allGold5), "all gold in the first five");
        AssertKeepsWhatFlatHasFirst(asked, set);
    }

    [Test]
    public async Task Three_sets_in_one_memory_reach_their_floors()
    {
        var asked = await AskAsync([Musique, HotpotQa, TwoWiki]);
        AssertFloors(asked, (Musique, 79.5), (HotpotQa, 96.5), (TwoWiki, 98.3));
    }

    [Test]
    public async Task Conversations_reach_their_floors()
    {
        var asked = await AskAsync([Locomo]);
        double Of(string category) => Mean([.. asked.Where(one => one.Question.Category == category)], m => m.Recall10);
        Assert.Multiple(() =>
        {
            Assert.That(Mean(asked, m => m.Recall1), Is.GreaterThanOrEqualTo(46), "R@1");
            Assert.That(Mean(asked, m => m.Recall5), Is.GreaterThanOrEqualTo(74.8), "R@5");
            Assert.That(Mean(asked, m => m.Recall10), Is.GreaterThanOrEqualTo(81.5), "R@10");
            Assert.That(Of("multi-hop"), Is.GreaterThanOrEqualTo(47), "multi-hop");
            Assert.That(Of("temporal"), Is.GreaterThanOrEqualTo(84), "temporal");
            Assert.That(Of("open-domain"), Is.GreaterThanOrEqualTo(45), "open-domain");
        });
    }

    [Test]
    public async Task Conversations_cut_into_sentences_reach_their_floor()
    {
        Need(Locomo);
        var run = new QualityRun([SentenceMessages.Cut(EvaluationSet.Read(Path.Combine(Data, Locomo), stripTitles: false))], new(RecallStrategy.Auto, null, false));
        await run.RunAsync();
        Assert.That(Mean(run.Asked, m => m.Recall10), Is.GreaterThanOrEqualTo(74));
    }

    [TestCase(Musique, 67)]
    [TestCase(HotpotQa, 85.5)]
    [TestCase(TwoWiki, 82.5)]
    public async Task Without_titles_each_set_reaches_its_floor(string set, double recall5) =>
        AssertFloors(await AskAsync([set], stripTitles: true), (set, recall5));

    [Test]
    public async Task Where_no_names_lead_on_auto_is_as_good_as_plain_text_search()
    {
        var auto = await AskAsync([Cranfield]);
        var flat = await AskAsync([Cranfield], RecallStrategy.Flat);
        Assert.That(Mean(auto, m => m.Ndcg10), Is.GreaterThanOrEqualTo(Mean(flat, m => m.Ndcg10) - FlatTolerance), "nDCG@10");
        Assert.That(Mean(auto, m => m.Recall5), Is.GreaterThanOrEqualTo(Mean(flat, m => m.Recall5) - FlatTolerance), "R@5");
        AssertKeepsWhatFlatHasFirst(auto, Cranfield);
    }

    [Test]
    public async Task A_memory_given_a_graph_of_facts_finds_whole_chains()
    {
        var asked = await AskAsync([PathQuestion]);
        Assert.That(Mean(asked, m => m.AllGold10 ? 1 : 0), Is.GreaterThanOrEqualTo(94));
    }

    [TestCase(Musique, "hashed", 1024)]
    [TestCase(Musique, "lsa", 200)]
    [TestCase(HotpotQa, "hashed", 1024)]
    public async Task A_weak_embedder_does_not_drag_the_graph_down(string set, string embedder, int dimension)
    {
        var without = await AskAsync([set], RecallStrategy.Graph);
        var with = await AskAsync([set], RecallStrategy.Graph, embedder: embedder, dimension: dimension);
        TestContext.Out.WriteLine($"{Mean(without, m => m.Recall5)} without, {Mean(with, m => m.Recall5)} with vectors");
        Assert.That(Mean(with, m => m.Recall5), Is.EqualTo(Mean(without, m => m.Recall5)).Within(VectorTolerance));
    }

    [TestCase(RecallStrategy.Hippo1, false, 68)]
    [TestCase(RecallStrategy.Hippo2, false, 60)]
    [TestCase(RecallStrategy.Hippo2, true, 63)]
    public async Task The_HippoRAG_presets_reach_their_floors_on_triples_of_a_model(RecallStrategy strategy, bool anchors, double recall5)
    {
        var asked = await AskAsync([Musique], strategy, hippo: new() { EntityAnchors = anchors });
        Assert.That(Mean(asked, m => m.Recall5), Is.GreaterThanOrEqualTo(recall5));
    }

    [Test]
    public void The_triples_of_a_model_are_counted_as_their_publishers_wrote_them()
    {
        Need(Musique);
        var read = EvaluationSet.Read(Path.Combine(Data, Musique), stripTitles: false).Extractions.Values.ToList();
        int Dropped(string reason) => read.Sum(extraction => extraction.Dropped.GetValueOrDefault(reason));
        Assert.Multiple(() =>
        {
            Assert.That(read, Has.Count.EqualTo(1890));
            Assert.That(Dropped("arity"), Is.EqualTo(185));
            Assert.That(read.Sum(extraction => extraction.Facts.Count) + Dropped("arity") + Dropped("blank") + Dropped("selfLoop") + Dropped("duplicate"), Is.EqualTo(17_419));
            Assert.That(read.Count(extraction => extraction.Facts.Count == 0), Is.EqualTo(2));
            Assert.That(read.SelectMany(extraction => extraction.Names).Select(Faithful).Distinct().Count(), Is.EqualTo(12_044));
        });
        TestContext.Out.WriteLine($"blank {Dropped("blank")}, self loops {Dropped("selfLoop")}, duplicates {Dropped("duplicate")}, unlisted {Dropped("unlisted")}");
    }

    /// <summary>As HippoRAG compares names: Latin letters, digits and spaces.</summary>
    static string Faithful(string name) => string.Concat(name.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : ' ')).Trim();

    static void AssertFloors(IReadOnlyList<AskedQuestion> asked, params (string Set, double Recall5)[] floors) => Assert.Multiple(() =>
    {
        foreach (var (set, recall5) in floors)
        {
            var own = asked.Where(question => question.Set == set).ToList();
            Assert.That(Mean(own, m => m.Recall5), Is.GreaterThanOrEqualTo(recall5), $"R@5 of {set}");
            AssertKeepsWhatFlatHasFirst(own, set);
        }
    });

    static void AssertKeepsWhatFlatHasFirst(IReadOnlyList<AskedQuestion> asked, string set)
    {
        var firsts = asked.Where(question => question.FlatHasGoldFirst).ToList();
        var kept = 100.0 * firsts.Count(question => question.HasGoldInTop2) / Math.Max(1, firsts.Count);
        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{set}: R@5 {Mean(asked, m => m.Recall5):0.0}, all@5 {Mean(asked, m => m.AllGold5 ? 1 : 0):0.0}, kept {kept:0.0}"));
        Assert.That(Math.Round(kept, Decimals), Is.GreaterThanOrEqualTo(KeepFloor), $"{set}: a gold passage in the top two where text search has one first");
    }

    static double Mean(IReadOnlyList<AskedQuestion> asked, Func<Measures, double> measure) =>
        Math.Round(100 * asked.Average(question => measure(question.Measures)), Decimals);

    static void Need(params string[] names)
    {
        var missing = names.FirstOrDefault(name => !File.Exists(Path.Combine(Data, name, "corpus.jsonl")));
        if (missing is not null)
        {
            Assert.Ignore($"There is no ../shared/data/{missing} beside the project; the quality floors need it.");
        }
    }

    static async Task<IReadOnlyList<AskedQuestion>> AskAsync(
        string[] names, RecallStrategy strategy = RecallStrategy.Auto, bool stripTitles = false, HippoOptions? hippo = null, string embedder = "none", int dimension = 1024)
    {
        Need(names);
        var sets = names.Select(name => EvaluationSet.Read(Path.Combine(Data, name), stripTitles)).ToList();
        var run = new QualityRun(sets, new QualityOptions(strategy, null, false) {
            Hippo = hippo ?? new(),
            Embedder = embedder,
            Dimension = dimension,
            Units = EmbeddingUnits.Passages,
        });
        await run.RunAsync();
        Assert.That(run.Asked, Is.Not.Empty);
        return run.Asked;
    }
}
