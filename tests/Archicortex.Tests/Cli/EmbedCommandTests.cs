using System.Text.Json;
using Archicortex.Testing;
using Archicortex.Testing.Models;
using NUnit.Framework;

namespace Archicortex.Tests.Cli;

/// <summary>Taking an embedder into use on the command line: hashed words, and a model on a server on this machine.</summary>
public sealed class EmbedCommandTests
{
    const string Model = "scripted-e";

    TestTerminal _terminal = null!;

    [SetUp]
    public async Task MakeMemory()
    {
        _terminal = new TestTerminal
        {
            Input = string.Concat(Enumerable.Range(1, 6).Select(i => $"{{\"id\":\"d{i}\",\"text\":\"Ada Lund met Bo Berg at the harbour on day {i}.\"}}\n")),
            Clock = new FakeTime(TimeSpan.FromMinutes(1)),
        };
        _terminal.Variables["ARCHICORTEX_MEMORY"] = _terminal.Memory;
        Assert.That((await _terminal.Run("remember", "-")).Code, Is.Zero);
    }

    [TearDown]
    public void RemoveMemory() => _terminal.Dispose();

    [Test]
    public async Task Hashed_words_need_no_model_and_are_found_by_the_memory_itself()
    {
        var ran = await _terminal.Run("embed", "--hashed", "64", "--units", "passages");
        Assert.That(ran.Code, Is.Zero, ran.Error);
        Assert.That(ran.Error, Is.EqualTo("6 of 6 passages have vectors, 6 texts sent" + Environment.NewLine));
        Assert.That(ran.Output.Replace("\r", ""), Is.EqualTo("""
            {folder}/notes.archicortex compares vectors of 'hashed-1:64' from now on
              passages             6
              numbers             64   (a vector)
              embedded             6   (texts)
            Next: archicortex recall "your question" --memory {folder}/notes.archicortex --explain

            """));
        Assert.That((await _terminal.Run("status")).Output, Does.Contain("\n  vectors of  'hashed-1:64', 64 numbers, of passages"));
        Assert.That((await _terminal.Run("status", "--json")).Output, Does.Contain(
            "\"embedding\":{\"embedder\":\"hashed-1:64\",\"dimension\":64,\"units\":[\"passages\"]},\"operations\":7"));
        var recalled = await _terminal.Run("recall", "harbour", "--strategy", "dense", "--json");
        Assert.That((recalled.Code, recalled.Error), Is.EqualTo((0, "")));

        var again = await _terminal.Run("embed", "--hashed", "64", "--units", "passages", "--json");
        Assert.That(again.Output.TrimEnd(), Is.EqualTo(
            """{"schema":"archicortex.embed/1","memory":"{folder}/notes.archicortex","scope":"default","embedder":"hashed-1:64","dimension":64,"units":{"passages":6},"embedded":0,"isChanged":false}"""));
        Assert.That((await _terminal.Run("embed", "--hashed")).Output, Does.Contain("'hashed-1:1024' from now on").And.Contain("  facts ").And.Contain("  entities "));
    }

    [Test]
    public async Task A_model_is_in_use_wherever_it_is_named_and_what_is_remembered_then_has_vectors()
    {
        await using var server = Serve(_ => new ScriptedReply());
        var ran = await _terminal.Run("embed", "--embedding-model", Model, "--batch", "4", "--json");
        Assert.That(ran.Code, Is.Zero, ran.Error);
        Assert.That(ran.Error, Does.Contain("6 of 6 passages have vectors, 6 texts sent").And.Contain(" facts have vectors").And.Contain(" entities have vectors"));
        using var json = JsonDocument.Parse(ran.Output);
        Assert.That(json.RootElement.GetProperty("embedder").GetString(), Does.StartWith($"model:{Model}:"));
        Assert.That(json.RootElement.GetProperty("units").EnumerateObject().Select(one => one.Name), Is.EqualTo(new[] { "passages", "facts", "entities" }));
        Assert.That(json.RootElement.GetProperty("isChanged").GetBoolean(), Is.True);

        // Remembering with the model embeds what is new at once: the recall after it sends its question only.
        _terminal.Input = """{"id":"new","text":"Cy Dahl keeps bees."}""";
        Assert.That((await _terminal.Run("remember", "-", "--embedding-model", Model)).Code, Is.Zero);
        Assert.That(Sent(server).Any(text => text.Contains("Cy Dahl keeps bees.")), Is.True);
        var before = Sent(server).Count;
        var recalled = await _terminal.Run("recall", "Who keeps bees?", "--strategy", "dense", "--top", "1", "--embedding-model", Model);
        Assert.That(recalled.Code, Is.Zero, recalled.Error);
        Assert.That(Sent(server).Skip(before), Is.EqualTo(new[] { "probe", "Who keeps bees?" }));
        Assert.That((await _terminal.Run("ask", "Who keeps bees?", "--embedding-model", Model)).Code, Is.Zero);

        var without = await _terminal.Run("recall", "Who keeps bees?", "--strategy", "dense");
        Assert.That((without.Code, without.Error), Is.EqualTo((1, without.Error)));
        Assert.That(without.Error, Does.Contain($"The memory's vectors are those of 'model:{Model}:"));
    }

