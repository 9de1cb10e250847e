using Archicortex.Documents;
using Archicortex.Testing.Corpora;
using NUnit.Framework;

namespace Archicortex.Tests.Door;

[TestFixture]
public sealed class WalkTests
{
    [Test]
    public async Task Neighbours_are_the_turns_before_and_after_and_go_on_into_the_sessions_beside()
    {
        await using var memory = await ThreeSessions();
        var hit = (await memory.RecallAsync("the violin", new() { Top = 1 })).Passages[0];
        Assert.That(hit.Text, Is.EqualTo("I tuned the violin."));
        var around = (await memory.GetNeighboursAsync(hit.PassageId, 3, 2))!;
        Assert.That(around.Before.Select(turn => turn.Text), Is.EqualTo(new[] { "The kettle broke.", "Buy a copper one.", "Any news today?" }));
        Assert.That((around.Turn.Text, around.Turn.Session, around.Turn.Place), Is.EqualTo(("I tuned the violin.", (int?)2, 2)));
        Assert.That(around.After.Select(turn => turn.Text), Is.EqualTo(new[] { "The ferry was late.", "We waited an hour." }));
        Assert.That((await memory.GetNeighboursAsync(hit.PassageId, 0, 0))!.Before, Is.Empty);
        Assert.That(await memory.GetNeighboursAsync(new PassageId(7)), Is.Null);
        Assert.That(() => memory.GetNeighboursAsync(hit.PassageId, -1), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("between 0 and 1,000"));
    }

    [Test]
    public async Task A_walk_stays_in_the_conversation_of_its_source()
    {
        await using var memory = await ThreeSessions();
        await memory.RememberAsync(new Document("Buy flour and salt.") { Speaker = "Cy", Session = "x", Source = "other", Time = At(9, 12) });
        var hit = (await memory.RecallAsync("the violin", new() { Top = 1 })).Passages[0];
        Assert.That((await memory.GetNeighboursAsync(hit.PassageId, 9, 9))!.Before.Concat((await memory.GetNeighboursAsync(hit.PassageId, 9, 9))!.After)
            .Select(turn => turn.Text), Has.None.EqualTo("Buy flour and salt."));
    }

