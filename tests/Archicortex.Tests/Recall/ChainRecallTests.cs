using Archicortex.Recall;
using Archicortex.Testing.Corpora;
using Archicortex.Testing.Oracles;
using NUnit.Framework;

namespace Archicortex.Tests.Recall;

/// <summary>The chain recipe: against a naive reference, and stories in which only a chain finds the answer.</summary>
[TestFixture]
sealed class ChainRecallTests
{
    const int QuestionsPerCorpus = 6;

    [Test]
    public void Ranking_and_scores_equal_those_of_the_naive_reference([Range(1, 60)] int seed)
    {
        var corpus = new RandomCorpus(seed);
        var documents = corpus.Documents(14);
        var memory = TestMemory.Of(documents);
        var naive = new NaiveMemory(documents.SelectMany(memory.Passages));
        var view = memory.View;
        var scratch = new RecallScratch();
        for (var i = 0; i < QuestionsPerCorpus; i++)
        {
            var question = corpus.Question();
            var expected = NaiveChain.Rank(question, naive, 12);
            var ranked = ChainRecall.Rank(view, Read(view, question), new(12, IsExact: true, IsTraced: i % 2 == 0), scratch);
            PersonalizedPageRankTests.AssertClean(scratch, $"seed {seed}: {question}");
            Assert.That(
                ranked.Select(passage => view.Graph.Passage(passage.Passage).Id), Is.EqualTo(expected.Select(passage => passage.Id)),
                $"seed {seed}: {question}");
            foreach (var (actual, reference) in ranked.Zip(expected))
            {
                Assert.That(actual.Walk, Is.EqualTo(reference.Walk).Within(1e-9), $"walk, seed {seed}: {question}");
                Assert.That(actual.Title, Is.EqualTo(reference.Title).Within(1e-9), $"title, seed {seed}: {question}");
                Assert.That(actual.Chain, Is.EqualTo(reference.Chain).Within(1e-9), $"chain, seed {seed}: {question}");
                Assert.That(actual.Lead, Is.EqualTo(reference.Lead).Within(1e-9), $"lead, seed {seed}: {question}");
            }
        }
    }

    [Test]
    public void The_first_twenty_by_push_are_those_of_the_exact_walk_in_99_of_100_cases()
    {
        var (same, found, all) = (0, 0, 0);
        for (var seed = 1; seed <= 40; seed++)
        {
            var corpus = new RandomCorpus(seed);
            var view = TestMemory.Of(corpus.Documents(60)).View;
            for (var i = 0; i < 3; i++)
            {
                var question = Read(view, corpus.Question());
                var exact = ChainRecall.Rank(view, question, new(20, true, false), new());
                var pushed = ChainRecall.Rank(view, question, new(20, false, false), new());
                var scores = exact.ToDictionary(ranked => ranked.Passage, ranked => ranked.Score);
                same += exact.Zip(pushed).Count(pair =>
                    Math.Abs(pair.First.Score - scores.GetValueOrDefault(pair.Second.Passage)) < 1e-9);
                found += pushed.Count(ranked => scores.ContainsKey(ranked.Passage));
                all += exact.Length;
            }
        }

        // The order among near equals may differ at the default tolerance; which passages they are may not.
        var story = $"{same} of {all} places, {found} of {all} passages, seeds 1 to 40";
        TestContext.Out.WriteLine(story);
        Assert.That((double)found / all, Is.GreaterThanOrEqualTo(0.99), story);
        Assert.That((double)same / all, Is.GreaterThanOrEqualTo(0.9), story);
    }

