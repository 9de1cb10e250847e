using Archicortex.Documents;
using Archicortex.Language;
using Archicortex.Recall;
using Archicortex.Testing.Corpora;
using NUnit.Framework;

namespace Archicortex.Tests.Recall;

/// <summary>Invented conversations of many kinds, and what is asked about them.</summary>
[TestFixture]
sealed class DialogueRecallTests
{
    static readonly DateTimeOffset Monday = new(2024, 3, 11, 19, 0, 0, TimeSpan.Zero);

    static readonly string[] Chatter =
    [
        "Morning all, anyone got coffee?", "The train was late again.", "Same here, rain all day.", "I am so tired of this weather.", "Let me know when you are free.",
        "That sounds nice.", "No idea, ask the landlord.", "We should talk about the budget soon.", "Ha, good one.", "See you at six.", "Did you see the match?",
        "My back hurts from the chair.", "Can somebody water the plants?", "The printer is broken.", "Lunch was great.", "Who took my umbrella?",
    ];

    [Test]
    public async Task The_answer_to_a_question_is_found_though_it_repeats_none_of_its_words()
    {
        await using var memory = await Remember(Talk("Orla", "Bram", "Which colour did you paint the old boat in the end?", "Green, with a white stripe."));
        var answer = await memory.RecallAsync("What colour was the boat painted?", new() { Explain = true, Top = 3 });
        var found = answer.Passages.Single(passage => passage.Text.StartsWith("Green", StringComparison.Ordinal));
        Assert.That(found.Explanation!.Parts.Select(part => part.Name), Does.Contain("answers a question like it"));
        Assert.That(found.Explanation.Path.Select(step => step.Text).ElementAt(1), Does.StartWith("Orla: Which colour"));
        Assert.That(found.Explanation.Parts.Sum(part => part.Value), Is.EqualTo(found.Score).Within(1e-9));
    }

    [Test]
    public async Task Who_is_named_tells_which_of_two_alike_turns_is_meant()
    {
        await using var memory = await Remember(
            Talk("Orla", "Bram", "I started to learn the cello this spring.", "Nice!").Concat(Talk("Bram", "Orla", "I started to learn the harp this spring.", "Oh!", session: 2)));
        Assert.That(await FirstAsync(memory, "What did Bram start to learn?"), Does.Contain("harp"));
        Assert.That(await FirstAsync(memory, "what did orla start to learn"), Does.Contain("cello"), "lower case");
        Assert.That(await FirstAsync(memory, "What did Bramm start to learn?"), Does.Contain("harp"), "misspelt");
    }

    [Test]
    public async Task A_nickname_means_whom_it_addresses()
    {
        var turns = Enumerable.Range(0, 4).SelectMany(i => Talk("Wilhelmina Stark", "Bram", $"Here is photo {i} of the garden.", "Thanks, Skip! Lovely.", session: i))
            .Concat(Talk("Wilhelmina Stark", "Bram", "I keep bees on the roof.", "Wow.", session: 8))
            .Concat(Talk("Bram", "Wilhelmina Stark", "I keep bees in the yard.", "Great.", session: 9));
        await using var memory = await Remember(turns);
        Assert.That(await FirstAsync(memory, "Where does Skip keep bees?"), Does.Contain("roof"));
    }

    [Test]
    public async Task A_day_that_is_named_leads_to_what_was_said_of_it()
    {
        var turns = Enumerable.Range(0, 6).SelectMany(i => Talk("Orla", "Bram", $"I visited another workshop yesterday, number {i}.", "Fine.", session: i, day: i * 20));
        await using var memory = await Remember(turns);
        Assert.That(await FirstAsync(memory, "Which workshop did Orla visit on 19 April 2024?"), Does.Contain("number 2"));
        Assert.That(await FirstAsync(memory, "Which workshop did Orla visit on 8 May?"), Does.Contain("number 3"), "without a year");
    }

    [Test]
    public async Task Members_of_a_class_are_found_where_the_class_is_asked_for()
    {
        await using var memory = await Remember(
            Talk("Orla", "Bram", "I spent a week in Lisbon.", "Nice!").Concat(Talk("Orla", "Bram", "I spent a week in bed.", "Poor you.", session: 2)));
        Assert.That(await FirstAsync(memory, "Which cities did Orla visit?"), Does.Contain("Lisbon"));
    }

