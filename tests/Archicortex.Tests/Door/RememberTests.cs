using System.Text;
using Archicortex.Documents;
using Archicortex.Storage;
using NUnit.Framework;

namespace Archicortex.Tests.Door;

[TestFixture]
public sealed class RememberTests
{
    [Test]
    public async Task Remembering_the_same_again_changes_nothing()
    {
        await using var memory = await MemoryProbe.OpenAsync(SampleDocuments.Some(20));
        var before = await memory.GetStatusAsync();
        var again = await memory.RememberAsync(SampleDocuments.Some(20));
        Assert.That(again.Select(remembered => remembered.Outcome), Is.All.EqualTo(RememberOutcome.Known));
        Assert.That(await memory.GetStatusAsync(), Is.EqualTo(before));
        var twice = await memory.RememberAsync([SampleDocuments.Of(50), SampleDocuments.Of(50), SampleDocuments.Of(3)]);
        Assert.That(
            twice.Select(remembered => remembered.Outcome),
            Is.EqualTo(new[] { RememberOutcome.Added, RememberOutcome.Known, RememberOutcome.Known }));
    }

    [Test]
    public async Task A_text_without_id_is_named_by_what_it_says()
    {
        await using var memory = await MemoryProbe.OpenAsync();
        var first = await memory.RememberAsync("Ada Kern keeps bees in Tolland.");
        var again = await memory.RememberAsync("Ada Kern keeps bees in Tolland.");
        var other = await memory.RememberAsync("Ada Kern keeps bees in Dunwick.");
        Assert.That((again.Outcome, again.DocumentId), Is.EqualTo((RememberOutcome.Known, first.DocumentId)));
        Assert.That((other.Outcome, other.DocumentId == first.DocumentId), Is.EqualTo((RememberOutcome.Added, false)));
    }

    [Test]
    public async Task The_same_id_with_other_text_is_refused_and_then_replaced_if_asked()
    {
        await using var memory = await MemoryProbe.OpenAsync(SampleDocuments.Some(8));
        var (state, status) = (await memory.GetStateHashAsync(), await memory.GetStatusAsync());
        Document[] batch = [SampleDocuments.Of(100), SampleDocuments.Of(3, version: 1)];
        Assert.That(
            async () => await memory.RememberAsync(batch),
            Throws.InstanceOf<MemoryConflictException>().With.Message.Contains("note-3").And.Message.Contains("Replace"));
        Assert.That(await memory.GetStatusAsync(), Is.EqualTo(status), "Nothing of the batch is stored");
        var replaced = await memory.RememberAsync(batch, new() { Replace = true });
        Assert.That(
            replaced.Select(remembered => remembered.Outcome), Is.EqualTo(new[] { RememberOutcome.Added, RememberOutcome.Replaced }));
        await using var fresh = await MemoryProbe.OpenAsync([.. SampleDocuments.Some(8).Where(document => document.Id != "note-3"), .. batch]);
        Assert.That(await memory.GetStateHashAsync(), Is.EqualTo(await fresh.GetStateHashAsync()).And.Not.EqualTo(state));
        Assert.That(await MemoryProbe.OrderAsync(memory), Is.EqualTo(await MemoryProbe.OrderAsync(fresh)));
    }

    [Test]
    public async Task One_by_one_in_batches_at_once_and_as_a_stream_give_one_memory()
    {
        var documents = SampleDocuments.Some(60);
        await using var atOnce = await MemoryProbe.OpenAsync(documents);
        var (state, ranking) = (await atOnce.GetStateHashAsync(), await MemoryProbe.RankingAsync(atOnce));
        await using var oneByOne = await MemoryProbe.OpenAsync();
        foreach (var document in documents)
        {
            await oneByOne.RememberAsync(document);
        }

        await using var inBatches = await MemoryProbe.OpenAsync();
        await inBatches.RememberAsync(documents, new() { BatchSize = 7 });
        await using var streamed = await MemoryProbe.OpenAsync();
        var count = 0;
        await foreach (var remembered in streamed.RememberAsync(Stream(documents), new() { BatchSize = 11 }))
        {
            Assert.That(remembered.Document.Id, Is.EqualTo(documents[count++].Id));
        }

        Assert.That(count, Is.EqualTo(documents.Count));
        foreach (var memory in new[] { oneByOne, inBatches, streamed })
        {
            Assert.That(await memory.GetStateHashAsync(), Is.EqualTo(state));
            Assert.That(await MemoryProbe.RankingAsync(memory), Is.EqualTo(ranking));
            Assert.That((await memory.GetStatusAsync()).Head, Is.EqualTo((await atOnce.GetStatusAsync()).Head));
        }
    }

