using System.CommandLine;
using Archicortex.Cli.Contracts;
using Archicortex.Cli.Rendering;
using Archicortex.Recall;

namespace Archicortex.Cli.Commands;

/// <summary><c>archicortex recall "Who built the boat that won?" --memory notes.archicortex</c></summary>
static class RecallCommand
{
    const double DampingMin = 0.000001;

    static readonly Argument<string> Question = SharedOptions.Sentence(
        "question", "What you want to know, in words. Quote it.", "Ask in words, e.g. archicortex recall \"Where does Ada live?\"");

    static readonly Option<string> Strategy = SharedOptions.Strategy();

    static readonly Option<bool> Anchors = new("--anchors")
    {
        Description = "hippo2: let the names of the question seed the walk too.",
    };

    static readonly Option<int> LinkedFacts = SharedOptions.Count("--linked-facts", null, "hippo2: facts a question is linked to, 1 to 100.", 5, 1, 100);

    static readonly Option<decimal?> Damping = SharedOptions.NumberIfGiven(
        "--damping", "hippo1, hippo2: chance of walking on rather than starting again. Default: 0.5.",
        (decimal)DampingMin, 1 - (decimal)DampingMin, "a number between 0 and 1, both excluded");

    static readonly Option<string> Choice = SharedOptions.OneOf(
        "--choice", null, "hippo2: how linked facts are checked. auto: by the chat model if one is named.", "auto", "all", "shared-words", "model");

    static readonly Option<bool> Explain = new("--explain", "-e")
    {
        Description = "Say for each passage which names led to it, in which sentence, and what its score is made of.",
    };

    public static Command Create(Terminal terminal)
    {
        var memory = SharedOptions.Memory(terminal);
        var models = new ModelChoice(terminal);
        var command = new DocumentedCommand(
            "recall",
            "Answers a question with the passages that answer it together, best first.",
            """
            Strategies: graph follows names from passage to passage, facts follows paths of facts (for memories that were
            given a graph), flat ranks by words alone (BM25), dense by vectors, dialogue ranks turns of conversations by
            their words, the turns around them, who speaks and when; hippo1 and hippo2 walk over the graph of facts as
            HippoRAG and HippoRAG 2 do. auto takes facts when the question names something of a given graph, dialogue
            when most passages with the question's words are turns of conversations, else graph when it has a name that
            the memory knows, else flat. Where a strategy finds no way into the memory, flat stands in for it, and the
            answer says so.

            Examples:
              archicortex recall "Who founded the brewery that supplies the inn?" --memory notes.archicortex --explain
              archicortex recall "regatta" --memory notes.archicortex --top 10 --strategy flat
              archicortex recall "Where does Ada live?" --memory notes.archicortex --json | jq .passages[0].text
            """)
        {
            Question, memory, SharedOptions.Top, Strategy, Explain, Anchors, LinkedFacts, Damping, Choice, SharedOptions.Scope, SharedOptions.Json,
        };
        models.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(Choice) == "model" && !models.IsChatNamed(result))
            {
                result.AddError("--choice model asks a chat model, and none is named. Add --chat-model NAME, or choose otherwise.");
            }
        });
        command.SetAction(async (parsed, ct) =>
        {
            using var chosen = models.Open(parsed);
            var settings = chosen.For(parsed.GetRequiredValue(SharedOptions.Scope), terminal.Clock);
            var strategy = SharedOptions.StrategyOf(parsed.GetRequiredValue(Strategy));
            await chosen.ProbeAsync(ct).ConfigureAwait(false);
            var opened = await Memories.OpenForAskingAsync(parsed.GetRequiredValue(memory), settings, ct).ConfigureAwait(false);
            await using var openedClosing = opened.ConfigureAwait(false);
            var options = new RecallOptions
            {
                Top = parsed.GetValue(SharedOptions.Top),
                Strategy = strategy,
                Explain = parsed.GetValue(Explain),
                Hippo = new HippoOptions
                {
                    EntityAnchors = parsed.GetValue(Anchors),
                    LinkedFacts = parsed.GetValue(LinkedFacts),
                    Damping = (double)(parsed.GetValue(Damping) ?? (decimal)new HippoOptions().Damping),
                    Choice = ChoiceOf(parsed.GetRequiredValue(Choice)),
                },
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

    static FactChoice ChoiceOf(string word) => word switch
    {
        "all" => FactChoice.All,
        "shared-words" => FactChoice.SharedWords,
        "model" => FactChoice.Model,
        _ => FactChoice.Auto,
    };
}
