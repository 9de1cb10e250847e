using System.CommandLine;
using Archicortex.Cli.Contracts;
using Archicortex.Cli.Rendering;
using Archicortex.Practice;

namespace Archicortex.Cli.Commands;

/// <summary><c>archicortex case find "The deployment times out" --memory notes.archicortex</c></summary>
static class CaseCommand
{
    static readonly Argument<string> Situation = SharedOptions.Sentence(
        "situation", "What is to be done, under which circumstances. Quote it.", "Describe it in words.");

    static readonly Argument<string> Name = SharedOptions.Sentence("name", "The concept's name, a few words. Quote it.", "Give it a name.");
    static readonly Argument<string> Description = SharedOptions.Sentence("description", "What was learnt: what to do when. Quote it.", "Say what was learnt.");
    static readonly Option<string> Tried = Needed("--tried", "What was done about it.");
    static readonly Option<string> Outcome = Needed("--outcome", "What came of it.");
    static readonly Option<decimal?> Reward = PracticeOptions.Reward("How good that was, from -1 (never again) to 1 (again). Default 1.");
    static readonly Option<bool> Helped = new("--helped") { Description = "It helped." };
    static readonly Option<bool> Useless = new("--useless") { Description = "It did not help." };
    static readonly Option<bool> Concepts = new("--concepts") { Description = "Concepts first, then cases that none of them rests on." };
    static readonly Option<string[]> Cases = PracticeOptions.Many("--case", "A case it rests on; give two or more.", "case");

    public static Command Create(Terminal terminal)
    {
        var memory = SharedOptions.Memory(terminal);
        return new DocumentedCommand(
            "case",
            "Remembers what was tried in a situation, and finds it again.",
            """
            A case is a situation, what was tried, and what came of it. Found are cases of situations like the one described, the most
            alike and most useful first; what failed comes as a warning, and a situation like none finds nothing.

            Examples:
              archicortex case add "Deploying the shop times out" --tried "Raised the limit" --outcome "It went through" --memory notes.archicortex
              archicortex case find "The shop cannot be deployed, it times out" --memory notes.archicortex
              archicortex case used case-1f00aa22bb33 --helped --memory notes.archicortex
              archicortex case concept "Timeouts" "Look for locks before raising limits." --case case-1f00aa22bb33 --case case-77… --memory notes.archicortex
            """)
        {
            Add(terminal, memory), Find(terminal, memory), Used(terminal, memory), Concept(terminal, memory), List(terminal, memory), Forget(terminal, memory),
        };
    }

    static Command Add(Terminal terminal, Option<string> memory)
    {
        var command = new Command("add", "Remembers a case; telling one again with another outcome or reward changes it.")
        {
            Situation, Tried, Outcome, Reward, PracticeOptions.Tags, memory, SharedOptions.Scope, SharedOptions.Json,
        };
        command.SetAction((parsed, ct) => ChangeAsync(parsed, terminal, memory, mayMake: true, opened => opened.RememberCaseAsync(
            parsed.GetRequiredValue(Situation), parsed.GetRequiredValue(Tried), parsed.GetRequiredValue(Outcome),
            (double)(parsed.GetValue(Reward) ?? 1), parsed.GetValue(PracticeOptions.Tags), ct), ct));
        return command;
    }

