using Microsoft.Data.Sqlite;
using NUnit.Framework;

namespace Archicortex.Tests.Cli;

/// <summary>Every bad input of the issue: a message that names thing, value and cure, an exit code, and nothing stored is lost.</summary>
public sealed class BadInputTests
{
    const string Lines = "{\"id\":\"ok\",\"text\":\"Ada lives in Oslo.\"}\n";

    TestTerminal _terminal = null!;

    [SetUp]
    public void MakeTerminal() => _terminal = new TestTerminal();

    [TearDown]
    public void RemoveTerminal() => _terminal.Dispose();

    [TestCase("", "Nothing to remember in '-'", 0)]
    [TestCase(" \n\n", "Nothing to remember in '-'", 0)]
    [TestCase(Lines + "{\"text\":\"x\"", "'standard input' line 2, byte 11: it is no JSON", 1)]
    [TestCase(Lines + "\n{\"title\":\"x\"}", "'standard input' line 3: it has no 'text' (its fields: title)", 1)]
    [TestCase(Lines + "{\"text\":\"x\",\"time\":\"yesterday\"}", "line 2: its 'time' is 'yesterday'", 1)]
    [TestCase(Lines + "{\"id\":\"ok\",\"text\":\"Ada lives in Bergen.\"}", "Document 'ok' is remembered with other content", 0)]
    public async Task A_bad_input_is_named_and_what_came_before_is_kept(string input, string message, int stored)
    {
        _terminal.Input = input;
        var ran = await _terminal.Run("remember", "-", "--memory", "{memory}");
        Assert.That(ran.Code, Is.EqualTo(1));
        Assert.That(ran.Error, Does.Contain("error: ").And.Contain(message).And.Not.Contain("   at "));
        Assert.That((await _terminal.Run("status", "--memory", "{memory}")).Output, Does.Contain($"documents            {stored}"));
        if (stored > 0)
        {
            Assert.That(ran.Error, Does.Contain("1 document is stored."));
        }
    }

    [Test]
    public async Task Invalid_utf_8_is_named_by_line_and_byte()
    {
        var file = _terminal.Folder.File("a.md");
        File.WriteAllBytes(file, [.. "fine\ncaf"u8, 0xE9]);
        await Fails("'{folder}/a.md' line 2: byte 8 (0xE9) is not UTF-8", "remember", file, "--memory", "{memory}");
    }

    [Test]
    public async Task A_line_of_fifty_megabytes_is_refused([Values("a.txt", "a.jsonl")] string name)
    {
        var file = _terminal.Write(name, "{\"text\":\"" + new string('a', 50_000_000));
        await Fails("more than 8,000,000 characters", "remember", file, "--memory", "{memory}");
    }

    [Test]
    public async Task A_file_that_is_no_memory_is_left_alone()
    {
        var file = _terminal.Write("letter.txt", "Dear Ada");
        await Fails("'{folder}/letter.txt' is no Archicortex memory", "recall", "Ada?", "--memory", file);
        await Fails("'{folder}/letter.txt' is no Archicortex memory", "remember", file, "--memory", file);
        Assert.That(File.ReadAllText(file), Is.EqualTo("Dear Ada"));
    }

