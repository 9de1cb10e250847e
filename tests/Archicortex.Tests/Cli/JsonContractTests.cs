using System.Text.Json;
using NUnit.Framework;

namespace Archicortex.Tests.Cli;

/// <summary>The JSON of each command, field by field, as json-contract.md promises it.</summary>
public sealed class JsonContractTests
{
    TestTerminal _terminal = null!;

    [SetUp]
    public async Task MakeMemory()
    {
        _terminal = new TestTerminal
        {
            Input = """
                {"id":"a","title":"Ada","text":"Ada lives in Oslo.","time":"2024-03-09T10:12:00+01:00","speaker":"Bob","session":"s","source":"x","metadata":{"k":"v"}}
                {"text":"It rains in Bergen."}
                """,
        };
        var ran = await _terminal.Run("remember", "-", "--memory", "{memory}", "--json");
        Assert.That(ran.Code, Is.Zero, ran.Error);
        Assert.That(Steady(ran.Output, "seconds"), Is.EqualTo(
            """{"schema":"archicortex.remember/1","memory":"{folder}/notes.archicortex","scope":"default","documents":2,"added":2,"known":0,"replaced":0,"passages":2,"bytes":182,"seconds":…,"skipped":[]}"""));
    }

    [TearDown]
    public void RemoveMemory() => _terminal.Dispose();

    [Test]
    public async Task Recall_is_as_promised()
    {
        var ran = await _terminal.Run("recall", "Where does Ada live?", "--memory", "{memory}", "--json", "--strategy", "flat", "--top", "1");
        Assert.That(Steady(ran.Output, "score", "documentId", "passageId", "sureness", "strength"), Is.EqualTo(
            """{"schema":"archicortex.recall/1","question":"Where does Ada live?","strategy":"flat","reason":"As asked.","names":["Ada"],"corrections":[],"passages":[{"rank":1,"score":…,"document":"a","documentId":…,"passageId":…,"title":"Ada","speaker":"Bob","session":"s","time":"2024-03-09T10:12:00+01:00","source":"x","text":"Ada lives in Oslo.","start":0,"length":18,"metadata":{"k":"v"}}],"summaries":[],"confidence":{"isAnswerable":true,"sureness":…,"coverage":1,"strength":…,"margin":0,"unlinkedNames":[],"reason":"The best passages have 100 % of what the question asks, by the rarity of its words."}}"""));
    }

    [Test]
    public async Task A_context_is_as_promised()
    {
        var ran = await _terminal.Run("recall", "Where does Ada live?", "--memory", "{memory}", "--json", "--strategy", "flat", "--budget", "200", "--pin", "Be brief.");
        using var json = JsonDocument.Parse(ran.Output);
        var context = json.RootElement.GetProperty("context").GetRawText();
        Assert.That(Steady(context, "documentId", "passageId", "weight", "tokens"), Is.EqualTo(
            """{"text":"Pinned:\n- Be brief.\n\nFacts:\n[1] Ada – lives in – Oslo, since 2024-03-09 (said 2024-03-09, by Bob)\n\nPassages:\nConversation s, 2024-03-09:\n[2] Bob: Ada lives in Oslo.\n","tokens":…,"tokenBudget":200,"order":"chronological","citations":[{"number":1,"kind":"fact","document":"a","documentId":…,"passageId":…,"text":"Ada lives in Oslo.","start":0,"length":18},{"number":2,"kind":"passage","document":"a","documentId":…,"passageId":…,"text":"Ada lives in Oslo.","start":0,"length":18}],"leftOut":{"facts":0,"summaries":0,"passages":0,"trimmed":0,"duplicates":0,"best":[]},"weights":[{"name":"passage","weight":…},{"name":"fact","weight":…},{"name":"summary","weight":…}]}"""));
    }

    [Test]
    public async Task An_explanation_adds_up_and_ends_at_its_passage()
    {
        var ran = await _terminal.Run("recall", "Where does Ada live?", "--memory", "{memory}", "--json", "--explain");
        using var json = JsonDocument.Parse(ran.Output);
        var passage = json.RootElement.GetProperty("passages")[0];
        var explanation = passage.GetProperty("explanation");
        var sum = explanation.GetProperty("parts").EnumerateArray().Sum(part => part.GetProperty("value").GetDouble());
        Assert.That(sum, Is.EqualTo(passage.GetProperty("score").GetDouble()).Within(1e-9));
        Assert.That(string.Join(' ', explanation.GetProperty("seeds")[0].EnumerateObject().Select(field => field.Name)), Is.EqualTo("kind text share"));
        var last = explanation.GetProperty("path").EnumerateArray().Last();
        Assert.That((last.GetProperty("kind").GetString(), last.GetProperty("document").GetString()), Is.EqualTo(("passage", "a")));
    }

