using System.Text.RegularExpressions;
using Archicortex.Facts;
using Archicortex.Facts.Time;
using Archicortex.Graph;
using Archicortex.Language;

namespace Archicortex.Recall;

/// <summary>An answer read off a path of facts.</summary>
/// <param name="Text">The answer: the entity at the end of the path, or the days of its last fact.</param>
/// <param name="Assertions">The statings it rests on, a fact of the path each.</param>
/// <param name="IsDate">The days are the answer.</param>
readonly record struct FactReply(string Text, int[] Assertions, bool IsDate)
{
    /// <summary>It is what a slot holds: where somebody lives, not one of the places they were to.</summary>
    public bool IsOfSlot { get; init; }
}

/// <summary>Answers a question from facts alone, where a path of facts takes up all it asks.</summary>
/// <remarks>
/// Only what is stated plainly, or as somebody's words, answers, and only what held on the day asked for: nothing that is
/// doubted or planned, nothing that began later, and of a slot the value it had then; where no day is known, what was said last
/// holds. Every entity the question names is on the path, and what it names is no answer to it.
/// </remarks>
sealed partial class FactAnswer
{
    const int PathsTried = 8192;

    readonly RecallView _view;
    readonly QuestionTime _time;
    readonly DateOnly? _day;
    readonly SlotOrder _order;
    readonly AskedFor _asked;
    readonly LinkedEntity[] _links;
    readonly Dictionary<(int Subject, int Relation), IReadOnlyList<SlotValue>> _histories = [];

    /// <summary>What the first words of a question ask for.</summary>
    enum AskedFor
    {
        Anything,

        /// <summary>"Where" and "who": a name, never a date.</summary>
        Name,

        /// <summary>"Does Ada live in Oslo?"</summary>
        Whether,

        /// <summary>"Why", "how": no fact says it.</summary>
        Reason,
    }

    FactAnswer(RecallView view, string question, DateOnly? asked, SlotOrder order)
    {
        (_view, _time, _order, _asked) = (view, QuestionTime.Of(question, asked), order, ReadAsked(question));
        _day = _time.Range is not { } range ? asked : range.From ?? range.To?.Plus(-1) ?? asked;
        var text = HowLong().Replace(order.Rest, "");
        _links = FactQuestion.Link(text, view.Facts);
        IsFromPlace = From().IsMatch(text);
    }

    /// <summary>"moved from Bergen": a move says where somebody came to live.</summary>
    bool IsFromPlace { get; }

    /// <summary>The best-supported answer; null if no path from a name of the question takes up all of its words.</summary>
    public static FactReply? Find(RecallView view, string question, DateOnly? asked) =>
        Find(view, question, asked, isDirect: false, isOfSlots: false);

    /// <summary>The same of a single fact: one look at the facts of each name, where as few words are asked as one relation can take up.</summary>
    public static FactReply? FindDirect(RecallView view, string question, DateOnly? asked) =>
        Find(view, question, asked, isDirect: true, isOfSlots: false);

    /// <summary>The same of what somebody has one of at a time alone: where they live, whom they work for.</summary>
    public static FactReply? FindSlot(RecallView view, string question, DateOnly? asked) =>
        Find(view, question, asked, isDirect: true, isOfSlots: true);

    static FactReply? Find(RecallView view, string question, DateOnly? asked, bool isDirect, bool isOfSlots)
    {
        if (SlotOrder.Read(question, view.Facts) is not { } order)
        {
            return null;
        }

        var answer = new FactAnswer(view, question, asked, order);
        if (answer._asked == AskedFor.Reason && (answer._time.Intent & TimeIntent.HowLong) == 0)
        {
            return null;
        }

        var starts = isDirect ? Array.FindAll(answer._links, link => link.Words.Length is > 0 and <= RelationMatch.StretchMax) : answer._links;
        var hops = isDirect ? 1 : FactRecall.HopsMax;
        var paths = starts.Length == 0 ? [] : FactRecall.BestPaths(view.Facts, starts, hops, isOfSlots, withEnded: order.Way != 0);
        foreach (var path in paths.Where(path => path.IsWhole).Take(PathsTried))
        {
            if (answer.Reply(path) is { } reply)
            {
                return reply;
            }
        }

        return null;
    }

    static AskedFor ReadAsked(string question)
    {
        var buffer = new TokenBuffer();
        buffer.Read(question);
        for (var at = 0; at < buffer.Count; at++)
        {
            switch (buffer.Folded(buffer[at]))
            {
                case "where" or "who" or "whom" or "whose":
                    return AskedFor.Name;
                case "why" or "how" when at == 0:
                    return AskedFor.Reason;
                case "is" or "are" or "was" or "were" or "do" or "does" or "did" or "has" or "have" or "had" when at == 0:
                    return AskedFor.Whether;
                default:
                    break;
            }
        }

        return AskedFor.Anything;
    }

