using System.Globalization;
using Archicortex.Documents;
using NUnit.Framework;

namespace Archicortex.Tests.Door;

/// <summary>Questions of order and time, put to an invented chat.</summary>
[TestFixture]
public sealed class TimeQuestionTests
{
    static readonly string[] Chat =
    [
        "s1|2024-03-01T10:00|Ada|The bank turned down my loan for the boat.",
        "s1|2024-03-01T10:01|Bo|That is a pity. The harbour master wanted to sell it soon.",
        "s1|2024-03-01T10:02|Ada|My old kettle whistles all night, I hate it.",
        "s1|2024-03-01T10:03|Bo|You should get an electric one.",
        "s1|2024-03-01T10:04|Ada|Maybe a blue one from the market.",
        "s2|2024-03-15T09:00|Bo|How was the trip to Oslo last weekend?",
        "s2|2024-03-15T09:01|Ada|The trip to Oslo last weekend was lovely, we saw the fjord by ferry.",
        "s2|2024-03-15T09:02|Bo|I tuned the violin meanwhile.",
        "s3|2024-04-20T18:00|Ada|I swam in the lake yesterday.",
        "s3|2024-04-20T18:01|Bo|Cold! I adopted a puppy three days ago.",
        "s4|2024-05-11T12:00|Ada|The new kettle arrived this morning.",
        "s4|2024-05-11T12:01|Bo|Is it the blue one?",
        "s5|2024-05-30T12:00|Ada|I swam in the lake again on Tuesday.",
    ];

    [Test]
    public async Task What_was_discussed_before_something_is_what_was_said_just_before_it()
    {
        await using var memory = await Memory();
        var found = await memory.RecallAsync("What did we discuss before the trip to Oslo?", new() { Top = 3, Explain = true });
        Assert.That(Texts(found), Is.EqualTo(new[] { "Maybe a blue one from the market.", "You should get an electric one.", "My old kettle whistles all night, I hate it." }), found.Reason);
        Assert.That(found.Reason, Does.Contain("before “").And.Contain("'the trip to Oslo'"));
        Assert.That(found.Passages, Has.All.Matches<RecalledPassage>(passage => Math.Abs(passage.Explanation!.Parts.Sum(part => part.Value) - passage.Score) < 1e-9));
    }

    [Test]
    public async Task The_rest_of_the_question_chooses_among_what_was_said_before()
    {
        await using var memory = await Memory();
        var found = await memory.RecallAsync("What did we say about the loan before the trip to Oslo?", new() { Top = 1 });
        Assert.That(Texts(found), Is.EqualTo(new[] { "The bank turned down my loan for the boat." }), found.Reason);
    }

    [Test]
    public async Task What_somebody_said_right_after_something_is_their_next_turn()
    {
        await using var memory = await Memory();
        var found = await memory.RecallAsync("What did Bo say right after Ada mentioned the kettle whistles?", new() { Top = 1 });
        Assert.That(Texts(found), Is.EqualTo(new[] { "You should get an electric one." }), found.Reason);
    }

    [Test]
    public async Task The_second_conversation_about_something_is_found_by_counting()
    {
        await using var memory = await Memory();
        var found = await memory.RecallAsync("What did Ada say in the second conversation about the kettle?", new() { Top = 1 });
        Assert.That(Texts(found), Is.EqualTo(new[] { "The new kettle arrived this morning." }), found.Reason);
        Assert.That(found.Reason, Does.Contain("session 's4'"));
        Assert.That((await memory.RecallAsync("What did Ada say in the ninth meeting about the kettle?", new() { Top = 1 })).Reason, Does.Not.Contain("session"));
    }

    [TestCase("When did Ada first say something about swimming in the lake?", "I swam in the lake yesterday.")]
    [TestCase("When was the last time Ada swam in the lake?", "I swam in the lake again on Tuesday.")]
    public async Task First_and_last_choose_among_what_is_about_as_good(string question, string expected)
    {
        await using var memory = await Memory();
        var found = await memory.RecallAsync(question, new() { Top = 1 });
        Assert.That(Texts(found), Is.EqualTo(new[] { expected }), found.Reason);
    }

    [TestCase("What did Ada say first about the kettle?", "My old kettle whistles all night, I hate it.", "The new kettle arrived this morning.")]
    [TestCase("What was the last thing said about the kettle?", "The new kettle arrived this morning.", "My old kettle whistles all night, I hate it.")]
    [TestCase("When did we last talk about the lake?", "I swam in the lake again on Tuesday.", "I swam in the lake yesterday.")]
    [TestCase("What was the first thing Bo told Ada?", "That is a pity. The harbour master wanted to sell it soon.", "You should get an electric one.")]
    [TestCase("What did we talk about last?", "I swam in the lake again on Tuesday.", "Is it the blue one?")]
    [TestCase("What did Bo say last?", "Is it the blue one?", "Cold! I adopted a puppy three days ago.")]
    [TestCase("When was the trip to Oslo first mentioned by Ada?", "The trip to Oslo last weekend was lovely, we saw the fjord by ferry.", "I tuned the violin meanwhile.")]
    public async Task What_was_said_first_or_last_is_found_in_the_order_of_the_turns(string question, string first, string second)
    {
        await using var memory = await Memory();
        var found = await memory.RecallAsync(question, new() { Top = 2, Explain = true });
        Assert.That(Texts(found), Is.EqualTo(new[] { first, second }), found.Reason);
        Assert.That(found.Confidence!.IsAnswerable, found.Confidence.Reason);
        Assert.That(found.Passages, Has.All.Matches<RecalledPassage>(passage => Math.Abs(passage.Explanation!.Parts.Sum(part => part.Value) - passage.Score) < 1e-9));
    }

