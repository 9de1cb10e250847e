using System.CommandLine;
using Archicortex.Cli.Contracts;
using Archicortex.Cli.Rendering;

namespace Archicortex.Cli.Commands;

/// <summary><c>archicortex recall "Who built the boat that won?" --memory notes.archicortex</c></summary>
static class RecallCommand
{
    static readonly Argument<string> Question = new("question")
    {
        Description = "What you want to know, in words. Quote it.",
        Validators =
        {
            result =>
            {
                if (result.Tokens is [{ Value: var value }] && string.IsNullOrWhiteSpace(value))
                {
                    result.AddError("The question is empty. Ask in words, e.g. archicortex recall \"Where does Ada live?\"");
                }
            },
        },
    };

    static readonly Option<string> Strategy = SharedOptions.OneOf(
        "--strategy", "-s", "How passages are ranked.", "auto", "graph", "flat", "dense");

    static readonly Option<bool> Explain = new("--explain", "-e")
    {
        Description = "Say for each passage which names led to it, in which sentence, and what its score is made of.",
    };

    public static Command Create(Terminal terminal)
    {
        var memory = SharedOptions.Memory(terminal);
        var command = new DocumentedCommand(
            "recall",
            "Answers a question with the passages that answer it together, best first.",
            """
            Strategies: graph follows names from passage to passage, flat ranks by words alone (BM25), dense by vectors,
            auto takes graph when the question has a name that the memory knows, else flat.

            Examples:
              archicortex recall "Who founded the brewery that supplies the inn?" --memory notes.archicortex --explain
              archicortex recall "regatta" --memory notes.archicortex --top 10 --strategy flat
              archicortex recall "Where does Ada live?" --memory notes.archicortex --json | jq .passages[0].text
            """)
        {
            Question, memory, SharedOptions.Top, Strategy, Explain, SharedOptions.Scope, SharedOptions.Json,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var opened = await Memories.OpenForReadingAsync(
                parsed.GetRequiredValue(memory), parsed.GetRequiredValue(SharedOptions.Scope), ct).ConfigureAwait(false);
            await using var openedClosing = opened.ConfigureAwait(false);
            var options = new RecallOptions
            {
                Top = parsed.GetValue(SharedOptions.Top),
                Strategy = Enum.Parse<RecallStrategy>(parsed.GetRequiredValue(Strategy), ignoreCase: true),
                Explain = parsed.GetValue(Explain),
            };
            var found = await opened.RecallAsync(parsed.GetRequiredValue(Question), options, ct).ConfigureAwait(false);
            if (parsed.GetValue(SharedOptions.Json))
            {
                await JsonOutput.WriteAsync(terminal.Output, RecallJson.Of(found)).ConfigureAwait(false);
            }
            else
            {
                RecollectionPage.Write(terminal.Page, found);
            }

            return CommandLine.Done;
        });
        return command;
    }
}
