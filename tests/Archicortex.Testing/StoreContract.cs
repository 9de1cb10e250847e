using System.Text;
using Archicortex.Storage;
using NUnit.Framework;

namespace Archicortex.Testing;

/// <summary>What any store promises. A store passes it by a fixture that says how it is opened.</summary>
public abstract class StoreContract
{
    const int SnapshotBytes = (3 << 20) + 12_345;

    /// <summary>Opens the store of this test for writing; after closing, opening again finds what was kept.</summary>
    protected abstract IMemoryStore Open(string scope = GraphMemoryOptions.DefaultScope);

    [Test]
    public async Task A_new_log_is_empty()
    {
        await using var store = Open();
        Assert.That(await store.HeadAsync(), Is.EqualTo(new LogHead(0, OperationId.None)));
        Assert.That(await LogMaker.ReadAllAsync(store), Is.Empty);
        Assert.That(await store.ReadSnapshotAsync(), Is.Null);
        Assert.That(store.IsReadOnly, Is.False);
        Assert.That(store.Scope, Is.EqualTo(GraphMemoryOptions.DefaultScope));
        Assert.That(store.Name, Is.Not.Empty);
    }

    [Test]
    public async Task What_was_appended_is_read_back_in_order_and_unchanged()
    {
        await using var store = Open();
        var first = LogMaker.After(default, 3);
        var second = LogMaker.After(LogMaker.HeadOf(first), 700, "b");
        await store.AppendAsync(default, first);
        await store.AppendAsync(LogMaker.HeadOf(first), second);
        Assert.That(await store.HeadAsync(), Is.EqualTo(LogMaker.HeadOf(second)));
        await AssertHolds(store, [.. first, .. second]);
    }

    [Test]
    public async Task Ids_read_back_are_chained_from_the_first_operation_on()
    {
        await using var store = Open();
        await store.AppendAsync(default, LogMaker.After(default, 20));
        var before = OperationId.None;
        foreach (var operation in await LogMaker.ReadAllAsync(store))
        {
            Assert.That(operation.IsIntactAfter(before), Is.True, $"operation {operation.Sequence}");
            before = operation.Id;
        }
    }

    [Test]
    public async Task Payload_bytes_come_back_exactly()
    {
        string[] texts =
        [
            "{}",
            "{ \"spaces\" :  1 ,\n \"order\":\"kept\" }",
            "{\"é\":\"e\u0301 \u2028 \u0000 \U0001F680 中文 العربية\",\"number\":1.0e-7}".Replace("\0", "\\u0000", StringComparison.Ordinal),
            "{\"quote\":\"' \\\" $ ; -- \\\\\"}",
            "{\"long\":\"" + new string('ß', 600_000) + "\"}",
        ];
        await using var store = Open();
        foreach (var text in texts)
        {
            var head = await store.HeadAsync();
            var at = new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.Zero).AddTicks(7);
            await store.AppendAsync(head, [Operation.After(head.Id, head.Sequence + 1, OperationKind.Forget, at, Encoding.UTF8.GetBytes(text))]);
        }

