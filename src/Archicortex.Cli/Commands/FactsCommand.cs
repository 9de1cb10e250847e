using System.CommandLine;
using System.Globalization;
using Archicortex.Cli.Contracts;
using Archicortex.Cli.Rendering;

namespace Archicortex.Cli.Commands;

/// <summary><c>archicortex facts --about Ada --memory notes.archicortex</c></summary>
static class FactsCommand
{
    static readonly Option<string?> About = Part("--about", "An end of the fact, subject or object.");
    static readonly Option<string?> Subject = Part("--subject", "Its subject.");
    static readonly Option<string?> Relation = Part("--relation", "Its relation; lives_in and \"lives in\" are one.");
    static readonly Option<string?> Object = Part("--object", "Its object.");
    static readonly Option<string?> Extractor = Part("--extractor", "Who read it: rules, given, or another; status lists them.");
    static readonly Option<DateOnly?> At = SharedOptions.Day("--at", "A day on which it was true, as far as is known.");

    static readonly Option<decimal?> ConfidenceMin = SharedOptions.NumberIfGiven(
        "--min-confidence", "The least confidence, 0 to 1.", 0, 1, "a number between 0 and 1");

    static readonly Option<int> Top = SharedOptions.Count("--top", "-n", "Facts to show, 1 to 10000.", 50, 1, 10_000);

    static readonly Option<bool> Explain = new("--explain", "-e")
    {
        Description = "Show for each fact the sentence that says it.",
    };

    public static Command Create(Terminal terminal)
    {
        var memory = SharedOptions.Memory(terminal);
        var command = new DocumentedCommand(
            "facts",
            "Lists facts: who, what, whom, when, and who read it where.",
            """
            All that is given must hold; the surest come first. A fact says what one passage states, as one extractor read it.
            Names are compared without regard to case, accents and endings such as 's.

            Examples:
              archicortex facts --about "Gull Brewery" --memory notes.archicortex --explain
              archicortex facts --relation lives_in --at 2024-06-01 --memory notes.archicortex
              archicortex facts --extractor given --json --memory notes.archicortex | jq .facts[].object
            """)
        {
            About, Subject, Relation, Object, At, Extractor, ConfidenceMin, Top, Explain, memory, SharedOptions.Scope, SharedOptions.Json,
            FactsReadCommand.Create(terminal, memory),
        };
        command.SetAction((parsed, ct) => RunAsync(parsed, parsed.GetRequiredValue(memory), terminal, ct));
        return command;
    }

    static async Task<int> RunAsync(ParseResult parsed, string path, Terminal terminal, CancellationToken ct)
    {
        var scope = parsed.GetRequiredValue(SharedOptions.Scope);
        var opened = await Memories.OpenForReadingAsync(path, scope, ct).ConfigureAwait(false);
        await using var openedClosing = opened.ConfigureAwait(false);
        var top = parsed.GetValue(Top);
        var query = new FactQuery
        {
            About = parsed.GetValue(About),
            Subject = parsed.GetValue(Subject),
            Relation = parsed.GetValue(Relation),
            Object = parsed.GetValue(Object),
            At = parsed.GetValue(At),
            Extractor = parsed.GetValue(Extractor),
            ConfidenceMin = (double)(parsed.GetValue(ConfidenceMin) ?? 0),

            // One more than asked for, to know whether there are more.
            Top = top + 1,
        };
        var found = await opened.FindFactsAsync(query, ct).ConfigureAwait(false);
        var shown = found.Take(top).ToList();
        if (parsed.GetValue(SharedOptions.Json))
        {
            await JsonOutput.WriteAsync(
                terminal.Output, new FactsJson(path, scope, [.. shown.Select(FactJson.Of)], found.Count > top)).ConfigureAwait(false);
            return CommandLine.Done;
        }

        if (shown.Count == 0)
        {
            var readers = await opened.CountFactsAsync(ct).ConfigureAwait(false);
            await terminal.Output.WriteLineAsync(NothingFound(readers)).ConfigureAwait(false);
            return CommandLine.Done;
        }

        if (parsed.GetValue(Explain))
        {
            FactsPage.WriteExplained(terminal.Page, shown);
        }
        else
        {
            FactsPage.WriteTable(terminal.Page, shown);
        }

        if (found.Count > top)
        {
            await terminal.Output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"There are more than {top:N0}. Ask for less, or show more with --top.")).ConfigureAwait(false);
        }

        return CommandLine.Done;
    }

    static string NothingFound(IReadOnlyDictionary<string, int> readers) => readers.Count == 0
        ? "The memory has no facts. Let a model read them (archicortex facts read --help), or import them (archicortex import openie --help)."
        : "No fact fits. The memory has " + string.Join(
            ", ", readers.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Value:N0} read by {Shell.Harmless(one.Key)}"))) + ".";

    static Option<string?> Part(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "text",
        Validators = { SharedOptions.RefuseBlank },
    };
}
