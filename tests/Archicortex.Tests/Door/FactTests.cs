using Archicortex.Documents;
using Archicortex.Facts;
using Archicortex.Testing;
using NUnit.Framework;

namespace Archicortex.Tests.Door;

[TestFixture]
public sealed class FactTests
{
    const string Who = "curator";

    static readonly Fact Founded = new("Kittiwake Brewery", "founded_by", "Ines Marlow")
    {
        Confidence = 0.8,
        Valid = new(new DateOnly(1911, 1, 1), new DateOnly(1912, 1, 1)),
        Granularity = TimeGranularity.Year,
        Evidence = new(0, 12),
    };

    [Test]
    public async Task Recorded_facts_are_found_by_any_of_their_parts()
    {
        await using var memory = await OpenAsync();
        foreach (var query in (FactQuery[])[
            new() { About = "the Kittiwake Brewery" }, new() { About = "INES MARLOW" }, new() { Subject = "Kittiwake brewery", Relation = "Founded by" },
            new() { Object = "Inès Marlow", Extractor = Who }, new() { Relation = "founded_by", At = new DateOnly(1911, 6, 1), ConfidenceMin = 0.8 }])
        {
            var found = (await memory.FindFactsAsync(query)).Where(fact => fact.Extractor == Who).ToList();
            Assert.That(found, Has.Count.EqualTo(1), query.ToString());
            Assert.That(found[0].Fact, Is.EqualTo(Founded));
            Assert.That(found[0].DocumentName, Is.EqualTo("d1"));
            Assert.That(found[0].Sentence, Is.EqualTo("Ines Marlow "));
        }

        foreach (var query in (FactQuery[])[
            new() { Subject = "Ines Marlow", Extractor = Who }, new() { About = "Una", Extractor = Who },
            new() { At = new DateOnly(1912, 1, 1), Extractor = Who, About = "Ines Marlow" }, new() { ConfidenceMin = 0.81, Extractor = Who }])
        {
            Assert.That(await memory.FindFactsAsync(query), Is.Empty, query.ToString());
        }
    }

    [Test]
    public async Task Facts_survive_closing_export_and_import_and_go_with_their_document()
    {
        using var folder = new TempFolder();
        string state;
        var export = new MemoryStream();
        await using (var memory = await GraphMemory.OpenAsync(folder.File(), MemoryProbe.Options))
        {
            await FillAsync(memory);
            state = await memory.GetStateHashAsync();
            Assert.That((await memory.VerifyAsync()).Problems, Is.Empty);
            await memory.ExportAsync(export);
        }

        await using (var again = await GraphMemory.OpenAsync(folder.File(), MemoryProbe.Options))
        {
            Assert.That(await again.GetStateHashAsync(), Is.EqualTo(state));
        }

        await using var copy = await GraphMemory.OpenInMemoryAsync(MemoryProbe.Options);
        export.Position = 0;
        await copy.ImportAsync(export);
        Assert.That(await copy.GetStateHashAsync(), Is.EqualTo(state));
        await using var other = await GraphMemory.OpenInMemoryAsync(MemoryProbe.Options);
        await other.RememberAsync(new Document("Something else.") { Id = "else" });
        export.Position = 0;
        await other.ImportAsync(export);
        Assert.That((await other.FindFactsAsync(new() { Extractor = Who })).Single().Fact, Is.EqualTo(Founded));
        export.Position = 0;
        var before = await other.GetStateHashAsync();
        await other.ImportAsync(export);
        Assert.That(await other.GetStateHashAsync(), Is.EqualTo(before));
        await other.ForgetAsync("d1");
        Assert.That(await other.FindFactsAsync(new() { Extractor = Who }), Is.Empty);
    }

    [Test]
    public async Task Recording_again_takes_the_place_of_what_the_same_extractor_recorded()
    {
        await using var memory = await OpenAsync();
        var id = (await memory.RecallAsync("brewery")).Passages[0].DocumentId;
        await memory.RecordFactsAsync(id, "other", [new Extraction([], [new Fact("a", "b", "c")])]);
        await memory.RecordFactsAsync(id, Who, [new Extraction([], [new Fact("x", "y", "z")])]);
        var facts = (await memory.FindFactsAsync(new())).Where(fact => fact.Extractor != "rules").Select(fact => $"{fact.Extractor} {fact.Fact.Subject}");
        Assert.That(facts, Is.EquivalentTo(new[] { "other a", $"{Who} x" }));
    }

    [Test]
    public async Task Bad_facts_are_refused_before_they_are_stored()
    {
        await using var memory = await OpenAsync();
        var id = (await memory.RecallAsync("brewery")).Passages[0].DocumentId;
        var head = (await memory.GetStatusAsync()).Head;
        foreach (var (fact, part) in new[]
        {
            (new Fact(" ", "r", "o"), "blank"),
            (new Fact("s", "r", "o") { Confidence = 0 }, "confidence"),
            (new Fact("s", "r", "o") { Confidence = double.NaN }, "confidence"),
            (new Fact("s", "r", "o") { Evidence = new(0, 10_000) }, "evidence"),
            (new Fact("s", "r", "o") { Valid = new(new DateOnly(2020, 1, 2), new DateOnly(2020, 1, 1)) }, "begins"),
        })
        {
            Assert.That(
                async () => await memory.RecordFactsAsync(id, Who, [new Extraction([], [fact])]),
                Throws.ArgumentException.With.Message.Contains(part), fact.ToString());
        }

        Assert.That(async () => await memory.RecordFactsAsync(id, Who, []), Throws.ArgumentException.With.Message.Contains("passages"));
        Assert.That(async () => await memory.RecordFactsAsync(default, Who, []), Throws.ArgumentException.With.Message.Contains("not remembered"));
        Assert.That(async () => await memory.RecordFactsAsync(id, "rules", []), Throws.ArgumentException.With.Message.Contains("rules"));
        Assert.That((await memory.GetStatusAsync()).Head, Is.EqualTo(head));
    }

