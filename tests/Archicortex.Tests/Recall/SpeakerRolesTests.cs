using Archicortex.Documents;
using Archicortex.Recall;
using Archicortex.Testing.Corpora;
using NUnit.Framework;

namespace Archicortex.Tests.Recall;

/// <summary>Whom a question means: by "I" and "you", by parts that people have, by a word of their names.</summary>
[TestFixture]
sealed class SpeakerRolesTests
{
    static readonly DateTimeOffset Monday = new(2024, 3, 11, 19, 0, 0, TimeSpan.Zero);

    [TestCase("user", "assistant", "How much did I pay for the kettle?", "user")]
    [TestCase("human", "ai", "Which kettle is mine?", "human")]
    [TestCase("user", "assistant", "Can you tell me what my kettle cost?", "user")]
    [TestCase("user", "assistant", "Which kettle did you recommend to me?", "assistant")]
    [TestCase("user", "assistant", "What was the kettle you have just suggested for my kitchen?", "assistant")]
    [TestCase("user", "assistant", "Remind me of your advice on kettles.", "assistant")]
    [TestCase("user", "assistant", "What was in our last conversation about kettles?", "")]
    [TestCase("user", "assistant", "Which kettles are good?", "")]
    [TestCase("Ines Marlow", "assistant", "What did I pay for the kettle?", "ines marlow")]
    [TestCase("Me", "Orla", "What did I pay for the kettle?", "me")]
    [TestCase("You", "Orla", "What did I pay for the kettle?", "you")]
    [TestCase("Me", "You", "What did you pay for the kettle?", "you")]
    [TestCase("Bram", "Orla", "What did I pay for the kettle?", "")]
    public void I_and_you_of_a_question_are_the_one_who_asks_and_the_one_who_answers(string one, string other, string question, string meant)
    {
        var view = TestMemory.Of(Talk((one, "I paid forty for the kettle."), (other, "The kettle you bought is a good one.")), 400).View;
        var read = Read(view, question);
        var named = Enumerable.Range(0, view.Turns.SpeakerRows).Where(read.IsNamed).Select(speaker => string.Join(' ', view.Turns.Speaker(speaker).Words));
        Assert.That(string.Join(',', named), Is.EqualTo(meant));
        Assert.That(read.IsByRole, Is.EqualTo(meant.Length > 0));
    }

    [Test]
    public async Task What_facts_say_of_the_one_who_asks_answers_a_question_of_theirs()
    {
        await using var memory = await Remember(Talk(
            ("user", "I live in Turku. My knee hurts."), ("assistant", "Rest it. Where do people live who hike?"), ("user", "I bought a red canoe in May.")));
        var answer = await memory.AskAsync("Where do I live?");
        Assert.That((answer.Text, answer.Source), Is.EqualTo(("Turku", AnswerSource.Fact)));
        var recalled = await memory.RecallAsync("Where do I live now?", new() { TokenBudget = 200 });
        Assert.That(recalled.Passages[0].Text, Does.Contain("Turku"));
        Assert.That(recalled.Confidence!.IsAnswerable, Is.True);
        Assert.That(recalled.Context!.Text, Does.Contain("lives in – Turku"));
        var bram = TestMemory.Of(Talk(("Bram", "I live in Turku."), ("Orla", "So do I.")), 400).View;
        Assert.That(SpeakerRoles.InThirdPerson(bram, "Where do I live?"), Is.EqualTo("Where do I live?"), "Nobody knows who asks.");
    }

    [Test]
    public async Task What_people_told_of_themselves_stands_before_long_replies_that_repeat_it()
    {
        var reply = "A kettle is a fine thing to pay for. " + string.Concat(Enumerable.Range(0, 30).Select(i => $"Kettle tip {i}: compare what the shops want you to pay. "));
        await using var memory = await Remember(Talk(
            ("user", "How do I descale a kettle?"), ("assistant", reply), ("user", "The new one set me back forty, it came with a kettle brush."),
            ("assistant", reply), ("user", "Thanks!")));
        Assert.That((await memory.RecallAsync("What did I pay for my kettle?")).Passages[0].Text, Does.Contain("forty"));
        Assert.That((await memory.RecallAsync("Which tips on kettles did you give me?")).Passages[0].Document.Speaker, Is.EqualTo("assistant"));
    }

    [TestCase("what did the project manager decide about the handle?", "steel")]
    [TestCase("What did the marketing people want the handle to be?", "wood", TestName = "A_word_of_a_name_that_is_a_word_of_the_language_means_a_speaker_where_somebody_acts")]
    [TestCase("How should the handle be, according to the designer?", "foam")]
    public async Task People_called_by_their_work_are_named_in_lower_case(string question, string answer)
    {
        await using var memory = await Remember(Talk(
            ("Marketing", "I think the handle has to be of wood."), ("Industrial Designer", "I think the handle has to be of foam."),
            ("Project Manager", "I think the handle has to be of steel.")));
        Assert.That((await memory.RecallAsync(question)).Passages[0].Text, Does.Contain(answer));
    }

    [Test]
    public async Task A_word_that_nobody_said_is_looked_for_by_others_of_its_meaning()
    {
        await using var memory = await Remember(Talk(
            ("Orla", "It was cold this morning."), ("Bram", "We took the couch by the window."), ("Orla", "Great."), ("Bram", "Who has the ladder?")));
        Assert.That((await memory.RecallAsync("Which sofa is it?")).Passages[0].Text, Does.Contain("couch"));
        var said = TestMemory.Of(Talk(("Orla", "The sofa is cold."), ("Bram", "The couch is old.")), 400).View;
        Assert.That(Read(said, "The sofa?").Terms.Single().Kinds.Stems, Is.Empty, "somebody said it");
    }

    [Test]
    public async Task An_overview_of_what_conversations_speak_of_is_what_was_said_of_it()
    {
        await using var memory = await Remember(Talk(
            ("Orla", "The greenhouse leaks at the ridge."), ("Bram", "How about lunch?"), ("Orla", "Mending the greenhouse costs four hundred."), ("Bram", "Soup it is.")));
        var answer = await memory.RecallAsync("Summarize the discussion about the greenhouse.");
        Assert.That(answer.Strategy, Is.EqualTo(RecallStrategy.Dialogue));
        Assert.That(answer.Passages.Take(2).Select(passage => passage.Text), Is.All.Contains("greenhouse"));
        Assert.That((await memory.RecallAsync("What are the main themes?")).Strategy, Is.Not.EqualTo(RecallStrategy.Dialogue));
    }

    static DialogueQuestion Read(RecallView view, string question) => DialogueQuestion.Read(view, ChainRecallTests.Read(view, question));

    static List<Document> Talk(params (string Speaker, string Text)[] turns) =>
    [
        .. turns.Select((turn, i) => new Document(turn.Text) { Id = $"turn-{i}", Speaker = turn.Speaker, Session = "one", Time = Monday.AddMinutes(i) }),
    ];

    static async Task<GraphMemory> Remember(IEnumerable<Document> documents)
    {
        var memory = await GraphMemory.OpenInMemoryAsync();
        await memory.RememberAsync(documents);
        return memory;
    }
}
