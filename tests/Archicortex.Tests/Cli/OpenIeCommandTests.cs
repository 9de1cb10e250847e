using System.Text.Json;
using Archicortex.Cli.Commands;
using NUnit.Framework;

namespace Archicortex.Tests.Cli;

/// <summary>OpenIE files in and out: what is taken in, what is refused whole, and that a round trip changes nothing.</summary>
public sealed class OpenIeCommandTests
{
    const string Name = "openie_results_ner_gpt-4o.json";
    const string Passages = """
        {"idx":0,"passage":"Gull Brewery\nThe Gull Brewery was founded by Ines Marlow in 1911.","extracted_entities":["Gull Brewery","Ines Marlow","1911"],"extracted_triples":[["Gull Brewery","founded by","Ines Marlow"],["Gull Brewery","founded in",1911],["a","b"],["x","is","x"]]},
        {"idx":1,"passage":"Ines Marlow\nInes Marlow won the harbour regatta twice.","extracted_entities":["Ines Marlow","harbour regatta"],"extracted_triples":[["Ines Marlow","won","harbour regatta"],["Ines","sails","boats"]]}
        """;

    TestTerminal _terminal = null!;

    [SetUp]
    public void MakeTerminal() => _terminal = new TestTerminal();

    [TearDown]
    public void RemoveTerminal() => _terminal.Dispose();

    [Test]
    public async Task A_file_is_taken_in_once()
    {
        _terminal.Write("brewery.md", "# Gull Brewery\n\nThe Gull Brewery was founded by Ines Marlow in 1911.");
        await _terminal.Run("remember", "{folder}/brewery.md", "--memory", "{memory}");
        var file = Write(Name, $"{{\"docs\":[{Passages}]}}");
        var ran = await _terminal.Run("import", "openie", file, "--memory", "{memory}");
        Assert.That(ran.Code, Is.Zero, ran.Error);
        Assert.That(ran.Output, Does.Match("^Imported 2 passages into .*, read by openie:[0-9a-f]{12}:gpt-4o"));
        foreach (var line in new[] { "matched            1", "created            1", "ignored            0", "facts              4", "arity              1", "selfLoop           1", "unlisted           1" })
        {
            Assert.That(ran.Output, Does.Contain(line));
        }

        var again = await _terminal.Run("import", "openie", file, "--memory", "{memory}", "--json");
        Assert.That(System.Text.RegularExpressions.Regex.Replace(again.Output.TrimEnd(), "openie:[0-9a-f]{12}", "openie:…"), Is.EqualTo(
            """{"schema":"archicortex.import-openie/1","memory":"{folder}/notes.archicortex","scope":"default","extractor":"openie:…:gpt-4o","passages":2,"matched":2,"created":0,"ignored":0,"known":2,"facts":0,"dropped":{}}"""));
    }

    [Test]
    public async Task Passages_the_memory_does_not_have_can_be_left_out()
    {
        var file = Write(Name, $"{{\"docs\":[{Passages}]}}");
        var ran = await _terminal.Run("import", "openie", file, "--ignore-missing", "--memory", "{memory}");
        Assert.That(ran.Output, Does.Contain("ignored            2").And.Contain("facts              0"));
        Assert.That((await _terminal.Run("status", "--memory", "{memory}")).Output, Does.Contain("documents            0"));
    }

    [TestCase("{\"docs\":[" + Passages, "it ends behind passage 2, in the middle of its list")]
    [TestCase("{\"docs\":[" + Passages + ",{\"text\":\"x\"}]}", "passage 3 has no text 'passage'")]
    [TestCase("{\"documents\":[]}", "it has no list 'docs'")]
    [TestCase("[1,2]", "it has no list 'docs'")]
    [TestCase("{\"docs\":[" + Passages + ",}", "it is no JSON")]
    [TestCase("", "it has no list 'docs'")]
    public async Task A_broken_file_is_named_and_changes_nothing(string content, string message)
    {
        var ran = await _terminal.Run("import", "openie", Write("broken.json", content), "--memory", "{memory}", "--json");
        Assert.That(ran.Code, Is.EqualTo(1));
        Assert.That(ran.Error, Does.Contain("error: 'broken.json': ").And.Contain(message));
        Assert.That(ran.Output, Does.Contain("\"kind\":\"format\""));
        Assert.That(File.Exists(_terminal.Memory), Is.False);
    }

    [Test]
    public async Task A_huge_passage_is_refused()
    {
        var file = Write("huge.json", "{\"docs\":[{\"passage\":\"" + new string('a', 70_000_000) + "\"}]}");
        var ran = await _terminal.Run("import", "openie", file, "--memory", "{memory}");
        Assert.That((ran.Code, ran.Error), Is.EqualTo((1, "error: 'huge.json': passage 1 has more than 67,108,864 bytes. Split it." + Environment.NewLine)));
    }

