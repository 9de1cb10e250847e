using System.Text.Json;
using Archicortex.Documents;
using Archicortex.Facts;
using Archicortex.Language;
using NUnit.Framework;

namespace Archicortex.Tests.Cli;

/// <summary>Facts on the command line: listing, filtering, marks; no model.</summary>
public sealed class FactsCommandTests
{
    const string Text = "Ada lives in Oslo. Ada may move to Bergen. Bo says that Ada left Rome.";

    TestTerminal _terminal = null!;

    [SetUp]
    public async Task MakeMemory()
    {
        _terminal = new TestTerminal();
        await using var memory = await GraphMemory.OpenAsync(_terminal.Memory);
        var remembered = await memory.RememberAsync(new Document(Text) { Id = "ada", Title = "Ada" });
        await memory.RecordFactsAsync(remembered.DocumentId, "curator", [new Extraction(["Ada", "Oslo", "Bergen"],
        [
            new Fact("Ada", "lives_in", "Oslo")
            {
                Confidence = 0.9, Evidence = new TextSpan(0, 18), Valid = new(new(2016, 1, 1), null), Granularity = TimeGranularity.Year,
            },
            new Fact("Ada", "moves_to", "Bergen") { Confidence = 0.5, Modality = FactModality.Hedged },
            new Fact("Ada", "lives_in", "Rome") { Confidence = 0.7, IsNegated = true, Modality = FactModality.Attributed, AttributedTo = "Bo", IsClosing = true },
        ])]);
        await memory.RememberAsync(new Document("Bo Berg knows Ada.") { Id = "bo", Triples = [new("Bo Berg", "knows", "Ada")] });
    }

    [TearDown]
    public void RemoveMemory() => _terminal.Dispose();

    [Test]
    public async Task A_table_shows_days_marks_and_readers()
    {
        _terminal.Width = 120;
        var ran = await Run("facts", "--extractor", "curator");
        Assert.That(ran.Output.Replace("\r", ""), Is.EqualTo("""
            ╭─────────┬──────────┬────────┬────────────┬────────────────────────┬──────┬──────────╮
            │ subject │ relation │ object │ when       │ how                    │ sure │ document │
            ├─────────┼──────────┼────────┼────────────┼────────────────────────┼──────┼──────────┤
            │ Ada     │ lives_in │ Oslo   │ since 2016 │                        │ 0.90 │ ada      │
            │ Ada     │ lives_in │ Rome   │            │ denied, says Bo, ended │ 0.70 │ ada      │
            │ Ada     │ moves_to │ Bergen │            │ in doubt               │ 0.50 │ ada      │
            ╰─────────┴──────────┴────────┴────────────┴────────────────────────┴──────┴──────────╯
            read by curator

            """));
        var all = (await Run("facts")).Output;
        Assert.That(all, Does.Contain("│ read by │").And.Contain("│ curator │").And.Contain("│ given   │").And.Contain("│ rules   │"), "where readers differ, each row says its own");
    }

    [TestCase("--about nobody", 0)]
    [TestCase("--about \"bo berg\" --extractor given", 1)]
    [TestCase("--relation \"Lives In\" --extractor curator", 2)]
    [TestCase("--relation lives_in --at 2010-05-01 --extractor curator", 1)]
    [TestCase("--object Oslo --subject ADA", 2)]
    [TestCase("--object Oslo --extractor rules", 1)]
    [TestCase("--extractor given", 1)]
    [TestCase("--min-confidence 0.7 --extractor curator", 2)]
    [TestCase("--about Ada --top 2", 2)]
    public async Task What_is_asked_for_is_listed(string options, int count)
    {
        using var json = JsonDocument.Parse((await Run("facts", [.. Split(options), "--json"])).Output);
        Assert.That(json.RootElement.GetProperty("facts").GetArrayLength(), Is.EqualTo(count));
        Assert.That(json.RootElement.GetProperty("hasMore").GetBoolean(), Is.EqualTo(options.Contains("--top")));
    }

    [Test]
    public async Task The_json_is_as_promised()
    {
        var ran = await Run("facts", "--object", "oslo", "--extractor", "curator", "--json");
        Assert.That(JsonContractTests.Steady(ran.Output, "documentId", "passageId"), Is.EqualTo(
            """{"schema":"archicortex.facts/1","memory":"{folder}/notes.archicortex","scope":"default","facts":[{"subject":"Ada","relation":"lives_in","object":"Oslo","isNegated":false,"modality":"asserted","kind":"state","confidence":0.9,"from":"2016-01-01","granularity":"year","when":"since 2016","isClosing":false,"extractor":"curator","document":"ada","documentId":…,"passageId":…,"sentence":"Ada lives in Oslo.","start":0,"length":18}],"hasMore":false}"""));
    }

