using Archicortex.Documents;
using Archicortex.Facts;
using Archicortex.Models;
using Archicortex.Testing;
using Archicortex.Testing.Models;
using NUnit.Framework;

namespace Archicortex.Tests.Door;

/// <summary>Taking an embedder into use: all or nothing, and nothing twice.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class UseEmbedderTests : IDisposable
{
    const string Question = "Who repaired the glass clock in Port Elms?";

    static readonly UseEmbedderOptions Small = new() { BatchSize = 7, Units = EmbeddingUnits.Passages };
    static readonly RecallOptions Dense = new() { Strategy = RecallStrategy.Dense, Top = 10 };

    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public async Task The_dense_strategy_says_which_embedder_ranked()
    {
        await using var memory = await MemoryProbe.OpenAsync(SampleDocuments.Some(30));
        Assert.That((await memory.RecallAsync(Question, Dense)).Reason, Does.Contain("hashed-1:1024").And.Contain("no embedder was taken into use"));
        var epoch = await memory.UseEmbedderAsync(New("a"), Small);
        Assert.That((await memory.RecallAsync(Question, Dense)).Reason, Is.EqualTo("As asked, with vectors of 'a'."));
        Assert.That((await memory.GetStatusAsync()).Embedding, Is.EqualTo(new EmbeddingStatus(epoch, true, null)));
        Assert.That((await memory.VerifyAsync()).Problems, Is.Empty);
    }

    [Test]
    public async Task Taking_the_same_into_use_again_writes_and_embeds_nothing()
    {
        await using var memory = await MemoryProbe.OpenAsync(SampleDocuments.Some(30));
        var embedder = New("a");
        var epoch = await memory.UseEmbedderAsync(embedder, Small);
        var (status, asked) = (await memory.GetStatusAsync(), embedder.Asked.Count);
        Assert.That(await memory.UseEmbedderAsync(embedder, Small), Is.EqualTo(epoch));
        Assert.That(await memory.GetStatusAsync(), Is.EqualTo(status));
        Assert.That(embedder.Asked, Has.Count.EqualTo(asked).And.Unique);
    }

    [Test]
    public async Task A_cancelled_run_leaves_the_old_embedder_in_force_and_the_next_one_goes_on([Values(0, 1, 8, 20, 37)] int stopAt)
    {
        await using (var memory = await OpenAsync())
        {
            await memory.RememberAsync(SampleDocuments.Some(40));
            await memory.UseEmbedderAsync(New("old"), Small);
        }

        var (first, second) = (New("new"), New("new"));
        using var stop = new CancellationTokenSource();
        first.BeforeBatch = asked =>
        {
            if (asked >= stopAt)
            {
                stop.Cancel();
            }
        };
        string before;
        await using (var memory = await OpenAsync(New("old")))
        {
            before = Ranks(await memory.RecallAsync(Question, Dense));
            Assert.That(async () => await memory.UseEmbedderAsync(first, Small, null, stop.Token), Throws.InstanceOf<OperationCanceledException>());
            var after = await memory.RecallAsync(Question, Dense);
            Assert.That((Ranks(after), after.Reason), Is.EqualTo((before, "As asked, with vectors of 'old'.")));
        }

        await using var again = await OpenAsync(New("new"));
        Assert.That((await again.GetStatusAsync()).Embedding, Is.Not.Null.And.Property("IsAvailable").False, "The old one is in force");
        await again.UseEmbedderAsync(second, Small);
        Assert.That(first.Asked.Concat(second.Asked), Is.Unique);
        Assert.That(first.Asked.Count + second.Asked.Count, Is.EqualTo((await again.GetStatusAsync()).Passages));
        Assert.That((await again.RecallAsync(Question, Dense)).Reason, Does.Contain("'new'"));
    }

    [Test]
    public async Task An_embedder_that_fails_or_answers_wrongly_changes_nothing()
    {
        await using var memory = await MemoryProbe.OpenAsync(SampleDocuments.Some(30));
        await memory.UseEmbedderAsync(New("old"), Small);
        var status = await memory.GetStatusAsync();
        var before = Ranks(await memory.RecallAsync(Question, Dense));
        var failing = New("failing");
        failing.BeforeBatch = asked =>
        {
            if (asked >= 14)
            {
                throw new HttpRequestException("the server is gone");
            }
        };
        var few = New("few");
        few.Reply = vectors => [.. vectors.Skip(1)];
        var wide = New("wide");
        wide.Reply = vectors => [.. vectors.Select(_ => (ReadOnlyMemory<float>)new float[65])];
        var broken = New("broken");
        broken.Reply = vectors => [.. vectors.Select(_ => (ReadOnlyMemory<float>)Enumerable.Repeat(float.NaN, 64).ToArray())];
        Assert.That(async () => await memory.UseEmbedderAsync(failing, Small), Throws.InstanceOf<HttpRequestException>());
        Assert.That(async () => await memory.UseEmbedderAsync(few, Small), Throws.InstanceOf<GraphMemoryException>().With.Message.Contains("7").And.Message.Contains("6"));
        Assert.That(async () => await memory.UseEmbedderAsync(wide, Small), Throws.InstanceOf<GraphMemoryException>().With.Message.Contains("65").And.Message.Contains("64"));
        Assert.That(async () => await memory.UseEmbedderAsync(broken, Small), Throws.InstanceOf<GraphMemoryException>().With.Message.Contains("finite"));
        Assert.That(await memory.GetStatusAsync(), Is.EqualTo(status));
        Assert.That(Ranks(await memory.RecallAsync(Question, Dense)), Is.EqualTo(before));
    }

    [Test]
    public async Task Another_embedder_than_the_one_in_force_is_refused_or_takes_no_part_and_that_is_said()
    {
        await using (var memory = await OpenAsync())
        {
            await memory.RememberAsync(SampleDocuments.Some(30));
            await memory.UseEmbedderAsync(New("a"));
        }

        foreach (var other in new[] { New("b"), New("a", 32), null })
        {
            await using var memory = await OpenAsync(other);
            Assert.That(
                async () => await memory.RecallAsync(Question, Dense),
                Throws.InstanceOf<GraphMemoryException>().With.Message.Contains("'a'").And.Message.Contains("UseEmbedderAsync"));
            var graph = await memory.RecallAsync(Question, new() { Strategy = RecallStrategy.Graph });
            Assert.That(graph.Fallback, Does.Contain("Vectors took no part").And.Contain("'a'"));
            Assert.That(graph.Passages, Is.Not.Empty);
            await memory.RememberAsync(SampleDocuments.Of(1000 + (other?.Dimension ?? 0)));
            Assert.That(other?.Asked ?? [], Is.Empty, "Nothing is embedded by the wrong one");
        }
    }

    [Test]
    public async Task The_same_texts_in_another_dimension_are_other_vectors()
    {
        await using var memory = await MemoryProbe.OpenAsync(SampleDocuments.Some(30));
        await memory.UseEmbedderAsync(New("a"), Small);
        var wider = New("a", 128);
        Assert.That((await memory.UseEmbedderAsync(wider, Small)).Dimension, Is.EqualTo(128));
        Assert.That(wider.Asked, Has.Count.EqualTo((await memory.GetStatusAsync()).Passages));
        Assert.That((await memory.RecallAsync(Question, Dense)).Passages, Is.Not.Empty);
    }

    [Test]
    public async Task What_is_remembered_later_is_embedded_then_and_once()
    {
        var embedder = New("a");
        await using var memory = await OpenAsync(embedder);
        await memory.RememberAsync(SampleDocuments.Some(20));
        await memory.UseEmbedderAsync(embedder, Small);
        await memory.RememberAsync(new Document("The zeppelin of Captain Ozd landed at noon.") { Id = "z" });
        var asked = embedder.Asked.Count;
        Assert.That(embedder.Asked[^1], Does.Contain("zeppelin"));
        var found = await memory.RecallAsync("zeppelin captain", Dense);
        Assert.That(found.Passages[0].DocumentName, Is.EqualTo("z"));
        Assert.That(embedder.Asked, Has.Count.EqualTo(asked).And.Unique);
    }

    [Test]
    public async Task A_failing_embedder_does_not_keep_a_document_from_being_remembered_and_the_next_recall_makes_up_for_it()
    {
        var embedder = New("a");
        await using var memory = await OpenAsync(embedder);
        await memory.RememberAsync(SampleDocuments.Some(20));
        await memory.UseEmbedderAsync(embedder, Small);
        embedder.BeforeBatch = _ => throw new HttpRequestException("the server is gone");
        Assert.That((await memory.RememberAsync(new Document("The zeppelin of Captain Ozd landed.") { Id = "z" })).Outcome, Is.EqualTo(RememberOutcome.Added));
        Assert.That((await memory.GetStatusAsync()).Embedding!.LastFailure, Does.Contain("server is gone"));
        Assert.That(async () => await memory.RecallAsync("zeppelin", Dense), Throws.InstanceOf<HttpRequestException>());
        var graph = await memory.RecallAsync("the zeppelin of Captain Ozd", new() { Strategy = RecallStrategy.Graph });
        Assert.That(graph.Passages[0].DocumentName, Is.EqualTo("z"));
        Assert.That(graph.Fallback, Does.Contain("server is gone"));
        embedder.BeforeBatch = null;
        Assert.That((await memory.RecallAsync("zeppelin", Dense)).Passages[0].DocumentName, Is.EqualTo("z"));
        Assert.That((await memory.GetStatusAsync()).Embedding!.LastFailure, Is.Null);
    }

    [Test]
    public async Task What_is_forgotten_is_not_found_by_its_vector()
    {
        var embedder = New("a");
        await using var memory = await OpenAsync(embedder);
        await memory.RememberAsync([.. SampleDocuments.Some(20), new Document("The zeppelin landed.") { Id = "z" }]);
        await memory.UseEmbedderAsync(embedder, Small);
        Assert.That((await memory.RecallAsync("zeppelin", Dense)).Passages[0].DocumentName, Is.EqualTo("z"));
        await memory.ForgetAsync("z");
        Assert.That((await memory.RecallAsync("zeppelin", Dense)).Passages.Select(passage => passage.DocumentName), Has.None.EqualTo("z"));
    }

    [Test]
    public async Task A_reader_follows_the_writer_from_one_embedder_to_the_next()
    {
        await using var writer = await OpenAsync(New("a"));
        await writer.RememberAsync(SampleDocuments.Some(30));
        var follower = new HashedEmbedder(256);
        await using var reader = await GraphMemory.OpenAsync(_folder.File(), new() { IsReadOnly = true, Embedder = follower });
        await writer.UseEmbedderAsync(New("a"), Small);
        Assert.That(async () => await reader.RecallAsync(Question, Dense), Throws.InstanceOf<GraphMemoryException>().With.Message.Contains("'a'"));
        await writer.UseEmbedderAsync(new HashedEmbedder(256), Small);
        var (read, written) = (await reader.RecallAsync(Question, Dense), await writer.RecallAsync(Question, Dense));
        Assert.That((Ranks(read), read.Reason), Is.EqualTo((Ranks(written), "As asked, with vectors of 'hashed-1:256'.")));
        await writer.RememberAsync(SampleDocuments.Of(77));
        Assert.That(Ranks(await reader.RecallAsync(Question, Dense)), Is.EqualTo(Ranks(await writer.RecallAsync(Question, Dense))));
        Assert.That(() => reader.UseEmbedderAsync(follower), Throws.InvalidOperationException);
    }

    [Test]
    public async Task Export_snapshot_replay_and_verify_keep_the_epoch([Values] bool viaSnapshot)
    {
        string hash;
        EmbeddingEpoch epoch;
        var options = MemoryProbe.Options with { Embedder = New("a"), SnapshotEvery = viaSnapshot ? 1 : int.MaxValue };
        await using (var memory = await GraphMemory.OpenAsync(_folder.File(), options))
        {
            await memory.RememberAsync(SampleDocuments.Some(60));
            var plain = await memory.GetStateHashAsync();
            epoch = await memory.UseEmbedderAsync(New("a"), Small);
            hash = await memory.GetStateHashAsync();
            Assert.That(hash, Is.Not.EqualTo(plain));
        }

        var embedder = New("a");
        await using var again = await GraphMemory.OpenAsync(_folder.File(), options with { Embedder = embedder });
        Assert.That((await again.GetStatusAsync()).Embedding!.Epoch, Is.EqualTo(epoch));
        Assert.That(await again.GetStateHashAsync(), Is.EqualTo(hash));
        Assert.That((await again.VerifyAsync()).Problems, Is.Empty);
        var ranks = Ranks(await again.RecallAsync(Question, Dense));
        Assert.That(embedder.Asked, Is.Empty, "All vectors are kept");

        var other = New("a");
        await using var copy = await GraphMemory.OpenInMemoryAsync(MemoryProbe.Options with { Embedder = other });
        var report = await copy.ImportAsync(await MemoryProbe.ExportAsync(again));
        Assert.That((report.IsVerbatim, report.Embedder), Is.EqualTo((true, "a")));
        Assert.That(await copy.GetStateHashAsync(), Is.EqualTo(hash));
        Assert.That(Ranks(await copy.RecallAsync(Question, Dense)), Is.EqualTo(ranks));
        Assert.That(other.Asked, Has.Count.EqualTo((await copy.GetStatusAsync()).Passages), "Vectors are no part of an export");

        await using var filled = await MemoryProbe.OpenAsync(SampleDocuments.Some(1, first: 900));
        Assert.That((await filled.ImportAsync(await MemoryProbe.ExportAsync(again))).Embedder, Is.EqualTo("a"));
        Assert.That((await filled.GetStatusAsync()).Embedding, Is.Null, "It keeps its own");
    }

    [Test]
    public async Task Facts_recorded_by_others_survive_an_export()
    {
        await using var memory = await MemoryProbe.OpenAsync();
        var remembered = await memory.RememberAsync(new Document("Ada sold a kettle.") { Id = "d" });
        await memory.RecordFactsAsync(remembered.DocumentId, "curator", [new([], [new Fact("Ada", "sold", "kettle")])]);
        await using var copy = await MemoryProbe.OpenAsync();
        await copy.ImportAsync(await MemoryProbe.ExportAsync(memory));
        Assert.That(await copy.GetStateHashAsync(), Is.EqualTo(await memory.GetStateHashAsync()));
    }

    [Test]
    public async Task The_state_does_not_depend_on_the_order_in_which_documents_came()
    {
        const int Seed = 20_260_402;
        var documents = SampleDocuments.Some(60);
        var hashes = new HashSet<string>();
        var ranks = new HashSet<string>();
        var random = new Random(Seed);
        for (var run = 0; run < 4; run++)
        {
            await using var memory = await GraphMemory.OpenInMemoryAsync(MemoryProbe.Options);
            random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(documents));
            await memory.RememberAsync(documents, new() { BatchSize = 1 + (run * 13) });
            var epoch = await memory.UseEmbedderAsync(new HashedEmbedder(128));
            hashes.Add(await memory.GetStateHashAsync() + epoch);
            ranks.Add(Ranks(await memory.RecallAsync(Question, Dense)));
        }

        Assert.That((hashes.Count, ranks.Count), Is.EqualTo((1, 1)), $"seed {Seed}");
    }

    [Test]
    public async Task Documents_remembered_while_texts_are_embedded_are_part_of_the_epoch()
    {
        var embedder = New("a");
        await using var memory = await OpenAsync(embedder);
        await memory.RememberAsync(SampleDocuments.Some(20));
        var late = 0;
        embedder.BeforeBatch = _ =>
        {
            if (late < 5)
            {
                memory.RememberAsync(SampleDocuments.Of(500 + late++)).GetAwaiter().GetResult();
            }
        };
        await memory.UseEmbedderAsync(embedder, Small);
        embedder.BeforeBatch = null;
        var status = await memory.GetStatusAsync();
        Assert.That(embedder.Asked, Has.Count.EqualTo(status.Passages).And.Unique);
        Assert.That((await memory.RecallAsync(Question, Dense)).Passages, Is.Not.Empty);
    }

    [Test]
    public async Task A_recall_allocates_nothing_that_grows_with_the_vectors()
    {
        async Task<long> AllocatedAsync(int documents)
        {
            await using var memory = await GraphMemory.OpenInMemoryAsync(MemoryProbe.Options);
            await memory.RememberAsync(SampleDocuments.Some(documents));
            await memory.UseEmbedderAsync(new HashedEmbedder(512));
            var least = long.MaxValue;
            for (var run = 0; run < 8; run++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                var recall = memory.RecallAsync("glass clock", Dense);
                Assert.That(recall.IsCompletedSuccessfully, Is.True, "It must stay on this thread to be measured");
                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }

            return least;
        }

        var (few, many) = (await AllocatedAsync(50), await AllocatedAsync(1000));
        TestContext.Out.WriteLine($"{few} bytes at 50 documents, {many} at 1,000, whose vectors are over {1000 * 512 * 4} bytes");
        Assert.That(many - few, Is.LessThan(16_384));
    }

    Task<GraphMemory> OpenAsync(ITextEmbedder? embedder = null) =>
        GraphMemory.OpenAsync(_folder.File(), MemoryProbe.Options with { Embedder = embedder });

    static ScriptedEmbedder New(string identity, int dimension = 64) => new(identity, dimension);

    static string Ranks(Recollection found) => string.Join(' ', found.Passages.Select(passage => passage.PassageId));
}