        var read = await LogMaker.ReadAllAsync(store);
        Assert.That(read.Select(operation => Encoding.UTF8.GetString(operation.Payload.Span)), Is.EqualTo(texts));
        Assert.That(read.Select(operation => operation.At.UtcTicks % 10), Is.All.EqualTo(7), "Times keep their ticks");
    }

    [TestCase(0, 10)]
    [TestCase(1, 9)]
    [TestCase(9, 1)]
    [TestCase(10, 0)]
    [TestCase(11, 0)]
    public async Task Reading_starts_after_the_sequence_asked_for(long after, int count)
    {
        await using var store = Open();
        var log = LogMaker.After(default, 10);
        await store.AppendAsync(default, log);
        var read = await LogMaker.ReadAllAsync(store, after);
        Assert.That(read.Select(LogMaker.Text), Is.EqualTo(log.TakeLast(count).Select(LogMaker.Text)));
    }

    [Test]
    public async Task A_batch_with_a_gap_is_refused_whole()
    {
        await using var store = Open();
        var kept = LogMaker.After(default, 2);
        await store.AppendAsync(default, kept);
        var next = LogMaker.After(LogMaker.HeadOf(kept), 4);
        await AssertRefused<ArgumentException>(store, LogMaker.HeadOf(kept), [next[0], next[1], next[3]]);
        await AssertRefused<ArgumentException>(store, LogMaker.HeadOf(kept), [next[1], next[2]]);
        await AssertRefused<ArgumentException>(store, LogMaker.HeadOf(kept), [next[0], next[0]]);
        await AssertRefused<ArgumentException>(store, LogMaker.HeadOf(kept), []);
        await AssertHolds(store, kept);
        await store.AppendAsync(LogMaker.HeadOf(kept), next);
        await AssertHolds(store, [.. kept, .. next]);
    }

    [Test]
    public async Task Appending_at_another_head_is_a_conflict_and_leaves_nothing()
    {
        await using var store = Open();
        var kept = LogMaker.After(default, 3);
        await store.AppendAsync(default, kept);
        var late = LogMaker.After(LogMaker.HeadOf([kept[0]]), 2, "late");
        var other = LogMaker.After(default, 3, "other");
        await AssertRefused<MemoryConflictException>(store, LogMaker.HeadOf([kept[0]]), late);
        await AssertRefused<MemoryConflictException>(store, default, LogMaker.After(default, 5, "again"));
        await AssertRefused<MemoryConflictException>(store, LogMaker.HeadOf(other), LogMaker.After(LogMaker.HeadOf(other), 1));
        var ahead = LogMaker.After(LogMaker.HeadOf(kept), 2);
        await AssertRefused<MemoryConflictException>(store, LogMaker.HeadOf(ahead), LogMaker.After(LogMaker.HeadOf(ahead), 1));
        await AssertHolds(store, kept);
    }

    [Test]
    public async Task A_cancelled_append_writes_nothing()
    {
        await using var store = Open();
        var kept = LogMaker.After(default, 2);
        await store.AppendAsync(default, kept);
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        var next = LogMaker.After(LogMaker.HeadOf(kept), 2);
        Assert.That(
            async () => await store.AppendAsync(LogMaker.HeadOf(kept), next, stop.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(
            async () => await store.WriteSnapshotAsync(new StoredSnapshot(LogMaker.HeadOf(kept), new byte[3]), stop.Token),
            Throws.InstanceOf<OperationCanceledException>());
        await AssertHolds(store, kept);
        Assert.That(await store.ReadSnapshotAsync(), Is.Null);
    }

    [Test]
    public async Task A_snapshot_of_several_megabytes_comes_back_and_is_replaced()
    {
        await using var store = Open();
        var log = LogMaker.After(default, 4);
        await store.AppendAsync(default, log);
        var random = new Random(7);
        var lengths = new[] { SnapshotBytes, 17, 1 << 20, (1 << 20) + 1, SnapshotBytes + 1 };
        foreach (var length in lengths)
        {
            var content = new byte[length];
            random.NextBytes(content);
            var head = LogMaker.HeadOf([log[length % log.Count]]);
            await store.WriteSnapshotAsync(new StoredSnapshot(head, content));
            var read = await store.ReadSnapshotAsync();
            Assert.That(read, Is.Not.Null);
            Assert.That(read!.Head, Is.EqualTo(head));
            Assert.That(read.Content.Span.SequenceEqual(content), Is.True, $"{length} bytes, seed 7");
        }

        await AssertHolds(store, log);
    }

    [Test]
    public async Task Everything_is_there_after_closing_and_opening_again()
    {
        var log = LogMaker.After(default, 5);
        await using (var store = Open())
        {
            await store.AppendAsync(default, log);
            await store.WriteSnapshotAsync(new StoredSnapshot(LogMaker.HeadOf(log), new byte[] { 1, 2, 3 }));
        }

        await using var again = Open();
        await AssertHolds(again, log);
        Assert.That((await again.ReadSnapshotAsync())!.Content.ToArray(), Is.EqualTo(new byte[] { 1, 2, 3 }));
        await again.AppendAsync(LogMaker.HeadOf(log), LogMaker.After(LogMaker.HeadOf(log), 1));
        Assert.That((await again.HeadAsync()).Sequence, Is.EqualTo(6));
    }

    [Test]
    public async Task Scopes_do_not_see_each_other()
    {
        var logs = new Dictionary<string, IReadOnlyList<Operation>>();
        string[] scopes = ["ada", "Ada", "ada ", "bo'; DROP TABLE operation; --", "中"];
        foreach (var scope in scopes)
        {
            await using var store = Open(scope);
            Assert.That(await store.HeadAsync(), Is.EqualTo(default(LogHead)), scope);
            Assert.That(await store.ReadSnapshotAsync(), Is.Null, scope);
            logs[scope] = LogMaker.After(default, 3 + logs.Count, scope.Replace('\'', '"').Replace("\"", "", StringComparison.Ordinal));
            await store.AppendAsync(default, logs[scope]);
            await store.WriteSnapshotAsync(new StoredSnapshot(LogMaker.HeadOf(logs[scope]), Encoding.UTF8.GetBytes(scope)));
        }

        foreach (var scope in scopes)
        {
            await using var store = Open(scope);
            await AssertHolds(store, logs[scope]);
            Assert.That(Encoding.UTF8.GetString((await store.ReadSnapshotAsync())!.Content.Span), Is.EqualTo(scope));
        }
    }

    [Test]
    public async Task Many_readers_see_whole_batches_while_one_appends()
    {
        const int BatchSize = 7;
        const int Batches = 60;
        await using var store = Open();
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            var reads = 0;
            do
            {
                var log = await LogMaker.ReadAllAsync(store);
                Assert.That(log.Count % BatchSize, Is.Zero, "A reader saw half a batch");
                Assert.That(log.Select(operation => operation.Sequence), Is.EqualTo(Enumerable.Range(1, log.Count)));
                reads++;
            }
            while (!done.IsCancellationRequested);
            return reads;
        })).ToArray();
        var head = default(LogHead);
        for (var i = 0; i < Batches; i++)
        {
            var batch = LogMaker.After(head, BatchSize);
            await store.AppendAsync(head, batch);
            head = LogMaker.HeadOf(batch);
        }

        await done.CancelAsync();
        Assert.That(await Task.WhenAll(readers), Is.All.Positive);
        Assert.That(await store.HeadAsync(), Is.EqualTo(head));
    }

    [Test]
    public async Task A_reading_that_has_started_does_not_see_what_comes_later()
    {
        await using var store = Open();
        var log = LogMaker.After(default, 3);
        await store.AppendAsync(default, log);
        var read = new List<Operation>();
        await foreach (var operation in store.ReadAsync(0))
        {
            read.Add(operation);
            var head = await store.HeadAsync();
            await store.AppendAsync(head, LogMaker.After(head, 1, "later"));
        }

        Assert.That(read.Select(LogMaker.Text), Is.EqualTo(log.Select(LogMaker.Text)));
        Assert.That((await store.HeadAsync()).Sequence, Is.EqualTo(6));
    }

    static async Task AssertHolds(IMemoryStore store, IReadOnlyList<Operation> expected)
    {
        var read = await LogMaker.ReadAllAsync(store);
        Assert.That(read.Select(LogMaker.Text), Is.EqualTo(expected.Select(LogMaker.Text)));
        Assert.That(await store.HeadAsync(), Is.EqualTo(LogMaker.HeadOf(expected)));
    }

    static async Task AssertRefused<T>(IMemoryStore store, LogHead expected, IReadOnlyList<Operation> operations)
        where T : Exception
    {
        var head = await store.HeadAsync();
        Assert.That(async () => await store.AppendAsync(expected, operations), Throws.InstanceOf<T>());
        Assert.That(await store.HeadAsync(), Is.EqualTo(head));
    }
}
