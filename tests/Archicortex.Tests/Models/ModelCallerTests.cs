using Archicortex.Models;
using Archicortex.Testing.Models;
using Microsoft.Extensions.AI;
using NUnit.Framework;
using static Archicortex.Tests.Models.Asking;

namespace Archicortex.Tests.Models;

[TestFixture]
public sealed class ModelCallerTests
{
    [Test]
    public async Task A_call_is_cold_bound_to_its_schema_and_without_tools()
    {
        using var client = ScriptedChatClient.Saying(Names("Ada"));
        var reply = await new ModelCaller(client, Options() with { Seed = 7 }).CallAsync(Call(), default);
        Assert.That(reply.Value, Is.EqualTo(Ada));
        var options = client.Requests.Single().Options;
        Assert.That(options.Temperature, Is.Zero);
        Assert.That(options.MaxOutputTokens, Is.EqualTo(50));
        Assert.That(options.Seed, Is.EqualTo(7));
        Assert.That(options.Tools, Is.Null);
        Assert.That(options.ModelId, Is.EqualTo("scripted-1"));
        Assert.That(((ChatResponseFormatJson)options.ResponseFormat!).Schema!.Value.GetProperty("required")[0].GetString(), Is.EqualTo("named_entities"));
    }

    [Test]
    public async Task A_bad_reply_is_sent_back_once_with_the_reason()
    {
        using var client = ScriptedChatClient.Saying("Sure! Ada.", Names("Ada"));
        var caller = new ModelCaller(client, Options());
        var reply = await caller.CallAsync(Call(), default);
        Assert.That(reply.Text, Is.EqualTo(Names("Ada")));
        Assert.That(client.Requests, Has.Count.EqualTo(2));
        var repair = client.Requests[1].Messages;
        Assert.That(repair[1].Text, Is.EqualTo("Sure! Ada."));
        Assert.That(repair[1].Role, Is.EqualTo(ChatRole.Assistant));
        Assert.That(repair[2].Text, Does.Contain("'S' is an invalid start of a value"));
        Assert.That(caller.Spending, Has.Property("Calls").EqualTo(2).And.Property("Repairs").EqualTo(1).And.Property("Retries").EqualTo(0));
    }

