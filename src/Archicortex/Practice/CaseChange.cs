using System.Text.Json.Serialization;

namespace Archicortex.Practice;

/// <summary>What is done to a case or a concept.</summary>
enum CaseAction
{
    /// <summary>A case is new, or what came of it is told anew.</summary>
    Remember = 1,

    /// <summary>It was shown, and helped or not.</summary>
    Use = 2,

    Forget = 3,

    /// <summary>A concept is new, or refined.</summary>
    Name = 4,

    Unname = 5,
}

/// <summary>One change of one case or concept, as the log records it.</summary>
/// <remarks>A field that this version does not know is an error, not passed over: it would be a change that is lost.</remarks>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
sealed record CaseChange
{
    public required CaseAction Action { get; init; }

    /// <summary>Id of the case; name of the concept.</summary>
    public required string Id { get; init; }

    /// <summary>The version after it: what two writers cannot both have made. 0 for forgetting.</summary>
    public int Version { get; init; }

    public string? Situation { get; init; }

    public string? Tried { get; init; }

    public string? Outcome { get; init; }

    public double? Reward { get; init; }

    public string[]? Tags { get; init; }

    public string? Task { get; init; }

    public bool? Helped { get; init; }

    public string? Description { get; init; }

    public string[]? Cases { get; init; }
}