    static Command Used(Terminal terminal, Option<string> memory)
    {
        var command = new Command("used", "Says whether a case helped: what helps is found earlier the next time.")
        {
            PracticeOptions.Case, Helped, Useless, memory, SharedOptions.Scope, SharedOptions.Json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(Helped) == result.GetValue(Useless))
            {
                result.AddError("Say --helped or --useless.");
            }
        });
        command.SetAction((parsed, ct) => ChangeAsync(parsed, terminal, memory, mayMake: false, opened => opened.RecordCaseUseAsync(
            parsed.GetRequiredValue(PracticeOptions.Case), parsed.GetValue(Helped), ct), ct));
        return command;
    }

    static Command Find(Terminal terminal, Option<string> memory)
    {
        var command = new Command("find", "Finds cases of situations like this one.")
        {
            Situation, SharedOptions.Top, Concepts, PracticeOptions.Tags, memory, SharedOptions.Scope, SharedOptions.Json,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var (path, scope) = (parsed.GetRequiredValue(memory), parsed.GetRequiredValue(SharedOptions.Scope));
            var opened = await Memories.OpenForReadingAsync(path, scope, ct).ConfigureAwait(false);
            await using var closing = opened.ConfigureAwait(false);
            var options = new RecallCasesOptions
            {
                Top = Math.Min(parsed.GetValue(SharedOptions.Top), 100),
                Level = parsed.GetValue(Concepts) ? CaseLevel.Concept : CaseLevel.Instance,
                Tags = parsed.GetValue(PracticeOptions.Tags) ?? [],
            };
            var found = await opened.RecallCasesAsync(parsed.GetRequiredValue(Situation), options, ct).ConfigureAwait(false);
            if (parsed.GetValue(SharedOptions.Json))
            {
                await JsonOutput.WriteAsync(terminal.Output, CaseFindJson.Of(found)).ConfigureAwait(false);
                return CommandLine.Done;
            }

            foreach (var line in PracticeLines.Page(found))
            {
                await terminal.Output.WriteLineAsync(line).ConfigureAwait(false);
            }

            return CommandLine.Done;
        });
        return command;
    }

    static Command Concept(Terminal terminal, Option<string> memory)
    {
        var command = new Command("concept", "Names what several cases have in common, or refines it.")
        {
            Name, Description, Cases, memory, SharedOptions.Scope, SharedOptions.Json,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var (path, scope) = (parsed.GetRequiredValue(memory), parsed.GetRequiredValue(SharedOptions.Scope));
            Memories.RefuseMissing(path);
            var concept = await Memories.WriteAsync(path, scope, terminal, opened => opened.NameConceptAsync(
                parsed.GetRequiredValue(Name), parsed.GetRequiredValue(Description), parsed.GetValue(Cases) ?? [], ct), ct).ConfigureAwait(false);
            if (parsed.GetValue(SharedOptions.Json))
            {
                await JsonOutput.WriteAsync(terminal.Output, new ConceptJson(path, scope, ConceptBody.Of(concept))).ConfigureAwait(false);
                return CommandLine.Done;
            }

            await terminal.Output.WriteLineAsync(PracticeLines.Line(concept)).ConfigureAwait(false);
            return CommandLine.Done;
        });
        return command;
    }

    static Command List(Terminal terminal, Option<string> memory)
    {
        var command = new Command("list", "Lists all cases and concepts.") { memory, SharedOptions.Scope, SharedOptions.Json };
        command.SetAction(async (parsed, ct) =>
        {
            var (path, scope) = (parsed.GetRequiredValue(memory), parsed.GetRequiredValue(SharedOptions.Scope));
            var opened = await Memories.OpenForReadingAsync(path, scope, ct).ConfigureAwait(false);
            await using var closing = opened.ConfigureAwait(false);
            var cases = await opened.ListCasesAsync(ct).ConfigureAwait(false);
            var concepts = await opened.ListConceptsAsync(ct).ConfigureAwait(false);
            if (parsed.GetValue(SharedOptions.Json))
            {
                await JsonOutput.WriteAsync(
                    terminal.Output, new CaseListJson(path, scope, [.. cases.Select(CaseBody.Of)], [.. concepts.Select(ConceptBody.Of)])).ConfigureAwait(false);
                return CommandLine.Done;
            }

            foreach (var line in concepts.Select(PracticeLines.Line).Concat(cases.Select(PracticeLines.Line)))
            {
                await terminal.Output.WriteLineAsync(line).ConfigureAwait(false);
            }

            return CommandLine.Done;
        });
        return command;
    }

    static Command Forget(Terminal terminal, Option<string> memory)
    {
        var command = new Command("forget", "Forgets a case, or a concept by its name. Texts stay in the log.")
        {
            PracticeOptions.Case, memory, SharedOptions.Scope, SharedOptions.Json,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var (path, scope) = (parsed.GetRequiredValue(memory), parsed.GetRequiredValue(SharedOptions.Scope));
            var name = parsed.GetRequiredValue(PracticeOptions.Case);
            Memories.RefuseMissing(path);
            var gone = await Memories.WriteAsync(path, scope, terminal, async opened =>
                (await opened.ForgetCaseAsync(name, ct).ConfigureAwait(false))?.Id
                ?? (await opened.ForgetConceptAsync(name, ct).ConfigureAwait(false))?.Name, ct).ConfigureAwait(false);
            if (gone is null)
            {
                throw new CommandException(new(
                    "notFound", $"'{path}' has no case or concept '{name}' in scope '{scope}'. 'case list' prints them.", CommandLine.Failed));
            }

            if (parsed.GetValue(SharedOptions.Json))
            {
                await JsonOutput.WriteAsync(terminal.Output, new CaseForgetJson(path, scope, gone)).ConfigureAwait(false);
                return CommandLine.Done;
            }

            await terminal.Output.WriteLineAsync("forgot " + Shell.Harmless(gone)).ConfigureAwait(false);
            return CommandLine.Done;
        });
        return command;
    }

    static Option<string> Needed(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "text",
        Required = true,
        Validators = { SharedOptions.RefuseBlank },
    };

    /// <summary>Changes one case and prints it.</summary>
    public static async Task<int> ChangeAsync(
        ParseResult parsed, Terminal terminal, Option<string> memory, bool mayMake, Func<GraphMemory, Task<KnownCase>> change, CancellationToken ct)
    {
        var (path, scope) = (parsed.GetRequiredValue(memory), parsed.GetRequiredValue(SharedOptions.Scope));
        if (!mayMake)
        {
            Memories.RefuseMissing(path);
        }

        var known = await Memories.WriteAsync(path, scope, terminal, change, ct).ConfigureAwait(false);
        if (parsed.GetValue(SharedOptions.Json))
        {
            await JsonOutput.WriteAsync(terminal.Output, new CaseJson(path, scope, CaseBody.Of(known))).ConfigureAwait(false);
            return CommandLine.Done;
        }

        await terminal.Output.WriteLineAsync(PracticeLines.Line(known)).ConfigureAwait(false);
        return CommandLine.Done;
    }
}
