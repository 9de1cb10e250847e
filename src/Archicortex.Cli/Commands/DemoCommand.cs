using System.CommandLine;
using Archicortex.Cli.Demo;

namespace Archicortex.Cli.Commands;

/// <summary><c>archicortex demo</c></summary>
static class DemoCommand
{
    static readonly Option<string?> Memory = new("--memory", "-m")
    {
        Description = "Keep the demo's memory in this file. Default: demo.archicortex in the temporary folder, made anew.",
        HelpName = "file",
    };

    static readonly Option<string?> Question = new("--question", "-q")
    {
        Description = "Ask this about the demo's town instead of the prepared questions.",
        HelpName = "text",
    };

    public static Command Create(Terminal terminal)
    {
        var command = new DocumentedCommand(
            "demo",
            "Shows on an invented town what recall finds and plain text search does not.",
            """
            Remembers an invented harbour town (articles and two conversations), then asks questions that no single passage
            answers, and shows what plain text search would have found.

            Examples:
              archicortex demo
              archicortex demo --question "Who taught the painter of The Blue Pilot?" --top 3
            """)
        {
            Memory, Question, SharedOptions.Top,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var run = new DemoRun(terminal, parsed.GetValue(SharedOptions.Top));
            await run.RunAsync(parsed.GetValue(Memory), parsed.GetValue(Question), ct).ConfigureAwait(false);
            return CommandLine.Done;
        });
        return command;
    }
}
