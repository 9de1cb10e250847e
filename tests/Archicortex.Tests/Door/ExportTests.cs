using System.Text;
using NUnit.Framework;

namespace Archicortex.Tests.Door;

[TestFixture]
public sealed class ExportTests
{
    [Test]
    public async Task Into_an_empty_memory_the_log_is_taken_over_as_it_is([Values(1, 3, 256)] int batchSize)
    {
        await using var memory = await MakeAsync();
        await using var copy = await MemoryProbe.OpenAsync();
        var report = await copy.ImportAsync(await MemoryProbe.ExportAsync(memory), new() { BatchSize = batchSize });
        Assert.That((report.IsVerbatim, report.Operations), Is.EqualTo((true, (await memory.GetStatusAsync()).Operations)));
        Assert.That(await copy.GetStatusAsync(), Is.EqualTo(await memory.GetStatusAsync()), "The head is the same, too");
        Assert.That(await copy.GetStateHashAsync(), Is.EqualTo(await memory.GetStateHashAsync()));
        Assert.That(await MemoryProbe.RankingAsync(copy), Is.EqualTo(await MemoryProbe.RankingAsync(memory)));
        Assert.That((await MemoryProbe.ExportAsync(copy)).ToArray(), Is.EqualTo((await MemoryProbe.ExportAsync(memory)).ToArray()));
        Assert.That((await copy.VerifyAsync()).Problems, Is.Empty);
    }

    [Test]
    public async Task An_empty_memory_is_exported_and_imported()
    {
        await using var memory = await MemoryProbe.OpenAsync();
        await using var copy = await MemoryProbe.OpenAsync();
        Assert.That((await copy.ImportAsync(await MemoryProbe.ExportAsync(memory))).Operations, Is.Zero);
        Assert.That((await copy.GetStatusAsync()).Operations, Is.Zero);
    }

    [Test]
    public async Task Into_a_memory_that_holds_something_documents_are_added_once()
    {
        await using var memory = await MemoryProbe.OpenAsync(SampleDocuments.Some(20));
        await using var other = await MemoryProbe.OpenAsync(SampleDocuments.Some(20, first: 10));
        var export = await MemoryProbe.ExportAsync(memory);
        var report = await other.ImportAsync(export);
        Assert.That((report.IsVerbatim, report.Added, report.Forgotten), Is.EqualTo((false, 10, 0)));
        await using var both = await MemoryProbe.OpenAsync(SampleDocuments.Some(30));
        Assert.That(await other.GetStateHashAsync(), Is.EqualTo(await both.GetStateHashAsync()));
        var status = await other.GetStatusAsync();
        export.Position = 0;
        Assert.That((await other.ImportAsync(export)).Added, Is.Zero);
        Assert.That(await other.GetStatusAsync(), Is.EqualTo(status));
    }

    [Test]
    public async Task Importing_a_memory_into_itself_changes_nothing_even_if_documents_were_replaced_and_forgotten()
    {
        await using var memory = await MakeAsync();
        var state = await memory.GetStateHashAsync();
        await memory.ImportAsync(await MemoryProbe.ExportAsync(memory));
        Assert.That(await memory.GetStateHashAsync(), Is.EqualTo(state));
        Assert.That((await memory.VerifyAsync()).Problems, Is.Empty);
    }

    [Test]
    public async Task An_import_that_was_cut_off_goes_on_when_it_is_run_again()
    {
        await using var memory = await MakeAsync();
        var export = (await MemoryProbe.ExportAsync(memory)).ToArray();
        await using var copy = await MemoryProbe.OpenAsync();
        var half = new MemoryStream(export[..(export.Length * 3 / 4)]);
        Assert.That(async () => await copy.ImportAsync(half, new() { BatchSize = 2 }), Throws.InstanceOf<MemoryFormatException>());
        Assert.That((await copy.GetStatusAsync()).Operations, Is.Positive);
        await copy.ImportAsync(new MemoryStream(export), new() { BatchSize = 2 });
        Assert.That(await copy.GetStateHashAsync(), Is.EqualTo(await memory.GetStateHashAsync()));
    }

    [Test]
    public async Task Other_content_of_one_id_is_a_conflict_unless_replacement_is_asked_for()
    {
        await using var memory = await MemoryProbe.OpenAsync(SampleDocuments.Of(1, version: 1));
        await using var other = await MemoryProbe.OpenAsync(SampleDocuments.Of(1));
        Assert.That(
            async () => await other.ImportAsync(await MemoryProbe.ExportAsync(memory)),
            Throws.InstanceOf<MemoryConflictException>().With.Message.Contains("note-1").And.Message.Contains("--replace"));
        await other.ImportAsync(await MemoryProbe.ExportAsync(memory), new() { Replace = true });
        Assert.That(await other.GetStateHashAsync(), Is.EqualTo(await memory.GetStateHashAsync()));
    }

    [Test]
    public async Task A_truncated_export_names_its_line()
    {
        var lines = await LinesAsync();
        for (var kept = 1; kept < lines.Length; kept++)
        {
            await AssertRefusedAsync(string.Join('\n', lines[..kept]) + "\n", $"Line {kept + 1} ", "cut short");
            var torn = string.Join('\n', lines[..kept]) + "\n" + lines[kept][..(lines[kept].Length / 2)];
            await AssertRefusedAsync(torn, $"Line {kept + 1} ", "no JSON");
        }

        await AssertRefusedAsync("", "Line 1 ", "cut short");
    }

