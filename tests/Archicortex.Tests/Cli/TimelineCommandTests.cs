using System.Text.Json;
using NUnit.Framework;

namespace Archicortex.Tests.Cli;

public sealed class TimelineCommandTests
{
    const string Chat = """
        {"id":"c1","text":"I live in Oslo.","speaker":"Ada","session":"may","time":"2023-05-01T10:00:00Z"}
        {"id":"c2","text":"Are you there?","speaker":"Bo","session":"may","time":"2023-05-01T10:01:00Z"}
        {"id":"c3","text":"Are you there?","speaker":"Bo","session":"may","time":"2023-05-01T10:02:00Z"}
        {"id":"c4","text":"The hull leaked. So I sold the old boat yesterday.","speaker":"Ada","session":"june","time":"2023-06-10T10:00:00Z"}
        {"id":"c5","text":"I live in Bergen now.","speaker":"Ada","session":"winter","time":"2024-02-10T09:00:00Z"}
        {"id":"c6","text":"Is Bergen wet?","speaker":"Bo","session":"winter","time":"2024-02-10T09:01:00Z"}
        """;

    TestTerminal _terminal = null!;

    [SetUp]
    public async Task MakeMemory()
    {
        _terminal = new TestTerminal { Input = Chat, Width = 100 };
        var ran = await _terminal.Run("remember", "-", "--memory", "{memory}");
        Assert.That(ran.Code, Is.Zero, ran.Error);
    }

    [TearDown]
    public void RemoveMemory() => _terminal.Dispose();

    [Test]
    public async Task A_timeline_reads_like_a_chronicle()
    {
        var ran = await _terminal.Run("timeline", "Ada", "--memory", "{memory}");
        Assert.That((ran.Code, ran.Error), Is.EqualTo((0, "")));
        Assert.That(ran.Output, Does.Contain("2023-05-01").And.Contain("[until 2024-02-10]").And.Contain("[current]").And.Contain("replaces 1 (2023-05-01)"));
        Assert.That(ran.Output, Does.Contain("2023-06-09").And.Contain("because: The hull leaked"));
        Assert.That((await _terminal.Run("timeline", "Ada", "--last", "1", "--memory", "{memory}")).Output, Does.Contain("Bergen").And.Not.Contain("Oslo"));
        Assert.That((await _terminal.Run("timeline", "Ada", "--to", "2023-05-31", "--memory", "{memory}")).Output, Does.Contain("Oslo").And.Not.Contain("hull"));
        Assert.That((await _terminal.Run("timeline", "Ada", "--as-of", "2023-12-31", "--memory", "{memory}")).Output, Does.Not.Contain("Bergen").And.Contain("[current]"));
    }

    [Test]
    public async Task A_timeline_as_json_has_the_links_and_the_sentence()
    {
        using var json = JsonDocument.Parse((await _terminal.Run("timeline", "Ada", "--json", "--memory", "{memory}")).Output);
        var entries = json.RootElement.GetProperty("entries").EnumerateArray().ToList();
        Assert.That(json.RootElement.GetProperty("schema").GetString(), Is.EqualTo("archicortex.timeline/1"));
        var last = entries[^1];
        Assert.That((last.GetProperty("sentence").GetString(), last.GetProperty("isCurrent").GetBoolean(), last.GetProperty("document").GetString()), Is.EqualTo(("I live in Bergen now.", true, "c5")));
        Assert.That(last.GetProperty("links").EnumerateArray().Select(link => (link.GetProperty("kind").GetString(), link.GetProperty("entry").GetInt32())), Does.Contain(("replaces", 1)));
        Assert.That(entries[0].GetProperty("to").GetString(), Is.EqualTo("2024-02-10"));
    }