    [Test]
    public void B13_two_bad_replies_are_an_error_that_carries_the_last()
    {
        using var client = ScriptedChatClient.Saying("no", "no again", Names("too late"));
        var failure = Assert.ThrowsAsync<ModelReplyException>(async () => await new ModelCaller(client, Options()).CallAsync(Call(), default));
        Assert.That(failure!.Reply, Is.EqualTo("no again"));
        Assert.That(failure.Message, Does.Contain("scripted-1").And.Contain("names").And.Contain("twice"));
        Assert.That(client.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_reply_cut_short_is_a_bad_reply_even_if_it_reads_well()
    {
        using var client = new ScriptedChatClient((request, _) => Task.FromResult(
            ScriptedChatClient.Response(Names("Ada"), request.Number == 0 ? ChatFinishReason.Length : ChatFinishReason.Stop)));
        await new ModelCaller(client, Options()).CallAsync(Call(), default);
        Assert.That(client.Requests, Has.Count.EqualTo(2));
        Assert.That(client.Requests[1].LastText, Does.Contain("cut off after 50 tokens"));
    }

    [Test]
    public void An_empty_reply_is_a_bad_reply()
    {
        using var client = ScriptedChatClient.Saying("", "");
        Assert.ThrowsAsync<ModelReplyException>(async () => await new ModelCaller(client, Options()).CallAsync(Call(), default));
        Assert.That(client.Requests[1].Messages[1].Text, Is.Not.Empty, "servers refuse empty messages");
    }

    [Test]
    public async Task The_same_call_is_made_once()
    {
        using var client = ScriptedChatClient.Saying(Names("Ada"));
        var caller = new ModelCaller(client, Options() with { Cache = new InMemoryCallCache() });
        await caller.CallAsync(Call(), default);
        var again = await caller.CallAsync(Call(), default);
        Assert.That(again.Text, Is.EqualTo(Names("Ada")));
        Assert.That(client.Requests, Has.Count.EqualTo(1));
        Assert.That(caller.Spending, Has.Property("Calls").EqualTo(1).And.Property("CacheHits").EqualTo(1));
    }

    [Test]
    public async Task Another_text_prompt_schema_limit_model_or_seed_is_another_call()
    {
        using var client = ScriptedChatClient.Saying(Names("Ada"));
        var options = Options() with { Cache = new InMemoryCallCache() };
        var caller = new ModelCaller(client, options);
        await caller.CallAsync(Call(), default);
        await caller.CallAsync(Call("Who is Bo?"), default);
        await caller.CallAsync(Call(version: "test-2"), default);
        await caller.CallAsync(Call(schema: """{"type":"object"}"""), default);
        await caller.CallAsync(Call(outputTokensMax: 51), default);
        await new ModelCaller(client, options with { ModelId = "other" }).CallAsync(Call(), default);
        await new ModelCaller(client, options with { Seed = 0 }).CallAsync(Call(), default);
        Assert.That(client.Requests, Has.Count.EqualTo(7));
        Assert.That(((InMemoryCallCache)options.Cache).Count, Is.EqualTo(7));
    }

    [Test]
    public async Task A_reply_is_stored_after_it_was_understood_and_before_it_is_used()
    {
        using var client = ScriptedChatClient.Saying("bad", Names("Ada"));
        var cache = new WatchedCache();
        await new ModelCaller(client, Options() with { Cache = cache }).CallAsync(Call(), default);
        Assert.That(cache.Stored, Is.EqualTo(new[] { Names("Ada") }), "the bad reply is not kept");
        var broken = new ModelCaller(client, Options() with { Cache = new WatchedCache { Failure = new MemoryStoreException("full") } });
        Assert.ThrowsAsync<MemoryStoreException>(async () => await broken.CallAsync(Call("other"), default), "a reply that could not be kept is not used");
    }

    [Test]
    public async Task A_stored_reply_that_cannot_be_read_any_more_is_asked_for_anew()
    {
        using var client = ScriptedChatClient.Saying(Names("Ada"));
        var cache = new InMemoryCallCache();
        await cache.StoreAsync(Call().KeyFor("scripted-1", null), "from an older reader");
        var reply = await new ModelCaller(client, Options() with { Cache = cache }).CallAsync(Call(), default);
        Assert.That(reply.Value, Is.EqualTo(Ada));
        Assert.That(await cache.FindAsync(Call().KeyFor("scripted-1", null)), Is.EqualTo(Names("Ada")));
    }

    [Test]
    public async Task Equal_calls_at_a_time_make_one_request()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var client = new ScriptedChatClient(async (_, _) =>
        {
            await gate.Task;
            return ScriptedChatClient.Response(Names("Ada"));
        });
        var caller = new ModelCaller(client, Options());
        var calls = Enumerable.Range(0, 20).Select(_ => caller.Under(ModelBudget.Unlimited).CallAsync(Call(), default)).ToList();
        gate.SetResult();
        Assert.That((await Task.WhenAll(calls)).Select(reply => reply.Text), Is.All.EqualTo(Names("Ada")));
        Assert.That(client.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Whoever_waits_for_a_call_that_is_cancelled_makes_it_himself()
    {
        using var client = new ScriptedChatClient(async (request, token) =>
        {
            if (request.Number == 0)
            {
                await Task.Delay(Timeout.Infinite, token);
            }

            return ScriptedChatClient.Response(Names("Ada"));
        });
        var caller = new ModelCaller(client, Options());
        using var cancel = new CancellationTokenSource();
        var first = caller.CallAsync(Call(), cancel.Token);
        var second = caller.CallAsync(Call(), default);
        await cancel.CancelAsync();
        Assert.ThrowsAsync(Is.InstanceOf<OperationCanceledException>(), async () => await first);
        Assert.That((await second).Value, Is.EqualTo(Ada));
        Assert.That(client.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_failure_of_a_shared_call_is_everyones()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var client = new ScriptedChatClient(async (_, _) =>
        {
            await gate.Task;
            throw new ModelTransportException("bad key", 401);
        });
        var caller = new ModelCaller(client, Options());
        var calls = Enumerable.Range(0, 5).Select(_ => caller.CallAsync(Call(), default)).ToList();
        gate.SetResult();
        foreach (var call in calls)
        {
            Assert.ThrowsAsync<ModelTransportException>(async () => await call);
        }

        Assert.That(client.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_poor_caller_does_not_spoil_the_call_of_a_rich_one()
    {
        var gate = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var client = ScriptedChatClient.Saying(Names("Ada"));
        var caller = new ModelCaller(client, Options() with { Cache = new SlowCache(gate.Task) });
        var poor = caller.Under(new ModelBudget { CallsMax = 0 }).CallAsync(Call(), default);
        var rich = caller.CallAsync(Call(), default);
        gate.SetResult(null);
        Assert.ThrowsAsync<BudgetExceededException>(async () => await poor);
        Assert.That((await rich).Value, Is.EqualTo(Ada));
    }

    [Test]
    public async Task No_more_calls_run_at_a_time_than_allowed_and_results_keep_their_order()
    {
        var (now, most) = (0, 0);
        using var client = new ScriptedChatClient(async (request, _) =>
        {
            var running = Interlocked.Increment(ref now);
            InterlockedMax(ref most, running);
            await Task.Yield();
            Interlocked.Decrement(ref now);
            return ScriptedChatClient.Response(Names(request.LastText));
        });
        var caller = new ModelCaller(client, Options() with { ConcurrencyMax = 3 });
        var texts = Enumerable.Range(0, 40).Select(i => $"text {i}").ToList();
        var replies = await InOrder.RunAsync(texts, 16, (text, token) => caller.CallAsync(Call(text), token), default);
        Assert.That(replies.Select(reply => reply.Value[0]), Is.EqualTo(texts));
        Assert.That(most, Is.InRange(1, 3));
    }

    [Test]
    public async Task After_a_failure_nothing_new_starts_and_the_first_failure_is_told()
    {
        var started = 0;
        async Task<int> Work(int item, CancellationToken token)
        {
            Interlocked.Increment(ref started);
            await Task.Yield();
            return item is 3 or 4 ? throw new InvalidOperationException($"item {item}") : item;
        }

        Assert.ThrowsAsync(
            Is.InstanceOf<InvalidOperationException>().With.Message.EqualTo("item 3"),
            async () => await InOrder.RunAsync([.. Enumerable.Range(0, 1000)], 1, Work, default));
        Assert.That(started, Is.EqualTo(4));
        Assert.That(await InOrder.RunAsync<int, int>([], 4, Work, default), Is.Empty);
    }

    [Test]
    public void A_model_without_a_name_is_refused()
    {
        using var client = new NamelessClient();
        Assert.That(() => new ModelCaller(client), Throws.ArgumentException.With.Message.Contains("ModelOptions.ModelId"));
        Assert.That(new ModelCaller(client, new() { ModelId = "m" }).ModelId, Is.EqualTo("m"));
    }

    static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); seen < value; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }

    /// <summary>Empty, and slow at the second look: the one of whoever leads.</summary>
    sealed class SlowCache(Task<string?> found) : ICallCache
    {
        int _looks;

        public ValueTask<string?> FindAsync(CallKey key, CancellationToken cancellationToken = default) =>
            Interlocked.Increment(ref _looks) == 2 ? new(found) : ValueTask.FromResult<string?>(null);

        public ValueTask StoreAsync(CallKey key, string reply, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
    }

    sealed class WatchedCache : ICallCache
    {
        public List<string> Stored { get; } = [];

        public Exception? Failure { get; init; }

        public ValueTask<string?> FindAsync(CallKey key, CancellationToken cancellationToken = default) => ValueTask.FromResult<string?>(null);

        public ValueTask StoreAsync(CallKey key, string reply, CancellationToken cancellationToken = default)
        {
            Stored.Add(reply);
            return Failure is null ? ValueTask.CompletedTask : ValueTask.FromException(Failure);
        }
    }

    sealed class NamelessClient : DelegatingChatClient
    {
        public NamelessClient()
            : base(ScriptedChatClient.Saying(""))
        {
        }

        public override object? GetService(Type serviceType, object? serviceKey = null) => null;
    }
}
