using System.Text.Json;
using Archicortex.Tests.Door;
using Microsoft.Extensions.AI;
using NUnit.Framework;

namespace Archicortex.Tests.Ecosystem;

[TestFixture]
public sealed class PracticeToolTests
{
    static readonly MemoryToolsOptions Practice = new() { Kinds = MemoryToolKinds.Tasks | MemoryToolKinds.Cases };

    [Test]
    public async Task Tasks_and_cases_are_offered_only_if_asked_for_and_written_only_if_allowed()
    {
        await using var memory = await MemoryProbe.OpenAsync();
        Assert.That(Names(memory, new()), Has.None.StartsWith("task").And.None.StartsWith("case"));
        Assert.That(Names(memory, Practice), Is.EqualTo("task_show task_start task_update case_recall case_remember case_used".Split(' ')));
        Assert.That(Names(memory, Practice with { Access = MemoryToolAccess.Read }), Is.EqualTo("task_show case_recall".Split(' ')));
        Assert.That(Names(memory, new() { Kinds = MemoryToolKinds.All }), Has.Count.EqualTo(12));
        Assert.That(() => memory.AsAIFunctions(new() { Kinds = 0 }), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public async Task Every_function_says_what_it_is_for_and_describes_every_argument()
    {
        await using var memory = await MemoryProbe.OpenAsync();
        foreach (var tool in memory.AsAIFunctions(Practice with { TopMax = 7 }))
        {
            Assert.That(tool.Description, Has.Length.InRange(60, 600), tool.Name);
            var properties = tool.JsonSchema.GetProperty("properties").EnumerateObject().ToList();
            Assert.That(properties.Select(one => one.Value.GetProperty("description").GetString()!.Length), Is.All.GreaterThan(10), tool.Name);
            Assert.That(tool.JsonSchema.GetProperty("required").EnumerateArray().Select(one => one.GetString()), Is.SubsetOf(properties.Select(one => one.Name)));
            Assert.That(tool.JsonSchema.GetRawText(), Does.Not.Contain("{{"));
        }
    }

    [Test]
    public async Task An_agent_keeps_track_of_its_work()
    {
        await using var memory = await MemoryProbe.OpenAsync();
        Assert.That((await CallAsync(memory, "task_show", [])).GetProperty("note").GetString(), Does.Contain("task_start"));
        var goal = await CallAsync(memory, "task_start", new() { ["goal"] = "Ship the release" });
        Assert.That(goal.GetProperty("task").GetString(), Is.EqualTo("1"));
        await CallAsync(memory, "task_start", new() { ["goal"] = "Write the notes", ["parent"] = "1", ["input"] = "in verse" });
        var waiting = await CallAsync(memory, "task_start", new() { ["goal"] = "Tell everybody", ["parent"] = "1", ["depends_on"] = "1.1" });
        Assert.That(waiting.GetProperty("waits_for")[0].GetString(), Is.EqualTo("1.1"));
        await CallAsync(memory, "task_update", new() { ["task"] = "1.1", ["state"] = "active" });
        Assert.That((await CallAsync(memory, "task_show", [])).GetProperty("text").GetString(), Is.EqualTo(
            "Goal 1 (open): Ship the release\nStep 1.1 (active): Write the notes\n  input input: in verse\n"));
        var done = await CallAsync(memory, "task_update", new() { ["task"] = "1.1", ["state"] = "Done", ["output"] = "notes", ["text"] = "New sails.", ["version"] = 2 });
        Assert.That((done.GetProperty("state").GetString(), done.GetProperty("version").GetInt32()), Is.EqualTo(("done", 3)));
        Assert.That((await memory.GetTaskAsync("1.1"))!.Outputs["notes"], Is.EqualTo("New sails."));
    }

    [Test]
    public async Task An_agent_learns_from_what_was_tried()
    {
        await using var memory = await MemoryProbe.OpenAsync();
        var known = await CallAsync(memory, "case_remember", new()
        {
            ["situation"] = "Deploying the shop times out", ["tried"] = "Raised the limit", ["outcome"] = "It hung for hours", ["result"] = "failed",
        });
        var found = await CallAsync(memory, "case_recall", new() { ["situation"] = "The shop's deployment times out" });
        var one = found.GetProperty("cases")[0];
        Assert.That(one.GetProperty("case").GetString(), Is.EqualTo(known.GetProperty("case").GetString()));
        Assert.That(one.GetProperty("warning").GetString(), Does.Contain("failed"));
        var used = await CallAsync(memory, "case_used", new() { ["case"] = one.GetProperty("case").GetString(), ["helped"] = "yes" });
        Assert.That((used.GetProperty("shown").GetInt32(), used.GetProperty("helped").GetInt32()), Is.EqualTo((1, 1)));
        var none = await CallAsync(memory, "case_recall", new() { ["situation"] = "Writing a poem about birds" });
        Assert.That((none.GetProperty("cases").GetArrayLength(), none.GetProperty("note").GetString()), Is.EqualTo((0, "Nothing was found: no known situation is like this one.")));
    }

    [TestCase("task_update", "task=9;state=done", "no task '9'")]
    [TestCase("task_update", "task=1;state=asleep", "must be one of open, active")]
    [TestCase("task_update", "task=1;output=x", "give both, or neither")]
    [TestCase("task_update", "task=1;version=5;note=x", "is at version 1, not 5")]
    [TestCase("task_update", "task=1", "version")]
    [TestCase("task_start", "", "'goal' is missing")]
    [TestCase("case_remember", "situation=a;tried=b;outcome=c", "'result' is missing")]
    [TestCase("case_used", "case=case-1;helped=maybe", "must be one of yes, no")]
    public async Task A_wrong_call_is_told_what_to_do(string name, string arguments, string advice)
    {
        await using var memory = await MemoryProbe.OpenAsync();
        await memory.StartTaskAsync("Go");
        var given = arguments.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(one => one.Split('=')).ToDictionary(one => one[0], one => (object?)one[1]);
        Assert.That((await CallAsync(memory, name, given)).GetRawText(), Does.Contain(advice));
    }

    static List<string> Names(GraphMemory memory, MemoryToolsOptions options) => [.. memory.AsAIFunctions(options).Select(tool => tool.Name)];

    static async Task<JsonElement> CallAsync(GraphMemory memory, string name, Dictionary<string, object?> arguments) =>
        (JsonElement)(await memory.AsAIFunctions(Practice).Single(tool => tool.Name == name).InvokeAsync(new AIFunctionArguments(arguments)))!;
}
