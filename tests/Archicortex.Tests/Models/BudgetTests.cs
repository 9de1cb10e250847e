using Archicortex.Models;
using Archicortex.Testing.Models;
using Microsoft.Extensions.AI;
using NUnit.Framework;
using static Archicortex.Tests.Models.Asking;

namespace Archicortex.Tests.Models;

[TestFixture]
public sealed class BudgetTests
{
    [TestCase("", 0)]
    [TestCase("a", 1)]
    [TestCase("abcd", 1)]
    [TestCase("abcde", 2)]
    [TestCase("東京", 2)]
    [TestCase("abcd東京efgh", 4)]
    [TestCase("서울", 2)]
    public void Tokens_are_counted_by_a_named_rule(string text, int tokens)
    {
        Assert.That(TokenCounting.Count(text), Is.EqualTo(tokens));
        Assert.That(TokenCounting.Name, Is.EqualTo("chars/4-1"));
    }

    [Test]
    public async Task What_was_spent_is_what_the_server_reports()
    {
        using var client = new ScriptedChatClient((_, _) =>
        {
            var response = ScriptedChatClient.Response(Names("Ada"));
            response.Usage = new UsageDetails { InputTokenCount = 1_000_000, OutputTokenCount = 500_000 };
            return Task.FromResult(response);
        });
        var caller = new ModelCaller(client, Options() with { Budget = new() { InputPricePerMillion = 3, OutputPricePerMillion = 8 } });
        await caller.CallAsync(Call(), default);
        Assert.That(caller.Spending.InputTokens, Is.EqualTo(1_000_000));
        Assert.That(caller.Spending.OutputTokens, Is.EqualTo(500_000));
        Assert.That(caller.Spending.Money, Is.EqualTo(7m));
    }

    [Test]
    public async Task Without_a_report_tokens_are_counted()
    {
        using var client = ScriptedChatClient.Saying(Names("Ada"));
        var caller = new ModelCaller(client, Options());
        await caller.CallAsync(Call(), default);
        Assert.That(caller.Spending.InputTokens, Is.EqualTo(Call().InputTokens));
        Assert.That(caller.Spending.OutputTokens, Is.EqualTo(TokenCounting.Count(Names("Ada"))));
        Assert.That(caller.Spending.TokenRule, Is.EqualTo(TokenCounting.Name));
        Assert.That(caller.Spending.Money, Is.Null);
    }

    [TestCase(nameof(ModelBudget.CallsMax))]
    [TestCase(nameof(ModelBudget.InputTokensMax))]
    [TestCase(nameof(ModelBudget.OutputTokensMax))]
    [TestCase(nameof(ModelBudget.MoneyMax))]
    public async Task A_limit_stops_before_the_call_that_would_pass_it(string limit)
    {
        // Each limit allows one call and not two. Output: the first call is settled at 9 tokens, the second reserves 50 more.
        var input = Call().InputTokens;
        var budget = limit switch
        {
            nameof(ModelBudget.CallsMax) => new ModelBudget { CallsMax = 1 },
            nameof(ModelBudget.InputTokensMax) => new ModelBudget { InputTokensMax = (2 * input) - 1 },
            nameof(ModelBudget.OutputTokensMax) => new ModelBudget { OutputTokensMax = 52 },
            _ => new ModelBudget { MoneyMax = input + 52, InputPricePerMillion = 1_000_000, OutputPricePerMillion = 1_000_000 },
        };
        using var client = ScriptedChatClient.Saying(Names("Ada"));
        var caller = new ModelCaller(client, Options()).Under(budget);
        await caller.CallAsync(Call("Who is Ada?"), default);
        var failure = Assert.ThrowsAsync<BudgetExceededException>(async () => await caller.CallAsync(Call("Who is Bob?"), default));
        Assert.That(failure!.Limit, Is.EqualTo(limit));
        Assert.That(failure.Message, Does.Contain(limit).And.Contain("names").And.Contain("not made"));
        Assert.That(client.Requests, Has.Count.EqualTo(1));
        Assert.That(caller.Spending.Calls, Is.EqualTo(1));
    }

