using System.Diagnostics;
using System.Globalization;
using Archicortex.CrashWorker;
using Archicortex.Models;
using Archicortex.Testing;
using Archicortex.Testing.Models;
using NUnit.Framework;

namespace Archicortex.Tests.Door;

/// <summary>Processes that die while they write, and processes that meet.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class CrashTests : IDisposable
{
    const int Kills = 50;
    const int LinesMax = 40;
    const int SpinsMax = 200_000;
    const int Seed = 20_260_301;

    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public async Task Fifty_kills_at_random_moments_lose_nothing_acknowledged_and_leave_nothing_half()
    {
        var random = new Random(Seed);
        await using var reference = await GraphMemory.OpenInMemoryAsync(CrashDocuments.Options);
        var stored = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            var about = $"seed {Seed}, kill {kill}, {stored} documents before";
            var acknowledged = await RunAndKillAsync(stored, random);
            Assert.That(acknowledged, Is.EqualTo(Enumerable.Range(stored, acknowledged.Count).Select(CrashDocuments.Id)), about);

            // Every third time the next worker finds the file just as the dead one left it, write-ahead log and all.
            await using var memory = await GraphMemory.OpenAsync(_folder.File(), CrashDocuments.Options with { IsReadOnly = kill % 3 == 1 });
            var found = (await memory.GetStatusAsync()).Documents;
            Assert.That(found, Is.GreaterThanOrEqualTo(stored + acknowledged.Count), about);

            // The state hash covers every document, the number of its passages, and every name and word in them.
            await reference.RememberAsync(Enumerable.Range(stored, found - stored).Select(CrashDocuments.Of));
            Assert.That(await memory.GetStateHashAsync(), Is.EqualTo(await reference.GetStateHashAsync()), about);
            Assert.That((await memory.VerifyAsync()).Problems, Is.Empty, about);
            stored = found;
        }

        Assert.That(stored, Is.GreaterThan(Kills), "The kills came too early to say anything");
        TestContext.Out.WriteLine($"{Kills} kills, {stored} documents, seed {Seed}");
    }

    [Test]
    public async Task Killed_while_texts_are_embedded_the_old_state_stands_and_the_next_run_goes_on([Values(1, 5, 20)] int batches)
    {
        await using (var memory = await GraphMemory.OpenAsync(_folder.File(), CrashDocuments.Options))
        {
            await memory.RememberAsync(Enumerable.Range(0, 200).Select(CrashDocuments.Of));
        }

        using var worker = Start("embed", _folder.File());
        var kept = 0;
        for (var line = 0; line < batches; line++)
        {
            kept = int.Parse((await worker.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
        }

        worker.Kill();
        await worker.WaitForExitAsync();
        await using var again = await GraphMemory.OpenAsync(_folder.File(), CrashDocuments.Options);
        var status = await again.GetStatusAsync();
        Assert.That(status.Embedding, Is.Null, "Not all texts had vectors");
        Assert.That((await again.VerifyAsync()).Problems, Is.Empty);
        var embedder = new ScriptedEmbedder($"hashed-1:{CrashDocuments.EmbedderDimension}", CrashDocuments.EmbedderDimension);
        await again.UseEmbedderAsync(embedder, new() { Units = EmbeddingUnits.Passages });
        Assert.That(kept, Is.EqualTo(batches * CrashDocuments.EmbedderBatch));
        Assert.That(embedder.Asked, Has.Count.LessThanOrEqualTo(status.Passages - kept).And.Unique);
        TestContext.Out.WriteLine($"{kept} of {status.Passages} kept when told, {status.Passages - embedder.Asked.Count} found again");
    }

    [Test]
    public async Task A_second_process_may_read_but_not_write_until_the_first_is_gone()
    {
        using var holder = Start("hold", _folder.File());
        try
        {
            Assert.That(await holder.StandardOutput.ReadLineAsync(), Is.EqualTo("holding"));
            Assert.That(
                async () => await GraphMemory.OpenAsync(_folder.File()),
                Throws.InstanceOf<MemoryConflictException>().With.Message.Contains("another process").And.Message.Contains(_folder.File()));
            using (var second = Start("hold", _folder.File()))
            {
                var said = await second.StandardError.ReadToEndAsync();
                await second.WaitForExitAsync();
                Assert.That(said, Does.Contain("MemoryConflictException").And.Contain("another process"));
                Assert.That(second.ExitCode, Is.EqualTo(3));
            }

            await using var reader = await GraphMemory.OpenAsync(_folder.File(), new() { IsReadOnly = true });
            Assert.That((await reader.GetStatusAsync()).Documents, Is.EqualTo(1));
        }
        finally
        {
            holder.Kill();
            await holder.WaitForExitAsync();
        }

        await using var writer = await GraphMemory.OpenAsync(_folder.File());
        await writer.RememberAsync(CrashDocuments.Of(1));
        Assert.That((await writer.GetStatusAsync()).Documents, Is.EqualTo(2));
    }

    /// <summary>Lets a worker remember from a document on, and kills it (SIGKILL) once it has acknowledged some.</summary>
    async Task<List<string>> RunAndKillAsync(int first, Random random)
    {
        using var worker = Start("remember", _folder.File(), Text(first), Text(random.Next()));
        var acknowledged = new List<string>();
        for (var lines = random.Next(1, LinesMax + 1); lines > 0; lines--)
        {
            var line = await worker.StandardOutput.ReadLineAsync();
            Assert.That(line, Is.Not.Null, () => $"The worker ended by itself: {worker.StandardError.ReadToEnd()}");
            acknowledged.Add(line!);
        }

        Thread.SpinWait(random.Next(SpinsMax));
        worker.Kill();
        await worker.WaitForExitAsync();

        // What it said before it died counts too; a line cut in the middle was not said.
        var rest = await worker.StandardOutput.ReadToEndAsync();
        acknowledged.AddRange(rest[..(rest.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries));
        return acknowledged;
    }

    internal static Process Start(params string[] arguments)
    {
        // The build puts the worker beside the tests, as it does with every program a project refers to.
        var program = Path.Combine(AppContext.BaseDirectory, "Archicortex.CrashWorker.dll");
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.ArgumentList.Add(program);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
