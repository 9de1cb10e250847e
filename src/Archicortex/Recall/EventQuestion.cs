using System.Text.RegularExpressions;
using Archicortex.Facts;
using Archicortex.Facts.Time;

namespace Archicortex.Recall;

/// <summary>What a question wants to know of events by their days.</summary>
enum EventAsk
{
    /// <summary>When the event was.</summary>
    When,

    /// <summary>How far apart two events are.</summary>
    Between,

    /// <summary>How far back the event is.</summary>
    Ago,

    /// <summary>Which of two events came first.</summary>
    First,

    /// <summary>Whether the first event came before the second.</summary>
    IsBefore,

    /// <summary>How often the event was.</summary>
    Times,
}

/// <summary>A question about the days of events: which events, and what about them.</summary>
/// <param name="Ask">What it wants to know.</param>
/// <param name="Events">The events, in words.</param>
/// <param name="Unit">The unit asked for; null if none is.</param>
/// <param name="Window">The days that count; null: all.</param>
sealed partial record EventQuestion(EventAsk Ask, string[] Events, TimeUnit? Unit, TimeExpression? Window)
{
    /// <summary>"When is the wedding?": the day it was spoken of is not its day.</summary>
    public bool IsAhead { get; private init; }

    /// <summary>The question read; null if it asks for something else, or in words that are not known here.</summary>
    /// <param name="question">The question.</param>
    /// <param name="asked">The day it is asked.</param>
    public static EventQuestion? Read(string question, DateOnly? asked)
    {
        var text = question.Trim().TrimEnd('?', '.', ' ');
        var unit = QuestionTime.Of(question, asked).Unit;
        if (Match(BetweenPattern(), text) is { } between && Split(between, "and") is { } ends)
        {
            return new(EventAsk.Between, ends, unit, null);
        }

        if (AfterPattern().Match(text) is { Success: true } after)
        {
            return new(EventAsk.Between, InOrder(after, "after"), unit, null);
        }

        if (Match(AgoPattern(), text) is { } ago)
        {
            return new(EventAsk.Ago, [ago], unit, null);
        }

        if (Match(FirstPattern(), text) is { } first && Split(first, "or") is { } both)
        {
            return new(EventAsk.First, both, null, null);
        }

        if (IsBeforePattern().Match(text) is { Success: true } order)
        {
            return new(EventAsk.IsBefore, InOrder(order, "after"), null, null);
        }

        if (Match(TimesPattern(), text) is { } times)
        {
            var window = TimeExpressions.Find(times, asked).FirstOrDefault(one => !one.Days.IsOpen);
            var what = window is null ? times : times.Remove(window.Text.Start, window.Text.Length);
            return new(EventAsk.Times, [Preposition().Replace(what.Trim(), "")], null, window);
        }

        return Match(WhenPattern(), text) is { } when ? new(EventAsk.When, [when], unit, null)
            : Match(WhenIsPattern(), text) is { } ahead ? new(EventAsk.When, [ahead], unit, null) { IsAhead = true }
            : null;
    }

    static string? Match(Regex pattern, string text) => pattern.Match(text) is { Success: true } match ? match.Groups["event"].Value : null;

    /// <summary>The event that is said to come first, then the other: "B after A" and "A before B" are one order.</summary>
    static string[] InOrder(Match match, string turned)
    {
        string[] events = [match.Groups["event"].Value, match.Groups["anchor"].Value];
        return match.Groups["order"].ValueSpan.Equals(turned, StringComparison.OrdinalIgnoreCase) ? [events[1], events[0]] : events;
    }

    /// <summary>"A and B": the words on the two sides; of several "and" the one nearest to the middle.</summary>
    static string[]? Split(string text, string word)
    {
        var middle = text.Length / 2;
        var cut = Regex.Matches(text, $@"[,;]?\s+{word}\s+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)
            .OrderBy(match => Math.Abs(match.Index + (match.Length / 2) - middle)).FirstOrDefault();
        return cut is null || cut.Index == 0 ? null : [text[..cut.Index], text[(cut.Index + cut.Length)..]];
    }

    [GeneratedRegex(@"\s+(in|on|during|since|within)$", Options)]
    private static partial Regex Preposition();

    const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;
    const string Came = @"(happened|came|was|occurred|did \w+( \w+)? do|started|moved|arrived)";
    const string Asking = "(when|(on|in) (what|which) (day|date|month|year|week)|(what|which) (day|date|month|year))";
    const string HowLong = @"how (long|much time|many (days|weeks|fortnights|months|years))";

    [GeneratedRegex($@"^{HowLong}( \w+){{0,3}}? (between|from) (?<event>.+)$", Options)]
    private static partial Regex BetweenPattern();

    [GeneratedRegex($@"^{HowLong} (?<order>after|before) (?<anchor>.+?),? (did|was|were|had) (?<event>.+)$", Options)]
    private static partial Regex AfterPattern();

    [GeneratedRegex($"^({HowLong} ago (did|was|were|had)|{HowLong} (is it|has it been|have passed) since) (?<event>.+)$", Options)]
    private static partial Regex AgoPattern();

    [GeneratedRegex($@"^(what|which|who)( of (these|the two)| event| one)? {Came} (first|earlier)\s?[,:;-]?\s*(?<event>.+ or .+)$", Options)]
    private static partial Regex FirstPattern();

    [GeneratedRegex(@"^(did|was|were|had) (?<event>.+?) (happen |come |take place )?(?<order>before|after) (?<anchor>.+)$", Options)]
    private static partial Regex IsBeforePattern();

    [GeneratedRegex(@"^how (many times|often) (has|have|had|did|was|were) (?<event>.+)$", Options)]
    private static partial Regex TimesPattern();

    [GeneratedRegex($"^{Asking} (did|was|were|has|have|had) (?<event>.+)$", Options)]
    private static partial Regex WhenPattern();

    [GeneratedRegex($"^{Asking} (is|are|will|does|do) (?<event>.+)$", Options)]
    private static partial Regex WhenIsPattern();
}
