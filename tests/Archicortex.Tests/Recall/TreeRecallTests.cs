using Archicortex.Documents;
using Archicortex.Hierarchy;
using Archicortex.Numerics;
using Archicortex.Recall;
using Archicortex.Testing.Corpora;
using NUnit.Framework;

namespace Archicortex.Tests.Recall;

[TestFixture]
public sealed class TreeRecallTests
{
    [Test]
    public void Collapsed_search_over_the_leaves_is_flat_search_over_their_vectors([Range(1, 5)] int seed)
    {
        var memory = TestMemory.Of(Chronicle.Notes(seed, 80));
        memory.Forget(Chronicle.Notes(seed, 80)[7]);
        var view = memory.View;
        var random = new Random(seed);
        for (var asked = 0; asked < 10; asked++)
        {
            var question = new TopicFeatures().Of(Chronicle.Notes(seed + 50, 20)[random.Next(20)].Text);
            var found = TreeRecall.Leaves(view, question, 12);
            var naive = Enumerable.Range(0, view.Topics.LeafRows).Where(row => view.Topics.ParentOf(row) >= 0)
                .OrderByDescending(row => Math.Round(Cosine(view.Topics.VectorOf(row), question), 6)).ThenBy(row => view.Graph.Passage(row).Id).Take(12).ToList();
            Assert.That(found.Select(row => Math.Round(Cosine(view.Topics.VectorOf(row), question), 6)),
                Is.EqualTo(naive.Select(row => Math.Round(Cosine(view.Topics.VectorOf(row), question), 6))), $"seed {seed}");
        }
    }

    [Test]
    public void A_broad_question_finds_a_topic_and_the_passages_below_it()
    {
        var view = TestMemory.Of(Chronicle.Notes(1, 80)).View;
        var (topics, passages) = TreeRecall.Rank(view, "Give an overview of the choir and its organ", 5, new RecallScratch());
        Assert.That(topics, Is.Not.Empty);
        Assert.That(view.Digest(topics[0].Node).Text, Does.Contain("choir"));
        Assert.That(passages.Select(one => view.Passage(one.Passage).Text), Has.Some.Contain("choir"));
        foreach (var (passage, _, _) in passages)
        {
            Assert.That(topics.Any(topic => view.Topics.LeavesOf(topic.Node).Contains(passage)), Is.True);
        }
    }

    [Test]
    public void Topics_that_are_returned_do_not_lie_below_each_other([Range(1, 5)] int seed)
    {
        var view = TestMemory.Of(Chronicle.Notes(seed, 150)).View;
        foreach (var question in (string[])["ferry and harbour", "What are the main themes?", "orchard", "granite, basalt and candles"])
        {
            var (topics, _) = TreeRecall.Rank(view, question, 10, new RecallScratch());
            var leaves = topics.SelectMany(topic => view.Topics.LeavesOf(topic.Node)).ToList();
            Assert.That(leaves, Is.Unique, $"seed {seed}: {question}");
            Assert.That(topics, Has.Length.LessThanOrEqualTo(TreeRecall.TopicsMax));
            Assert.That(topics.Select(topic => topic.Score), Is.Ordered.Descending);
        }
    }

    [Test]
    public void A_question_about_everything_gets_the_largest_topics()
    {
        var view = TestMemory.Of(Chronicle.Notes(2, 120)).View;
        var (topics, passages) = TreeRecall.Rank(view, "What is this memory about?", 6, new RecallScratch());
        Assert.That(topics.Select(topic => view.Topics.Node(topic.Node).LeafCount), Is.Ordered.Descending);
        Assert.That(passages, Has.Length.EqualTo(6));
        Assert.That(passages.Select(one => one.Passage), Is.Unique);
    }

    [Test]
    public void Nothing_is_found_where_nothing_is_like_the_question()
    {
        var view = TestMemory.Of(Chronicle.Notes(2, 30)).View;
        Assert.That(TreeRecall.Rank(view, "zymurgy of xylophones", 5, new RecallScratch()).Topics, Is.Empty);
        Assert.That(TreeRecall.Rank(new TestMemory().View, "anything", 5, new RecallScratch()).Topics, Is.Empty);
    }

