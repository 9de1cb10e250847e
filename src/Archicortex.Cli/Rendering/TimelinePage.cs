using System.Globalization;
using Archicortex.Facts;
using Archicortex.Hierarchy;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Archicortex.Cli.Rendering;

/// <summary>A timeline on the terminal, read like a chronicle: the day, what, and how it goes together with the rest.</summary>
static class TimelinePage
{
    const int SentenceCharsMax = 240;
    const int CauseCharsMax = 80;

    static readonly Style Quiet = new(Color.Grey);
    static readonly Style Strong = new(decoration: Decoration.Bold);
    static readonly Style Good = new(Color.Green);
    static readonly Style Gone = new(Color.Red);

    public static void Write(IAnsiConsole page, Timeline timeline)
    {
        page.Write(new Paragraph().Append(Shell.Harmless(timeline.Name ?? timeline.About), Strong).Append($": {Shell.Harmless(timeline.Reason)}\n", Quiet));
        if (timeline.Suggestions.Count > 0)
        {
            page.Write(new Text($"also part of {string.Join(", ", timeline.Suggestions.Select(Shell.Harmless))}\n", Quiet));
        }

        if (timeline.Entries.Count == 0)
        {
            page.Write(new Text("Nothing is told of these days.\n"));
            return;
        }

        page.WriteLine();
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadLeft(0).PadRight(1))
            .AddColumn(new GridColumn().NoWrap().PadLeft(0).PadRight(2).RightAligned()).AddColumn(new GridColumn().PadLeft(0).PadRight(0));
        foreach (var entry in timeline.Entries)
        {
            grid.AddRow(new Text(DayOf(entry), Quiet), new Text(Number(entry.Number), Quiet), WhatOf(entry, timeline.Entries));
        }

        page.Write(grid);
        if (timeline.Entries.Any(IsOnlySaid))
        {
            page.Write(new Text("~ the day it was said; when it happened is not known\n", Quiet));
        }

        if (timeline.Omitted > 0)
        {
            page.Write(new Text($"{Number(timeline.Omitted)} more are not shown. Choose days with --from and --to.\n", Quiet));
        }
    }

    static Rows WhatOf(TimelineEntry entry, IReadOnlyList<TimelineEntry> entries)
    {
        var rows = new List<IRenderable>();
        var speaker = entry.Document.Speaker is { } said ? Shell.Short(said, CauseCharsMax) + ": " : "";
        if (entry.Fact is { } fact)
        {
            rows.Add(Marked(FactsPage.LineOf(fact with { Valid = default }), entry, entries));
            if (entry.Sentence is { } evidence)
            {
                rows.Add(new Text($"{speaker}“{Shell.Short(evidence, SentenceCharsMax)}”", Quiet));
            }
        }
        else
        {
            rows.Add(Marked(new Paragraph().Append(speaker + Shell.Short(entry.Sentence ?? "", SentenceCharsMax)), entry, entries));
        }

        var cause = entry.Links.FirstOrDefault(link => link.Kind == TimelineLinkKind.Because);
        if (cause?.Cause is { } because)
        {
            var from = cause.Entry is { } number ? $" ({Number(number)})" : "";
            rows.Add(new Text($"because{from}: {Shell.Short(because, CauseCharsMax)}", Quiet));
        }

        rows.Add(new Text(Shell.Short(entry.DocumentName, CauseCharsMax) + (entry.Statings > 1 ? $", said {Number(entry.Statings)} times" : ""), Quiet));
        return new Rows(rows);
    }

    /// <summary>"[until 2024-02-10] replaces 2 (2023-05-01)".</summary>
    static Paragraph Marked(Paragraph line, TimelineEntry entry, IReadOnlyList<TimelineEntry> entries)
    {
        if (!entry.When.IsOpen && (entry.Granularity != TimeGranularity.Day || entry.Fact is null or { Kind: FactKind.Event }) && !IsOneDay(entry.When))
        {
            line.Append($" [{entry.When.ToText(entry.Granularity)}]", Quiet);
        }
        else if (entry is { Fact.Kind: FactKind.State, When.To: { } to, IsEnding: false })
        {
            line.Append($" [until {Day(to)}]", Gone);
        }

        if (entry.IsCurrent)
        {
            line.Append(" [current]", Good);
        }

        foreach (var link in entry.Links.Where(link => link.Kind is TimelineLinkKind.Refines or TimelineLinkKind.Replaces || IsSaid(link)))
        {
            var other = entries.FirstOrDefault(one => one.Number == link.Entry);
            line.Append($" {link.Kind.ToString().ToLowerInvariant()} {Number(link.Entry!.Value)}{(other?.Day is { } day ? $" ({Day(day)})" : "")}", Quiet);
        }

        return line;
    }

    /// <summary>That one entry follows another is said where the text says so; the order of lines says the rest.</summary>
    static bool IsSaid(TimelineLink link) => link is { Kind: TimelineLinkKind.Follows, Cue: not null };

    static bool IsOneDay(DayRange days) => days is { From: { } from, To: { } to } && from.AddDays(1) == to;

    static bool IsOnlySaid(TimelineEntry entry) => entry.When.IsOpen && entry.Day is not null;

    static string DayOf(TimelineEntry entry) => entry.Day is { } day ? Day(day) + (IsOnlySaid(entry) ? "~" : "") : "undated";

    static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
