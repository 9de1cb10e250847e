using System.CommandLine;
using Archicortex.Cli.Contracts;
using Archicortex.Cli.Rendering;

namespace Archicortex.Cli.Commands;

/// <summary><c>archicortex timeline Ada --memory notes.archicortex</c></summary>
static class TimelineCommand
{
    static readonly Argument<string> About = SharedOptions.Sentence(
        "about", "A name, or a few words. Quote them.", "Name somebody or something, e.g. archicortex timeline \"Ada Brown\"");

    static readonly Option<DateOnly?> From = SharedOptions.Day("--from", "The first day; what lasted into it counts. Default: the beginning.");
    static readonly Option<DateOnly?> To = SharedOptions.Day("--to", "The last day. Default: the end.");
    static readonly Option<DateOnly?> AsOf = SharedOptions.Day("--as-of", "As it was known on that day: what was said later is left out.");
    static readonly Option<int?> Last = SharedOptions.CountIfGiven("--last", "Only the last so many entries, 1 to 1000.", 1, 1000);

    public static Command Create(Terminal terminal)
    {
        var memory = SharedOptions.Memory(terminal);
        var command = new DocumentedCommand(
            "timeline",
            "Tells of somebody or something in order of time: what held when, what replaced it, and why.",
            """
            A name gives its facts, and the sentences that mention it, at the days they tell of; other words give the passages
            that have them. Marks: [current] holds by all that is known, [until …] held till then; 'replaces 2' ends what entry
            2 says, 'refines 2' says it more exactly, 'because' is said in the text. A day with ~ is the day it was said.

            Examples:
              archicortex timeline "Ada Brown" --memory notes.archicortex
              archicortex timeline "the kettle" --from 2024-01-01 --last 10 --memory notes.archicortex
              archicortex timeline Ada --as-of 2023-12-31 --json --memory notes.archicortex | jq .entries[].sentence
            """)
        {
            About, From, To, AsOf, Last, memory, SharedOptions.Scope, SharedOptions.Json,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var path = parsed.GetRequiredValue(memory);
            var settings = new GraphMemoryOptions { Scope = parsed.GetRequiredValue(SharedOptions.Scope), Clock = terminal.Clock };
            var opened = await Memories.OpenForReadingAsync(path, settings, ct).ConfigureAwait(false);
            await using var openedClosing = opened.ConfigureAwait(false);
            var about = parsed.GetRequiredValue(About);
            var options = new TimelineOptions
            {
                From = parsed.GetValue(From),
                To = parsed.GetValue(To),
                AsOf = parsed.GetValue(AsOf),
                Last = parsed.GetValue(Last),
            };
            var timeline = await opened.GetTimelineAsync(about, options, ct).ConfigureAwait(false);
            if (timeline.Kind == TimelineKind.Unknown)
            {
                throw new CommandException(new("notFound", timeline.Reason, CommandLine.Failed, Cure(timeline)));
            }

            if (parsed.GetValue(SharedOptions.Json))
            {
                await JsonOutput.WriteAsync(terminal.Output, TimelineJson.Of(timeline)).ConfigureAwait(false);
            }
            else
            {
                TimelinePage.Write(terminal.Page, timeline);
            }

            return CommandLine.Done;
        });
        return command;
    }

    static string Cure(Timeline timeline) => timeline.Suggestions.Count > 0
        ? "Did you mean " + string.Join(" or ", timeline.Suggestions.Select(name => $"'{Shell.Harmless(name)}'")) + "?"
        : "Names are those of facts (archicortex facts) and of those who speak (archicortex sessions).";
}
