using System.CommandLine;
using System.Globalization;

namespace Archicortex.Cli.Commands;

/// <summary><c>archicortex export --memory notes.archicortex --output notes.jsonl</c></summary>
static class ExportCommand
{
    static readonly Option<string> Target = new("--output", "-o")
    {
        Description = "The file to write, whole or not at all; - for standard output.",
        DefaultValueFactory = _ => "-",
        HelpName = "file|-",
    };

    public static Command Create(Terminal terminal)
    {
        var memory = SharedOptions.Memory(terminal);
        var command = new DocumentedCommand(
            "export",
            "Writes a memory's log as JSON Lines, from which import makes the same memory again.",
            """
            'export openie' writes the facts of one extractor for HippoRAG.

            Examples:
              archicortex export --memory notes.archicortex --output notes.jsonl
              archicortex export --memory notes.archicortex | gzip > notes.jsonl.gz
            """)
        {
            memory, Target, SharedOptions.Scope, ExportOpenIeCommand.Create(terminal, memory),
        };
        command.SetAction(async (parsed, ct) =>
        {
            var path = parsed.GetRequiredValue(memory);
            var target = parsed.GetRequiredValue(Target);
            var opened = await Memories.OpenForReadingAsync(
                path, parsed.GetRequiredValue(SharedOptions.Scope), ct).ConfigureAwait(false);
            await using var openedClosing = opened.ConfigureAwait(false);
            if (target == "-")
            {
                var buffer = new BufferedStream(terminal.OpenOutput(), 1 << 16);
                await using var bufferClosing = buffer.ConfigureAwait(false);
                await opened.ExportAsync(buffer, null, ct).ConfigureAwait(false);
                return CommandLine.Done;
            }

            WholeFile.RefuseSelf(path, target);
            var count = await WholeFile.WriteAsync(
                target, "the export", file => opened.ExportAsync(file, null, ct), ct).ConfigureAwait(false);
            await terminal.Output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"Exported {count:N0} operations to {target}")).ConfigureAwait(false);
            return CommandLine.Done;
        });
        return command;
    }
}
