using Archicortex.Hierarchy;
using Archicortex.Numerics;
using Archicortex.Testing.Corpora;
using Archicortex.Testing.Oracles;
using NUnit.Framework;

namespace Archicortex.Tests.Hierarchy;

/// <summary>Laws of the tree of topics over comings and goings in any order (memory model, T1 to T8).</summary>
[TestFixture]
public sealed class TopicTreeLawTests
{
    const int Seeds = 6;
    const int Steps = 400;

    [Test]
    public void Every_live_passage_is_one_leaf_and_every_node_knows_what_lies_below_it([Range(1, Seeds)] int seed)
    {
        var grown = new Grown(seed);
        for (var step = 0; step < Steps; step++)
        {
            grown.Step();
            if (step % 20 == 19)
            {
                Assert.That(NaiveTopics.Problems(grown.Tree.Freeze(), grown.Live), Is.Empty, $"seed {seed}, step {step}");
            }
        }
    }

    [Test]
    public void Taking_a_passage_out_again_restores_the_tree_byte_for_byte([Range(1, Seeds)] int seed)
    {
        var grown = new Grown(seed);
        for (var step = 0; step < Steps; step++)
        {
            grown.Step();
            var before = Bytes(grown.Tree);
            var lines = NaiveTopics.Lines(grown.Tree.Freeze());
            grown.Tree.Add(grown.Next, (UInt128)(1000 + step), Topics.Vector(new Random(seed + step)));
            grown.Tree.Remove(grown.Next);
            Assert.That(Bytes(grown.Tree), Is.EqualTo(before), $"seed {seed}, step {step}");
            Assert.That(NaiveTopics.Lines(grown.Tree.Freeze()), Is.EqualTo(lines), $"seed {seed}, step {step}");
        }
    }

    [Test]
    public void Taking_out_all_of_a_run_in_reverse_restores_the_tree([Range(1, Seeds)] int seed)
    {
        var grown = new Grown(seed);
        for (var step = 0; step < 150; step++)
        {
            grown.Step();
        }

        var before = NaiveTopics.Lines(grown.Tree.Freeze());
        var random = new Random(seed);
        var first = grown.Next;
        for (var passage = first; passage < first + 150; passage++)
        {
            grown.Tree.Add(passage, (UInt128)passage, Topics.Vector(random));
        }

        for (var passage = first + 149; passage >= first; passage--)
        {
            grown.Tree.Remove(passage);
        }

        Assert.That(NaiveTopics.Lines(grown.Tree.Freeze()), Is.EqualTo(before), $"seed {seed}");
    }

    [Test]
    public void An_insertion_changes_the_way_to_the_root_and_at_most_two_siblings_that_come_under_one_node([Range(1, Seeds)] int seed)
    {
        var grown = new Grown(seed);
        for (var step = 0; step < Steps; step++)
        {
            var before = NaiveTopics.Lines(grown.Tree.Freeze());
            var passage = grown.Add();
            var view = grown.Tree.Freeze();
            var after = NaiveTopics.Lines(view);
            var path = PathOf(view, passage);
            var changed = after.Where(line => before.GetValueOrDefault(line.Key) != line.Value).Select(line => line.Key).Except(path).ToList();
            var made = changed.Where(node => !before.ContainsKey(node)).ToList();
            var hung = changed.Where(before.ContainsKey).ToList();
            Assert.That(made, Has.Count.LessThanOrEqualTo(1), $"seed {seed}, step {step}");
            Assert.That(hung.Select(node => view.Node(node).Parent), Is.All.EqualTo(made.FirstOrDefault()), $"seed {seed}, step {step}");
            Assert.That(hung, Has.Count.LessThanOrEqualTo(2));
            Assert.That(hung.Select(node => Below(before[node])), Is.EqualTo(hung.Select(node => Below(after[node]))), "Only who stands above them changes.");
            Assert.That(grown.Tree.Touched, Is.LessThanOrEqualTo(path.Count + made.Count), $"seed {seed}, step {step}");
        }
    }

    [Test]
    public void A_passage_goes_down_as_far_as_the_thresholds_of_each_depth_let_it_however_deep_the_tree_has_grown([Range(1, Seeds)] int seed)
    {
        var grown = new Grown(seed);
        var (checkedCount, deepest) = (0, 0);
        for (var step = 0; step < 4 * Steps; step++)
        {
            var before = grown.Tree.Freeze();
            var passage = grown.Next;
            grown.Add();
            if (NaiveTopics.PlaceOf(before, grown.Live[passage]) is not { } place)
            {
                continue;
            }

            var after = grown.Tree.Freeze();
            var parent = after.ParentOf(passage);
            var isOpened = !before.IsNode(parent) && after.Node(parent).Parent == place.Node && after.Children(parent).Contains(place.Nearest);
            Assert.That(parent == place.Node || (place.IsLikeEnough && isOpened), Is.True, $"seed {seed}, step {step}: hangs in {parent}, belongs into {place}");
            checkedCount++;
            deepest = Math.Max(deepest, after.DepthOf(parent));
        }

        Assert.That(checkedCount, Is.GreaterThan(Steps));
        Assert.That(deepest, Is.GreaterThan(4), "Only a tree that has grown deep shows whether a threshold moves.");
    }

