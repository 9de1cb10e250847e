using Archicortex.Recall;

namespace Archicortex;

/// <summary>What facts know of the answer, put to a ranking.</summary>
public sealed partial class GraphMemory
{
    // The passage of an answer stands before the best of the words by so little that nothing else changes.
    const double AnswerLead = 0.01;

    /// <summary>The ranking, and the statings that answer the question where a fact takes up all of it.</summary>
    /// <remarks>
    /// People seldom answer in the words in which they are asked: "Where does Ada live?" is answered by "I moved to Oslo". Among turns, which
    /// share no title with the question either, the one that states what a slot holds therefore comes first.
    /// </remarks>
    static Ranking Answered(Asked asked, Ranking ranking)
    {
        var (view, on) = (asked.View, asked.Options.AskedOn);
        var text = SpeakerRoles.InThirdPerson(view, asked.Question.Text);
        if (FactAnswer.FindSlot(view, text, on) is { IsOfSlot: true } slot)
        {
            ranking = ranking with { Known = 1, Answer = slot.Assertions };
            return ranking.Strategy == RecallStrategy.Dialogue && asked.Options.Strategy == RecallStrategy.Auto ? WithAnswer(asked, ranking) : ranking;
        }

        // Of other facts the words that ask stand in the text: they are judged as all words are, and only packed.
        return asked.Options.TokenBudget is not null && FactAnswer.FindDirect(view, text, on) is { } reply
            ? ranking with { Answer = reply.Assertions }
            : ranking;
    }

    static Ranking WithAnswer(Asked asked, Ranking ranking)
    {
        var text = new ExplanationText(asked.View, asked.Question);
        var rows = ranking.Answer.Select(row => asked.View.Facts.Assertion(row).Passage).Distinct().ToList();
        var best = ranking.Passages.Select(one => one.Recalled.Score).DefaultIfEmpty(0).Max();
        var answering = rows.Select((row, i) =>
        {
            var score = best + (AnswerLead * (rows.Count - i));
            return Array.Find(ranking.Passages, one => one.Row == row) is { } found
                ? found with { Recalled = Lifted(found.Recalled, i, score, "states the answer") }
                : Recalled(asked, [row], one => (one, score), one => text.OfAnswer(one, score))[0];
        });
        var passages = answering.Concat(ranking.Passages.Where(one => !rows.Contains(one.Row))).Take(asked.Options.Top)
            .Select((one, place) => one with { Recalled = one.Recalled with { Rank = place + 1 } });
        var reason = $"{ranking.Reason} A fact answers the question; who states it comes first.";
        return ranking with { Passages = [.. passages], IsPlaced = false, Reason = reason };
    }
}
