using Archicortex.Documents;
using Archicortex.Graph;
using Archicortex.Recall;
using Archicortex.Testing.Corpora;
using NUnit.Framework;

namespace Archicortex.Tests.Recall;

/// <summary>Explanations are the numbers and the words that ranked, never a story told afterwards.</summary>
[TestFixture]
sealed class ExplanationTests
{
    [Test]
    public async Task Parts_add_up_and_paths_lead_from_the_question_to_the_passage([Range(1, 25)] int seed)
    {
        var corpus = new RandomCorpus(seed);
        await using var memory = await GraphMemory.OpenInMemoryAsync(new() { PassageWordsMax = 25 });
        var documents = corpus.Documents(25);
        await memory.RememberAsync(documents);
        foreach (var strategy in (RecallStrategy[])[RecallStrategy.Graph, RecallStrategy.Flat, RecallStrategy.Dense])
        {
            for (var i = 0; i < 4; i++)
            {
                var answer = await memory.RecallAsync(corpus.Question(), new() { Top = 15, Strategy = strategy, Explain = true });
                foreach (var passage in answer.Passages)
                {
                    AssertExplains(answer, passage, documents, $"seed {seed}, {strategy}: {answer.Question}");
                }
            }
        }
    }

    [Test]
    public async Task The_path_of_a_chain_names_each_step([Values(2, 3)] int hops, [Range(1, 5)] int seed)
    {
        var story = Chains.Make(seed, hops);
        await using var memory = await GraphMemory.OpenInMemoryAsync();
        await memory.RememberAsync(story.Documents);
        var answer = await memory.RecallAsync(story.Question, new() { Explain = true });
        var found = answer.Passages.Single(passage => passage.Document.Id == story.AnswerId);
        var path = found.Explanation!.Path;
        var titles = path.Where(step => step.Kind == PathStepKind.Passage).Select(step => step.Text).ToArray();
        Assert.That(titles[^1], Is.EqualTo(story.Documents[hops - 1].Title), $"seed {seed}");
        Assert.That(titles, Does.Contain(story.Documents[hops - 2].Title), $"seed {seed}");
    }

    [Test]
    public void A_single_seed_has_the_whole_share_and_many_add_up_to_one([Range(1, 20)] int seed)
    {
        var corpus = new RandomCorpus(seed);
        var view = TestMemory.Of(corpus.Documents(20)).View;
        var scratch = PersonalizedPageRankTests.Scratch(view);
        var target = corpus.Next(view.Graph.PassageCount);
        var phrases = view.Graph.Passage(target).Phrases.Items.ToArray();
        Assume.That(phrases, Is.Not.Empty);
        Seed[] seeds = [new(NodeId.Phrase(phrases[0]), 0.7), new(NodeId.Passage(target), 0.2), new(NodeId.Passage(0), 0.1)];
        var all = SeedShares.Of(target, view.Strengths, seeds, scratch);
        Assert.That(all.Sum(part => part.Share), Is.EqualTo(1).Within(1e-9), $"seed {seed}");
        Assert.That(all.Select(part => part.Share), Is.Ordered.Descending, $"seed {seed}");
        Assert.That(all.Select(part => part.Share), Is.All.InRange(0, 1), $"seed {seed}");
        var alone = SeedShares.Of(target, view.Strengths, seeds[..1], scratch);
        Assert.That(alone.Single(), Is.EqualTo(new SeedContribution(seeds[0].Node, 1)), $"seed {seed}");
        PersonalizedPageRankTests.AssertClean(scratch, $"seed {seed}");
    }

    [Test]
    public void Shares_are_those_of_walks_from_each_seed_alone([Range(1, 20)] int seed)
    {
        var corpus = new RandomCorpus(seed);
        var view = TestMemory.Of(corpus.Documents(20)).View;
        var scratch = PersonalizedPageRankTests.Scratch(view);
        var target = corpus.Next(view.Graph.PassageCount);
        var seeds = corpus.Shuffled(Enumerable.Range(1, view.Graph.PhraseCount - 1).Where(view.Graph.IsPhrase)).Take(4)
            .Select((phrase, i) => new Seed(NodeId.Phrase(phrase), i + 1)).ToArray();
        var mass = seeds.Select(start =>
        {
            PersonalizedPageRank.Exact(view.Strengths, [start], scratch);
            var found = start.Weight * scratch.Nodes[PersonalizedPageRank.Index(view.Graph, NodeId.Passage(target))].Mass;
            PersonalizedPageRank.Clear(scratch);
            return found;
        }).ToArray();
        Assume.That(mass.Sum(), Is.GreaterThan(1e-3));
        foreach (var part in SeedShares.Of(target, view.Strengths, seeds, scratch))
        {
            var expected = mass[Array.FindIndex(seeds, start => start.Node == part.Node)] / mass.Sum();
            Assert.That(part.Share, Is.EqualTo(expected).Within(1e-3), $"seed {seed}");
        }
    }

    static void AssertExplains(Recollection answer, RecalledPassage passage, List<Document> documents, string story)
    {
        var explanation = passage.Explanation!;
        Assert.That(explanation.Parts.Sum(part => part.Value), Is.EqualTo(passage.Score).Within(1e-9), story);
        Assert.That(explanation.Seeds.Select(seed => seed.Share), Is.All.InRange(0, 1), story);
        Assert.That(explanation.Seeds.Sum(seed => seed.Share), Is.LessThanOrEqualTo(1 + 1e-9), story);
        var (first, last) = (explanation.Path[0], explanation.Path[^1]);
        Assert.That(first.Kind, Is.EqualTo(PathStepKind.Words).Or.EqualTo(PathStepKind.Name), story);
        if (first.Kind == PathStepKind.Name)
        {
            Assert.That(answer.Names, Does.Contain(first.Text), story);
        }
        else
        {
            Assert.That(first.Text, Is.EqualTo(answer.Question), story);
        }

        Assert.That(last.Kind, Is.EqualTo(PathStepKind.Passage), story);
        Assert.That(last.DocumentName, Is.EqualTo(passage.DocumentName), story);
        Assert.That(last.Sentence is null || passage.Text.Contains(last.Sentence, StringComparison.Ordinal), Is.True, story);
        for (var i = 1; i + 1 < explanation.Path.Count; i++)
        {
            var isVerbatim = explanation.Path[i].Sentence is not { } said
                || documents.Any(document => document.Text.Contains(said, StringComparison.Ordinal));
            Assert.That(isVerbatim, Is.True, story);

            // A name that carries a hop stands behind the passage in which it was met.
            if (explanation.Path[i] is { Kind: PathStepKind.Name, Sentence: { } sentence })
            {
                Assert.That(
                    Archicortex.Facts.EntityName.Of(sentence).Key,
                    Does.Contain(Archicortex.Facts.EntityName.Of(explanation.Path[i].Text).Key), story);
            }
        }
    }
}