    [Test]
    public async Task Calls_at_a_time_cannot_pass_a_limit_together()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var client = new ScriptedChatClient(async (_, _) =>
        {
            await gate.Task;
            return ScriptedChatClient.Response(Names("Ada"));
        });
        var caller = new ModelCaller(client, Options() with { ConcurrencyMax = 10 }).Under(new ModelBudget { OutputTokensMax = 175 });
        var calls = Enumerable.Range(0, 20).Select(i => caller.CallAsync(Call($"text {i:00}"), default)).ToList();
        Assert.That(client.Requests, Has.Count.EqualTo(3), "three times 50 fit into 175; the others wait for what these really take");
        Assert.That(calls.Any(call => call.IsCompleted), Is.False);
        gate.SetResult();
        foreach (var call in calls)
        {
            try
            {
                await call;
            }
            catch (BudgetExceededException failure)
            {
                Assert.That(failure.Limit, Is.EqualTo(nameof(ModelBudget.OutputTokensMax)));
            }
        }

        // Each takes 7: after 18 calls 126 are spent, and 126 + 50 is too much.
        Assert.That(TokenCounting.Count(Names("Ada")), Is.EqualTo(7));
        Assert.That(client.Requests, Has.Count.EqualTo(18));
        Assert.That(caller.Spending.OutputTokens, Is.EqualTo(126));
    }

    [Test]
    public async Task Waiting_for_a_part_of_the_budget_can_be_given_up()
    {
        using var client = new ScriptedChatClient(async (_, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return ScriptedChatClient.Response(Names("Ada"));
        });
        var caller = new ModelCaller(client, Options()).Under(new ModelBudget { OutputTokensMax = 60 });
        using var cancel = new CancellationTokenSource();
        var calls = Enumerable.Range(0, 3).Select(i => caller.CallAsync(Call($"text {i}"), cancel.Token)).ToList();
        Assert.That(client.Requests, Has.Count.EqualTo(1));
        await cancel.CancelAsync();
        foreach (var call in calls)
        {
            Assert.ThrowsAsync(Is.InstanceOf<OperationCanceledException>(), async () => await call);
        }
    }

    [Test]
    public async Task A_repair_needs_a_budget_of_its_own()
    {
        using var client = ScriptedChatClient.Saying("bad", Names("Ada"));
        var caller = new ModelCaller(client, Options()).Under(new ModelBudget { CallsMax = 1 });
        Assert.ThrowsAsync<BudgetExceededException>(async () => await caller.CallAsync(Call(), default));
        Assert.That(client.Requests, Has.Count.EqualTo(1));
        await Task.CompletedTask;
    }

    [Test]
    public async Task A_call_that_failed_gives_back_what_it_reserved()
    {
        using var client = new ScriptedChatClient((request, _) => request.Number == 0
            ? Task.FromException<ChatResponse>(new ModelTransportException("bad key", 401))
            : Task.FromResult(ScriptedChatClient.Response(Names("Ada"))));
        var caller = new ModelCaller(client, Options()).Under(new ModelBudget { CallsMax = 1, OutputTokensMax = 50 });
        Assert.ThrowsAsync<ModelTransportException>(async () => await caller.CallAsync(Call(), default));
        await caller.CallAsync(Call(), default);
        Assert.That(caller.Spending.Calls, Is.EqualTo(1));
    }

    [Test]
    public async Task A_budget_that_is_spent_still_reads_the_cache()
    {
        using var client = ScriptedChatClient.Saying(Names("Ada"));
        var caller = new ModelCaller(client, Options() with { Cache = new InMemoryCallCache() });
        await caller.CallAsync(Call(), default);
        var poor = caller.Under(new ModelBudget { CallsMax = 0 });
        Assert.That((await poor.CallAsync(Call(), default)).Value, Is.EqualTo(Ada));
        Assert.That(poor.Spending, Has.Property("CacheHits").EqualTo(1).And.Property("Calls").EqualTo(0));
        Assert.That(caller.Spending.Calls, Is.EqualTo(1), "each keeps its own account");
    }

    [Test]
    public void Nonsense_is_refused()
    {
        using var client = ScriptedChatClient.Saying("");
        Assert.That(() => new ModelCaller(client, new() { Budget = new() { MoneyMax = 1 } }), Throws.ArgumentException.With.Message.Contains("prices"));
        Assert.That(() => new ModelCaller(client).Under(new() { CallsMax = -1 }), Throws.ArgumentException);
        Assert.That(() => new ModelCaller(client, new() { ConcurrencyMax = 0 }), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new ModelCaller(client, new() { TriesMax = 11 }), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }
}
