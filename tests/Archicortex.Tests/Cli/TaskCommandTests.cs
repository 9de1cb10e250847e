using System.Text.Json;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace Archicortex.Tests.Cli;

public sealed partial class TaskCommandTests
{
    TestTerminal _terminal = null!;

    [SetUp]
    public void Open() => _terminal = new TestTerminal();

    [TearDown]
    public void Close() => _terminal.Dispose();

    [Test]
    public async Task A_goal_is_worked_on_from_start_to_end()
    {
        Assert.That(await Out("task", "start", "Ship the release", "--pin"), Is.EqualTo("1 [open] Ship the release\n"));
        Assert.That(await Out("task", "step", "1", "Write the notes", "--input", "style=short"), Is.EqualTo("1.1 [open] Write the notes\n"));
        Assert.That(await Out("task", "step", "1", "Tell everybody", "--after", "1.1"), Is.EqualTo("1.2 [open] Tell everybody\n"));
        await Out("task", "set", "1.1", "--state", "active", "--note", "Ines knows the pictures.");
        Assert.That(await Out("task", "show", "--budget", "200"), Is.EqualTo(
            "Goal 1 (open, pinned): Ship the release\nStep 1.1 (active): Write the notes\n  input style: short\n  note: Ines knows the pictures.\n"));
        _terminal.Write("notes.md", "# Release\nNew sails.\n");
        Assert.That(await Out("task", "done", "1.1", "--output", "notes=@{folder}/notes.md"), Is.EqualTo("1.1 [done] Write the notes\n"));
        Assert.That(await Out("task", "revise", "1.1", "--output", "notes=Old sails."), Is.EqualTo("1.1 [done] Write the notes\nstale now: 1.2\n"));
        Assert.That(await Out("task", "list"), Is.EqualTo("1 [open] Ship the release\n  1.1 [done] Write the notes\n  1.2 [open, stale] Tell everybody\n"));
        Assert.That(await Out("task", "list", "--stale"), Is.EqualTo("1.2 [open, stale] Tell everybody\n"));
        await Out("task", "fail", "1.2", "--note", "Nobody was there.");
        Assert.That(await Out("status"), Does.Contain("  tasks                3\n  cases                0\n"));
        Assert.That(await Out("task", "keep", "1.2"), Does.Match("^case-[0-9a-f]{12} \\[reward -1, helped 0 of 0\\] Tell everybody\n$"));
        Assert.That(await Out("task", "forget", "1"), Is.EqualTo("forgot 1, 1.1, 1.2\n"));
        Assert.That(await Out("task", "list"), Is.EqualTo("No task fits.\n"));
        Assert.That(await Out("task", "show"), Does.StartWith("No task is open."));
    }

    [Test]
    public async Task A_case_is_found_by_a_situation_like_it_and_a_failure_is_a_warning()
    {
        var added = await Out("case", "add", "Deploying the shop times out", "--tried", "Raised the limit", "--outcome", "It hung for hours", "--reward", "-1", "--tag", "ops");
        var id = added.Split(' ')[0];
        await Out("case", "add", "Deploying the ledger times out", "--tried", "Looked for locks", "--outcome", "It went through");
        var found = await Out("case", "find", "The shop's deployment times out");
        Assert.That(found, Does.Contain($"{id} [reward -1, helped 0 of 0] Deploying the shop times out\n    tried: Raised the limit\n    WARNING, it failed: It hung for hours\n"));
        Assert.That(found, Does.Contain("    tried: Looked for locks\n    outcome: It went through\n"));
        Assert.That(await Out("case", "find", "A poem about birds"), Does.StartWith("Nothing was found: no known situation is like this one."));
        Assert.That(await Out("case", "used", id, "--useless"), Does.Contain("helped 0 of 1"));
        var list = JsonDocument.Parse(await Out("case", "list", "--json")).RootElement;
        var ids = list.GetProperty("cases").EnumerateArray().Select(one => one.GetProperty("id").GetString()!).ToArray();
        Assert.That(await Out("case", "concept", "Timeouts", "Look for locks first.", "--case", ids[0], "--case", ids[1]), Is.EqualTo("Timeouts [version 1, 2 cases] Look for locks first.\n"));
        Assert.That(await Out("case", "find", "The shop's deployment times out", "--concepts"), Does.StartWith("Timeouts [version 1"));
        Assert.That(await Out("case", "forget", "timeouts"), Is.EqualTo("forgot Timeouts\n"));
        Assert.That(await Out("case", "forget", id), Is.EqualTo($"forgot {id}\n"));
    }