    [Test]
    public async Task A_failure_keeps_what_was_made_and_the_same_command_goes_on_there()
    {
        var calls = 0;
        await using var server = Serve(_ => Interlocked.Increment(ref calls) == 4
            ? new ScriptedReply { Kind = ReplyKind.Refused, Status = 401, Text = "no" }
            : new ScriptedReply());
        string[] command = ["embed", "--embedding-model", Model, "--units", "passages", "--batch", "2"];
        var ran = await _terminal.Run([.. command, "--json"]);
        Assert.That(ran.Code, Is.EqualTo(1));
        Assert.That(ran.Error, Does.Contain("error: The model's server refuses the key").And.Contain("4 vectors are kept. No embedder is in force."));
        Assert.That(ran.Error, Does.Contain("Set the variable ARCHICORTEX_MODEL_KEY").And.Contain("The same command goes on there; no text is sent twice."));
        Assert.That(ran.Output, Does.Contain("\"kind\":\"model\""));
        Assert.That((await _terminal.Run("status")).Output, Does.Not.Contain("vectors of"));

        var again = await _terminal.Run(command);
        Assert.That(again.Code, Is.Zero, again.Error);
        Assert.That(again.Output, Does.Contain("embedded             2   (texts; the others were kept or stand twice)"));
        Assert.That(again.Output, Does.Contain($"recall \"your question\" --embedding-model {Model} --memory"));
        Assert.That((await _terminal.Run("status")).Output, Does.Contain($"\n  vectors of  'model:{Model}:"));
    }

    [Test]
    public async Task A_cancelled_run_ends_with_130_and_says_that_it_can_go_on()
    {
        using var source = new CancellationTokenSource();
        var calls = 0;
        await using var server = Serve(_ =>
        {
            if (Interlocked.Increment(ref calls) == 3)
            {
                source.Cancel();
            }

            return new ScriptedReply();
        });
        await _terminal.Run("embed", "--hashed", "32");
        _terminal.Token = source.Token;
        var ran = await _terminal.Run("embed", "--embedding-model", Model, "--units", "passages", "--batch", "2");
        Assert.That(ran.Code, Is.EqualTo(130));
        Assert.That(ran.Error, Does.Contain("error: Cancelled.").And.Match(@"[24] vectors are kept\. 'hashed-1:32' stays in force\. The same command goes on there"));
    }

    [TestCase("", "Which embedder? Name a model with --embedding-model NAME")]
    [TestCase("--hashed --embedding-model m", "Name either it or a model, not both")]
    [TestCase("--hashed --model-endpoint http://127.0.0.1/v1", "Name either it or a model, not both")]
    [TestCase("--hashed 15", "--hashed is '15'; it must be a whole number between 16 and 65536")]
    [TestCase("--hashed --units words", "--units is 'words'; it must be one of all, passages, facts, entities")]
    [TestCase("--hashed --batch 0", "--batch is '0'")]
    public async Task Wrong_use_is_said_plainly(string options, string message)
    {
        var ran = await _terminal.Run(["embed", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.That((ran.Code, ran.Output), Is.EqualTo((2, "")));
        Assert.That(ran.Error, Does.Contain(message));
    }

    [Test]
    public async Task A_memory_that_is_not_there_is_not_made_and_no_model_is_asked()
    {
        await using var server = Serve(_ => new ScriptedReply());
        var ran = await _terminal.Run("embed", "--embedding-model", Model, "--memory", "{folder}/none");
        Assert.That((ran.Code, ran.Error), Is.EqualTo((1, ran.Error)));
        Assert.That(ran.Error, Does.Contain("There is no memory at"));
        Assert.That(server.Requests, Is.Empty);
    }

    [Test]
    public async Task An_import_names_the_embedder_of_the_log()
    {
        await _terminal.Run("embed", "--hashed", "32");
        _terminal.Input = (await _terminal.Run("export")).Output;
        var ran = await _terminal.Run("import", "-", "--memory", "{folder}/copy", "--json");
        Assert.That(ran.Output.TrimEnd(), Does.EndWith("\"isVerbatim\":true,\"embedder\":\"hashed-1:32\"}"));
    }

    static List<string> Sent(ScriptedModelServer server) => [.. server.Requests.SelectMany(request =>
        request.Body.GetProperty("input") is { ValueKind: JsonValueKind.Array } many ? many.EnumerateArray().Select(one => one.GetString()!) : [])];

    ScriptedModelServer Serve(Func<ServedRequest, ScriptedReply> script)
    {
        var server = new ScriptedModelServer(script);
        _terminal.Variables["ARCHICORTEX_MODEL_ENDPOINT"] = server.Endpoint.ToString();
        return server;
    }
}
