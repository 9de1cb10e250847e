using System.Text;
using System.Text.Json;
using Archicortex.Practice;
using Archicortex.Storage;
using Archicortex.Testing;
using NUnit.Framework;

namespace Archicortex.Tests.Door;

/// <summary>Tasks and cases in the log: replayed, saved, exported, forgotten.</summary>
[TestFixture]
public sealed class PracticeHistoryTests
{
    static readonly string[] Situations =
        ["Deploying the shop fails with a timeout", "The harbour pilot asks for the tide table", "A guest of Gull Brewery asks for a refund"];

    [Test]
    public async Task Random_histories_are_the_same_replayed_saved_and_imported()
    {
        using var folder = new TempFolder();
        for (var seed = 0; seed < 60; seed++)
        {
            var path = folder.File($"practice-{seed}.archicortex");
            var random = new Random(seed);
            var replayed = MemoryProbe.Options with { SnapshotEvery = int.MaxValue };
            string live, state;
            await using (var memory = await GraphMemory.OpenAsync(path, replayed))
            {
                await RunAsync(memory, random, 40, _ => true);
                (live, state) = (await DescribeAsync(memory), await memory.GetStateHashAsync());
                Assert.That((await memory.VerifyAsync()).Problems, Is.Empty, $"seed {seed}");
                await using var copy = await GraphMemory.OpenInMemoryAsync(MemoryProbe.Options);
                await copy.ImportAsync(await MemoryProbe.ExportAsync(memory), new() { BatchSize = random.Next(1, 9) });
                Assert.That((await DescribeAsync(copy), await copy.GetStateHashAsync()), Is.EqualTo((live, state)), $"seed {seed} imported");
            }

            foreach (var options in new[] { replayed, MemoryProbe.Options with { SnapshotEvery = 1 }, replayed })
            {
                await using var again = await GraphMemory.OpenAsync(path, options);
                Assert.That((await DescribeAsync(again), await again.GetStateHashAsync()), Is.EqualTo((live, state)), $"seed {seed}");
                await again.RememberAsync($"A line so that a snapshot is written, {seed} {options.SnapshotEvery} {(await again.GetStatusAsync()).Operations}.");
                live = await DescribeAsync(again);
                state = await again.GetStateHashAsync();
            }
        }
    }

    [Test]
    public async Task What_is_forgotten_might_never_have_been()
    {
        for (var seed = 0; seed < 80; seed++)
        {
            // One history with tasks and cases that are forgotten in the end, one without them.
            await using var with = await GraphMemory.OpenInMemoryAsync(MemoryProbe.Options);
            await using var without = await GraphMemory.OpenInMemoryAsync(MemoryProbe.Options);
            await RunAsync(with, new Random(seed), 50, _ => true);
            await RunAsync(without, new Random(seed), 50, name => !IsPassing(name));
            foreach (var task in (await with.ListTasksAsync()).Where(task => IsPassing(task.Id)))
            {
                await with.ForgetTaskAsync(task.Id);
            }

            foreach (var known in (await with.ListCasesAsync()).Where(known => IsPassing(known.Tried)))
            {
                await with.ForgetCaseAsync(known.Id);
            }

            Assert.That(await DescribeAsync(with), Is.EqualTo(await DescribeAsync(without)), $"seed {seed}");
            Assert.That(await with.GetStateHashAsync(), Is.EqualTo(await without.GetStateHashAsync()), $"seed {seed}");
        }
    }

    [Test]
    public async Task A_memory_that_was_emptied_of_tasks_and_cases_is_as_one_that_never_had_any()
    {
        await using var memory = await MemoryProbe.OpenAsync(SampleDocuments.Some(5));
        var state = await memory.GetStateHashAsync();
        await memory.StartTaskAsync("Go");
        var known = await memory.RememberCaseAsync("a situation", "b", "c", 1);
        Assert.That(await memory.GetStateHashAsync(), Is.Not.EqualTo(state));
        await memory.ForgetTaskAsync("1");
        await memory.ForgetCaseAsync(known.Id);
        Assert.That(await memory.GetStateHashAsync(), Is.EqualTo(state));
    }

