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
            Examples:
              archicortex export --memory notes.archicortex --output notes.jsonl
              archicortex export --memory notes.archicortex | gzip > notes.jsonl.gz
            """)
        {
            memory, Target, SharedOptions.Scope,
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

            RefuseSelf(path, target);
            var count = await WriteFileAsync(opened, target, ct).ConfigureAwait(false);
            await terminal.Output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"Exported {count:N0} operations to {target}")).ConfigureAwait(false);
            return CommandLine.Done;
        });
        return command;
    }

    /// <summary>Writes beside the target and renames, so that a failure leaves an older export as it was.</summary>
    static async Task<long> WriteFileAsync(GraphMemory memory, string target, CancellationToken ct)
    {
        var partial = target + ".partial";
        try
        {
            long count;
            var file = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
            await using (file.ConfigureAwait(false))
            {
                count = await memory.ExportAsync(file, null, ct).ConfigureAwait(false);
                await file.FlushAsync(ct).ConfigureAwait(false);
                file.Flush(flushToDisk: true);
            }

            File.Move(partial, target, overwrite: true);
            return count;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Discard(partial);
            throw new MemoryStoreException($"Cannot write the export '{target}': {failure.Message.TrimEnd('.')}. Name a file that can be written.", failure);
        }
        catch (OperationCanceledException)
        {
            Discard(partial);
            throw;
        }
    }

    static void Discard(string partial)
    {
        if (File.Exists(partial))
        {
            File.Delete(partial);
        }
    }

    static void RefuseSelf(string path, string target)
    {
        if (Path.GetFullPath(path) == Path.GetFullPath(target))
        {
            throw new GraphMemoryException(
                $"The export would overwrite the memory '{path}' itself. "
                + $"Name another file, e.g. --output {Path.ChangeExtension(target, ".jsonl")}");
        }
    }
}
