using Archicortex.Models;
using Archicortex.Storage;
using Archicortex.Testing;
using NUnit.Framework;

namespace Archicortex.Tests.Storage;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class CallCacheTests : IDisposable
{
    static readonly CallKey Key = new(new UInt128(0x0123456789ABCDEF, 0xFEDCBA9876543210));

    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public async Task A_reply_outlives_the_process_in_its_scope_only()
    {
        await using (var store = SqliteStore.Open(_folder.File()))
        {
            Assert.That(await store.FindAsync(Key), Is.Null);
            await store.StoreAsync(Key, "first");
            await store.StoreAsync(Key, "{\"é 東京 😀\": \"\0\"}");
        }

        await using (var store = SqliteStore.Open(_folder.File()))
        {
            Assert.That(await store.FindAsync(Key), Is.EqualTo("{\"é 東京 😀\": \"\0\"}"));
            Assert.That(await store.FindAsync(new(Key.Value + 1)), Is.Null);
        }

        await using var other = SqliteStore.Open(_folder.File(), "other");
        Assert.That(await other.FindAsync(Key), Is.Null);
    }

    [Test]
    public async Task A_memory_that_never_asked_a_model_has_no_table_for_it()
    {
        await using (var store = SqliteStore.Open(_folder.File()))
        {
            await store.AppendAsync(default, LogMaker.After(default, 1));
            await store.FindAsync(Key);
            Assert.That(await store.ClearCallsAsync(), Is.Zero);
        }

        Assert.That(RawSqlite.Execute(_folder.File(), "SELECT count(*) FROM sqlite_schema WHERE name = 'call'"), Is.EqualTo(0L));
        await using var again = SqliteStore.Open(_folder.File());
        await again.StoreAsync(Key, "reply");
        Assert.That((await again.HeadAsync()).Sequence, Is.EqualTo(1));
    }

    [Test]
    public async Task A_reader_finds_what_the_writer_stores_and_stores_nothing()
    {
        await using var store = SqliteStore.Open(_folder.File());
        await store.AppendAsync(default, LogMaker.After(default, 1));
        await using var reader = SqliteStore.OpenForReading(_folder.File());
        Assert.That(await reader.FindAsync(Key), Is.Null);
        await reader.StoreAsync(Key, "from the reader");
        Assert.That(await store.FindAsync(Key), Is.Null);
        await store.StoreAsync(Key, "from the writer");
        Assert.That(await reader.FindAsync(Key), Is.EqualTo("from the writer"));
        Assert.That(() => reader.ClearCallsAsync(), Throws.InvalidOperationException);
    }

    [Test]
    public async Task Replies_can_be_cleared()
    {
        await using var store = SqliteStore.Open(_folder.File());
        await store.StoreAsync(Key, "a");
        await store.StoreAsync(new(Key.Value + 1), "b");
        Assert.That(await store.ClearCallsAsync(), Is.EqualTo(2));
        Assert.That(await store.FindAsync(Key), Is.Null);
    }

    [Test]
    public async Task Many_threads_may_use_it_at_a_time()
    {
        await using var store = SqliteStore.Open(_folder.File());
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(async () =>
        {
            await store.StoreAsync(new(Key.Value + (UInt128)i), $"reply {i}");
            Assert.That(await store.FindAsync(new(Key.Value + (UInt128)i)), Is.EqualTo($"reply {i}"));
        })));
    }
}
