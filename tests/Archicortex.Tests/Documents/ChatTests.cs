using Archicortex.Documents;
using Archicortex.Testing;
using NUnit.Framework;

namespace Archicortex.Tests.Documents;

public sealed class ChatTests
{
    [Test]
    public async Task Turns_know_their_speaker_session_time_and_place()
    {
        using var folder = new TempFolder();
        var file = folder.File("talk.chat");
        await File.WriteAllTextAsync(file, """
            --- session 1, 2024-03-09 ---
            [10:12] Ada: Have you seen my kettle?
            It is the blue one.
            [2024-03-09T10:13:00Z] Bob: No.

            # Later
            Ada: Found it.
            """);
        var turns = await Reading.Path(file);
        Assert.That(turns.Select(turn => (turn.Id, turn.Session, turn.Speaker, turn.Text)), Is.EqualTo(new[]
        {
            ($"{file}#1", $"{file}#1", "Ada", "Have you seen my kettle?\nIt is the blue one."),
            ($"{file}#2", $"{file}#1", "Bob", "No."),
            ($"{file}#3", $"{file}#2", "Ada", "Found it."),
        }));
        Assert.That(turns[0].Time, Is.EqualTo(new DateTimeOffset(2024, 3, 9, 10, 12, 0, TimeSpan.Zero)));
        Assert.That(turns[1].Time, Is.EqualTo(new DateTimeOffset(2024, 3, 9, 10, 13, 0, TimeSpan.Zero)));
        Assert.That((turns[2].Time, turns[2].Metadata!["heading"], turns[2].Source), Is.EqualTo(((DateTimeOffset?)null, "Later", file)));
    }

    [Test]
    public async Task A_line_of_a_date_starts_a_session_and_gives_its_day()
    {
        var turns = await Read("Ada: one\n\n2024-05-01\nBob: two\n\n2024-05-02\nBob: three\n");
        Assert.That(string.Join(' ', turns.Select(turn => turn.Session)), Is.EqualTo("in#1 in#2 in#3"));
        Assert.That(turns[2].Time, Is.EqualTo(new DateTimeOffset(2024, 5, 2, 0, 0, 0, TimeSpan.Zero)));
    }

    [Test]
    public async Task A_blank_line_alone_starts_no_session() =>
        Assert.That((await Read("Ada: one\n\nBob: two\n\nand more\n")).Select(turn => (turn.Session, turn.Text)),
            Is.EqualTo(new[] { ("in#1", "one"), ("in#1", "two\n\nand more") }));

    [TestCase("[2024-03-09 10:12] Ada: hi", "Ada", "hi")]
    [TestCase("2024-03-09 10:12 - Ada Byron: hi", "Ada Byron", "hi")]
    [TestCase("2024-03-09T10:12:00+01:00 Ada: hi", "Ada", "hi")]
    [TestCase("09/03/2024, 10:12 - Ada: hi", "Ada", "hi")]
    [TestCase("3/9/24, 10:12\u202fPM - Ada Byron: hi: you", "Ada Byron", "hi: you")]
    [TestCase("\u200e[09.03.24, 10:12:05] ~ Ada: \u200ehi", "Ada", "hi")]
    [TestCase("09/03/2024, 10:12 - +44 7700 900123: hi", "+44 7700 900123", "hi")]
    [TestCase("Dr. O'Neil: see http://x.org: good", "Dr. O'Neil", "see http://x.org: good")]
    [TestCase("Jürgen: hallo", "Jürgen", "hallo")]
    [TestCase("小林: こんにちは", "小林", "こんにちは")]
    public void A_turn_is_read(string line, string speaker, string text)
    {
        Assert.That(ChatLine.TryRead(line, out var turn), Is.True);
        Assert.That((turn.Speaker, turn.Text), Is.EqualTo((speaker, text)));
    }

    [TestCase("http://example.org")]
    [TestCase("at 10:12 we left")]
    [TestCase("There is one thing that I know: nothing")]
    [TestCase("no colon")]
    public void A_line_without_a_name_is_no_turn(string line) => Assert.That(ChatLine.TryRead(line, out _), Is.False);

