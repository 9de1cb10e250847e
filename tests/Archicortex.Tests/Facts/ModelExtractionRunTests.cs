using Archicortex.Facts;
using Archicortex.Models;
using Archicortex.OpenAI;
using Archicortex.Storage;
using Archicortex.Testing;
using Archicortex.Testing.Models;
using Archicortex.Tests.Models;
using Archicortex.Tests.Storage;
using NUnit.Framework;

namespace Archicortex.Tests.Facts;

/// <summary>Sixty passages through the OpenAI protocol, with a server that fails in a fifth of all requests.</summary>
[TestFixture]
public sealed class ModelExtractionRunTests
{
    const int Seed = 20;
    const double FailureShare = 0.2;
    const int Calls = 120;
    const int ConcurrencyMax = 4;

    static readonly List<FactSource> Sources = [.. Enumerable.Range(0, 60).Select(i =>
        new FactSource($"Ada Lund sent letter {i} to Bo Berg. Bo Berg read it in Oslo. Town{i} lies near Oslo."))];

    [Test]
    public async Task Every_passage_is_extracted_once_though_the_server_fails()
    {
        await using var server = new ScriptedModelServer(ScriptedModelServer.ExtractWithFailures(Seed, FailureShare));
        using var folder = new TempFolder();
        await using var store = SqliteStore.Open(folder.File());
        using var models = Open(server);
        var extractor = Extractor(models, store);
        var found = await extractor.ExtractAllAsync(Sources);
        Assert.That(found.Select(Lines), Is.EqualTo((await ExpectedAsync()).Select(Lines)));
        AssertNoSuccessTwice(server);
        Assert.That(GoodCount(server), Is.EqualTo(Calls));
        Assert.That(server.Requests.Select(request => request.Kind).Distinct().Count(), Is.EqualTo(5), "every kind of failure happened");
        Assert.That(extractor.Spending.Calls, Is.EqualTo(Calls + extractor.Spending.Repairs));
        Assert.That(extractor.Spending.Calls + extractor.Spending.Retries, Is.EqualTo(server.Requests.Count));
        await extractor.ExtractAllAsync(Sources);
        Assert.That(GoodCount(server), Is.EqualTo(Calls), "a second run asks nothing");
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(37)]
    [TestCase(80)]
    [TestCase(119)]
    public async Task A_run_that_is_killed_goes_on_where_it_stopped(int answersBefore)
    {
        using var folder = new TempFolder();
        await using (var server = new ScriptedModelServer(ScriptedModelServer.ExtractWithFailures(Seed, FailureShare)))
        {
            using var kill = new CancellationTokenSource();
            await using var store = SqliteStore.Open(folder.File());
            using var models = Open(server);
            var run = Extractor(models, new KillingCache(store, answersBefore, kill)).ExtractAllAsync(Sources, kill.Token);
            Assert.ThrowsAsync(Is.InstanceOf<OperationCanceledException>(), async () => await run);
        }

        await using var again = SqliteStore.Open(folder.File());
        var kept = answersBefore == 0 ? 0 : (int)(long)RawSqlite.Execute(SqliteParts.ConnectionOf(again), "SELECT count(*) FROM call")!;
        Assert.That(kept, Is.InRange(answersBefore, answersBefore + ConcurrencyMax));
        await using var second = new ScriptedModelServer(ScriptedModelServer.ExtractWithFailures(Seed + 1, FailureShare));
        using var others = Open(second);
        var found = await Extractor(others, again).ExtractAllAsync(Sources);
        Assert.That(found.Select(Lines), Is.EqualTo((await ExpectedAsync()).Select(Lines)));
        Assert.That(GoodCount(second), Is.EqualTo(Calls - kept), "only what was not kept is asked for");
        AssertNoSuccessTwice(second);
    }

    [Test]
    public async Task A_server_that_only_talks_nonsense_fails_the_run_and_leaves_no_facts()
    {
        foreach (var kind in new[] { ReplyKind.BrokenJson, ReplyKind.WrongSchema, ReplyKind.TrailingText })
        {
            await using var server = new ScriptedModelServer(request => ScriptedModelServer.Extract(request) with { Kind = kind });
            using var models = Open(server);
            var failure = Assert.ThrowsAsync<ModelReplyException>(async () => await Extractor(models, new InMemoryCallCache()).ExtractAllAsync(Sources[..3]));
            Assert.That(failure!.Reply, Is.Not.Empty, kind.ToString());
        }
    }

    [Test]
    public async Task Fenced_replies_are_as_good_as_plain_ones()
    {
        await using var server = new ScriptedModelServer(request => ScriptedModelServer.Extract(request) with { Kind = ReplyKind.Fenced });
        using var models = Open(server);
        var found = await Extractor(models, new InMemoryCallCache()).ExtractAllAsync(Sources[..5]);
        Assert.That(found.Select(Lines), Is.EqualTo((await ExpectedAsync()).Take(5).Select(Lines)));
        Assert.That(server.Requests, Has.Count.EqualTo(10));
    }

    static OpenAIModels Open(ScriptedModelServer server) => OpenAIModels.Create(new() { Endpoint = server.Endpoint, ChatModel = "scripted-1" });

    static ModelFactExtractor Extractor(OpenAIModels models, ICallCache cache) =>
        new(new ModelCaller(models.Chat!, Asking.Options() with { Cache = cache, ConcurrencyMax = ConcurrencyMax }));

    static async Task<IReadOnlyList<Extraction>> ExpectedAsync()
    {
        using var client = ScriptedChatClient.Extracting();
        return await new ModelFactExtractor(new ModelCaller(client, Asking.Options())).ExtractAllAsync(Sources);
    }

    static int GoodCount(ScriptedModelServer server) => server.Requests.Count(request => request.Kind == ReplyKind.Good);

    static void AssertNoSuccessTwice(ScriptedModelServer server) => Assert.That(
        server.Requests.Where(request => request.Kind == ReplyKind.Good).GroupBy(request => request.Prompt).Where(same => same.Count() > 1), Is.Empty);

    static string Lines(Extraction extraction) => string.Join('\n', extraction.Facts.Select(fact => fact.ToString()).Concat(extraction.Names));

    /// <summary>Stops the run once so many replies are safe, as a killed process would.</summary>
    sealed class KillingCache(SqliteStore store, int answersBefore, CancellationTokenSource kill) : ICallCache
    {
        int _stored;

        public async ValueTask<string?> FindAsync(CallKey key, CancellationToken cancellationToken = default)
        {
            if (answersBefore == 0)
            {
                await kill.CancelAsync();
            }

            return await store.FindAsync(key, cancellationToken);
        }

        public async ValueTask StoreAsync(CallKey key, string reply, CancellationToken cancellationToken = default)
        {
            await store.StoreAsync(key, reply, cancellationToken);
            if (Interlocked.Increment(ref _stored) >= answersBefore)
            {
                await kill.CancelAsync();
            }
        }
    }
}
