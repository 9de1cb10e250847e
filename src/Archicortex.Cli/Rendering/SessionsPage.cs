using System.Globalization;
using Spectre.Console;

namespace Archicortex.Cli.Rendering;

/// <summary>Sessions on the terminal: a list, or one of them as it was said, under the titles of its episodes.</summary>
static class SessionsPage
{
    const int NameCharsMax = 40;
    const int TitleCharsMax = 80;
    const int Indent = 2;

    static readonly Style Quiet = new(Color.Grey);
    static readonly Style Strong = new(decoration: Decoration.Bold);
    static readonly Style Name = new(Color.Yellow);

    public static void Write(IAnsiConsole page, IReadOnlyList<ConversationSession> sessions)
    {
        if (sessions.Count == 0)
        {
            page.Write(new Text("No session fits. Turns are what is remembered with a speaker or a session.\n"));
            return;
        }

        var table = new Table { Border = TableBorder.Rounded, BorderStyle = Quiet };
        table.AddColumn(new TableColumn("#").RightAligned().NoWrap()).AddColumn("session").AddColumn(new TableColumn("when").NoWrap())
            .AddColumn(new TableColumn("turns").RightAligned().NoWrap()).AddColumn("who").AddColumn("about");
        foreach (var session in sessions)
        {
            table.AddRow(
                new Text(Number(session.Number), Strong), new Text(Shell.Short(session.Name, NameCharsMax), Name), new Text(When(session.Start), Quiet),
                new Text(Number(session.TurnCount)), new Text(Shell.Short(string.Join(", ", session.Speakers), NameCharsMax)),
                new Text(Shell.Short(session.Title, TitleCharsMax)));
        }

        page.Write(table);
    }

    public static void Write(IAnsiConsole page, SessionReplay replay, bool withTurns)
    {
        var session = replay.Session;
        page.Write(new Paragraph().Append(Shell.Short(session.Name, NameCharsMax), Name).Append($": {Shell.Short(session.Title, TitleCharsMax)}", Strong)
            .Append($"  {When(session.Start)}, {Number(session.TurnCount)} turns, session {Number(session.Number)}\n", Quiet));
        foreach (var episode in replay.Episodes)
        {
            page.WriteLine();
            page.Write(new Paragraph().Append(Number(episode.Number) + " ", Strong).Append(Shell.Short(episode.Title, TitleCharsMax), Strong)
                .Append($"  {Number(episode.Turns.Count)} turns{(withTurns ? "" : ", from: " + Shell.Short(episode.Turns[0].Text, TitleCharsMax))}\n", Quiet));
            foreach (var shown in withTurns ? episode.Shown : [])
            {
                page.Write(new Padder(LineOf(shown.Turn, shown.Times), new Padding(Indent, 0, 0, 0)));
            }
        }
    }

    /// <summary>"09:30 Ada: The kettle broke. (× 3)".</summary>
    public static Paragraph LineOf(ConversationTurn turn, int times = 1)
    {
        var line = new Paragraph();
        if (turn.Document.Time is { } time)
        {
            line.Append(time.ToString("HH:mm ", CultureInfo.InvariantCulture), Quiet);
        }

        line.Append(turn.Document.Speaker is { } speaker ? Shell.Short(speaker, NameCharsMax) + ": " : "", Strong).Append(Shell.Harmless(turn.Text));
        return times > 1 ? line.Append($" (× {Number(times)})", Quiet) : line;
    }

    static string When(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "untimed";

    static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
