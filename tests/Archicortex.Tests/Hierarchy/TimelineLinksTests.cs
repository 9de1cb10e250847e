using Archicortex.Hierarchy;
using NUnit.Framework;

namespace Archicortex.Tests.Hierarchy;

[TestFixture]
public sealed class TimelineLinksTests
{
    static readonly DateTimeOffset Noon = new(2024, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public void Entries_of_one_subject_form_a_chain_in_order_of_time()
    {
        var items = new[] { Told("ada", 1), Told("bo", 2), Told("ada", 3, sentence: "Then Ada sold the boat."), Told("bo", 4) };
        var links = TimelineLinks.Of(items);
        Assert.That(links.SelectMany((all, i) => all.Select(link => (i, link.Kind, link.To, link.Cue))), Is.EqualTo(new[]
        {
            (2, TimelineLinkKind.Follows, 0, "then"), (3, TimelineLinkKind.Follows, 1, (string?)null),
        }));
    }

    [Test]
    public void A_member_left_out_links_its_neighbours_anew([Range(0, 19)] int seed)
    {
        var random = new Random(seed);
        var items = Random(random);
        var left = random.Next(items.Count);
        var without = items.Where((_, i) => i != left).ToList();
        var (links, fewer) = (TimelineLinks.Of(items), TimelineLinks.Of(without));
        foreach (var (link, i) in Follows(fewer))
        {
            // It follows what it followed before, or what the one left out followed.
            var (item, old) = (without[i], Follows(links).Single(one => items[one.At] == without[i]).Link.To);
            var expected = items[old] == items[left] ? Follows(links).Where(one => one.At == left).Select(one => items[one.Link.To]).FirstOrDefault() : items[old];
            Assert.That(without[link.To], Is.EqualTo(expected), $"seed {seed}: {item}");
        }
    }

    [Test]
    public void Links_that_follow_go_back_in_time_and_stay_with_the_subject_so_there_is_no_cycle([Range(0, 19)] int seed)
    {
        var items = Random(new Random(seed));
        foreach (var (link, at) in Follows(TimelineLinks.Of(items)))
        {
            Assert.That(link.To, Is.LessThan(at), $"seed {seed}");
            Assert.That(items[link.To].Subject, Is.EqualTo(items[at].Subject));
            Assert.That(items[link.To].Day, Is.LessThanOrEqualTo(items[at].Day));
        }
    }

    [Test]
    public void Each_kind_of_link_alone_has_no_cycle([Range(0, 29)] int seed)
    {
        var items = Random(new Random(seed));
        var links = TimelineLinks.Of(items);
        foreach (var kind in Enum.GetValues<TimelineLinkKind>())
        {
            for (var start = 0; start < items.Count; start++)
            {
                var (at, steps) = (start, 0);
                while (links[at].Where(link => link.Kind == kind && link.To >= 0).Select(link => link.To).DefaultIfEmpty(-1).First() is >= 0 and var to)
                {
                    at = to;
                    Assert.That(++steps, Is.LessThan(items.Count), $"seed {seed}: {kind} from {start}");
                }
            }
        }
    }

    [TestCase("old violin", "old violin of maple", 2)]
    [TestCase("violin", "violin 1890", 2)]
    public void More_words_or_a_number_refine(string first, string second, int day)
    {
        var items = new[] { Fact("ada", "has", first, 1), Fact("ada", "has", second, day) };
        Assert.That(KindsOf(items, 1), Does.Contain((TimelineLinkKind.Refines, 0)));
        Assert.That(KindsOf(items, 0), Is.Empty);
    }

    [TestCase("violin 1890", "violin 1891")]
    [TestCase("old violin", "old cello of maple")]
    [TestCase("violin", "violin")]
    public void Other_numbers_other_words_and_the_same_again_refine_nothing(string first, string second) =>
        Assert.That(KindsOf([Fact("ada", "has", first, 1), Fact("ada", "has", second, 2)], 1), Has.None.Matches<(TimelineLinkKind Kind, int)>(link => link.Kind == TimelineLinkKind.Refines));

    [Test]
    public void The_same_fact_with_days_refines_the_one_without()
    {
        var open = Fact("ada", "has", "violin", 1) with { Days = default };
        var dated = Fact("ada", "has", "violin", 2);
        Assert.That(KindsOf([open, dated], 1), Does.Contain((TimelineLinkKind.Refines, 0)));
    }

    [Test]
    public void In_a_slot_of_one_value_each_replaces_the_last_other_value_and_a_denial_what_it_denies()
    {
        var items = new[]
        {
            Fact("ada", "lives in", "oslo", 1) with { SlotPlace = 0 }, Fact("ada", "lives in", "bergen", 2) with { SlotPlace = 1 },
            Fact("ada", "lives in", "bergen", 3) with { SlotPlace = 1 }, Fact("ada", "lives in", "rome", 4) with { SlotPlace = 2 },
            Fact("ada", "lives in", "rome", 5) with { IsEnding = true },
        };
        Assert.That(KindsOf(items, 1), Does.Contain((TimelineLinkKind.Replaces, 0)));
        Assert.That(KindsOf(items, 3), Does.Contain((TimelineLinkKind.Replaces, 2)));
        Assert.That(KindsOf(items, 4), Does.Contain((TimelineLinkKind.Replaces, 3)));
        Assert.That(KindsOf([items[0], items[3]], 1), Does.Contain((TimelineLinkKind.Replaces, 0)), "with the one between left out");
    }

    [TestCase("Ada sold the boat because the hull leaked.", "because", "the hull leaked")]
    [TestCase("Due to the storm, the ferry stayed.", "due to", "the storm")]
    [TestCase("The hull leaked, so Ada sold the boat.", "so", "The hull leaked")]
    [TestCase("The hull leaked, that's why she sold it.", "that's why", "The hull leaked")]
    [TestCase("So I sold the boat.", "so", "")]
    [TestCase("Therefore we stayed.", "therefore", "")]
    [TestCase("As a result the ferry stayed.", "as a result", "")]
    [TestCase("We took the train instead.", "instead", "")]
    public void Words_of_cause_are_found_with_the_clause_that_is_the_cause(string sentence, string cue, string clause)
    {
        var found = SentenceCues.CauseOf(sentence)!.Value;
        Assert.That((found.Words, sentence.Substring(found.Clause.Start, found.Clause.Length)), Is.EqualTo((cue, clause)));
    }

    [TestCase("It was so good!")]
    [TestCase("So cool!")]
    [TestCase("She took tea instead of coffee.")]
    [TestCase("We have sold five thus far.")]
    [TestCase("")]
    public void Words_that_only_look_like_a_cause_are_none(string sentence) => Assert.That(SentenceCues.CauseOf(sentence), Is.Null);

    [Test]
    public void A_cause_that_was_said_just_before_is_linked_where_it_is_an_entry_and_quoted_where_not()
    {
        var cause = Told("ada", 1, sentence: "The hull leaked.") with { Passage = 7, Span = new(0, 16) };
        var sold = Told("ada", 1, sentence: "So I sold the boat.", id: 9) with { Passage = 7, Span = new(17, 19), Before = new(7, 0, "The hull leaked.") };
        Assert.That(TimelineLinks.Of([cause, sold])[1], Does.Contain(new ItemLink(TimelineLinkKind.Because, 0, "so", "The hull leaked.")));
        Assert.That(TimelineLinks.Of([sold])[0], Does.Contain(new ItemLink(TimelineLinkKind.Because, -1, "so", "The hull leaked.")));
    }

    static List<TimelineItem> Random(Random random)
    {
        string[] objects = ["oslo", "old oslo", "rome", "rome 1890", "very old oslo", "bergen"];
        var items = Enumerable.Range(1, random.Next(3, 25)).Select(i => random.Next(3) == 0
            ? Told(random.Next(2) == 0 ? "ada" : "bo", random.Next(1, 28), id: (uint)i)
            : Fact(random.Next(2) == 0 ? "ada" : "bo", random.Next(2) == 0 ? "lives in" : "has", objects[random.Next(objects.Length)], random.Next(1, 28), (uint)i) with
            {
                SaidAt = random.Next(4) == 0 ? null : Noon.AddDays(random.Next(40)),
                SlotPlace = random.Next(4) - 1,
                IsEnding = random.Next(6) == 0,
            }).ToList();
        items.Sort(TimelineItem.Compare);
        return items;
    }

    static List<(ItemLink Link, int At)> Follows(IReadOnlyList<ItemLink>[] links) =>
        [.. links.SelectMany((all, i) => all.Where(link => link.Kind == TimelineLinkKind.Follows).Select(link => (link, i)))];

    static List<(TimelineLinkKind, int)> KindsOf(IReadOnlyList<TimelineItem> items, int at) =>
        [.. TimelineLinks.Of(items)[at].Where(link => link.Kind != TimelineLinkKind.Follows).Select(link => (link.Kind, link.To))];

    static TimelineItem Told(string subject, int day, string sentence = "Ada was there.", uint id = 1) =>
        new(id, new(new(2024, 1, day), new DateOnly(2024, 1, day).AddDays(1)), Noon.AddDays(day), subject) { Sentence = sentence };

    static TimelineItem Fact(string subject, string relation, string item, int day, uint id = 1) =>
        Told(subject, day, id: id) with { Relation = relation, Object = item, Assertion = (int)id };
}
