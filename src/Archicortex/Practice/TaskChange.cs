using System.Text.Json.Serialization;

namespace Archicortex.Practice;

/// <summary>What is done to a task.</summary>
enum TaskAction
{
    Start = 1,
    Update = 2,

    /// <summary>What others may have relied on is changed: its dependants become stale.</summary>
    Revise = 3,

    /// <summary>It is gone, with all its parts.</summary>
    Forget = 4,
}

/// <summary>One change of one task, as the log records it. Fields that are null are left as they are.</summary>
/// <remarks>A field that this version does not know is an error, not passed over: it would be a change that is lost.</remarks>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
sealed record TaskChange
{
    public required TaskAction Action { get; init; }

    public required string Id { get; init; }

    /// <summary>The task's version after it: what two writers cannot both have made. 0 for forgetting.</summary>
    public int Version { get; init; }

    public string? Goal { get; init; }

    public string? Parent { get; init; }

    public TaskState? State { get; init; }

    public bool? IsPinned { get; init; }

    public string[]? DependsOn { get; init; }

    /// <summary>By name; a null takes the name out.</summary>
    public IReadOnlyDictionary<string, string?>? Inputs { get; init; }

    /// <summary>By name; a null takes the name out.</summary>
    public IReadOnlyDictionary<string, string?>? Outputs { get; init; }

    public string? Note { get; init; }
}
