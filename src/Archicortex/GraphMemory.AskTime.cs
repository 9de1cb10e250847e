using System.Globalization;
using Archicortex.Facts;
using Archicortex.Facts.Time;
using Archicortex.Recall;

namespace Archicortex;

/// <summary>Answers about the days of events: when, how far apart, which first, how often. Computed, not ranked.</summary>
public sealed partial class GraphMemory
{
    const int EventPassages = 5;
    const int TimesPassages = 20;

    /// <summary>The answer, if the question asks for days and every event it names is found with one; else null.</summary>
    /// <param name="recalled">The question, and what was recalled for it.</param>
    /// <param name="options">How.</param>
    /// <param name="isWhen">Answer what asks for the day of one event; else what asks for more.</param>
    /// <param name="cancellationToken">Stops the recalls.</param>
    async Task<Answer?> AnswerFromDaysAsync(Recollection recalled, AskOptions options, bool isWhen, CancellationToken cancellationToken)
    {
        var asked = options.AskedOn ?? Today;
        if (EventQuestion.Read(recalled.Question, asked) is not { } question || (question.Ask == EventAsk.When) != isWhen)
        {
            return null;
        }

        if (question.Ask == EventAsk.Times)
        {
            return await CountedAsync(recalled, question, options, cancellationToken).ConfigureAwait(false);
        }

        var events = new List<FoundEvent>();
        foreach (var what in question.Events)
        {
            if (await FindEventAsync(what, !question.IsAhead, options, cancellationToken).ConfigureAwait(false) is not { } found
                || (question.IsAhead && found.IsSaidDay))
            {
                return null;
            }

            events.Add(found);
        }

        // Two events told by one sentence on one day are most likely one event found twice.
        if (events.Count == 2 && events[0].Citation.PassageId == events[1].Citation.PassageId && events[0].Citation.Span == events[1].Citation.Span)
        {
            return null;
        }

        return Worked(question, events, asked) is not { } text ? null : new Answer(
            recalled.Question, text, AnswerSource.Days, ReasonOf(events), true, [.. events.Select((one, i) => one.Citation with { Number = i + 1 })], recalled);
    }

    static string? Worked(EventQuestion question, List<FoundEvent> events, DateOnly asked)
    {
        var days = events.ConvertAll(one => one.Days);
        switch (question.Ask)
        {
            case EventAsk.When:
                return $"{events[0].When}: {events[0].Citation.Text}";
            case EventAsk.Ago:
                return days[0].From <= asked && TimeText.Apart(days[0], new(asked, asked.AddDays(1)), question.Unit, events[0].Exactness) is { } ago
                    ? $"{ago} ago ({events[0].When})"
                    : null;
            case EventAsk.Between:
                var exactness = (TimeGranularity)Math.Max((int)events[0].Exactness, (int)events[1].Exactness);
                return TimeText.Apart(days[0], days[1], question.Unit, exactness) is { } apart ? $"{apart}: {events[0].When} and {events[1].When}" : null;
            case EventAsk.First:
                var isKnown = DayRanges.Before(days[0], days[1]) || DayRanges.Before(days[1], days[0]);
                var first = DayRanges.Order([.. days])[0];
                return isKnown ? $"{Capital(question.Events[first])}: {events[first].When}; {question.Events[1 - first]}: {events[1 - first].When}" : null;
            default:
                return DayRanges.Before(days[0], days[1]) ? $"{YesNo(question, isBefore: true)} {events[0].When} is before {events[1].When}."
                    : DayRanges.Before(days[1], days[0]) ? $"{YesNo(question, isBefore: false)} {events[1].When} is before {events[0].When}."
                    : null;
        }
    }

    static string YesNo(EventQuestion question, bool isBefore) => question.Ask == EventAsk.IsBefore && isBefore ? "Yes:" : "No:";

