using System.Text;
using Archicortex.Testing;
using Archicortex.Tests.Storage;
using NUnit.Framework;

namespace Archicortex.Tests.Door;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class VerifyTests : IDisposable
{
    static readonly GraphMemoryOptions WithSnapshot = MemoryProbe.Options with { SnapshotEvery = 1 };
    static readonly GraphMemoryOptions WithoutSnapshot = MemoryProbe.Options with { SnapshotEvery = int.MaxValue };

    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public async Task A_sound_memory_has_no_problems()
    {
        await MakeAsync(WithSnapshot);
        await using var memory = await GraphMemory.OpenAsync(_folder.File(), WithSnapshot);
        var report = await memory.VerifyAsync();
        Assert.That((report.IsSound, report.Operations), Is.EqualTo((true, 12L)));
        Assert.That(report.StateHash, Is.EqualTo(await memory.GetStateHashAsync()));
    }

    [Test]
    public async Task One_changed_byte_of_a_payload_is_found([Values(1, int.MaxValue)] int snapshotEvery)
    {
        var options = MemoryProbe.Options with { SnapshotEvery = snapshotEvery };
        await MakeAsync(options);
        ChangePayload(3, payload => payload.Replace("note 2", "note 7", StringComparison.Ordinal));
        await using var memory = await GraphMemory.OpenAsync(_folder.File(), options);
        var report = await memory.VerifyAsync();
        Assert.That(report.IsSound, Is.False);
        Assert.That(report.Problems[0], Does.Contain("Operation 3 was changed"));
    }

    [Test]
    public async Task A_changed_time_or_id_is_found()
    {
        await MakeAsync(WithoutSnapshot);
        RawSqlite.Execute(_folder.File(), "UPDATE operation SET at = at + 1 WHERE sequence = 4");
        Assert.That(await ProblemsAsync(), Does.Contain("Operation 4 was changed"));
        RawSqlite.Execute(_folder.File(), "UPDATE operation SET at = at - 1 WHERE sequence = 4");
        Assert.That(await ProblemsAsync(), Is.Empty);
        RawSqlite.Execute(_folder.File(), "UPDATE operation SET id = zeroblob(16) WHERE sequence = 12");
        Assert.That(await ProblemsAsync(), Does.Contain("Operation 12 was changed"));
    }

    [TestCase(1)]
    [TestCase(5)]
    [TestCase(11)]
    public async Task A_missing_operation_is_found(int sequence)
    {
        await MakeAsync(WithoutSnapshot);
        RawSqlite.Execute(_folder.File(), $"DELETE FROM operation WHERE sequence = {sequence}");
        Assert.That(await ProblemsAsync(), Does.Contain($"Operation {sequence} is missing"));
    }

    [Test]
    public async Task A_missing_forget_of_a_replaced_document_is_found_or_refused_in_words()
    {
        await using (var memory = await GraphMemory.OpenAsync(_folder.File(), WithoutSnapshot))
        {
            await memory.RememberAsync(SampleDocuments.Of(1));
            await memory.RememberAsync(SampleDocuments.Of(1, version: 1), new() { Replace = true });
        }

        RawSqlite.Execute(_folder.File(), "DELETE FROM operation WHERE sequence = 2");
        string problems;
        try
        {
            problems = await ProblemsAsync();
        }
        catch (GraphMemoryException refusal)
        {
            problems = refusal.Message;
        }

        Assert.That(problems, Is.Not.Empty, "A damaged log is a problem or a MemoryFormatException, never a bare ArgumentException");
    }

    [Test]
    public async Task A_payload_that_cannot_be_read_is_refused_and_its_operation_named()
    {
        await MakeAsync(WithoutSnapshot);
        ChangePayload(6, payload => payload[..^5]);
        Assert.That(
            async () => await GraphMemory.OpenAsync(_folder.File(), WithoutSnapshot),
            Throws.InstanceOf<MemoryFormatException>().With.Message.Contains("Operation 6"));
        await AssertLockIsFreeAsync();
    }

