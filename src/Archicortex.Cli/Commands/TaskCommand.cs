using System.CommandLine;
using Archicortex.Cli.Contracts;
using Archicortex.Cli.Rendering;
using Archicortex.Practice;

namespace Archicortex.Cli.Commands;

/// <summary><c>archicortex task start "Ship the release" --memory notes.archicortex</c></summary>
static class TaskCommand
{
    static readonly Argument<string> Goal = SharedOptions.Sentence("goal", "What is to be reached, in words. Quote it.", "Say what is to be reached.");
    static readonly Argument<string> Parent = SharedOptions.Sentence("parent", "The task it is a part of.", "'task list' prints ids.");
    static readonly Option<string?> Id = PracticeOptions.Text("--id", "Your name for it. Default: its place in the tree, such as 2.1.3.");
    static readonly Option<string[]> After = PracticeOptions.Many("--after", "A task whose outputs it relies on; may be given several times.", "task");
    static readonly Option<bool> Pin = new("--pin") { Description = "Show it in every rendering of its tree, whatever the budget." };
    static readonly Option<string?> NewGoal = PracticeOptions.Text("--goal", "Its new goal.");

    static readonly Option<string> NewState = SharedOptions.OneOf(
        "--state", null, "Its new state; keep leaves it as it is.", "keep", "open", "active", "blocked", "done", "failed", "dropped");

    public static Command Create(Terminal terminal)
    {
        var memory = SharedOptions.Memory(terminal);
        return new DocumentedCommand(
            "task",
            "Keeps track of goals, their steps, and what they made.",
            """
            A task is a goal, a part of one, or a step; its id is its place in the tree (2.1.3) or the name you give it. What is
            finished is folded to one line with its outputs. What relies on a task that is revised becomes stale.

            Examples:
              archicortex task start "Ship release 2.0" --memory notes.archicortex
              archicortex task step 1 "Write the notes" --after 1.1 --memory notes.archicortex
              archicortex task set 1.2 --state active --memory notes.archicortex
              archicortex task done 1.2 --output notes=@notes.md --memory notes.archicortex
              archicortex task show --budget 500 --memory notes.archicortex          a block for a prompt
            """)
        {
            Start(terminal, memory),
            Step(terminal, memory),
            Set(terminal, memory),
            Finish(terminal, memory, "done", TaskState.Done, "Says that a task is done, and what it made."),
            Finish(terminal, memory, "fail", TaskState.Failed, "Says that a task failed, and why."),
            Revise(terminal, memory),
            TaskViewCommands.Show(terminal, memory),
            TaskViewCommands.List(terminal, memory),
            TaskViewCommands.Keep(terminal, memory),
            TaskViewCommands.Forget(terminal, memory),
        };
    }

    static Command Start(Terminal terminal, Option<string> memory)
    {
        var command = new Command("start", "Starts a goal.") { Goal, Id, After, PracticeOptions.Inputs, Pin };
        return Changing(command, terminal, memory, mayMake: true, (opened, parsed, ct) => StartAsync(opened, parsed, null, ct));
    }

    static Command Step(Terminal terminal, Option<string> memory)
    {
        var command = new Command("step", "Adds a step to a task, or a part that gets steps of its own.")
        {
            Parent, Goal, Id, After, PracticeOptions.Inputs, Pin,
        };
        return Changing(
            command, terminal, memory, mayMake: false, (opened, parsed, ct) => StartAsync(opened, parsed, parsed.GetRequiredValue(Parent), ct));
    }

    static Command Set(Terminal terminal, Option<string> memory)
    {
        var command = new Command("set", "Changes a task: its state, a note, its inputs and outputs.")
        {
            PracticeOptions.Task, NewState, PracticeOptions.Note, PracticeOptions.Inputs, PracticeOptions.Outputs, PracticeOptions.ExpectVersion,
        };
        return Changing(command, terminal, memory, mayMake: false, (opened, parsed, ct) => UpdateAsync(
            opened, parsed, parsed.GetRequiredValue(NewState) is var word && word == "keep" ? null : Enum.Parse<TaskState>(word, ignoreCase: true), ct));
    }

    static Command Finish(Terminal terminal, Option<string> memory, string name, TaskState state, string description)
    {
        var command = new Command(name, description)
        {
            PracticeOptions.Task, PracticeOptions.Outputs, PracticeOptions.Note, PracticeOptions.ExpectVersion,
        };
        return Changing(command, terminal, memory, mayMake: false, (opened, parsed, ct) => UpdateAsync(opened, parsed, state, ct));
    }

