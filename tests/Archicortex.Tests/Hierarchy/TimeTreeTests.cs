using Archicortex.Documents;
using Archicortex.Hierarchy;
using Archicortex.Numerics;
using NUnit.Framework;

namespace Archicortex.Tests.Hierarchy;

[TestFixture]
sealed class TimeTreeTests
{
    static readonly DateTimeOffset Noon = new(2024, 3, 9, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public void Turns_of_one_time_stand_as_they_arrived_and_a_late_one_where_its_time_says()
    {
        var time = Of(Turn("s", 5), Turn("s", 5), Turn("s", 9), Turn("s", 7), Turn("s", 5));
        Assert.Multiple(() =>
        {
            Assert.That(time.Turns(0).ToArray(), Is.EqualTo(new[] { 0, 1, 4, 3, 2 }));
            Assert.That(Enumerable.Range(0, 5).Select(time.PlaceOf), Is.EqualTo(new[] { 0, 1, 4, 3, 2 }));
            Assert.That(time.Neighbour(4, -1), Is.EqualTo(1));
            Assert.That(time.Neighbour(4, 2), Is.EqualTo(2));
            Assert.That(time.Neighbour(4, 3), Is.EqualTo(-1));
        });
    }

    [Test]
    public void Sessions_stand_by_their_first_turn_and_move_when_an_earlier_one_arrives()
    {
        var tree = new TimeTree();
        tree.Add(0, Turn("a", 20));
        tree.Add(1, Turn("b", 10));
        tree.Add(2, Turn("c", 20));
        Assert.That(tree.Freeze().Sessions.ToArray(), Is.EqualTo(new[] { 1, 0, 2 }));
        tree.Add(3, Turn("c", 5));
        var moved = tree.Freeze();
        Assert.That(moved.Sessions.ToArray(), Is.EqualTo(new[] { 2, 1, 0 }));
        Assert.That(Enumerable.Range(0, 3).Select(moved.OrdinalOf), Is.EqualTo(new[] { 2, 1, 0 }));
        tree.Remove(3);
        Assert.That(tree.Freeze().Sessions.ToArray(), Is.EqualTo(new[] { 1, 0, 2 }));
    }

    [Test]
    public void A_passage_without_speaker_and_session_stands_alone()
    {
        var time = Of(new Document("note"), Turn("s", 1), new Document("note") { Time = Noon }, Turn("s", 2));
        Assert.Multiple(() =>
        {
            Assert.That(time.SessionOf(0), Is.EqualTo(-1));
            Assert.That(time.Neighbour(2, 1), Is.EqualTo(-1));
            Assert.That(time.Neighbour(1, 1), Is.EqualTo(3));
            Assert.That(time.TurnCount, Is.EqualTo(2));
        });
    }

    [Test]
    public void Sessions_of_two_sources_are_two_and_turns_without_a_session_share_a_day()
    {
        var time = Of(
            Turn("1", 1) with { Source = "ann.chat" },
            Turn("1", 1) with { Source = "bob.chat" },
            new Document("x") { Speaker = "Ann", Time = Noon },
            new Document("y") { Speaker = "Ann", Time = Noon.AddHours(3) },
            new Document("z") { Speaker = "Ann", Time = Noon.AddDays(1) },
            new Document("u") { Speaker = "Ann" });
        Assert.That(Enumerable.Range(0, 6).Select(time.SessionOf), Is.EqualTo(new[] { 0, 1, 2, 2, 3, 4 }));
    }

    [Test]
    public void A_frozen_tree_does_not_change()
    {
        var tree = new TimeTree();
        tree.Add(0, Turn("s", 5));
        tree.Add(1, Turn("s", 6));
        var before = tree.Freeze();
        tree.Add(2, Turn("s", 4));
        tree.Add(3, Turn("t", 1));
        tree.Remove(1);
        Assert.Multiple(() =>
        {
            Assert.That(before.Turns(0).ToArray(), Is.EqualTo(new[] { 0, 1 }));
            Assert.That(before.PlaceOf(1), Is.EqualTo(1));
            Assert.That(before.SessionOf(3), Is.EqualTo(-1));
            Assert.That(before.Sessions.ToArray(), Is.EqualTo(new[] { 0 }));
        });
    }

    [Test]
    public void Any_history_leaves_the_order_that_sorting_what_is_left_gives([Range(1, 40)] int seed)
    {
        var random = new Random(seed);
        var tree = new TimeTree();
        var live = new List<(int Row, Document Document)>();
        var rows = 0;
        for (var step = 0; step < 120; step++)
        {
            if (live.Count > 0 && random.Next(3) == 0)
            {
                var at = random.Next(live.Count);
                tree.Remove(live[at].Row);
                live.RemoveAt(at);
            }
            else
            {
                var document = random.Next(6) == 0 ? new Document("note") : Turn("s" + random.Next(4), random.Next(8));
                document = random.Next(8) == 0 ? document with { Time = null } : document;
                tree.Add(rows, document);
                live.Add((rows++, document));
            }

            AssertSorted(Loaded(tree).Freeze(), live, $"seed {seed}, step {step}");
            AssertSorted(tree.Freeze(), live, $"seed {seed}, step {step}");
        }
    }

    static void AssertSorted(TimeSnapshot time, List<(int Row, Document Document)> live, string label)
    {
        static (long Ticks, int Row) Key((int Row, Document Document) turn) => (turn.Document.Time?.UtcTicks ?? long.MinValue, turn.Row);
        var expected = live.Where(turn => turn.Document.Session is not null)
            .GroupBy(turn => turn.Document.Session, (_, turns) => turns.OrderBy(Key).ToArray())
            .OrderBy(turns => Key(turns[0])).Select(turns => turns.Select(turn => turn.Row).ToArray()).ToArray();
        var found = time.Sessions.ToArray().Select(session => time.Turns(session).ToArray()).ToArray();
        Assert.That(found, Is.EqualTo(expected), label);
        for (var ordinal = 0; ordinal < expected.Length; ordinal++)
        {
            Assert.That(time.OrdinalOf(time.Sessions[ordinal]), Is.EqualTo(ordinal), label);
            Assert.That(expected[ordinal].Select(time.PlaceOf), Is.EqualTo(Enumerable.Range(0, expected[ordinal].Length)), label);
            Assert.That(expected[ordinal].Select(time.SessionOf), Is.All.EqualTo(time.Sessions[ordinal]), label);
        }

        Assert.That(time.TurnCount, Is.EqualTo(expected.Sum(turns => turns.Length)), label);
    }

    static TimeTree Loaded(TimeTree tree)
    {
        var writer = new BlockWriter();
        tree.Save(writer);
        var loaded = new TimeTree();
        loaded.Load(new BlockReader(writer.Written));
        return loaded;
    }

    static TimeSnapshot Of(params Document[] documents)
    {
        var tree = new TimeTree();
        foreach (var (row, document) in documents.Index())
        {
            tree.Add(row, document);
        }

        return tree.Freeze();
    }

    static Document Turn(string session, int minute) => new("said") { Speaker = "Ann", Session = session, Time = Noon.AddMinutes(minute) };
}
