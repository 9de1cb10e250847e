using System.Collections.Immutable;

namespace Archicortex.Practice;

/// <summary>An edge of the graph of tasks.</summary>
/// <param name="Id">The task that is relied on.</param>
/// <param name="Since">The operation that drew it.</param>
readonly record struct Dependency(string Id, long Since);

/// <summary>A task in the tree. Never changed; a change makes another one.</summary>
/// <remarks>
/// Times are sequence numbers of operations: they say what came before what, and nothing else is decided by them. That is
/// why they are no part of the state hash, which must not depend on what else was in the log.
/// </remarks>
sealed record TaskEntry(string Id, string Goal, string? Parent)
{
    /// <summary>The goal it was started with, whatever it was revised to: by this another log's task of the same id is told apart.</summary>
    public string StartedAs { get; init; } = Goal;

    public int Version { get; init; } = 1;

    public TaskState State { get; init; }

    public bool IsPinned { get; init; }

    public ImmutableList<Dependency> DependsOn { get; init; } = [];

    public ImmutableSortedDictionary<string, string> Inputs { get; init; } = Nothing;

    public ImmutableSortedDictionary<string, string> Outputs { get; init; } = Nothing;

    public ImmutableList<string> Notes { get; init; } = [];

    public ImmutableList<string> Steps { get; init; } = [];

    /// <summary>When others that rely on it last had to learn of a change; 0: never.</summary>
    public long RevisedAt { get; init; }

    /// <summary>When it was last known to fit what it relies on: started, finished, or revised itself.</summary>
    public long CheckedAt { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset ChangedAt { get; init; }

    public static readonly ImmutableSortedDictionary<string, string> Nothing =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
}
