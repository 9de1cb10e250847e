using System.Text.Json;
using Archicortex.Documents;
using Archicortex.Storage;
using Archicortex.Testing;
using Archicortex.Tests.Door;
using Microsoft.Extensions.AI;
using NUnit.Framework;

namespace Archicortex.Tests.Ecosystem;

[TestFixture]
public sealed class ToolTests
{
    static readonly string[] Reading = ["recall", "ask", "history", "timeline", "verify"];

    [Test]
    public async Task What_writes_is_offered_as_far_as_allowed()
    {
        await using var memory = await MemoryProbe.OpenAsync();
        Assert.That(Names(memory, new() { Access = MemoryToolAccess.Read }), Is.EqualTo(Reading));
        Assert.That(Names(memory, null), Is.EqualTo(Reading.Append("remember")));
        Assert.That(Names(memory, new() { Access = MemoryToolAccess.Full, NamePrefix = "m_" }), Is.EqualTo(Reading.Append("remember").Append("forget").Select(name => "m_" + name)));
    }

    [Test]
    public async Task A_memory_that_is_read_only_offers_only_what_reads()
    {
        using var folder = new TempFolder();
        await using (await GraphMemory.OpenAsync(folder.File()))
        {
        }

        await using var memory = await GraphMemory.OpenAsync(folder.File(), new() { IsReadOnly = true });
        Assert.That(Names(memory, new() { Access = MemoryToolAccess.Full }), Is.EqualTo(Reading));
    }

    [Test]
    public async Task Every_tool_has_a_description_and_a_schema_that_describes_every_argument()
    {
        await using var memory = await MemoryProbe.OpenAsync();
        foreach (var tool in memory.AsAIFunctions(new() { Access = MemoryToolAccess.Full, TopMax = 7 }))
        {
            Assert.That(tool.Description, Has.Length.InRange(60, 600), tool.Name);
            var schema = tool.JsonSchema;
            Assert.That(schema.GetProperty("type").GetString(), Is.EqualTo("object"));
            var properties = schema.GetProperty("properties").EnumerateObject().ToList();
            Assert.That(properties.Select(one => one.Value.GetProperty("description").GetString()!.Length), Is.All.GreaterThan(10), tool.Name);
            Assert.That(schema.GetProperty("required").EnumerateArray().Select(one => one.GetString()), Is.SubsetOf(properties.Select(one => one.Name)));
            Assert.That(schema.GetRawText(), Does.Not.Contain("{{"));
        }
    }

    [Test]
    public async Task With_a_budget_recall_returns_one_block_and_says_what_is_missing()
    {
        await using var memory = await MemoryProbe.OpenAsync();
        await memory.RememberAsync([new Document("Ada lives in Oslo.") { Id = "a" }, new Document("Oslo has a harbour where Ada keeps a boat called Tern.") { Id = "b" }]);
        var all = await CallAsync(memory, "recall", new() { ["question"] = "Where does Ada live?", ["budget"] = 500 });
        Assert.That(all.GetProperty("context").GetString(), Does.Contain("Ada lives in Oslo."));
        Assert.That(all.GetProperty("answerable").GetBoolean(), Is.True);
        Assert.That(all.TryGetProperty("passages", out _) || all.TryGetProperty("left_out", out _), Is.False);
        var little = await CallAsync(memory, "recall", new() { ["question"] = "Where does Ada live?", ["budget"] = 3 });
        Assert.That(little.GetProperty("context").GetString(), Is.Empty);
        Assert.That(little.GetProperty("left_out").GetString(), Does.StartWith("Left out: "));
        var plain = await CallAsync(memory, "recall", new() { ["question"] = "Which river flows through Montreal?" });
        Assert.That(plain.GetProperty("answerable").GetBoolean(), Is.False);
    }

