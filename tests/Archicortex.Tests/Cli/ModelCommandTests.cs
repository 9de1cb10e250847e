using System.Text.Json;
using Archicortex.Testing;
using Archicortex.Testing.Models;
using NUnit.Framework;

namespace Archicortex.Tests.Cli;

/// <summary>Commands that ask a model, through the real command line and a server on this machine.</summary>
public sealed class ModelCommandTests
{
    const string Key = "sk-secret-of-the-test";
    const string Extracted = "Ada Lund sent a letter to Bo Berg.";

    TestTerminal _terminal = null!;

    [SetUp]
    public async Task MakeMemory()
    {
        _terminal = new TestTerminal
        {
            Input = string.Concat(Enumerable.Range(1, 6).Select(i => $"{{\"id\":\"d{i}\",\"title\":\"Letter {i}\",\"text\":\"{Extracted} It was the letter {i}.\"}}\n")),
            Clock = new FakeTime(TimeSpan.FromMinutes(1)),
        };
        _terminal.Variables["ARCHICORTEX_MEMORY"] = _terminal.Memory;
        _terminal.Variables["ARCHICORTEX_MODEL_KEY"] = Key;
        Assert.That((await _terminal.Run("remember", "-")).Code, Is.Zero);
    }

    [TearDown]
    public void RemoveMemory() => _terminal.Dispose();

    [Test]
    public async Task An_estimate_asks_nothing()
    {
        await using var server = Serve(ScriptedModelServer.Extract);
        var ran = await _terminal.Run("facts", "read", "--estimate", "--price-in", "1", "--price-out", "2");
        Assert.That((ran.Code, ran.Error), Is.EqualTo((0, "")));
        Assert.That(ran.Output, Does.StartWith("6 documents to read: 12 calls, about ").And.Contain("in money").And.Contain("Nothing was asked."));
        Assert.That(server.Requests, Is.Empty);
        using var json = JsonDocument.Parse((await _terminal.Run("facts", "read", "--estimate", "--json")).Output);
        Assert.That(json.RootElement.GetProperty("isEstimate").GetBoolean(), Is.True);
        Assert.That(json.RootElement.GetProperty("estimate").GetProperty("calls").GetInt32(), Is.EqualTo(12));
    }

