using Archicortex.Documents;
using Archicortex.Facts;
using Archicortex.Hierarchy;
using NUnit.Framework;

namespace Archicortex.Tests.Door;

[TestFixture]
public sealed class TimelineTests
{
    [Test]
    public async Task Where_somebody_lived_is_told_in_order_with_what_replaced_what_and_the_present_marked()
    {
        await using var memory = await Chat(
            ("Ada", "2023-05-01T10:00", "I live in Oslo."), ("Bo", "2023-05-01T10:01", "Nice, I heard that Oslo is cold."),
            ("Ada", "2024-02-10T09:00", "I live in Bergen now."), ("Ada", "2024-06-20T09:00", "I live in Rome."));
        var timeline = await memory.GetTimelineAsync("Ada");
        Assert.That(timeline.Kind, Is.EqualTo(TimelineKind.Name));
        var homes = timeline.Entries.Where(entry => entry.Fact?.Relation == "lives_in").ToList();
        Assert.That(homes.Select(entry => (entry.Fact!.Object, entry.When.From, entry.When.To, entry.IsCurrent)), Is.EqualTo(new (string, DateOnly?, DateOnly?, bool)[]
        {
            ("Oslo", new(2023, 5, 1), new(2024, 2, 10), false), ("Bergen", new(2024, 2, 10), new(2024, 6, 20), false), ("Rome", new(2024, 6, 20), null, true),
        }));
        Assert.That(homes[1].Links, Has.One.Matches<TimelineLink>(link => link.Kind == TimelineLinkKind.Replaces && link.Entry == homes[0].Number));
        Assert.That(homes[2].Links, Has.One.Matches<TimelineLink>(link => link.Kind == TimelineLinkKind.Replaces && link.Entry == homes[1].Number));
        Assert.That(homes[2].Sentence, Is.EqualTo("I live in Rome."));
        Assert.That(homes[2].Document.Text.Substring(homes[2].Span.Start, homes[2].Span.Length), Is.EqualTo("I live in Rome."));
    }

    [Test]
    public async Task News_that_arrive_late_take_their_place_in_the_past()
    {
        (string, string, string)[] turns = [("Ada", "2023-05-01T10:00", "I live in Oslo."), ("Ada", "2024-06-20T09:00", "I live in Rome."), ("Ada", "2024-02-10T09:00", "I live in Bergen.")];
        await using var late = await Chat(turns);
        await using var inOrder = await Chat([.. turns.OrderBy(turn => turn.Item2, StringComparer.Ordinal)]);
        Assert.That(Lines(await late.GetTimelineAsync("Ada")), Is.EqualTo(Lines(await inOrder.GetTimelineAsync("Ada"))));
    }

    [Test]
    public async Task As_of_a_day_what_was_said_later_is_unknown_and_ends_nothing()
    {
        await using var memory = await Chat(("Ada", "2023-05-01T10:00", "I live in Oslo."), ("Ada", "2024-06-20T09:00", "I live in Rome."));
        var then = await memory.GetTimelineAsync("Ada", new() { AsOf = new(2023, 12, 31) });
        Assert.That(then.Entries.Select(entry => (entry.Fact!.Object, entry.When.To, entry.IsCurrent)), Is.EqualTo(new (string, DateOnly?, bool)[] { ("Oslo", null, true) }));
    }

    [Test]
    public async Task What_happened_stands_at_its_own_day_not_at_the_day_it_was_told()
    {
        await using var memory = await Chat(
            ("Ada", "2023-05-08T10:00", "The lake was wonderful yesterday."), ("Bo", "2023-05-07T20:00", "Did Ada really swim in the cold lake all day?"),
            ("Bo", "2023-06-01T10:00", "Three weeks ago Ada painted the old harbour shed."));
        var entries = (await memory.GetTimelineAsync("Ada")).Entries;
        Assert.That(entries.Select(entry => entry.Day), Is.Ordered);
        Assert.That(entries.Select(entry => entry.Sentence), Does.Contain("The lake was wonderful yesterday.").And.None.Contains("swim"), "a question tells nothing");
        Assert.That(entries.Single(entry => entry.Sentence!.StartsWith("The lake", StringComparison.Ordinal)).When, Is.EqualTo(new DayRange(new(2023, 5, 7), new(2023, 5, 8))));
    }