    static Command Revise(Terminal terminal, Option<string> memory)
    {
        var command = new Command("revise", "Changes what others may have relied on, and tells what is stale because of it.")
        {
            PracticeOptions.Task, NewGoal, PracticeOptions.Inputs, PracticeOptions.Outputs, PracticeOptions.Note, PracticeOptions.ExpectVersion,
        };
        return Changing(command, terminal, memory, mayMake: false, async (opened, parsed, ct) =>
        {
            var revised = await opened.ReviseTaskAsync(
                parsed.GetRequiredValue(PracticeOptions.Task),
                new()
                {
                    Goal = parsed.GetValue(NewGoal),
                    Note = parsed.GetValue(PracticeOptions.Note),
                    Inputs = await PracticeOptions.ReadAsync(parsed.GetValue(PracticeOptions.Inputs) ?? [], "--input", ct).ConfigureAwait(false),
                    Outputs = await PracticeOptions.ReadAsync(parsed.GetValue(PracticeOptions.Outputs) ?? [], "--output", ct).ConfigureAwait(false),
                    ExpectedVersion = parsed.GetValue(PracticeOptions.ExpectVersion),
                },
                ct).ConfigureAwait(false);
            return (revised.Task, revised.Stale);
        });
    }

    static async Task<(TaskNode, IReadOnlyList<string>?)> StartAsync(GraphMemory opened, ParseResult parsed, string? parent, CancellationToken ct)
    {
        var inputs = await PracticeOptions.ReadAsync(parsed.GetValue(PracticeOptions.Inputs) ?? [], "--input", ct).ConfigureAwait(false);
        var options = new StartTaskOptions
        {
            Id = parsed.GetValue(Id),
            Parent = parent,
            DependsOn = parsed.GetValue(After) ?? [],
            Inputs = inputs?.ToDictionary(one => one.Key, one => one.Value ?? "") ?? [],
            IsPinned = parsed.GetValue(Pin),
        };
        return (await opened.StartTaskAsync(parsed.GetRequiredValue(Goal), options, ct).ConfigureAwait(false), null);
    }

    static async Task<(TaskNode, IReadOnlyList<string>?)> UpdateAsync(GraphMemory opened, ParseResult parsed, TaskState? state, CancellationToken ct)
    {
        var update = new TaskUpdate
        {
            State = state,
            Note = parsed.GetValue(PracticeOptions.Note),
            Inputs = await PracticeOptions.ReadAsync(parsed.GetValue(PracticeOptions.Inputs) ?? [], "--input", ct).ConfigureAwait(false),
            Outputs = await PracticeOptions.ReadAsync(parsed.GetValue(PracticeOptions.Outputs) ?? [], "--output", ct).ConfigureAwait(false),
            ExpectedVersion = parsed.GetValue(PracticeOptions.ExpectVersion),
        };
        return (await opened.UpdateTaskAsync(parsed.GetRequiredValue(PracticeOptions.Task), update, ct).ConfigureAwait(false), null);
    }

    /// <summary>A command that changes one task and prints it.</summary>
    static Command Changing(
        Command command, Terminal terminal, Option<string> memory, bool mayMake,
        Func<GraphMemory, ParseResult, CancellationToken, Task<(TaskNode Task, IReadOnlyList<string>? Stale)>> change)
    {
        command.Add(memory);
        command.Add(SharedOptions.Scope);
        command.Add(SharedOptions.Json);
        command.SetAction(async (parsed, ct) =>
        {
            var (path, scope) = (parsed.GetRequiredValue(memory), parsed.GetRequiredValue(SharedOptions.Scope));
            if (!mayMake)
            {
                Memories.RefuseMissing(path);
            }

            var (task, stale) = await Memories.WriteAsync(path, scope, terminal, opened => change(opened, parsed, ct), ct).ConfigureAwait(false);
            if (parsed.GetValue(SharedOptions.Json))
            {
                await JsonOutput.WriteAsync(terminal.Output, new TaskJson(path, scope, TaskBody.Of(task), stale)).ConfigureAwait(false);
                return CommandLine.Done;
            }

            await terminal.Output.WriteLineAsync(PracticeLines.Line(task)).ConfigureAwait(false);
            if (stale?.Count > 0)
            {
                await terminal.Output.WriteLineAsync($"stale now: {Shell.Harmless(string.Join(", ", stale))}").ConfigureAwait(false);
            }

            return CommandLine.Done;
        });
        return command;
    }
}