    [Test]
    public void Duplicates_without_end_stay_within_depth_and_width()
    {
        var tree = new TopicTree();
        var live = new Dictionary<int, TopicVector>();
        var vector = new TopicFeatures().Of("the ferry to the island leaves the harbour at dawn");
        for (var passage = 0; passage < 10_000; passage++)
        {
            tree.Add(passage, (UInt128)passage, vector);
            live.Add(passage, vector);
        }

        var view = tree.Freeze();
        Assert.That(NaiveTopics.Problems(view, live), Is.Empty);
        Assert.That(view.Node(TopicTree.Root).Height, Is.LessThanOrEqualTo(6), "Leaves that say the same lie broad, not deep.");
    }

    [Test]
    public void Texts_about_nothing_do_not_use_up_the_root()
    {
        var tree = new TopicTree();
        for (var passage = 0; passage < 200; passage++)
        {
            tree.Add(passage, (UInt128)passage, default);
        }

        Assert.That(tree.Freeze().Children(TopicTree.Root).Length, Is.EqualTo(1));
    }

    [Test]
    public void Thresholds_rise_with_depth_and_never_fall()
    {
        var thresholds = Enumerable.Range(0, 40).Select(TopicThresholds.Theta).ToList();
        Assert.That(thresholds, Is.Ordered.Ascending);
        Assert.That(thresholds.Take(9), Is.Unique);
        Assert.That(thresholds.Skip(8), Is.All.EqualTo(thresholds[8]));
    }

    [Test]
    public void A_saved_tree_goes_on_as_the_tree_it_was_saved_from([Range(1, Seeds)] int seed)
    {
        var (grown, other) = (new Grown(seed), new Grown(seed));
        for (var step = 0; step < Steps; step++)
        {
            grown.Step();
            other.Step();
        }

        other.Tree = Loaded(other.Tree);
        Assert.That(NaiveTopics.Lines(other.Tree.Freeze()), Is.EqualTo(NaiveTopics.Lines(grown.Tree.Freeze())));
        for (var step = 0; step < Steps; step++)
        {
            var before = grown.Tree.StateHash();
            grown.Step();
            other.Step();
            Assert.That(Bytes(other.Tree), Is.EqualTo(Bytes(grown.Tree)), $"seed {seed}, step {step}");
            Assert.That(other.Tree.StateHash(), Is.EqualTo(grown.Tree.StateHash()));
            Assert.That(grown.Tree.StateHash(), Is.Not.EqualTo(before), "Every change shows in the hash.");
        }
    }

    [Test]
    public void A_frozen_tree_does_not_change([Range(1, Seeds)] int seed)
    {
        var grown = new Grown(seed);
        var frozen = new List<(TopicSnapshot View, SortedDictionary<int, string> Lines)>();
        for (var step = 0; step < 200; step++)
        {
            grown.Step();
            if (step % 25 == 0)
            {
                var view = grown.Tree.Freeze();
                frozen.Add((view, NaiveTopics.Lines(view)));
            }
        }

        foreach (var (view, lines) in frozen)
        {
            Assert.That(NaiveTopics.Lines(view), Is.EqualTo(lines), $"seed {seed}");
        }
    }

    static byte[] Bytes(TopicTree tree)
    {
        var writer = new BlockWriter();
        tree.Save(writer);
        return writer.Written.ToArray();
    }

    static TopicTree Loaded(TopicTree tree)
    {
        var loaded = new TopicTree();
        loaded.Load(new BlockReader(Bytes(tree)));
        return loaded;
    }

    static List<int> PathOf(TopicSnapshot view, int passage)
    {
        var path = new List<int>();
        for (var node = view.ParentOf(passage); node != TopicNode.NoParent; node = view.Node(node).Parent)
        {
            path.Add(node);
        }

        return path;
    }

    /// <summary>A node's line without its parent.</summary>
    static string Below(string line) => line[line.IndexOf(' ', StringComparison.Ordinal)..];

    /// <summary>A tree that passages come into and leave at random.</summary>
    sealed class Grown(int seed)
    {
        readonly Random _random = new(seed);

        public TopicTree Tree { get; set; } = new();

        public Dictionary<int, TopicVector> Live { get; } = [];

        /// <summary>The row the next passage gets.</summary>
        public int Next { get; private set; }

        public int Add()
        {
            var vector = Topics.Vector(_random);
            Tree.Add(Next, (UInt128)(Next + 1), vector);
            Live.Add(Next, vector);
            return Next++;
        }

        public void Step()
        {
            if (Live.Count == 0 || _random.Next(10) < 7)
            {
                Add();
                return;
            }

            var gone = Live.Keys.Order().ElementAt(_random.Next(Live.Count));
            Tree.Remove(gone);
            Live.Remove(gone);
        }
    }
}