    [Test]
    public async Task A_memory_of_a_newer_format_is_left_alone()
    {
        _terminal.Input = Lines;
        await _terminal.Run("remember", "-", "--memory", "{memory}");
        using (var connection = new SqliteConnection($"Data Source={_terminal.Memory};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 99";
            command.ExecuteNonQuery();
        }

        await Fails("has format 99", "status", "--memory", "{memory}");
        await Fails("has format 99", "remember", "-", "--memory", "{memory}");
    }

    [Test]
    public async Task A_second_writer_is_turned_away_and_readers_are_welcome()
    {
        _terminal.Input = Lines;
        await _terminal.Run("remember", "-", "--memory", "{memory}");
        await using var writer = await GraphMemory.OpenAsync(_terminal.Memory);
        await Fails("is open for writing in another process", "remember", "-", "--memory", "{memory}");
        await writer.RememberAsync("Bob lives in Bergen.");
        Assert.That((await _terminal.Run("recall", "Who lives in Bergen?", "--memory", "{memory}")).Output, Does.Contain("Bob lives"));
    }

    [Test]
    public async Task A_memory_that_is_not_there_is_not_made([Values(
        "recall x", "status", "verify", "export", "forget x", "facts", "ask x", "check-claim x", "facts read --chat-model m", "facts read --chat-model m --estimate",
        "export openie facts.json")] string command)
    {
        await Fails("There is no memory at '{folder}/notes.archicortex'", [.. command.Split(' '), "--memory", "{memory}"]);
        Assert.That(File.Exists(_terminal.Memory), Is.False);
    }

    [TestCase("remember no/such --memory {memory}", "There is no file or folder 'no/such'")]
    [TestCase("import no/such --memory {memory}", "There is no export 'no/such'")]
    [TestCase("import openie no/such --memory {memory}", "There is no OpenIE file 'no/such'")]
    [TestCase("import openie - --memory {memory}", "standard input can be read once only")]
    [TestCase("remember {folder} --memory {memory}", "Nothing to remember in '{folder}'")]
    [TestCase("remember {folder} --memory {folder}/no/such", "folder '{folder}/no' does not exist")]
    public Task A_missing_file_is_named(string command, string message) => Fails(message, command.Split(' '));

    [Test]
    public async Task Unknown_names_and_self_overwriting_are_refused()
    {
        _terminal.Input = Lines;
        await _terminal.Run("remember", "-", "--memory", "{memory}");
        await Fails("no document with the id, content id or source 'nope'", "forget", "nope", "--memory", "{memory}");
        await Fails("would overwrite the memory", "export", "--memory", "{memory}", "--output", "{memory}");
        await Fails("Cannot write the export", "export", "--memory", "{memory}", "--output", "{folder}/no/such.jsonl");
        await Fails("this is no export of a memory", "import", "-", "--memory", "{folder}/other");
    }

    [TestCase("recall x", "Which memory? Name its file with --memory")]
    [TestCase("recall x --memory m --top 0", "--top is '0'; it must be a whole number between 1 and 1000.")]
    [TestCase("recall x --memory m --top many", "--top is 'many'")]
    [TestCase("recall x --memory m --strategy guess", "--strategy is 'guess'; it must be one of auto, graph, flat, facts, hippo1, hippo2, dense, dialogue, tree, path, local, memgas.")]
    [TestCase("recall x --memory m --budget -1", "--budget is '-1'; it must be a whole number between 0 and 10000000.")]
    [TestCase("recall x --memory m --budget 9 --order upwards", "--order is 'upwards'; it must be one of auto, best-last, best-first, chronological.")]
    [TestCase("recall x --memory m --pin y", "--order and --pin are about the block that --budget TOKENS prints.")]
    [TestCase("recall x --memory m --damping 1", "--damping is '1'; it must be a number between 0 and 1, both excluded.")]
    [TestCase("recall x --memory m --linked-facts 0", "--linked-facts is '0'; it must be a whole number between 1 and 100.")]
    [TestCase("recall x --memory m --choice model", "--choice model asks a chat model, and none is named.")]
    [TestCase("recall x --memory m --model-endpoint http://h/v1", "names a server but no model of it")]
    [TestCase("ask x --memory m --chat-model m --model-endpoint nowhere", "--model-endpoint is 'nowhere'; it must be an http or https address")]
    [TestCase("ask x --memory m --chat-model m --model-endpoint ftp://h/v1", "--model-endpoint is 'ftp://h/v1'")]
    [TestCase("ask x --memory m --chat-model m --model-timeout 0", "--model-timeout is '0'")]
    [TestCase("ask x --memory m --asked-on yesterday", "--asked-on is 'yesterday'; it must be a day such as 2024-03-09.")]
    [TestCase("ask x --memory m --top 101", "--top is '101'; it must be a whole number between 1 and 100.")]
    [TestCase("check-claim x --memory m --fail-on always", "--fail-on is 'always'; it must be one of never, contradicted, unsupported.")]
    [TestCase("facts --memory m --min-confidence 2", "--min-confidence is '2'; it must be a number between 0 and 1.")]
    [TestCase("facts read --memory m", "Which model? Name it with --chat-model NAME")]
    [TestCase("facts read --memory m --chat-model x --budget-money 1", "--budget-money needs prices to count with.")]
    [TestCase("facts read --memory m --chat-model x --budget-calls -1", "--budget-calls is '-1'")]
    [TestCase("remember x --memory m --read-facts", "--read-facts asks a chat model, and none is named.")]
    [TestCase("export openie - --memory m", "standard output will not do")]
    [TestCase("import openie a.json", "Which memory? Name its file with --memory")]
    [TestCase("remember x --memory m --format pdf", "--format is 'pdf'")]
    [TestCase("remember --memory m", "Required argument missing")]
    [TestCase("frobnicate", "'frobnicate'")]
    [TestCase("", "Required command")]
    public async Task Wrong_use_has_exit_code_2_and_points_to_the_help(string command, string message)
    {
        var ran = await _terminal.Run(command.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.That(ran.Code, Is.EqualTo(2));
        Assert.That(ran.Error, Does.Contain("error: ").And.Contain(message).And.Contain("Try: archicortex").And.Contain("--help"));
    }

    [Test]
    public async Task An_empty_question_is_wrong_use([Values("recall", "ask", "check-claim")] string command) =>
        Assert.That((await _terminal.Run(command, " ", "--memory", "m")).Code, Is.EqualTo(2));

    [Test]
    public async Task An_empty_name_of_a_model_is_wrong_use()
    {
        var ran = await _terminal.Run("ask", "x", "--memory", "m", "--chat-model", " ");
        Assert.That((ran.Code, ran.Error), Is.EqualTo((2, ran.Error)));
        Assert.That(ran.Error, Does.Contain("--chat-model is empty; give it a value."));
    }

    [Test]
    public async Task Cancelling_ends_with_130_and_says_how_to_go_on()
    {
        _terminal.Input = Lines;
        await _terminal.Run("remember", "-", "--memory", "{memory}");
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        _terminal.Token = source.Token;
        var ran = await _terminal.Run("status", "--memory", "{memory}");
        Assert.That((ran.Code, ran.Error), Is.EqualTo((130, "error: Cancelled." + Environment.NewLine)));
    }

    [TestCase("--help", "Start here:")]
    [TestCase("remember --help", "archicortex remember notes/")]
    [TestCase("recall --help", "Strategies:")]
    [TestCase("demo --help", "--question")]
    [TestCase("facts --help", "--min-confidence")]
    [TestCase("facts read --help", "archicortex facts read [options]")]
    [TestCase("ask --help", "--asked-on")]
    [TestCase("check-claim --help", "use verify")]
    [TestCase("import openie --help", "openie_results_ner_gpt-4o.json")]
    [TestCase("export openie --help", ".facts.jsonl")]
    public async Task Help_has_examples_under_the_name_of_the_tool(string command, string text)
    {
        var ran = await _terminal.Run(command.Split(' '));
        Assert.That(ran.Code, Is.Zero);
        Assert.That(ran.Output, Does.Contain(text).And.Contain("  archicortex ").And.Contain("Usage:"));
    }

    async Task Fails(string message, params string[] words)
    {
        var ran = await _terminal.Run(words);
        Assert.That(ran.Error, Does.Contain("error: ").And.Contain(message).And.Not.Contain("   at "));
        Assert.That(ran.Code, Is.EqualTo(1));
    }
}
