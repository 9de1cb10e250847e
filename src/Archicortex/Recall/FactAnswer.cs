using Archicortex.Facts;
using Archicortex.Facts.Time;
using Archicortex.Graph;

namespace Archicortex.Recall;

/// <summary>An answer read off a path of facts.</summary>
/// <param name="Text">The answer: the entity at the end of the path, or the days of its last fact.</param>
/// <param name="Assertions">The statings it rests on, a fact of the path each.</param>
/// <param name="IsDate">The days are the answer.</param>
readonly record struct FactReply(string Text, int[] Assertions, bool IsDate);

/// <summary>Answers a question from facts alone, where a path of facts takes up all it asks.</summary>
static class FactAnswer
{
    const int PathsTried = 32;

    /// <summary>
    /// The best-supported answer; null if no path from a name of the question takes up all of its words. Where a slot had
    /// several values, the one that held on the day asked for.
    /// </summary>
    public static FactReply? Find(RecallView view, string question, DateOnly? asked)
    {
        var links = FactQuestion.Link(question, view.Facts);
        var time = QuestionTime.Of(question, asked);
        var day = time.Range?.From ?? asked;

        // "Born in" and "born on" share their words; a year is no answer to where.
        var isWhere = question.AsSpan().TrimStart().StartsWith("where", StringComparison.OrdinalIgnoreCase);
        foreach (var path in FactRecall.BestPaths(view.Facts, links).Where(path => path.IsWhole).Take(PathsTried))
        {
            if (Reply(view, path, time, day) is { } reply && !(isWhere && IsTime(reply.Text)))
            {
                return reply;
            }
        }

        return null;
    }

    static FactReply? Reply(RecallView view, FactPath path, QuestionTime time, DateOnly? day)
    {
        var facts = view.Facts;
        var last = path.Steps[^1];
        if (!IsCurrent(view, last, day))
        {
            return null;
        }

        var assertions = Array.ConvertAll(path.Steps, step => Surest(facts, step.Fact));
        var said = facts.Read(assertions[^1]);
        var isForward = facts.Fact(last.Fact).Object == last.To;
        if ((time.Intent & TimeIntent.When) == 0)
        {
            return new(isForward ? said.Object : said.Subject, assertions, false);
        }

        // "When" is answered by an object that is a date, else by the days of the fact; a name is no answer to it.
        return TimeExpressions.Find(said.Object, null).Count > 0 && isForward ? new(said.Object, assertions, true)
            : said.Valid.IsOpen ? null
            : new(TimeText.Of(said.Valid, said.Granularity ?? TimeGranularity.Day), assertions, true);
    }

    /// <summary>False if another value of the slot held on the day.</summary>
    static bool IsCurrent(RecallView view, FactStep step, DateOnly? day)
    {
        ref readonly var fact = ref view.Facts.Fact(step.Fact);
        if (step.To != fact.Object || !FactSlots.IsFunctional(view.Facts, fact.Relation))
        {
            return true;
        }

        var history = FactSlots.History(view, fact.Subject, fact.Relation);
        var held = day is { } one ? SlotHistory.At(history, one) : history.Count > 0 ? history[^1] : null;
        return held is null || held.Object == view.Facts.EntityKey(fact.Object);
    }

    /// <summary>A bare year is not found as a time: without a word before it, it may be any number. No number is a place.</summary>
    static bool IsTime(string text) =>
        text.All(char.IsAsciiDigit) || (TimeExpressions.Find(text, null) is [var found] && found.Text.Length == text.Length);

    static int Surest(FactSnapshot facts, int fact) => facts.Fact(fact).Assertions.Items.ToArray()
        .OrderByDescending(row => facts.Assertion(row).Confidence).ThenBy(row => facts.Line(row), StringComparer.Ordinal).First();
}
