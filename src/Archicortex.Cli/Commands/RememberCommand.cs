using System.CommandLine;
using Archicortex.Cli.Contracts;
using Archicortex.Cli.Rendering;
using Archicortex.Documents;
using Archicortex.Facts;

namespace Archicortex.Cli.Commands;

/// <summary><c>archicortex remember notes/ --memory notes.archicortex</c></summary>
static class RememberCommand
{
    const string StandardInput = "standard input";

    static readonly Argument<string> Input = new("input")
    {
        Description = "A file, a folder with all its subfolders, or - for standard input.",
        HelpName = "file|folder|-",
    };

    static readonly Option<string> Format = SharedOptions.OneOf(
        "--format", "-f", "How the input is written. auto: by ending; .txt and - by their first lines.", "auto", "text", "markdown", "jsonl", "chat");

    static readonly Option<bool> ReadFacts = new("--read-facts")
    {
        Description = "Let the chat model read the facts of each document, at two calls a passage. Default: not; facts read can do it later.",
    };

    public static Command Create(Terminal terminal)
    {
        var memory = SharedOptions.Memory(terminal);
        var models = new ModelChoice(terminal);
        var budget = new BudgetChoice();
        var command = new DocumentedCommand(
            "remember",
            "Remembers files and folders, durably; safe to repeat.",
            """
            Documents are durable batch by batch; what is known already is passed over. Ctrl+C stops after a batch.

            Of a folder, .md .markdown .txt .text .jsonl .ndjson .chat are read. JSON Lines have the fields
              {"id"?, "title"?, "text", "time"?, "speaker"?, "session"?, "source"?, "metadata"?}
            and a chat has lines such as "[2024-03-09 10:12] Ada: Good morning".

            Examples:
              archicortex remember notes/ --memory notes.archicortex
              archicortex remember talk.txt --format chat --memory notes.archicortex
              archicortex remember notes/ --chat-model gpt-4o-mini --read-facts --budget-calls 500 --memory notes.archicortex
              curl -s https://example.org/a.jsonl | archicortex remember - --memory notes.archicortex
            """)
        {
            Input, memory, Format, SharedOptions.Replace, ReadFacts, FactsReadCommand.Rich, SharedOptions.Scope, SharedOptions.Json,
        };
        models.AddTo(command);
        budget.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(ReadFacts) && !models.IsChatNamed(result))
            {
                result.AddError("--read-facts asks a chat model, and none is named. Add --chat-model NAME.");
            }
        });
        command.SetAction(async (parsed, ct) =>
        {
            using var chosen = models.Open(parsed, budget.Of(parsed));
            var settings = chosen.For(parsed.GetRequiredValue(SharedOptions.Scope), terminal.Clock);
            var request = new Request(
                parsed.GetRequiredValue(Input),
                parsed.GetRequiredValue(memory),
                parsed.GetValue(ReadFacts)
                    ? settings with { ModelFacts = new ModelFactOptions { IsRich = parsed.GetValue(FactsReadCommand.Rich) } }
                    : settings,
                FormatOf(parsed.GetRequiredValue(Format)),
                parsed.GetValue(SharedOptions.Replace),
                parsed.GetValue(SharedOptions.Json));
            RefuseMissing(request);
            await chosen.ProbeAsync(ct).ConfigureAwait(false);
            return await RunAsync(request, terminal, ct).ConfigureAwait(false);
        });
        return command;
    }

    static void RefuseMissing(Request request)
    {
        if (!request.IsStream && !File.Exists(request.Input) && !Directory.Exists(request.Input))
        {
            throw new GraphMemoryException($"There is no file or folder '{request.Input}'. Check the path; '-' reads standard input.");
        }
    }

    static async Task<int> RunAsync(Request request, Terminal terminal, CancellationToken ct)
    {
        var bytesTotal = request.IsStream ? 0 : DocumentReader.MeasureBytes(request.Input);
        var skipped = new List<string>();
        var run = await Memories.WriteAsync(request.Memory, request.Settings, terminal, async memory =>
        {
            var run = new RememberRun(memory, request.Replace, request.Settings.ModelFacts is not null, terminal.Clock);
            await RememberProgress.ShowAsync(terminal, bytesTotal, progress =>
            {
                var options = new DocumentReaderOptions { Format = request.Format, BytesRead = progress, Skipped = skipped.Add };
                var documents = request.IsStream
                    ? DocumentReader.ReadAsync(terminal.OpenInput(), StandardInput, request.Format, options, ct)
                    : DocumentReader.ReadAsync(request.Input, options, ct);
                return run.RememberAsync(documents, progress, ct);
            }).ConfigureAwait(false);
            return run;
        }, ct).ConfigureAwait(false);

        if (run.Counts.Documents == 0)
        {
            await terminal.Error.WriteAsync(RememberText.Skipped(skipped)).ConfigureAwait(false);
            throw new GraphMemoryException(
                $"Nothing to remember in '{request.Input}': {(skipped.Count == 0 ? "it is empty" : "all of it was passed over")}. "
                + "Files to read end in .md, .txt, .jsonl or .chat and hold some text.");
        }

        if (request.IsJson)
        {
            await JsonOutput.WriteAsync(terminal.Output, run.ToJson(request.Memory, request.Settings.Scope, skipped)).ConfigureAwait(false);
            return CommandLine.Done;
        }

        await terminal.Error.WriteAsync(RememberText.Skipped(skipped)).ConfigureAwait(false);
        await terminal.Output.WriteAsync(RememberText.Summary(run.Counts, request.Memory)).ConfigureAwait(false);
        if (run.Spending is { } spent)
        {
            await terminal.Error.WriteLineAsync(ModelCost.Of(spent)).ConfigureAwait(false);
        }

        return CommandLine.Done;
    }

    static InputFormat FormatOf(string name) => name switch
    {
        "text" => InputFormat.Text,
        "markdown" => InputFormat.Markdown,
        "jsonl" => InputFormat.JsonLines,
        "chat" => InputFormat.Chat,
        _ => InputFormat.Auto,
    };

    sealed record Request(string Input, string Memory, GraphMemoryOptions Settings, InputFormat Format, bool Replace, bool IsJson)
    {
        public bool IsStream => Input == "-";
    }
}
