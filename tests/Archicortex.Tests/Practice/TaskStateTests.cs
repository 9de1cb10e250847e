using Archicortex.Practice;
using NUnit.Framework;

namespace Archicortex.Tests.Practice;

[TestFixture]
public sealed class TaskStateTests
{
    // Rows: from; columns: to; in the order open, active, blocked, done, failed, dropped.
    static readonly string[] Table =
    [
        "yes yes yes yes yes yes",
        "yes yes yes yes yes yes",
        "yes yes yes no  yes yes",
        "no  yes no  yes no  no ",
        "no  yes no  no  yes yes",
        "yes no  no  no  no  yes",
    ];

    static readonly TaskState[] States = Enum.GetValues<TaskState>();

    static IEnumerable<TestCaseData> Pairs() =>
        from start in States
        from end in States
        select new TestCaseData(start, end, Table[(int)start].Split(' ', StringSplitOptions.RemoveEmptyEntries)[(int)end] == "yes");

    [TestCaseSource(nameof(Pairs))]
    public async Task A_state_follows_another_as_the_table_says(TaskState before, TaskState after, bool isAllowed)
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync();
        var task = await memory.StartTaskAsync("Paint the boat");
        if (before != TaskState.Open)
        {
            task = await memory.UpdateTaskAsync(task.Id, new() { State = before });
        }

        if (isAllowed)
        {
            task = await memory.UpdateTaskAsync(task.Id, new() { State = after });
            Assert.That(task.State, Is.EqualTo(after));
            return;
        }

        Assert.That(
            async () => await memory.UpdateTaskAsync(task.Id, new() { State = after }),
            Throws.ArgumentException.With.Message.Contains($"is {before.ToString().ToLowerInvariant()} and cannot become {after.ToString().ToLowerInvariant()}. It can become:"));
        Assert.That((await memory.GetTaskAsync(task.Id))!.Version, Is.EqualTo(task.Version));
    }

    [Test]
    public void The_table_has_a_row_for_every_state() => Assert.That(States, Has.Length.EqualTo(Table.Length));
}