    [Test]
    public async Task Forgetting_a_member_links_its_neighbours_anew_and_remembering_it_restores_every_byte()
    {
        await using var memory = await Chat(("Ada", "2023-05-01T10:00", "I live in Oslo."), ("Ada", "2024-02-10T09:00", "I live in Bergen."), ("Ada", "2024-06-20T09:00", "I live in Rome."));
        var before = Lines(await memory.GetTimelineAsync("Ada"));
        await memory.ForgetAsync("turn-1");
        var without = (await memory.GetTimelineAsync("Ada")).Entries;
        Assert.That(without.Select(entry => entry.Fact!.Object), Is.EqualTo(new[] { "Oslo", "Rome" }));
        Assert.That(without[0].When.To, Is.EqualTo(new DateOnly(2024, 6, 20)));
        Assert.That(without[1].Links, Has.One.Matches<TimelineLink>(link => link.Kind == TimelineLinkKind.Replaces && link.Entry == 1));
        await memory.RememberAsync(Turn(1, ("Ada", "2024-02-10T09:00", "I live in Bergen.")));
        Assert.That(Lines(await memory.GetTimelineAsync("Ada")), Is.EqualTo(before));
    }

    [Test]
    public async Task Days_and_numbers_of_entries_choose_the_part_shown_and_what_was_left_out_is_counted()
    {
        await using var memory = await Chat([.. Enumerable.Range(1, 9).Select(i => ("Bo", $"2024-0{i}-15T10:00", $"Ada repaired boat number {i} at the old harbour."))]);
        async Task<string[]> Days(TimelineOptions options) => [.. (await memory.GetTimelineAsync("Ada", options)).Entries.Select(entry => entry.Day!.Value.ToString("MM", null))];
        Assert.That(await Days(new() { From = new(2024, 3, 15), To = new(2024, 5, 15) }), Is.EqualTo(new[] { "03", "04", "05" }));
        Assert.That(await Days(new() { Last = 2 }), Is.EqualTo(new[] { "08", "09" }));
        Assert.That((await memory.GetTimelineAsync("Ada", new() { Max = 4 })).Omitted, Is.EqualTo(5));
        Assert.That(() => memory.GetTimelineAsync("Ada", new() { From = new(2024, 5, 1), To = new(2024, 4, 1) }), Throws.ArgumentException.With.Message.Contains("would end"));
        Assert.That(() => memory.GetTimelineAsync("Ada", new() { Last = 0 }), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => memory.GetTimelineAsync(" "), Throws.ArgumentException);
    }

    [Test]
    public async Task Words_that_are_no_name_give_what_speaks_of_them_by_the_time_they_tell_of()
    {
        await using var memory = await Chat(
            ("Ada", "2024-03-09T10:00", "The kettle broke last week."), ("Bo", "2024-03-09T10:01", "We sailed to the island."), ("Ada", "2024-03-20T10:00", "I bought another kettle."));
        var timeline = await memory.GetTimelineAsync("the kettle");
        Assert.That((timeline.Kind, timeline.Name), Is.EqualTo((TimelineKind.Topic, (string?)null)));
        Assert.That(timeline.Entries.Select(entry => entry.Sentence), Is.EqualTo(new[] { "The kettle broke last week.", "I bought another kettle." }));
        Assert.That(timeline.Entries[0].When.From, Is.EqualTo(new DateOnly(2024, 2, 26)));
    }

    [Test]
    public async Task A_plain_word_that_is_part_of_what_facts_speak_of_is_a_topic()
    {
        await using var memory = await Chat(("Ada", "2024-03-09T10:00", "I have a kettle stand and a kettle lid."), ("Bo", "2024-03-20T10:00", "Never leave a kettle on the stove."));
        var timeline = await memory.GetTimelineAsync("the kettle");
        Assert.That((timeline.Kind, timeline.Entries.Count), Is.EqualTo((TimelineKind.Topic, 2)), timeline.Reason);
    }

    [Test]
    public async Task Who_is_spoken_to_is_not_spoken_of()
    {
        await using var memory = await Chat(
            ("Ada", "2024-03-09T10:00", "Fine day, is it not?"), ("Bo", "2024-03-09T10:01", "Thanks Ada! I passed the difficult sailing exam last Friday."),
            ("Bo", "2024-03-09T10:02", "Glad the old harbour crane works again at last, Ada."), ("Bo", "2024-03-09T10:03", "Last Friday Ada passed the difficult sailing exam."));
        Assert.That((await memory.GetTimelineAsync("Ada")).Entries.Select(entry => entry.Sentence), Is.EqualTo(new[] { "Last Friday Ada passed the difficult sailing exam." }));
    }

