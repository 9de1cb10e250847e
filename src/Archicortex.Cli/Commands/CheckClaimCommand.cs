using System.CommandLine;
using Archicortex.Cli.Contracts;
using Archicortex.Cli.Rendering;
using Archicortex.Recall;

namespace Archicortex.Cli.Commands;

/// <summary><c>archicortex check-claim "Ada lives in Oslo." --memory notes.archicortex</c></summary>
static class CheckClaimCommand
{
    static readonly Argument<string> Claim = SharedOptions.Sentence(
        "claim", "A statement in words. Quote it.", "State something, e.g. archicortex check-claim \"Ada lives in Oslo.\"");

    static readonly Option<DateOnly?> ClaimedFor = SharedOptions.Day("--claimed-for", "The day it is claimed for. Default: today.");

    static readonly Option<string> FailOn = SharedOptions.OneOf(
        "--fail-on", null, "Verdicts that end with exit code 1; unsupported: all but supported.", "never", "contradicted", "unsupported");

    public static Command Create(Terminal terminal)
    {
        var memory = SharedOptions.Memory(terminal);
        var command = new DocumentedCommand(
            "check-claim",
            "Says whether a memory supports or contradicts a claim.",
            """
            The claim is read into facts and compared with those of the memory: supported if it says the same, contradicted if
            it says the opposite or names another where there can be one only (one lives in one place), else not found. To
            check the memory's file, use verify.

            Examples:
              archicortex check-claim "Ada lives in Oslo." --memory notes.archicortex
              archicortex check-claim "Ada worked at Birch Labs." --claimed-for 2021-05-01 --memory notes.archicortex
              archicortex check-claim "The boat was sold." --fail-on contradicted --memory notes.archicortex
            """)
        {
            Claim, memory, ClaimedFor, FailOn, SharedOptions.Scope, SharedOptions.Json,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var settings = new GraphMemoryOptions { Scope = parsed.GetRequiredValue(SharedOptions.Scope), Clock = terminal.Clock };
            var opened = await Memories.OpenForReadingAsync(parsed.GetRequiredValue(memory), settings, ct).ConfigureAwait(false);
            await using var openedClosing = opened.ConfigureAwait(false);
            var day = parsed.GetValue(ClaimedFor);
            var report = await opened.VerifyAsync(parsed.GetRequiredValue(Claim), day, ct).ConfigureAwait(false);
            if (parsed.GetValue(SharedOptions.Json))
            {
                await JsonOutput.WriteAsync(terminal.Output, ClaimJson.Of(report, day)).ConfigureAwait(false);
            }
            else
            {
                ClaimPage.Write(terminal.Page, report);
            }

            return ExitCodeOf(report.Verdict, parsed.GetRequiredValue(FailOn));
        });
        return command;
    }

    /// <summary>A verdict is an answer, not an error, unless the caller says so.</summary>
    public static int ExitCodeOf(ClaimVerdict verdict, string failOn) => failOn switch
    {
        "contradicted" when verdict == ClaimVerdict.Contradicted => CommandLine.Failed,
        "unsupported" when verdict != ClaimVerdict.Supported => CommandLine.Failed,
        _ => CommandLine.Done,
    };
}
