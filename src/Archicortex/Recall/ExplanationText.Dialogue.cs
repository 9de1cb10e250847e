using System.Globalization;

namespace Archicortex.Recall;

/// <summary>Why a turn was recalled: the turns around it, the question it answers, who speaks, when.</summary>
sealed partial class ExplanationText
{
    public Explanation Of(DialoguePassage ranked, DialogueQuestion asked)
    {
        var trace = ranked.Trace ?? throw new InvalidOperationException("The ranking was not traced.");
        var parts = new List<ScorePart>();
        for (var i = 0; i < ranked.Parts.Length; i++)
        {
            AddPart(parts, NameOf((DialogueFeature)i, ranked.Passage, asked), ranked.Parts[i]);
        }

        var steps = new List<PathStep> { Words };
        if (trace.Asked >= 0)
        {
            steps.Add(Step(trace.Asked));
        }
        else if (trace.Neighbour >= 0)
        {
            steps.Add(Step(trace.Neighbour));
        }

        steps.Add(Step(ranked.Passage));
        return new Explanation(parts, [new SeedShare(PathStepKind.Words, question.Text, 1)], steps);
    }

    string NameOf(DialogueFeature feature, int row, DialogueQuestion asked)
    {
        var document = view.Passage(row).Document;
        var isTurn = view.Time.SessionOf(row) >= 0;
        return feature switch
        {
            DialogueFeature.Near => isTurn ? "words in the turn and beside it" : "words",
            DialogueFeature.Far => isTurn ? "share of the question said around it" : "share of the question said in it",
            DialogueFeature.Beyond => "matches three to six turns away",
            DialogueFeature.Session => !isTurn ? "words of the document" : document.Session is { } session ? $"session '{session}'" : "session of that day",
            DialogueFeature.Speaker => $"said by {document.Speaker}",
            DialogueFeature.FirstPerson => $"{document.Speaker} speaks of themself",
            DialogueFeature.Answer => "answers a question like it",
            DialogueFeature.Time => "tells a time, which is asked for",
            DialogueFeature.Date => asked.Days is [var days] ? $"said of {DayOf(days)} or near it" : "said of the days named or near them",
            DialogueFeature.Asking => "asks instead of telling",
            DialogueFeature.News => "says what was not just said",
            _ => "words of the best turns",
        };
    }

    static string DayOf(AskedDays days) => DateOnly.FromDayNumber(days.From).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
