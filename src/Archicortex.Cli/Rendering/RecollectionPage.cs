using System.Globalization;
using Archicortex.Recall;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Archicortex.Cli.Rendering;

/// <summary>An answer on the terminal: each passage with its rank, score, text and, if asked for, its explanation.</summary>
static class RecollectionPage
{
    /// <summary>A passage is seldom longer; a sentence that never ends would fill the screen.</summary>
    const int SnippetCharsMax = 1000;

    const int Indent = 3;
    const int StepCharsMax = 60;

    static readonly Style Quiet = new(Color.Grey);
    static readonly Style Strong = new(decoration: Decoration.Bold);
    static readonly Style Name = new(Color.Yellow);

    /// <param name="page">Where.</param>
    /// <param name="found">What was recalled.</param>
    /// <param name="around">What stands around each passage, by its place, if that was asked for.</param>
    public static void Write(IAnsiConsole page, Recollection found, IReadOnlyList<TurnNeighbours?>? around = null)
    {
        page.Write(new Paragraph().Append(found.Strategy.ToString().ToLowerInvariant(), Strong).Append($": {Shell.Harmless(found.Reason)}\n", Quiet));
        if (found.Fallback is not null)
        {
            page.Write(new Text($"The strategy asked for found no way in; {found.Strategy.ToString().ToLowerInvariant()} stands in for it.\n", Name));
        }

        foreach (var correction in found.Corrections)
        {
            page.Write(new Text($"read '{Shell.Harmless(correction.Written)}' as '{correction.ReadAs}'\n", Name));
        }

        if (found.Confidence is { IsAnswerable: false, Reason: var doubt })
        {
            page.Write(new Text(Shell.Harmless(doubt) + "\n", Name));
        }

        if (found.Context is { } context)
        {
            Write(page, context);
            return;
        }

        foreach (var summary in found.Summaries)
        {
            page.WriteLine();
            page.Write(TopicsPage.Line(summary.Node, summary.PassageCount, summary.Summary));
            page.WriteLine();
            WriteIndented(page, new Text(Shell.Harmless(summary.Text)));
        }

        foreach (var (place, passage) in found.Passages.Index())
        {
            page.WriteLine();
            Write(page, passage, around?[place]);
        }
    }

    /// <summary>A passage's name: its title and section, or who speaks, or where it came from.</summary>
    public static string Label(RecalledPassage passage)
    {
        var document = passage.Document;
        var name = document.Title ?? document.Speaker ?? document.Source ?? passage.DocumentName;
        return Shell.Harmless(passage.Section is { } section ? $"{name} › {section}" : name);
    }

    /// <summary>The steps that lead to a passage, from the question on.</summary>
    /// <param name="explanation">Why it was recalled.</param>
    /// <param name="style">Of all but names.</param>
    /// <param name="stepChars">Longer steps are cut.</param>
    public static Paragraph PathOf(Explanation explanation, Style style, int stepChars)
    {
        var line = new Paragraph().Append("question", style);
        foreach (var step in Straight(explanation.Path))
        {
            line.Append(" → ", style).Append(Shell.Short(step.Text, stepChars), step.Kind == PathStepKind.Name ? Name : style);
        }

        return line;
    }

    /// <summary>The path without its loops: a name and the passage of that title are one step, and a walk that comes back need not be told.</summary>
    static List<PathStep> Straight(IReadOnlyList<PathStep> path)
    {
        var steps = new List<PathStep>();
        foreach (var step in path.Where(step => step.Kind != PathStepKind.Words))
        {
            var seen = steps.FindIndex(before => string.Equals(before.Text, step.Text, StringComparison.OrdinalIgnoreCase));
            if (seen >= 0)
            {
                steps.RemoveRange(seen, steps.Count - seen);
            }

            steps.Add(step);
        }

        return steps;
    }

    static void Write(IAnsiConsole page, PackedContext context)
    {
        page.Write(new Text("\n" + Shell.Harmless(context.Text) + (context.Text.Length > 0 ? "\n" : "")));
        var size = string.Create(CultureInfo.InvariantCulture, $"{context.Tokens} of {context.TokenBudget} tokens. ");
        page.Write(new Text(size + Shell.Harmless(context.LeftOut.ToString()) + "\n", Quiet));
    }

    static void Write(IAnsiConsole page, RecalledPassage passage, TurnNeighbours? around)
    {
        var head = new Paragraph()
            .Append(string.Create(CultureInfo.InvariantCulture, $"{passage.Rank,2} "), Strong)
            .Append(Label(passage), Strong)
            .Append(string.Create(CultureInfo.InvariantCulture, $"  {Number(passage.Score)}"), Quiet);
        if (passage.Document.Time is { } time)
        {
            head.Append(time.ToString("  yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), Quiet);
        }

        page.Write(head.Append("\n"));
        WriteTurns(page, around?.Before);
        WriteIndented(page, new Text(Snippet(passage.Text), around is null ? Style.Plain : Strong));
        WriteTurns(page, around?.After);
        WriteIndented(page, new Text(Shell.Harmless(passage.DocumentName), Quiet));
        if (passage.Explanation is { } explanation)
        {
            WriteIndented(page, Explained(explanation, passage.Score));
        }
    }

    static void WriteTurns(IAnsiConsole page, IReadOnlyList<ConversationTurn>? turns)
    {
        foreach (var turn in turns ?? [])
        {
            WriteIndented(page, SessionsPage.LineOf(turn));
        }
    }

    static Grid Explained(Explanation explanation, double score)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadLeft(0).PadRight(2)).AddColumn(new GridColumn().PadLeft(0).PadRight(0));
        AddRow(grid, "path", PathOf(explanation, Style.Plain, StepCharsMax));
        foreach (var sentence in explanation.Path.Select(step => step.Sentence).OfType<string>().Distinct())
        {
            AddRow(grid, "because", new Text($"“{Shell.Short(sentence, 400)}”", new Style(decoration: Decoration.Italic)));
        }

        AddRow(grid, "seeds", new Text(SeedShares.Line(explanation.Seeds)));
        AddRow(grid, "score", new Text(ScoreSum.Line(score, explanation.Parts)));
        return grid;
    }

    static void AddRow(Grid grid, string name, IRenderable value) => grid.AddRow(new Text(name, Quiet), value);

    static void WriteIndented(IAnsiConsole page, IRenderable content)
    {
        page.Write(new Padder(content, new Padding(Indent, 0, 0, 0)));
    }

    static string Snippet(string text)
    {
        var lines = Shell.Harmless(text).Split('\n').Where(line => !string.IsNullOrWhiteSpace(line)).Select(line => line.TrimEnd());
        var snippet = string.Join('\n', lines);
        return snippet.Length <= SnippetCharsMax ? snippet : snippet[..SnippetCharsMax].TrimEnd() + " …";
    }

    static string Number(double score) => score.ToString("0.0000", CultureInfo.InvariantCulture);
}
