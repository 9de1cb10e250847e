using Archicortex.Documents;
using Archicortex.Hierarchy;
using Archicortex.Models;
using Archicortex.Recall;
using Archicortex.Testing.Corpora;
using NUnit.Framework;

namespace Archicortex.Tests.Hierarchy;

/// <summary>Laws of summaries that are taken from passages.</summary>
[TestFixture]
public sealed class SummaryLawTests
{
    [Test]
    public void Every_sentence_stands_in_a_passage_of_its_topic_word_for_word_and_the_budget_holds([Range(1, 6)] int seed)
    {
        var view = TestMemory.Of(Chronicle.Notes(seed, 120)).View;
        foreach (var node in Nodes(view))
        {
            var leaves = view.Topics.LeavesOf(node);
            var lines = view.Digest(node).Lines;
            foreach (var line in lines)
            {
                Assert.That(leaves, Does.Contain(line.Passage), $"seed {seed}, topic {node}");
                var said = view.Passage(line.Passage).Text.Substring(line.Span.Start, line.Span.Length);
                Assert.That(line.IsFact || line.Text == said, Is.True, $"seed {seed}, topic {node}: '{line.Text}' against '{said}'");
            }

            var budget = SummarySentences.BudgetOf(leaves.Count);
            Assert.That(lines.Sum(line => TokenCounting.Count(line.Text)), Is.LessThanOrEqualTo(budget), $"seed {seed}, topic {node}");
            Assert.That(budget, Is.LessThanOrEqualTo(SummarySentences.TokensMax));
        }
    }

    [Test]
    public void A_summary_depends_on_its_passages_and_not_on_the_order_in_which_they_came([Range(1, 6)] int seed)
    {
        var notes = Chronicle.Notes(seed, 30).ToArray();
        var first = TestMemory.Of(notes).View;
        new Random(seed).Shuffle(notes);
        var second = TestMemory.Of(notes).View;
        Assert.That(first.LiveCount, Is.LessThanOrEqualTo(TopicSample.LeavesMax), "Beyond that, those that speak for the parts of the tree are read.");
        Assert.That(first.Topics.Node(TopicTree.Root).LeafSet, Is.EqualTo(second.Topics.Node(TopicTree.Root).LeafSet));
        Assert.That(Text(second), Is.EqualTo(Text(first)), $"seed {seed}");
        Assert.That(second.Digest(TopicTree.Root).KeyPhrases, Is.EqualTo(first.Digest(TopicTree.Root).KeyPhrases), $"seed {seed}");

        static string Text(RecallView view) => view.Digest(TopicTree.Root).Text;
    }

    [Test]
    public void A_text_that_is_remembered_twice_changes_no_sentence([Range(1, 6)] int seed)
    {
        var memory = TestMemory.Of(Chronicle.Notes(seed, 12));
        var before = Sentences(memory.View);
        foreach (var note in Chronicle.Notes(seed, 12))
        {
            memory.Remember(note with { Id = note.Id + "-again" });
        }

        Assert.That(Sentences(memory.View), Is.EqualTo(before), $"seed {seed}");

        static string Sentences(RecallView view) => string.Join('\n', view.Digest(TopicTree.Root).Lines.Where(line => !line.IsFact).Select(line => line.Text).Order(StringComparer.Ordinal));
    }

    [Test]
    public void Remembering_and_forgetting_again_leaves_every_summary_as_it_was([Range(1, 4)] int seed)
    {
        var memory = TestMemory.Of(Chronicle.Notes(seed, 60));
        var before = Digests(memory.View);
        var extra = new Document("The ferry Grey Nordhaven sank off Velmere in 1977.") { Id = "extra" };
        memory.Remember(extra);
        Assert.That(Digests(memory.View), Is.Not.EqualTo(before));
        memory.Forget(extra);
        Assert.That(Digests(memory.View), Is.EqualTo(before), $"seed {seed}");

        static List<string> Digests(RecallView view) => [.. Nodes(view).Select(node => $"{node} {view.Digest(node).Title}: {view.Digest(node).Text}")];
    }

    [Test]
    public void A_sentence_longer_than_the_budget_is_cut_between_words()
    {
        var words = string.Join(' ', Enumerable.Repeat("lantern harbour", 60));
        var view = TestMemory.Of([new($"{words}.") { Id = "long" }], 350).View;
        var line = view.Digest(TopicTree.Root).Lines.Single();
        Assert.That(TokenCounting.Count(line.Text), Is.InRange(30, 40));
        Assert.That(words, Does.StartWith(line.Text));
        Assert.That(line.Text, Does.EndWith("lantern").Or.EndWith("harbour"));
    }

    [Test]
    public void What_is_said_in_passing_and_how_a_text_is_laid_out_do_not_stand_for_it()
    {
        var view = TestMemory.Of(
        [
            new("Wow, that is great! The lantern of the harbour of Skarholm was lit by Sanna Virro.") { Id = "1" },
            new("# Harbour\n\n| lantern | harbour |\n|---|---|\n\nThe harbour of Skarholm keeps its lantern in a tower of granite.") { Id = "2" },
        ], 350).View;
        var lines = view.Digest(TopicTree.Root).Lines.Where(line => !line.IsFact).Select(line => line.Text).ToList();
        Assert.That(lines, Has.Some.Contains("tower of granite"));
        Assert.That(lines, Has.None.Contains("|"));
        Assert.That(lines, Has.None.StartsWith("#"));
    }

    [Test]
    public void A_current_fact_of_whom_many_passages_speak_stands_first_and_an_old_one_does_not_stand_at_all()
    {
        var notes = new List<Document>();
        for (var i = 0; i < 4; i++)
        {
            notes.Add(new($"Ottla Brenning lives in {(i < 3 ? "Velmere" : "Skarholm")}. The bakery there smells of barley.")
            {
                Id = $"note-{i}",
                Time = new DateTimeOffset(2031, 1 + i, 1, 0, 0, 0, TimeSpan.Zero),
            });
        }

        var lines = TestMemory.Of(notes).View.Digest(TopicTree.Root).Lines;
        Assert.That(lines[0].IsFact, Is.True);
        Assert.That(lines[0].Text, Does.Contain("Skarholm"));
        Assert.That(lines.Where(line => line.IsFact).Select(line => line.Text), Has.None.Contains("Velmere"));
    }

    [Test]
    public void A_large_topic_is_read_through_as_many_passages_as_a_small_one()
    {
        var view = TestMemory.Of(Chronicle.Notes(9, 400)).View;
        var sample = TopicSample.Of(view.Topics, TopicTree.Root);
        Assert.That(sample, Has.Count.EqualTo(TopicSample.LeavesMax));
        Assert.That(sample, Is.Unique);
        Assert.That(sample, Is.SubsetOf(view.Topics.LeavesOf(TopicTree.Root)));
        var parts = view.Topics.Children(TopicTree.Root).ToArray().Where(child => !TopicChild.IsLeaf(child)).ToList();
        foreach (var part in parts)
        {
            var share = (double)view.Topics.Node(part).LeafCount / view.LiveCount * TopicSample.LeavesMax;
            Assert.That(sample.Intersect(view.Topics.LeavesOf(part)).Count(), Is.EqualTo(share).Within(1), $"topic {part}");
        }
    }

    static IEnumerable<int> Nodes(RecallView view) => Enumerable.Range(0, view.Topics.NodeRows).Where(view.Topics.IsNode);
}
