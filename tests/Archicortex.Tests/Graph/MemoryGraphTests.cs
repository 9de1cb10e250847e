using System.Globalization;
using Archicortex.Documents;
using Archicortex.Graph;
using Archicortex.Recall;
using Archicortex.Storage;
using Archicortex.Testing.Corpora;
using Archicortex.Testing.Oracles;
using NUnit.Framework;

namespace Archicortex.Tests.Graph;

/// <summary>The incremental graph: equal to one built in another order, and to a count of everything anew.</summary>
[TestFixture]
sealed class MemoryGraphTests
{
    [Test]
    public void The_graph_agrees_with_a_naive_recount([Range(1, 60)] int seed)
    {
        var corpus = new RandomCorpus(seed);
        var memory = new TestMemory();
        var live = new List<Document>();
        foreach (var document in corpus.Documents(16))
        {
            memory.Remember(document);
            live.Add(document);
            if (corpus.Next(4) == 0)
            {
                var gone = live[corpus.Next(live.Count)];
                memory.Forget(gone);
                live.Remove(gone);
            }
        }

        AssertEqual(memory, live, seed);
    }

    [Test]
    public void Order_of_arrival_leaves_no_trace([Range(1, 30)] int seed)
    {
        var corpus = new RandomCorpus(seed);
        var documents = corpus.Documents(20);
        var expected = TestMemory.Of(documents).Views.StateHash();
        for (var round = 0; round < 3; round++)
        {
            Assert.That(TestMemory.Of(corpus.Shuffled(documents)).Views.StateHash(), Is.EqualTo(expected), $"seed {seed}");
        }
    }

    [Test]
    public void Forgetting_what_was_added_restores_the_state([Range(1, 30)] int seed)
    {
        var corpus = new RandomCorpus(seed);
        var documents = corpus.Documents(20);
        var memory = TestMemory.Of(documents[..12]);
        var before = memory.Views.StateHash();
        documents[12..].ForEach(memory.Remember);
        Assert.That(memory.Views.StateHash(), Is.Not.EqualTo(before), $"seed {seed}");
        foreach (var document in corpus.Shuffled(documents[12..]))
        {
            memory.Forget(document);
        }

        Assert.That(memory.Views.StateHash(), Is.EqualTo(before), $"seed {seed}");
        foreach (var document in documents[..12])
        {
            memory.Forget(document);
        }

        Assert.That(memory.Views.StateHash(), Is.EqualTo(new TestMemory().Views.StateHash()), $"seed {seed}");
    }

    [Test]
    public async Task Batches_of_any_size_give_one_state([Range(1, 4)] int seed)
    {
        var documents = new RandomCorpus(seed).Documents(30);
        var hashes = new HashSet<string>();
        foreach (var size in (int[])[1, 2, 7, 256])
        {
            await using var memory = await GraphMemory.OpenInMemoryAsync();
            await memory.RememberAsync(documents, new RememberOptions { BatchSize = size });
            hashes.Add(await memory.GetStateHashAsync());
        }

        Assert.That(hashes, Has.Count.EqualTo(1), $"seed {seed}");
    }

    [Test]
    public void A_new_title_reaches_the_passages_that_mention_it_already()
    {
        var mention = new Document("she keeps water lilies in Tarn and loves them.") { Id = "old", Title = "Garden" };
        var capital = new Document("they saw Water lilies in Tarn and left.") { Id = "old-2", Title = "Pond" };
        var memory = TestMemory.Of([mention, capital]);
        Assert.That(Phrase(memory.View.Graph, memory, "water lilies"), Is.LessThan(0));
        memory.Remember(new Document("These plants float on ponds.") { Id = "new", Title = "Water lilies" });
        var graph = memory.View.Graph;
        var phrase = Phrase(graph, memory, "water lilies");
        Assert.That(graph.Phrase(phrase).PassageCount, Is.EqualTo(2), "its own passage and the one that writes it with a capital");
        Assert.That(graph.Passage(1).Phrases.Contains(phrase), Is.True);
    }

    [Test]
    public void A_forgotten_last_mention_leaves_no_phrase_behind()
    {
        var first = new Document("Everyone in the town knows Orla Sif of Tarn.") { Id = "first", Title = "Town" };
        var second = new Document("A boat was sold to Orla Sif in spring.") { Id = "second", Title = "Boat" };
        var memory = TestMemory.Of([first, second]);
        memory.Forget(first);
        Assert.That(Phrase(memory.View.Graph, memory, "orla sif"), Is.GreaterThan(0));
        Assert.That(Phrase(memory.View.Graph, memory, "tarn"), Is.LessThan(0));
        memory.Forget(second);
        Assert.That(Phrase(memory.View.Graph, memory, "orla sif"), Is.LessThan(0));
        Assert.That(memory.View.Graph.CountNamesAndWords(), Is.EqualTo((0, 0)));
    }

