using System.Text;
using Archicortex.Documents;
using Archicortex.Testing;
using NUnit.Framework;

namespace Archicortex.Tests.Documents;

public sealed class DocumentReaderTests
{
    TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public async Task A_text_file_is_one_document_named_by_its_path_and_titled_by_its_name()
    {
        var file = Write("2024_trip-plan.txt", "We go to Bergen.\n");
        var document = (await Reading.Path(file)).Single();
        Assert.That(document, Is.EqualTo(new Document("We go to Bergen.\n") { Id = file, Source = file, Title = "2024 trip plan" }));
    }

    [Test]
    public async Task A_markdown_file_takes_its_title_from_its_first_heading()
    {
        var document = (await Reading.Path(Write("plan.md", "intro\n\n## Later\n# The Plan #\ntext"))).Single();
        Assert.That((document.Title, document.Format), Is.EqualTo(("The Plan", DocumentFormat.Markdown)));
        Assert.That((await Reading.Path(Write("bare_notes.md", "no heading"))).Single().Title, Is.EqualTo("bare notes"));
    }

    [Test]
    public async Task A_folder_is_read_in_ordinal_order_and_what_is_passed_over_is_reported()
    {
        Write("b.md", "B");
        Write("a/z.txt", "Z");
        Write("B.md", "capital");
        Write("a.jsonl", "{\"text\":\"J\"}");
        Write(".git/hidden.md", "no");
        Write("code.cs", "class A");
        Write("empty.txt", " \n");
        Write("bin.txt", "a\0b");
        var skipped = new List<string>();
        var documents = await Reading.Path(_folder.Path, new() { Skipped = skipped.Add });
        Assert.That(string.Join(' ', documents.Select(document => document.Text)), Is.EqualTo("capital J Z B"));
        var reported = skipped.Select(line => line[(_folder.Path.Length + 1)..]).Order(StringComparer.Ordinal);
        Assert.That(
            string.Join(", ", reported),
            Is.EqualTo(".git: hidden, bin.txt: a binary file, code.cs: no text ending, empty.txt: empty"));
    }

    [TestCase("./notes/a.md", ExpectedResult = "notes/a.md")]
    [TestCase("././a.md", ExpectedResult = "a.md")]
    [TestCase("../a.md", ExpectedResult = "../a.md")]
    [TestCase("/tmp/a.md", ExpectedResult = "/tmp/a.md")]
    public string A_path_names_a_document_without_leading_dot(string path) => DocumentFiles.NameOf(path);

    [Test]
    public void Only_the_separator_of_the_system_becomes_a_slash()
    {
        // Where a backslash is a letter like any other, "a\b.md" and "a/b.md" are two files and must not share an id.
        Assert.That(DocumentFiles.NameOf($"notes{Path.DirectorySeparatorChar}a.md"), Is.EqualTo("notes/a.md"));
        Assert.That(DocumentFiles.NameOf("a\\b.md"), Is.EqualTo(Path.DirectorySeparatorChar == '/' ? "a\\b.md" : "a/b.md"));
    }

    [Test]
    public async Task A_byte_order_mark_and_windows_line_ends_are_read()
    {
        var lines = Write("a.jsonl", "\uFEFF{\"text\":\"one\"}\r\n{\"text\":\"two\"}\r\n");
        Assert.That(string.Join(' ', (await Reading.Path(lines)).Select(document => document.Text)), Is.EqualTo("one two"));
        Assert.That((await Reading.Path(Write("a.txt", "\uFEFFone"))).Single().Text, Is.EqualTo("one"));
    }

    [Test]
    public void A_byte_that_is_no_utf_8_is_named_by_file_line_and_offset([Values("a.md", "a.jsonl", "a.chat")] string name)
    {
        var file = _folder.File(name);
        File.WriteAllBytes(file, [.. "{\"text\":\"A: b\"}\n"u8, .. "Ada: caf"u8, 0xE9, .. "\n"u8]);
        var message = Reading.Refusal(() => Reading.Path(file, new() { Format = name == "a.jsonl" ? InputFormat.JsonLines : InputFormat.Auto }));
        Assert.That(message, Does.StartWith($"'{file}' line 2: byte 24 (0xE9) is not UTF-8"));
    }

