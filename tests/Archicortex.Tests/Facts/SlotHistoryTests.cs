using Archicortex.Facts;
using NUnit.Framework;

namespace Archicortex.Tests.Facts;

[TestFixture]
public sealed class SlotHistoryTests
{
    static readonly DateOnly Start = new(2020, 1, 1);

    [Test]
    public void A_new_value_ends_the_old_one_on_the_day_it_begins()
    {
        var history = SlotHistory.Of([Said(1, "london", 0), Said(2, "oslo", 400)]);
        Assert.Multiple(() =>
        {
            Assert.That(history.Select(value => value.Object), Is.EqualTo(new[] { "london", "oslo" }));
            Assert.That(history[0].Days, Is.EqualTo(new DayRange(Start, Start.AddDays(400))));
            Assert.That(history[1].Days, Is.EqualTo(new DayRange(Start.AddDays(400), null)));
            Assert.That(SlotHistory.At(history, Start.AddDays(399))!.Object, Is.EqualTo("london"));
            Assert.That(SlotHistory.At(history, Start.AddDays(400))!.Object, Is.EqualTo("oslo"));
            Assert.That(SlotHistory.At(history, Start.AddDays(-1)), Is.Null);
        });
    }

    [Test]
    public void Old_news_that_arrive_late_take_their_place_in_the_past()
    {
        var late = Said(3, "paris", 500) with { Days = new(Start.AddDays(100), null) };
        var history = SlotHistory.Of([Said(1, "london", 0), Said(2, "oslo", 400), late]);
        Assert.That(history.Select(value => value.Object), Is.EqualTo(new[] { "london", "paris", "oslo" }));
        Assert.That(SlotHistory.At(history, Start.AddDays(900))!.Object, Is.EqualTo("oslo"));
    }

    [Test]
    public void What_is_said_to_have_ended_ends_without_a_successor()
    {
        var quit = Said(2, "harbour office", 90) with { IsClosing = true };
        var history = SlotHistory.Of([Said(1, "harbour office", 0), quit]);
        Assert.That(history.Single().Days, Is.EqualTo(new DayRange(Start, Start.AddDays(90))));
        Assert.That(SlotHistory.At(history, Start.AddDays(90)), Is.Null);
    }

    [Test]
    public void What_is_only_said_to_have_ended_held_before()
    {
        var quit = Said(1, "harbour office", 90) with { IsClosing = true, HasHeld = true };
        var history = SlotHistory.Of([quit, Said(2, "mill", 200)]);
        Assert.That(history.Select(value => (value.Object, value.Days)), Is.EqualTo(new[]
        {
            ("harbour office", new DayRange(null, Start.AddDays(90))), ("mill", new DayRange(Start.AddDays(200), null)),
        }));
        Assert.That(SlotHistory.Of([quit with { HasHeld = false }]), Is.Empty);
        Assert.That(SlotHistory.Of([quit, Said(3, "harbour office", 10)]).Single().Days, Is.EqualTo(new DayRange(Start.AddDays(10), Start.AddDays(90))));
    }

    [Test]
    public void Of_two_values_begun_on_no_known_day_the_one_that_ended_first_held_first()
    {
        var until = Said(1, "oslo", 400) with { Days = new(null, Start) };
        var once = Said(2, "bergen", 800) with { Days = new(null, Start.AddDays(800)) };
        var again = Said(3, "oslo", 900) with { Days = new(null, Start.AddDays(900)) };
        foreach (var order in new SlotStatement[][] { [until, once, again], [again, once, until] })
        {
            var history = SlotHistory.Of(order);
            Assert.That(history.Select(value => (value.Object, value.Days.To)), Is.EqualTo(new[] { ("oslo", (DateOnly?)Start), ("bergen", Start.AddDays(800)) }));
            Assert.That(SlotHistory.At(history, Start.AddDays(-30))!.Object, Is.EqualTo("oslo"));
            Assert.That(history.All(value => value.IsConflict), Is.True);
        }
    }

    [Test]
    public void An_end_said_later_ends_what_began_on_a_known_day_whatever_else_was_once()
    {
        var lives = Said(1, "oslo", 0);
        var until = Said(2, "oslo", 400) with { Days = new(null, Start.AddDays(300)) };
        var once = Said(3, "bergen", 400) with { Days = new(null, Start.AddDays(400)) };
        var history = SlotHistory.Of([lives, until, once]);
        Assert.That(history.Single(value => value.Object == "oslo").Days.To, Is.EqualTo(Start.AddDays(300)));
    }

    [Test]
    public void Two_values_of_one_day_are_a_conflict_and_the_one_said_last_is_current()
    {
        var first = Said(1, "oslo", 5) with { Days = new(Start, null) };
        var second = Said(2, "bergen", 9) with { Days = new(Start, null) };
        var history = SlotHistory.Of([second, first]);
        Assert.That(history.All(value => value.IsConflict), Is.True);
        Assert.That(SlotHistory.At(history, Start.AddDays(50))!.Object, Is.EqualTo("bergen"));
    }

    [Test]
    public void A_value_said_twice_is_one_with_both_witnesses()
    {
        var history = SlotHistory.Of([Said(1, "oslo", 0), Said(2, "oslo", 30), Said(3, "oslo", 60)]);
        Assert.That(history.Single().Statements, Is.EquivalentTo(new UInt128[] { 1, 2, 3 }));
        Assert.That(history.Single().Days, Is.EqualTo(new DayRange(Start, null)));
    }

    [Test]
    public void The_order_of_arrival_does_not_matter_and_values_of_different_days_never_overlap()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var statements = Enumerable.Range(1, random.Next(1, 9)).Select(id => new SlotStatement(
                (UInt128)id,
                "abc"[random.Next(3)].ToString(),
                random.Next(3) == 0 ? new(Start.AddDays(random.Next(300)), null) : default,
                random.Next(5) == 0 ? null : Start.AddDays(random.Next(300)),
                random.Next(4) == 0,
                1 - (random.Next(4) / 10.0))).ToArray();
            var history = Text(SlotHistory.Of(statements));
            random.Shuffle(statements);
            var shuffled = SlotHistory.Of(statements);
            Assert.That(Text(shuffled), Is.EqualTo(history), $"seed {seed}");
            for (var i = 1; i < shuffled.Count; i++)
            {
                var (before, after) = (shuffled[i - 1], shuffled[i]);
                if (before.Days.From != after.Days.From)
                {
                    Assert.That(before.Days.To <= after.Days.From, Is.True, $"seed {seed}: {Text(shuffled)}");
                }
            }
        }
    }

    [Test]
    public void Ten_thousand_values_of_one_slot_take_the_work_of_sorting_them()
    {
        var begun = Enumerable.Range(1, 10_000).Select(i => Said(i, $"town {i}", i));
        var ended = Enumerable.Range(1, 5_000).Select(i => Said(20_000 + i, $"town {i}", i) with { IsClosing = true });
        var history = SlotHistory.Of(begun.Concat(ended));
        Assert.That(history, Has.Count.EqualTo(10_000));
        Assert.That(SlotHistory.At(history, Start.AddDays(9_999))!.Object, Is.EqualTo("town 9999"));
    }

    static string Text(IEnumerable<SlotValue> history) => string.Join("; ", history.Select(value =>
        $"{value.Object} {value.Days.From:O}..{value.Days.To:O} {string.Join(',', value.Statements.Order())} {value.IsConflict}"));

    static SlotStatement Said(int id, string value, int day) => new((UInt128)id, value, default, Start.AddDays(day), false, 0.9);
}
