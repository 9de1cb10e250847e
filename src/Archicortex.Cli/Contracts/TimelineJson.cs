using System.Text.Json.Serialization;

namespace Archicortex.Cli.Contracts;

/// <summary>What a memory tells of somebody or something, in order of time.</summary>
sealed record TimelineJson(
    string About, string Kind, string? Name, string Reason, IReadOnlyList<string> Suggestions, int Omitted, IReadOnlyList<TimelineEntryJson> Entries)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "archicortex.timeline/1";

    public static TimelineJson Of(Timeline timeline) => new(
        timeline.About, Words.Of(timeline.Kind), timeline.Name, timeline.Reason, timeline.Suggestions, timeline.Omitted,
        [.. timeline.Entries.Select(TimelineEntryJson.Of)]);
}

sealed record TimelineEntryJson(
    int Number,
    string? Day,
    string? From,
    string? To,
    string? Granularity,
    string? When,
    string? SaidAt,
    bool IsCurrent,
    bool IsEnding,
    FactJson? Fact,
    string? Sentence,
    int Statings,
    IReadOnlyList<TimelineLinkJson> Links,
    string Document,
    string DocumentId,
    string PassageId,
    int? Start,
    int? Length)
{
    public static TimelineEntryJson Of(TimelineEntry entry) => new(
        entry.Number,
        Words.Of(entry.Day),
        Words.Of(entry.When.From),
        Words.Of(entry.When.To),
        entry.When.IsOpen ? null : Words.Of(entry.Granularity),
        entry.When.IsOpen ? null : entry.When.ToText(entry.Granularity),
        Words.Of(entry.SaidAt),
        entry.IsCurrent,
        entry.IsEnding,
        entry.Fact is { } fact ? FactJson.Of(fact) with { Extractor = entry.Extractor } : null,
        entry.Sentence,
        entry.Statings,
        [.. entry.Links.Select(link => new TimelineLinkJson(Words.Of(link.Kind), link.Entry, link.Cue, link.Cause))],
        entry.DocumentName,
        entry.DocumentId.ToString(),
        entry.PassageId.ToString(),
        entry.Sentence is null ? null : entry.Span.Start,
        entry.Sentence is null ? null : entry.Span.Length);
}

sealed record TimelineLinkJson(string Kind, int? Entry, string? Cue, string? Cause);
