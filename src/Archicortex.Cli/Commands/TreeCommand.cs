using System.CommandLine;
using System.Globalization;
using Archicortex.Cli.Contracts;
using Archicortex.Cli.Rendering;

namespace Archicortex.Cli.Commands;

/// <summary><c>archicortex tree --memory notes.archicortex --depth 2</c></summary>
static class TreeCommand
{
    static readonly Option<int> Depth = SharedOptions.Count("--depth", "-d", "Levels to unfold, 0 to 12.", 1, 0, 12);

    static readonly Option<int?> Node = SharedOptions.CountIfGiven("--node", "The number of a topic to start at. Default: 0, the root.", 0, int.MaxValue);

    static readonly Option<string?> About = new("--about")
    {
        Description = "Only the topics most like these words.",
        HelpName = "words",
        Validators = { SharedOptions.RefuseBlank },
    };

    static readonly Option<int> Top = SharedOptions.Count("--top", "-n", "Topics to show at most, 1 to 10000; deeper levels stay folded.", 200, 1, 10_000);

    static readonly Option<bool> Summarise = new("--summarise")
    {
        Description = "Let the chat model write summaries of the largest topics that have none from it, or changed since.",
    };

    static readonly Option<bool> Estimate = new("--estimate")
    {
        Description = "With --summarise: say what it would cost, and ask nothing.",
    };

    static readonly Option<int> Summaries = SharedOptions.Count("--max-summaries", null, "With --summarise: topics at most, 1 to 100000.", 50, 1, 100_000);

    public static Command Create(Terminal terminal)
    {
        var memory = SharedOptions.Memory(terminal);
        var models = new ModelChoice(terminal);
        var budget = new BudgetChoice();
        var command = new DocumentedCommand(
            "tree",
            "Shows what the memory is about: its topics, unfolded as far as asked, each with a line of summary.",
            $"""
            The tree grows as texts are remembered; nothing has to be built. Each topic has a number to unfold it by, the
            phrases that tell it from the rest, how many passages lie below it, and the sentences and facts that stand for
            them, word for word as they were remembered.

            With --summarise a model writes the summaries of the largest topics, from passages that are sent to its server;
            what it writes is checked for names and numbers that no passage has, recorded, and shown until the topic changes.
            Its {ModelChoice.KeyRule}

            Examples:
              archicortex tree --memory notes.archicortex
              archicortex tree --node 12 --depth 3 --memory notes.archicortex
              archicortex tree --about "boats and harbours" --memory notes.archicortex
              archicortex tree --summarise --chat-model gpt-4o-mini --budget-calls 50 --memory notes.archicortex
              archicortex tree --json --memory notes.archicortex | jq .topics[0].topics[].title
            """)
        {
            Depth, Node, About, Top, Summarise, Estimate, Summaries, memory, SharedOptions.Scope, SharedOptions.Json,
        };
        models.AddTo(command);
        budget.AddTo(command);
        command.Validators.Add(result => Check(result, models));
        command.SetAction(async (parsed, ct) =>
        {
            var scope = parsed.GetRequiredValue(SharedOptions.Scope);
            var path = parsed.GetRequiredValue(memory);
            var summarised = parsed.GetValue(Summarise)
                ? await SummariseAsync(parsed, models, budget.Of(parsed), path, terminal, ct).ConfigureAwait(false)
                : null;
            return summarised?.IsEstimate == true
                ? await WriteEstimateAsync(parsed, summarised, path, terminal).ConfigureAwait(false)
                : await ShowAsync(parsed, summarised, path, scope, terminal, ct).ConfigureAwait(false);
        });
        return command;
    }

    static void Check(System.CommandLine.Parsing.CommandResult result, ModelChoice models)
    {
        if (result.GetValue(Node) is not null && result.GetValue(About) is not null)
        {
            result.AddError("--node and --about both say where to start. Leave one out.");
        }

        if (result.GetValue(Summarise) && !models.IsChatNamed(result))
        {
            result.AddError("--summarise asks a chat model, and none is named. Add --chat-model NAME.");
        }

        if (result.GetValue(Estimate) && !result.GetValue(Summarise))
        {
            result.AddError("--estimate says what --summarise would cost. Add --summarise.");
        }
    }

