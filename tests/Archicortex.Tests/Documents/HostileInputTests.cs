using System.Text;
using Archicortex.Documents;
using Archicortex.Storage;
using NUnit.Framework;

namespace Archicortex.Tests.Documents;

/// <summary>Input made to break things: each is refused in words, and nothing stored is lost.</summary>
sealed class HostileInputTests
{
    [TestCase("""{"text":"lone \ud800 surrogate"}""")]
    [TestCase("""{"text":"a","source":"\udc00"}""")]
    [TestCase("""{"text":"a","metadata":{"k\ud800":"v"}}""")]
    public void Half_a_surrogate_pair_is_refused_with_its_line(string line)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes("""{"text":"fine"}""" + "\n" + line + "\n"));
        var failure = Assert.ThrowsAsync<MemoryFormatException>(async () =>
        {
            await foreach (var _ in DocumentReader.ReadAsync(stream, "in.jsonl", InputFormat.JsonLines))
            {
            }
        });
        Assert.That(failure!.Message, Does.Contain("'in.jsonl' line 2"));
    }

    [Test]
    public async Task Two_metadata_keys_of_one_normal_form_are_refused_by_name()
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync();
        var document = new Document("a text") { Id = "d", Metadata = new Dictionary<string, string> { ["\u00e9"] = "1", ["e\u0301"] = "2" } };
        Assert.That(
            async () => await memory.RememberAsync(document),
            Throws.ArgumentException.With.Message.Contains("document 'd'").And.Message.Contains("'\u00e9'"));
    }

    [Test]
    public async Task An_import_that_cannot_be_replayed_is_refused_before_any_of_it_is_stored()
    {
        var payload = Encoding.UTF8.GetBytes("""{"document":{"text":"hello Zed"},"parts":[{"start":0,"length":999}]}""");
        var operation = Operation.After(OperationId.None, 1, OperationKind.Remember, DateTimeOffset.UnixEpoch, payload);
        using var export = new MemoryStream(
            [.. LogLines.Header("default", new(1, operation.Id)), (byte)'\n', .. LogLines.Line(operation), (byte)'\n']);
        await using var memory = await GraphMemory.OpenInMemoryAsync();
        Assert.That(async () => await memory.ImportAsync(export), Throws.TypeOf<MemoryFormatException>());
        Assert.That((await memory.GetStatusAsync()).Operations, Is.Zero);
        Assert.That((await memory.RememberAsync("still alive")).Outcome, Is.EqualTo(RememberOutcome.Added));
    }

    [Test]
    public async Task The_work_for_a_long_document_grows_with_its_length_only()
    {
        // Counted in bytes allocated, not in time: hashing the whole text anew for each passage would square them.
        async Task<long> Bytes(int sentences)
        {
            var text = string.Concat(Enumerable.Range(0, sentences).Select(i => $"The keeper of lamp number {i} wrote a line in the book. "));
            await using var memory = await GraphMemory.OpenInMemoryAsync();
            var before = GC.GetTotalAllocatedBytes(precise: true);
            await memory.RememberAsync(text);
            return GC.GetTotalAllocatedBytes(precise: true) - before;
        }

        await Bytes(1_000);
        var (small, large) = (await Bytes(2_000), await Bytes(16_000));
        Assert.That(large, Is.LessThan(small * 16), $"{small} bytes for 2,000 sentences, {large} for 16,000");
    }

    [Test]
    public async Task A_file_of_no_length_in_a_folder_is_passed_over_without_being_opened()
    {
        var folder = Directory.CreateTempSubdirectory("archicortex-hostile-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "a.txt"), "Some words.");
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "b.txt"), "");
            var skipped = new List<string>();
            var documents = new List<Document>();
            await foreach (var document in DocumentReader.ReadAsync(folder.FullName, new DocumentReaderOptions { Skipped = skipped.Add }))
            {
                documents.Add(document);
            }

            Assert.That(documents, Has.Count.EqualTo(1));
            Assert.That(skipped.Single(), Does.EndWith("b.txt: empty"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