    [TestCase("status", """{"schema":"archicortex.status/1","memory":"{folder}/notes.archicortex","scope":"default","documents":2,"passages":2,"names":…,"words":…,"facts":1,"factsByExtractor":{"rules":1},"tasks":0,"cases":0,"operations":2,"head":…}""")]
    [TestCase("verify", """{"schema":"archicortex.verify/1","memory":"{folder}/notes.archicortex","scope":"default","isSound":true,"operations":2,"stateHash":…,"problems":[]}""")]
    [TestCase("forget a", """{"schema":"archicortex.forget/1","memory":"{folder}/notes.archicortex","scope":"default","name":"a","forgotten":[{"id":"a","title":"Ada","source":"x"}]}""")]
    public async Task A_command_is_as_promised(string command, string expected)
    {
        var ran = await _terminal.Run([.. command.Split(' '), "--memory", "{memory}", "--json"]);
        Assert.That(Steady(ran.Output, "head", "stateHash", "words", command == "status" ? "names" : "-"), Is.EqualTo(expected));
    }

    [Test]
    public async Task A_tree_is_as_promised()
    {
        var ran = await _terminal.Run("tree", "--memory", "{memory}", "--json");
        Assert.That(Steady(ran.Output, "passageId", "document"), Is.EqualTo(
            """{"schema":"archicortex.tree/1","memory":"{folder}/notes.archicortex","scope":"default","passages":2,"topics":[{"node":0,"depth":0,"passages":2,"title":"Ada · Bergen · Oslo","keyPhrases":["Ada","Bergen","Oslo"],"summary":"It rains in Bergen. Ada lives in Oslo.","isInferred":false,"sources":[{"text":"It rains in Bergen.","isFact":false,"document":…,"passageId":…,"start":0,"length":19},{"text":"Ada lives in Oslo.","isFact":false,"document":…,"passageId":…,"start":0,"length":18}],"topicCount":0,"topics":[],"leaves":[{"document":…,"passageId":…,"title":"Ada","text":"Ada lives in Oslo.","start":0,"length":18},{"document":…,"passageId":…,"text":"It rains in Bergen.","start":0,"length":19}]}]}"""));
    }

    [Test]
    public async Task Import_is_as_promised()
    {
        _terminal.Input = (await _terminal.Run("export", "--memory", "{memory}")).Output;
        var ran = await _terminal.Run("import", "-", "--memory", "{folder}/copy", "--json");
        Assert.That(ran.Output.TrimEnd(), Is.EqualTo(
            """{"schema":"archicortex.import/1","memory":"{folder}/copy","scope":"default","operations":2,"added":2,"forgotten":0,"isVerbatim":true}"""));
    }

    [Test]
    public async Task An_error_is_json_on_standard_output_and_words_on_standard_error()
    {
        var ran = await _terminal.Run("forget", "nope", "--memory", "{memory}", "--json");
        const string Message = "'{folder}/notes.archicortex' has no document with the id, content id or source 'nope' in scope 'default'. 'recall' prints ids.";
        Assert.That(ran, Is.EqualTo(new Ran(
            1,
            $$$"""{"schema":"archicortex.error/1","error":{"kind":"notFound","message":"{{{Message}}}"}}""" + Environment.NewLine,
            $"error: {Message}{Environment.NewLine}")));
    }

    [Test]
    public async Task Every_schema_is_described_in_the_contract()
    {
        var file = Path.Combine(House.Repository.Root, "src/Archicortex.Cli/json-contract.md");
        var contract = await File.ReadAllTextAsync(file);
        string[] names =
        [
            "recall", "remember", "status", "embed", "verify", "forget", "import", "import-openie", "export-openie", "facts",
            "facts-read", "ask", "check-claim", "timeline", "sessions", "session", "task", "task-list", "task-show", "task-forget",
            "case", "case-list", "case-find", "case-concept", "case-forget", "tree", "error",
        ];
        foreach (var name in names)
        {
            Assert.That(contract, Does.Contain($"\"schema\": \"archicortex.{name}/1\""));
        }
    }

    /// <summary>The line with the values of some fields left out.</summary>
    internal static string Steady(string line, params string[] fields) =>
        System.Text.RegularExpressions.Regex.Replace(line.TrimEnd(), $"\"({string.Join('|', fields)})\":(\"[^\"]*\"|[-0-9.Ee+]+)", "\"$1\":…");
}
