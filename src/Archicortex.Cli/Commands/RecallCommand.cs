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

    static readonly Option<int> Context = SharedOptions.Count(
        "--context", "-c", "Turns to show before and after each passage, 0 to 100; of a document: its passages.", 0, 0, 100);

    static readonly Option<int?> Budget = SharedOptions.CountIfGiven(
        "--budget", "Print one block for a prompt instead, of at most so many tokens: facts, passages and turns, dated and numbered.", 0, 10_000_000);

    static readonly Option<string> Order = SharedOptions.OneOf(
        "--order", null, "In which order the block has its passages. auto: turns by time, documents with the best at the end.",
        "auto", "best-last", "best-first", "chronological");

    static readonly Option<string[]> Pin = new("--pin")
    {
        Description = "A text that the block starts with in any case. May be given several times.",
        HelpName = "text",
        Validators = { SharedOptions.RefuseBlank },
    };

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
            given a graph), flat ranks by words alone (BM25), dense by vectors; hippo1 and hippo2 walk over the graph of
            facts as HippoRAG and HippoRAG 2 do; tree answers broad questions with topics, what their passages say
            together, and the passages; dialogue ranks turns of conversations. For comparison: path goes from sentence to
            sentence, local looks at pairs of names, memgas weighs passages, sessions and names. auto takes tree when the
            question asks for an overview, dialogue where the memory is conversations, facts when the question names
            something of a given graph, else graph when it has a name that the memory knows, else flat. Where a
            strategy finds no way into the memory, flat stands in for it, and the answer says so.

            Examples:
              archicortex recall "Who founded the brewery that supplies the inn?" --memory notes.archicortex --explain
              archicortex recall "regatta" --memory notes.archicortex --top 10 --strategy flat
              archicortex recall "What did Ada say about the kettle?" --context 3 --memory chat.archicortex
              archicortex recall "Summarise what we know about the brewery" --memory notes.archicortex
              archicortex recall "Where does Ada live?" --memory notes.archicortex --json | jq .passages[0].text
              archicortex recall "What did we decide about the boat?" --memory notes.archicortex --budget 1500
            """)
        {
            Question, memory, SharedOptions.Top, Strategy, Explain, Context, Budget, Order, Pin, Anchors, LinkedFacts, Damping, Choice,
            SharedOptions.Scope, SharedOptions.Json,
        };
        models.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(Choice) == "model" && !models.IsChatNamed(result))
            {
                result.AddError("--choice model asks a chat model, and none is named. Add --chat-model NAME, or choose otherwise.");
            }
        });
        command.Validators.Add(result =>
        {
            var isAboutBlock = result.GetResult(Pin) is { Implicit: false } || result.GetResult(Order) is { Implicit: false };
            if (result.GetResult(Budget) is null && isAboutBlock)
            {
                result.AddError("--order and --pin are about the block that --budget TOKENS prints. Add it, or leave them out.");
            }
        });
        command.SetAction(async (parsed, ct) =>
        {
            using var chosen = models.Open(parsed);
            var settings = chosen.For(parsed.GetRequiredValue(SharedOptions.Scope), terminal.Clock);
            await chosen.ProbeAsync(ct).ConfigureAwait(false);
            var opened = await Memories.OpenForAskingAsync(parsed.GetRequiredValue(memory), settings, ct).ConfigureAwait(false);
            await using var openedClosing = opened.ConfigureAwait(false);
            var found = await opened.RecallAsync(parsed.GetRequiredValue(Question), OptionsOf(parsed), ct).ConfigureAwait(false);
            var around = await AroundAsync(opened, found, parsed.GetValue(Context), ct).ConfigureAwait(false);
            if (parsed.GetValue(SharedOptions.Json))
            {
                await JsonOutput.WriteAsync(terminal.Output, RecallJson.Of(found, around)).ConfigureAwait(false);
            }
            else
            {
                RecollectionPage.Write(terminal.Page, found, around);
            }

            return CommandLine.Done;
        });
        return command;
    }

    static RecallOptions OptionsOf(ParseResult parsed) => new()
    {
        Top = parsed.GetValue(SharedOptions.Top),
        Strategy = SharedOptions.StrategyOf(parsed.GetRequiredValue(Strategy)),
        Explain = parsed.GetValue(Explain),
        TokenBudget = parsed.GetValue(Budget),
        Order = OrderOf(parsed.GetRequiredValue(Order)),
        Pinned = parsed.GetValue(Pin) ?? [],
        Hippo = new HippoOptions
        {
            EntityAnchors = parsed.GetValue(Anchors),
            LinkedFacts = parsed.GetValue(LinkedFacts),
            Damping = (double)(parsed.GetValue(Damping) ?? (decimal)new HippoOptions().Damping),
            Choice = ChoiceOf(parsed.GetRequiredValue(Choice)),
        },
    };

    static ContextOrder OrderOf(string word) => word switch
    {
        "best-last" => ContextOrder.BestLast,
        "best-first" => ContextOrder.BestFirst,
        "chronological" => ContextOrder.Chronological,
        _ => ContextOrder.Auto,
    };

    /// <summary>What stands around each passage; null if it is not asked for.</summary>
    static async Task<IReadOnlyList<TurnNeighbours?>?> AroundAsync(GraphMemory memory, Recollection found, int count, CancellationToken ct)
    {
        if (count == 0)
        {
            return null;
        }

        var around = new List<TurnNeighbours?>(found.Passages.Count);
        foreach (var passage in found.Passages)
        {
            around.Add(await memory.GetNeighboursAsync(passage.PassageId, count, count, ct).ConfigureAwait(false));
        }

        return around;
    }

    static FactChoice ChoiceOf(string word) => word switch
    {
        "all" => FactChoice.All,
        "shared-words" => FactChoice.SharedWords,
        "model" => FactChoice.Model,
        _ => FactChoice.Auto,
    };
}