    [Test]
    public void A_run_of_more_than_24_capitals_is_no_name()
    {
        string Headline(int words) => string.Join(' ', Enumerable.Range(0, words).Select(i => $"W{(char)('a' + i)}q"));
        var memory = TestMemory.Of([new Document($"They read {Headline(24)} and {Headline(25)} there.")], 100);
        Assert.That(memory.View.Graph.CountNamesAndWords().Names, Is.EqualTo(1));
    }

    [Test]
    public void A_frozen_graph_reads_the_same_after_later_writes([Range(1, 15)] int seed)
    {
        var corpus = new RandomCorpus(seed);
        var documents = corpus.Documents(24);
        var memory = TestMemory.Of(documents[..10]);
        var view = memory.View;
        var before = Dump(view);
        documents[10..].ForEach(memory.Remember);
        documents[..6].ForEach(memory.Forget);
        Assert.That(Dump(view), Is.EqualTo(before), $"seed {seed}");
        Assert.That(Dump(memory.View), Is.Not.EqualTo(before), $"seed {seed}");
    }

    [Test]
    public void A_snapshot_gives_the_same_state_and_ranking_and_grows_alike([Range(1, 15)] int seed)
    {
        var corpus = new RandomCorpus(seed);
        var documents = corpus.Documents(16);
        var memory = TestMemory.Of(documents);
        memory.Forget(documents[3]);
        var loaded = MemoryViews.TryLoad(memory.Views.Save());
        Assert.That(loaded, Is.Not.Null, $"seed {seed}");
        Assert.That(loaded!.StateHash(), Is.EqualTo(memory.Views.StateHash()), $"seed {seed}");
        Assert.That(loaded.Head, Is.EqualTo(memory.Views.Head), $"seed {seed}");
        for (var i = 0; i < 5; i++)
        {
            var question = corpus.Question();
            Assert.That(Ranking(loaded.Freeze(), question), Is.EqualTo(Ranking(memory.View, question)), $"seed {seed}: {question}");
        }

        var more = new Document("Ilse Vantry met " + corpus.Names[0] + " near " + corpus.Names[1] + " once more.") { Title = corpus.Names[2] };
        var operation = Operation.After(
            loaded.Head.Id, loaded.Head.Sequence + 1, OperationKind.Remember, DateTimeOffset.UnixEpoch,
            Payloads.Write(new RememberPayload { Document = more, Parts = [new(0, more.Text.Length, null)] }));
        loaded.Apply(operation, "test");
        memory.Views.Apply(operation, "test");
        Assert.That(loaded.StateHash(), Is.EqualTo(memory.Views.StateHash()), $"seed {seed}");
    }

    [TestCase("en")]
    [TestCase("even")]
    public void A_snapshot_with_a_flipped_byte_anywhere_is_refused(string section)
    {
        // Sections of two lengths: the last field of the snapshot ends at an even and at an odd byte.
        var document = new Document("Orla Sif came from Tarn by boat in 1982.") { Metadata = new Dictionary<string, string> { ["k"] = section } };
        foreach (var extra in (string[])["", "x"])
        {
            var snapshot = TestMemory.Of([document with { Title = "Boat" + extra }]).Views.Save();
            var bytes = snapshot.Content.ToArray();
            var step = Math.Max(1, bytes.Length / 700);
            foreach (var at in Enumerable.Range(0, bytes.Length).Where(at => at % step == 0 || at < 100 || at > bytes.Length - 300))
            {
                bytes[at] ^= 1;
                Assert.That(
                    MemoryViews.TryLoad(snapshot with { Content = bytes.ToArray() }), Is.Null, $"byte {at} of {bytes.Length}");
                bytes[at] ^= 1;
            }

            Assert.That(MemoryViews.TryLoad(snapshot with { Content = bytes.AsMemory(0, bytes.Length - 1) }), Is.Null);
            Assert.That(MemoryViews.TryLoad(snapshot), Is.Not.Null);
        }
    }