    [Test]
    public async Task The_json_is_as_promised()
    {
        Assert.That(Steady(await Out("task", "start", "Go", "--input", "a=b", "--json")), Is.EqualTo(
            """{"schema":"archicortex.task/1","memory":"{folder}/notes.archicortex","scope":"default","task":{"id":"1","goal":"Go","state":"open","version":1,"isPinned":false,"dependsOn":[],"waitsFor":[],"staleSince":[],"inputs":{"a":"b"},"outputs":{},"notes":[],"steps":[],"startedAt":…,"changedAt":…}}"""));
        Assert.That(await Out("task", "show", "--json"), Is.EqualTo(
            """{"schema":"archicortex.task-show/1","memory":"{folder}/notes.archicortex","scope":"default","text":"Goal 1 (open): Go\n  input a: b\n","tokens":8,"path":["1"],"leftOut":0}""" + "\n"));
        Assert.That(await Out("task", "forget", "1", "--json"), Is.EqualTo(
            """{"schema":"archicortex.task-forget/1","memory":"{folder}/notes.archicortex","scope":"default","forgotten":["1"]}""" + "\n"));
        Assert.That(await Out("task", "list", "--json"), Is.EqualTo("""{"schema":"archicortex.task-list/1","memory":"{folder}/notes.archicortex","scope":"default","tasks":[]}""" + "\n"));
        Assert.That(Steady(await Out("case", "add", "A boat leaks", "--tried", "Tar", "--outcome", "Dry", "--reward", "0.5", "--json")), Is.EqualTo(
            """{"schema":"archicortex.case/1","memory":"{folder}/notes.archicortex","scope":"default","case":{"id":…,"situation":"A boat leaks","tried":"Tar","outcome":"Dry","reward":0.5,"isWarning":false,"tags":[],"version":1,"shown":0,"helped":0}}"""));
        Assert.That(Steady(await Out("case", "find", "The boat leaks", "--json")), Is.EqualTo(
            """{"schema":"archicortex.case-find/1","situation":"The boat leaks","reason":"Cases that are like it: 1.","concepts":[],"cases":[{"rank":1,"score":…,"similarity":…,"case":{"id":…,"situation":"A boat leaks","tried":"Tar","outcome":"Dry","reward":0.5,"isWarning":false,"tags":[],"version":1,"shown":0,"helped":0}}]}"""));
    }

    [TestCase("task done 7", 1, "There is no task '7'")]
    [TestCase("task forget 7", 1, "has no task '7'")]
    [TestCase("case forget x", 1, "has no case or concept 'x'")]
    [TestCase("case used case-1 --helped", 1, "There is no case 'case-1'")]
    [TestCase("case used case-1", 2, "Say --helped or --useless")]
    [TestCase("task set 1 --state asleep", 2, "must be one of")]
    [TestCase("task set 1 --output nameless", 2, "name=text")]
    [TestCase("task show --budget 3", 2, "between 16 and 1000000")]
    [TestCase("case add x --tried y --outcome z --reward 2", 2, "-1 (never again)")]
    [TestCase("case add x --tried y", 2, "--outcome")]
    [TestCase("task start", 2, "start")]
    public async Task What_is_wrong_is_told(string command, int code, string message)
    {
        await Out("task", "start", "Go");
        var ran = await _terminal.Run([.. command.Split(' ').Where(word => word.Length > 0), "--memory", "{memory}"]);
        Assert.That((ran.Code, ran.Error), Is.EqualTo((code, ran.Error)), ran.Output);
        Assert.That(ran.Error, Does.StartWith("error: ").And.Contain(message));
    }

    [Test]
    public async Task A_conflict_has_its_kind_and_writes_nothing()
    {
        await Out("task", "start", "Go");
        await Out("task", "set", "1", "--note", "first");
        var ran = await _terminal.Run("task", "set", "1", "--note", "second", "--expect-version", "1", "--json", "--memory", "{memory}");
        Assert.That((ran.Code, ran.Output), Is.EqualTo((1, ran.Output)));
        Assert.That(ran.Output, Does.Contain("\"kind\":\"conflict\"").And.Contain("is at version 2"));
    }

    [Test]
    public async Task A_mistyped_path_makes_no_memory()
    {
        foreach (var words in new[] { "task done 1", "task step 1 x", "task forget 1", "case forget x", "case used x --helped" })
        {
            var ran = await _terminal.Run([.. words.Split(' '), "--memory", "{folder}/other"]);
            Assert.That((ran.Code, File.Exists(_terminal.Folder.File("other"))), Is.EqualTo((1, false)), words);
        }
    }

    async Task<string> Out(params string[] words)
    {
        var ran = await _terminal.Run([.. words, "--memory", "{memory}"]);
        Assert.That((ran.Code, ran.Error), Is.EqualTo((0, "")), string.Join(' ', words));
        return ran.Output.Replace("\r", "");
    }

    static string Steady(string line) => Varying().Replace(line.TrimEnd(), "\"$1\":…");

    [GeneratedRegex("\"(startedAt|changedAt|score|similarity|id)\":(\"case-[^\"]*\"|\"\\d{4}-[^\"]*\"|[-0-9.Ee+]+)")]
    private static partial Regex Varying();
}
