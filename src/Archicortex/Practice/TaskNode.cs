namespace Archicortex.Practice;

/// <summary>A task as it is now: a goal, a part of one (subgoal), or a single step; what stands below it makes the difference.</summary>
public sealed record TaskNode
{
    /// <summary>Its name in the scope: the owner's, or its place in the tree ("2.1.3").</summary>
    public required string Id { get; init; }

    /// <summary>What is to be reached, in words.</summary>
    public required string Goal { get; init; }

    /// <summary>The task it is a part of; null for a goal at the top.</summary>
    public string? Parent { get; init; }

    /// <summary>Where it stands.</summary>
    public TaskState State { get; init; }

    /// <summary>Changes made to it, its start included. What <see cref="TaskUpdate.ExpectedVersion"/> is compared with.</summary>
    public int Version { get; init; }

    /// <summary>True if it stays in every rendering of its tree, whatever the budget.</summary>
    public bool IsPinned { get; init; }

    /// <summary>Tasks whose outputs it relies on.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>Of these, the ones that are not done, or stale themselves.</summary>
    public IReadOnlyList<string> WaitsFor { get; init; } = [];

    /// <summary>Tasks that were revised since this one was started or finished last, and that it relies on, directly or not.</summary>
    public IReadOnlyList<string> StaleSince { get; init; } = [];

    /// <summary>True if something it relies on was revised since: it is to be looked at, and finished, again.</summary>
    public bool IsStale => StaleSince.Count > 0;

    /// <summary>Named texts it starts from, character for character as they were given.</summary>
    public IReadOnlyDictionary<string, string> Inputs { get; init; } = Nothing;

    /// <summary>Named texts it made, character for character as they were given.</summary>
    public IReadOnlyDictionary<string, string> Outputs { get; init; } = Nothing;

    /// <summary>What was noted while it was worked on, oldest first.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Ids of its parts, in the order in which they were started.</summary>
    public IReadOnlyList<string> Steps { get; init; } = [];

    /// <summary>
    /// What is left of it in a prompt once it is finished: its goal, its outputs and the last notes of its steps, verbatim
    /// but cut. Null while it is not finished.
    /// </summary>
    public string? Summary { get; init; }

    /// <summary>When it was started.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When it was changed last.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>();
}
