using Archicortex.Models;
using Archicortex.Testing.Models;
using NUnit.Framework;
using static Archicortex.Tests.Models.Asking;

namespace Archicortex.Tests.Models;

[TestFixture]
public sealed class RateGateTests
{
    [Test]
    public async Task Requests_keep_to_so_many_a_minute_in_any_minute()
    {
        var time = QuickTime();
        var gate = new RateGate(3, null, time);
        var entered = new List<DateTimeOffset>();
        for (var i = 0; i < 10; i++)
        {
            await gate.EnterAsync(1000, default);
            entered.Add(time.GetUtcNow());
            time.Advance(TimeSpan.FromSeconds(7));
        }

        AssertNoMinuteHolds(entered, 4);
        Assert.That(entered[3] - entered[0], Is.EqualTo(TimeSpan.FromMinutes(1)), "no longer than needed");
    }

    [Test]
    public async Task Tokens_keep_to_so_many_a_minute_and_are_corrected_when_known()
    {
        var time = QuickTime();
        var gate = new RateGate(null, 100, time);
        var first = await gate.EnterAsync(90, default);
        gate.Settle(first, 20);
        await gate.EnterAsync(80, default);
        Assert.That(time.Waits, Is.Empty, "20 and 80 fit");
        await gate.EnterAsync(1, default);
        Assert.That(time.Waits, Is.EqualTo(new[] { TimeSpan.FromMinutes(1) }));
        await gate.EnterAsync(500, default);
        Assert.That(time.Waits, Has.Count.EqualTo(2), "more than a minute allows waits for an empty minute and goes alone");
    }

    [Test]
    public async Task The_caller_keeps_to_the_rate_tries_included()
    {
        var time = QuickTime();
        var at = new List<DateTimeOffset>();
        using var client = new ScriptedChatClient((request, _) =>
        {
            at.Add(time.GetUtcNow());
            return request.Number % 2 == 0
                ? Task.FromException<Microsoft.Extensions.AI.ChatResponse>(new IOException("reset"))
                : Task.FromResult(ScriptedChatClient.Response(Names("Ada")));
        });
        var caller = new ModelCaller(client, Options(time) with { RequestsPerMinuteMax = 2 });
        for (var i = 0; i < 5; i++)
        {
            await caller.CallAsync(Call($"text {i}"), default);
        }

        Assert.That(at, Has.Count.EqualTo(10));
        AssertNoMinuteHolds(at, 3);
    }

    [Test]
    public async Task Waiting_for_a_place_can_be_given_up()
    {
        var gate = new RateGate(1, null, new FakeTime());
        await gate.EnterAsync(1, default);
        using var cancel = new CancellationTokenSource();
        var waiting = gate.EnterAsync(1, cancel.Token).AsTask();
        var behind = gate.EnterAsync(1, cancel.Token).AsTask();
        await cancel.CancelAsync();
        Assert.ThrowsAsync(Is.InstanceOf<OperationCanceledException>(), async () => await waiting);
        Assert.ThrowsAsync(Is.InstanceOf<OperationCanceledException>(), async () => await behind);
    }

    static void AssertNoMinuteHolds(List<DateTimeOffset> times, int count)
    {
        for (var i = count - 1; i < times.Count; i++)
        {
            Assert.That(times[i] - times[i - count + 1], Is.GreaterThanOrEqualTo(TimeSpan.FromMinutes(1)), $"requests {i - count + 1} to {i}");
        }
    }
}