    [Test]
    public async Task An_unknown_name_is_an_error_with_the_names_that_may_be_meant()
    {
        var ran = await _terminal.Run("timeline", "Bergan", "--memory", "{memory}", "--json");
        Assert.That(ran.Code, Is.EqualTo(1));
        Assert.That(ran.Error, Does.Contain("'Bergan'").And.Contain("Did you mean 'bergen'"));
        Assert.That(ran.Output, Does.Contain("\"kind\":\"notFound\""));
        Assert.That((await _terminal.Run("timeline", "Ada", "--from", "2024-01-01", "--to", "2023-01-01", "--memory", "{memory}")).Code, Is.EqualTo(1));
        Assert.That((await _terminal.Run("timeline", " ", "--memory", "{memory}")).Code, Is.EqualTo(2));
    }

    [Test]
    public async Task Sessions_are_listed_and_printed_by_name_or_number()
    {
        var list = await _terminal.Run("sessions", "--memory", "{memory}");
        Assert.That((list.Code, list.Error), Is.EqualTo((0, "")));
        Assert.That(list.Output, Does.Contain("may").And.Contain("june").And.Contain("winter").And.Contain("Ada, Bo"));
        foreach (var name in new[] { "may", "1" })
        {
            var one = await _terminal.Run("sessions", name, "--memory", "{memory}");
            Assert.That(one.Output, Does.Contain("10:00 Ada: I live in Oslo.").And.Contain("Bo: Are you there? (× 2)"), name);
        }

        Assert.That((await _terminal.Run("sessions", "may", "--episodes", "--memory", "{memory}")).Output, Does.Not.Contain("× 2"));
        Assert.That((await _terminal.Run("sessions", "--about", "the boat", "--memory", "{memory}")).Output, Does.Contain("june").And.Not.Contain("winter"));
        var missing = await _terminal.Run("sessions", "nope", "--memory", "{memory}", "--json");
        Assert.That((missing.Code, missing.Output.Contains("notFound")), Is.EqualTo((1, true)));
    }

    [Test]
    public async Task Sessions_as_json_have_every_turn()
    {
        using var list = JsonDocument.Parse((await _terminal.Run("sessions", "--memory", "{memory}", "--json")).Output);
        Assert.That(list.RootElement.GetProperty("sessions").EnumerateArray().Select(session => session.GetProperty("name").GetString()), Is.EqualTo(new[] { "may", "june", "winter" }));
        using var one = JsonDocument.Parse((await _terminal.Run("sessions", "may", "--memory", "{memory}", "--json")).Output);
        var turns = one.RootElement.GetProperty("session").GetProperty("episodes").EnumerateArray().SelectMany(episode => episode.GetProperty("turns").EnumerateArray());
        Assert.That(turns.Select(turn => turn.GetProperty("document").GetString()), Is.EqualTo(new[] { "c1", "c2", "c3" }));
    }

    [Test]
    public async Task Recall_prints_the_turns_around_a_hit()
    {
        var ran = await _terminal.Run("recall", "Who sold the boat?", "--top", "1", "--context", "1", "--memory", "{memory}");
        Assert.That(ran.Output, Does.Contain("10:02 Bo: Are you there?").And.Contain("09:00 Ada: I live in Bergen now."));
        using var json = JsonDocument.Parse((await _terminal.Run("recall", "Who sold the boat?", "--top", "1", "-c", "2", "--memory", "{memory}", "--json")).Output);
        var passage = json.RootElement.GetProperty("passages")[0];
        Assert.That(passage.GetProperty("before").EnumerateArray().Select(turn => turn.GetProperty("document").GetString()), Is.EqualTo(new[] { "c2", "c3" }));
        Assert.That(passage.GetProperty("after").EnumerateArray().Select(turn => turn.GetProperty("place").GetInt32()), Is.EqualTo(new[] { 1, 2 }));
        using var plain = JsonDocument.Parse((await _terminal.Run("recall", "Who sold the boat?", "--top", "1", "--memory", "{memory}", "--json")).Output);
        Assert.That(plain.RootElement.GetProperty("passages")[0].TryGetProperty("before", out _), Is.False);
    }
}
