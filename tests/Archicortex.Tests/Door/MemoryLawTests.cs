using Archicortex.Documents;
using Archicortex.Testing;
using NUnit.Framework;

namespace Archicortex.Tests.Door;

[TestFixture]
public sealed class MemoryLawTests
{
    const int Sequences = 320;
    const int StepsMax = 14;
    const int Numbers = 12;

    [Test]
    public async Task Random_histories_leave_what_a_dictionary_would_hold()
    {
        using var folder = new TempFolder();
        for (var seed = 0; seed < Sequences; seed++)
        {
            var path = folder.File($"law-{seed}.archicortex");
            try
            {
                await RunAsync(path, seed);
            }
            catch (Exception failure) when (failure is not AssertionException)
            {
                Assert.Fail($"seed {seed}: {failure}");
            }

            foreach (var file in Directory.GetFiles(folder.Path))
            {
                File.Delete(file);
            }
        }
    }

    [Test]
    public async Task Eight_threads_remember_and_recall_at_once()
    {
        const int Threads = 8;
        const int PerThread = 12;
        using var folder = new TempFolder();
        string state;
        await using (var memory = await GraphMemory.OpenAsync(folder.File(), MemoryProbe.Options))
        {
            await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() => RememberAndAskAsync(memory, thread, PerThread))));
            state = await memory.GetStateHashAsync();
            Assert.That((await memory.VerifyAsync()).Problems, Is.Empty);
        }

        await using var inOrder = await MemoryProbe.OpenAsync(Enumerable.Range(0, Threads).SelectMany(thread => Own(thread, PerThread)).Where(document => !IsPassing(document)));
        Assert.That(await inOrder.GetStateHashAsync(), Is.EqualTo(state));
        await using var again = await GraphMemory.OpenAsync(folder.File(), MemoryProbe.Options);
        Assert.That(await MemoryProbe.OrderAsync(again), Is.EqualTo(await MemoryProbe.OrderAsync(inOrder)));
    }

    static async Task RememberAndAskAsync(GraphMemory memory, int thread, int count)
    {
        foreach (var (i, document) in Own(thread, count).Index())
        {
            var remembered = await memory.RememberAsync(document);
            var strategy = (RecallStrategy)((thread + i) % 4);
            var answer = await memory.RecallAsync(document.Text[..40], new() { Top = 200, Strategy = strategy, Explain = i % 3 == 0 });
            Assert.That(answer.Passages, Is.Not.Empty);
            answer = await memory.RecallAsync($"unique{thread}x{i}", new() { Strategy = RecallStrategy.Flat });
            Assert.That(answer.Passages[0].DocumentId, Is.EqualTo(remembered.DocumentId), $"thread {thread}, document {i}");
            if (IsPassing(document))
            {
                await memory.ForgetAsync(document.Id!);
                answer = await memory.RecallAsync($"unique{thread}x{i}", new() { Strategy = RecallStrategy.Flat });
                Assert.That(answer.Passages.Select(passage => passage.DocumentId), Does.Not.Contain(remembered.DocumentId));
            }
        }
    }

    static IEnumerable<Document> Own(int thread, int count) => Enumerable.Range(0, count).Select(i =>
    {
        var document = SampleDocuments.Of((thread * 100) + i);
        return document with { Text = $"{document.Text} The mark is unique{thread}x{i}." };
    });

    static bool IsPassing(Document document) => document.Id!.EndsWith('7');

    static async Task RunAsync(string path, int seed)
    {
        var random = new Random(seed);
        var options = MemoryProbe.Options with { SnapshotEvery = random.Next(3) == 0 ? 1 : random.Next(2, 30) };
        var model = new Dictionary<string, Document>();
        var history = $"seed {seed}:";
        var memory = await GraphMemory.OpenAsync(path, options);
        try
        {
            for (var step = random.Next(3, StepsMax); step > 0; step--)
            {
                var number = random.Next(Numbers);
                var document = SampleDocuments.Of(number, random.Next(2));
                switch (random.Next(6))
                {
                    case 0 or 1:
                        history += $" remember {document.Id}";
                        await RememberAsync(memory, model, document, history);
                        break;
                    case 2:
                        var batch = Enumerable.Range(number, 4).Select(n => SampleDocuments.Of(n, random.Next(2))).Append(document).ToList();
                        history += $" replace {string.Join(',', batch.Select(one => one.Id))}";
                        await memory.RememberAsync(batch, new() { Replace = true, BatchSize = random.Next(1, 6) });
                        batch.ForEach(one => model[one.Id!] = one);
                        break;
                    case 3:
                        history += $" forget {document.Id}";
                        Assert.That(await memory.ForgetAsync(document.Id!), Has.Count.EqualTo(model.Remove(document.Id!) ? 1 : 0), history);
                        break;
                    case 4:
                        history += " recall";
                        await AssertRecallsAsync(memory, model, history, SampleDocuments.Questions[number % SampleDocuments.Questions.Length]);
                        break;
                    default:
                        history += " reopen";
                        await memory.DisposeAsync();
                        memory = await GraphMemory.OpenAsync(path, options);
                        break;
                }
            }

            await AssertEqualsAsync(memory, model, history);
        }
        finally
        {
            await memory.DisposeAsync();
        }
    }

    static async Task RememberAsync(GraphMemory memory, Dictionary<string, Document> model, Document document, string history)
    {
        if (model.TryGetValue(document.Id!, out var known) && known != document)
        {
            Assert.That(async () => await memory.RememberAsync(document), Throws.InstanceOf<MemoryConflictException>(), history);
            return;
        }

        var outcome = (await memory.RememberAsync(document)).Outcome;
        Assert.That(outcome, Is.EqualTo(known is null ? RememberOutcome.Added : RememberOutcome.Known), history);
        model[document.Id!] = document;
    }

    static async Task AssertRecallsAsync(GraphMemory memory, Dictionary<string, Document> model, string history, string question)
    {
        foreach (var strategy in Enum.GetValues<RecallStrategy>())
        {
            var answer = await memory.RecallAsync(question, new() { Top = 100, Strategy = strategy });
            foreach (var passage in answer.Passages)
            {
                Assert.That(model.GetValueOrDefault(passage.Document.Id!)?.Text, Is.EqualTo(passage.Document.Text), $"{history} {strategy}");
            }
        }
    }

    static async Task AssertEqualsAsync(GraphMemory memory, Dictionary<string, Document> model, string history)
    {
        await using var fresh = await MemoryProbe.OpenAsync(model.Values.OrderBy(document => document.Id, StringComparer.Ordinal));
        Assert.That((await memory.GetStatusAsync()).Documents, Is.EqualTo(model.Count), history);
        Assert.That(await memory.GetStateHashAsync(), Is.EqualTo(await fresh.GetStateHashAsync()), history);
        Assert.That(await MemoryProbe.FlatOrderAsync(memory), Is.EqualTo(await MemoryProbe.FlatOrderAsync(fresh)), history);
        Assert.That((await memory.VerifyAsync()).Problems, Is.Empty, history);
    }
}
