using System.CommandLine;
using System.Globalization;
using Archicortex.Cli.Contracts;

namespace Archicortex.Cli.Commands;

/// <summary><c>archicortex import notes.jsonl --memory copy.archicortex</c></summary>
static class ImportCommand
{
    static readonly Argument<string> Source = new("export")
    {
        Description = "What export wrote; - for standard input.",
        HelpName = "file|-",
    };

    public static Command Create(Terminal terminal)
    {
        var memory = SharedOptions.Memory(terminal);
        var command = new DocumentedCommand(
            "import",
            "Reads what export wrote.",
            """
            An empty memory takes the log over as it is; any other remembers and forgets its documents in turn.
            To remember JSON Lines of your own, use remember. 'import openie' takes in facts that HippoRAG extracted
            (an export that is called openie itself is named ./openie).

            Examples:
              archicortex import notes.jsonl --memory copy.archicortex
              gunzip -c notes.jsonl.gz | archicortex import - --memory copy.archicortex
            """)
        {
            Source, memory, SharedOptions.Replace, SharedOptions.Scope, SharedOptions.Json,
            ImportOpenIeCommand.Create(terminal, memory),
        };
        command.SetAction(async (parsed, ct) =>
        {
            var path = parsed.GetRequiredValue(memory);
            var scope = parsed.GetRequiredValue(SharedOptions.Scope);
            var source = Open(parsed.GetRequiredValue(Source), terminal);
            await using var closing = source.ConfigureAwait(false);
            var options = new RememberOptions { Replace = parsed.GetValue(SharedOptions.Replace) };
            var report = await Memories.WriteAsync(
                path, scope, terminal, memory => memory.ImportAsync(source, options, null, ct), ct).ConfigureAwait(false);
            if (parsed.GetValue(SharedOptions.Json))
            {
                await JsonOutput.WriteAsync(terminal.Output, new ImportJson(
                    path, scope, report.Operations, report.Added, report.Forgotten, report.IsVerbatim, report.Embedder)).ConfigureAwait(false);
            }
            else
            {
                var vectors = report.Embedder is { } embedder
                    ? $" Vectors of '{embedder}' are no part of an export: they are made anew when they are needed."
                    : "";
                await terminal.Output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Imported {report.Operations:N0} operations into {path}: {report.Added:N0} documents added, {report.Forgotten:N0} forgotten"
                    + $"{(report.IsVerbatim ? "; the log is the very one that was exported" : "")}.{vectors}")).ConfigureAwait(false);
            }

            return CommandLine.Done;
        });
        return command;
    }

    static Stream Open(string path, Terminal terminal)
    {
        if (path == "-")
        {
            return terminal.OpenInput();
        }

        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new GraphMemoryException($"There is no export '{path}'. Check the path; '-' reads standard input.", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new GraphMemoryException($"The export '{path}' cannot be read: {failure.Message}", failure);
        }
    }
}