    [Test]
    public async Task A_plain_word_of_which_facts_are_known_is_told_of_by_what_has_the_word_too()
    {
        await using var memory = await Chat(("Ada", "2024-03-09T10:00", "I have a kettle."), ("Bo", "2024-03-20T10:00", "Last week somebody dropped that kettle on the stairs."));
        var timeline = await memory.GetTimelineAsync("kettle");
        Assert.That(timeline.Entries.Select(entry => entry.Sentence), Is.EqualTo(new[] { "I have a kettle.", "Last week somebody dropped that kettle on the stairs." }));
        Assert.That(timeline.Suggestions, Is.Empty);
        Assert.That((timeline.Kind, timeline.Entries[0].Fact!.Relation), Is.EqualTo((TimelineKind.Name, "has")));
    }

    [Test]
    public async Task A_part_of_a_name_stands_for_the_one_name_it_is_part_of_and_is_asked_back_where_there_are_several()
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync();
        await memory.RememberAsync(new Document("Edith Marlow lives in Oslo.") { Time = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero) });
        var one = await memory.GetTimelineAsync("Marlow");
        Assert.That((one.Name, one.Entries.Count), Is.EqualTo(("edith marlow", 1)), one.Reason);
        await memory.RememberAsync(new Document("Peter Marlow lives in Rome.") { Time = new(2024, 1, 2, 0, 0, 0, TimeSpan.Zero) });
        var several = await memory.GetTimelineAsync("Marlow");
        Assert.That(several.Suggestions, Is.EqualTo(new[] { "edith marlow", "peter marlow" }), several.Reason);
        Assert.That(several.Kind, Is.EqualTo(TimelineKind.Unknown));
        var slip = await memory.GetTimelineAsync("Edith Marlov");
        Assert.That((slip.Kind, slip.Suggestions[0]), Is.EqualTo((TimelineKind.Unknown, "edith marlow")), slip.Reason);
    }

    [Test]
    public async Task What_nobody_does_any_more_is_ended_and_the_end_replaces_it()
    {
        await using var memory = await Chat(("Ada", "2023-05-01T10:00", "I work at Birch Labs."), ("Ada", "2024-02-10T09:00", "I no longer work at Birch Labs."));
        var entries = (await memory.GetTimelineAsync("Birch Labs")).Entries;
        Assert.That(entries.Select(entry => (entry.IsEnding, entry.IsCurrent)), Is.EqualTo(new[] { (false, false), (true, false) }));
        Assert.That(entries[0].When.To, Is.EqualTo(new DateOnly(2024, 2, 10)));
        Assert.That(entries[1].Links, Has.One.Matches<TimelineLink>(link => link.Kind == TimelineLinkKind.Replaces && link.Entry == 1));
    }

    [Test]
    public async Task Facts_that_were_given_and_facts_that_somebody_recorded_are_in_it()
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync();
        var given = await memory.RememberAsync(new Document("A line of a graph.") { Triples = [new("Ada", "works_at", "Birch Labs")], Time = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero) });
        await memory.RecordFactsAsync(given.DocumentId, "curator", [new Extraction([], [new Fact("Ada", "met", "Bo") { Valid = new(new(2023, 4, 1), new(2023, 4, 2)), Kind = FactKind.Event }])]);
        var entries = (await memory.GetTimelineAsync("Ada")).Entries;
        Assert.That(entries.Select(entry => (entry.Extractor, entry.Fact!.Object)), Is.EqualTo(new[] { ("curator", "Bo"), ("given", "Birch Labs") }));
    }

    static async Task<GraphMemory> Chat(params (string Speaker, string Time, string Text)[] turns)
    {
        var memory = await GraphMemory.OpenInMemoryAsync();
        foreach (var (turn, i) in turns.Select((turn, i) => (turn, i)))
        {
            await memory.RememberAsync(Turn(i, turn));
        }

        return memory;
    }

    static Document Turn(int number, (string Speaker, string Time, string Text) turn) => new(turn.Text)
    {
        Id = $"turn-{number}",
        Speaker = turn.Speaker,
        Session = turn.Time[..10],
        Time = DateTimeOffset.Parse(turn.Time + "Z", System.Globalization.CultureInfo.InvariantCulture),
    };

    static string Lines(Timeline timeline) => string.Join('\n', timeline.Entries.Select(entry =>
        $"{entry.Number} {entry.When.ToText()} {entry.Sentence} {entry.IsCurrent} {entry.Statings} {string.Join(", ", entry.Links)}"));
}
