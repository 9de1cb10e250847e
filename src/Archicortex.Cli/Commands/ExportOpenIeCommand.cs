using System.CommandLine;
using System.Globalization;
using Archicortex.Cli.Contracts;
using Archicortex.Cli.Rendering;

namespace Archicortex.Cli.Commands;

/// <summary><c>archicortex export openie facts.json --memory notes.archicortex</c></summary>
static class ExportOpenIeCommand
{
    const int LinesEvery = 1000;

    static readonly Argument<string> Target = new("file")
    {
        Description = "The file to write, whole or not at all.",
        HelpName = "file",
        Validators = { result => RefuseStandardOutput(result) },
    };

    static readonly Option<string?> Extractor = new("--extractor")
    {
        Description = "Whose facts; status lists them. Default: the one with the most facts, the rules last.",
        HelpName = "name",
        Validators = { SharedOptions.RefuseBlank },
    };

    public static Command Create(Terminal terminal, Option<string> memory)
    {
        var command = new DocumentedCommand(
            "openie",
            "Writes the facts of one extractor as a HippoRAG OpenIE file.",
            """
            Writes {"docs": [{"idx", "passage", "extracted_entities", "extracted_triples"}]}, which import openie and HippoRAG
            read, and beside it <file>.facts.jsonl: a fact a line with what the form has no room for (confidence, evidence,
            days, negation, modality). Each is written whole or not at all.

            Examples:
              archicortex export openie facts.json --memory notes.archicortex
              archicortex export openie rules.json --extractor rules --memory notes.archicortex
            """)
        {
            Target, Extractor, memory, SharedOptions.Scope, SharedOptions.Json,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var (path, target) = (parsed.GetRequiredValue(memory), parsed.GetRequiredValue(Target));
            var scope = parsed.GetRequiredValue(SharedOptions.Scope);
            var details = target + ".facts.jsonl";
            WholeFile.RefuseSelf(path, target);
            WholeFile.RefuseSelf(path, details);
            var opened = await Memories.OpenForReadingAsync(path, scope, ct).ConfigureAwait(false);
            await using var openedClosing = opened.ConfigureAwait(false);
            OpenIeExport? export = null;
            await CountProgress.ShowAsync(terminal, "documents", 0, LinesEvery, async progress =>
                export = await WriteAsync(opened, target, details, parsed.GetValue(Extractor), progress, ct).ConfigureAwait(false)).ConfigureAwait(false);
            if (parsed.GetValue(SharedOptions.Json))
            {
                await JsonOutput.WriteAsync(terminal.Output, new ExportOpenIeJson(
                    path, scope, export!.Extractor, target, details, export.Documents, export.Facts)).ConfigureAwait(false);
            }
            else
            {
                await terminal.Output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Exported {export!.Facts:N0} facts of {export.Documents:N0} documents, read by {Shell.Harmless(export.Extractor)}, ")
                    + $"to {target} (and {details})").ConfigureAwait(false);
            }

            return CommandLine.Done;
        });
        return command;
    }

    static Task<OpenIeExport> WriteAsync(
        GraphMemory memory, string target, string details, string? extractor, CountProgress progress, CancellationToken ct) =>
        WholeFile.WriteAsync(target, "the export", docs => WholeFile.WriteAsync(
            details, "the export's details", facts => memory.ExportOpenIeAsync(docs, facts, extractor, progress, ct), ct), ct);

    static void RefuseStandardOutput(System.CommandLine.Parsing.ArgumentResult result)
    {
        if (result.Tokens is [{ Value: "-" or "" }])
        {
            result.AddError("Two files are written, <file> and <file>.facts.jsonl: standard output will not do. Name a file.");
        }
    }
}