    [Test]
    public async Task The_same_question_is_not_paid_for_twice()
    {
        await using var server = Serve(_ => new ScriptedReply { Text = """{"thought":"","answer":"Bo Berg","citations":["1"],"answerable":true}""" });
        var first = await _terminal.Run("ask", "To whom did Ada Lund send a letter?");
        var second = await _terminal.Run("ask", "To whom did Ada Lund send a letter?");
        Assert.That((first.Code, second.Code), Is.EqualTo((0, 0)), first.Error + second.Error);
        Assert.That(second.Output, Does.Contain("Bo Berg"));
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_spent_budget_says_how_far_it_came_and_the_same_command_goes_on()
    {
        await using var server = Serve(ScriptedModelServer.Extract);
        var ran = await _terminal.Run("facts", "read", "--budget-calls", "5", "--concurrency", "1");
        Assert.That(ran.Code, Is.EqualTo(1));
        Assert.That(ran.Error, Does.StartWith("6 documents to read: 12 calls").And.Contain("error: The budget allows CallsMax 5"));
        Assert.That(ran.Error, Does.Contain("2 of 6 documents are read and stored. The same command goes on there").And.Contain("Spent: 5 calls"));
        Assert.That((await _terminal.Run("facts", "--json")).Output, Does.Contain("\"extractor\":\"model:scripted-1:names-1+triples-1\""));

        var again = await _terminal.Run("facts", "read", "--budget-calls", "7", "--concurrency", "1");
        Assert.That(again.Code, Is.Zero, again.Error);
        Assert.That(again.Error, Does.StartWith("4 documents to read: 7 calls (1 more are answered already)"));
        Assert.That(again.Output, Does.StartWith("model:scripted-1:names-1+triples-1 has read 4 documents").And.Contain("Spent: 7 calls (1 more from the cache)"));
        Assert.That(server.Requests, Has.Count.EqualTo(12), "nothing is asked twice");

        var third = await _terminal.Run("facts", "read", "--json");
        Assert.That(third.Output.TrimEnd(), Is.EqualTo(
            """{"schema":"archicortex.facts-read/1","memory":"{folder}/notes.archicortex","scope":"default","extractor":"model:scripted-1:names-1+triples-1","isEstimate":false,"estimate":{"documents":0,"calls":0,"cachedCalls":0,"inputTokens":0,"outputTokensMax":0},"documents":0,"facts":0,"unread":0,"failed":[],"dropped":{},"spending":{"calls":0,"cacheHits":0,"inputTokens":0,"outputTokens":0,"retries":0,"repairs":0}}"""));
    }

    [Test]
    public async Task A_document_that_cannot_be_read_stops_the_run_or_is_left_to_the_rules()
    {
        await using var server = Serve(request => request.Prompt.Contains("letter 3") ? new ScriptedReply { Text = "I would rather not." } : ScriptedModelServer.Extract(request));
        var ran = await _terminal.Run("facts", "read", "--concurrency", "1");
        Assert.That((ran.Code, ran.Error), Is.EqualTo((1, ran.Error)));
        Assert.That(ran.Error, Does.Contain("2 of 6 documents are read and stored."));

        var rules = await _terminal.Run("facts", "read", "--on-failure", "rules");
        Assert.That(rules.Code, Is.Zero, rules.Error);
        Assert.That(rules.Error, Does.Contain("not read: d3: "));
        Assert.That(rules.Output, Does.Contain("has read 3 documents").And.Contain("not read             1   (the rules stand in"));
    }

    [TestCase("facts read")]
    [TestCase("facts read --on-failure rules")]
    [TestCase("ask Letter?")]
    [TestCase("remember - --read-facts --replace")]
    public async Task A_wrong_key_is_said_plainly_and_never_shown(string command)
    {
        await using var server = Serve(_ => new ScriptedReply { Kind = ReplyKind.Refused, Status = 401, Text = $"Incorrect API key provided: {Key}" });
        _terminal.Input = """{"id":"new","text":"Ada Lund met Bo Berg."}""";
        var ran = await _terminal.Run([.. command.Split(' ')]);
        Assert.That(ran.Code, Is.EqualTo(1));
        Assert.That(ran.Error, Does.Contain("error: The model's server refuses the key: ").And.Contain("answered 401").And.Contain("Set the variable ARCHICORTEX_MODEL_KEY"));
        Assert.That(ran.Error + ran.Output, Does.Not.Contain(Key));
        Assert.That(server.Requests, Has.Count.LessThanOrEqualTo(8), "a refused key is not tried document after document");
    }

    [Test]
    public async Task A_server_that_is_not_there_is_named()
    {
        var server = Serve(ScriptedModelServer.Extract);
        await server.DisposeAsync();
        var ran = await _terminal.Run("ask", "Letter?", "--json");
        Assert.That(ran.Code, Is.EqualTo(1));
        Assert.That(ran.Error, Does.Contain("could not be reached").And.Contain("Check that the server runs, and --model-endpoint.").And.Not.Contain("   at "));
        Assert.That(ran.Output, Does.Contain("\"kind\":\"model\""));
    }

    [Test]
    public async Task A_bad_address_in_the_environment_is_named_by_its_variable_and_a_password_is_not_repeated()
    {
        _terminal.Variables["ARCHICORTEX_MODEL_ENDPOINT"] = "my server";
        Assert.That((await _terminal.Run("ask", "x", "--chat-model", "m")).Error, Does.Contain("ARCHICORTEX_MODEL_ENDPOINT is 'my server'"));
        var ran = await _terminal.Run("ask", "x", "--chat-model", "m", "--model-endpoint", "http://ada:hunter2@127.0.0.1/v1");
        Assert.That((ran.Code, ran.Error), Is.EqualTo((2, ran.Error)));
        Assert.That(ran.Error, Does.Contain("holds a user name or password").And.Not.Contain("hunter2"));
    }

    [Test]
    public async Task Another_server_gets_its_own_key_or_none_and_never_that_of_OpenAI()
    {
        await using var server = Serve(Answer);
        _terminal.Variables["OPENAI_API_KEY"] = "sk-other";
        await _terminal.Run("ask", "Letter?");
        _terminal.Variables.Remove("ARCHICORTEX_MODEL_KEY");
        await _terminal.Run("ask", "Which letter?");
        Assert.That(server.Requests.Select(request => request.Headers["Authorization"]), Is.EqualTo(new[] { $"Bearer {Key}", "Bearer none" }));
    }

    [Test]
    public async Task An_answer_cites_its_passages_and_says_what_it_cost()
    {
        await using var server = Serve(Answer);
        var ran = await _terminal.Run("ask", "Who got the letter 2?", "--explain", "--top", "2");
        Assert.That(ran.Code, Is.Zero, ran.Error);
        Assert.That(ran.Output, Does.StartWith("Bo Berg" + Environment.NewLine + "From a model: 'scripted-1' wrote it from 2 passages."));
        Assert.That(ran.Output, Does.Contain("[1] Letter ").And.Contain("    " + Extracted).And.Contain("thought: It says so.").And.Contain("Spent: 1 call, 100 tokens sent"));

        using var json = JsonDocument.Parse((await _terminal.Run("ask", "Who got the letter 2?", "--top", "1", "--json")).Output);
        Assert.That(string.Join(' ', json.RootElement.EnumerateObject().Select(field => field.Name)), Is.EqualTo(
            "schema question answer source reason isAnswerable citations facts strategy passages steps thought spending"));
        Assert.That(string.Join(' ', json.RootElement.GetProperty("citations")[0].EnumerateObject().Select(field => field.Name)), Is.EqualTo("number document passageId text start length"));
        Assert.That(json.RootElement.GetProperty("source").GetString(), Is.EqualTo("model"));

        var offline = await _terminal.Run("ask", "Who got the letter 2?", "--without-model");
        Assert.That(offline.Output, Does.Contain("From a sentence: ").And.Not.Contain("Spent"));
    }

    [Test]
    public async Task Following_a_question_shows_each_step_and_answers_from_all_of_them()
    {
        await using var server = Serve(request => request.Prompt.Contains("answerable") ? Answer(request)
            : new ScriptedReply { Text = request.Prompt.Contains("1. Ada Lund sent it.") ? "So the answer is: Bo Berg." : "Ada Lund sent it." });
        var ran = await _terminal.Run("ask", "Who got the letter 2?", "--follow", "--top", "2");
        Assert.That(ran.Code, Is.Zero, ran.Error);
        Assert.That(ran.Output, Does.StartWith("step 1: Who got the letter 2?").And.Contain("    Ada Lund sent it.").And.Contain("step 2: Ada Lund sent it."));
        Assert.That(ran.Output, Does.Contain("Bo Berg" + Environment.NewLine + "From a model: 'scripted-1' wrote it from 2 passages, found in 2 steps.").And.Contain("Spent: 3 calls"));
        using var json = JsonDocument.Parse((await _terminal.Run("ask", "Who got the letter 2?", "--follow", "--json", "--without-model")).Output);
        Assert.That(string.Join(' ', json.RootElement.GetProperty("steps")[0].EnumerateObject().Select(field => field.Name)), Is.EqualTo("number cue reason isLast passages"));
    }

    [Test]
    public async Task Remembering_reads_facts_only_if_asked_to()
    {
        await using var server = Serve(ScriptedModelServer.Extract);
        _terminal.Input = """{"id":"one","text":"Ada Lund met Bo Berg."}""";
        Assert.That((await _terminal.Run("remember", "-")).Code, Is.Zero);
        Assert.That(server.Requests, Is.Empty);
        _terminal.Input = """{"id":"two","text":"Bo Berg met Cy Dahl."}""";
        var ran = await _terminal.Run("remember", "-", "--read-facts", "--json");
        Assert.That(ran.Code, Is.Zero, ran.Error);
        Assert.That(ran.Output, Does.Contain("\"spending\":{\"calls\":2,"));
        var read = (await _terminal.Run("facts", "--extractor", "model:scripted-1:names-1+triples-1")).Output;
        Assert.That(read, Does.Contain("Bo Berg").And.Contain("met").And.Contain("Cy Dahl").And.Not.Contain("Ada Lund"));
        Assert.That((await _terminal.Run("facts", "--extractor", "rules", "--subject", "Ada Lund")).Output, Does.Contain("met"), "the rules read all of them");
    }

    [Test]
    public async Task Remembering_stops_at_the_budget_and_goes_on_with_the_same_command()
    {
        await using var server = Serve(ScriptedModelServer.Extract);
        _terminal.Input = string.Concat(Enumerable.Range(1, 20).Select(i => $"{{\"id\":\"n{i}\",\"text\":\"Ada Lund met Bo Berg on day {i}.\"}}\n"));
        var ran = await _terminal.Run("remember", "-", "--read-facts", "--budget-calls", "20");
        Assert.That(ran.Code, Is.EqualTo(1));
        Assert.That(ran.Error, Does.Contain("error: The budget allows CallsMax 20").And.Contain("8 documents are stored and read; a few more may be stored and wait to be read."));
        Assert.That(ran.Error, Does.Contain("Run the same command again to go on.").And.Contain("Spent: 20 calls"));
        var again = await _terminal.Run("remember", "-", "--read-facts");
        Assert.That(again.Code, Is.Zero, again.Error);
        Assert.That(again.Output, Does.Contain("Remembered 20 documents"));
        Assert.That(server.Requests, Has.Count.EqualTo(40), "nothing is asked twice");
    }

    [Test]
    public async Task A_key_that_would_travel_in_the_clear_is_warned_of()
    {
        var ran = await _terminal.Run("facts", "read", "--estimate", "--chat-model", "m", "--model-endpoint", "http://models.example/v1");
        Assert.That((ran.Code, ran.Error), Is.EqualTo((0, "warning: the key goes to models.example unencrypted. Use https if the server can." + Environment.NewLine)));
    }

    [Test]
    public async Task A_cancelled_reading_ends_with_130()
    {
        using var source = new CancellationTokenSource();
        var asked = 0;
        await using var server = Serve(request =>
        {
            if (Interlocked.Increment(ref asked) == 4)
            {
                source.Cancel();
            }

            return ScriptedModelServer.Extract(request);
        });
        _terminal.Token = source.Token;
        var ran = await _terminal.Run("facts", "read", "--concurrency", "1");
        Assert.That(ran.Code, Is.EqualTo(130));
        Assert.That(ran.Error, Does.Contain("error: Cancelled.").And.Match(@"[12] of 6 documents are read and stored\."));
    }

    [Test]
    public async Task An_embedding_model_ranks_densely()
    {
        await using var server = Serve(_ => new ScriptedReply());
        var ran = await _terminal.Run("recall", "letter 4", "--strategy", "dense", "--embedding-model", "scripted-e", "--top", "1");
        Assert.That(ran.Code, Is.Zero, ran.Error);
        Assert.That(server.Requests.Select(request => request.Path), Is.Not.Empty.And.All.EqualTo("/v1/embeddings"));
    }

    static ScriptedReply Answer(ServedRequest request) => new()
    {
        Text = """{"thought":"It says so.","answer":"Bo Berg","citations":["1"],"answerable":true}""",
    };

    ScriptedModelServer Serve(Func<ServedRequest, ScriptedReply> script)
    {
        var server = new ScriptedModelServer(script);
        _terminal.Variables["ARCHICORTEX_MODEL_ENDPOINT"] = server.Endpoint.ToString();
        _terminal.Variables["ARCHICORTEX_CHAT_MODEL"] = "scripted-1";
        return server;
    }
}
