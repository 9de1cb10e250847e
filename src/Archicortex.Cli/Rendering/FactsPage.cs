using System.Globalization;
using Archicortex.Facts;
using Spectre.Console;

namespace Archicortex.Cli.Rendering;

/// <summary>Facts on the terminal: a table, or one below the other with the sentence that says each.</summary>
static class FactsPage
{
    const int NameCharsMax = 60;
    const int ExtractorCharsMax = 40;
    const int SentenceCharsMax = 400;
    const int Indent = 3;

    static readonly Style Quiet = new(Color.Grey);
    static readonly Style Name = new(Color.Yellow);
    static readonly Style Doubt = new(Color.Red);

    /// <summary>A row for each; columns in which nothing stands are left out, and a reader that all share is said once.</summary>
    /// <param name="page">Where.</param>
    /// <param name="facts">What.</param>
    /// <param name="withPlace">Name the document of each.</param>
    public static void WriteTable(IAnsiConsole page, IReadOnlyList<KnownFact> facts, bool withPlace = true)
    {
        var readers = facts.Select(fact => fact.Extractor).Distinct(StringComparer.Ordinal).ToList();
        var hasDays = facts.Any(fact => !fact.Fact.Valid.IsOpen);
        var hasMarks = facts.Any(fact => Marks(fact.Fact).Length > 0);
        var table = new Table { Border = TableBorder.Rounded, BorderStyle = Quiet };
        table.AddColumns("subject", "relation", "object");
        foreach (var (title, isShown) in new[] { ("when", hasDays), ("how", hasMarks) })
        {
            if (isShown)
            {
                table.AddColumn(title);
            }
        }

        table.AddColumn(new TableColumn("sure").RightAligned().NoWrap());
        if (readers.Count > 1)
        {
            table.AddColumn("read by");
        }

        if (withPlace)
        {
            table.AddColumn("document");
        }

        foreach (var fact in facts)
        {
            var cells = Cells(fact, hasDays, hasMarks, readers.Count > 1);
            table.AddRow(withPlace ? cells : cells[..^1]);
        }

        page.Write(table);
        if (readers.Count == 1)
        {
            page.Write(new Text($"read by {Shell.Harmless(readers[0])}\n", Quiet));
        }
    }

    /// <summary>Each with its sentence.</summary>
    public static void WriteExplained(IAnsiConsole page, IReadOnlyList<KnownFact> facts)
    {
        foreach (var known in facts)
        {
            page.Write(LineOf(known.Fact).Append($"  {Number(known.Fact.Confidence)}", Quiet).Append("\n"));
            WriteEvidence(page, known);
            page.WriteLine();
        }
    }

    /// <summary>"Ada → lives in → Oslo, since 2016 (planned)".</summary>
    public static Paragraph LineOf(Fact fact)
    {
        var line = new Paragraph()
            .Append(Short(fact.Subject), Name).Append(" → ", Quiet).Append(Short(fact.Relation)).Append(" → ", Quiet).Append(Short(fact.Object), Name);
        if (!fact.Valid.IsOpen)
        {
            line.Append(", " + When(fact));
        }

        var marks = Marks(fact);
        return marks.Length > 0 ? line.Append($" ({marks})", Doubt) : line;
    }

    /// <summary>The sentence that says it, and where that stands.</summary>
    public static void WriteEvidence(IAnsiConsole page, KnownFact known)
    {
        var sentence = known.Sentence is { } said ? $"“{Shell.Short(said, SentenceCharsMax)}”" : "no single sentence says it";
        page.Write(new Padder(new Text(sentence, new Style(decoration: Decoration.Italic)), new Padding(Indent, 0, 0, 0)));
        var place = $"{PlaceOf(known)}, read by {Shell.Short(known.Extractor, ExtractorCharsMax)}";
        page.Write(new Padder(new Text(place, Quiet), new Padding(Indent, 0, 0, 0)));
    }

    /// <summary>How it was said, where that is not plainly: "denied", "planned", "says Ann", "ended".</summary>
    public static string Marks(Fact fact)
    {
        var marks = new List<string>();
        if (fact.IsNegated)
        {
            marks.Add("denied");
        }

        switch (fact.Modality)
        {
            case FactModality.Hedged:
                marks.Add("in doubt");
                break;
            case FactModality.Planned:
                marks.Add("planned");
                break;
            case FactModality.Attributed:
                marks.Add(fact.AttributedTo is { } by ? "says " + Short(by) : "hearsay");
                break;
        }

        if (fact.IsClosing)
        {
            marks.Add("ended");
        }

        return string.Join(", ", marks);
    }

    static Text[] Cells(KnownFact known, bool withDays, bool withMarks, bool withReader)
    {
        var fact = known.Fact;
        List<Text> cells = [new(Short(fact.Subject), Name), new(Short(fact.Relation)), new(Short(fact.Object), Name)];
        if (withDays)
        {
            cells.Add(new(fact.Valid.IsOpen ? "" : When(fact)));
        }

        if (withMarks)
        {
            cells.Add(new(Marks(fact), Doubt));
        }

        cells.Add(new(Number(fact.Confidence)));
        if (withReader)
        {
            cells.Add(new(Shell.Short(known.Extractor, ExtractorCharsMax), Quiet));
        }

        cells.Add(new(PlaceOf(known), Quiet));
        return [.. cells];
    }

    /// <summary>A document without an id is better known by its title than by a hash.</summary>
    static string PlaceOf(KnownFact known) => Short(known.Document.Id ?? known.Document.Title ?? known.Document.Source ?? known.DocumentName);

    static string When(Fact fact) => fact.Valid.ToText(fact.Granularity ?? TimeGranularity.Day);

    static string Short(string text) => Shell.Short(text, NameCharsMax);

    static string Number(double confidence) => confidence.ToString("0.00", CultureInfo.InvariantCulture);
}
