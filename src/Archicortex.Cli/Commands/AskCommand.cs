using System.CommandLine;
using Archicortex.Cli.Contracts;
using Archicortex.Cli.Rendering;
using Archicortex.Models;

namespace Archicortex.Cli.Commands;

/// <summary><c>archicortex ask "Who founded the brewery?" --memory notes.archicortex</c></summary>
static class AskCommand
{
    static readonly Argument<string> Question = SharedOptions.Sentence(
        "question", "What you want to know, in words. Quote it.", "Ask in words, e.g. archicortex ask \"Where does Ada live?\"");

    static readonly Option<int> Top = SharedOptions.Count("--top", "-n", "Passages the answer may rest on, 1 to 100.", 5, 1, 100);

    static readonly Option<string> Strategy = SharedOptions.Strategy();

    static readonly Option<DateOnly?> AskedOn = SharedOptions.Day("--asked-on", "The day that now and last week are counted from. Default: today.");

    static readonly Option<int?> Budget = SharedOptions.CountIfGiven(
        "--budget", "With a chat model: give it one block of at most so many tokens, as recall --budget prints it, in place of the passages.", 1, 1_000_000);

    static readonly Option<bool> WithoutModel = new("--without-model")
    {
        Description = "Answer from facts and sentences even if a chat model is named.",
    };

    static readonly Option<bool> Follow = new("--follow")
    {
        Description = "Recall step by step, each for what the ones before did not find, and show the steps.",
    };

    static readonly Option<bool> Explain = new("--explain", "-e")
    {
        Description = "Show how the model came to it, and the facts it was read off.",
    };

    public static Command Create(Terminal terminal)
    {
        var memory = SharedOptions.Memory(terminal);
        var models = new ModelChoice(terminal);
        var command = new DocumentedCommand(
            "ask",
            "Answers a question, with what the answer rests on.",
            $"""
            With a chat model, it writes the answer from the passages recalled and cites them. Without one, the answer is
            worked out from days (how long between, which first, how often), read off the facts if they take up all that is
            asked, and is else the sentence that says most of it, which may be no answer. The output says which it was.
            Nothing is written. With a model the passages are sent to its server. Its
            {ModelChoice.KeyRule}

            Examples:
              archicortex ask "Who founded the Gull Brewery?" --memory notes.archicortex
              archicortex ask "Where did Ada live last year?" --asked-on 2024-06-01 --memory notes.archicortex
              archicortex ask "Who taught the founder?" --chat-model gpt-4o-mini --follow --explain --memory notes.archicortex
            """)
        {
            Question, memory, Top, Strategy, AskedOn, Budget, WithoutModel, Follow, Explain, SharedOptions.Scope, SharedOptions.Json,
        };
        models.AddTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            using var chosen = models.Open(parsed);
            var strategy = SharedOptions.StrategyOf(parsed.GetRequiredValue(Strategy));
            await chosen.ProbeAsync(ct).ConfigureAwait(false);
            var opened = await Memories.OpenForAskingAsync(
                parsed.GetRequiredValue(memory), chosen.For(parsed.GetRequiredValue(SharedOptions.Scope), terminal.Clock), ct).ConfigureAwait(false);
            await using var openedClosing = opened.ConfigureAwait(false);
            var options = new AskOptions
            {
                Top = parsed.GetValue(Top),
                Strategy = strategy,
                AskedOn = parsed.GetValue(AskedOn),
                TokenBudget = parsed.GetValue(Budget),
                WithoutModel = parsed.GetValue(WithoutModel),
            };
            var question = parsed.GetRequiredValue(Question);
            var isJson = parsed.GetValue(SharedOptions.Json);
            var page = new AnswerPage(terminal.Page, parsed.GetValue(Explain));
            var asked = parsed.GetValue(Follow)
                ? await FollowAsync(opened, question, options, isJson ? null : page, ct).ConfigureAwait(false)
                : new AskResult(await opened.AskAsync(question, options, ct).ConfigureAwait(false), []);
            if (isJson)
            {
                await JsonOutput.WriteAsync(terminal.Output, AnswerJson.Of(asked)).ConfigureAwait(false);
            }
            else
            {
                page.Write(asked.Answer);
            }

            return CommandLine.Done;
        });
        return command;
    }

    /// <summary>Recalls step by step, then answers: with a model from all that the steps found, without one as always.</summary>
    static async Task<AskResult> FollowAsync(GraphMemory memory, string question, AskOptions options, AnswerPage? page, CancellationToken ct)
    {
        var session = memory.StartSession(question, new SessionOptions { Top = options.Top, Strategy = options.Strategy, WithoutModel = options.WithoutModel });
        var steps = new List<SessionStep>();
        while (!session.IsDone)
        {
            var step = await session.NextAsync(ct).ConfigureAwait(false);
            steps.Add(step);
            page?.Write(step);
        }

        if (memory.Model is not { } model || options.WithoutModel)
        {
            return new AskResult(await memory.AskAsync(question, options, ct).ConfigureAwait(false), steps);
        }

        var found = session.Passages.Take(options.Top).ToList();
        var caller = model.Under(model.Budget);
        var given = found.Select(passage =>
            new CitedPassage(Number(passage.Rank), passage.Text) { Title = passage.Document.Title ?? passage.Document.Speaker }).ToList();
        var written = await new AnswerWriter(caller).WriteAsync(question, given, ct).ConfigureAwait(false);
        var cited = found.Where(passage => written.Citations.Contains(Number(passage.Rank)))
            .Select(passage => new Citation(passage.Rank, passage.DocumentName, passage.PassageId, passage.Text, passage.Span));
        var recalled = new Recollection(question, options.Strategy, $"Followed over {steps.Count} steps.", [], found, []);
        var answer = new Answer(
            question, written.Answer, written.Answer.Length > 0 ? AnswerSource.Model : AnswerSource.None,
            $"'{model.ModelId}' wrote it from {found.Count} passages, found in {steps.Count} steps.", written.IsAnswerable, [.. cited], recalled)
        {
            Thought = written.Thought,
            Spending = ModelCost.Sum(session.Spending!, caller.Spending),
        };
        return new AskResult(answer, steps);
    }

    static string Number(int rank) => rank.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>An answer, and the steps that led to it.</summary>
sealed record AskResult(Answer Answer, IReadOnlyList<SessionStep> Steps);