    static void AssertEqual(TestMemory memory, List<Document> live, int seed)
    {
        var naive = new NaiveMemory(live.SelectMany(memory.Passages));
        var graph = memory.View.Graph;
        Assert.That(graph.LiveCount, Is.EqualTo(naive.Passages.Length), $"seed {seed}");
        var lines = new List<string>();
        foreach (var phrase in naive.Support.Keys)
        {
            var sentences = naive.Passages.SelectMany(passage =>
                (passage.Holds.GetValueOrDefault(phrase) ?? []).Select(sentence => Place(passage.Id, sentence)));
            lines.Add(Line(
                phrase, naive.Support[phrase], naive.Holders(phrase).Count(), naive.Ratio(phrase), naive.Pidf(phrase),
                sentences, naive.Owners(phrase).Select(owner => Hex(owner.Id))));
        }

        Assert.That(Lines(graph, memory), Is.EquivalentTo(lines), $"seed {seed}");
        foreach (var word in naive.Words)
        {
            Assert.That(graph.Occurrences(memory.View.Vocabulary.FindWord(word)), Is.EqualTo(naive.Occurrences(word)), $"seed {seed}: {word}");
        }

        for (var row = 0; row < graph.PassageCount; row++)
        {
            var expected = naive.Passages.FirstOrDefault(passage => graph.Passage(row).IsLive && passage.Id == graph.Passage(row).Id);
            Assert.That(
                graph.Passage(row).Phrases.Items.ToArray().Select(phrase => graph.Text(phrase, memory.View.Vocabulary.Word)),
                Is.EquivalentTo(expected?.Holds.Keys.ToArray() ?? []), $"seed {seed}, row {row}");
        }
    }

    static List<string> Lines(GraphSnapshot graph, TestMemory memory)
    {
        var lines = new List<string>();
        for (var phrase = 1; phrase < graph.PhraseCount; phrase++)
        {
            var record = graph.Phrase(phrase);
            if (record.Support > 0)
            {
                lines.Add(Line(
                    graph.Text(phrase, memory.View.Vocabulary.Word), record.Support, record.PassageCount,
                    graph.Ratio(phrase), graph.Pidf(phrase),
                    record.Sentences.Items.ToArray().Select(sentence =>
                        Place(graph.Passage(graph.Sentence(sentence).Passage).Id, sentence - graph.Passage(graph.Sentence(sentence).Passage).FirstSentence)),
                    record.Owners.Items.ToArray().Select(owner => Hex(graph.Passage(owner).Id))));
            }
            else
            {
                Assert.That(record.PassageCount + record.Sentences.Count + record.Owners.Count, Is.Zero, "a phrase without support has no rows");
            }
        }

        return lines;
    }

    static string Line(
        string phrase, int support, int passages, double ratio, double pidf, IEnumerable<string> sentences, IEnumerable<string> owners) =>
        string.Create(CultureInfo.InvariantCulture, $"{phrase}: {support} {passages} {ratio:F12} {pidf:F12} [")
        + string.Join(' ', sentences.Order(StringComparer.Ordinal)) + "] [" + string.Join(' ', owners.Order(StringComparer.Ordinal)) + "]";

    static string Dump(RecallView view)
    {
        var text = new System.Text.StringBuilder();
        for (var row = 0; row < view.Graph.PassageCount; row++)
        {
            var passage = view.Graph.Passage(row);
            text.Append(passage.IsLive).Append(' ').AppendJoin(' ', passage.Phrases.Items.ToArray()).Append('|');
        }

        for (var phrase = 1; phrase < view.Graph.PhraseCount; phrase++)
        {
            var record = view.Graph.Phrase(phrase);
            text.Append(CultureInfo.InvariantCulture, $"{record.Support} {view.Graph.Weight(phrase):R} ")
                .AppendJoin(' ', record.Sentences.Items.ToArray()).Append(';').AppendJoin(' ', record.Owners.Items.ToArray()).Append('\n');
        }

        return text.ToString();
    }

    static IEnumerable<(UInt128, double)> Ranking(RecallView view, string text)
    {
        var question = Question.Read(text, view.Vocabulary, view.Lexical, view.Graph);
        return ChainRecall.Rank(view, question, new(20, false, false), new()).Select(ranked => (view.Graph.Passage(ranked.Passage).Id, ranked.Score));
    }

    /// <summary>The phrase if it is one, else −1.</summary>
    static int Phrase(GraphSnapshot graph, TestMemory memory, string name)
    {
        var node = GraphSnapshot.TrieRoot;
        foreach (var word in name.Split(' '))
        {
            node = graph.Child(node, memory.View.Vocabulary.FindWord(word));
            if (node < 0)
            {
                return -1;
            }
        }

        return graph.IsPhrase(node) ? node : -1;
    }

    static string Place(UInt128 passage, int sentence) => $"{Hex(passage)}/{sentence.ToString(CultureInfo.InvariantCulture)}";

    static string Hex(UInt128 id) => id.ToString("x32", CultureInfo.InvariantCulture)[..8];
}