    [Test]
    public async Task Of_a_document_that_is_no_chat_the_passages_beside_are_the_neighbours()
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync(new() { PassageWordsMax = 20 });
        await memory.RememberAsync(new Document(string.Join(' ', Enumerable.Range(0, 12).Select(i => $"Sentence number {i} tells of boat {i} in the harbour."))));
        var hit = (await memory.RecallAsync("boat 5", new() { Top = 1 })).Passages[0];
        var around = (await memory.GetNeighboursAsync(hit.PassageId, 1, 1))!;
        Assert.That(around.Before[^1].Span.End, Is.LessThanOrEqualTo(hit.Span.Start));
        Assert.That(around.After[0].Span.Start, Is.GreaterThanOrEqualTo(hit.Span.End));
        Assert.That(around.Turn.Session, Is.Null);
        Assert.That(around.After[0].Place, Is.EqualTo(around.Turn.Place + 1));
    }

    [Test]
    public async Task Sessions_are_listed_by_time_and_the_second_about_something_is_the_second_of_the_list()
    {
        await using var memory = await ThreeSessions();
        var all = await memory.GetSessionsAsync();
        Assert.That(all.Select(session => (session.Number, session.Name, session.TurnCount)), Is.EqualTo(new[] { (1, "mon", 2), (2, "tue", 2), (3, "wed", 3) }));
        Assert.That(all[0].Speakers, Is.EqualTo(new[] { "Ada", "Bo" }));
        var kettle = await memory.GetSessionsAsync(new() { About = "the kettle" });
        Assert.That(kettle.Select(session => session.Name), Is.EqualTo(new[] { "mon", "wed" }));
        Assert.That((await memory.GetSessionsAsync(new() { Speaker = "cy" })).Single().Name, Is.EqualTo("wed"));
        Assert.That((await memory.GetSessionsAsync(new() { From = new(2024, 3, 10) })).Select(session => session.Name), Is.EqualTo(new[] { "wed" }));
        Assert.That((await memory.GetSessionsAsync(new() { To = new(2024, 3, 8), Last = 1 })).Single().Name, Is.EqualTo("mon"));
        Assert.That((await memory.GetSessionAsync(3))!.Session.Name, Is.EqualTo("wed"));
        Assert.That((await memory.GetSessionsNamedAsync("tue")).Single().Session.Number, Is.EqualTo(2));
        Assert.That(await memory.GetSessionAsync(4), Is.Null);
        Assert.That(await memory.GetSessionsNamedAsync("sun"), Is.Empty);
    }

    [Test]
    public async Task A_replay_has_every_turn_once_in_order_and_verbatim([Range(0, 4)] int seed)
    {
        var (turns, _) = TopicTalk.Concatenated(new Random(seed), 5);
        await using var memory = await GraphMemory.OpenInMemoryAsync();
        await memory.RememberAsync([.. turns.Select((text, i) => new Document(text) { Id = $"{i}", Speaker = i % 2 == 0 ? "Ada" : "Bo", Session = "s", Time = At(8, 10).AddSeconds(i) })]);
        var replay = (await memory.GetSessionAsync(1))!;
        Assert.That(replay.Episodes.SelectMany(episode => episode.Turns).Select(turn => turn.Text), Is.EqualTo(turns), $"seed {seed}");
        Assert.That(replay.Episodes.Select(episode => episode.Number), Is.EqualTo(Enumerable.Range(1, replay.Episodes.Count)));
        Assert.That(replay.Episodes, Has.Count.GreaterThan(1));
        foreach (var episode in replay.Episodes)
        {
            Assert.That(episode.Shown.Sum(shown => shown.Times), Is.EqualTo(episode.Turns.Count));
            var found = (await memory.GetEpisodeAsync(episode.Turns[^1].PassageId))!;
            Assert.That(found.Turns, Is.EqualTo(episode.Turns));
        }
    }

    [Test]
    public async Task An_open_session_is_cut_anew_once_it_has_other_turns_and_other_sessions_are_left_alone()
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync();
        async Task Say(string text, int minute) => await memory.RememberAsync(new Document(text) { Speaker = "Ada", Session = "s", Time = At(8, 10).AddMinutes(minute) });
        await Say("The kettle boils on the stove.", 0);
        Assert.That((await memory.GetSessionAsync(1))!.Episodes.Sum(episode => episode.Turns.Count), Is.EqualTo(1));
        await Say("Later the ferry left the harbour.", 50);
        var episodes = (await memory.GetSessionAsync(1))!.Episodes;
        Assert.That(episodes.Select(episode => episode.Turns.Count), Is.EqualTo(new[] { 1, 1 }), "a silence of fifty minutes");
        await memory.ForgetAsync(episodes[0].Turns[0].DocumentId.ToString());
        Assert.That((await memory.GetSessionAsync(1))!.Episodes.Single().Turns.Single().Text, Is.EqualTo("Later the ferry left the harbour."));
    }

    [Test]
    public async Task A_title_says_what_is_spoken_of_there_and_not_elsewhere_and_leaves_the_speakers_out()
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync();
        string[] said = ["Ada, the old violin is out of tune.", "Take the violin to Mr Lindqvist in Bergen.", "Is Lindqvist dear?", "For a violin, yes.", "Lindqvist tuned the violin."];
        await memory.RememberAsync([.. said.Select((text, i) => new Document(text) { Speaker = i % 2 == 0 ? "Bo" : "Ada", Session = "s", Time = At(8, 10).AddSeconds(i) })]);
        await memory.RememberAsync(new Document("Ada and Bo sailed to Bergen.") { Speaker = "Cy", Session = "t", Time = At(9, 10) });
        var title = (await memory.GetSessionsAsync())[0].Title;
        Assert.That(title, Does.Contain("violin").And.Contain("Lindqvist").And.Not.Contain("Ada").And.Not.Contain("Bo"));
    }

    [Test]
    public async Task A_turn_said_again_and_again_is_shown_once_with_its_count()
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync();
        await memory.RememberAsync([.. new[] { "Are you there?", "Are you there?", "Are you there?", "The ferry is late." }
            .Select((text, i) => new Document(text) { Id = $"{i}", Speaker = "Ada", Session = "s", Time = At(8, 10).AddSeconds(i) })]);
        var episode = (await memory.GetSessionAsync(1))!.Episodes.Single();
        Assert.That(episode.Shown.Select(shown => (shown.Turn.Text, shown.Times)), Is.EqualTo(new[] { ("Are you there?", 3), ("The ferry is late.", 1) }));
        Assert.That(episode.Turns, Has.Count.EqualTo(4));
    }

    static DateTimeOffset At(int day, int hour) => new(2024, 3, day, hour, 0, 0, TimeSpan.Zero);

    static async Task<GraphMemory> ThreeSessions()
    {
        var memory = await GraphMemory.OpenInMemoryAsync();
        (string Session, int Day, string Speaker, string Text)[] turns =
        [
            ("wed", 10, "Cy", "The ferry was late."), ("mon", 8, "Ada", "The kettle broke."), ("tue", 9, "Bo", "Any news today?"),
            ("mon", 8, "Bo", "Buy a copper one."), ("tue", 9, "Ada", "I tuned the violin."), ("wed", 10, "Ada", "We waited an hour."),
            ("wed", 10, "Cy", "Your new kettle came."),
        ];
        foreach (var (turn, i) in turns.Select((turn, i) => (turn, i)))
        {
            await memory.RememberAsync(new Document(turn.Text) { Speaker = turn.Speaker, Session = turn.Session, Time = At(turn.Day, 10).AddSeconds(i) });
        }

        return memory;
    }
}
