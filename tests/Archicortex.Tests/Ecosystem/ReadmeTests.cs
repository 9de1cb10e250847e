using System.Diagnostics;
using Archicortex.Practice;
using Archicortex.Testing;
using Archicortex.Testing.Models;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Archicortex.Tests.Ecosystem;

/// <summary>What the README shows of containers, agents and telemetry, run as it stands there.</summary>
[TestFixture]
[NonParallelizable]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ReadmeTests : IDisposable
{
    readonly TempFolder _folder = new();
    readonly string _before = Environment.CurrentDirectory;

    public ReadmeTests() => Environment.CurrentDirectory = _folder.Path;

    public void Dispose()
    {
        Environment.CurrentDirectory = _before;
        _folder.Dispose();
    }

    [Test]
    public async Task Memories_come_from_a_container()
    {
        var services = new ServiceCollection();

        services.AddArchicortex("memories/{scope}.archicortex")         // one file a user
                .UseOpenAI(options =>                                   // optional: everything works without a model
                {
                    options.Endpoint = new("http://127.0.0.1:11434/v1");
                    options.ChatModel = "llama3.1";
                });
        services.AddSingleton<Notebook>();

        await using var provider = services.BuildServiceProvider();
        var found = await provider.GetRequiredService<Notebook>().NoteAsync("ada", "Ada moved from London to Oslo in 2024.", "Where is Ada?");
        Assert.That(found, Does.Contain("Oslo"));
        Assert.That(File.Exists("memories/ada.archicortex"), Is.True);
    }

    [Test]
    public async Task An_agent_gets_the_memory_as_tools()
    {
        using var chatClient = ScriptedChatClient.Saying("In Oslo.");
        await using GraphMemory memory = await GraphMemory.OpenAsync("notes.archicortex");

        IReadOnlyList<AIFunction> tools = memory.AsAIFunctions(new() { Source = "assistant" });
        ChatOptions options = new() { Tools = [.. tools] };             // recall, ask, history, verify, remember
        ChatResponse response = await chatClient.GetResponseAsync("Where does Ada live now?", options);

        Assert.That(response.Text, Is.EqualTo("In Oslo."));
        Assert.That(options.Tools.Select(tool => tool.Name), Is.EqualTo(new List<string> { "recall", "ask", "history", "timeline", "verify", "remember" }));
    }

    [Test]
    public async Task An_agent_keeps_its_work_in_the_same_file()
    {
        await using GraphMemory memory = await GraphMemory.OpenAsync("notes.archicortex");

        TaskNode goal = await memory.StartTaskAsync("Ship release 2.0");
        TaskNode step = await memory.StartTaskAsync("Write the notes", new() { Parent = goal.Id, State = TaskState.Active });
        await memory.UpdateTaskAsync(step.Id, new() { State = TaskState.Done, Note = "Kept it to one page.", ExpectedVersion = step.Version });
        RenderedTasks block = await memory.RenderTasksAsync(options: new() { TokenBudget = 500 });

        await memory.RememberCaseAsync("Deploying the shop times out", tried: "Raised the limit", outcome: "It hung for hours", reward: -1);
        CaseRecollection seen = await memory.RecallCasesAsync("The deployment of the shop times out");   // a warning: tried, and failed

        Assert.That(block.Text, Is.EqualTo("Goal 1 (open): Ship release 2.0\n1.1 (done) Write the notes · note: Kept it to one page.\n"));
        Assert.That(seen.Cases.Single().IsWarning, Is.True);
    }

    [Test]
    public async Task Telemetry_goes_by_one_name()
    {
        var heard = 0;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Telemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => heard += activity.OperationName == "recall" ? 1 : 0,
        };
        ActivitySource.AddActivityListener(listener);
        await using GraphMemory memory = await GraphMemory.OpenAsync("notes.archicortex");
        await memory.RecallAsync("Where does Ada live now?");
        Assert.That(heard, Is.EqualTo(1));
    }

    sealed class Notebook(GraphMemories memories)
    {
        public async Task<string> NoteAsync(string user, string text, string question)
        {
            GraphMemory memory = await memories.GetAsync(user);         // opened once, closed with the container
            await memory.RememberAsync(text);
            Recollection recalled = await memory.RecallAsync(question);
            return recalled.Passages[0].Text;
        }
    }
}
