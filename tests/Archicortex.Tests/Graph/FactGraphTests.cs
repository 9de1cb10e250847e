using Archicortex.Facts;
using Archicortex.Graph;
using Archicortex.Numerics;
using NUnit.Framework;

namespace Archicortex.Tests.Graph;

[TestFixture]
public sealed class FactGraphTests
{
    const string Model = "model:test";

    [Test]
    public void A_fact_is_found_from_both_ends_and_reads_as_it_was_written()
    {
        var graph = new FactGraph();
        var fact = new Fact("The Gull Brewery", "founded by", "Inés Marlow")
        {
            Modality = FactModality.Attributed,
            AttributedTo = "Ann",
            Kind = FactKind.Event,
            Confidence = 0.7,
            Evidence = new(3, 10),
            Valid = new(new DateOnly(1911, 1, 1), new DateOnly(1912, 1, 1)),
            Granularity = TimeGranularity.Year,
            IsClosing = true,
            IsNegated = true,
        };
        graph.Set(2, Model, [fact]);
        var facts = graph.Freeze();
        var brewery = facts.FindEntity("gull brewery");
        var founder = facts.FindEntity("ines marlow");
        var row = facts.Entity(brewery).Facts.Items[0];
        Assert.Multiple(() =>
        {
            Assert.That(facts.Entity(founder).Facts.Items.ToArray(), Is.EqualTo(new[] { row }));
            Assert.That(facts.Fact(row).Other(brewery), Is.EqualTo(founder));
            Assert.That(facts.Read(facts.Fact(row).Assertions.Items[0]), Is.EqualTo(fact));
            Assert.That(facts.RelationKey(facts.Fact(row).Relation), Is.EqualTo("founded by"));
            Assert.That(facts.Of(2).Length, Is.EqualTo(1));
            Assert.That(facts.Of(0).Length, Is.Zero);
        });
    }

    [Test]
    public void No_edge_stays_without_a_passage_that_states_it()
    {
        var graph = new FactGraph();
        graph.Set(0, Model, [new Fact("Ada", "knows", "Bob"), new Fact("Ada", "knows", "Cem")]);
        graph.Set(1, Model, [new Fact("ada", "Knows", "bob")]);
        graph.Remove(0);
        var facts = graph.Freeze();
        Assert.Multiple(() =>
        {
            Assert.That(facts.LiveFacts, Is.EqualTo(1));
            Assert.That(facts.LiveAssertions, Is.EqualTo(1));
            Assert.That(facts.FindEntity("cem"), Is.EqualTo(-1));
            Assert.That(facts.Entity(facts.FindEntity("ada")).Facts.Count, Is.EqualTo(1));
        });
        graph.Remove(1);
        Assert.That(graph.Freeze().FindEntity("ada"), Is.EqualTo(-1));
    }

    [Test]
    public void Names_of_other_scripts_stay_apart_and_accents_do_not_split_them()
    {
        var graph = new FactGraph();
        graph.Set(0, Model, [new Fact("北京", "capital of", "中国"), new Fact("上海", "city in", "中国"), new Fact("Müller", "lives in", "القاهرة")]);
        var facts = graph.Freeze();
        var keys = Enumerable.Range(0, facts.EntityCount).Select(facts.EntityKey).ToArray();
        Assert.That(keys, Is.Unique.And.All.Not.Empty);
        Assert.That(keys, Has.Length.EqualTo(5).And.Contains("muller"));
    }

    [Test]
    public void A_recorded_reading_takes_the_place_of_the_rules_in_graphs_of_facts()
    {
        var graph = new FactGraph();
        graph.Set(0, FactExtractors.Rules, [new Fact("Ada", "visit", "Oslo")]);
        var rules = graph.Freeze();
        graph.Set(0, Model, []);
        var both = graph.Freeze();
        Assert.That(rules.IsEffective(rules.Assertion(0)), Is.True);
        Assert.That(both.IsEffective(both.Assertion(0)), Is.False);
        Assert.That(both.LiveFacts, Is.EqualTo(1), "the rules' facts are still there to be asked for");
    }

    [Test]
    public void Random_histories_leave_what_a_list_would_hold()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var graph = new FactGraph();
            var naive = new Dictionary<(int Passage, string Extractor), List<Fact>>();
            for (var step = 0; step < 40; step++)
            {
                var passage = random.Next(6);
                if (random.Next(4) == 0)
                {
                    graph.Remove(passage);
                    naive.Where(pair => pair.Key.Passage == passage).ToList().ForEach(pair => naive.Remove(pair.Key));
                    continue;
                }

                var extractor = random.Next(2) == 0 ? Model : FactExtractors.Rules;
                var facts = Enumerable.Range(0, random.Next(4)).Select(_ => RandomFact(random)).ToList();
                graph.Set(passage, extractor, facts);
                naive[(passage, extractor)] = facts;
            }

            Check(graph.Freeze(), naive, seed);
            Check(Saved(graph).Freeze(), naive, seed);
        }
    }

    static void Check(FactSnapshot facts, Dictionary<(int Passage, string Extractor), List<Fact>> naive, int seed)
    {
        var all = naive.Values.SelectMany(list => list).ToList();
        Assert.That(facts.LiveAssertions, Is.EqualTo(all.Count), $"seed {seed}");
        Assert.That(facts.LiveFacts, Is.EqualTo(all.Select(Key).Distinct().Count()), $"seed {seed}");
        foreach (var name in "abcdef".Select(letter => letter.ToString()))
        {
            var expected = all.Where(fact => fact.Subject == name || fact.Object == name).Select(Key).Distinct().Order(StringComparer.Ordinal);
            var entity = facts.FindEntity(name);
            var found = entity < 0 ? [] : facts.Entity(entity).Facts.Items.ToArray().Select(row => Key(facts.Read(facts.Fact(row).Assertions.Items[0])));
            Assert.That(found.Order(StringComparer.Ordinal), Is.EqualTo(expected), $"seed {seed}, entity {name}");
        }

        for (var passage = 0; passage < 6; passage++)
        {
            var stated = facts.Of(passage).ToArray().Select(row => Key(facts.Read(row))).Order(StringComparer.Ordinal);
            var expected = naive.Where(pair => pair.Key.Passage == passage).SelectMany(pair => pair.Value).Select(Key).Order(StringComparer.Ordinal);
            Assert.That(stated, Is.EqualTo(expected), $"seed {seed}, passage {passage}");
        }
    }

    static FactGraph Saved(FactGraph graph)
    {
        var writer = new BlockWriter();
        graph.Save(writer);
        var loaded = new FactGraph();
        loaded.Load(new BlockReader(writer.Written));
        return loaded;
    }

    static Fact RandomFact(Random random)
    {
        string Name() => "abcdef"[random.Next(6)].ToString();
        return new Fact(Name(), "r" + random.Next(2), Name()) { IsNegated = random.Next(5) == 0 };
    }

    static string Key(Fact fact) => $"{fact.Subject} {fact.Relation} {fact.Object} {fact.IsNegated}";
}
