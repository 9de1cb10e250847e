using Archicortex.Facts;
using Archicortex.Facts.Time;
using Archicortex.Graph;
using Archicortex.Language;

namespace Archicortex.Recall;

/// <summary>An answer read off a path of facts.</summary>
/// <param name="Text">The answer: the entity at the end of the path, or the days of its last fact.</param>
/// <param name="Assertions">The statings it rests on, a fact of the path each.</param>
/// <param name="IsDate">The days are the answer.</param>
readonly record struct FactReply(string Text, int[] Assertions, bool IsDate);

/// <summary>Answers a question from facts alone, where a path of facts takes up all it asks.</summary>
/// <remarks>
/// Only what is stated plainly, or as somebody's words, answers, and only what held on the day asked for: nothing that is
/// doubted or planned, nothing that began later, and of a slot the value it had then.
/// </remarks>
sealed class FactAnswer
{
    const int PathsTried = 8192;

    readonly RecallView _view;
    readonly QuestionTime _time;
    readonly DateOnly? _day;
    readonly bool _wantsName;
    readonly Dictionary<(int Subject, int Relation), IReadOnlyList<SlotValue>> _histories = [];

    FactAnswer(RecallView view, string question, DateOnly? asked)
    {
        (_view, _time, _wantsName) = (view, QuestionTime.Of(question, asked), WantsName(question));
        _day = _time.Range?.From ?? asked;
    }

    /// <summary>The best-supported answer; null if no path from a name of the question takes up all of its words.</summary>
    public static FactReply? Find(RecallView view, string question, DateOnly? asked)
    {
        var answer = new FactAnswer(view, question, asked);
        foreach (var path in FactRecall.BestPaths(view.Facts, FactQuestion.Link(question, view.Facts)).Where(path => path.IsWhole).Take(PathsTried))
        {
            if (answer.Reply(path) is { } reply)
            {
                return reply;
            }
        }

        return null;
    }

    /// <summary>"Where" and "who" are answered by a name, never by a date.</summary>
    static bool WantsName(string question)
    {
        var buffer = new TokenBuffer();
        buffer.Read(question);
        foreach (var token in buffer.Tokens)
        {
            if (buffer.Folded(token) is "where" or "who" or "whom" or "whose")
            {
                return true;
            }
        }

        return false;
    }

    FactReply? Reply(FactPath path)
    {
        // Back over the fact it came by, a path ends where it began: that ranks passages, and answers nothing.
        if (path.Steps.DistinctBy(step => step.Fact).Count() < path.Steps.Length)
        {
            return null;
        }

        var facts = _view.Facts;
        var assertions = Array.ConvertAll(path.Steps, step => Surest(step.Fact));
        if (Array.IndexOf(assertions, AssertionRecord.None) >= 0 || !Array.TrueForAll(path.Steps, Held))
        {
            return null;
        }

        var last = path.Steps[^1];
        var said = facts.Read(assertions[^1]);
        var isForward = facts.Fact(last.Fact).Object == last.To;
        if ((_time.Intent & TimeIntent.When) == 0)
        {
            return isForward && _wantsName && IsTime(said.Object) ? null : new(isForward ? said.Object : said.Subject, assertions, false);
        }

        // "When" is answered by an object that is a date, else by the days of the fact; a name is no answer to it.
        return IsTime(said.Object) && isForward ? new(said.Object, assertions, true)
            : said.Valid.IsOpen ? null
            : new(TimeText.Of(said.Valid, said.Granularity ?? TimeGranularity.Day), assertions, true);
    }

    /// <summary>True for a year, a date, or words for one.</summary>
    public static bool IsTime(string text) => text.All(char.IsAsciiDigit) || TimeExpressions.Find(text, null).Count > 0;

    /// <summary>False if the slot had another value on the day, or none.</summary>
    bool Held(FactStep step)
    {
        ref readonly var fact = ref _view.Facts.Fact(step.Fact);
        if (_day is not { } day || !FactSlots.IsFunctional(_view.Facts, fact.Relation))
        {
            return true;
        }

        if (!_histories.TryGetValue((fact.Subject, fact.Relation), out var history))
        {
            _histories.Add((fact.Subject, fact.Relation), history = FactSlots.History(_view, fact.Subject, fact.Relation));
        }

        // What nobody is sure enough of has no history; it is all there is to answer with.
        return history.Count == 0 || SlotHistory.At(history, day)?.Object == _view.Facts.EntityKey(fact.Object);
    }

    /// <summary>The surest stating that may answer; none if there is no such.</summary>
    int Surest(int fact)
    {
        var best = AssertionRecord.None;
        foreach (var row in _view.Facts.Fact(fact).Assertions.Items)
        {
            if (MayAnswer(row) && (best < 0 || IsSurer(row, best)))
            {
                best = row;
            }
        }

        return best;
    }

    bool MayAnswer(int row)
    {
        ref readonly var record = ref _view.Facts.Assertion(row);
        return (FactModality)record.Modality is FactModality.Asserted or FactModality.Attributed
            && (record.From == AssertionRecord.None || !(_day?.DayNumber < record.From))
            && ((FactKind)record.Kind != FactKind.State || record.To == AssertionRecord.None || !(_day?.DayNumber >= record.To));
    }

    bool IsSurer(int row, int other)
    {
        var (first, second) = (_view.Facts.Assertion(row).Confidence, _view.Facts.Assertion(other).Confidence);
        return first > second
            || (first == second && string.CompareOrdinal(_view.Facts.Line(row), _view.Facts.Line(other)) < 0);
    }
}
