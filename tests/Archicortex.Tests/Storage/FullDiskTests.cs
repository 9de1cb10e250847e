using System.Diagnostics;
using Archicortex.Documents;
using Archicortex.Storage;
using Archicortex.Testing;
using NUnit.Framework;

namespace Archicortex.Tests.Storage;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class FullDiskTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public async Task A_batch_that_does_not_fit_leaves_all_as_it_was_and_fits_once_there_is_space()
    {
        await using var store = SqliteStore.Open(_folder.File());
        var kept = LogMaker.After(default, 20);
        await store.AppendAsync(default, kept);
        var connection = SqliteParts.ConnectionOf(store);
        var pages = (long)RawSqlite.Execute(connection, "PRAGMA page_count")!;
        RawSqlite.Execute(connection, $"PRAGMA max_page_count = {pages + 4}");
        var big = LogMaker.After(LogMaker.HeadOf(kept), 50, "big", padding: 5_000);
        for (var i = 0; i < 3; i++)
        {
            Assert.That(
                async () => await store.AppendAsync(LogMaker.HeadOf(kept), big),
                Throws.InstanceOf<MemoryStoreException>().With.Message.Contains("full").And.Message.Contains("Free some space"));
            Assert.That((await LogMaker.ReadAllAsync(store)).Select(LogMaker.Text), Is.EqualTo(kept.Select(LogMaker.Text)));
        }

        Assert.That(
            async () => await store.WriteSnapshotAsync(new StoredSnapshot(LogMaker.HeadOf(kept), new byte[2 << 20])),
            Throws.InstanceOf<MemoryStoreException>().With.Message.Contains("full"));
        RawSqlite.Execute(connection, "PRAGMA max_page_count = 100000");
        await store.AppendAsync(LogMaker.HeadOf(kept), big);
        Assert.That((await store.HeadAsync()).Sequence, Is.EqualTo(70));
        Assert.That(store.CheckPages(), Is.Null);
    }

    [Test]
    public async Task A_memory_on_a_full_disk_keeps_what_it_has_and_goes_on_after_space_is_freed()
    {
        using var disk = SmallDisk.Mount(_folder.Path, 2);
        var path = Path.Combine(_folder.Path, "notes.archicortex");
        var ballast = Path.Combine(_folder.Path, "ballast");
        var kept = new List<Document>();
        string state;
        await using (var memory = await GraphMemory.OpenAsync(path, new() { SnapshotEvery = int.MaxValue }))
        {
            await File.WriteAllBytesAsync(ballast, new byte[600_000]);
            Assert.That(async () => await FillAsync(memory, kept), Throws.InstanceOf<MemoryStoreException>().With.Message.Contains(path));
            state = await memory.GetStateHashAsync();
            Assert.That((await memory.GetStatusAsync()).Documents, Is.EqualTo(kept.Count).And.Positive);
            Assert.That((await memory.RecallAsync("What is in note 0?")).Passages, Is.Not.Empty);
            File.Delete(ballast);
            var late = new Document("Cora Bell waters the ferns in Pelham.");
            await memory.RememberAsync(late);
            Assert.That((await memory.RecallAsync("Who waters the ferns?")).Passages[0].Text, Is.EqualTo(late.Text));
            await memory.ForgetAsync((await memory.RememberAsync(late)).DocumentId.ToString());
            Assert.That(await memory.GetStateHashAsync(), Is.EqualTo(state));
        }

        await using var again = await GraphMemory.OpenAsync(path, new() { SnapshotEvery = int.MaxValue });
        Assert.That(await again.GetStateHashAsync(), Is.EqualTo(state));
        Assert.That((await again.VerifyAsync()).Problems, Is.Empty);
    }

    [Test]
    public void A_disk_that_may_not_be_written_is_not_blamed_on_another_process()
    {
        using var disk = SmallDisk.Mount(_folder.Path, 2);
        SmallDisk.Run("mount", "-o", "remount,ro", _folder.Path);
        Assert.That(
            () => SqliteStore.Open(Path.Combine(_folder.Path, "notes.archicortex")),
            Throws.InstanceOf<MemoryStoreException>());
    }

    static async Task FillAsync(GraphMemory memory, List<Document> kept)
    {
        for (var i = 0; i < 2000; i++)
        {
            var batch = Enumerable.Range(i * 3, 3).Select(number => Note(number)).ToList();
            await memory.RememberAsync(batch);
            kept.AddRange(batch);
        }
    }

    static Document Note(int number) => new($"Note {number} tells of Ada Kern. " + string.Concat(Enumerable.Repeat("More words follow here. ", 40)));

    /// <summary>A file system of two megabytes. Needs root and the right to mount; skips aloud otherwise.</summary>
    sealed class SmallDisk : IDisposable
    {
        readonly string _path;

        SmallDisk(string path) => _path = path;

        public static SmallDisk Mount(string path, int megabytes)
        {
            if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            {
                Assert.Ignore("A small disk needs Linux and root, to mount a tmpfs.");
            }

            var disk = new SmallDisk(path);
            try
            {
                Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", path);
            }
            catch (InvalidOperationException failure)
            {
                Assert.Ignore($"This machine does not let root mount a tmpfs ({failure.Message.Trim()}).");
            }

            return disk;
        }

        public static void Run(string program, params string[] arguments)
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            var said = process.StandardError.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException(said);
            }
        }

        public void Dispose() => Run("umount", _path);
    }
}