    [Test]
    public void Flat_ranking_is_BM25([Range(1, 10)] int seed)
    {
        var corpus = new RandomCorpus(seed);
        var documents = corpus.Documents(25);
        var memory = TestMemory.Of(documents);
        var naive = new NaiveMemory(documents.SelectMany(memory.Passages));
        var lexical = new NaiveLexical(naive.Passages);
        var view = memory.View;
        var scratch = new RecallScratch();
        for (var i = 0; i < QuestionsPerCorpus; i++)
        {
            var text = corpus.Question();
            var stems = new NaiveQuestion(text, new NaiveGraph(naive), lexical).Stems;
            var expected = naive.Passages.Select(passage => (passage.Id, Score: stems.Sum(stem => lexical.Score(passage.Id, stem))))
                .Where(pair => pair.Score > 0).OrderByDescending(pair => Math.Round(pair.Score * 1e12)).ThenBy(pair => pair.Id).Take(10).ToList();
            var ranked = FlatRecall.Rank(view, Read(view, text), 10, scratch);
            PersonalizedPageRankTests.AssertClean(scratch, $"seed {seed}: {text}");
            Assert.That(
                ranked.Select(flat => view.Graph.Passage(flat.Passage).Id), Is.EqualTo(expected.Select(pair => pair.Id)), $"seed {seed}: {text}");
            Assert.That(
                ranked.Select(flat => flat.Score), Is.EqualTo(expected.Select(pair => pair.Score)).Within(1e-9), $"seed {seed}: {text}");
        }
    }

    [Test]
    public async Task A_chain_reaches_an_answer_that_shares_no_word_with_the_question([Values(2, 3)] int hops, [Range(1, 10)] int seed)
    {
        var story = Chains.Make(seed, hops);
        await using var memory = await GraphMemory.OpenInMemoryAsync();
        await memory.RememberAsync(story.Documents);
        var answer = await memory.RecallAsync(story.Question);
        Assert.That(answer.Strategy, Is.EqualTo(RecallStrategy.Graph), $"seed {seed}");
        Assert.That(answer.Passages.Select(passage => passage.Document.Id), Does.Contain(story.AnswerId), $"seed {seed}");
        var flat = await memory.RecallAsync(story.Question, new RecallOptions { Strategy = RecallStrategy.Flat });
        Assert.That(flat.Passages.Select(passage => passage.Document.Id), Does.Not.Contain(story.AnswerId), $"seed {seed}");
    }

    [Test]
    public void A_story_of_chains_keeps_its_promise_that_question_and_answer_share_no_content_word([Range(1, 5)] int seed)
    {
        foreach (var hops in (int[])[2, 3])
        {
            var story = Chains.Make(seed, hops);
            var answer = story.Documents.Single(document => document.Id == story.AnswerId);
            var shared = Stems(story.Question).Intersect(Stems(answer.Title + " " + answer.Text));
            Assert.That(shared, Is.Empty, $"seed {seed}, {hops} hops");
        }
    }

    [Test]
    public void Passages_of_one_document_do_not_compete_for_its_title()
    {
        // Two passages own the title "Orla Sif"; as one document they count once, as two documents twice.
        double Names(bool isOne)
        {
            const string First = "She was born in a small house on the northern coast.";
            const string Second = "She died in a large house on the southern coast.";
            var memory = new TestMemory(12);
            memory.Remember(new("they once met Orla Sif at the fair.") { Title = "Fair" });
            if (isOne)
            {
                memory.Remember(new(First + " " + Second) { Title = "Orla Sif" });
            }
            else
            {
                memory.Remember(new(First) { Title = "Orla Sif" });
                memory.Remember(new(Second) { Title = "Orla Sif" });
            }

            var view = memory.View;
            return view.Strengths.Links(0).Single(link => link.Passage == 1).Out;
        }

        Assert.That(Names(isOne: true), Is.EqualTo(1).Within(1e-12));
        Assert.That(Names(isOne: false), Is.EqualTo(0.5).Within(1e-12));
    }

    internal static Question Read(RecallView view, string text) => Question.Read(text, view.Vocabulary, view.Lexical, view.Graph);

    static IEnumerable<string> Stems(string text)
    {
        var buffer = new Archicortex.Language.TokenBuffer();
        buffer.Read(text);
        return buffer.Tokens.ToArray().Select(token => buffer.Folded(token).ToString())
            .Where(word => !Archicortex.Language.StopWords.Contains(word)).Select(Archicortex.Language.PorterStemmer.Stem);
    }
}