    FactReply? Reply(FactPath path)
    {
        // Back over the fact it came by, a path ends where it began: that ranks passages, and answers nothing.
        var last = path.Steps[^1];
        if (path.Steps.DistinctBy(step => step.Fact).Count() < path.Steps.Length || !NamesAllOnPath(path)
            || (IsFromPlace && _view.Facts.RelationKey(_view.Facts.Fact(last.Fact).Relation) == "lives in"))
        {
            return null;
        }

        if (_order.Way != 0 || (_time.Intent & TimeIntent.HowLong) != 0)
        {
            return _order.Way != 0 ? NextTo(path) : Lasting(path);
        }

        // When Ada moved to Oslo is asked whether she lives there still or not.
        var isWhen = (_time.Intent & TimeIntent.When) != 0;
        var isNamed = _links.Any(link => link != path.Start && link.Entity == last.To);
        var isAtAnyTime = isWhen && isNamed;
        var facts = _view.Facts;
        var assertions = Array.ConvertAll(path.Steps, step => Surest(step.Fact, isAtAnyTime && step == last));
        if (Array.IndexOf(assertions, AssertionRecord.None) >= 0 || !Array.TrueForAll(path.Steps, step => (isAtAnyTime && step == last) || Held(step)))
        {
            return null;
        }

        var said = facts.Read(assertions[^1]);
        var isForward = facts.Fact(last.Fact).Object == last.To;
        if (!isWhen)
        {
            return (isForward && _asked == AskedFor.Name && IsTime(said.Object)) || (isNamed && _asked != AskedFor.Whether)
                ? null
                : new(isForward ? said.Object : said.Subject, assertions, false)
                {
                    IsOfSlot = isForward && FactSlots.IsFunctional(facts, facts.Fact(last.Fact).Relation),
                };
        }

        // "When" is answered by an object that is a date, else by the days of the fact; a name is no answer to it.
        return IsTime(said.Object) && isForward ? new(said.Object, assertions, true)
            : said.Valid.IsOpen || (isAtAnyTime && !IsDated(assertions[^1])) ? null
            : new(TimeText.Of(said.Valid, said.Granularity ?? TimeGranularity.Day), assertions, true);
    }

    bool NamesAllOnPath(FactPath path) =>
        Array.TrueForAll(_links, link => link.Entity == path.Start.Entity || Array.Exists(path.Steps, step => step.To == link.Entity));

    /// <summary>The value of the slot at the end of the path that came before or after another; null if it is not the only one.</summary>
    FactReply? NextTo(FactPath path)
    {
        var last = path.Steps[^1];
        var fact = _view.Facts.Fact(last.Fact);
        if ((_time.Intent & (TimeIntent.When | TimeIntent.HowLong)) != 0 || fact.Object != last.To || !FactSlots.IsFunctional(_view.Facts, fact.Relation))
        {
            return null;
        }

        var before = Array.ConvertAll(path.Steps[..^1], step => Surest(step.Fact, false));
        var history = HistoryOf(fact).Where(value => !(value.Days.From > _day)).ToList();
        var key = _order.Anchor >= 0 ? _view.Facts.EntityKey(_order.Anchor) : null;
        var current = _day is { } day ? SlotHistory.At(history, day) : history.LastOrDefault(value => value.Days.To is null);

        // Of who has no work now, the work before is the last that ended.
        var found = (key is null && current is null ? [history.Count] : history.Index()
            .Where(value => key is null ? value.Item == current : value.Item.Object == key).Select(value => value.Index))
            .Select(place => place + _order.Way).Where(place => place >= 0 && place < history.Count)
            .Select(place => history[place]).ToList();
        if (found.Count == 0 || found.Exists(value => value.IsConflict || value.Object != found[0].Object || value.Object == key)
            || Array.IndexOf(before, AssertionRecord.None) >= 0
            || !Array.TrueForAll(path.Steps[..^1], step => Held(step) && !_view.Facts.Fact(step.Fact).IsNegated))
        {
            return null;
        }

        var row = StatingsOf(fact, found[0]).First();
        return new(_view.Facts.Read(row).Object, [.. before, row], false);
    }

