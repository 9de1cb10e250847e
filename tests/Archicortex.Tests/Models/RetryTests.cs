using System.Net;
using Archicortex.Models;
using Archicortex.Testing.Models;
using Microsoft.Extensions.AI;
using NUnit.Framework;
using static Archicortex.Tests.Models.Asking;

namespace Archicortex.Tests.Models;

[TestFixture]
public sealed class RetryTests
{
    static readonly TimeSpan[] Asked = [TimeSpan.FromSeconds(17)];

    static readonly TestCaseData[] Transient =
    [
        new TestCaseData(new ModelTransportException("busy", 429)).SetArgDisplayNames("429"),
        new TestCaseData(new ModelTransportException("slow", 408)).SetArgDisplayNames("408"),
        new TestCaseData(new ModelTransportException("broken", 500)).SetArgDisplayNames("500"),
        new TestCaseData(new ModelTransportException("away", 503)).SetArgDisplayNames("503"),
        new TestCaseData(new HttpRequestException("refused")).SetArgDisplayNames("connection refused"),
        new TestCaseData(new HttpRequestException("bad gateway", null, HttpStatusCode.BadGateway)).SetArgDisplayNames("502"),
        new TestCaseData(new IOException("reset")).SetArgDisplayNames("reset"),
        new TestCaseData(new HttpIOException(HttpRequestError.ResponseEnded)).SetArgDisplayNames("ended"),
        new TestCaseData(new TimeoutException("late")).SetArgDisplayNames("timeout"),
        new TestCaseData(new TaskCanceledException("the client's own timeout")).SetArgDisplayNames("client timeout"),
    ];

    static readonly TestCaseData[] Lasting =
    [
        new TestCaseData(new ModelTransportException("bad key", 401), "key").SetArgDisplayNames("401"),
        new TestCaseData(new ModelTransportException("no such model", 404), "name of the model").SetArgDisplayNames("404"),
        new TestCaseData(new HttpRequestException("bad request", null, HttpStatusCode.BadRequest), "bad request").SetArgDisplayNames("400"),
        new TestCaseData(new InvalidOperationException("not set up"), "InvalidOperationException: not set up").SetArgDisplayNames("a mistake"),
    ];

    [TestCaseSource(nameof(Transient))]
    public async Task What_may_pass_is_tried_again(Exception failure)
    {
        using var client = Failing(failure, times: 2);
        var time = QuickTime();
        var caller = new ModelCaller(client, Options(time));
        Assert.That((await caller.CallAsync(Call(), default)).Value, Is.EqualTo(Ada));
        Assert.That(client.Requests, Has.Count.EqualTo(3));
        Assert.That(caller.Spending, Has.Property("Calls").EqualTo(1).And.Property("Retries").EqualTo(2));
        Assert.That(time.Waits, Has.Count.EqualTo(2));
    }

    [TestCaseSource(nameof(Lasting))]
    public void What_will_not_pass_ends_the_call_at_once(Exception failure, string told)
    {
        using var client = Failing(failure, times: 99);
        var thrown = Assert.ThrowsAsync<ModelTransportException>(async () => await new ModelCaller(client, Options()).CallAsync(Call(), default));
        Assert.That(client.Requests, Has.Count.EqualTo(1));
        Assert.That(thrown!.Message, Does.Contain("Asking the model for names failed").And.Contain(told));
        Assert.That(thrown.InnerException, Is.Not.Null);
    }

    [Test]
    public void After_five_tries_it_is_over()
    {
        using var client = Failing(new ModelTransportException("busy", 503), times: 99);
        var thrown = Assert.ThrowsAsync<ModelTransportException>(async () => await new ModelCaller(client, Options()).CallAsync(Call(), default));
        Assert.That(client.Requests, Has.Count.EqualTo(5));
        Assert.That(thrown!.Message, Does.Contain("after 5 tries"));
        Assert.That(thrown.Status, Is.EqualTo(503));
    }