    [TestCase("What are the main themes?", true)]
    [TestCase("Summarise what we know about the ferry", true)]
    [TestCase("Summarize the notes.", true)]
    [TestCase("Give me an overview of Skarholm", true)]
    [TestCase("What is this all about?", true)]
    [TestCase("What is the quarry known for in general?", true)]
    [TestCase("Who steered the ferry in 1931?", false)]
    [TestCase("Where does Ottla Brenning live?", false)]
    [TestCase("Who was the overall winner in Skarholm?", false)]
    [TestCase("Which themed garden did Ottla Brenning open?", false)]
    public void Questions_about_the_whole_are_told_by_a_closed_list_of_words(string text, bool expected)
    {
        var view = TestMemory.Of(Chronicle.Notes(1, 60)).View;
        Assert.That(GlobalQuestion.Is(Question.Read(text, view.Vocabulary, view.Lexical, view.Graph)), Is.EqualTo(expected));
    }

    [TestCase("What are the main themes?", "")]
    [TestCase("Summarise what we know about the ferry", "ferry")]
    [TestCase("Give me a short overview of all notes on the choir of Velmere", "choir Velmere")]
    public void What_is_left_of_a_broad_question_is_what_it_is_about(string text, string expected) =>
        Assert.That(GlobalQuestion.ContentOf(text), Is.EqualTo(expected));

    [Test]
    public async Task Auto_takes_topics_for_a_broad_question_and_says_why()
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync();
        await memory.RememberAsync(Chronicle.Notes(3, 60));
        var broad = await memory.RecallAsync("What are the main themes?");
        Assert.That(broad.Strategy, Is.EqualTo(RecallStrategy.Tree));
        Assert.That(broad.Reason, Does.Contain("overview"));
        Assert.That(broad.Summaries, Is.Not.Empty);
        Assert.That(broad.Fallback, Is.Null);
        Assert.That(broad.Summaries[0].Summary.Sources, Is.Not.Empty);
        Assert.That((await memory.RecallAsync("Where does Ottla Brenning live?")).Summaries, Is.Empty);

        var explained = await memory.RecallAsync("overview of the orchard", new() { Explain = true });
        foreach (var passage in explained.Passages)
        {
            Assert.That(passage.Explanation!.Parts.Sum(part => part.Value), Is.EqualTo(passage.Score).Within(1e-9));
        }

        var other = await memory.RecallAsync("zymurgy ferry", new() { Strategy = RecallStrategy.Tree });
        Assert.That(other.Passages, Is.Not.Empty);
    }

    [Test]
    public async Task Asked_for_topics_where_none_is_like_the_question_words_rank_and_the_answer_says_so()
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync();
        await memory.RememberAsync(new Document("Only one note."));
        var found = await memory.RecallAsync("zymurgy", new() { Strategy = RecallStrategy.Tree });
        Assert.That(found.Strategy, Is.EqualTo(RecallStrategy.Flat));
        Assert.That(found.Fallback, Is.Not.Null);
        Assert.That(found.Summaries, Is.Empty);
    }

    static double Cosine(ReadOnlySpan<sbyte> first, ReadOnlySpan<sbyte> second)
    {
        var (dot, one, other) = (0L, 0L, 0L);
        for (var i = 0; i < first.Length; i++)
        {
            dot += first[i] * second[i];
            one += first[i] * first[i];
            other += second[i] * second[i];
        }

        return one == 0 || other == 0 ? 0 : dot / Math.Sqrt((double)one * other);
    }

    [Test]
    public void Sums_and_products_of_small_numbers_are_those_of_plain_loops([Range(1, 5)] int seed)
    {
        var random = new Random(seed);
        var first = Enumerable.Range(0, 512).Select(_ => (sbyte)random.Next(-127, 128)).ToArray();
        var second = Enumerable.Range(0, 512).Select(_ => (sbyte)random.Next(-127, 128)).ToArray();
        Assert.That(Int8.Dot(first, second), Is.EqualTo(first.Zip(second).Sum(pair => pair.First * pair.Second)));
        var sum = Enumerable.Range(0, 512).Select(_ => random.Next(-1_000_000, 1_000_000)).ToArray();
        var expected = sum.Zip(first).Select(pair => pair.First + pair.Second).ToArray();
        var before = sum.ToArray();
        Int8.Add(sum, first);
        Assert.That(sum, Is.EqualTo(expected));
        Int8.Subtract(sum, first);
        Assert.That(sum, Is.EqualTo(before));
        Array.Fill<sbyte>(first, 127);
        Array.Fill<sbyte>(second, -127);
        Assert.That(Int8.Dot(first, second), Is.EqualTo(-127 * 127 * 512));
    }
}