    /// <summary>How long what the path ends with has held: since a day that is stated, not since the day it was said.</summary>
    FactReply? Lasting(FactPath path)
    {
        var last = path.Steps[^1];
        var fact = _view.Facts.Fact(last.Fact);
        var before = Array.ConvertAll(path.Steps[..^1], step => Surest(step.Fact, false));
        if (_day is not { } day || (_time.Intent & TimeIntent.Ago) != 0 || Array.IndexOf(before, AssertionRecord.None) >= 0
            || !Array.TrueForAll(path.Steps, Held))
        {
            return null;
        }

        var value = FactSlots.IsFunctional(_view.Facts, fact.Relation) ? SlotHistory.At(HistoryOf(fact), day) : null;
        var rows = value is not null ? StatingsOf(fact, value) : fact.Assertions.Items.ToArray().Where(row => MayAnswer(row, false));
        var begun = rows.Where(row => _view.Facts.Read(row) is { Valid.From: { } from } said && IsDated(row)
            && (value is null ? said.Kind == FactKind.State : from == value.Days.From)).Take(1).ToArray();
        if (begun is not [var stating])
        {
            return null;
        }

        var read = _view.Facts.Read(stating);
        var exactness = read.Granularity ?? TimeGranularity.Day;
        return TimeText.Apart(read.Valid, new(day, day.Plus(1)), _time.Unit, exactness) is { } lasting
            ? new($"{lasting} ({TimeText.Of(read.Valid with { To = null }, exactness)})", [.. before, stating], false)
            : null;
    }

    IReadOnlyList<SlotValue> HistoryOf(in FactRecord fact)
    {
        if (!_histories.TryGetValue((fact.Subject, fact.Relation), out var history))
        {
            _histories.Add((fact.Subject, fact.Relation), history = FactSlots.History(_view, fact.Subject, fact.Relation));
        }

        return history;
    }

    /// <summary>Who says that the slot of a fact had a value, in the order of the ids that the value names.</summary>
    IEnumerable<int> StatingsOf(FactRecord fact, SlotValue value) =>
        _view.Facts.Entity(fact.Subject).Facts.Items.ToArray()
            .Where(row => _view.Facts.Fact(row).Relation == fact.Relation && _view.Facts.Fact(row).Subject == fact.Subject)
            .SelectMany(row => _view.Facts.Fact(row).Assertions.Items.ToArray())
            .Select(row => (Row: row, Place: value.Statements.ToList().IndexOf(FactSlots.IdOf(_view, row))))
            .Where(one => one.Place >= 0).OrderBy(one => one.Place).Select(one => one.Row);

    [GeneratedRegex(@"^\s*how (long|many (days|weeks|fortnights|months|years))\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex HowLong();

    [GeneratedRegex(@"\bfrom\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex From();

    /// <summary>True for a year, a date, or words for one.</summary>
    public static bool IsTime(string text) => text.All(char.IsAsciiDigit) || TimeExpressions.Find(text, null).Count > 0;

    /// <summary>False if the slot had another value on the day, or none. Without a day what has not ended holds.</summary>
    bool Held(FactStep step)
    {
        ref readonly var fact = ref _view.Facts.Fact(step.Fact);
        if (!FactSlots.IsFunctional(_view.Facts, fact.Relation))
        {
            return true;
        }

        var history = HistoryOf(fact);

        // What nobody is sure enough of has no history; it is all there is to answer with.
        var held = _day is { } day ? SlotHistory.At(history, day) : history.LastOrDefault(value => value.Days.To is null);
        return history.Count == 0 || held?.Object == _view.Facts.EntityKey(fact.Object);
    }

    /// <summary>The surest stating that may answer, dated ones first if its day is asked for; none if there is no such.</summary>
    int Surest(int fact, bool isAtAnyTime)
    {
        var best = AssertionRecord.None;
        foreach (var row in _view.Facts.Fact(fact).Assertions.Items)
        {
            if (!MayAnswer(row, isAtAnyTime))
            {
                continue;
            }

            var isBetter = best < 0 || (isAtAnyTime && IsDated(row) != IsDated(best) ? IsDated(row) : IsSurer(row, best));
            best = isBetter ? row : best;
        }

        return best;
    }

    /// <summary>False if nothing tells when it began: what "I live in Bergen" states holds from the day it is said, and may have held long before.</summary>
    bool IsDated(int row)
    {
        ref readonly var record = ref _view.Facts.Assertion(row);
        return record.From != AssertionRecord.None && ((FactKind)record.Kind == FactKind.Event
            || record.From != FactSlots.SaidOn(_view.Passage(record.Passage).Document)?.DayNumber);
    }

    bool MayAnswer(int row, bool isAtAnyTime)
    {
        ref readonly var record = ref _view.Facts.Assertion(row);
        return (FactModality)record.Modality is FactModality.Asserted or FactModality.Attributed
            && (record.From == AssertionRecord.None || !(_day?.DayNumber < record.From))
            && (isAtAnyTime || (FactKind)record.Kind != FactKind.State || record.To == AssertionRecord.None || !(_day?.DayNumber >= record.To));
    }

    bool IsSurer(int row, int other)
    {
        var (first, second) = (_view.Facts.Assertion(row).Confidence, _view.Facts.Assertion(other).Confidence);
        return first > second
            || (first == second && string.CompareOrdinal(_view.Facts.Line(row), _view.Facts.Line(other)) < 0);
    }
}
