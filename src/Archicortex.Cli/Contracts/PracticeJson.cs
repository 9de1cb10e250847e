using System.Globalization;
using System.Text.Json.Serialization;
using Archicortex.Cli.Commands;
using Archicortex.Practice;

namespace Archicortex.Cli.Contracts;

/// <summary>A task after a change.</summary>
sealed record TaskJson(string Memory, string Scope, TaskBody Task, IReadOnlyList<string>? Stale)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "archicortex.task/1";
}

/// <summary>Tasks, each before its parts.</summary>
sealed record TaskListJson(string Memory, string Scope, IReadOnlyList<TaskBody> Tasks)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "archicortex.task-list/1";
}

/// <summary>The working memory as a block for a prompt.</summary>
sealed record TaskShowJson(string Memory, string Scope, string Text, int Tokens, IReadOnlyList<string> Path, int LeftOut)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "archicortex.task-show/1";
}

/// <summary>What was forgotten.</summary>
sealed record TaskForgetJson(string Memory, string Scope, IReadOnlyList<string> Forgotten)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "archicortex.task-forget/1";
}

sealed record TaskBody(
    string Id,
    string Goal,
    string? Parent,
    string State,
    int Version,
    bool IsPinned,
    IReadOnlyList<string> DependsOn,
    IReadOnlyList<string> WaitsFor,
    IReadOnlyList<string> StaleSince,
    IReadOnlyDictionary<string, string> Inputs,
    IReadOnlyDictionary<string, string> Outputs,
    IReadOnlyList<string> Notes,
    IReadOnlyList<string> Steps,
    string? Summary,
    string StartedAt,
    string ChangedAt)
{
    public static TaskBody Of(TaskNode task) => new(
        task.Id, task.Goal, task.Parent, PracticeOptions.Word(task.State), task.Version, task.IsPinned, task.DependsOn, task.WaitsFor, task.StaleSince,
        task.Inputs, task.Outputs, task.Notes, task.Steps, task.Summary, Time(task.StartedAt), Time(task.ChangedAt));

    public static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture);
}

/// <summary>A case after a change.</summary>
sealed record CaseJson(string Memory, string Scope, CaseBody Case)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "archicortex.case/1";
}

/// <summary>All cases and concepts.</summary>
sealed record CaseListJson(string Memory, string Scope, IReadOnlyList<CaseBody> Cases, IReadOnlyList<ConceptBody> Concepts)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "archicortex.case-list/1";
}

/// <summary>What was forgotten.</summary>
sealed record CaseForgetJson(string Memory, string Scope, string Forgotten)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "archicortex.case-forget/1";
}

sealed record CaseBody(
    string Id, string Situation, string Tried, string Outcome, double Reward, bool IsWarning, IReadOnlyList<string> Tags, string? Task,
    int Version, int Shown, int Helped)
{
    public static CaseBody Of(KnownCase known) => new(
        known.Id, known.Situation, known.Tried, known.Outcome, known.Reward, known.IsWarning, known.Tags, known.Task, known.Version, known.Shown, known.Helped);
}

/// <summary>A concept after a change.</summary>
sealed record ConceptJson(string Memory, string Scope, ConceptBody Concept)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "archicortex.case-concept/1";
}

sealed record ConceptBody(string Name, int Version, string Description, IReadOnlyList<string> Cases, IReadOnlyList<ConceptVersionBody> Versions)
{
    public static ConceptBody Of(KnownConcept concept) => new(
        concept.Name, concept.Version, concept.Description, concept.Cases,
        [.. concept.Versions.Select((one, i) => new ConceptVersionBody(i + 1, one.Description, one.Cases, TaskBody.Time(one.At)))]);
}

sealed record ConceptVersionBody(int Version, string Description, IReadOnlyList<string> Cases, string At);

/// <summary>Experience with situations like the one described.</summary>
sealed record CaseFindJson(string Situation, string Reason, IReadOnlyList<FoundConcept> Concepts, IReadOnlyList<FoundCase> Cases)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "archicortex.case-find/1";

    public static CaseFindJson Of(CaseRecollection found) => new(
        found.Situation,
        found.Reason,
        [.. found.Concepts.Select(one => new FoundConcept(one.Rank, one.Score, one.Similarity, one.Concept.Name, one.Concept.Description, one.Concept.Cases))],
        [.. found.Cases.Select(one => new FoundCase(one.Rank, one.Score, one.Similarity, CaseBody.Of(one.Case)))]);
}

sealed record FoundCase(int Rank, double Score, double Similarity, CaseBody Case);

sealed record FoundConcept(int Rank, double Score, double Similarity, string Name, string Description, IReadOnlyList<string> Cases);