    [Test]
    public async Task A_timeline_tells_in_order_what_replaced_what_and_names_what_may_be_meant()
    {
        await using var memory = await MemoryProbe.OpenAsync();
        await memory.RememberAsync(
        [
            new Document("Ada Kern moved to Turku on 5 March 2021.") { Id = "b" },
            new Document("Ada Kern lives in Bergen.") { Id = "a", Time = new(2019, 3, 1, 0, 0, 0, TimeSpan.Zero) },
            new Document("Ada Kern lives in Turku.") { Id = "c", Time = new(2021, 4, 1, 0, 0, 0, TimeSpan.Zero) },
        ]);
        var all = await CallAsync(memory, "timeline", new() { ["about"] = "Ada Kern" });
        var entries = all.GetProperty("entries").EnumerateArray().ToList();
        Assert.That(entries[0].GetProperty("document").GetString(), Is.EqualTo("a"));
        Assert.That(entries.Select(entry => entry.GetProperty("day").GetString()), Is.Ordered);
        Assert.That(entries.SelectMany(entry => entry.TryGetProperty("links", out var links) ? links.EnumerateArray().Select(one => one.GetString()!) : []), Has.Some.StartsWith("replaces 1"));
        var late = await CallAsync(memory, "timeline", new() { ["about"] = "Ada Kern", ["from"] = "2021-03-20" });
        Assert.That(late.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("text").GetString()), Has.None.Contains("Bergen"));
        Assert.That((await CallAsync(memory, "timeline", new() { ["about"] = "Nobody" })).GetProperty("note").GetString(), Is.Not.Empty);
        var swapped = await CallAsync(memory, "timeline", new() { ["about"] = "Ada Kern", ["from"] = "2022-01-01", ["to"] = "2021-01-01" });
        Assert.That(swapped.GetProperty("error").GetString(), Does.Contain("earlier day as 'from'"));
    }

    [Test]
    public async Task A_broad_question_is_answered_with_topics_beside_passages()
    {
        await using var memory = await MemoryProbe.OpenAsync();
        await memory.RememberAsync(Enumerable.Range(1, 12).Select(day => new Document($"The harbour crane lifted boat {day} of the regatta.") { Id = $"r{day}" })
            .Concat(Enumerable.Range(1, 12).Select(day => new Document($"The bakery sold rye bread and {day} cinnamon buns.") { Id = $"b{day}" })));
        var found = await CallAsync(memory, "recall", new() { ["question"] = "What are the main topics?" });
        Assert.That(found.GetProperty("summaries").EnumerateArray().Select(one => one.GetProperty("text").GetString()), Has.Some.Contains("crane").And.Some.Contains("bread"));
    }

    [Test]
    public async Task What_an_agent_remembers_has_its_source_and_is_found_again()
    {
        await using var memory = await MemoryProbe.OpenAsync();
        var options = new MemoryToolsOptions { Source = "agent-7", Access = MemoryToolAccess.Full };
        var stored = await CallAsync(memory, "remember", new() { ["text"] = "Ada lives in Oslo.", ["title"] = "Ada", ["time"] = "2024-05-31" }, options);
        Assert.That(stored.GetProperty("outcome").GetString(), Is.EqualTo("added"));
        var again = await CallAsync(memory, "remember", new() { ["text"] = "Ada lives in Oslo.", ["title"] = "Ada", ["time"] = "2024-05-31" }, options);
        Assert.That(again.GetProperty("outcome").GetString(), Is.EqualTo("known"));
        var recalled = await CallAsync(memory, "recall", new() { ["question"] = "Where does Ada live?", ["top"] = Element("3") }, options);
        var passage = recalled.GetProperty("passages")[0];
        Assert.That(passage.GetProperty("source").GetString(), Is.EqualTo("agent-7"));
        Assert.That(passage.GetProperty("time").GetString(), Is.EqualTo("2024-05-31T00:00:00+00:00"));
        Assert.That(passage.GetProperty("document").GetString(), Is.EqualTo(stored.GetProperty("document").GetString()));
        var forgotten = await CallAsync(memory, "forget", new() { ["document"] = passage.GetProperty("document").GetString() }, options);
        Assert.That(forgotten.TryGetProperty("forgotten", out _), Is.True);
        Assert.That((await memory.GetStatusAsync()).Documents, Is.Zero);
    }

    [Test]
    public async Task A_name_that_stands_for_many_documents_forgets_none()
    {
        await using var memory = await MemoryProbe.OpenAsync(new Document("Ada.") { Source = "s" }, new Document("Bo.") { Source = "s" });
        var options = new MemoryToolsOptions { Access = MemoryToolAccess.Full };
        Assert.That(await ErrorAsync(memory, "forget", new() { ["document"] = "s" }, options), Does.Contain("2 documents; one is forgotten at a time"));
        Assert.That(await ErrorAsync(memory, "forget", new() { ["document"] = "t" }, options), Does.Contain("no document of this name"));
        Assert.That((await memory.GetStatusAsync()).Documents, Is.EqualTo(2));
    }

    [Test]
    public async Task The_history_of_a_name_is_in_order_of_time_and_each_place_ends_the_one_before()
    {
        await using var memory = await MemoryProbe.OpenAsync(Moved("Bergen", 2024), Moved("Oslo", 2020), Moved("London", 2015));
        var history = await CallAsync(memory, "history", new() { ["name"] = "Ada Kern" });
        var lines = history.GetProperty("facts").EnumerateArray()
            .Select(fact => $"{fact.GetProperty("object").GetString()} {Text(fact, "from")} {Text(fact, "until")}");
        Assert.That(lines, Is.EqualTo(new List<string> { "London 2015-01-01 2020-01-01", "Oslo 2020-01-01 2024-01-01", "Bergen 2024-01-01 -" }));
        var then = await CallAsync(memory, "history", new() { ["name"] = "ada kern", ["at"] = "2021-06-01" });
        Assert.That(then.GetProperty("facts").EnumerateArray().Single().GetProperty("object").GetString(), Is.EqualTo("Oslo"));
        var last = await CallAsync(memory, "history", new() { ["name"] = "Ada Kern", ["top"] = 1 });
        Assert.That((last.GetProperty("total").GetInt32(), last.GetProperty("facts")[0].GetProperty("object").GetString()), Is.EqualTo((3, "Bergen")));
        Assert.That((await CallAsync(memory, "history", new() { ["name"] = "Nobody" })).GetProperty("note").GetString(), Does.Contain("recall"));
    }

    [Test]
    public async Task Questions_are_answered_and_claims_checked()
    {
        await using var memory = await MemoryProbe.OpenAsync(Moved("Oslo", 2020));
        var answer = await CallAsync(memory, "ask", new() { ["question"] = "Where does Ada Kern live?" });
        Assert.That(answer.GetProperty("answer").GetString(), Does.Contain("Oslo"));
        Assert.That(answer.GetProperty("citations").GetArrayLength(), Is.GreaterThan(0));
        var verdict = await CallAsync(memory, "verify", new() { ["claim"] = "Ada Kern lives in Oslo.", ["on"] = "2024-01-01" });
        Assert.That(verdict.GetProperty("verdict").GetString(), Is.EqualTo("supported"));
        var denied = await CallAsync(memory, "verify", new() { ["claim"] = "Ada Kern lives in Bergen.", ["on"] = "2024-01-01" });
        Assert.That(denied.GetProperty("verdict").GetString(), Is.EqualTo("contradicted"));
    }

    [TestCase("recall", "", "'question' is missing")]
    [TestCase("recall", """{"query":"x"}""", "'query' is none of them")]
    [TestCase("recall", """{"question":""}""", "'question' is missing")]
    [TestCase("recall", """{"question":["x"]}""", "'question' is Array")]
    [TestCase("recall", """{"question":"x","top":51}""", "'top' is 51; it must be between 1 and 50")]
    [TestCase("recall", """{"question":"x","top":0}""", "'top' is 0")]
    [TestCase("recall", """{"question":"x","top":"many"}""", "it must be a whole number")]
    [TestCase("recall", """{"question":"x","top":1.5}""", "it must be a whole number")]
    [TestCase("history", """{"name":"Ada","at":"yesterday"}""", "a day written like 2024-05-31")]
    [TestCase("verify", """{"claim":"Ada lives.","on":"31.05.2024"}""", "a day written like 2024-05-31")]
    [TestCase("remember", """{"text":"x","time":"soon"}""", "a time written like")]
    [TestCase("forget", "", "'document' is missing")]
    public async Task A_wrong_call_is_answered_with_what_to_do(string tool, string arguments, string told)
    {
        await using var memory = await MemoryProbe.OpenAsync();
        var given = new AIFunctionArguments();
        foreach (var property in arguments.Length == 0 ? [] : Element(arguments).EnumerateObject().ToList())
        {
            given[property.Name] = property.Value;
        }

        var error = await ErrorAsync(memory, tool, given, new() { Access = MemoryToolAccess.Full });
        Assert.That(error, Does.Contain(told));
        Assert.That(error, Does.Not.Contain("Parameter").And.Not.Contain("   at ").And.Not.Contain("Exception"));
    }

    [Test]
    public async Task Texts_have_limits_both_ways()
    {
        await using var memory = await MemoryProbe.OpenAsync(new Document("Ada " + string.Concat(Enumerable.Repeat("😀", 100))), new Document("Zoë's “本”"));
        var options = new MemoryToolsOptions { TextCharsMax = 10, PassageCharsMax = 51 };
        Assert.That(await ErrorAsync(memory, "remember", new() { ["text"] = "Ada lives in Oslo." }, options), Does.Contain("18 characters; at most 10"));
        var passage = (await CallAsync(memory, "recall", new() { ["question"] = "Ada" }, options)).GetProperty("passages")[0];
        Assert.That(passage.GetProperty("cut").GetBoolean(), Is.True);
        Assert.That(passage.GetProperty("text").GetString(), Has.Length.InRange(50, 52).And.EndWith("😀…"));
        var other = (await CallAsync(memory, "recall", new() { ["question"] = "Zoë" })).GetProperty("passages")[0];
        Assert.That(other.GetRawText(), Does.Contain("\"Zoë's “本”\""), "letters cost less than their escapes");
    }

    [Test]
    public async Task Failures_of_the_store_and_defects_tell_nothing_of_the_inside()
    {
        using var log = new RecordedLog();
        await using var memory = await GraphMemory.OpenAsync(new BrokenStore(), new() { LoggerFactory = log });
        var error = await ErrorAsync(memory, "remember", new() { ["text"] = "Ada lives in Oslo." });
        Assert.That(error, Does.Contain("The memory failed, not the call").And.Not.Contain("/var/secret"));
        Assert.That(log.Lines.Single(line => line.Id == 302).Text, Does.Contain("/var/secret"));
    }

    [Test]
    public async Task A_memory_that_is_closed_says_so_and_only_cancelling_throws()
    {
        var memory = await MemoryProbe.OpenAsync();
        var recall = memory.AsAIFunctions()[0];
        Assert.That(
            async () => await recall.InvokeAsync(new() { ["question"] = "Ada" }, new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
        await memory.DisposeAsync();
        Assert.That(await ErrorAsync(memory, "recall", new() { ["question"] = "Ada" }), Does.Contain("closed"));
    }

    [Test]
    public async Task Options_out_of_range_are_refused()
    {
        await using var memory = await MemoryProbe.OpenAsync();
        Assert.That(() => memory.AsAIFunctions(new() { TopMax = 51 }), Throws.InstanceOf<ArgumentException>().With.Message.Contains("between 1 and 50"));
        Assert.That(() => memory.AsAIFunctions(new() { Source = " " }), Throws.ArgumentException.With.Message.Contains("Source"));
        Assert.That(() => memory.AsAIFunctions(new() { NamePrefix = "my memory" }), Throws.ArgumentException.With.Message.Contains("NamePrefix"));
        Assert.That(() => memory.AsAIFunctions(new() { PassageCharsMax = 1 }), Throws.InstanceOf<ArgumentException>().With.Message.Contains("PassageCharsMax"));
    }

    static Document Moved(string place, int year) => new($"Ada Kern moved to {place}.")
    {
        Time = new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero),
        Triples = [new("Ada Kern", "lives_in", place)],
    };

    static IEnumerable<string> Names(GraphMemory memory, MemoryToolsOptions? options) => memory.AsAIFunctions(options).Select(tool => tool.Name);

    static async Task<JsonElement> CallAsync(GraphMemory memory, string tool, AIFunctionArguments arguments, MemoryToolsOptions? options = null) =>
        (JsonElement)(await memory.AsAIFunctions(options).Single(one => one.Name == tool).InvokeAsync(arguments))!;

    static async Task<string> ErrorAsync(GraphMemory memory, string tool, AIFunctionArguments arguments, MemoryToolsOptions? options = null) =>
        (await CallAsync(memory, tool, arguments, options)).GetProperty("error").GetString()!;

    static string Text(JsonElement fact, string name) => fact.TryGetProperty(name, out var value) ? value.GetString()! : "-";

    static JsonElement Element(string json) => JsonElement.Parse(json);

    sealed class BrokenStore : IMemoryStore
    {
        readonly InMemoryStore _store = new();

        public string Name => _store.Name;

        public string Scope => _store.Scope;

        public bool IsReadOnly => false;

        public Task<LogHead> HeadAsync(CancellationToken cancellationToken = default) => _store.HeadAsync(cancellationToken);

        public Task AppendAsync(LogHead expected, IReadOnlyList<Operation> operations, CancellationToken cancellationToken = default) =>
            throw new MemoryStoreException("Cannot write '/var/secret/notes.archicortex'.");

        public IAsyncEnumerable<Operation> ReadAsync(long afterSequence, CancellationToken cancellationToken = default) => _store.ReadAsync(afterSequence, cancellationToken);

        public Task<StoredSnapshot?> ReadSnapshotAsync(CancellationToken cancellationToken = default) => _store.ReadSnapshotAsync(cancellationToken);

        public Task WriteSnapshotAsync(StoredSnapshot snapshot, CancellationToken cancellationToken = default) => Task.CompletedTask;

        public ValueTask DisposeAsync() => _store.DisposeAsync();
    }
}
