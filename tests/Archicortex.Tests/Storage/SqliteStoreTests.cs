using Archicortex.Storage;
using Archicortex.Testing;
using NUnit.Framework;

namespace Archicortex.Tests.Storage;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SqliteStoreTests : StoreContract, IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override IMemoryStore Open(string scope = GraphMemoryOptions.DefaultScope) => SqliteStore.Open(_folder.File(), scope);

    [Test]
    public async Task The_file_is_in_write_ahead_mode_and_every_commit_is_synced()
    {
        await using var store = SqliteStore.Open(_folder.File());
        var connection = SqliteParts.ConnectionOf(store);
        Assert.That(RawSqlite.Execute(connection, "PRAGMA journal_mode"), Is.EqualTo("wal"));
        Assert.That(RawSqlite.Execute(connection, "PRAGMA synchronous"), Is.EqualTo(2L), "2 is FULL");
        Assert.That(RawSqlite.Execute(connection, "PRAGMA application_id"), Is.EqualTo(0x41524358L));
        Assert.That(RawSqlite.Execute(connection, "PRAGMA user_version"), Is.EqualTo(1L));
    }

    [Test]
    public async Task A_second_writer_is_turned_away_while_readers_are_welcome()
    {
        var log = LogMaker.After(default, 3);
        await using (var store = SqliteStore.Open(_folder.File()))
        {
            await store.AppendAsync(default, log);
            Assert.That(
                () => SqliteStore.Open(_folder.File()),
                Throws.InstanceOf<MemoryConflictException>().With.Message.Contains(_folder.File()).And.Message.Contains("for reading"));
            Assert.That(() => SqliteStore.Open(_folder.File(), "other"), Throws.InstanceOf<MemoryConflictException>());
            await using var reader = SqliteStore.OpenForReading(_folder.File());
            Assert.That(await reader.HeadAsync(), Is.EqualTo(LogMaker.HeadOf(log)));
            await store.AppendAsync(LogMaker.HeadOf(log), LogMaker.After(LogMaker.HeadOf(log), 1));
            Assert.That((await reader.HeadAsync()).Sequence, Is.EqualTo(4));
        }

        await using var next = SqliteStore.Open(_folder.File());
        Assert.That((await next.HeadAsync()).Sequence, Is.EqualTo(4));
    }

    [Test]
    public async Task A_reader_refuses_to_write()
    {
        await using (var store = SqliteStore.Open(_folder.File()))
        {
            await store.AppendAsync(default, LogMaker.After(default, 1));
        }

        await using var reader = SqliteStore.OpenForReading(_folder.File());
        var head = await reader.HeadAsync();
        Assert.That(reader.IsReadOnly, Is.True);
        Assert.That(
            async () => await reader.AppendAsync(head, LogMaker.After(head, 1)),
            Throws.InvalidOperationException.With.Message.Contains("reading only"));
        Assert.That(
            async () => await reader.WriteSnapshotAsync(new StoredSnapshot(head, new byte[1])), Throws.InvalidOperationException);
    }

    [Test]
    public async Task Closing_leaves_one_file_and_the_empty_lock_beside_it()
    {
        await using (var store = SqliteStore.Open(_folder.File()))
        {
            await store.AppendAsync(default, LogMaker.After(default, 10));
        }

        var files = Directory.GetFiles(_folder.Path).Select(path => (Path.GetFileName(path), new FileInfo(path).Length > 0));
        Assert.That(files, Is.EquivalentTo(new[] { ("notes.archicortex", true), ("notes.archicortex-writer", false) }));
    }

    [Test]
    public async Task A_writer_that_lost_its_lock_is_stopped_by_the_log_itself()
    {
        await using var store = SqliteStore.Open(_folder.File());
        var log = LogMaker.After(default, 2);
        await store.AppendAsync(default, log);

        // As on a network drive without locks: the lock file is gone, a second writer gets in.
        File.Delete(_folder.File() + "-writer");
        await using var second = SqliteStore.Open(_folder.File());
        await second.AppendAsync(LogMaker.HeadOf(log), LogMaker.After(LogMaker.HeadOf(log), 1, "second"));
        Assert.That(
            async () => await store.AppendAsync(LogMaker.HeadOf(log), LogMaker.After(LogMaker.HeadOf(log), 1, "first")),
            Throws.InstanceOf<MemoryConflictException>().With.Message.Contains("3").And.Message.Contains("2"));
        Assert.That(await LogMaker.ReadAllAsync(store), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task A_file_that_was_left_while_it_was_made_is_finished()
    {
        await File.WriteAllBytesAsync(_folder.File(), []);
        await using (var store = SqliteStore.Open(_folder.File()))
        {
            await store.AppendAsync(default, LogMaker.After(default, 1));
        }

        RawSqlite.Execute(_folder.File(), "PRAGMA application_id = 0");
        RawSqlite.Execute(_folder.File(), "PRAGMA user_version = 0");
        await using var again = SqliteStore.Open(_folder.File());
        Assert.That((await again.HeadAsync()).Sequence, Is.EqualTo(1));
    }

    [Test]
    public async Task The_page_check_finds_a_damaged_file()
    {
        await using (var store = SqliteStore.Open(_folder.File()))
        {
            await store.AppendAsync(default, LogMaker.After(default, 300));
            Assert.That(store.CheckPages(), Is.Null);
        }

        var bytes = await File.ReadAllBytesAsync(_folder.File());
        bytes.AsSpan(4096 * 3, 4096 * 2).Fill(0x5A);
        await File.WriteAllBytesAsync(_folder.File(), bytes);
        await using var damaged = SqliteStore.OpenForReading(_folder.File());
        Assert.That(damaged.CheckPages(), Does.Contain("damaged"));
    }
}
