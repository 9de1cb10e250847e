using System.Globalization;
using Archicortex.Cli.Demo;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Archicortex.Cli.Rendering;

/// <summary>The demo on the terminal: both answers side by side where there is room, else one below the other.</summary>
sealed class DemoPage(IAnsiConsole page, int width, int top)
{
    const int SideBySideWidth = 100;
    const int Gap = 3;
    const int StepCharsMax = 32;

    static readonly Style Quiet = new(Color.Grey);
    static readonly Style Strong = new(decoration: Decoration.Bold);
    static readonly Style Good = new(Color.Green);
    static readonly Style Name = new(Color.Yellow);

    public void WriteHead(string path, MemoryStatus status, TimeSpan elapsed)
    {
        page.Write(new Rule("Archicortex: the harbour town of Corrahaven") { Justification = Justify.Left, Style = Quiet });
        page.Write(new Text(string.Create(
            CultureInfo.InvariantCulture,
            $"Remembered {status.Documents:N0} documents ({status.Passages:N0} passages, {status.Names:N0} names) "
            + $"in {elapsed.TotalSeconds:0.00} s, durably, in {path}\n")));
        page.Write(new Text(
            "No single passage answers these questions. On one side what the memory recalls (auto), on the other plain text search (BM25). "
            + "✓ marks a passage that is needed.\n",
            Quiet));
    }

    public void Write(DemoAnswer answer, string? place)
    {
        page.WriteLine();
        var kind = place is null ? answer.Question.Kind : $"{place}, {answer.Question.Kind}";
        page.Write(new Rule(Markup.Escape(kind)) { Justification = Justify.Left, Style = Quiet });
        page.Write(new Text(Shell.Harmless(answer.Question.Text) + "\n", Strong));
        page.WriteLine();
        var isWide = width >= SideBySideWidth;
        var left = isWide ? width * 3 / 5 : width;
        var right = isWide ? width - left - Gap : width;
        var memory = Ranked(answer.Question, answer.Auto, $"memory ({answer.Auto.Strategy.ToString().ToLowerInvariant()})", left, withPaths: true);
        var plain = Ranked(answer.Question, answer.Flat, "plain text search", right, withPaths: false);
        if (isWide)
        {
            var grid = new Grid()
                .AddColumn(new GridColumn { Width = left }.PadLeft(0).PadRight(Gap))
                .AddColumn(new GridColumn { Width = right }.PadLeft(0).PadRight(0));
            page.Write(grid.AddRow(memory, plain));
        }
        else
        {
            page.Write(memory);
            page.WriteLine();
            page.Write(plain);
        }

        if (answer.Question.Answer.Length > 0)
        {
            page.WriteLine();
            page.Write(new Paragraph().Append("Answer: ", Strong).Append(answer.Question.Answer + "\n"));
        }
    }

    public void WriteSummary(IReadOnlyList<DemoAnswer> answers)
    {
        page.WriteLine();
        page.Write(new Rule(Invariant($"All {answers.Count} questions")) { Justification = Justify.Left, Style = Quiet });
        page.Write(new Text(Invariant($"Share of questions with every needed passage in the top {top}:\n")));
        var table = new Table { Border = TableBorder.Rounded, BorderStyle = Quiet };
        table.AddColumn("kind").AddColumn(new TableColumn("questions").RightAligned());
        table.AddColumn(new TableColumn("memory").RightAligned()).AddColumn(new TableColumn("plain search").RightAligned());
        foreach (var kind in answers.GroupBy(answer => answer.Question.Kind, StringComparer.Ordinal).OrderBy(kind => kind.Key, StringComparer.Ordinal))
        {
            AddRow(table, kind.Key, [.. kind], Style.Plain);
        }

        AddRow(table, "all", answers, Strong);
        page.Write(table);
    }

    /// <summary>What is known of somebody, if facts were read, and an answer with its source.</summary>
    public void WriteFactsAndAnswer(string about, IReadOnlyList<KnownFact> facts, Answer answer)
    {
        page.WriteLine();
        page.Write(new Rule("Facts and an answer, without a model") { Justification = Justify.Left, Style = Quiet });
        if (facts.Count > 0)
        {
            page.Write(new Text($"What the memory knows of {about}:\n"));
            FactsPage.WriteTable(page, facts, withPlace: false);
        }

        page.Write(new Text(answer.Question + "\n", Strong));
        new AnswerPage(page, explain: false).Write(answer);
    }

    public void WriteNext(string path, string question, string asked)
    {
        page.WriteLine();
        page.Write(new Text("Go on (from the source tree, write 'dotnet run --project src/Archicortex.Cli --' for 'archicortex'):\n"));
        foreach (var line in new[]
        {
            $"archicortex recall \"{question}\" --memory {Shell.Quoted(path)} --explain",
            $"archicortex ask \"{asked}\" --memory {Shell.Quoted(path)}",
            "archicortex demo --question \"Who painted The Blue Pilot?\"",
            "archicortex remember your-notes/ --memory notes.archicortex",
        })
        {
            // Written past the page: a wrapped command could not be copied.
            page.Profile.Out.Writer.WriteLine("  " + line);
        }
    }

    static Rows Ranked(DemoQuestion question, Recollection found, string title, int columns, bool withPaths)
    {
        var head = new Paragraph().Append(title, Strong);
        if (question.Gold.Count > 0)
        {
            var hits = question.FoundIn(found);
            head.Append(Invariant($": {hits} of {question.Gold.Count} needed"), hits == question.Gold.Count ? Good : Quiet);
        }

        var rows = new List<IRenderable> { head };
        foreach (var passage in found.Passages)
        {
            var isGold = question.Gold.Contains(passage.DocumentName);
            var line = new Paragraph()
                .Append(isGold ? "✓" : " ", Good)
                .Append(Invariant($"{passage.Rank,2} "), Quiet)
                .Append(Title(passage, columns - 6), isGold ? Strong : Style.Plain);
            rows.Add(line);
            if (withPaths && passage.Explanation is { } explanation)
            {
                rows.Add(new Padder(RecollectionPage.PathOf(explanation, Quiet, StepCharsMax), new Padding(4, 0, 0, 0)));
            }
        }

        if (found.Passages.Count == 0)
        {
            rows.Add(new Text("  " + found.Reason, Quiet));
        }

        foreach (var correction in found.Corrections)
        {
            rows.Add(new Text($"  read '{Shell.Harmless(correction.Written)}' as '{correction.ReadAs}'", Name));
        }

        return new Rows(rows);
    }

    static string Title(RecalledPassage passage, int charsMax) => passage.Document.Title is not null
        ? Shell.Short(RecollectionPage.Label(passage), charsMax)
        : Shell.Short($"{passage.Document.Speaker}: {passage.Text}", charsMax);

    static void AddRow(Table table, string kind, IReadOnlyList<DemoAnswer> answers, Style style)
    {
        var auto = answers.Count(answer => answer.Question.FoundIn(answer.Auto) == answer.Question.Gold.Count);
        var flat = answers.Count(answer => answer.Question.FoundIn(answer.Flat) == answer.Question.Gold.Count);
        table.AddRow(
            new Text(kind, style),
            new Text(Invariant($"{answers.Count}"), style),
            new Text(Share(auto, answers.Count), auto >= flat ? Good : style),
            new Text(Share(flat, answers.Count), style));
    }

    static string Share(int count, int all) => Invariant($"{100.0 * count / all:0} %");

    static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
