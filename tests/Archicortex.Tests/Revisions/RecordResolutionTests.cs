using Archicortex.Numerics;
using Archicortex.Revisions;
using NUnit.Framework;

namespace Archicortex.Tests.Revisions;

[TestFixture]
public sealed class RecordResolutionTests
{
    static readonly string[] Names =
        ["Blue Heron", "Old Mill", "Three Lanterns", "Copper Kettle", "Salt and Thyme", "The Ferry House", "Juniper", "Night Owl", "Red Barn", "Quiet Corner"];

    static readonly string[] Streets = ["Harbour Street", "Mill Lane", "Birch Road", "Station Square", "Tower Hill"];

    [TestCase("martha", "marhta", 0.9611)]
    [TestCase("dwayne", "duane", 0.84)]
    [TestCase("dixon", "dicksonx", 0.8133)]
    [TestCase("same", "same", 1)]
    [TestCase("a", "", 0)]
    [TestCase("abc", "xyz", 0)]
    public void Words_written_alike_are_alike(string one, string other, double expected)
    {
        Assert.That(JaroWinkler.Of(one, other), Is.EqualTo(expected).Within(5e-5));
        Assert.That(JaroWinkler.Of(other, one), Is.EqualTo(expected).Within(5e-5));
    }

    [Test]
    public void Records_of_one_place_are_found_though_written_otherwise_and_others_of_its_street_are_not([Range(1, 8)] int seed)
    {
        var (left, right, truth) = Places(seed);
        var found = RecordResolution.Match(left, right).Select(match => (left[match.Left].Id, right[match.Right].Id)).ToHashSet();
        var hits = found.Count(truth.Contains);
        Assert.That(hits, Is.GreaterThanOrEqualTo(truth.Count * 0.9), $"seed {seed}");
        Assert.That(found.Count - hits, Is.LessThanOrEqualTo(truth.Count * 0.1), $"seed {seed}");
    }

    [Test]
    public void Swapped_lists_give_swapped_pairs_and_their_order_does_not_show([Range(1, 8)] int seed)
    {
        var (left, right, _) = Places(seed);
        var found = Ids(left, right);
        Assert.That(Ids(right, left).Select(pair => (pair.Item2, pair.Item1)), Is.EquivalentTo(found), $"seed {seed}");
        var random = new Random(seed);
        var (one, other) = (left.ToArray(), right.ToArray());
        random.Shuffle(one);
        random.Shuffle(other);
        Assert.That(Ids(one, other), Is.EquivalentTo(found), $"seed {seed}");
    }

    [Test]
    public void The_evidence_adds_up_and_a_field_that_all_share_says_nothing()
    {
        var (left, right, _) = Places(3);
        foreach (var match in RecordResolution.Match(left, right))
        {
            Assert.That(match.Bits, Is.GreaterThan(0));
            Assert.That(match.Evidence.Sum(one => one.Bits), Is.GreaterThan(match.Bits), "The odds against a pair are taken off.");
            Assert.That(Math.Abs(match.Evidence.Single(one => one.Field == "town").Bits), Is.LessThan(1));
            Assert.That(match.Evidence.Single(one => one.Field == "seats").Likeness, Is.Not.EqualTo(Likeness.None));
        }
    }

    [Test]
    public void Of_nothing_nothing_is_one()
    {
        var (left, _, _) = Places(1);
        Assert.That(RecordResolution.Match([], []), Is.Empty);
        Assert.That(RecordResolution.Match(left, []), Is.Empty);
        Assert.That(RecordResolution.Match([new("a", new Dictionary<string, string>())], [new("b", new Dictionary<string, string> { ["name"] = "" })]), Is.Empty);
    }

    [TestCase("5.60 %", "5.6", nameof(Likeness.Same))]
    [TestCase("100", "101", nameof(Likeness.Much))]
    [TestCase("100", "105", nameof(Likeness.Some))]
    [TestCase("100", "200", nameof(Likeness.None))]
    [TestCase("100", "", nameof(Likeness.Unknown))]
    public void Amounts_agree_by_how_close_they_are(string one, string other, string expected)
    {
        var table = new RecordTable([Card(("n", one))], [Card(("n", other))]);
        Assert.That(FieldLikeness.Of(table, 0, 0, 1).ToString(), Is.EqualTo(expected));
    }

    [Test]
    public void A_word_that_another_field_has_is_not_missed_in_a_name_and_a_number_is()
    {
        Likeness Compare(string one, string other)
        {
            var table = new RecordTable([Card(("name", one), ("maker", "Gull Brewery"))], [Card(("name", other), ("maker", "Gull Brewery"))]);
            return FieldLikeness.Of(table, Array.IndexOf(table.Fields, "name"), 0, 1);
        }

        Assert.That(Compare("Harbour Ale", "Gull Harbour Ale"), Is.EqualTo(Likeness.Same));
        Assert.That(Compare("Harbour Ale", "Harbour Ale 12"), Is.LessThan(Likeness.Same));
        Assert.That(Compare("Harbour Ale 11", "Harbour Ale 12"), Is.LessThan(Compare("Harbour Ale 11", "Harbour Ale 11")));
        Assert.That(Compare("Skarholm Porter", "Skarholms Porter"), Is.GreaterThanOrEqualTo(Likeness.Much));
    }

    static EntityCard Card(params (string Field, string Value)[] fields) => new("x", fields.ToDictionary(one => one.Field, one => one.Value));

    static HashSet<(string, string)> Ids(IReadOnlyList<EntityCard> left, IReadOnlyList<EntityCard> right) =>
        [.. RecordResolution.Match(left, right).Select(match => (left[match.Left].Id, right[match.Right].Id))];

    /// <summary>Places of one town in two guides, which write names and streets their own way; about half are in both.</summary>
    static (List<EntityCard> Left, List<EntityCard> Right, HashSet<(string, string)> Truth) Places(int seed)
    {
        var random = new Random(seed);
        var (left, right) = (new List<EntityCard>(), new List<EntityCard>());
        var truth = new HashSet<(string, string)>();
        for (var i = 0; i < 120; i++)
        {
            var name = $"{Names[random.Next(Names.Length)]} {(char)('A' + (i % 26))}{(char)('a' + random.Next(26))}{(char)('a' + random.Next(26))}n";
            var (street, number, phone, seats) = (Streets[random.Next(Streets.Length)], random.Next(1, 200), random.Next(100_000, 999_999), random.Next(20, 200));
            if (random.Next(4) > 0)
            {
                left.Add(new($"a{i}", Fields(name, $"{number} {street}", $"{phone}", seats)));
            }

            if (random.Next(4) > 0)
            {
                var written = random.Next(2) == 0 ? name : $"{name} Restaurant";
                right.Add(new($"b{i}", Fields(written, $"{street.Replace("Street", "St.")} {number}", random.Next(10) == 0 ? "" : $"{phone}", seats)));
                if (left.Exists(one => one.Id == $"a{i}"))
                {
                    truth.Add(($"a{i}", $"b{i}"));
                }
            }
        }

        return (left, right, truth);
    }

    static Dictionary<string, string> Fields(string name, string address, string phone, int seats) =>
        new() { ["name"] = name, ["address"] = address, ["phone"] = phone, ["seats"] = $"{seats}", ["town"] = "Skarholm" };
}
