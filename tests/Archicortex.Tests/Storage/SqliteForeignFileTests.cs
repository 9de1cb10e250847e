using System.Runtime.Versioning;
using System.Text;
using Archicortex.Storage;
using Archicortex.Testing;
using NUnit.Framework;

namespace Archicortex.Tests.Storage;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SqliteForeignFileTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestCase("Dear diary, today nothing happened that a database would note. It was a long day, though, with many words.")]
    [TestCase("x")]
    [TestCase("SQLite format 3\0 but cut short")]
    [TestCase("\0\0\0\0")]
    public void A_file_that_is_no_database_is_refused_and_left_alone(string content)
    {
        File.WriteAllText(_folder.File(), content);
        AssertRefusedUntouched<MemoryFormatException>(_folder.File(), "no Archicortex memory");
    }

    [Test]
    public void A_database_of_another_application_is_refused_and_left_alone()
    {
        RawSqlite.Execute(_folder.File(), "CREATE TABLE operation (x); INSERT INTO operation VALUES (1); PRAGMA application_id = 252006673");
        AssertRefusedUntouched<MemoryFormatException>(_folder.File(), "252006673");
    }

    [Test]
    public void A_database_with_a_version_of_its_own_is_refused_and_left_alone()
    {
        RawSqlite.Execute(_folder.File(), "CREATE TABLE operation (x); PRAGMA user_version = 7");
        AssertRefusedUntouched<MemoryFormatException>(_folder.File(), "another application");
    }

    [Test]
    public void A_database_with_foreign_tables_and_no_marks_is_refused_and_left_alone()
    {
        RawSqlite.Execute(_folder.File(), "CREATE TABLE recipe (name TEXT); INSERT INTO recipe VALUES ('soup')");
        AssertRefusedUntouched<MemoryFormatException>(_folder.File(), "recipe");
    }

    [Test]
    public void A_memory_of_a_newer_format_is_refused_and_left_alone()
    {
        SqliteStore.Open(_folder.File()).DisposeAsync().AsTask().GetAwaiter().GetResult();
        RawSqlite.Execute(_folder.File(), "PRAGMA user_version = 2");
        AssertRefusedUntouched<MemoryFormatException>(_folder.File(), "format 2");
        Assert.That(() => SqliteStore.Open(_folder.File()), Throws.Exception.With.Message.Contains("Update Archicortex"));
    }

    [Test]
    public void A_folder_is_refused()
    {
        Assert.That(
            () => SqliteStore.Open(_folder.Path),
            Throws.InstanceOf<MemoryFormatException>().With.Message.Contains(_folder.Path).And.Message.Contains("folder"));
        Assert.That(
            () => SqliteStore.OpenForReading(_folder.Path), Throws.InstanceOf<GraphMemoryException>().With.Message.Contains(_folder.Path));
        Assert.That(Directory.GetFileSystemEntries(_folder.Path), Is.Empty);
    }

    [Test]
    public void A_missing_folder_is_named()
    {
        var path = Path.Combine(_folder.Path, "missing", "notes.archicortex");
        Assert.That(
            () => SqliteStore.Open(path),
            Throws.InstanceOf<MemoryStoreException>().With.Message.Contains("missing").And.Message.Contains("does not exist"));
        Assert.That(() => SqliteStore.OpenForReading(path), Throws.InstanceOf<MemoryStoreException>().With.Message.Contains(path));
        Assert.That(Directory.GetFileSystemEntries(_folder.Path), Is.Empty);
    }

    [Test]
    public void Reading_a_file_that_is_not_there_does_not_make_it()
    {
        Assert.That(
            () => SqliteStore.OpenForReading(_folder.File()),
            Throws.InstanceOf<MemoryStoreException>().With.Message.Contains("no memory at"));
        Assert.That(Directory.GetFileSystemEntries(_folder.Path), Is.Empty);
    }

    [Test]
    public async Task An_empty_file_becomes_a_memory()
    {
        await File.WriteAllBytesAsync(_folder.File(), []);
        await using var store = SqliteStore.Open(_folder.File());
        await store.AppendAsync(default, LogMaker.After(default, 1));
        Assert.That((await store.HeadAsync()).Sequence, Is.EqualTo(1));
    }

    [Test]
    public void Reading_an_empty_file_fails_in_words_a_user_understands()
    {
        File.WriteAllBytes(_folder.File(), []);
        Assert.That(
            async () =>
            {
                await using var memory = await GraphMemory.OpenAsync(_folder.File(), new() { IsReadOnly = true });
            },
            Throws.InstanceOf<GraphMemoryException>().With.Message.Contains(_folder.File()).And.Message.Not.Contains("no such table"));
        Assert.That(new FileInfo(_folder.File()).Length, Is.Zero);
    }

    [Test]
    public void A_memory_whose_pages_are_garbage_is_called_damaged_by_writer_and_reader()
    {
        SqliteStore.Open(_folder.File()).DisposeAsync().AsTask().GetAwaiter().GetResult();
        var bytes = File.ReadAllBytes(_folder.File());
        bytes.AsSpan(100).Fill(0x5A);
        File.WriteAllBytes(_folder.File(), bytes);
        Assert.That(
            () => SqliteStore.Open(_folder.File()), Throws.InstanceOf<MemoryStoreException>().With.Message.Contains("damaged"));
        Assert.That(
            () => SqliteStore.OpenForReading(_folder.File()), Throws.InstanceOf<MemoryStoreException>().With.Message.Contains("damaged"));
    }

    [Test]
    public void A_name_that_is_too_long_is_not_blamed_on_another_process()
    {
        Assert.That(
            () => SqliteStore.Open(_folder.File(new string('n', 300))),
            Throws.InstanceOf<GraphMemoryException>().And.Not.InstanceOf<MemoryConflictException>());
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    public async Task A_file_without_write_right_is_refused_in_words()
    {
        SkipForRoot();
        await using (var store = SqliteStore.Open(_folder.File()))
        {
            await store.AppendAsync(default, LogMaker.After(default, 2));
        }

        File.SetUnixFileMode(_folder.File(), UnixFileMode.UserRead);
        Assert.That(() => SqliteStore.Open(_folder.File()), Throws.InstanceOf<MemoryStoreException>().With.Message.Contains("Change the rights"));
        await using var reader = SqliteStore.OpenForReading(_folder.File());
        Assert.That((await reader.HeadAsync()).Sequence, Is.EqualTo(2));
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    public void A_folder_without_write_right_is_refused_in_words()
    {
        SkipForRoot();
        var mode = File.GetUnixFileMode(_folder.Path);
        File.SetUnixFileMode(_folder.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            Assert.That(
                () => SqliteStore.Open(_folder.File()), Throws.InstanceOf<MemoryStoreException>().With.Message.Contains("Change the rights"));
        }
        finally
        {
            File.SetUnixFileMode(_folder.Path, mode);
        }
    }

    static void SkipForRoot()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Assert.Ignore("The tests run as root, whom no file mode stops. Run them as another user to test this.");
        }
    }

    void AssertRefusedUntouched<T>(string path, string words)
        where T : GraphMemoryException
    {
        var before = File.ReadAllBytes(path);
        Assert.That(() => SqliteStore.Open(path), Throws.InstanceOf<T>().With.Message.Contains(words).And.Message.Contains(path));
        Assert.That(() => SqliteStore.OpenForReading(path), Throws.InstanceOf<T>().With.Message.Contains(words));
        Assert.That(Convert.ToHexString(File.ReadAllBytes(path)), Is.EqualTo(Convert.ToHexString(before)), Encoding.UTF8.GetString(before[..1]));
        Assert.That(
            Directory.GetFiles(_folder.Path).Where(file => !file.EndsWith("-writer", StringComparison.Ordinal)), Is.EqualTo(new[] { path }));
    }
}
