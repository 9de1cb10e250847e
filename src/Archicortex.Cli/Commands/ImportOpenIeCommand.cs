using System.CommandLine;
using System.Globalization;
using System.Text;
using Archicortex.Cli.Contracts;
using Archicortex.Cli.Rendering;
using Archicortex.Facts;

namespace Archicortex.Cli.Commands;

/// <summary><c>archicortex import openie openie_results_ner_gpt-4o.json --memory notes.archicortex</c></summary>
static class ImportOpenIeCommand
{
    const int LinesEvery = 1000;

    static readonly Argument<string> Source = new("file")
    {
        Description = "A HippoRAG OpenIE file (openie_results_*.json).",
        HelpName = "file",
    };

    static readonly Option<bool> IgnoreMissing = new("--ignore-missing")
    {
        Description = "Leave out passages that the memory does not have. Default: remember them.",
    };

    public static Command Create(Terminal terminal, Option<string> memory)
    {
        var command = new DocumentedCommand(
            "openie",
            "Takes in the facts of a HippoRAG OpenIE file.",
            """
            Passages are matched with documents by their text, then by their title; others are remembered. The facts get the
            extractor's name openie:<start of the file's hash>[:<model>], so that importing the file again changes nothing and
            an import that was stopped goes on. A broken file changes nothing. The file is read more than once, first for its
            hash: standard input will not do.

            Example:
              archicortex import openie openie_results_ner_gpt-4o.json --memory notes.archicortex
            """)
        {
            Source, IgnoreMissing, memory, SharedOptions.Scope, SharedOptions.Json,
        };
        command.SetAction((parsed, ct) => RunAsync(
            parsed.GetRequiredValue(Source),
            new Target(parsed.GetRequiredValue(memory), parsed.GetRequiredValue(SharedOptions.Scope)),
            !parsed.GetValue(IgnoreMissing),
            parsed.GetValue(SharedOptions.Json),
            terminal,
            ct));
        return command;
    }

    static async Task<int> RunAsync(string path, Target target, bool createMissing, bool isJson, Terminal terminal, CancellationToken ct)
    {
        var file = Open(path);
        await using var closing = file.ConfigureAwait(false);
        var options = new OpenIeOptions
        {
            Extractor = await OpenIeName.OfAsync(file, path, ct).ConfigureAwait(false),
            CreateMissing = createMissing,
            Name = Path.GetFileName(path),
        };
        var passages = await CheckAsync(file, options.Name, ct).ConfigureAwait(false);
        file.Position = 0;
        OpenIeReport? report = null;
        await Memories.WriteAsync(target.Memory, target.Scope, terminal, async memory =>
        {
            await CountProgress.ShowAsync(terminal, "passages", passages, LinesEvery, async progress =>
                report = await ImportAsync(memory, file, options, progress, ct).ConfigureAwait(false)).ConfigureAwait(false);
            return true;
        }, ct).ConfigureAwait(false);
        if (isJson)
        {
            await JsonOutput.WriteAsync(
                terminal.Output, ImportOpenIeJson.Of(target.Memory, target.Scope, options.Extractor, report!)).ConfigureAwait(false);
        }
        else
        {
            await terminal.Output.WriteAsync(Summary(report!, options.Extractor, target.Memory)).ConfigureAwait(false);
        }

        return CommandLine.Done;
    }

    /// <summary>Reads the whole file once before anything is written: a mended file has another hash, and half of this one would stay beside it.</summary>
    static async Task<int> CheckAsync(Stream file, string name, CancellationToken ct)
    {
        file.Position = 0;
        var count = 0;
        await foreach (var _ in OpenIeFile.ReadAsync(file, name, ct).ConfigureAwait(false))
        {
            count++;
        }

        return count;
    }

    static async Task<OpenIeReport> ImportAsync(
        GraphMemory memory, Stream file, OpenIeOptions options, CountProgress progress, CancellationToken ct)
    {
        try
        {
            return await memory.ImportOpenIeAsync(file, options, progress, ct).ConfigureAwait(false);
        }
        catch (Exception failure) when (Failure.Of(failure) is { } known)
        {
            var taken = string.Create(CultureInfo.InvariantCulture, $"{progress.Count:N0} passages were taken in. Run the same command again to go on.");
            throw new CommandException(known with { Next = taken }, failure);
        }
    }

    static string Summary(OpenIeReport report, string extractor, string memory)
    {
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"""
            Imported {report.Passages:N0} passages into {memory}, read by {Shell.Harmless(extractor)}
              matched   {report.Passages - report.Created - report.Ignored,10:N0}
              created   {report.Created,10:N0}
              ignored   {report.Ignored,10:N0}
              known     {report.Known,10:N0}   (their facts had been recorded before)
              facts     {report.Facts,10:N0}

            """));
        foreach (var (reason, count) in report.Dropped)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {reason,-10}{count,10:N0}   {MeaningOf(reason)}").AppendLine();
        }

        return text.ToString();
    }

    static string MeaningOf(string reason) => reason switch
    {
        "arity" => "(left out: no list of three texts)",
        "blank" => "(left out: a part says nothing)",
        "selfLoop" => "(left out: subject and object are one)",
        "duplicate" => "(left out: said before in the passage)",
        "unlisted" => "(kept: neither end is in the list of names)",
        _ => "",
    };

    static FileStream Open(string path)
    {
        if (path == "-")
        {
            throw new GraphMemoryException(
                "An OpenIE file is read more than once, first for the hash that names its extractor, and standard input can be read once only. "
                + "Save it to a file first.");
        }

        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new GraphMemoryException($"There is no OpenIE file '{path}'. Check the path.", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new GraphMemoryException($"The OpenIE file '{path}' cannot be read: {failure.Message}", failure);
        }
    }

    sealed record Target(string Memory, string Scope);
}