    static async Task<SummariseRun> SummariseAsync(
        ParseResult parsed, ModelChoice models, Archicortex.Models.ModelBudget budget, string path, Terminal terminal, CancellationToken ct)
    {
        using var chosen = models.Open(parsed, budget);
        var settings = chosen.For(parsed.GetRequiredValue(SharedOptions.Scope), terminal.Clock);
        var options = new SummariseOptions { NodesMax = parsed.GetValue(Summaries) };
        Memories.RefuseMissing(path);
        if (parsed.GetValue(Estimate))
        {
            var opened = await Memories.OpenForReadingAsync(path, settings, ct).ConfigureAwait(false);
            await using var openedClosing = opened.ConfigureAwait(false);
            var run = new SummariseRun(opened, options) { IsEstimate = true };
            await run.EstimateAsync(ct).ConfigureAwait(false);
            return run;
        }

        return await Memories.WriteAsync(path, settings, terminal, async memory =>
        {
            var run = new SummariseRun(memory, options);
            await run.EstimateAsync(ct).ConfigureAwait(false);
            await terminal.Error.WriteLineAsync(run.EstimateText).ConfigureAwait(false);
            await CountProgress.ShowAsync(
                terminal, "topics summarised", run.Topics, SummariseRun.LinesEvery, progress => run.WriteAsync(progress, ct)).ConfigureAwait(false);
            await terminal.Error.WriteLineAsync(run.Summary).ConfigureAwait(false);
            return run;
        }, ct).ConfigureAwait(false);
    }

    static async Task<int> WriteEstimateAsync(ParseResult parsed, SummariseRun run, string path, Terminal terminal)
    {
        if (parsed.GetValue(SharedOptions.Json))
        {
            var scope = parsed.GetRequiredValue(SharedOptions.Scope);
            await JsonOutput.WriteAsync(terminal.Output, new TopicsJson(path, scope, run.Passages, [], run.ToJson())).ConfigureAwait(false);
        }
        else
        {
            await terminal.Output.WriteLineAsync($"{run.EstimateText} Nothing was asked.").ConfigureAwait(false);
        }

        return CommandLine.Done;
    }

    static async Task<int> ShowAsync(ParseResult parsed, SummariseRun? run, string path, string scope, Terminal terminal, CancellationToken ct)
    {
        var opened = await Memories.OpenForReadingAsync(path, scope, ct).ConfigureAwait(false);
        await using var openedClosing = opened.ConfigureAwait(false);
        var options = new TopicOptions
        {
            Node = parsed.GetValue(Node),
            About = parsed.GetValue(About),
            Depth = parsed.GetValue(Depth),
            NodesMax = parsed.GetValue(Top),
        };
        var topics = await opened.GetTopicsAsync(options, ct).ConfigureAwait(false);
        var status = await opened.GetStatusAsync(ct).ConfigureAwait(false);
        if (parsed.GetValue(SharedOptions.Json))
        {
            await JsonOutput.WriteAsync(
                terminal.Output, new TopicsJson(path, scope, status.Passages, [.. topics.Select(TopicJson.Of)], run?.ToJson())).ConfigureAwait(false);
        }
        else if (topics.Count == 0)
        {
            await terminal.Output.WriteLineAsync(NothingShown(status.Passages)).ConfigureAwait(false);
        }
        else
        {
            TopicsPage.Write(terminal.Page, topics);
        }

        return CommandLine.Done;
    }

    static string NothingShown(int passages) => passages == 0
        ? "The memory is empty. Remember something first: archicortex remember --help"
        : string.Create(CultureInfo.InvariantCulture, $"No topic of the memory's {passages:N0} passages is like these words. See all with: archicortex tree");
}
