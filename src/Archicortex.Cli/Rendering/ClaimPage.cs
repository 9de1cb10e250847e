using Archicortex.Recall;
using Spectre.Console;

namespace Archicortex.Cli.Rendering;

/// <summary>A verdict on the terminal: what was claimed, what the memory says, and where.</summary>
static class ClaimPage
{
    const int NearestShown = 3;
    const int TextCharsMax = 300;
    const int Indent = 4;

    static readonly Style Quiet = new(Color.Grey);
    static readonly Style Strong = new(decoration: Decoration.Bold);
    static readonly Style Good = new(Color.Green, decoration: Decoration.Bold);
    static readonly Style Bad = new(Color.Red, decoration: Decoration.Bold);

    public static void Write(IAnsiConsole page, ClaimReport report)
    {
        page.Write(new Text(Word(report.Verdict) + "\n", StyleOf(report.Verdict)));
        foreach (var one in report.Facts)
        {
            page.WriteLine();
            page.Write(FactsPage.LineOf(one.Fact).Append(": ", Quiet).Append(Word(one.Verdict), StyleOf(one.Verdict)).Append("\n"));
            var held = one.HeldDuring is { IsOpen: false } days ? $" It was so {days.ToText()}." : "";
            page.Write(new Padder(new Text(Shell.Harmless(one.Reason) + held), new Padding(Indent, 0, 0, 0)));
            foreach (var evidence in one.Evidence)
            {
                page.Write(new Padder(FactsPage.LineOf(evidence.Fact), new Padding(Indent, 0, 0, 0)));
                FactsPage.WriteEvidence(page, evidence);
            }
        }

        if (report.Facts.Count == 0)
        {
            WriteNearest(page, report.Evidence);
        }
    }

    static void WriteNearest(IAnsiConsole page, IReadOnlyList<RecalledPassage> passages)
    {
        page.Write(new Text(
            "No fact could be read in the claim; say it in a plain sentence with names." + (passages.Count > 0 ? " Nearest to it:" : "") + "\n", Quiet));
        foreach (var passage in passages.Take(NearestShown))
        {
            page.Write(new Text(Shell.Short(RecollectionPage.Label(passage), TextCharsMax) + "\n", Strong));
            page.Write(new Padder(new Text(Shell.Short(passage.Text, TextCharsMax)), new Padding(Indent, 0, 0, 0)));
        }
    }

    static string Word(ClaimVerdict verdict) => verdict switch
    {
        ClaimVerdict.Supported => "supported",
        ClaimVerdict.Contradicted => "contradicted",
        _ => "not found",
    };

    static Style StyleOf(ClaimVerdict verdict) => verdict switch
    {
        ClaimVerdict.Supported => Good,
        ClaimVerdict.Contradicted => Bad,
        _ => Strong,
    };
}