    [Test]
    public async Task Words_that_ask_for_an_order_find_nothing_by_themselves()
    {
        await using var memory = await Memory();
        await memory.RememberAsync(new Document("Last time now, first things first.") { Session = "s6", Time = At("2024-06-01T10:00"), Speaker = "Bo" });
        foreach (var question in new[] { "When was the last time Ada swam in the lake?", "Does Ada swim in the lake now?", "When did we first talk about the violin?" })
        {
            var found = await memory.RecallAsync(question, new() { Top = 3 });
            Assert.That(Texts(found), Has.None.Contains("first things first"), question);
        }
    }

    [TestCase("What did Bo do right after Ada's trip to Oslo?", "I tuned the violin meanwhile.")]
    [TestCase("What did Ada do next after swimming in the lake?", "The new kettle arrived this morning.")]
    [TestCase("What happened just before the new kettle arrived?", "Cold! I adopted a puppy three days ago.")]
    public async Task What_was_done_next_is_the_next_that_the_same_one_tells(string question, string expected)
    {
        await using var memory = await Memory();
        var found = await memory.RecallAsync(question, new() { Top = 2 });
        Assert.That(found.Passages[0].Text, Is.EqualTo(expected), found.Reason);
    }

    [Test]
    public async Task What_was_done_next_may_be_told_in_the_same_breath()
    {
        await using var memory = await Memory();
        await memory.RememberAsync(
        [
            new Document("I baked the bread and then I called my aunt.") { Session = "s6", Time = At("2024-06-01T10:00"), Speaker = "Bo" },
            new Document("I painted the fence.") { Session = "s6", Time = At("2024-06-01T10:05"), Speaker = "Bo" },
        ]);
        var found = await memory.RecallAsync("What did Bo do right after baking the bread?", new() { Top = 2 });
        Assert.That(Texts(found), Is.EqualTo(new[] { "I baked the bread and then I called my aunt.", "I painted the fence." }), found.Reason);
    }

    [TestCase("What did we say in our latest conversation?", true)]
    [TestCase("What was said in our second conversation?", true)]
    [TestCase("What did we discuss before the trip to Oslo?", true)]
    [TestCase("What are the main themes?", true)]
    [TestCase("Give me an overview.", true)]
    [TestCase("What did Xanthippe Obermoser say in our last conversation?", false)]
    [TestCase("What did we say last about quantum chromodynamics?", false)]
    [TestCase("Give me an overview of quantum chromodynamics.", false)]
    public async Task What_is_answered_by_place_or_by_topics_is_answerable(string question, bool isAnswerable)
    {
        await using var memory = await Memory();
        var found = await memory.RecallAsync(question);
        Assert.That(found.Confidence!.IsAnswerable, Is.EqualTo(isAnswerable), $"{found.Reason} {found.Confidence.Reason}");
    }

    [Test]
    public async Task What_holds_now_comes_first_however_it_was_told()
    {
        await using var memory = await Memory();
        await memory.RememberAsync(
        [
            new Document("I live for the live music at the pier, live is best.") { Session = "s6", Time = At("2024-06-01T10:00"), Speaker = "Ada" },
            new Document("I moved to Bergen last week.") { Session = "s7", Time = At("2024-06-08T10:00"), Speaker = "Ada" },
            new Document("I moved to Turku last week.") { Session = "s8", Time = At("2024-06-18T10:00"), Speaker = "Ada" },
        ]);
        foreach (var question in new[] { "Where does Ada live?", "Where does Ada live now?" })
        {
            var found = await memory.RecallAsync(question, new() { Top = 3, Explain = true });
            Assert.That(found.Passages[0].Text, Is.EqualTo("I moved to Turku last week."), found.Reason);
            Assert.That(found.Confidence!.IsAnswerable, found.Confidence.Reason);
            Assert.That(found.Passages.Select(passage => passage.Rank), Is.EqualTo(Enumerable.Range(1, found.Passages.Count)));
            Assert.That(found.Passages, Has.All.Matches<RecalledPassage>(passage => Math.Abs(passage.Explanation!.Parts.Sum(part => part.Value) - passage.Score) < 1e-9));
        }

        Assert.That((await memory.RecallAsync("Where does Ada live?", new() { AskedOn = new(2024, 6, 9) })).Passages[0].Text, Is.EqualTo("I moved to Bergen last week."));
    }

