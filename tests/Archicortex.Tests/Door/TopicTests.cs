using System.Collections;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Archicortex.Documents;
using Archicortex.Storage;
using Archicortex.Testing;
using Archicortex.Testing.Corpora;
using Archicortex.Testing.Models;
using NUnit.Framework;

namespace Archicortex.Tests.Door;

/// <summary>Topics as a user of the library sees them.</summary>
[TestFixture]
public sealed class TopicTests
{
    const string Secret = "The violet key of Marit Quendel lies under the third stair";

    [Test]
    public async Task An_empty_memory_has_no_topics()
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync();
        Assert.That(await memory.GetTopicsAsync(), Is.Empty);
        Assert.That(await memory.GetTopicsAsync(new() { About = "boats" }), Is.Empty);
        Assert.ThrowsAsync<ArgumentException>(() => memory.GetTopicsAsync(new() { Node = 5 }));
        Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => memory.GetTopicsAsync(new() { Depth = 13 }));
        Assert.ThrowsAsync<ArgumentException>(() => memory.GetTopicsAsync(new() { About = " " }));
    }

    [Test]
    public async Task The_tree_unfolds_as_far_as_asked_and_never_shows_more_than_allowed()
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync();
        await memory.RememberAsync(Chronicle.Notes(1, 150));
        var root = (await memory.GetTopicsAsync(new() { Depth = 0 })).Single();
        Assert.That((root.Node, root.PassageCount, root.Topics.Count, root.IsFolded), Is.EqualTo((0, 150, 0, true)));
        var whole = (await memory.GetTopicsAsync(new() { Depth = 12, NodesMax = 10_000 })).Single();
        var all = Flat(whole).ToList();
        Assert.That(all.Sum(node => node.Passages.Count), Is.EqualTo(150), "Every passage hangs in one place.");
        Assert.That(all, Has.All.Matches<TopicTreeNode>(node => !node.IsFolded && node.PassageCount == node.Passages.Count + node.Topics.Sum(one => one.PassageCount)));
        Assert.That(Flat((await memory.GetTopicsAsync(new() { Depth = 12, NodesMax = 12 })).Single()).Count(), Is.LessThanOrEqualTo(12));
        var part = all.First(node => node.Depth == 1);
        Assert.That((await memory.GetTopicsAsync(new() { Node = part.Node })).Single().PassageCount, Is.EqualTo(part.PassageCount));
        Assert.That((await memory.GetTopicsAsync(new() { About = "choir" }))[0].Summary.Text, Does.Contain("choir"));
    }

    [Test]
    public async Task A_memory_opened_from_its_snapshot_shows_the_same_bytes_as_one_replayed()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "topics.archicortex");
        await using (var memory = await GraphMemory.OpenAsync(path, new() { SnapshotEvery = 1 }))
        {
            await memory.RememberAsync(Chronicle.Notes(2, 120));
            foreach (var gone in (int[])[3, 17, 40, 41, 42, 99])
            {
                await memory.ForgetAsync($"note-{gone}");
            }
        }

        string first, second, third;
        await using (var memory = await GraphMemory.OpenAsync(path))
        {
            first = await ShownAsync(memory);
            Assert.That((await memory.VerifyAsync()).Problems, Is.Empty);
            await memory.RememberAsync(Chronicle.Notes(77, 130).Skip(120));
            second = await ShownAsync(memory);
            Assert.That((await memory.VerifyAsync()).Problems, Is.Empty, "What grows on the snapshot is what replay grows.");
        }

        var store = new InMemoryStore("default");
        await using (var copy = await GraphMemory.OpenAsync(store))
        {
            using var export = new MemoryStream();
            await using (var memory = await GraphMemory.OpenAsync(path, new() { IsReadOnly = true }))
            {
                await memory.ExportAsync(export);
            }

            export.Position = 0;
            await copy.ImportAsync(export);
            third = await ShownAsync(copy);
        }

        Assert.That(second, Is.Not.EqualTo(first));
        Assert.That(third, Is.EqualTo(second));
    }

    [Test]
    public async Task Nothing_of_what_is_forgotten_is_left_in_topics_phrases_or_summaries()
    {
        var client = Summarising();
        await using var memory = await GraphMemory.OpenInMemoryAsync(new() { ChatClient = client });
        await memory.RememberAsync(Chronicle.Notes(3, 40));
        for (var i = 0; i < 6; i++)
        {
            await memory.RememberAsync(new Document($"{Secret}. So says note number {i} of the caretaker.") { Id = $"secret-{i}" });
        }

        await foreach (var _ in memory.SummariseAsync(new() { PassagesMin = 2 }))
        {
        }

        var before = await ShownAsync(memory);
        Assert.That(before, Does.Contain("violet key").And.Contain("Quendel"), "It was shown before.");
        Assert.That(Reachable(memory), Does.Contain("violet key"), "The scan sees what is there.");
        for (var i = 0; i < 6; i++)
        {
            await memory.ForgetAsync($"secret-{i}");
        }

        var after = await ShownAsync(memory);
        Assert.That(after, Does.Not.Contain("violet key").And.Not.Contain("Quendel").And.Not.Contain("stair"));
        Assert.That(Reachable(memory), Does.Not.Contain("violet key"));
        Assert.That((await memory.RecallAsync("overview of the violet key")).Summaries.Select(one => one.Text), Has.None.Contains("violet"));
        Assert.That((await memory.VerifyAsync()).Problems, Is.Empty);
    }

    [Test]
    public async Task A_models_summary_is_shown_while_the_topic_has_its_passages_and_comes_back_with_them()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "topics.archicortex");
        var client = Summarising();
        var extra = new Document("The ferry of Velmere carries timber to the islands in the morning.") { Id = "extra" };
        await using (var memory = await GraphMemory.OpenAsync(path, new() { ChatClient = client, SnapshotEvery = 1 }))
        {
            await memory.RememberAsync(Chronicle.Notes(4, 60));
            var (topics, cost) = await memory.EstimateSummariesAsync();
            var written = await CollectAsync(memory.SummariseAsync());
            Assert.That((topics, cost.Calls, client.Requests.Count), Is.EqualTo((written.Count, written.Count, written.Count)));
            Assert.That(written.Select(one => one.Depth), Is.Ordered.Descending, "The deepest first.");
            Assert.That(written[^1].Node, Is.Zero);
            var root = (await memory.GetTopicsAsync()).Single().Summary;
            Assert.That((root.IsInferred, root.Writer), Is.EqualTo((true, "model:scripted-1:summary-1")));
            Assert.That(root.Text, Is.EqualTo(written[^1].Text));
            Assert.That(root.Sources, Has.Count.EqualTo(24));
            Assert.That(await CollectAsync(memory.SummariseAsync()), Is.Empty, "Nothing changed since.");

            await memory.RememberAsync(extra);
            Assert.That((await memory.GetTopicsAsync()).Single().Summary.IsInferred, Is.False, "It has another passage.");
            var dirty = await CollectAsync(memory.SummariseAsync());
            Assert.That(dirty, Has.Count.InRange(1, 12), "Only the way to the root changed.");
            Assert.That(dirty.Count, Is.LessThan(written.Count));
            await memory.ForgetAsync("extra");
            Assert.That((await memory.GetTopicsAsync()).Single().Summary.Text, Is.EqualTo(root.Text), "It has its passages again.");
        }

        await using (var memory = await GraphMemory.OpenAsync(path))
        {
            Assert.That((await memory.GetTopicsAsync()).Single().Summary.IsInferred, Is.True, "From the snapshot.");
            var report = await memory.VerifyAsync();
            Assert.That(report.Problems, Is.Empty, "From the log.");
            using var export = new MemoryStream();
            await memory.ExportAsync(export);
            export.Position = 0;
            await using var copy = await GraphMemory.OpenInMemoryAsync();
            await copy.RememberAsync(new Document("Already here."));
            await copy.ImportAsync(export);
            Assert.That(Encoding.UTF8.GetString(export.ToArray()), Does.Contain("\"kind\":\"summary\""));
            await copy.ForgetAsync((await copy.RecallAsync("Already here")).Passages[0].DocumentId.ToString());
            Assert.That(await copy.GetStateHashAsync(), Is.EqualTo(await memory.GetStateHashAsync()), "What was written comes along.");
        }
    }

    [Test]
    public async Task A_summary_that_invents_a_name_or_a_number_is_refused_and_told()
    {
        var client = ScriptedChatClient.Saying("""{"summary": "All of it was arranged by Zebulon Hark in 2099."}""");
        await using var memory = await GraphMemory.OpenInMemoryAsync(new() { ChatClient = client });
        await memory.RememberAsync(Chronicle.Notes(5, 30));
        var asked = await CollectAsync(memory.SummariseAsync(new() { NodesMax = 2 }));
        Assert.That(asked, Has.Count.EqualTo(2));
        Assert.That(asked.Select(one => one.Text), Is.All.Null);
        Assert.That(asked[0].Refusal, Does.Contain("zebulon").And.Contain("2099"));
        Assert.That((await memory.GetTopicsAsync()).Single().Summary.IsInferred, Is.False);
    }

    [Test]
    public async Task A_run_stops_at_its_budget_and_goes_on_where_it_stopped()
    {
        var client = Summarising();
        var options = new GraphMemoryOptions
        {
            ChatClient = client,
            ModelOptions = new() { Budget = new() { CallsMax = 3 }, ConcurrencyMax = 1 },
        };
        await using var memory = await GraphMemory.OpenInMemoryAsync(options);
        await memory.RememberAsync(Chronicle.Notes(6, 80));
        var written = new List<SummarisedTopic>();
        Assert.ThrowsAsync<BudgetExceededException>(async () =>
        {
            await foreach (var one in memory.SummariseAsync())
            {
                written.Add(one);
            }
        });
        Assert.That(written, Has.Count.EqualTo(3));
        Assert.That((await memory.GetTopicsAsync(new() { Node = written[0].Node })).Single().Summary.Text, Is.EqualTo(written[0].Text));
    }

    [Test]
    public async Task Without_a_model_there_is_nobody_to_summarise()
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync();
        Assert.ThrowsAsync<InvalidOperationException>(async () => await CollectAsync(memory.SummariseAsync()));
        Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await CollectAsync(
            (await GraphMemory.OpenInMemoryAsync(new() { ChatClient = Summarising() })).SummariseAsync(new() { NodesMax = 0 })));
    }

    /// <summary>A model that says the first sentence it is shown.</summary>
    static ScriptedChatClient Summarising() => new(request =>
    {
        var text = request.LastText;
        var start = text.IndexOf('\n', text.IndexOf("<<<", StringComparison.Ordinal)) + 1;
        var sentence = text[start..(text.IndexOf('.', start) + 1)].ReplaceLineEndings(" ").Replace("Title: ", "", StringComparison.Ordinal);
        return JsonSerializer.Serialize(new { summary = "In short: " + sentence });
    });

    static async Task<List<SummarisedTopic>> CollectAsync(IAsyncEnumerable<SummarisedTopic> topics)
    {
        var found = new List<SummarisedTopic>();
        await foreach (var topic in topics)
        {
            found.Add(topic);
        }

        return found;
    }

    static IEnumerable<TopicTreeNode> Flat(TopicTreeNode node) => node.Topics.SelectMany(Flat).Prepend(node);

    static async Task<string> ShownAsync(GraphMemory memory)
    {
        var shown = new StringBuilder();
        foreach (var node in Flat((await memory.GetTopicsAsync(new() { Depth = 12, NodesMax = 10_000 })).Single()))
        {
            shown.AppendLine($"{node.Node} {node.Depth} {node.PassageCount} {node.Summary.Title} | {node.Summary.Text} | {node.Summary.Writer}");
            foreach (var source in node.Summary.Sources)
            {
                shown.AppendLine($"  {source.PassageId} {source.Span} {source.IsFact} {source.Text}");
            }
        }

        foreach (var question in (string[])["What are the main themes?", "overview of the ferry", "Summarise the orchard and the choir"])
        {
            var found = await memory.RecallAsync(question, new() { Strategy = RecallStrategy.Tree, Top = 20 });
            shown.AppendLine(string.Join('\n', found.Summaries.Select(one => $"{one.Node} {one.Score:R} {one.Text}")));
            shown.AppendLine(string.Join('\n', found.Passages.Select(one => $"{one.PassageId} {one.Score:R}")));
        }

        return shown.ToString();
    }

    /// <summary>Every text that can be reached from a memory's topics, summaries and the caches of both, by reflection.</summary>
    static string Reachable(GraphMemory memory)
    {
        var view = Field(memory, "_view")!;
        var views = Field(memory, "_views")!;
        var texts = new StringBuilder();
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var start in (object[])[Field(view, "_digests")!, Property(view, "Topics")!, Property(view, "Written")!, Field(views, "_written")!, Field(views, "_topics")!, Field(views, "_features")!])
        {
            Walk(start, seen, texts);
        }

        return texts.ToString();
    }

    static void Walk(object value, HashSet<object> seen, StringBuilder texts)
    {
        var pending = new Stack<object>([value]);
        while (pending.TryPop(out var one))
        {
            switch (one)
            {
                case string text:
                    texts.AppendLine(text);
                    continue;
                case char[] letters:
                    texts.Append(letters).AppendLine();
                    continue;
                case byte[] bytes:
                    texts.AppendLine(Encoding.UTF8.GetString(bytes));
                    continue;
                case Pointer or Type or Delegate or Thread:
                    continue;
            }

            if (one.GetType().IsPrimitive || (one.GetType().IsClass && !seen.Add(one)))
            {
                continue;
            }

            if (one is Array { Rank: 1 } array && array.GetType().GetElementType() is { IsPrimitive: true })
            {
                continue;
            }

            foreach (var below in one is IEnumerable and Array ? ((IEnumerable)one).Cast<object?>() : Fields(one))
            {
                if (below is not null)
                {
                    pending.Push(below);
                }
            }
        }
    }

    static IEnumerable<object?> Fields(object value)
    {
        for (var type = value.GetType(); type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (!field.FieldType.IsPointer && !field.FieldType.IsPrimitive && !field.FieldType.IsByRefLike)
                {
                    yield return field.GetValue(value);
                }
            }
        }
    }

    static object? Field(object from, string name) => from.GetType().GetField(name, BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(from);

    static object? Property(object from, string name) => from.GetType().GetProperty(name, BindingFlags.Instance | BindingFlags.Public)!.GetValue(from);
}