    [Test]
    public async Task A_stamp_that_is_not_iso_8601_is_kept_as_it_stands()
    {
        var turn = (await Read("[9/3/24, 10:12] Ada: hi")).Single();
        Assert.That((turn.Time, turn.Metadata!["stamp"]), Is.EqualTo(((DateTimeOffset?)null, "9/3/24, 10:12")));
    }

    [Test]
    public async Task A_stamp_with_a_date_is_read_where_the_file_shows_which_number_is_the_month()
    {
        static string Day(Document turn) => $"{turn.Time:yyyy-MM-dd HH:mm}";
        Assert.That((await Read("[9/3/24, 10:12] Ada: hi\n[13/3/24, 22:12] Bob: hi")).Select(Day), Is.EqualTo(new[] { "2024-03-09 10:12", "2024-03-13 22:12" }));
        Assert.That((await Read("9/3/24, 10:12 PM - Ada: hi\n9/13/24, 12:05 AM - Bob: hi")).Select(Day), Is.EqualTo(new[] { "2024-09-03 22:12", "2024-09-13 00:05" }));
        Assert.That((await Read("09.03.24, 10:12:05 - Ada: hi\n2024/3/10, 1:05 - Bob: hi")).Select(Day), Is.EqualTo(new[] { "2024-03-09 10:12", "2024-03-10 01:05" }));
        Assert.That((await Read("[30/2/24, 10:12] Ada: hi\n[1/2/24, 25:12] Bob: hi")).Select(turn => turn.Time), Is.All.Null, "no such day, no such hour");
    }

    [Test]
    public async Task A_silence_of_hours_starts_a_session_and_midnight_does_not()
    {
        var turns = await Read("""
            2024-03-09 22:10 Ada: one
            2024-03-10 01:50 Bob: two
            2024-03-10 09:00 Ada: three
            2024-05-10 09:00 Bob: four
            """);
        Assert.That(string.Join(' ', turns.Select(turn => turn.Session)), Is.EqualTo("in#1 in#1 in#2 in#3"));
        var clock = await Read("--- 2024-03-09 ---\n[23:50] Ada: one\n[00:10] Bob: two\n[00:20] Ada: three\n");
        Assert.That(clock.Select(turn => $"{turn.Session} {turn.Time:MM-dd HH:mm}"), Is.EqualTo(new[] { "in#1 03-09 23:50", "in#1 03-10 00:10", "in#1 03-10 00:20" }));
    }

    [Test]
    public async Task A_notice_that_nobody_says_is_no_part_of_a_turn()
    {
        var skipped = new List<string>();
        var text = "13/03/2024, 10:12 - Messages are encrypted.\n13/03/2024, 10:13 - Ada: one\n13/03/2024, 10:14 - Ada added Bob\n13/03/2024, 10:15 - Bob: two\nand more\n";
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));
        var turns = new List<Document>();
        await foreach (var turn in DocumentReader.ReadAsync(stream, "in", InputFormat.Chat, new() { Skipped = skipped.Add }))
        {
            turns.Add(turn);
        }

        Assert.That(turns.Select(turn => turn.Text), Is.EqualTo(new[] { "one", "two\nand more" }));
        Assert.That(skipped, Has.Count.EqualTo(2).And.All.Contains("notice"));
    }

    [Test]
    public void Prose_is_no_conversation() =>
        Assert.That(Reading.Refusal(() => Read("It was late.\nWe left.")), Does.Contain("'in' has no line such as").And.Contain("--format text"));

    [Test]
    public void A_turn_without_end_is_refused()
    {
        var message = Reading.Refusal(() => Reading.Stream("Ada: a\n" + string.Concat(Enumerable.Repeat("more words\n", 20)), InputFormat.Chat, 100));
        Assert.That(message, Does.Contain("the turn that starts in line 1 has more than 100 characters"));
    }

    static Task<List<Document>> Read(string text) => Reading.Stream(text, InputFormat.Chat);
}
