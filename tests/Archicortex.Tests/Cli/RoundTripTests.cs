using System.Text.Json;
using NUnit.Framework;

namespace Archicortex.Tests.Cli;

public sealed class RoundTripTests
{
    TestTerminal _terminal = null!;

    [SetUp]
    public void MakeTerminal() => _terminal = new TestTerminal();

    [TearDown]
    public void RemoveTerminal() => _terminal.Dispose();

    [Test]
    public async Task Remember_recall_forget_verify_export_and_import_tell_one_story()
    {
        _terminal.Write("d/ada.md", "# Ada\n\nAda moved to Bergen with her sister Maud.");
        _terminal.Write("d/maud.md", "# Maud\n\nMaud builds boats in a yard called Solveig.");
        var remembered = await _terminal.Run("remember", "{folder}/d", "--memory", "{memory}");
        Assert.That(remembered.Code, Is.Zero, remembered.Error);
        Assert.That(remembered.Output, Does.StartWith("Remembered 2 documents in {folder}/notes.archicortex").And.Contain("added              2"));

        var again = await _terminal.Run("remember", "{folder}/d", "--memory", "{memory}");
        Assert.That(again.Output, Does.Contain("known              2").And.Contain("added              0"));

        var found = await _terminal.Run("recall", "Where does the sister of Ada build boats?", "--memory", "{memory}", "--explain");
        Assert.That(found.Output, Does.Contain("graph: ").And.Contain("path     question → Ada").And.Contain("Maud").And.Contain("seeds ").And.Contain("score "));
        Assert.That(found.Output, Does.Not.Contain("\u001b"), "a redirected page has no colour codes");

        var block = await _terminal.Run("recall", "Where does the sister of Ada build boats?", "--memory", "{memory}", "--budget", "25");
        Assert.That(block.Output, Does.Contain("Passages:").And.Contain("[1] ").And.Contain(" of 25 tokens. Left out: "));

        Assert.That((await _terminal.Run("forget", "{folder}/d/ada.md", "--memory", "{memory}")).Output, Is.EqualTo("forgot {folder}/d/ada.md" + Environment.NewLine));
        Assert.That((await _terminal.Run("verify", "--memory", "{memory}")).Output, Does.Contain("is sound: 3 operations checked"));
        Assert.That((await _terminal.Run("export", "--memory", "{memory}", "--output", "{folder}/out.jsonl")).Output, Does.StartWith("Exported 3 operations"));
        Assert.That((await _terminal.Run("import", "{folder}/out.jsonl", "--memory", "{folder}/copy")).Output, Does.Contain("the very one that was exported"));
        Assert.That(await StateHash("{folder}/copy"), Is.EqualTo(await StateHash("{memory}")));
        Assert.That((await _terminal.Run("status", "--memory", "{folder}/copy")).Output, Does.Contain("documents            1").And.Contain("operations           3"));
    }

    [Test]
    public async Task An_export_on_standard_output_imports_from_standard_input()
    {
        _terminal.Input = "{\"id\":\"a\",\"text\":\"Ada lives in Oslo.\"}";
        await _terminal.Run("remember", "-", "--memory", "{memory}");
        _terminal.Input = (await _terminal.Run("export", "--memory", "{memory}")).Output;
        Assert.That((await _terminal.Run("import", "-", "--memory", "{folder}/copy")).Code, Is.Zero);
        Assert.That(await StateHash("{folder}/copy"), Is.EqualTo(await StateHash("{memory}")));
    }

    [Test]
    public async Task The_environment_names_the_memory_and_scopes_keep_apart()
    {
        _terminal.Variables["ARCHICORTEX_MEMORY"] = _terminal.Memory;
        _terminal.Input = "Ada lives in Oslo.";
        Assert.That((await _terminal.Run("remember", "-", "--scope", "ada")).Code, Is.Zero);
        Assert.That((await _terminal.Run("recall", "Oslo", "--scope", "ada")).Output, Does.Contain("Ada lives in Oslo."));
        Assert.That((await _terminal.Run("recall", "Oslo")).Output, Does.Contain("the memory is empty"));
    }

    [Test]
    public async Task Replace_puts_the_new_text_in_the_place_of_the_old()
    {
        var file = _terminal.Write("a.md", "Ada lives in Oslo.");
        await _terminal.Run("remember", file, "--memory", "{memory}");
        File.WriteAllText(file, "Ada lives in Bergen.");
        Assert.That((await _terminal.Run("remember", file, "--memory", "{memory}", "--replace")).Output, Does.Contain("replaced           1"));
        var found = await _terminal.Run("recall", "Ada", "--memory", "{memory}");
        Assert.That(found.Output, Does.Contain("Bergen").And.Not.Contain("Oslo"));
    }

    [Test]
    public async Task Misspelt_words_are_said_to_be_read_as_others()
    {
        _terminal.Input = "The planet Jupiter has many moons.";
        await _terminal.Run("remember", "-", "--memory", "{memory}");
        Assert.That((await _terminal.Run("recall", "moons of Jupitr", "--memory", "{memory}")).Output, Does.Contain("read 'jupitr' as 'jupiter'").IgnoreCase);
    }

    [Test]
    public async Task A_remembered_text_cannot_steer_the_terminal()
    {
        _terminal.Input = "{\"text\":\"evil \\u001b[31mred Oslo\"}";
        await _terminal.Run("remember", "-", "--memory", "{memory}");
        Assert.That((await _terminal.Run("recall", "Oslo", "--memory", "{memory}")).Output, Does.Contain("evil").And.Not.Contain("\u001b"));
    }

    async Task<string> StateHash(string memory)
    {
        using var report = JsonDocument.Parse((await _terminal.Run("verify", "--memory", memory, "--json")).Output);
        Assert.That(report.RootElement.GetProperty("isSound").GetBoolean(), Is.True);
        return report.RootElement.GetProperty("stateHash").GetString()!;
    }
}