    [Test]
    public async Task Parts_that_lie_outside_their_document_are_refused_in_words()
    {
        await MakeAsync(WithoutSnapshot);
        ChangePayload(1, payload => payload.Replace("\"length\":", "\"length\":9", StringComparison.Ordinal));
        Assert.That(
            async () => await GraphMemory.OpenAsync(_folder.File(), WithoutSnapshot),
            Throws.InstanceOf<GraphMemoryException>().With.Message.Contains("Operation 1"));
    }

    [Test]
    public async Task A_log_with_an_operation_of_a_later_version_is_refused_in_words()
    {
        await MakeAsync(WithoutSnapshot);
        RawSqlite.Execute(_folder.File(), "UPDATE operation SET kind = 77 WHERE sequence = 2");
        Assert.That(
            async () => await GraphMemory.OpenAsync(_folder.File(), WithoutSnapshot),
            Throws.InstanceOf<MemoryFormatException>().With.Message.Contains("77").And.Message.Contains("Update Archicortex"));
    }

    [Test]
    public async Task A_changed_snapshot_does_no_harm()
    {
        var (state, ranking) = await MakeAsync(WithSnapshot);
        RawSqlite.Execute(
            _folder.File(), "UPDATE snapshot SET content = CAST(substr(content, 1, 99) || x'5A5A' || substr(content, 102) AS BLOB) WHERE chunk = 0");
        await using var memory = await GraphMemory.OpenAsync(_folder.File(), WithoutSnapshot);
        Assert.That((await memory.VerifyAsync()).Problems, Is.Empty);
        Assert.That(await memory.GetStateHashAsync(), Is.EqualTo(state));
        Assert.That(await MemoryProbe.RankingAsync(memory), Is.EqualTo(ranking));
    }

    [Test]
    public async Task Operations_written_behind_the_back_of_an_open_memory_are_found()
    {
        await MakeAsync(WithoutSnapshot);
        await using var memory = await GraphMemory.OpenAsync(_folder.File(), WithoutSnapshot);
        RawSqlite.Execute(_folder.File(), "DELETE FROM operation WHERE sequence = 12");
        Assert.That((await memory.VerifyAsync()).Problems[0], Does.Contain("ends at operation 11").And.Contain("12"));
        Assert.That(async () => await memory.RememberAsync("more"), Throws.InstanceOf<MemoryConflictException>());
    }

    async Task<(string State, string Ranking)> MakeAsync(GraphMemoryOptions options)
    {
        await using var memory = await GraphMemory.OpenAsync(_folder.File(), options);
        await memory.RememberAsync(SampleDocuments.Some(12));
        return (await memory.GetStateHashAsync(), await MemoryProbe.RankingAsync(memory));
    }

    async Task<string> ProblemsAsync()
    {
        await using var memory = await GraphMemory.OpenAsync(_folder.File(), WithoutSnapshot);
        return string.Join('\n', (await memory.VerifyAsync()).Problems);
    }

    async Task AssertLockIsFreeAsync()
    {
        await using var store = Archicortex.Storage.SqliteStore.Open(_folder.File());
        Assert.That((await store.HeadAsync()).Sequence, Is.EqualTo(12));
    }

    void ChangePayload(long sequence, Func<string, string> change)
    {
        var payload = (byte[])RawSqlite.Execute(_folder.File(), $"SELECT payload FROM operation WHERE sequence = {sequence}")!;
        var text = Encoding.UTF8.GetString(payload);
        var changed = change(text);
        Assert.That(changed, Is.Not.EqualTo(text), "The test changes nothing");
        RawSqlite.Execute(
            _folder.File(), $"UPDATE operation SET payload = $payload WHERE sequence = {sequence}", ("$payload", Encoding.UTF8.GetBytes(changed)));
    }
}
