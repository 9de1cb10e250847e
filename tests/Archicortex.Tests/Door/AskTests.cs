using Archicortex.Documents;
using Archicortex.Models;
using Archicortex.Recall;
using Archicortex.Testing.Models;
using NUnit.Framework;

namespace Archicortex.Tests.Door;

[TestFixture]
public sealed class AskTests
{
    static readonly Document[] Town =
    [
        Said("n1", "2022-03-01", "Ada Brightwater lives in Lisbon."),
        Said("n2", "2024-05-10", "Ada Brightwater moved to Oslo in May 2024."),
        Said("n3", "2021-01-05", "The Kittiwake Brewery was founded by Ines Marlow in 1911."),
        Said("n4", "2021-01-05", "Ines Marlow was born in Corrahaven."),
        Said("n5", "2021-01-05", "At dawn, fog permitting, and never from the west pier: the ferry."),
    ];

    [Test]
    public async Task A_fact_answers_where_one_says_all_that_is_asked()
    {
        await using var memory = await OpenAsync();
        var answer = await memory.AskAsync("Who founded the Kittiwake Brewery?");
        Assert.Multiple(() =>
        {
            Assert.That(answer.Source, Is.EqualTo(AnswerSource.Fact));
            Assert.That(answer.Text, Is.EqualTo("Ines Marlow"));
            Assert.That(answer.IsAnswerable, Is.True);
            Assert.That(answer.Citations.Single().Text, Does.Contain("Ines Marlow"));
            Assert.That(answer.Reason, Does.Contain("without a model"));
        });
    }

