using System.Reflection;
using Archicortex.Documents;
using Archicortex.Facts;
using Archicortex.Storage;
using Archicortex.Testing;
using Archicortex.Testing.Models;
using Microsoft.Extensions.Logging;
using NUnit.Framework;

namespace Archicortex.Tests.Ecosystem;

[TestFixture]
public sealed class LogTests
{
    const string Answer = """{"thought":"Qreply","answer":"Qreply","citations":["1"],"answerable":true}""";

    [Test]
    public void Event_ids_are_the_ones_that_were_given_once()
    {
        var events = typeof(Log).GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly)
            .Select(method => (method.GetCustomAttribute<LoggerMessageAttribute>()!.EventId, method.Name)).Order().Select(one => $"{one.EventId} {one.Name}");
        string[] known =
        [
            "100 Opened", "101 SnapshotPassedOver", "102 SnapshotWritten", "103 SnapshotFailed", "104 Closed", "105 CaughtUp", "106 Broken",
            "110 Remembered", "111 Forgot", "120 Recalled", "121 FallbackUsed",
            "130 ExtractionStarted", "131 ExtractionProgress", "132 ExtractionDone", "133 DocumentFailed", "134 SummaryRefused",
            "140 Imported", "141 OpenIeImported", "142 VerifiedSound", "143 VerifiedUnsound",
            "200 ModelAnswered", "201 ModelRetried", "202 ModelRepaired", "203 ReplyNotTaken", "204 ModelFailed", "205 BudgetExceeded", "206 CacheHit",
            "300 ToolCalled", "301 ToolRefused", "302 ToolFailed",
        ];
        Assert.That(events, Is.EqualTo(known));
    }

    [Test]
    public async Task What_a_memory_does_is_logged_and_what_it_holds_is_not()
    {
        using var log = new RecordedLog(LogLevel.Debug);
        using var client = ScriptedChatClient.Saying("Qreply is no JSON", Answer, "Qreply", "Qreply");
        var options = new GraphMemoryOptions
        {
            LoggerFactory = log,
            ChatClient = client,
            Scope = "qscope",
        };
        await using (var memory = await GraphMemory.OpenInMemoryAsync(options))
        {
            await memory.RememberAsync([new Document("Qtext lives in Oslo.") { Id = "qid", Title = "Qtitle", Source = "qsource" }, new Document("Bo went.")]);
            await memory.RecallAsync("Who may have gone?", new() { Strategy = RecallStrategy.Facts });
            await memory.AskAsync("Where does Qtext live?");
            Assert.That(async () => await memory.AskAsync("Who is Qtext?"), Throws.TypeOf<ModelReplyException>());
            Assert.That(async () => await memory.AskAsync("Who was Qtext?", new() { Budget = new() { CallsMax = 0 } }), Throws.TypeOf<BudgetExceededException>());
            await foreach (var _ in memory.ExtractFactsAsync(new FailingExtractor(), new() { OnFailure = ExtractionFailure.UseRules }))
            {
            }

            await memory.VerifyAsync();
            await memory.ForgetAsync("qid");
            await (memory.AsAIFunctions()[0].InvokeAsync(new() { ["question"] = "Qtext", ["top"] = "Qtext" }));
        }

        int[] expected = [100, 110, 120, 121, 202, 200, 204, 205, 130, 133, 132, 142, 111, 300, 301, 104];
        Assert.That(expected.Except(log.Ids), Is.Empty);
        Assert.That(log.Lines.Where(line => line.Text.Contains('Q') || line.Text.Contains("qid", StringComparison.Ordinal)
            || line.Text.Contains("qsource", StringComparison.Ordinal) || line.Text.Contains("qscope", StringComparison.Ordinal)), Is.Empty);
        Assert.That(log.Lines.Select(line => line.Category).Distinct(), Is.EquivalentTo(new[] { Log.MemoryCategory, Log.ModelCategory, Log.ToolsCategory }));
    }

    [Test]
    public async Task A_try_that_failed_is_logged_with_its_status_and_the_wait()
    {
        using var log = new RecordedLog();
        using var client = new ScriptedChatClient((request, _) => request.Number == 0
            ? throw new HttpRequestException("busy", null, System.Net.HttpStatusCode.TooManyRequests)
            : Task.FromResult(ScriptedChatClient.Response(Answer)));
        var time = new FakeTime(skipped: TimeSpan.FromSeconds(10));
        await using var memory = await GraphMemory.OpenInMemoryAsync(new() { LoggerFactory = log, ChatClient = client, ModelOptions = new() { Time = time } });
        await memory.RememberAsync("Ada lives in Oslo.");
        await memory.AskAsync("Where does Ada live?");
        var line = log.Lines.Single(one => one.Id == 201);
        Assert.That(line.Level, Is.EqualTo(LogLevel.Warning));
        Assert.That(line.Text, Does.Contain("scripted-1").And.Contain("status 429").And.Contain("try 1"));
    }

    [Test]
    public async Task A_snapshot_that_is_passed_over_is_told_with_the_reason([Values] bool isDamaged)
    {
        using var folder = new TempFolder();
        var options = new GraphMemoryOptions { SnapshotEvery = 1 };
        await using (var memory = await GraphMemory.OpenAsync(folder.File(), options))
        {
            await memory.RememberAsync("Ada lives in Oslo.");
        }

        await using (var store = SqliteStore.Open(folder.File(), options.Scope))
        {
            var snapshot = (await store.ReadSnapshotAsync())!;
            await store.WriteSnapshotAsync(isDamaged
                ? snapshot with { Content = snapshot.Content[..^1] }
                : snapshot with { Head = new LogHead(snapshot.Head.Sequence, default) });
        }

        using var log = new RecordedLog();
        await using var again = await GraphMemory.OpenAsync(folder.File(), options with { LoggerFactory = log });
        Assert.That(log.Lines.Single(line => line.Id == 101).Text, Does.Contain(isDamaged ? "it is damaged" : "it is not of this log"));
        Assert.That(log.Lines.Single(line => line.Id == 100).Text, Does.Contain("1 documents, 1 operations, 1 replayed"));
    }

    sealed class FailingExtractor : IFactExtractor
    {
        public string Identity => "failing";

        public ValueTask<Extraction> ExtractAsync(FactSource source, CancellationToken cancellationToken = default) =>
            throw new GraphMemoryException($"Cannot read {source.Text}");
    }
}
