using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Archicortex.Cli.Commands;
using Archicortex.Cli.Contracts;

namespace Archicortex.Cli;

/// <summary>The commands, and what becomes of their failures: a line on standard error and an exit code, never a stack trace.</summary>
static class CommandLine
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Misused = 2;
    public const int Cancelled = 130;

    public static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken ct)
    {
        var parsed = Root(terminal).Parse(args);
        if (parsed.Errors.Count > 0 && parsed.Action is ParseErrorAction)
        {
            foreach (var error in parsed.Errors.Select(error => error.Message).Distinct())
            {
                await terminal.Error.WriteLineAsync($"error: {error}").ConfigureAwait(false);
            }

            await terminal.Error.WriteLineAsync($"Try: archicortex {PathOf(parsed.CommandResult)}--help").ConfigureAwait(false);
            return Misused;
        }

        var settings = new InvocationConfiguration
        {
            Output = terminal.Output,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        try
        {
            return await parsed.InvokeAsync(settings, ct).ConfigureAwait(false);
        }
        catch (Exception failure) when (Failure.Of(failure) is { } known)
        {
            await terminal.Error.WriteLineAsync($"error: {known.Message}").ConfigureAwait(false);
            if (known.Next is { } next)
            {
                await terminal.Error.WriteLineAsync(next).ConfigureAwait(false);
            }

            if (parsed.CommandResult.Command.Options.Contains(SharedOptions.Json) && parsed.GetValue(SharedOptions.Json))
            {
                await JsonOutput.WriteAsync(terminal.Output, known.ToJson()).ConfigureAwait(false);
            }

            return known.ExitCode;
        }
    }

    /// <summary>"facts read ": the words of a command and those it stands under.</summary>
    static string PathOf(CommandResult command) =>
        command.Command is RootCommand ? "" : (command.Parent is CommandResult above ? PathOf(above) : "") + command.Command.Name + " ";

    static RootCommand Root(Terminal terminal)
    {
        var root = new RootCommand(
            """
            Archicortex remembers texts and answers questions with ranked, explained passages.

            Start here:
              archicortex demo
              archicortex remember notes/ --memory notes.archicortex
              archicortex recall "Who built the boat that won?" --memory notes.archicortex --explain
              archicortex ask "Who built the boat that won?" --memory notes.archicortex

            The variable ARCHICORTEX_MEMORY saves writing --memory each time.
            Exit codes: 0 done, 1 error, 2 wrong use, 130 cancelled.
            """)
        {
            RememberCommand.Create(terminal),
            RecallCommand.Create(terminal),
            AskCommand.Create(terminal),
            CheckClaimCommand.Create(terminal),
            FactsCommand.Create(terminal),
            TimelineCommand.Create(terminal),
            SessionsCommand.Create(terminal),
            TreeCommand.Create(terminal),
            EmbedCommand.Create(terminal),
            TaskCommand.Create(terminal),
            CaseCommand.Create(terminal),
            StatusCommand.Create(terminal),
            VerifyCommand.Create(terminal),
            ForgetCommand.Create(terminal),
            ExportCommand.Create(terminal),
            ImportCommand.Create(terminal),
            DemoCommand.Create(terminal),
        };
        root.Options.OfType<HelpOption>().Single().Action = new DetailedHelp();
        return root;
    }
}