    [Test]
    public async Task Triples_given_with_a_document_are_its_facts()
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync();
        await memory.RememberAsync(new Document("ada parents lord_byron") { Triples = [new("ada_lovelace", "parents", "lord_byron")] });
        var fact = (await memory.FindFactsAsync(new() { About = "Ada Lovelace", Extractor = "given" })).Single();
        Assert.That(fact.Fact, Is.EqualTo(new Fact("ada_lovelace", "parents", "lord_byron")));
        var found = await memory.RecallAsync("who is the parent of ada lovelace?", new() { Explain = true });
        Assert.That(found.Strategy, Is.EqualTo(RecallStrategy.Facts));
        Assert.That(found.Passages[0].Explanation!.Parts.Sum(part => part.Value), Is.EqualTo(found.Passages[0].Score).Within(1e-9));
    }

    [Test]
    public async Task Rules_read_facts_of_every_document_by_themselves()
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync();
        await memory.RememberAsync(new Document("Ada Brightwater was born in Lisbon in 1980. She works at Harbour Trust.") { Id = "a" });
        var facts = await memory.FindFactsAsync(new() { About = "Ada Brightwater" });
        Assert.That(facts.Select(fact => fact.Extractor), Is.All.EqualTo("rules"));
        Assert.That(facts.Select(fact => $"{fact.Fact.Relation} {fact.Fact.Object}"), Is.SupersetOf(new[] { "born_in Lisbon", "works_at Harbour Trust" }));
    }

    [Test]
    public async Task An_extraction_run_reads_each_document_once_and_goes_on_where_it_stopped()
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync(MemoryProbe.Options);
        await memory.RememberAsync(SampleDocuments.Some(20));
        var failing = new CountingExtractor(failAt: 7);
        var done = 0;
        Assert.That(
            async () =>
            {
                await foreach (var _ in memory.ExtractFactsAsync(failing, new() { ConcurrencyMax = 1 }))
                {
                    done++;
                }
            },
            Throws.TypeOf<GraphMemoryException>());
        var rest = new CountingExtractor();
        await foreach (var read in memory.ExtractFactsAsync(rest))
        {
            Assert.That(read.FactCount, Is.GreaterThan(0));
            done++;
        }

        Assert.That(done, Is.EqualTo((await memory.GetStatusAsync()).Documents));
        Assert.That(rest.Passages, Has.Count.LessThan((await memory.GetStatusAsync()).Passages));
        await foreach (var read in memory.ExtractFactsAsync(new CountingExtractor()))
        {
            Assert.Fail($"{read.Document.Id} was read again");
        }

        var facts = await memory.FindFactsAsync(new() { Extractor = "counting", Top = 1000 });
        Assert.That(facts.Select(fact => fact.PassageId), Is.Unique);
        Assert.That(facts, Has.Count.EqualTo((await memory.GetStatusAsync()).Passages));
    }

    [Test]
    public async Task A_failing_extractor_may_leave_a_document_to_the_rules_and_says_so()
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync(MemoryProbe.Options);
        await memory.RememberAsync(SampleDocuments.Some(6));
        var results = new List<ExtractedDocument>();
        await foreach (var read in memory.ExtractFactsAsync(new CountingExtractor(failAt: 2), new() { OnFailure = ExtractionFailure.UseRules, ConcurrencyMax = 1 }))
        {
            results.Add(read);
        }

        Assert.That(results.Count(read => read.Failure is not null), Is.EqualTo(1));
        Assert.That(results, Has.Count.EqualTo((await memory.GetStatusAsync()).Documents));
    }

    static async Task<GraphMemory> OpenAsync()
    {
        var memory = await GraphMemory.OpenInMemoryAsync(MemoryProbe.Options);
        await FillAsync(memory);
        return memory;
    }

    static async Task FillAsync(GraphMemory memory)
    {
        var remembered = await memory.RememberAsync(new Document("Ines Marlow began the Kittiwake Brewery long ago.") { Id = "d1" });
        await memory.RecordFactsAsync(remembered.DocumentId, Who, [new Extraction(["Ines Marlow"], [Founded])]);
    }

    sealed class CountingExtractor(int failAt = -1) : IFactExtractor
    {
        public List<string> Passages { get; } = [];

        public string Identity => "counting";

        public ValueTask<Extraction> ExtractAsync(FactSource source, CancellationToken cancellationToken = default)
        {
            lock (Passages)
            {
                Passages.Add(source.Text);
                return Passages.Count - 1 == failAt
                    ? throw new GraphMemoryException("The reader is out.")
                    : ValueTask.FromResult(new Extraction([], [new Fact("s", "r", source.Text[..Math.Min(20, source.Text.Length)])]));
            }
        }
    }
}