    [Test]
    public async Task The_order_of_arrival_changes_neither_state_nor_ranking([Values(1, 2, 3, 4, 5)] int seed)
    {
        var documents = SampleDocuments.Some(60);
        await using var inOrder = await MemoryProbe.OpenAsync(documents);
        var shuffled = documents.ToArray();
        new Random(seed).Shuffle(shuffled);
        await using var memory = await MemoryProbe.OpenAsync(shuffled);
        Assert.That(await memory.GetStateHashAsync(), Is.EqualTo(await inOrder.GetStateHashAsync()), $"seed {seed}");
        Assert.That(await MemoryProbe.OrderAsync(memory), Is.EqualTo(await MemoryProbe.OrderAsync(inOrder)), $"seed {seed}");
    }

    [Test]
    public async Task Three_documents_rank_alike_by_graph_whatever_the_order_of_arrival()
    {
        Document[] documents = [SampleDocuments.Of(6, version: 1), SampleDocuments.Of(3), SampleDocuments.Of(11, version: 1)];
        await using var inOrder = await MemoryProbe.OpenAsync(documents);
        await using var reversed = await MemoryProbe.OpenAsync(documents.Reverse());
        Assert.That(await MemoryProbe.OrderAsync(reversed), Is.EqualTo(await MemoryProbe.OrderAsync(inOrder)));
    }

    [Test]
    public async Task Equal_scores_rank_alike_whatever_the_order_of_arrival([Values] RecallStrategy strategy)
    {
        Document[] twins = [.. Enumerable.Range(0, 6).Select(i => new Document("Ada Kern sails to Tolland.") { Id = $"twin-{i}" })];
        await using var inOrder = await MemoryProbe.OpenAsync(twins);
        await using var reversed = await MemoryProbe.OpenAsync(twins.Reverse());
        var options = new RecallOptions { Strategy = strategy, Top = 4 };
        var expected = (await inOrder.RecallAsync("Where does Ada Kern sail?", options)).Passages.Select(passage => passage.DocumentName);
        var actual = (await reversed.RecallAsync("Where does Ada Kern sail?", options)).Passages.Select(passage => passage.DocumentName);
        Assert.That(actual, Is.EqualTo(expected));
    }

    [Test]
    public async Task Remember_then_forget_restores_state_and_ranking()
    {
        await using var memory = await MemoryProbe.OpenAsync(SampleDocuments.Some(40));
        var (state, ranking) = (await memory.GetStateHashAsync(), await MemoryProbe.RankingAsync(memory));

        // New names, new words, and the very words of the questions, misspelled ones too.
        Document[] passing = [.. SampleDocuments.Some(20, first: 200), new("Zyxo Pell repaire the kettel of Prot Elms.") { Id = "odd" }];
        await memory.RememberAsync(passing);
        Assert.That(await memory.GetStateHashAsync(), Is.Not.EqualTo(state));
        foreach (var document in passing)
        {
            Assert.That(await memory.ForgetAsync(document.Id!), Has.Count.EqualTo(1));
        }

        Assert.That(await memory.GetStateHashAsync(), Is.EqualTo(state));
        Assert.That(await MemoryProbe.RankingAsync(memory), Is.EqualTo(ranking));
        Assert.That((await memory.VerifyAsync()).Problems, Is.Empty);
    }

    [Test]
    public async Task What_is_remembered_after_a_recall_is_found_by_the_next([Values] RecallStrategy strategy)
    {
        await using var memory = await MemoryProbe.OpenAsync(SampleDocuments.Some(10));
        await memory.RecallAsync("Who tunes the organ?", new() { Strategy = strategy });
        var late = await memory.RememberAsync("Ivo Crane tunes the organ of Saint Orrin every spring.");
        var answer = await memory.RecallAsync("Who tunes the organ?", new() { Strategy = strategy });
        Assert.That(answer.Passages[0].DocumentId, Is.EqualTo(late.DocumentId));
        await memory.ForgetAsync(late.DocumentId.ToString());
        answer = await memory.RecallAsync("Who tunes the organ?", new() { Strategy = strategy, Top = 100 });
        Assert.That(answer.Passages.Select(passage => passage.DocumentId), Does.Not.Contain(late.DocumentId));
    }