    async Task<Answer?> CountedAsync(Recollection recalled, EventQuestion question, AskOptions options, CancellationToken cancellationToken)
    {
        var found = await RecallAsync(
            question.Events[0], new() { Top = TimesPassages, Strategy = options.Strategy }, cancellationToken).ConfigureAwait(false);
        var view = _view;
        var told = EventDays.All(view, question.Events[0], isPast: true, TellingPassages(view, found))
            .Where(one => question.Window is not { } window || DayRanges.Meet(one.Days, window.Days)).ToList();

        // Told again on another day, an event is one event; two told of one day are too.
        var days = told.OrderByDescending(one => !one.IsSaidDay).ThenBy(one => one.Passage)
            .Aggregate(new List<EventDay>(), (kept, one) => kept.Exists(other => DayRanges.Meet(one.Days, other.Days)) ? kept : [.. kept, one])
            .OrderBy(one => one.Days.From).ToList();
        if (days.Count == 0)
        {
            return null;
        }

        var times = days.Count switch { 1 => "Once", 2 => "Twice", var count => string.Create(CultureInfo.InvariantCulture, $"{count} times") };
        var cited = days.Select((one, i) => CitationOf(found.Passages[one.Passage], one) with { Number = i + 1 }).ToList();
        return new Answer(
            recalled.Question, $"{times}: {string.Join("; ", days.Select(WhenOf))}", AnswerSource.Days,
            "Counted by the days of the sentences that tell of it, without a model; what is told in other words is not counted.", true, cited, recalled);
    }

    /// <summary>The event's day: from a fact that takes up all its words, else from the sentence that tells it best.</summary>
    async Task<FoundEvent?> FindEventAsync(string what, bool isPast, AskOptions options, CancellationToken cancellationToken)
    {
        var view = _view;
        if (FactAnswer.Find(view, $"When did {what}?", options.AskedOn ?? Today) is { IsDate: true } reply)
        {
            var fact = Known(view, reply.Assertions[^1]);
            if (!fact.Fact.Valid.IsOpen && fact.Fact.Valid.From is not null)
            {
                var exactness = fact.Fact.Granularity ?? TimeGranularity.Day;
                return new(fact.Fact.Valid, exactness, fact.Fact.Valid.ToText(exactness), false, Cite(fact, 1));
            }
        }

        var found = await RecallAsync(what, new() { Top = EventPassages, Strategy = options.Strategy }, cancellationToken).ConfigureAwait(false);
        return EventDays.Find(view, what, isPast, TellingPassages(view, found)) is { } day
            ? new(day.Days, day.Exactness, WhenOf(day), day.IsSaidDay, CitationOf(found.Passages[day.Passage], day))
            : null;
    }

    /// <summary>The passages recalled, each with those who heard it.</summary>
    static List<TellingPassage> TellingPassages(RecallView view, Recollection recalled) =>
        [.. recalled.Passages.Select(passage => new TellingPassage(passage.Document, passage.Text, ListenersOf(view, passage)))];

    static string ListenersOf(RecallView view, RecalledPassage passage)
    {
        if (passage.Document.Speaker is null
            || RowOf(view, passage.PassageId) is not (>= 0 and var row) || view.Time.SessionOf(row) is not (>= 0 and var session))
        {
            return "";
        }

        var speaker = view.Turns.Turn(row).Speaker;
        var others = new SortedSet<int>();
        foreach (var turn in view.Time.Turns(session))
        {
            if (view.Turns.Turn(turn).Speaker is >= 0 and var other && other != speaker)
            {
                others.Add(other);
            }
        }

        return string.Join(' ', others.SelectMany(other => view.Turns.Speaker(other).Words));
    }

    static string WhenOf(EventDay day) => day.Days.ToText(day.Exactness);

    static Citation CitationOf(RecalledPassage passage, EventDay day) => new(
        1, passage.DocumentName, passage.PassageId, passage.Text.Substring(day.Span.Start, day.Span.Length),
        day.Span with { Start = passage.Span.Start + day.Span.Start });

    static string ReasonOf(List<FoundEvent> events) => "Worked out from the days of what tells of it, without a model"
        + (events.Exists(one => one.IsSaidDay) ? "; where no time is named, the day it was said stands for it." : ".");

    static string Capital(string text) => text.Length == 0 ? text : string.Concat(text[..1].ToUpperInvariant(), text.AsSpan(1));

    /// <summary>An event with its days.</summary>
    sealed record FoundEvent(DayRange Days, TimeGranularity Exactness, string When, bool IsSaidDay, Citation Citation);
}