    [Test]
    public async Task What_was_exported_and_imported_again_is_the_same()
    {
        await _terminal.Run("import", "openie", Write(Name, $"{{\"docs\":[{Passages}]}}"), "--memory", "{memory}");
        var ran = await _terminal.Run("export", "openie", "{folder}/once.json", "--memory", "{memory}");
        Assert.That(ran.Output, Does.Match("^Exported 4 facts of 2 documents, read by openie:[0-9a-f]{12}:gpt-4o, to {folder}/once.json"));
        Assert.That(Shared(Read("once.json")), Is.EqualTo(Shared($"{{\"docs\":[{Passages}]}}").Select(row => row.Replace("; a|b", "").Replace("; x|is|x", ""))));

        Assert.That((await _terminal.Run("import", "openie", "{folder}/once.json", "--memory", "{folder}/copy")).Code, Is.Zero);
        await _terminal.Run("export", "openie", "{folder}/twice.json", "--memory", "{folder}/copy");
        Assert.That(Read("twice.json"), Is.EqualTo(Read("once.json")));
        Assert.That(Read("once.json.facts.jsonl"), Does.StartWith(
            """{"idx":0,"document":""").And.Contain(""","subject":"Gull Brewery","relation":"founded by","object":"Ines Marlow","confidence":1,"isNegated":false,"modality":"asserted","kind":"state","isClosing":false,"start":0,"length":52,"evidence":"The Gull Brewery was founded by Ines Marlow in 1911."}"""));
        Assert.That(Directory.GetFiles(_terminal.Folder.Path, "*.partial"), Is.Empty);
    }

    [Test]
    public async Task Given_facts_are_exported_and_an_unknown_extractor_is_refused()
    {
        _terminal.Input = """{"s":"Ada","p":"knows","o":"Bo"}""";
        await _terminal.Run("remember", "-", "--format", "jsonl", "--memory", "{memory}");
        var ran = await _terminal.Run("export", "openie", "{folder}/given.json", "--memory", "{memory}", "--json");
        Assert.That(ran.Output.TrimEnd(), Is.EqualTo(
            """{"schema":"archicortex.export-openie/1","memory":"{folder}/notes.archicortex","scope":"default","extractor":"given","file":"{folder}/given.json","details":"{folder}/given.json.facts.jsonl","documents":1,"facts":1}"""));
        Assert.That(string.Join('\n', Shared(Read("given.json"))), Is.EqualTo("Ada knows Bo: Ada, Bo; Ada|knows|Bo"));
        var unknown = await _terminal.Run("export", "openie", "{folder}/x.json", "--extractor", "nobody", "--memory", "{memory}");
        Assert.That((unknown.Code, unknown.Error), Is.EqualTo((1, "error: '{folder}/notes.archicortex' has no facts of the extractor 'nobody'; it has those of given, rules." + Environment.NewLine)));
        Assert.That(File.Exists(_terminal.Folder.File("x.json")), Is.False);
    }

    [Test]
    public async Task A_document_forgotten_is_exported_no_more()
    {
        await _terminal.Run("import", "openie", Write(Name, $"{{\"docs\":[{Passages}]}}"), "--memory", "{memory}");
        await _terminal.Run("export", "openie", "{folder}/all.json", "--memory", "{memory}");
        using var first = JsonDocument.Parse(Read("all.json.facts.jsonl").Split('\n')[0]);
        await _terminal.Run("forget", first.RootElement.GetProperty("document").GetString()!, "--memory", "{memory}");
        await _terminal.Run("export", "openie", "{folder}/rest.json", "--memory", "{memory}");
        Assert.That(Shared(Read("rest.json")), Has.Exactly(1).Items.And.All.StartsWith("Ines Marlow"));
    }

    [TestCase("openie_results_ner_gpt-4o.json", "gpt-4o")]
    [TestCase("a/b/openie_musique_results_ner_gpt-3.5-turbo-1106_1000.json", "gpt-3.5-turbo-1106")]
    [TestCase("openie_results_ner_meta-llama_Llama-3.3-70B-Instruct.json", "meta-llama_Llama-3.3-70B-Instruct")]
    [TestCase("facts.json", null)]
    [TestCase("results_ner_.json", null)]
    public void The_model_is_read_off_the_name_of_the_file(string path, string? model) => Assert.That(OpenIeName.ModelOf(path), Is.EqualTo(model));

    /// <summary>The shared fields of each passage, a line each.</summary>
    static IEnumerable<string> Shared(string file)
    {
        using var json = JsonDocument.Parse(file);
        return [.. json.RootElement.GetProperty("docs").EnumerateArray().Select(doc =>
            $"{doc.GetProperty("passage").GetString()}: {string.Join(", ", doc.GetProperty("extracted_entities").EnumerateArray())}; "
            + string.Join("; ", doc.GetProperty("extracted_triples").EnumerateArray().Select(triple => string.Join('|', triple.EnumerateArray()))))];
    }

    string Write(string name, string text) => _terminal.Write(name, text);

    string Read(string name) => File.ReadAllText(_terminal.Folder.File(name));
}
