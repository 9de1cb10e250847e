using System.Text.Json;
using Archicortex.Testing;
using Archicortex.Testing.Corpora;
using NUnit.Framework;

namespace Archicortex.Tests.Cli;

/// <summary>The tree of topics on the command line.</summary>
public sealed class TreeCommandTests
{
    TestTerminal _terminal = null!;

    [SetUp]
    public async Task MakeMemory()
    {
        _terminal = new TestTerminal { Width = 100 };
        await using var memory = await GraphMemory.OpenAsync(_terminal.Memory);
        await memory.RememberAsync(Chronicle.Notes(1, 90));
    }

    [TearDown]
    public void RemoveMemory() => _terminal.Dispose();

    [Test]
    public async Task The_tree_is_shown_with_numbers_names_counts_and_a_line_of_summary()
    {
        var ran = await Run("tree");
        Assert.That(ran.Code, Is.Zero, ran.Error);
        var lines = ran.Output.Split('\n');
        Assert.That(lines[0], Does.StartWith("▾ #0 All of the memory: ").And.EndWith("90 passages"));
        Assert.That(lines, Has.Some.Match("^   ▸ #\\d+ .+  \\d+ passages"));
        var number = lines.First(line => line.StartsWith("   ▸ #", StringComparison.Ordinal)).Split('#', ' ').First(word => word.Length > 0 && char.IsDigit(word[0]));
        Assert.That((await Run("tree", "--node", number)).Output, Does.StartWith($"▾ #{number} "));
        Assert.That((await Run("tree", "--depth", "0")).Output, Does.StartWith("▸ #0 "));
        Assert.That((await Run("tree", "--about", "the choir")).Output, Does.Contain("choir"));
    }

    [Test]
    public async Task Passages_are_counted_once_however_far_the_tree_is_unfolded()
    {
        using var json = JsonDocument.Parse((await Run("tree", "--depth", "12", "--top", "10000", "--json")).Output);
        Assert.That(Leaves(json.RootElement.GetProperty("topics")[0]), Is.EqualTo(90));

        static int Leaves(JsonElement topic) => topic.GetProperty("leaves").GetArrayLength() + topic.GetProperty("topics").EnumerateArray().Sum(Leaves);
    }

    [TestCase("--node 3 --about x", "--node and --about")]
    [TestCase("--depth 13", "--depth is '13'")]
    [TestCase("--summarise", "--chat-model")]
    [TestCase("--estimate", "--summarise")]
    [TestCase("--top 0", "--top is '0'")]
    public async Task Wrong_use_is_told(string options, string expected)
    {
        var ran = await Run("tree", options.Split(' '));
        Assert.That(ran.Code, Is.EqualTo(2));
        Assert.That(ran.Error, Does.Contain(expected));
    }

    [Test]
    public async Task A_topic_that_is_not_there_and_a_memory_without_any_are_told()
    {
        var missing = await Run("tree", "--node", "99999");
        Assert.That((missing.Code, missing.Error.Contains("no topic 99999", StringComparison.Ordinal)), Is.EqualTo((1, true)), missing.Error);
        Assert.That((await Run("tree", "--about", "zymurgy")).Output, Does.Contain("No topic"));
        await using (await GraphMemory.OpenAsync(_terminal.Folder.File("empty.archicortex")))
        {
        }

        var empty = await _terminal.Run("tree", "--memory", "{folder}/empty.archicortex");
        Assert.That((empty.Code, empty.Output.Contains("is empty", StringComparison.Ordinal)), Is.EqualTo((0, true)));
    }

    [Test]
    public async Task A_broad_question_is_answered_with_topics()
    {
        var ran = await Run("recall", "Give an overview of the choir");
        Assert.That(ran.Output, Does.StartWith("tree: ").And.Contain("passages"));
        using var json = JsonDocument.Parse((await Run("recall", "Give an overview of the choir", "--json")).Output);
        var summary = json.RootElement.GetProperty("summaries")[0];
        Assert.That(
            string.Join(' ', summary.EnumerateObject().Select(field => field.Name)),
            Is.EqualTo("node depth passages score title keyPhrases text isInferred sources"));
        Assert.That((await Run("recall", "choir", "--strategy", "tree")).Code, Is.Zero);
    }

    [Test]
    public async Task A_model_summarises_and_the_tree_shows_it()
    {
        await using var server = new ScriptedModelServer(_ => new ScriptedReply { Text = """{"summary": "In short, it is about the choir and the ferry."}""" });
        string[] model = ["--chat-model", "tiny", "--model-endpoint", server.Endpoint.ToString()];
        var estimate = await Run("tree", [.. model, "--summarise", "--estimate"]);
        Assert.That(estimate.Output, Does.Contain("topics to summarise").And.Contain("Nothing was asked"), estimate.Error);
        var ran = await Run("tree", [.. model, "--summarise", "--max-summaries", "3", "--json"]);
        Assert.That(ran.Code, Is.Zero, ran.Error);
        using var json = JsonDocument.Parse(ran.Output);
        Assert.That(json.RootElement.GetProperty("summarised").GetProperty("written").GetInt32(), Is.EqualTo(3));
        var root = json.RootElement.GetProperty("topics")[0];
        Assert.That((root.GetProperty("isInferred").GetBoolean(), root.GetProperty("writer").GetString()), Is.EqualTo((true, "model:tiny:summary-1")));
        Assert.That((await Run("tree")).Output, Does.Contain("In short, it is about the choir").And.Contain("written by model:tiny:summary-1"));
        Assert.That(ran.Error, Does.Contain("3 of 3 summaries are written"));
    }

    Task<Ran> Run(string command, params string[] words) => _terminal.Run([command, .. words, "--memory", "{memory}"]);
}
