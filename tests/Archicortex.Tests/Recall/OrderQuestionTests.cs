using Archicortex.Recall;
using NUnit.Framework;

namespace Archicortex.Tests.Recall;

[TestFixture]
public sealed class OrderQuestionTests
{
    static readonly DateOnly Asked = new(2024, 6, 20);

    [TestCase("What did we discuss before the trip to Oslo?", -1, "the trip to Oslo", "What did we discuss", false)]
    [TestCase("What did Ada say right after she mentioned the kettle?", 1, "she mentioned the kettle", "What did Ada say", true)]
    [TestCase("Before the trip to Oslo, what did we talk about?", -1, "the trip to Oslo", "what did we talk about", false)]
    [TestCase("What was the next thing Bo said after the ferry left?", 1, "the ferry left", "What was the next thing Bo said", true)]
    [TestCase("What did we say about money prior to the loan?", -1, "the loan", "What did we say about money", false)]
    public void What_was_said_beside_something_is_read_as_an_anchor_and_a_rest(string question, int side, string anchor, string rest, bool isNext)
    {
        var read = OrderQuestion.Read(question, Asked);
        Assert.That((read.Side, read.Anchor, read.Rest, read.IsNext), Is.EqualTo((side, anchor, rest, isNext)));
    }

    [TestCase("What did Ada do right after drying the cups?", 1, "drying the cups", "What did Ada do", true)]
    [TestCase("Where did Bo go just before the wedding?", -1, "the wedding", "Where did Bo go", true)]
    [TestCase("What did Ada do next after the race?", 1, "the race", "What did Ada do", true)]
    [TestCase("What did Ada say after the race?", 1, "the race", "What did Ada say", false)]
    public void What_was_done_next_is_read_as_an_anchor_too(string question, int side, string anchor, string rest, bool isNext)
    {
        var read = OrderQuestion.Read(question, Asked);
        Assert.That((read.Side, read.Anchor, read.Rest, read.IsNext), Is.EqualTo((side, anchor, rest, isNext)));
        Assert.That(read.IsDeed, Is.EqualTo(!question.Contains(" say ", StringComparison.Ordinal)));
    }

    [TestCase("What did Ada do after the race?")]
    [TestCase("What did we discuss before 9 June 2023?")]
    [TestCase("Who won the cup?")]
    [TestCase("Before")]
    [TestCase("after?")]
    [TestCase("")]
    public void The_order_of_events_and_of_days_names_no_anchor(string question) => Assert.That(OrderQuestion.Read(question, Asked).Side, Is.Zero);

    [TestCase("What did we decide in the third meeting about the kettle?", 3, "the kettle")]
    [TestCase("What was said in our last conversation?", -1, "")]
    [TestCase("Summarise the most recent call about Oslo, please", -1, "Oslo")]
    [TestCase("What did Ada say in the first session?", 1, "")]
    public void A_session_is_named_by_its_place(string question, int place, string about)
    {
        var read = OrderQuestion.Read(question, Asked);
        Assert.That((read.Session, read.SessionAbout), Is.EqualTo((place, about)));
        Assert.That(read.Rest, Does.Not.Contain("third").And.Not.Contain("kettle").And.Not.Contain("first"));
    }

    [TestCase("When did we first talk about the boat?", true, false)]
    [TestCase("When was the first time Ada swam?", true, false)]
    [TestCase("What is Ada's latest plan?", false, true)]
    [TestCase("When was the last time Bo mentioned the vet?", false, true)]
    [TestCase("Where does Ada live now?", false, true)]
    [TestCase("What did Ada say first about the boat?", true, false)]
    [TestCase("When did Ada first mention Bergen?", true, false)]
    [TestCase("What is Ada currently reading?", false, true)]
    [TestCase("What did we discuss last?", false, true)]
    [TestCase("What was the last thing Bo told Ada?", false, true)]
    [TestCase("When did they last meet?", false, true)]
    [TestCase("What did Ada say most recently?", false, true)]
    [TestCase("Is Ada living in Bergen right now?", false, true)]
    [TestCase("How long did Ada's holiday last?", false, false)]
    [TestCase("Did the ice cream last?", false, false)]
    [TestCase("What did I buy last?", false, true)]
    [TestCase("What was the last thing you recommended?", false, true)]
    [TestCase("What did Ada serve as first course?", false, false)]
    [TestCase("What does Ada do now that she is retired?", false, false)]
    [TestCase("What genre is Ada's first novel?", false, false)]
    [TestCase("What did Ada do last week?", false, false)]
    [TestCase("What did Ada paint recently?", false, false)]
    public void First_and_latest_are_asked_for_by_adverbs_not_by_what_a_thing_is_called(string question, bool first, bool latest)
    {
        var read = OrderQuestion.Read(question, Asked);
        Assert.That((read.WantsFirst, read.WantsLatest), Is.EqualTo((first, latest)));
    }