    [Test]
    public void Kinds_of_a_thing_are_words_that_mostly_mean_it()
    {
        List<string> KindsOf(string word) => WordKinds.Of(Lexicon.Find(word)).ConvertAll(Lexicon.Word);
        Assert.Multiple(() =>
        {
            Assert.That(KindsOf("city"), Does.Contain("lisbon").And.Not.Contain("violin"));
            Assert.That(KindsOf("dog"), Does.Contain("poodle").And.Not.Contain("lisbon"));
            Assert.That(KindsOf("entity"), Is.Empty, "too many to mean much");
        });
    }

    [TestCase(true, TestName = "Many_speakers_in_one_channel_are_told_apart")]
    [TestCase(false, TestName = "Many_speakers_in_one_channel_are_told_apart_without_times")]
    public async Task Many_speakers(bool hasTimes)
    {
        string[] people = ["ana", "Bo Li", "chris", "Dana", "eve"];
        var turns = Channel(people, hasTimes, "general", 120);
        turns.Insert(60, new Document("i'm moving to Porto in june btw") { Speaker = "chris", Session = "general", Time = hasTimes ? turns[60].Time : null });
        turns.Insert(61, new Document("wow really? which part") { Speaker = "Dana", Session = "general", Time = hasTimes ? turns[60].Time : null });
        turns.Insert(62, new Document("near the river, found a flat last week") { Speaker = "chris", Session = "general", Time = hasTimes ? turns[60].Time : null });
        await using var memory = await Remember(turns);
        var found = await memory.RecallAsync("where is chris moving to", new() { Top = 3 });
        Assert.That(found.Strategy, Is.EqualTo(RecallStrategy.Dialogue));
        Assert.That(found.Passages.Select(passage => passage.Text), Has.Some.Contains("Porto"));
        found = await memory.RecallAsync("which part of Porto will Chris live in?", new() { Top = 3 });
        Assert.That(found.Passages.Select(passage => passage.Text), Has.Some.Contains("near the river"));
    }

    [Test]
    public async Task One_long_session_without_names_of_speakers_is_searched_by_what_stands_around()
    {
        var turns = Channel([null], hasTimes: false, "minutes", 400);
        turns[200] = turns[200] with { Text = "Next point is the leaking greenhouse." };
        turns[201] = turns[201] with { Text = "It costs four hundred to repair." };
        await using var memory = await Remember(turns);
        var found = await memory.RecallAsync("How much does the greenhouse cost?", new() { Top = 3 });
        Assert.That(found.Passages.Select(passage => passage.Text), Has.Some.Contains("four hundred"));
    }

    [Test]
    public async Task Among_documents_and_chats_each_question_goes_where_its_words_are_and_finds_the_other_too()
    {
        var notes = new List<Document>
        {
            new("The Gull Brewery in Farrow Mill was founded by Ines Marlow in 1911. It supplies the inns of the coast with stout.") { Title = "Gull Brewery", Id = "brewery" },
            new("Ines Marlow was born in Dunwick and trained as a chemist before she turned to brewing.") { Title = "Ines Marlow", Id = "marlow" },
            new("The tide table of Dunwick lists the hours of high and low water.") { Title = "Tide table", Id = "tide" },
        };
        var chat = Channel(["Orla", "Bram"], hasTimes: true, "chat", 60);
        chat.AddRange(Talk("Orla", "Bram", "My sister gave me a copper kettle for my birthday.", "Where did she find it?", session: 7));
        await using var memory = await Remember(notes.Concat(chat));
        var (ofNotes, ofChat) = (await memory.RecallAsync("Where was the founder of the Gull Brewery born?"), await memory.RecallAsync("What did Orla get for her birthday?"));
        Assert.Multiple(() =>
        {
            Assert.That(ofNotes.Strategy, Is.Not.EqualTo(RecallStrategy.Dialogue), ofNotes.Reason);
            Assert.That(ofNotes.Passages.Take(2).Select(passage => passage.Document.Id), Does.Contain("marlow"));
            Assert.That(ofChat.Strategy, Is.EqualTo(RecallStrategy.Dialogue), ofChat.Reason);
            Assert.That(ofChat.Reason, Does.Contain("turns of conversations"));
            Assert.That(ofChat.Passages[0].Text, Does.Contain("copper kettle"));
        });
        var dialogue = await memory.RecallAsync("Who founded the Gull Brewery in Farrow Mill?", new() { Strategy = RecallStrategy.Dialogue, Explain = true });
        Assert.That(dialogue.Passages[0].Document.Id, Is.EqualTo("brewery"), "a document is found beside turns");
        Assert.That(dialogue.Passages[0].Explanation!.Parts.Sum(part => part.Value), Is.EqualTo(dialogue.Passages[0].Score).Within(1e-9));
        var graph = await memory.RecallAsync("What did Orla get for her birthday?", new() { Strategy = RecallStrategy.Graph });
        Assert.That(graph.Passages.Select(passage => passage.Text), Has.Some.Contains("copper kettle"), "a turn is found beside documents");
    }

