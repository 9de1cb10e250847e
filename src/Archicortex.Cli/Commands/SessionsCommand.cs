using System.CommandLine;
using System.Globalization;
using Archicortex.Cli.Contracts;
using Archicortex.Cli.Rendering;

namespace Archicortex.Cli.Commands;

/// <summary><c>archicortex sessions --about "the kettle" --memory notes.archicortex</c></summary>
static class SessionsCommand
{
    static readonly Argument<string?> Session = new("session")
    {
        Description = "A session's name, or its number in the list: prints it. Without one: the list.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    static readonly Option<string?> About = new("--about")
    {
        Description = "Only sessions that speak of this, a few words.", HelpName = "text", Validators = { SharedOptions.RefuseBlank },
    };

    static readonly Option<string?> Speaker = new("--speaker")
    {
        Description = "Only sessions in which this person speaks.", HelpName = "name", Validators = { SharedOptions.RefuseBlank },
    };

    static readonly Option<DateOnly?> From = SharedOptions.Day("--from", "The first day. Default: the beginning.");
    static readonly Option<DateOnly?> To = SharedOptions.Day("--to", "The last day. Default: the end.");
    static readonly Option<int> Last = SharedOptions.Count("--last", null, "The most sessions to list, the latest, 1 to 10000.", 50, 1, 10_000);

    static readonly Option<bool> Episodes = new("--episodes")
    {
        Description = "Print the episodes of a session without their turns.",
    };

    public static Command Create(Terminal terminal)
    {
        var memory = SharedOptions.Memory(terminal);
        var command = new DocumentedCommand(
            "sessions",
            "Lists the sessions of conversations in order of time, or prints one, episode by episode.",
            """
            A session is what its source calls so; turns without a name for theirs share one a day. An episode is a stretch that
            is about one thing. The third meeting about something is the third line of the list. A session whose name is a
            number is found by its name first.

            Examples:
              archicortex sessions --memory chat.archicortex
              archicortex sessions --about "the kettle" --last 5 --memory chat.archicortex
              archicortex sessions 3 --episodes --memory chat.archicortex
              archicortex sessions monday-standup --json --memory chat.archicortex | jq .session.episodes[].title
            """)
        {
            Session, About, Speaker, From, To, Last, Episodes, memory, SharedOptions.Scope, SharedOptions.Json,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var path = parsed.GetRequiredValue(memory);
            var scope = parsed.GetRequiredValue(SharedOptions.Scope);
            var opened = await Memories.OpenForReadingAsync(path, scope, ct).ConfigureAwait(false);
            await using var openedClosing = opened.ConfigureAwait(false);
            if (parsed.GetValue(Session) is { } name)
            {
                var session = await FindAsync(opened, path, name, ct).ConfigureAwait(false);
                await PrintAsync(session, parsed, terminal).ConfigureAwait(false);
                return CommandLine.Done;
            }

            var query = new SessionQuery
            {
                About = parsed.GetValue(About),
                Speaker = parsed.GetValue(Speaker),
                From = parsed.GetValue(From),
                To = parsed.GetValue(To),
                Last = parsed.GetValue(Last),
            };
            var sessions = await opened.GetSessionsAsync(query, ct).ConfigureAwait(false);
            if (parsed.GetValue(SharedOptions.Json))
            {
                await JsonOutput.WriteAsync(terminal.Output, new SessionsJson(path, scope, [.. sessions.Select(SessionJson.Of)])).ConfigureAwait(false);
            }
            else
            {
                SessionsPage.Write(terminal.Page, sessions);
            }

            return CommandLine.Done;
        });
        return command;
    }

    static async Task<SessionReplay> FindAsync(GraphMemory memory, string path, string name, CancellationToken ct)
    {
        var named = await memory.GetSessionsNamedAsync(name, ct).ConfigureAwait(false);
        return named.Count switch
        {
            1 => named[0],
            > 1 => throw new CommandException(new(
                "notFound", $"{named.Count} sessions are called '{name}'.", CommandLine.Failed,
                "Ask by number: " + string.Join(", ", named.Select(one => $"{one.Session.Number} ({one.Session.Source ?? "no source"})")) + ".")),
            _ => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && await memory.GetSessionAsync(number, ct).ConfigureAwait(false) is { } found
                    ? found
                    : throw new CommandException(new(
                        "notFound", $"'{path}' has no session '{name}'.", CommandLine.Failed, "archicortex sessions lists them, with their numbers.")),
        };
    }

    static async Task PrintAsync(SessionReplay replay, ParseResult parsed, Terminal terminal)
    {
        var withTurns = !parsed.GetValue(Episodes);
        if (parsed.GetValue(SharedOptions.Json))
        {
            await JsonOutput.WriteAsync(terminal.Output, ReplayJson.Of(replay, withTurns)).ConfigureAwait(false);
        }
        else
        {
            SessionsPage.Write(terminal.Page, replay, withTurns);
        }
    }
}