    [Test]
    public async Task Explained_facts_show_their_sentences_and_say_if_there_is_none()
    {
        var ran = await Run("facts", "--explain");
        Assert.That(ran.Output, Does.Contain("Ada → lives_in → Oslo, since 2016  0.90").And.Contain("   “Ada lives in Oslo.”").And.Contain("   ada, read by curator"));
        Assert.That(ran.Output, Does.Contain("Ada → moves_to → Bergen (in doubt)  0.50").And.Contain("   no single sentence says it"));
    }

    [Test]
    public async Task A_list_that_goes_on_says_so_and_an_empty_one_says_why()
    {
        Assert.That((await Run("facts", "--top", "1")).Output, Does.Contain("There are more than 1."));
        Assert.That((await Run("facts", "--about", "Nobody")).Output, Is.EqualTo("No fact fits. The memory has 3 read by curator, 1 read by given, 4 read by rules." + Environment.NewLine));
        Assert.That((await Run("facts", "--scope", "other")).Output, Does.StartWith("The memory has no facts."));
    }

    [Test]
    public async Task The_status_counts_facts_by_reader()
    {
        Assert.That((await Run("status")).Output, Does.Contain("  facts                7   (curator 3, given 1, rules 4)"));
        Assert.That((await Run("status", "--json")).Output, Does.Contain("\"facts\":7,\"factsByExtractor\":{\"curator\":3,\"given\":1,\"rules\":4}"));
    }

    [Test]
    public async Task An_answer_read_off_facts_says_so()
    {
        _terminal.Input = """{"s":"Gull Brewery","p":"founded by","o":"Ines Marlow"}""";
        await Run("remember", "-", "--format", "jsonl");
        var ran = await Run("ask", "Who founded the Gull Brewery?", "--explain");
        Assert.That(System.Text.RegularExpressions.Regex.Replace(ran.Output.Replace("\r", ""), "[0-9a-f]{32}", "…"), Is.EqualTo("""
            Ines Marlow
            From facts: Read off the facts of the memory, without a model.
            [1] standard input  …
                Gull Brewery founded by Ines Marlow
            fact: Gull Brewery → founded by → Ines Marlow
               no single sentence says it
               standard input, read by given

            """));
        using var json = JsonDocument.Parse((await Run("ask", "Who founded the Gull Brewery?", "--json")).Output);
        Assert.That(json.RootElement.GetProperty("source").GetString(), Is.EqualTo("fact"));
        Assert.That(json.RootElement.GetProperty("facts")[0].GetProperty("object").GetString(), Is.EqualTo("Ines Marlow"));
    }

    [Test]
    public async Task A_fact_cannot_steer_the_terminal()
    {
        _terminal.Input = """{"s":"Ev\u001b[31mil","p":"is","o":"red"}""";
        await Run("remember", "-", "--format", "jsonl");
        var ran = await Run("facts", "--object", "red", "--explain");
        Assert.That(ran.Output, Does.Contain("il → is → red").And.Not.Contain("\u001b"));
    }

    [Test]
    public async Task A_strategy_that_finds_no_way_in_says_what_stands_in_for_it()
    {
        var ran = await Run("recall", "Where is Bergen mentioned beside harbours?", "--strategy", "hippo1", "--anchors", "--linked-facts", "3", "--damping", "0.4", "--choice", "all");
        Assert.That(ran.Code, Is.Zero, ran.Error);
        var none = await Run("recall", "who may move", "--strategy", "facts");
        Assert.That(none.Output, Does.StartWith("flat: ").And.Contain("The strategy asked for found no way in; flat stands in for it."));
        using var json = JsonDocument.Parse((await Run("recall", "who may move", "--strategy", "facts", "--json")).Output);
        Assert.That(json.RootElement.GetProperty("fallback").GetString(), Does.Contain("names nothing of which a fact is known"));
    }

    static string[] Split(string options) => [.. System.Text.RegularExpressions.Regex.Matches(options, "\"([^\"]*)\"|(\\S+)")
        .Select(match => match.Groups[1].Success ? match.Groups[1].Value : match.Value)];

    Task<Ran> Run(string command, params string[] words) => _terminal.Run([command, .. words, "--memory", "{memory}"]);
}