    [Test]
    public async Task A_memory_of_three_turns_answers_and_one_without_turns_says_why_words_rank()
    {
        await using var memory = await Remember(Talk("Orla", "Bram", "Shall we meet at noon?", "Better at two."));
        Assert.That((await memory.RecallAsync("When do they meet?")).Passages, Is.Not.Empty);
        Assert.That((await memory.RecallAsync("zzz qqq")).Reason, Does.StartWith("Nothing was found"));
        await using var notes = await Remember([new Document("The kettle is blue.")]);
        var answer = await notes.RecallAsync("Which kettle?", new() { Strategy = RecallStrategy.Dialogue });
        Assert.That((answer.Strategy, answer.Fallback), Is.EqualTo((RecallStrategy.Flat, answer.Reason)));
        Assert.That(answer.Reason, Does.Contain("no passage is a turn").IgnoreCase);
    }

    [Test]
    public async Task A_question_without_known_words_about_somebody_named_shows_what_they_told()
    {
        await using var memory = await Remember(Talk("Orla", "Bram", "I breed rabbits and build kites.", "Ok."));
        var answer = await memory.RecallAsync("What are the eccentricities of Orla?", new() { Top = 2 });
        Assert.That(answer.Passages.Select(passage => passage.Document.Speaker), Is.All.EqualTo("Orla"));
        Assert.That(answer.Passages.Select(passage => passage.Text), Has.Some.Contains("rabbits"));
    }

    [Test]
    public void Hostile_questions_never_throw([Range(1, 8)] int seed)
    {
        var chat = new RandomChat(seed);
        var view = TestMemory.Of(chat.Turns(30), 400).View;
        var random = new Random(seed);
        string[] parts = ["Orla", "orla's", "kelmo", "?", "31 February 2023", "0000", "May", "\uD83D", "\0", "北京", "'", "s", "when", " ", "which", "instruments", "10 May 2023", new('x', 300)];
        for (var i = 0; i < 100; i++)
        {
            var text = string.Join(random.Next(2) == 0 ? " " : "", Enumerable.Range(0, random.Next(1, 12)).Select(_ => parts[random.Next(parts.Length)]));
            var request = new DialogueRequest(1 + random.Next(40), IsTraced: true);
            Assert.That(
                () => DialogueRecall.Rank(view, DialogueQuestion.Read(view, ChainRecallTests.Read(view, text)), request, new RecallScratch()),
                Throws.Nothing, $"seed {seed}: {text}");
        }
    }

    static async Task<GraphMemory> Remember(IEnumerable<Document> documents)
    {
        var memory = await GraphMemory.OpenInMemoryAsync();
        await memory.RememberAsync(documents);
        return memory;
    }

    static async Task<string> FirstAsync(GraphMemory memory, string question) => (await memory.RecallAsync(question)).Passages[0].Text;

    /// <summary>Two turns amid others of the same two people.</summary>
    static IEnumerable<Document> Talk(string one, string other, string first, string second, int session = 0, int day = 0)
    {
        string[] texts = [Chatter[session], Chatter[session + 1], Chatter[session + 2], Chatter[session + 3], first, second, Chatter[session + 4], Chatter[session + 5]];
        return texts.Select((text, i) => new Document(text)
        {
            Id = $"{one}-{session}-{i}",
            Speaker = i % 2 == 0 ? one : other,
            Session = $"session {one} {session}",
            Time = Monday.AddDays(day + session).AddMinutes(i),
        });
    }

    static List<Document> Channel(string?[] people, bool hasTimes, string session, int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => new Document(Chatter[i * 7 % Chatter.Length])
        {
            Id = $"{session}-{i}",
            Speaker = people[i * 3 % people.Length],
            Session = session,
            Time = hasTimes ? Monday.AddMinutes(i / 10) : null,
        }),
    ];
}
