using Archicortex.Practice;

namespace Archicortex;

/// <summary>How a task is started.</summary>
public sealed record StartTaskOptions
{
    /// <summary>
    /// The owner's name for it, unique in the scope: 1 … 200 characters. Default: its place in the tree, "2.1.3"; after the last
    /// part of a task is forgotten, the next one takes its place.
    /// </summary>
    public string? Id { get; init; }

    /// <summary>The task it is a part of. Default: none, it is a goal at the top.</summary>
    public string? Parent { get; init; }

    /// <summary>Tasks whose outputs it relies on; neither what it is a part of nor its own parts. At most 64. Default none.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>Named texts it starts from, kept character for character. At most 64 of 1,000,000 characters each. Default none.</summary>
    public IReadOnlyDictionary<string, string> Inputs { get; init; } = new Dictionary<string, string>();

    /// <summary>Open, active or blocked. Default open.</summary>
    public TaskState State { get; init; }

    /// <summary>Show it in every rendering of its tree, whatever the budget. Default false.</summary>
    public bool IsPinned { get; init; }
}

/// <summary>What changes of a task; null leaves a thing as it is.</summary>
public sealed record TaskUpdate
{
    /// <summary>Its new state. Finishing it (<see cref="TaskState.Done"/>) also says that it fits what it relies on: it is no longer stale.</summary>
    public TaskState? State { get; init; }

    /// <summary>Something to note, 1 … 20,000 characters; added behind the notes there are.</summary>
    public string? Note { get; init; }

    /// <summary>Inputs to put in, or in the place of those of the same name; null takes one out.</summary>
    public IReadOnlyDictionary<string, string?>? Inputs { get; init; }

    /// <summary>Outputs to put in, or in the place of those of the same name; null takes one out.</summary>
    public IReadOnlyDictionary<string, string?>? Outputs { get; init; }

    /// <summary>All tasks it relies on from now on.</summary>
    public IReadOnlyList<string>? DependsOn { get; init; }

    /// <summary>Whether it stays in every rendering.</summary>
    public bool? IsPinned { get; init; }

    /// <summary>
    /// The <see cref="TaskNode.Version"/> this change was made for: if somebody changed the task since, it is refused, and
    /// nothing is lost. Default null: change whatever is there.
    /// </summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>What is revised of a task; null leaves a thing as it is. At least one thing changes.</summary>
public sealed record TaskRevision
{
    /// <summary>Its new goal.</summary>
    public string? Goal { get; init; }

    /// <summary>Inputs to put in, or in the place of those of the same name; null takes one out.</summary>
    public IReadOnlyDictionary<string, string?>? Inputs { get; init; }

    /// <summary>Outputs to put in, or in the place of those of the same name; null takes one out.</summary>
    public IReadOnlyDictionary<string, string?>? Outputs { get; init; }

    /// <summary>Why.</summary>
    public string? Note { get; init; }

    /// <summary>The version this revision was made for, as in <see cref="TaskUpdate.ExpectedVersion"/>.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>A revised task, and what has to be looked at again because of it.</summary>
/// <param name="Task">The task as it is now.</param>
/// <param name="Stale">Ids of the tasks that rely on it, directly or not, in ordinal order: all of them are stale now.</param>
public sealed record RevisedTask(TaskNode Task, IReadOnlyList<string> Stale);

/// <summary>Which tasks to list. All that is given must hold.</summary>
public sealed record TaskQuery
{
    /// <summary>This task and all below it. Default: all.</summary>
    public string? Under { get; init; }

    /// <summary>Only those in this state. Default: in any.</summary>
    public TaskState? State { get; init; }

    /// <summary>Only those that are stale, or only those that are not. Default: both.</summary>
    public bool? IsStale { get; init; }

    /// <summary>The most to return, 1 … 50,000. Default 1,000.</summary>
    public int Top { get; init; } = 1_000;

    internal void Check()
    {
        if (Top is < 1 or > TaskRules.TasksMax)
        {
            throw new ArgumentOutOfRangeException(nameof(Top), Top, "Top must be between 1 and 50,000.");
        }
    }
}

/// <summary>How tasks are written into a prompt.</summary>
public sealed record RenderTasksOptions
{
    /// <summary>Tokens the block may have, 16 … 1,000,000. Default 1,000.</summary>
    public int TokenBudget { get; init; } = 1_000;

    /// <summary>Counts the tokens of a text; the same text must give the same count. Default: the rule of <see cref="Models.TokenCounting"/>.</summary>
    public Func<string, int>? CountTokens { get; init; }

    internal void Check()
    {
        if (TokenBudget is < 16 or > 1_000_000)
        {
            throw new ArgumentOutOfRangeException(nameof(TokenBudget), TokenBudget, "TokenBudget must be between 16 and 1,000,000.");
        }
    }
}
