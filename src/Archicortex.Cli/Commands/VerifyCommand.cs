using System.CommandLine;
using System.Globalization;
using Archicortex.Cli.Contracts;

namespace Archicortex.Cli.Commands;

/// <summary><c>archicortex verify --memory notes.archicortex</c></summary>
static class VerifyCommand
{
    public static Command Create(Terminal terminal)
    {
        var memory = SharedOptions.Memory(terminal);
        var command = new DocumentedCommand(
            "verify",
            "Checks a memory against its own log; changes nothing.",
            """
            Checks the file's pages, every operation's hash, and the graph replayed from nothing.
            Takes about as long as remembering everything again. Exit code 1 if something is wrong.

            Example:
              archicortex verify --memory notes.archicortex
            """)
        {
            memory, SharedOptions.Scope, SharedOptions.Json,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var path = parsed.GetRequiredValue(memory);
            var scope = parsed.GetRequiredValue(SharedOptions.Scope);
            var opened = await Memories.OpenForReadingAsync(path, scope, ct).ConfigureAwait(false);
            await using var openedClosing = opened.ConfigureAwait(false);
            var report = await opened.VerifyAsync(null, ct).ConfigureAwait(false);
            if (parsed.GetValue(SharedOptions.Json))
            {
                await JsonOutput.WriteAsync(terminal.Output, new VerifyJson(
                    path, scope, report.IsSound, report.Operations, report.StateHash, report.Problems)).ConfigureAwait(false);
            }
            else
            {
                await WriteAsync(terminal, path, report).ConfigureAwait(false);
            }

            return report.IsSound ? CommandLine.Done : CommandLine.Failed;
        });
        return command;
    }

    static async Task WriteAsync(Terminal terminal, string path, VerifyReport report)
    {
        if (report.IsSound)
        {
            await terminal.Output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{path} is sound: {report.Operations:N0} operations checked, state {report.StateHash}.")).ConfigureAwait(false);
            return;
        }

        foreach (var problem in report.Problems)
        {
            await terminal.Error.WriteLineAsync($"error: {problem}").ConfigureAwait(false);
        }

        await terminal.Error.WriteLineAsync($"{path} is not sound. Restore it from a copy, or import an export into a new memory.").ConfigureAwait(false);
    }
}
