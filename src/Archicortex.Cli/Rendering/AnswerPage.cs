using System.Globalization;
using Spectre.Console;

namespace Archicortex.Cli.Rendering;

/// <summary>An answer on the terminal: what it is, where it comes from, what it rests on, what it cost.</summary>
sealed class AnswerPage(IAnsiConsole page, bool explain)
{
    const int CitationCharsMax = 400;
    const int LabelCharsMax = 80;
    const int CueCharsMax = 300;
    const int Indent = 4;

    static readonly Style Quiet = new(Color.Grey);
    static readonly Style Strong = new(decoration: Decoration.Bold);
    static readonly Style Name = new(Color.Yellow);

    /// <summary>A step of a session, as it is taken.</summary>
    public void Write(SessionStep step)
    {
        page.Write(new Paragraph()
            .Append(Invariant($"step {step.Number}: "), Strong).Append(Shell.Short(step.Cue, CueCharsMax)).Append("\n"));
        foreach (var passage in step.Passages)
        {
            WriteIndented(new Text(Invariant($"{passage.Rank,2} {Shell.Short(RecollectionPage.Label(passage), LabelCharsMax)}")));
        }

        if (step.Thought is { } thought)
        {
            WriteIndented(new Text(Shell.Short(thought, CueCharsMax), Name));
        }

        WriteIndented(new Text(Shell.Harmless(step.Reason), Quiet));
        page.WriteLine();
    }

    public void Write(Answer answer)
    {
        page.Write(new Text((answer.Text.Length > 0 ? Shell.Harmless(answer.Text) : "No answer was found.") + "\n", Strong));
        page.Write(new Text(From(answer) + "\n", Quiet));
        if (!answer.IsAnswerable && answer.Text.Length > 0)
        {
            page.Write(new Text("It is probably no answer: much of the question stands nowhere near it.\n", Name));
        }

        if (answer.Recollection.Fallback is { } fallback)
        {
            page.Write(new Text(Shell.Harmless(fallback) + "\n", Name));
        }

        WriteCitations(answer);
        if (explain)
        {
            WriteExplained(answer);
        }

        if (answer.Spending is { } spent)
        {
            page.Write(new Text(ModelCost.Of(spent) + "\n", Quiet));
        }
    }

    /// <summary>Where the answer comes from, in plain words.</summary>
    public static string From(Answer answer) => answer.Source switch
    {
        AnswerSource.Model => $"From a model: {Shell.Harmless(answer.Reason)}",
        AnswerSource.Fact => $"From facts: {answer.Reason}",
        AnswerSource.Sentence => $"From a sentence: {answer.Reason}",
        AnswerSource.Days => $"From days: {answer.Reason}",
        _ => Shell.Harmless(answer.Reason),
    };

    void WriteCitations(Answer answer)
    {
        foreach (var cited in answer.Citations)
        {
            var label = LabelOf(answer, cited);
            var head = new Paragraph().Append(Invariant($"[{cited.Number}]"), Strong);
            if (label != cited.DocumentName)
            {
                head.Append(" " + Shell.Short(label, LabelCharsMax) + " ", Strong);
            }

            page.Write(head.Append(" " + Shell.Short(cited.DocumentName, LabelCharsMax), Quiet).Append("\n"));
            WriteIndented(new Text(Shell.Short(cited.Text, CitationCharsMax)));
        }
    }

    void WriteExplained(Answer answer)
    {
        if (answer.Thought is { Length: > 0 } thought)
        {
            page.Write(new Paragraph().Append("thought: ", Quiet).Append(Shell.Harmless(thought)).Append("\n"));
        }

        foreach (var fact in answer.Facts)
        {
            page.Write(new Paragraph().Append("fact: ", Quiet));
            page.Write(FactsPage.LineOf(fact.Fact).Append("\n"));
            FactsPage.WriteEvidence(page, fact);
        }
    }

    /// <summary>The title of what is cited, where it has one.</summary>
    static string LabelOf(Answer answer, Citation cited)
    {
        if (answer.Recollection.Passages.FirstOrDefault(passage => passage.PassageId == cited.PassageId) is { } recalled)
        {
            return RecollectionPage.Label(recalled);
        }

        var fact = answer.Facts.FirstOrDefault(fact => fact.PassageId == cited.PassageId);
        return fact?.Document.Title ?? fact?.Document.Speaker ?? fact?.Document.Source ?? cited.DocumentName;
    }

    void WriteIndented(Text content) => page.Write(new Padder(content, new Padding(Indent, 0, 0, 0)));

    static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
