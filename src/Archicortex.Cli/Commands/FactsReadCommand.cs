using System.CommandLine;
using Archicortex.Cli.Contracts;
using Archicortex.Cli.Rendering;
using Archicortex.Facts;

namespace Archicortex.Cli.Commands;

/// <summary><c>archicortex facts read --chat-model gpt-4o-mini --memory notes.archicortex</c></summary>
static class FactsReadCommand
{
    static readonly Option<bool> Estimate = new("--estimate")
    {
        Description = "Say what it would cost, and ask nothing.",
    };

    static readonly Option<int> Concurrency = SharedOptions.Count("--concurrency", null, "Calls under way at a time, 1 to 256.", 4, 1, 256);

    static readonly Option<string> OnFailure = SharedOptions.OneOf(
        "--on-failure", null, "When a document cannot be read: stop, or leave it to the rules for now and go on.", "stop", "rules");

    /// <summary>Shared with remember, which may have the model read while it remembers.</summary>
    public static readonly Option<bool> Rich = new("--rich")
    {
        Description = "Ask also for times, negation, doubt and evidence; about three times the tokens.",
    };

    public static Command Create(Terminal terminal, Option<string> memory)
    {
        var models = new ModelChoice(terminal, ModelUse.Chat);
        var budget = new BudgetChoice();
        var command = new DocumentedCommand(
            "read",
            "Lets a model read the facts of what it has not read yet.",
            $"""
            Two calls a passage; what it would cost is said first. What is read is durable document by document: after a spent
            budget, a failure or Ctrl+C the same command goes on, and replies that came are not paid for again. Texts are sent
            to the model's server. Its {ModelChoice.KeyRule}

            Examples:
              archicortex facts read --chat-model gpt-4o-mini --estimate --price-in 0.15 --price-out 0.60 --memory notes.archicortex
              archicortex facts read --chat-model gpt-4o-mini --budget-calls 500 --memory notes.archicortex
              archicortex facts read --model-endpoint http://127.0.0.1:11434/v1 --chat-model llama3.1 --memory notes.archicortex
            """)
        {
            memory, Estimate, Rich, Concurrency, OnFailure, SharedOptions.Scope, SharedOptions.Json,
        };
        models.AddTo(command);
        budget.AddTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            using var chosen = models.Open(parsed, budget.Of(parsed), parsed.GetValue(Concurrency));
            var request = new FactsReadRequest(
                parsed.GetRequiredValue(memory),
                chosen.For(parsed.GetRequiredValue(SharedOptions.Scope), terminal.Clock),
                new ModelFactOptions { IsRich = parsed.GetValue(Rich) },
                new ExtractionOptions
                {
                    ConcurrencyMax = parsed.GetValue(Concurrency),
                    OnFailure = parsed.GetRequiredValue(OnFailure) == "rules" ? ExtractionFailure.UseRules : ExtractionFailure.Stop,
                },
                parsed.GetValue(SharedOptions.Json));
            Memories.RefuseMissing(request.Memory);
            return parsed.GetValue(Estimate)
                ? await EstimateAsync(request, terminal, ct).ConfigureAwait(false)
                : await ReadAsync(request, terminal, ct).ConfigureAwait(false);
        });
        return command;
    }

    static async Task<int> EstimateAsync(FactsReadRequest request, Terminal terminal, CancellationToken ct)
    {
        var opened = await Memories.OpenForReadingAsync(request.Memory, request.Settings, ct).ConfigureAwait(false);
        await using var openedClosing = opened.ConfigureAwait(false);
        var run = new FactsReadRun(opened, request);
        await run.EstimateAsync(ct).ConfigureAwait(false);
        if (request.IsJson)
        {
            await JsonOutput.WriteAsync(terminal.Output, run.ToJson(isEstimate: true)).ConfigureAwait(false);
        }
        else
        {
            await terminal.Output.WriteLineAsync(run.EstimateText).ConfigureAwait(false);
            await terminal.Output.WriteLineAsync($"Nothing was asked. Tokens are counted by the rule {run.Estimate.TokenRule}.").ConfigureAwait(false);
        }

        return CommandLine.Done;
    }

    static async Task<int> ReadAsync(FactsReadRequest request, Terminal terminal, CancellationToken ct)
    {
        var run = await Memories.WriteAsync(request.Memory, request.Settings, terminal, async memory =>
        {
            var run = new FactsReadRun(memory, request);
            await run.EstimateAsync(ct).ConfigureAwait(false);
            await terminal.Error.WriteLineAsync(run.EstimateText).ConfigureAwait(false);
            await CountProgress.ShowAsync(
                terminal, "documents read", run.Unread, FactsReadRun.LinesEvery, progress => run.ReadAsync(progress, ct)).ConfigureAwait(false);
            return run;
        }, ct).ConfigureAwait(false);
        if (request.IsJson)
        {
            await JsonOutput.WriteAsync(terminal.Output, run.ToJson(isEstimate: false)).ConfigureAwait(false);
            return CommandLine.Done;
        }

        foreach (var line in run.FailureLines)
        {
            await terminal.Error.WriteLineAsync(line).ConfigureAwait(false);
        }

        await terminal.Output.WriteAsync(run.Summary).ConfigureAwait(false);
        return CommandLine.Done;
    }
}

/// <summary>What to read, and how.</summary>
sealed record FactsReadRequest(string Memory, GraphMemoryOptions Settings, ModelFactOptions Facts, ExtractionOptions Reading, bool IsJson);