    [TestCase("What did Ada say first about the boat?", "say first")]
    [TestCase("When was the last time the dog was mentioned?", "last time mentioned")]
    [TestCase("When did we last talk about the boat?", "last talk")]
    [TestCase("Where does Ada live right now?", "right now")]
    [TestCase("What is the most recent plan?", "most recent")]
    [TestCase("When was the first time Ada swam?", "first time")]
    [TestCase("What did Ada say about the first boat?", "")]
    [TestCase("Who sold the boat?", "")]
    public void Words_that_ask_for_an_order_are_not_looked_for(string question, string cues)
    {
        var read = OrderQuestion.Read(question, Asked);
        var words = question.TrimEnd('?').ToLowerInvariant().Split(' ');
        Assert.That(string.Join(' ', words.Where((word, at) => read.IsCue(at, word))), Is.EqualTo(cues));
    }

    [TestCase("What did Ada say first about the boat?", true)]
    [TestCase("When did we last mention the boat?", true)]
    [TestCase("When was the last time Ada swam?", false)]
    [TestCase("Where does Ada say she lives now?", false)]
    [TestCase("What did Ada first say after the race?", false)]
    [TestCase("What did Ada say in the first session?", false)]
    public void What_was_said_first_is_another_question_than_what_was_first(string question, bool isOfSaying) =>
        Assert.That(OrderQuestion.Read(question, Asked).IsOfSaying, Is.EqualTo(isOfSaying));

    [Test]
    public void Without_the_day_of_the_question_only_days_named_outright_are_read()
    {
        Assert.That(OrderQuestion.Read("What did Ada do last week?", null).Days, Is.Null);
        Assert.That(OrderQuestion.Read("What did Ada do last week?", Asked).Days!.Days.From, Is.EqualTo(new DateOnly(2024, 6, 10)));
        Assert.That(OrderQuestion.Read("What did Ada do in May 2023?", null).Days!.Days.From, Is.EqualTo(new DateOnly(2023, 5, 1)));
    }

    [TestCase("How long was it between the trip to Oslo and the flood?", "Between", "the trip to Oslo|the flood")]
    [TestCase("How many days passed between Ada's birthday and the party?", "Between", "Ada's birthday|the party")]
    [TestCase("How many weeks after Ada moved did Bo visit her?", "Between", "Ada moved|Bo visit her")]
    [TestCase("How long before the flood did Ada move?", "Between", "Ada move|the flood")]
    [TestCase("Which happened first, the flood or the trip to Oslo?", "First", "the flood|the trip to Oslo")]
    [TestCase("What came first: the flood or the party", "First", "the flood|the party")]
    [TestCase("Did Ada move to Oslo before the flood?", "IsBefore", "Ada move to Oslo|the flood")]
    [TestCase("Was the party after the flood?", "IsBefore", "the flood|the party")]
    [TestCase("How many times has Ada gone to the beach in 2023?", "Times", "Ada gone to the beach")]
    [TestCase("How long ago did Ada move to Oslo?", "Ago", "Ada move to Oslo")]
    [TestCase("How many years has it been since the flood?", "Ago", "the flood")]
    [TestCase("When did Ada move to Oslo?", "When", "Ada move to Oslo")]
    [TestCase("In which year was the flood?", "When", "the flood")]
    public void Questions_about_days_of_events_are_read_with_the_events_in_order(string question, string ask, string events)
    {
        var read = EventQuestion.Read(question, Asked)!;
        Assert.That((read.Ask.ToString(), string.Join('|', read.Events)), Is.EqualTo((ask, events)));
    }

    [TestCase("Who won the cup?")]
    [TestCase("How long is the boat?")]
    [TestCase("How long has Ada played the violin?")]
    [TestCase("Which is better, tea or coffee?")]
    [TestCase("")]
    public void Other_questions_are_left_to_others(string question) => Assert.That(EventQuestion.Read(question, Asked), Is.Null);

    [Test]
    public void Any_text_is_read_without_a_failure([Range(0, 9)] int seed)
    {
        string[] parts = ["before", "after", "first", "last", "the", "session", "about", "say", "?", ",", "Ada", "how many", "times", "did", "and", "or", "between", "\n", "2023", "é"];
        var random = new Random(seed);
        for (var i = 0; i < 300; i++)
        {
            var text = string.Join(' ', Enumerable.Range(0, random.Next(12)).Select(_ => parts[random.Next(parts.Length)]));
            Assert.That(() => (OrderQuestion.Read(text, Asked), EventQuestion.Read(text, Asked)), Throws.Nothing, $"seed {seed}: '{text}'");
        }
    }
}