    [TestCase(RecallStrategy.Flat)]
    [TestCase(RecallStrategy.Dialogue)]
    public async Task Days_in_a_question_draw_what_was_said_or_happened_then(RecallStrategy strategy)
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync();
        foreach (var (day, what, i) in new[] { ("2023-05-10", "ferry engine", 0), ("2023-08-02", "garden gate", 1), ("2023-11-20", "kitchen clock", 2) })
        {
            await memory.RememberAsync(new Document($"Ada repaired the {what} with new screws.") { Id = $"{i}", Speaker = "Bo", Session = day, Time = At(day + "T10:00") });
        }

        foreach (var (asked, id) in new[] { ("in May 2023", "0"), ("in August 2023", "1"), ("in November 2023", "2") })
        {
            var found = await memory.RecallAsync($"What did Ada repair {asked}?", new() { Top = 3, Strategy = strategy, Explain = true });
            Assert.That(found.Passages[0].DocumentName, Is.EqualTo(id), $"{asked}: {found.Reason}");
            var plain = await memory.RecallAsync("What did Ada repair?", new() { Top = 3, Strategy = strategy });
            Assert.That(found.Passages, Has.Count.EqualTo(plain.Passages.Count), "the days are no filter");
            Assert.That(found.Passages, Has.All.Matches<RecalledPassage>(passage => Math.Abs(passage.Explanation!.Parts.Sum(part => part.Value) - passage.Score) < 1e-9));
        }
    }

    [Test]
    public async Task Texts_without_a_time_are_ranked_as_if_no_days_were_named()
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync();
        await memory.RememberAsync([new Document("The 1969 cup was won by Brann."), new Document("The 1970 cup was won by Lyn."), new Document("In May 1969 it rained on the cup.")]);
        var found = await memory.RecallAsync("Who won the cup in May 1969?", new() { Top = 3, Strategy = RecallStrategy.Flat });
        Assert.That(found.Reason, Is.EqualTo("As asked."));
    }

    [TestCase("When did the bank turn down Ada's loan?", "1 March 2024: The bank turned down my loan for the boat.")]
    [TestCase("How many days were there between the trip to Oslo and Bo adopting a puppy?", "39 days")]
    [TestCase("How long after Bo adopted a puppy did the new kettle arrive?", "24 days")]
    [TestCase("Which happened first, Bo adopted a puppy or the bank turned down the loan?", "The bank turned down the loan: 1 March 2024")]
    [TestCase("Did Bo adopt a puppy before the new kettle arrived?", "Yes: 17 April 2024 is before 11 May 2024.")]
    [TestCase("Did the new kettle arrive before Bo adopted a puppy?", "No: 17 April 2024 is before 11 May 2024.")]
    [TestCase("How many times did Ada swim in the lake?", "Twice: 19 April 2024; 28 May 2024")]
    [TestCase("How many times did Ada swim in the lake in April 2024?", "Once: 19 April 2024")]
    [TestCase("How long ago did Bo adopt a puppy?", "64 days ago (17 April 2024)")]
    public async Task Questions_about_days_are_worked_out_and_cited(string question, string expected)
    {
        await using var memory = await Memory();
        var answer = await memory.AskAsync(question, new() { AskedOn = new(2024, 6, 20) });
        Assert.That(answer.Text, Does.StartWith(expected), $"{answer.Source}: {answer.Reason}");
        Assert.That(answer.Source, Is.EqualTo(AnswerSource.Days));
        Assert.That(answer.Citations, Is.Not.Empty);
        Assert.That(answer.IsAnswerable);
    }

    [Test]
    public async Task A_time_that_is_named_answers_before_the_day_something_was_said()
    {
        await using var memory = await Memory();
        var answer = await memory.AskAsync("When did Bo adopt a puppy?", new() { AskedOn = new(2024, 6, 20) });
        Assert.That(answer.Text, Does.StartWith("three days ago (17 April 2024)").Or.StartWith("17 April 2024"), answer.Reason);
    }

    [TestCase("How many days were there between the trip to Oslo and the eclipse of the moon?")]
    [TestCase("Which happened first, the coronation of the queen or the eclipse of the moon?")]
    public async Task What_nobody_told_of_is_not_computed_with(string question)
    {
        await using var memory = await Memory();
        Assert.That((await memory.AskAsync(question, new() { AskedOn = new(2024, 6, 20) })).Source, Is.Not.EqualTo(AnswerSource.Days));
    }

    static IEnumerable<string> Texts(Recollection found) => found.Passages.Select(passage => passage.Text);

    static DateTimeOffset At(string time) => DateTimeOffset.Parse(time + "Z", CultureInfo.InvariantCulture);

    static async Task<GraphMemory> Memory()
    {
        var memory = await GraphMemory.OpenInMemoryAsync();
        await memory.RememberAsync([.. Chat.Select(line => line.Split('|')).Select(turn => new Document(turn[3]) { Session = turn[0], Time = At(turn[1]), Speaker = turn[2] })]);
        return memory;
    }
}