    [TestCase("Where does Ada Brightwater live?", "2026-01-01", "Oslo")]
    [TestCase("Where did Ada Brightwater live?", "2023-01-01", "Lisbon")]
    public async Task The_value_that_held_on_the_day_answers(string question, string day, string expected)
    {
        await using var memory = await OpenAsync();
        var answer = await memory.AskAsync(question, new() { AskedOn = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture) });
        Assert.That((answer.Source, answer.Text), Is.EqualTo((AnswerSource.Fact, expected)), answer.Reason);
    }

    [Test]
    public async Task A_chain_of_facts_answers()
    {
        await using var memory = await OpenAsync();
        var answer = await memory.AskAsync("Where was the founder of the Kittiwake Brewery born?");
        Assert.That(answer.Text, Is.EqualTo("Corrahaven"), $"{answer.Source}: {answer.Reason}");
        Assert.That(answer.Facts, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Without_a_fact_the_best_sentence_stands_in_and_says_so()
    {
        await using var memory = await OpenAsync();
        var answer = await memory.AskAsync("When does the fog let the ferry go?");
        Assert.That(answer.Source, Is.EqualTo(AnswerSource.Sentence));
        Assert.That(answer.Text, Does.Contain("fog permitting"));
        Assert.That(answer.Citations.Single().DocumentName, Is.EqualTo("n5"));
        var none = await memory.AskAsync("Zzyzx?");
        Assert.That((none.Source, none.Text, none.IsAnswerable), Is.EqualTo((AnswerSource.None, "", false)));
    }

    [Test]
    public async Task A_model_answers_with_citations_and_is_not_asked_twice()
    {
        var client = ScriptedChatClient.Saying("""{"thought":"Passage 1 says it.","answer":"In Oslo.","citations":["1"],"answerable":true}""");
        await using var memory = await OpenAsync(new GraphMemoryOptions { ChatClient = client });
        var answer = await memory.AskAsync("Where is Ada Brightwater?");
        var again = await memory.AskAsync("Where is Ada Brightwater?");
        Assert.Multiple(() =>
        {
            Assert.That((answer.Source, answer.Text, answer.Thought), Is.EqualTo((AnswerSource.Model, "In Oslo.", "Passage 1 says it.")));
            Assert.That(answer.Citations.Single().PassageId, Is.EqualTo(answer.Recollection.Passages[0].PassageId));
            Assert.That(answer.Spending!.Calls, Is.EqualTo(1));
            Assert.That(again.Spending!.CacheHits, Is.EqualTo(1));
            Assert.That(client.Requests, Has.Count.EqualTo(1));
        });
        Assert.That(
            async () => await memory.AskAsync("And where is Ines Marlow?", new() { Budget = new ModelBudget { CallsMax = 0 } }),
            Throws.TypeOf<BudgetExceededException>());
        var offline = await memory.AskAsync("Who founded the Kittiwake Brewery?", new() { WithoutModel = true });
        Assert.That(offline.Source, Is.EqualTo(AnswerSource.Fact));
    }

    [Test]
    public async Task With_a_budget_a_model_gets_the_parts_of_a_packed_context_and_cites_their_numbers()
    {
        var client = ScriptedChatClient.Saying("""{"thought":"1 says it.","answer":"In Oslo.","citations":["1"],"answerable":true}""");
        await using var memory = await OpenAsync(new GraphMemoryOptions { ChatClient = client, Clock = new FakeTime() });
        var answer = await memory.AskAsync("Where does Ada Brightwater live?", new() { TokenBudget = 120 });
        var context = answer.Recollection.Context!;
        Assert.That(context.Tokens, Is.LessThanOrEqualTo(120));
        Assert.That(answer.Citations.Single().Text, Is.EqualTo(context.Citations[0].Text));
        var sent = string.Join('\n', client.Requests.Single().Messages.Select(message => message.Text));
        Assert.That(context.Parts.Select(part => sent.Contains(part.Text, StringComparison.Ordinal)), Is.All.True, sent);
        Assert.That(answer.Reason, Does.Contain("parts of the context"));
        Assert.That(
            async () => await memory.AskAsync("Where?", new() { TokenBudget = 0 }),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("TokenBudget must be between 1 and 1,000,000"));
    }

    [Test]
    public async Task What_a_model_reads_while_remembering_is_kept_and_a_failure_leaves_the_document_safe()
    {
        var broken = new ScriptedChatClient(_ => "no json at all");
        var options = new GraphMemoryOptions { ChatClient = broken, ModelFacts = new() };
        await using var memory = await GraphMemory.OpenInMemoryAsync(options);
        Assert.That(async () => await memory.RememberAsync(Town[2]), Throws.TypeOf<ModelReplyException>());
        Assert.That((await memory.GetStatusAsync()).Documents, Is.EqualTo(1));
        var stood = await memory.RememberAsync(Town[3], new() { OnModelFailure = ExtractionFailure.UseRules });
        Assert.That(stood.ModelFailure, Is.TypeOf<ModelReplyException>());

        await using var reading = await GraphMemory.OpenInMemoryAsync(options with { ChatClient = ScriptedChatClient.Extracting() });
        await reading.RememberAsync(Town);
        Assert.That((await reading.FindFactsAsync(new())).Select(fact => fact.Extractor), Has.Some.StartsWith("model:scripted-1"));
    }

    [TestCase("Ada Brightwater lives in Oslo.", ClaimVerdict.Supported)]
    [TestCase("Ada Brightwater lives in Lisbon.", ClaimVerdict.Contradicted)]
    [TestCase("Ada Brightwater lives in Rome.", ClaimVerdict.Contradicted)]
    [TestCase("Ines Marlow founded the Kittiwake Brewery.", ClaimVerdict.Supported)]
    [TestCase("Una Frost lives in Oslo.", ClaimVerdict.NotFound)]
    [TestCase("Blue is nice", ClaimVerdict.NotFound)]
    public async Task A_claim_is_supported_contradicted_or_not_found(string claim, ClaimVerdict verdict)
    {
        await using var memory = await OpenAsync();
        var report = await memory.VerifyAsync(claim, new DateOnly(2026, 1, 1));
        Assert.That(report.Verdict, Is.EqualTo(verdict), string.Join('\n', report.Facts));
        if (verdict != ClaimVerdict.NotFound)
        {
            Assert.That(report.Facts[0].Evidence, Is.Not.Empty);
        }
    }

    [Test]
    public async Task A_claim_that_was_true_once_says_when()
    {
        await using var memory = await OpenAsync();
        var report = await memory.VerifyAsync("Ada Brightwater lives in Lisbon.", new DateOnly(2026, 1, 1));
        Assert.That(report.Facts[0].HeldDuring!.Value.To, Is.EqualTo(new DateOnly(2024, 5, 1)));
        var then = await memory.VerifyAsync("Ada Brightwater lives in Lisbon.", new DateOnly(2023, 1, 1));
        Assert.That(then.Verdict, Is.EqualTo(ClaimVerdict.Supported));
    }

    [TestCase("It is not true that Ines Marlow founded the Kittiwake Brewery.")]
    [TestCase("It is false that Ada Brightwater lives in Oslo.")]
    [TestCase("Nobody believes that Ada Brightwater lives in Oslo.")]
    [TestCase("Neither Ines Marlow nor Ada Brightwater lives in Oslo.")]
    [TestCase("Ada Brightwater lives in Oslo and in Atlantis Deep.")]
    public async Task A_claim_that_denies_or_is_read_in_part_is_not_called_supported(string claim)
    {
        await using var memory = await OpenAsync();
        var report = await memory.VerifyAsync(claim, new DateOnly(2026, 1, 1));
        Assert.That(report.Verdict, Is.Not.EqualTo(ClaimVerdict.Supported), string.Join('\n', report.Facts));
    }

    [TestCase("Ada Brightwater lived in Lisbon.", ClaimVerdict.Supported)]
    [TestCase("Ada Brightwater lived in Berlin.", ClaimVerdict.NotFound)]
    [TestCase("Ada Brightwater does not live in Lisbon.", ClaimVerdict.Supported)]
    [TestCase("The Kittiwake Brewery was founded by Ines Marlow in 1911.", ClaimVerdict.Supported)]
    [TestCase("The Kittiwake Brewery was founded by Ines Marlow in 1990.", ClaimVerdict.Contradicted)]
    public async Task A_claim_is_judged_for_the_time_it_speaks_of(string claim, ClaimVerdict verdict)
    {
        await using var memory = await OpenAsync();
        var report = await memory.VerifyAsync(claim, new DateOnly(2026, 1, 1));
        Assert.That(report.Verdict, Is.EqualTo(verdict), string.Join('\n', report.Facts));
    }

    [TestCase("Ian Cole was the captain of the Heron until 2012.", "Who is the captain of the Heron?", "Ian Cole")]
    [TestCase("Elsa Thorn lived in Arlen from 2001 to 2009.", "Where does Elsa Thorn live?", "Arlen")]
    [TestCase("Nina Frost, whose father Emil Frost founded the Frost Bank, lives in Arlen.", "Who founded the Frost Bank?", "Nina Frost")]
    [TestCase("Corvin Group's chief executive is Pia Osterhaus.", "Who is the chief executive of Corvin Group?", "Corvin Group")]
    public async Task What_ended_what_went_back_and_what_another_did_is_no_answer(string text, string question, string wrong)
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync();
        await memory.RememberAsync(text);
        var answer = await memory.AskAsync(question, new() { AskedOn = new(2026, 1, 1) });
        Assert.That(answer.Source == AnswerSource.Fact && answer.Text == wrong, Is.False, answer.Text);
    }

    [Test]
    public async Task What_began_later_or_is_doubted_neither_answers_nor_supports()
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync();
        await memory.RememberAsync(Said("a", "2024-05-01", "Jonas Berg works for Corvid Media. Ada Stone might live in Rome."));
        var early = await memory.AskAsync("Where does Jonas Berg work?", new() { AskedOn = new(2024, 4, 1) });
        Assert.That(early.Source, Is.Not.EqualTo(AnswerSource.Fact));
        Assert.That((await memory.VerifyAsync("Jonas Berg works at Corvid Media.", new DateOnly(2024, 3, 1))).Verdict, Is.EqualTo(ClaimVerdict.NotFound));
        Assert.That((await memory.AskAsync("Where does Ada Stone live?")).Source, Is.Not.EqualTo(AnswerSource.Fact));
    }

    [Test]
    public async Task Answers_do_not_depend_on_the_order_of_arrival()
    {
        var texts = new[] { "Ada Stone lives in Oslo. Ada Stone lives in Rome.", "Ada Stone might live in Rome.", "Ada Stone lives in Bergen." };
        string? first = null;
        foreach (var order in (int[][])[[0, 1, 2], [2, 1, 0], [1, 0, 2], [1, 2, 0]])
        {
            await using var memory = await GraphMemory.OpenInMemoryAsync();
            foreach (var i in order)
            {
                await memory.RememberAsync(Said("d" + i, "2024-05-01", texts[i]));
            }

            var answer = (await memory.AskAsync("Where does Ada Stone live?")).Text;
            var verdict = (await memory.VerifyAsync("Ada Stone lives in Oslo.", new DateOnly(2026, 1, 1))).Verdict;
            Assert.That($"{answer} {verdict}", Is.EqualTo(first ??= $"{answer} {verdict}"));
        }
    }

    [Test]
    public async Task A_model_is_told_who_said_what_and_when()
    {
        var client = ScriptedChatClient.Saying("""{"thought":"","answer":"2 March 2024","citations":["1"],"answerable":true}""");
        await using var memory = await GraphMemory.OpenInMemoryAsync(new() { ChatClient = client });
        await memory.RememberAsync(Said("c", "2024-03-03", "I adopted a dog yesterday.") with { Speaker = "Mira" });
        await memory.AskAsync("When did Mira adopt a dog?", new() { AskedOn = new(2024, 6, 1) });
        var prompt = string.Join('\n', client.Requests[0].Messages.Select(message => message.Text));
        Assert.That(prompt, Does.Contain("Mira says").And.Contain("2024-03-03").And.Contain("asked on 2024-06-01"));
    }

    [Test]
    public async Task A_session_without_a_model_returns_nothing_twice_and_ends()
    {
        await using var memory = await OpenAsync();
        var session = memory.StartSession("Where was the founder of the Kittiwake Brewery born?", new() { Top = 2, StepsMax = 4 });
        var seen = new HashSet<PassageId>();
        var steps = 0;
        while (!session.IsDone)
        {
            var step = await session.NextAsync();
            Assert.That(step.Passages.All(passage => seen.Add(passage.PassageId)), Is.True, "nothing comes twice");
            steps++;
        }

        Assert.That(steps, Is.InRange(1, 4));
        Assert.That(session.Passages.Select(passage => passage.PassageId), Is.EquivalentTo(seen));
        Assert.That(async () => await session.NextAsync(), Throws.InvalidOperationException);
    }

    [Test]
    public async Task A_session_with_a_model_recalls_with_its_thoughts_until_it_answers()
    {
        var client = ScriptedChatClient.Saying("The founder is Ines Marlow; where was Ines Marlow born?", "So the answer is: Corrahaven.");
        await using var memory = await OpenAsync(new GraphMemoryOptions { ChatClient = client });
        var session = memory.StartSession("Where was the founder of the Kittiwake Brewery born?", new() { Top = 1 });
        var first = await session.NextAsync();
        var second = await session.NextAsync();
        Assert.Multiple(() =>
        {
            Assert.That(first.IsLast, Is.False);
            Assert.That(second.Cue, Is.EqualTo(first.Thought));
            Assert.That(second.Answer, Does.Contain("Corrahaven"));
            Assert.That(session.IsDone, Is.True);
            Assert.That(session.Spending!.Calls, Is.EqualTo(2));
        });
    }

    [Test]
    public async Task HippoRAG_2_asks_the_model_which_facts_bear_on_the_question()
    {
        var client = ScriptedChatClient.Saying("""{"keep":[1]}""", """{"keep":[]}""");
        await using var memory = await OpenAsync(new GraphMemoryOptions { ChatClient = client });
        var kept = await memory.RecallAsync("Who founded the Kittiwake Brewery?", new() { Strategy = RecallStrategy.Hippo2 });
        Assert.That(kept.Strategy, Is.EqualTo(RecallStrategy.Hippo2));
        var none = await memory.RecallAsync("Who founded the brewery of Kittiwake?", new() { Strategy = RecallStrategy.Hippo2 });
        Assert.That((none.Strategy, none.Fallback is null), Is.EqualTo((RecallStrategy.Flat, false)));
    }

    static async Task<GraphMemory> OpenAsync(GraphMemoryOptions? options = null)
    {
        var memory = await GraphMemory.OpenInMemoryAsync(options);
        await memory.RememberAsync(Town);
        return memory;
    }

    static Document Said(string id, string day, string text) =>
        new(text) { Id = id, Time = DateTimeOffset.Parse(day + "T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture) };

    [TestCase("Where was Noor Rahimzadeh born?", "Iran")]
    [TestCase("When was Noor Rahimzadeh born?", "1980")]
    public async Task A_year_is_no_answer_to_where(string question, string answer)
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync();
        await memory.RememberAsync("Noor Rahimzadeh, born in Iran in 1980, is a historian of navigation.");
        var given = await memory.AskAsync(question);
        Assert.That((given.Source, given.Text), Is.EqualTo((AnswerSource.Fact, answer)));
    }
}
