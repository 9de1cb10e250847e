using Archicortex.Documents;
using Archicortex.Hierarchy;
using Archicortex.Numerics;
using Archicortex.Testing.Corpora;
using Archicortex.Testing.Oracles;
using NUnit.Framework;

namespace Archicortex.Tests.Hierarchy;

/// <summary>Defects of published trees of topics; each test fails on a tree that has the defect it is named after (memory model, section 12).</summary>
[TestFixture]
public sealed class TopicTreeDefectTests
{
    static readonly TopicFeatures Features = new();

    [Test]
    public void Missing_leaf_expansion_a_passage_that_meets_a_leaf_like_it_shares_a_topic_with_it()
    {
        var tree = Of("the ferry to the island", "barley for the bakery", "the ferry leaves the island");
        var view = tree.Freeze();
        var shared = view.ParentOf(2);
        Assert.That(shared, Is.Not.EqualTo(TopicTree.Root));
        Assert.That(view.ParentOf(0), Is.EqualTo(shared), "The old leaf hangs beside the new one.");
        Assert.That(view.LeavesOf(TopicTree.Root), Is.EquivalentTo([0, 1, 2]), "Neither is lost, neither is there twice.");
        Assert.That(view.Node(shared).LeafCount, Is.EqualTo(2));
    }

    [Test]
    public void Missing_leaf_expansion_three_in_a_row_end_in_one_topic()
    {
        var view = Of("violin and cello", "violin and piano", "cello and violin", "violin, cello, piano").Freeze();
        Assert.That(view.Children(TopicTree.Root).Length, Is.EqualTo(1));
        Assert.That(view.LeafCount, Is.EqualTo(4));
    }

    [Test]
    public void Drifting_threshold_how_deep_another_topic_grows_does_not_move_a_passage()
    {
        string[] first = ["violin and cello", "violin and piano", "glacier and snow"];
        var (shallow, deep) = (Of(first), Of(first));
        for (var i = 0; i < 200; i++)
        {
            deep.Add(100 + i, (UInt128)(100 + i), Features.Of($"barley bakery bread {"oven dough yeast salt sugar crust"[..(5 + (i % 25))]}"));
        }

        Assert.That(deep.Freeze().Node(TopicTree.Root).Height, Is.GreaterThan(shallow.Freeze().Node(TopicTree.Root).Height));
        foreach (var text in (string[])["piano and violin", "snow on the glacier", "a lantern", "cello, snow"])
        {
            shallow.Add(50, 50, Features.Of(text));
            deep.Add(50, 50, Features.Of(text));
            Assert.That(Siblings(deep, 50), Is.EqualTo(Siblings(shallow, 50)), text);
            shallow.Remove(50);
            deep.Remove(50);
        }
    }

    [Test]
    public void Tree_summarising_ids_a_summary_is_made_of_what_passages_say()
    {
        var memory = TestMemory.Of(Chronicle.Notes(3, 60));
        var view = memory.View;
        var ids = Enumerable.Range(0, view.Graph.PassageCount).SelectMany(row => new[] { view.Passage(row).Id.ToString(), view.Passage(row).Document.Id! }).ToList();
        for (var node = 0; node < view.Topics.NodeRows; node++)
        {
            if (view.Topics.IsNode(node))
            {
                var digest = view.Digest(node);
                Assert.That(digest.Lines, Is.Not.Empty, $"topic {node}");
                Assert.That(ids.Where(id => digest.Text.Contains(id, StringComparison.Ordinal) || digest.Title.Contains(id, StringComparison.Ordinal)), Is.Empty);
            }
        }
    }

    [Test]
    public void Parents_off_by_one_a_summary_rests_on_the_leaves_of_its_own_topic()
    {
        var view = TestMemory.Of(Chronicle.Notes(4, 60)).View;
        for (var node = 0; node < view.Topics.NodeRows; node++)
        {
            if (view.Topics.IsNode(node))
            {
                Assert.That(view.Digest(node).Lines.Select(line => line.Passage).Distinct(), Is.SubsetOf(view.Topics.LeavesOf(node)), $"topic {node}");
            }
        }
    }

    [Test]
    public void Summary_written_into_the_root_reading_topics_changes_no_topic()
    {
        var memory = TestMemory.Of(Chronicle.Notes(5, 60));
        var view = memory.View;
        var before = NaiveTopics.Lines(view.Topics);
        for (var node = 0; node < view.Topics.NodeRows; node++)
        {
            _ = view.Topics.IsNode(node) ? view.Digest(node) : null;
        }

        memory.Remember(new Document("Snow fell on the ferry of Skarholm.") { Id = "late" });
        Assert.That(NaiveTopics.Lines(view.Topics), Is.EqualTo(before));
        Assert.That(memory.View.Topics.LeafCount, Is.EqualTo(view.Topics.LeafCount + 1), "Only passages are leaves.");
    }

    [Test]
    public void Summary_of_a_summary_what_a_topic_said_before_does_not_enter_into_what_it_says_now()
    {
        var notes = Chronicle.Notes(6, 40);
        var (watched, fresh) = (new TestMemory(), new TestMemory());
        foreach (var note in notes)
        {
            watched.Remember(note);
            _ = watched.View.Digest(TopicTree.Root);
            fresh.Remember(note);
        }

        Assert.That(watched.View.Digest(TopicTree.Root).Text, Is.EqualTo(fresh.View.Digest(TopicTree.Root).Text));
    }

    [Test]
    public void Order_of_arrival_a_tree_built_again_in_one_order_is_one_tree([Range(1, 5)] int seed)
    {
        var random = new Random(seed);
        var vectors = Enumerable.Range(0, 300).Select(_ => Topics.Vector(random)).ToArray();
        var rebuilt = new List<byte[]>();
        for (var order = 0; order < 3; order++)
        {
            var rows = Enumerable.Range(0, vectors.Length).ToArray();
            random.Shuffle(rows);
            var tree = new TopicTree();
            foreach (var row in rows)
            {
                tree.Add(row, (UInt128)row, vectors[row]);
            }

            var writer = new BlockWriter();
            tree.Rebuilt(Enumerable.Range(0, vectors.Length)).Save(writer);
            rebuilt.Add(writer.Written.ToArray());
        }

        Assert.That(rebuilt[1], Is.EqualTo(rebuilt[0]), $"seed {seed}");
        Assert.That(rebuilt[2], Is.EqualTo(rebuilt[0]), $"seed {seed}");
    }

    static TopicTree Of(params string[] texts)
    {
        var tree = new TopicTree();
        foreach (var (passage, text) in texts.Index())
        {
            tree.Add(passage, (UInt128)passage, Features.Of(text));
        }

        return tree;
    }

    /// <summary>The leaves beside a passage, those that both trees have.</summary>
    static List<int> Siblings(TopicTree tree, int passage)
    {
        var view = tree.Freeze();
        return [.. view.LeavesOf(view.ParentOf(passage)).Where(leaf => leaf < 100).Order()];
    }
}
