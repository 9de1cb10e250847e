using Archicortex.CrashWorker;
using Archicortex.Facts;
using Archicortex.OpenAI;
using Archicortex.Testing;
using Archicortex.Tests.Storage;
using NUnit.Framework;

namespace Archicortex.Tests.Door;

/// <summary>A process that dies while a model reads for it.</summary>
[TestFixture]
public sealed class ModelCrashTests
{
    const int Documents = 60;
    const int CallsPerPassage = 2;
    const int Seed = 7;
    const double FailureShare = 0.2;
    const int RunsMax = 10;

    [TestCase(1)]
    [TestCase(17)]
    [TestCase(45)]
    public async Task A_killed_run_goes_on_and_every_passage_has_its_facts_once(int acknowledgedBefore)
    {
        using var folder = new TempFolder();
        await using var server = new ScriptedModelServer(ScriptedModelServer.ExtractWithFailures(Seed, FailureShare));
        Assert.That(await RunAsync(folder.File(), server, killAfter: acknowledgedBefore), Is.False);
        var stored = Convert.ToInt32(RawSqlite.Execute(folder.File(), "SELECT count(*) FROM call"), System.Globalization.CultureInfo.InvariantCulture);
        var wellBefore = Well(server);
        Assert.That(stored, Is.InRange(CallsPerPassage * acknowledgedBefore, wellBefore));

        // A reply that is bad twice ends a run; the next goes on there, as it does after a kill.
        var runs = 1;
        while (!await RunAsync(folder.File(), server, killAfter: null))
        {
            Assert.That(++runs, Is.LessThanOrEqualTo(RunsMax));
        }

        Assert.That(Well(server) - wellBefore, Is.EqualTo((CallsPerPassage * Documents) - stored), "what had succeeded is not asked for again");

        await using var memory = await GraphMemory.OpenAsync(folder.File(), CrashDocuments.Options);
        Assert.That((await memory.VerifyAsync()).Problems, Is.Empty);
        var facts = (await memory.FindFactsAsync(new() { Top = 10_000 })).Where(fact => fact.Extractor.StartsWith("model:", StringComparison.Ordinal)).ToList();
        Assert.That(facts.Select(fact => fact.DocumentName).Distinct(), Is.EquivalentTo(CrashDocuments.Short(Documents).Select(document => document.Id)));
        Assert.That(facts.Select(fact => (fact.DocumentName, fact.Fact.Subject, fact.Fact.Relation, fact.Fact.Object)), Is.Unique);

        // Nothing is missing and nothing is there twice: the memory is the one that was read in a single run.
        await using var once = await GraphMemory.OpenInMemoryAsync(CrashDocuments.Options);
        await once.RememberAsync(CrashDocuments.Short(Documents));
        await using var sound = new ScriptedModelServer(ScriptedModelServer.Extract);
        using var models = OpenAIModels.Create(new() { Endpoint = sound.Endpoint, ChatModel = "scripted-1" });
        await foreach (var _ in once.ExtractFactsAsync(new ModelFactExtractor(new(models.Chat!, new() { BackoffMs = 1, TriesMax = 8 }))))
        {
        }

        Assert.That(await memory.GetStateHashAsync(), Is.EqualTo(await once.GetStateHashAsync()));
    }

    static int Well(ScriptedModelServer server) => server.Requests.Count(request => request.Kind == ReplyKind.Good);

    /// <summary>True if the run came to its end.</summary>
    static async Task<bool> RunAsync(string path, ScriptedModelServer server, int? killAfter)
    {
        using var worker = CrashTests.Start(
            "read", path, server.Endpoint.ToString(), Documents.ToString(System.Globalization.CultureInfo.InvariantCulture));
        for (var lines = killAfter ?? Documents; lines > 0; lines--)
        {
            if (await worker.StandardOutput.ReadLineAsync() is null)
            {
                break;
            }
        }

        if (killAfter is not null)
        {
            worker.Kill();
        }

        var said = await worker.StandardError.ReadToEndAsync();
        await worker.WaitForExitAsync();
        Assert.That(killAfter is not null || worker.ExitCode == 0 || said.Contains(nameof(ModelReplyException), StringComparison.Ordinal), Is.True, said);
        return worker.ExitCode == 0;
    }
}