    [Test]
    public async Task Forget_takes_an_id_a_content_id_or_a_source()
    {
        await using var memory = await MemoryProbe.OpenAsync();
        await memory.RememberAsync(
            [.. SampleDocuments.Some(3), .. SampleDocuments.Some(3, first: 10).Select(document => document with { Source = "chat-1" })]);
        var unnamed = await memory.RememberAsync("Ada Kern keeps bees in Tolland.");
        Assert.That(await memory.ForgetAsync("nothing of this name"), Is.Empty);
        Assert.That((await memory.ForgetAsync("note-1")).Single().Id, Is.EqualTo("note-1"));
        Assert.That(await memory.ForgetAsync("note-1"), Is.Empty);
        Assert.That(await memory.ForgetAsync(unnamed.DocumentId.ToString()), Has.Count.EqualTo(1));
        Assert.That(await memory.ForgetAsync("chat-1"), Has.Count.EqualTo(3));
        Assert.That((await memory.GetStatusAsync()).Documents, Is.EqualTo(2));
    }

    [Test]
    public async Task Forget_finds_an_id_however_its_accents_are_written()
    {
        await using var memory = await MemoryProbe.OpenAsync(new Document("Bees like clover.") { Id = "Zu\u0308rich", Source = "cafe\u0301" });
        Assert.That(await memory.ForgetAsync("Zu\u0308rich"), Has.Count.EqualTo(1), "decomposed, as it was given");
        await memory.RememberAsync(new Document("Bees like clover.") { Id = "Zu\u0308rich", Source = "cafe\u0301" });
        Assert.That(await memory.ForgetAsync("cafe\u0301"), Has.Count.EqualTo(1), "the source, as it was given");
    }

    [Test]
    public async Task A_long_document_is_split_and_each_passage_cites_its_place()
    {
        await using var memory = await MemoryProbe.OpenAsync();
        var text = string.Join(' ', Enumerable.Range(0, 40).Select(i => $"Sentence {i} tells of Ada Kern and the bell number{i}."));
        var remembered = await memory.RememberAsync(new Document(text) { Id = "long" });
        Assert.That(remembered.PassageCount, Is.GreaterThan(5));
        Assert.That((await memory.GetStatusAsync()).Passages, Is.EqualTo(remembered.PassageCount));
        foreach (var i in new[] { 0, 17, 39 })
        {
            var hit = (await memory.RecallAsync($"number{i}", new() { Strategy = RecallStrategy.Flat })).Passages[0];
            Assert.That(hit.Text, Does.Contain($"number{i}."));
            Assert.That(text.Substring(hit.Span.Start, hit.Span.Length), Is.EqualTo(hit.Text));
            Assert.That(hit.Text.Length, Is.LessThan(text.Length / 3));
        }

        await memory.ForgetAsync("long");
        Assert.That((await memory.GetStatusAsync()).Passages, Is.Zero);
    }

    [Test]
    public async Task Texts_come_back_in_normal_form_C_and_whole()
    {
        (string Given, string Stored)[] texts =
        [
            ("Zu\u0308rich liegt an der Limmat.", "Z\u00FCrich liegt an der Limmat."),
            ("\u1112\u1161\u11AB\u1100\u1173\u11AF", "\uD55C\uAE00"),
            ("北京的茶 🍵 مرحبا Привет", "北京的茶 🍵 مرحبا Привет"),
            ("cut \uD83D off", "cut \uFFFD off"),
            ("\uDE00 low first", "\uFFFD low first"),
            ("zero \0 and tab \t and line\r\nbreak", "zero \0 and tab \t and line\r\nbreak"),
        ];
        using var folder = new Testing.TempFolder();
        var ids = new List<DocumentId>();
        await using (var memory = await GraphMemory.OpenAsync(folder.File(), MemoryProbe.Options))
        {
            foreach (var (given, stored) in texts)
            {
                var remembered = await memory.RememberAsync(given);
                Assert.That(remembered.Document.Text, Is.EqualTo(stored));
                Assert.That((await memory.RememberAsync(stored)).Outcome, Is.EqualTo(RememberOutcome.Known), "Both spellings are one document");
                ids.Add(remembered.DocumentId);
            }
        }

        await using var again = await GraphMemory.OpenAsync(folder.File(), MemoryProbe.Options);
        var log = await again.ForgetAsync(ids[0].ToString());
        Assert.That(log[0].Text, Is.EqualTo(texts[0].Stored));
        for (var i = 1; i < texts.Length; i++)
        {
            Assert.That((await again.ForgetAsync(ids[i].ToString()))[0].Text, Is.EqualTo(texts[i].Stored), texts[i].Stored);
        }
    }