    [Test]
    public async Task An_edited_export_names_its_line()
    {
        var lines = await LinesAsync();
        await AssertEditRefusedAsync(lines, 3, line => line.Replace("note 1", "note 9", StringComparison.Ordinal), "changed");
        await AssertEditRefusedAsync(lines, 2, line => line.Replace("12:00:00", "12:00:01", StringComparison.Ordinal), "changed");
        await AssertEditRefusedAsync(lines, 2, line => line.Replace("\"kind\":\"remember\"", "\"kind\":\"believe\"", StringComparison.Ordinal), "believe");
        await AssertEditRefusedAsync(lines, 4, _ => "[1,2]", "no JSON object");
        await AssertEditRefusedAsync(lines, 4, _ => "{}", "kind");
        await AssertEditRefusedAsync(lines, 1, line => line.Replace("\"archicortex\":1", "\"archicortex\":2", StringComparison.Ordinal), "Update Archicortex");
        await AssertEditRefusedAsync(lines, 1, _ => "{\"text\":\"no export\"}", "no export");
        (lines[2], lines[3]) = (lines[3], lines[2]);
        await AssertRefusedAsync(string.Join('\n', lines), "Line 3 ", "missing or was changed");
    }

    [TestCase(1, "\"archicortex\":1", "\"archicortex\":\"1\"")]
    [TestCase(1, "\"operations\":6", "\"operations\":\"6\"")]
    [TestCase(1, "\"operations\":6", "\"operations\":6.5")]
    [TestCase(1, "\"scope\":\"default\"", "\"scope\":7")]
    [TestCase(2, "\"sequence\":1,", "\"sequence\":\"1\",")]
    [TestCase(2, "\"sequence\":1,", "\"sequence\":1.5,")]
    [TestCase(2, "\"sequence\":1,", "")]
    [TestCase(2, "\"at\":\"2026", "\"at\":\"then")]
    public async Task A_field_of_the_wrong_kind_names_its_line(int number, string field, string wrong) =>
        await AssertEditRefusedAsync(await LinesAsync(), number, line => line.Replace(field, wrong, StringComparison.Ordinal), "");

    [Test]
    public async Task An_export_that_is_not_UTF_8_is_refused()
    {
        var bytes = Encoding.UTF8.GetBytes(string.Join('\n', await LinesAsync()) + "\n");
        bytes[^20] = 0xFF;
        await using var memory = await MemoryProbe.OpenAsync();
        Assert.That(
            async () => await memory.ImportAsync(new MemoryStream(bytes)),
            Throws.InstanceOf<MemoryFormatException>().With.Message.Contains("UTF-8").And.Message.Contains("Line"));
    }

    [Test]
    public async Task An_export_of_another_scope_is_refused()
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync(MemoryProbe.Options with { Scope = "ada" });
        await memory.RememberAsync(SampleDocuments.Some(3));
        await using var other = await MemoryProbe.OpenAsync();
        Assert.That(
            async () => await other.ImportAsync(await MemoryProbe.ExportAsync(memory)),
            Throws.InstanceOf<MemoryFormatException>().With.Message.Contains("'ada'").And.Message.Contains("'default'"));
        Assert.That((await other.GetStatusAsync()).Operations, Is.Zero);
    }

    static async Task<GraphMemory> MakeAsync()
    {
        var memory = await MemoryProbe.OpenAsync(SampleDocuments.Some(15));
        await memory.ForgetAsync("note-3");
        await memory.RememberAsync(SampleDocuments.Of(4, version: 1), new() { Replace = true });
        await memory.RememberAsync(SampleDocuments.Of(3));
        await memory.ForgetAsync("note-8");
        await memory.RememberAsync("Ünïcode 中文 🍵 \u0001 \"quoted\" </script> \u2028");
        return memory;
    }

    static async Task<string[]> LinesAsync()
    {
        await using var memory = await MemoryProbe.OpenAsync(SampleDocuments.Some(6));
        return Encoding.UTF8.GetString((await MemoryProbe.ExportAsync(memory)).ToArray()).TrimEnd('\n').Split('\n');
    }

    static Task AssertEditRefusedAsync(string[] lines, int number, Func<string, string> edit, string words)
    {
        var edited = lines.ToArray();
        edited[number - 1] = edit(edited[number - 1]);
        Assert.That(edited[number - 1], Is.Not.EqualTo(lines[number - 1]), "The test changes nothing");
        return AssertRefusedAsync(string.Join('\n', edited) + "\n", $"Line {number} ", words);
    }

    static async Task AssertRefusedAsync(string export, string line, string words)
    {
        await using var memory = await MemoryProbe.OpenAsync();
        Assert.That(
            async () => await memory.ImportAsync(new MemoryStream(Encoding.UTF8.GetBytes(export))),
            Throws.InstanceOf<MemoryFormatException>().With.Message.Contains(line).And.Message.Contains(words));
        Assert.That((await memory.GetStatusAsync()).Operations, Is.Zero);
    }
}