    [Test]
    public async Task An_import_into_a_memory_that_holds_something_counts_nothing_twice_and_goes_on_where_it_stopped()
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync(MemoryProbe.Options);
        await RunAsync(memory, new Random(7), 60, _ => true, forgets: false);
        var export = (await MemoryProbe.ExportAsync(memory)).ToArray();
        await using var other = await MemoryProbe.OpenAsync(SampleDocuments.Of(40));
        var half = new MemoryStream(export[..(export.Length / 2)]);
        Assert.That(async () => await other.ImportAsync(half, new() { BatchSize = 3 }), Throws.InstanceOf<MemoryFormatException>());
        Assert.That(await other.ListTasksAsync(), Is.Not.Empty);
        for (var run = 0; run < 3; run++)
        {
            await other.ImportAsync(new MemoryStream(export), new() { BatchSize = 5 });
            Assert.That(await DescribeAsync(other), Is.EqualTo(await DescribeAsync(memory)), $"run {run}");
        }
    }

    [Test]
    public async Task A_task_of_the_same_name_with_another_goal_is_a_conflict_unless_replaced()
    {
        await using var memory = await MemoryProbe.OpenAsync();
        await memory.StartTaskAsync("Sail to Bergen");
        await memory.UpdateTaskAsync("1", new() { Note = "The wind is fair." });
        await using var other = await MemoryProbe.OpenAsync();
        await other.StartTaskAsync("Paint the boat");
        Assert.That(
            async () => await other.ImportAsync(await MemoryProbe.ExportAsync(memory)),
            Throws.InstanceOf<MemoryConflictException>().With.Message.Contains("Paint the boat").And.Message.Contains("--replace"));
        await other.ImportAsync(await MemoryProbe.ExportAsync(memory), new() { Replace = true });
        Assert.That((await other.GetTaskAsync("1"))!.Notes, Is.EqualTo(new[] { "The wind is fair." }));
    }

    [TestCase(OperationKind.Task, """{"action":"start","id":"1","version":1,"goal":"Go","mood":"good"}""", "mood")]
    [TestCase(OperationKind.Task, """{"action":"start","id":"1","version":2,"goal":"Go"}""", "version 1, not 2")]
    [TestCase(OperationKind.Task, """{"action":"dance","id":"1","version":1,"goal":"Go"}""", "cannot be read")]
    [TestCase(OperationKind.Task, """{"action":7,"id":"1","version":1,"goal":"Go"}""", "cannot be read")]
    [TestCase(OperationKind.Task, """{"action":"update","id":"1","version":2}""", "no task '1'")]
    [TestCase(OperationKind.Task, """{"action":"start","id":"1","version":1,"goal":"Go","dependsOn":[null]}""", "no task ''")]
    [TestCase(OperationKind.Task, """{"id":"1","version":1,"goal":"Go"}""", "cannot be read")]
    [TestCase(OperationKind.Case, """{"action":"remember","id":"case-1","version":1,"situation":"a","tried":"b","outcome":"c","reward":1}""", "not named after")]
    [TestCase(OperationKind.Case, """{"action":"use","id":"case-1","version":1,"helped":true}""", "no case 'case-1'")]
    [TestCase(OperationKind.Case, """{"action":"name","id":"Locks","version":1,"description":"a","cases":["x",null]}""", "no case")]
    [TestCase(OperationKind.Case, """{"action":"forget","id":null}""", "names none")]
    [TestCase(OperationKind.Case, "null", "cannot be read")]
    public async Task A_log_that_breaks_the_rules_is_refused_with_the_place(OperationKind kind, string payload, string problem)
    {
        var store = new InMemoryStore(GraphMemoryOptions.DefaultScope);
        var head = await store.HeadAsync();
        await store.AppendAsync(head, [Operation.After(head.Id, 1, kind, DateTimeOffset.UnixEpoch, Encoding.UTF8.GetBytes(payload))]);
        Assert.That(
            async () => await GraphMemory.OpenAsync(store), Throws.InstanceOf<MemoryFormatException>().With.Message.Contains("Operation 1").And.Message.Contains(problem));
    }

    [Test]
    public async Task The_payloads_are_as_the_log_promises()
    {
        await using var memory = await MemoryProbe.OpenAsync();
        await memory.StartTaskAsync("Go", new() { Inputs = new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" }, IsPinned = true });
        await memory.UpdateTaskAsync("1", new() { State = TaskState.Open, Outputs = new Dictionary<string, string?> { ["x"] = null } });
        await memory.ForgetTaskAsync("1");
        var known = await memory.RememberCaseAsync("a situation", "b", "c", 0);
        await memory.RecordCaseUseAsync(known.Id, false);
        using var reader = new StreamReader(await MemoryProbe.ExportAsync(memory));
        var lines = (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1);
        var payloads = lines.Select(line => JsonDocument.Parse(line).RootElement).Select(one => $"{one.GetProperty("kind")} {one.GetProperty("payload").GetRawText()}");
        Assert.That(payloads, Is.EqualTo(new[]
        {
            """task {"action":"start","id":"1","version":1,"goal":"Go","isPinned":true,"inputs":{"a":"1","b":"2"}}""",
            """task {"action":"update","id":"1","version":2,"state":"open","outputs":{"x":null}}""",
            """task {"action":"forget","id":"1"}""",
            $$"""case {"action":"remember","id":"{{known.Id}}","version":1,"situation":"a situation","tried":"b","outcome":"c","reward":0}""",
            $$"""case {"action":"use","id":"{{known.Id}}","version":2,"helped":false}""",
        }));
    }

    [Test]
    public async Task A_reader_follows_the_tasks_of_the_writer()
    {
        using var folder = new TempFolder();
        await using var writer = await GraphMemory.OpenAsync(folder.File());
        await using var reader = await GraphMemory.OpenAsync(folder.File(), new() { IsReadOnly = true });
        await writer.StartTaskAsync("Go");
        Assert.That((await reader.ListTasksAsync()).Single().Goal, Is.EqualTo("Go"));
        Assert.That(async () => await reader.StartTaskAsync("Stay"), Throws.InvalidOperationException.With.Message.Contains("for reading only"));
        Assert.That(async () => await reader.RememberCaseAsync("a", "b", "c", 1), Throws.InvalidOperationException);
    }

    static bool IsPassing(string name) => name.EndsWith('7') || name.EndsWith('8');

    /// <summary>
    /// Does the same random things to names that count as to those that do not: whatever is named by one that does not is left
    /// out. Names are given, so that nothing is named after its neighbours.
    /// </summary>
    static async Task RunAsync(GraphMemory memory, Random random, int steps, Func<string, bool> counts, bool forgets = true)
    {
        for (var step = 0; step < steps; step++)
        {
            var (id, other, word, choice, dice) = ($"t{random.Next(10)}", $"t{random.Next(10)}", random.Next(3), random.Next(12), random.Next(6));
            var tried = $"way {random.Next(10)}";
            if (!counts(choice < 8 ? id : tried))
            {
                continue;
            }

            var knownTask = await memory.GetTaskAsync(id);

            // Edges lead to smaller names only: a task that is left out cannot be what closes a cycle.
            var knownOther = await memory.GetTaskAsync(other) is not null && counts(other) && string.CompareOrdinal(other, id) < 0;
            var knownCase = (await memory.ListCasesAsync()).FirstOrDefault(one => one.Situation == Situations[word] && one.Tried == tried);
            try
            {
                await (choice switch
                {
                    _ when choice < 8 && knownTask is null => memory.StartTaskAsync(
                        $"Goal of {id}", new() { Id = id, DependsOn = knownOther ? [other] : [], Inputs = new Dictionary<string, string> { ["n"] = $"{dice}" } }),
                    < 3 => memory.UpdateTaskAsync(id, new() { State = (TaskState)dice, Note = $"note {step}" }),
                    3 => memory.UpdateTaskAsync(id, new() { DependsOn = knownOther ? [other] : [] }),
                    4 => memory.UpdateTaskAsync(id, new() { Outputs = new Dictionary<string, string?> { [$"o{word}"] = dice == 0 ? null : $"{dice}" } }),
                    5 or 6 => memory.ReviseTaskAsync(id, new() { Goal = $"Goal of {id}, {dice}" }),
                    7 => forgets ? memory.ForgetTaskAsync(id) : Task.CompletedTask,
                    8 or 9 => memory.RememberCaseAsync(Situations[word], tried, $"outcome {dice}", (dice - 3) / 3.0),
                    10 => knownCase is null ? Task.CompletedTask : memory.RecordCaseUseAsync(knownCase.Id, dice < 3),
                    _ => forgets && knownCase is not null ? memory.ForgetCaseAsync(knownCase.Id) : Task.CompletedTask,
                });
            }
            catch (ArgumentException)
            {
                // Against the rules, in both histories: nothing changed.
            }
        }
    }

    static async Task<string> DescribeAsync(GraphMemory memory)
    {
        var lines = new List<string>();
        foreach (var task in await memory.ListTasksAsync())
        {
            lines.Add(
                $"{task.Id} {task.Goal} {task.State} {task.Version} [{string.Join(',', task.DependsOn)}] [{string.Join(',', task.StaleSince)}] "
                + $"{string.Join('|', task.Inputs)} {string.Join('|', task.Outputs)} {string.Join('|', task.Notes)} {task.StartedAt:O} {task.ChangedAt:O}");
        }

        lines.Add((await memory.RenderTasksAsync(null, new() { TokenBudget = 500 })).Text);
        foreach (var situation in Situations)
        {
            var found = await memory.RecallCasesAsync(situation, new() { Top = 100, Level = CaseLevel.Concept });
            lines.AddRange(found.Cases.Select(one => $"{one.Rank} {one.Score:R} {one.Case.Id} {one.Case.Outcome} {one.Case.Version} {one.Case.Shown} {one.Case.Helped}"));
        }

        return string.Join('\n', lines);
    }
}