    [Test]
    public async Task All_fields_of_a_document_survive_reopening_by_log_and_by_snapshot([Values(1, int.MaxValue)] int snapshotEvery)
    {
        var document = new Document("# Plan\n\nAda Kern sails to Tolland.")
        {
            Id = "plan.md",
            Title = "Plan",
            Time = new DateTimeOffset(2024, 5, 6, 7, 8, 9, TimeSpan.FromHours(5.5)),
            Speaker = "Bo Lind",
            Session = "s-1",
            Source = "notes/plan.md",
            Format = DocumentFormat.Markdown,
            Metadata = new Dictionary<string, string> { ["zeta"] = "1", ["alpha"] = "é\n\"quoted\"" },
        };
        using var folder = new Testing.TempFolder();
        var options = MemoryProbe.Options with { SnapshotEvery = snapshotEvery };
        await using (var memory = await GraphMemory.OpenAsync(folder.File(), options))
        {
            await memory.RememberAsync(document);
        }

        await using var again = await GraphMemory.OpenAsync(folder.File(), options);
        var found = (await again.RecallAsync("Where does Ada Kern sail?")).Passages[0].Document;
        Assert.That(found with { Metadata = null }, Is.EqualTo(document with { Metadata = null }));
        Assert.That(found.Time!.Value.Offset, Is.EqualTo(document.Time!.Value.Offset));
        Assert.That(found.Metadata, Is.EquivalentTo(document.Metadata!));
    }

    [Test]
    public async Task A_document_without_text_or_too_long_is_refused_and_nothing_is_stored()
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync(MemoryProbe.Options with { DocumentCharsMax = 100 });
        Assert.That(async () => await memory.RememberAsync(""), Throws.ArgumentException.With.Message.Contains("empty text"));
        Assert.That(async () => await memory.RememberAsync(" \t\r\n\u00A0"), Throws.ArgumentException.With.Message.Contains("empty text"));
        Assert.That(async () => await memory.RememberAsync((string)null!), Throws.InstanceOf<ArgumentException>());
        Assert.That(
            async () => await memory.RememberAsync(new string('a', 101)),
            Throws.ArgumentException.With.Message.Contains("101").And.Message.Contains("100").And.Message.Contains("DocumentCharsMax"));
        Assert.That(
            async () => await memory.RememberAsync([new Document("fine"), new Document(" ") { Id = "bad" }]),
            Throws.ArgumentException.With.Message.Contains("'bad'"));
        Assert.That(
            async () => await memory.RememberAsync(new Document("x") { Title = new string('t', 2001) }),
            Throws.ArgumentException.With.Message.Contains("2,001"));
        Assert.That((await memory.GetStatusAsync()).Operations, Is.Zero);
        await memory.RememberAsync(new string('a', 100));
        Assert.That((await memory.GetStatusAsync()).Documents, Is.EqualTo(1));
    }

    [Test]
    public async Task A_store_of_ones_own_is_used_and_closed()
    {
        var store = new InMemoryStore("elsewhere");
        await using (var memory = await GraphMemory.OpenAsync(store, MemoryProbe.Options))
        {
            await memory.RememberAsync(SampleDocuments.Of(1));
            Assert.That((await memory.GetStatusAsync()).Scope, Is.EqualTo("elsewhere"));
        }

        var payload = (await Testing.LogMaker.ReadAllAsync(store))[0].Payload;
        Assert.That(Encoding.UTF8.GetString(payload.Span), Does.StartWith("{\"document\":{\"text\":"));
    }

    static async IAsyncEnumerable<Document> Stream(IEnumerable<Document> documents)
    {
        foreach (var document in documents)
        {
            await Task.Yield();
            yield return document;
        }
    }
}