    [Test]
    public void Waits_double_and_half_of_each_is_seeded_chance()
    {
        var first = Waits(seed: 1);
        Assert.That(Waits(seed: 1), Is.EqualTo(first));
        Assert.That(Waits(seed: 2), Is.Not.EqualTo(first));
        for (var i = 0; i < 4; i++)
        {
            Assert.That(first[i].TotalMilliseconds, Is.InRange(250 << i, 500 << i), $"wait {i}");
        }

        static IReadOnlyList<TimeSpan> Waits(int seed)
        {
            using var client = Failing(new IOException("reset"), times: 99);
            var time = QuickTime();
            var caller = new ModelCaller(client, Options(time) with { BackoffSeed = seed });
            Assert.ThrowsAsync<ModelTransportException>(async () => await caller.CallAsync(Call(), default));
            return time.Waits;
        }
    }

    [Test]
    public async Task A_server_that_says_when_is_believed()
    {
        using var client = Failing(new ModelTransportException("busy", 429, TimeSpan.FromSeconds(17)), times: 1);
        var time = QuickTime();
        await new ModelCaller(client, Options(time)).CallAsync(Call(), default);
        Assert.That(time.Waits, Is.EqualTo(Asked));
    }

    [Test]
    public void A_server_that_asks_for_too_long_a_wait_is_given_up_at_once()
    {
        using var client = Failing(new ModelTransportException("busy", 429, TimeSpan.FromHours(1)), times: 1);
        Assert.ThrowsAsync(
            Is.InstanceOf<ModelTransportException>().With.Message.Contains("3600 s"),
            async () => await new ModelCaller(client, Options()).CallAsync(Call(), default));
        Assert.That(client.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_try_that_takes_too_long_is_tried_again()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var client = new ScriptedChatClient(async (request, _) =>
        {
            if (request.Number == 0)
            {
                // A client that does not even listen to being stopped.
                asked.SetResult();
                await Task.Delay(Timeout.Infinite, CancellationToken.None);
            }

            return ScriptedChatClient.Response(Names("Ada"));
        });
        var time = QuickTime();
        var caller = new ModelCaller(client, Options(time));
        var call = caller.CallAsync(Call(), default);
        await asked.Task;
        time.Advance(TimeSpan.FromMinutes(10));
        Assert.That((await call).Value, Is.EqualTo(Ada));
        Assert.That(caller.Spending.Retries, Is.EqualTo(1));
    }

    [Test]
    public async Task Cancelling_ends_a_wait_between_tries()
    {
        using var client = Failing(new ModelTransportException("busy", 429), times: 99);
        var time = new FakeTime();
        using var cancel = new CancellationTokenSource();
        var call = new ModelCaller(client, Options(time)).CallAsync(Call(), cancel.Token);
        Assert.That(call.IsCompleted, Is.False);
        await cancel.CancelAsync();
        Assert.ThrowsAsync(Is.InstanceOf<OperationCanceledException>(), async () => await call);
        Assert.That(client.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_deadline_ends_the_tries()
    {
        using var client = Failing(new ModelTransportException("busy", 429, TimeSpan.FromSeconds(60)), times: 99);
        var time = QuickTime();
        var caller = new ModelCaller(client, Options(time)).Under(new ModelBudget { Deadline = time.GetUtcNow().AddSeconds(100) });
        Assert.ThrowsAsync(
            Is.InstanceOf<BudgetExceededException>().With.Message.Contains("deadline"), async () => await caller.CallAsync(Call(), default));
        Assert.That(client.Requests, Has.Count.EqualTo(2), "one try at 0 s, one at 60 s");
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.ThrowsAsync<BudgetExceededException>(async () => await caller.CallAsync(Call("other"), default));
        Assert.That(client.Requests, Has.Count.EqualTo(2));
        await Task.CompletedTask;
    }

    static ScriptedChatClient Failing(Exception failure, int times) => new((request, _) => request.Number < times
        ? Task.FromException<ChatResponse>(failure)
        : Task.FromResult(ScriptedChatClient.Response(Names("Ada"))));
}