    [Test]
    public void A_utf_16_file_is_told_so()
    {
        var file = _folder.File("a.txt");
        File.WriteAllText(file, "hello", Encoding.Unicode);
        Assert.That(Reading.Refusal(() => Reading.Path(file)), Does.Contain("looks like UTF-16").And.Contain("iconv -f UTF-16"));
    }

    [Test]
    public void A_line_without_end_is_refused_before_it_is_read_whole([Values] bool isJson)
    {
        using var endless = new EndlessStream(isJson ? "{\"text\":\"fine\"}\n{\"text\":\"" : "", 'a');
        var message = Reading.Refusal(() => Reading.Stream(endless, isJson ? InputFormat.JsonLines : InputFormat.Text, 100_000));
        Assert.That(message, Does.Contain("more than 100,000 characters").And.Contain(isJson ? "line 2" : "'in'"));
        Assert.That(endless.Taken, Is.LessThan(400_000));
    }

    [Test]
    public async Task The_limit_counts_characters_not_bytes()
    {
        // Four, three and two bytes each: 2 + 1 + 1 units of UTF-16.
        Assert.That(await Reading.Stream("😀€é", InputFormat.Text, 4), Has.Count.EqualTo(1));
        Assert.That(Reading.Refusal(() => Reading.Stream("😀€é", InputFormat.Text, 3)), Does.Contain("more than 3 characters"));
    }

    [Test]
    public void A_binary_file_given_by_name_is_refused() =>
        Assert.That(Reading.Refusal(() => Reading.Path(Write("a.txt", "ab\0c"))), Does.Contain("zero byte at 2"));

    [Test]
    public void A_missing_path_is_named() => Assert.That(
        Assert.ThrowsAsync<GraphMemoryException>(() => Reading.Path("no/such"))!.Message, Does.Contain("'no/such'"));

    [Test]
    public async Task Progress_counts_every_byte_of_all_files()
    {
        Write("a.md", "1234");
        Write("b.jsonl", "{\"text\":\"5\"}\n");
        var bytes = new LastReport();
        await Reading.Path(_folder.Path, new() { BytesRead = bytes });
        Assert.That(bytes.Value, Is.EqualTo(17).And.EqualTo(DocumentReader.MeasureBytes(_folder.Path)));
    }

    [TestCase("  {\"text\":\"x\"}", "x", null)]
    [TestCase("# Title\nbody", "# Title\nbody", "Title")]
    [TestCase("plain words", "plain words", null)]
    public async Task Standard_input_is_told_by_its_first_lines_and_has_no_id(string input, string text, string? title)
    {
        var document = (await Reading.Stream(input)).Single();
        Assert.That((document.Text, document.Title, document.Id, document.Source), Is.EqualTo((text, title, (string?)null, "in")));
    }

    [Test]
    public async Task A_text_file_of_turns_is_a_chat_and_one_of_prose_is_not()
    {
        Assert.That(await Reading.Path(Write("talk.txt", "Ada: hi\nBob: hello\n")), Has.Count.EqualTo(2));
        Assert.That(await Reading.Path(Write("prose.txt", "It was late.\nNote: bring wine.\nWe left.\n")), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Cancelling_stops_between_documents()
    {
        var file = Write("a.jsonl", string.Concat(Enumerable.Repeat("{\"text\":\"x\"}\n", 50_000)));
        using var source = new CancellationTokenSource();
        var count = 0;
        Assert.ThrowsAsync(Is.InstanceOf<OperationCanceledException>(), async () =>
        {
            await foreach (var document in DocumentReader.ReadAsync(file, null, source.Token))
            {
                count++;
                await source.CancelAsync();
            }
        });
        Assert.That(count, Is.InRange(1, 49_999));
        await Task.CompletedTask;
    }

    string Write(string name, string text)
    {
        var file = _folder.File(name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    sealed class LastReport : IProgress<long>
    {
        public long Value { get; private set; }

        public void Report(long value) => Value = value;
    }
}
