using System.Text;
using Archicortex.Documents;
using NUnit.Framework;

namespace Archicortex.Tests.Door;

[TestFixture]
public sealed class OpenIeImportTests
{
    const string File = """
        {"avg_ent_chars": 3.5, "docs": [
          {"idx": 0, "passage": "Kittiwake Brewery\nIt was begun by Ines Marlow. It stands on Lantern Street.", "extracted_entities": ["Ines Marlow", "Kittiwake Brewery"],
           "extracted_triples": [["Kittiwake Brewery", "begun by", "Ines Marlow"], ["Kittiwake Brewery", "stands on", "Lantern Street"],
                                 ["a", "b"], ["x", "y", null], [["n"], "y", "z"], ["Same", "is", "the same"], ["Kittiwake Brewery", "Begun by", "Inés Marlow"], ["Ines Marlow", "aged", 42]]},
          {"idx": "chunk-0f", "passage": "No title here.", "extracted_entities": [], "extracted_triples": [["tide", "is", "low"]], "other": {"deep": [1, {"docs": []}]}}
        ], "avg_ent_words": 1.2}
        """;

    [Test]
    public async Task Passages_meet_their_documents_and_what_is_no_triple_is_counted()
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync();
        await memory.RememberAsync(new Document("It was begun by Ines Marlow.  It stands on Lantern Street.") { Id = "k", Title = "Kittiwake Brewery" });
        var report = await memory.ImportOpenIeAsync(Stream(File), new() { Extractor = "openie:test", Name = "file.json" });
        Assert.Multiple(() =>
        {
            Assert.That((report.Passages, report.Recorded, report.Created, report.Known, report.Ignored, report.Facts), Is.EqualTo((2, 2, 1, 0, 0, 4)));
            Assert.That(report.Dropped, Is.EquivalentTo(new Dictionary<string, int> { ["arity"] = 3, ["duplicate"] = 1, ["selfLoop"] = 1, ["unlisted"] = 1 }));
        });
        var facts = await memory.FindFactsAsync(new() { Extractor = "openie:test" });
        Assert.That(facts.Where(fact => fact.DocumentName == "k").Select(fact => fact.Fact.Object), Is.EquivalentTo(new[] { "Ines Marlow", "Lantern Street", "42" }));
        Assert.That(facts.Single(fact => fact.Fact.Object == "Lantern Street").Sentence, Does.Contain("Lantern Street"));
    }

    [Test]
    public async Task Importing_again_changes_nothing_and_missing_documents_may_be_left_out()
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync();
        await memory.ImportOpenIeAsync(Stream(File));
        var state = await memory.GetStateHashAsync();
        var again = await memory.ImportOpenIeAsync(Stream(File));
        Assert.That((again.Known, again.Recorded, again.Facts), Is.EqualTo((2, 0, 0)));
        Assert.That(await memory.GetStateHashAsync(), Is.EqualTo(state));
        await using var empty = await GraphMemory.OpenInMemoryAsync();
        var report = await empty.ImportOpenIeAsync(Stream(File), new() { CreateMissing = false });
        Assert.That((report.Ignored, report.Recorded), Is.EqualTo((2, 0)));
    }

    [Test]
    public async Task Two_passages_of_one_title_are_two_documents_whichever_comes_first([Values] bool filmFirst)
    {
        const string Town = "Oslo is the capital of Norway and lies on a fjord.";
        var film = """{"passage": "Oslo\nA film of 2011 by a young director about one long day.", "extracted_entities": [], "extracted_triples": [["Oslo", "directed by", "Jon Lie"]]}""";
        var town = $$"""{"passage": "Oslo\n{{Town}}", "extracted_entities": [], "extracted_triples": [["Oslo", "capital of", "Norway"]]}""";
        await using var memory = await GraphMemory.OpenInMemoryAsync();
        await memory.RememberAsync(new Document(Town) { Id = "town", Title = "Oslo" });
        await memory.ImportOpenIeAsync(Stream($$"""{"docs": [{{(filmFirst ? film : town)}}, {{(filmFirst ? town : film)}}]}"""));
        var facts = await memory.FindFactsAsync(new() { Extractor = "openie" });
        Assert.That(facts.Single(fact => fact.Fact.Relation == "capital of").DocumentName, Is.EqualTo("town"));
        Assert.That(facts.Single(fact => fact.Fact.Relation == "directed by").DocumentName, Is.Not.EqualTo("town"));
    }

    [Test]
    public async Task The_file_is_read_in_pieces_of_any_size()
    {
        await using var whole = await GraphMemory.OpenInMemoryAsync(MemoryProbe.Options);
        await whole.ImportOpenIeAsync(Stream(File));
        foreach (var piece in (int[])[1, 2, 3, 7, 64, 1000])
        {
            await using var memory = await GraphMemory.OpenInMemoryAsync(MemoryProbe.Options);
            await memory.ImportOpenIeAsync(new SlowStream(Encoding.UTF8.GetBytes(File), piece));
            Assert.That(await memory.GetStateHashAsync(), Is.EqualTo(await whole.GetStateHashAsync()), $"pieces of {piece}");
        }
    }

    [TestCase("", "no list 'docs'")]
    [TestCase("[]", "no list 'docs'")]
    [TestCase("{\"docs\": 5}", "no list 'docs'")]
    [TestCase("not json", "no JSON")]
    [TestCase("{\"docs\": [{\"passage\": \"a\"}", "in the middle")]
    [TestCase("{\"docs\": [{\"text\": \"a\"}]}", "passage 1 has no text")]
    [TestCase("{\"docs\": [{\"passage\": \"a\", \"extracted_triples\": []}, {\"passage\": }]}", "behind passage 1")]
    public async Task Broken_files_are_refused_in_words(string file, string part)
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync();
        Assert.That(
            async () => await memory.ImportOpenIeAsync(Stream(file), new() { Name = "my.json" }),
            Throws.TypeOf<MemoryFormatException>().With.Message.Contains("my.json").And.Message.Contains(part));
    }

    static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));

    /// <summary>Hands out a few bytes at a time.</summary>
    sealed class SlowStream(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(piece, buffer.Length)], cancellationToken);
    }
}
