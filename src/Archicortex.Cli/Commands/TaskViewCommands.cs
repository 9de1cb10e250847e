using System.CommandLine;
using Archicortex.Cli.Contracts;
using Archicortex.Cli.Rendering;
using Archicortex.Practice;

namespace Archicortex.Cli.Commands;

/// <summary>The commands that show tasks, keep one as a case, or forget one.</summary>
static class TaskViewCommands
{
    static readonly Argument<string?> TaskIfGiven = new("task")
    {
        Description = "A task's id. Default: the goal that is worked on.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    static readonly Option<int> Budget = SharedOptions.Count("--budget", "-b", "Tokens it may have, 16 to 1000000.", 1_000, 16, 1_000_000);

    static readonly Option<string> State = SharedOptions.OneOf(
        "--state", null, "Only those in this state.", "any", "open", "active", "blocked", "done", "failed", "dropped");

    static readonly Option<bool> Stale = new("--stale") { Description = "Only those that rely on something that was revised since." };
    static readonly Option<decimal?> Reward = PracticeOptions.Reward("How good it was, from -1 to 1. Default: 1 for done, -1 for failed.");
    static readonly Option<string?> Outcome = PracticeOptions.Text("--outcome", "What came of it. Default: its state, outputs and last note.");

    public static Command Show(Terminal terminal, Option<string> memory)
    {
        var command = new Command("show", "Prints goals, current step and what they rest on, within a budget of tokens.")
        {
            TaskIfGiven, Budget, memory, SharedOptions.Scope, SharedOptions.Json,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var (path, scope) = (parsed.GetRequiredValue(memory), parsed.GetRequiredValue(SharedOptions.Scope));
            var opened = await Memories.OpenForReadingAsync(path, scope, ct).ConfigureAwait(false);
            await using var closing = opened.ConfigureAwait(false);
            var page = await opened.RenderTasksAsync(parsed.GetValue(TaskIfGiven), new() { TokenBudget = parsed.GetValue(Budget) }, ct).ConfigureAwait(false);
            if (parsed.GetValue(SharedOptions.Json))
            {
                await JsonOutput.WriteAsync(
                    terminal.Output, new TaskShowJson(path, scope, page.Text, page.Tokens, page.Path, page.LeftOut)).ConfigureAwait(false);
                return CommandLine.Done;
            }

            var text = page.Path.Count > 0 ? Shell.Harmless(page.Text) : $"No task is open. Start one: archicortex task start --help{Environment.NewLine}";
            await terminal.Output.WriteAsync(text).ConfigureAwait(false);
            return CommandLine.Done;
        });
        return command;
    }

    public static Command List(Terminal terminal, Option<string> memory)
    {
        var command = new Command("list", "Lists tasks as a tree.") { TaskIfGiven, State, Stale, memory, SharedOptions.Scope, SharedOptions.Json };
        command.SetAction(async (parsed, ct) =>
        {
            var (path, scope) = (parsed.GetRequiredValue(memory), parsed.GetRequiredValue(SharedOptions.Scope));
            var opened = await Memories.OpenForReadingAsync(path, scope, ct).ConfigureAwait(false);
            await using var closing = opened.ConfigureAwait(false);
            var state = parsed.GetRequiredValue(State);
            var query = new TaskQuery
            {
                Under = parsed.GetValue(TaskIfGiven),
                State = state == "any" ? null : Enum.Parse<TaskState>(state, ignoreCase: true),
                IsStale = parsed.GetValue(Stale) ? true : null,
            };
            var tasks = await opened.ListTasksAsync(query, ct).ConfigureAwait(false);
            if (parsed.GetValue(SharedOptions.Json))
            {
                await JsonOutput.WriteAsync(terminal.Output, new TaskListJson(path, scope, [.. tasks.Select(TaskBody.Of)])).ConfigureAwait(false);
                return CommandLine.Done;
            }

            foreach (var line in PracticeLines.Tree(tasks))
            {
                await terminal.Output.WriteLineAsync(line).ConfigureAwait(false);
            }

            return CommandLine.Done;
        });
        return command;
    }

    public static Command Keep(Terminal terminal, Option<string> memory)
    {
        var command = new Command("keep", "Keeps a finished task as a case, for situations like it.")
        {
            PracticeOptions.Task, Reward, Outcome, PracticeOptions.Tags, memory, SharedOptions.Scope, SharedOptions.Json,
        };
        command.SetAction((parsed, ct) => CaseCommand.ChangeAsync(parsed, terminal, memory, mayMake: false, opened => opened.KeepAsCaseAsync(
            parsed.GetRequiredValue(PracticeOptions.Task), (double?)parsed.GetValue(Reward), parsed.GetValue(Outcome),
            parsed.GetValue(PracticeOptions.Tags), ct), ct));
        return command;
    }

    public static Command Forget(Terminal terminal, Option<string> memory)
    {
        var command = new Command("forget", "Forgets a task with all its parts. Its texts stay in the log.")
        {
            PracticeOptions.Task, memory, SharedOptions.Scope, SharedOptions.Json,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var (path, scope) = (parsed.GetRequiredValue(memory), parsed.GetRequiredValue(SharedOptions.Scope));
            var id = parsed.GetRequiredValue(PracticeOptions.Task);
            Memories.RefuseMissing(path);
            var gone = await Memories.WriteAsync(path, scope, terminal, opened => opened.ForgetTaskAsync(id, ct), ct).ConfigureAwait(false);
            if (gone.Count == 0)
            {
                throw new CommandException(new("notFound", $"'{path}' has no task '{id}' in scope '{scope}'. 'task list' prints ids.", CommandLine.Failed));
            }

            if (parsed.GetValue(SharedOptions.Json))
            {
                await JsonOutput.WriteAsync(terminal.Output, new TaskForgetJson(path, scope, gone)).ConfigureAwait(false);
                return CommandLine.Done;
            }

            await terminal.Output.WriteLineAsync("forgot " + Shell.Harmless(string.Join(", ", gone))).ConfigureAwait(false);
            return CommandLine.Done;
        });
        return command;
    }
}
