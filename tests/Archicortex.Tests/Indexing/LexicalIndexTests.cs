using Archicortex.Indexing;
using Archicortex.Testing.Corpora;
using Archicortex.Testing.Oracles;
using NUnit.Framework;

namespace Archicortex.Tests.Indexing;

/// <summary>Postings, frequencies and BM25 against a recount of every word.</summary>
[TestFixture]
sealed class LexicalIndexTests
{
    [Test]
    public void Counts_and_scores_equal_a_naive_recount_after_adding_and_forgetting([Range(1, 30)] int seed)
    {
        var corpus = new RandomCorpus(seed);
        var documents = corpus.Documents(18);
        var memory = TestMemory.Of(documents);
        foreach (var document in documents.Where(_ => corpus.Next(4) == 0).ToList())
        {
            memory.Forget(document);
            documents.Remove(document);
        }

        var naive = new NaiveMemory(documents.SelectMany(memory.Passages));
        var lexical = new NaiveLexical(naive.Passages);
        var view = memory.View;
        var live = 0;
        for (var stem = 0; stem < view.Vocabulary.StemCount; stem++)
        {
            var text = view.Vocabulary.Stem(stem);
            live += view.Lexical.PassageFrequency(stem) > 0 ? 1 : 0;
            Assert.That(view.Lexical.PassageFrequency(stem), Is.EqualTo(lexical.Frequency(text)), $"seed {seed}: {text}");
            Assert.That(view.Lexical.Idf(stem), Is.EqualTo(lexical.Idf(text)).Within(1e-12), $"seed {seed}: {text}");
            var last = -1;
            foreach (var posting in view.Lexical.Postings(stem))
            {
                var row = Posting.Passage(posting);
                var id = view.Graph.Passage(row).Id;
                Assert.That(row, Is.GreaterThan(last), $"seed {seed}: {text}");
                Assert.That(Posting.Count(posting), Is.EqualTo(lexical.Count(id, text)), $"seed {seed}: {text}");
                Assert.That(
                    view.Lexical.Score(view.Lexical.Idf(stem), posting), Is.EqualTo(lexical.Score(id, text)).Within(1e-12), $"seed {seed}: {text}");
                last = row;
            }

            var titles = view.Lexical.Titles(stem).ToArray().Select(row => view.Graph.Passage(row).Id);
            Assert.That(
                titles, Is.EquivalentTo(naive.Passages.Where(passage => passage.Heading.Any(word =>
                    Archicortex.Language.PorterStemmer.Stem(word) == text)).Select(passage => passage.Id)), $"seed {seed}: {text}");
        }

        Assert.That(live, Is.EqualTo(lexical.Stems.Count()), $"seed {seed}");
    }

    [Test]
    public void A_word_said_a_thousand_times_counts_255_and_one_after_the_snapshot_counts_nothing()
    {
        var memory = TestMemory.Of([new("tarn " + string.Join(' ', Enumerable.Repeat("eel", 1000)))], 2000);
        var view = memory.View;
        var stem = view.Vocabulary.FindStem("eel");
        Assert.That(Posting.Count(view.Lexical.Postings(stem)[0]), Is.EqualTo(Posting.CountMax));
        memory.Remember(new("quince"));
        Assert.That(view.Lexical.PassageFrequency(view.Vocabulary.FindStem("quinc")), Is.Zero);
        Assert.That(view.Lexical.Titles(view.Vocabulary.FindStem("quinc")).IsEmpty, Is.True);
    }
}
