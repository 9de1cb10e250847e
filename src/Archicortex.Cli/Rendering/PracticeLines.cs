using System.Globalization;
using Archicortex.Cli.Commands;
using Archicortex.Practice;

namespace Archicortex.Cli.Rendering;

/// <summary>Tasks and cases as lines on the terminal.</summary>
static class PracticeLines
{
    const int GoalChars = 200;
    const int TextChars = 300;

    public static string Line(TaskNode task) =>
        $"{Shell.Harmless(task.Id)} [{PracticeOptions.Word(task.State)}{(task.IsStale ? ", stale" : "")}] {Shell.Short(task.Goal, GoalChars)}";

    /// <summary>One line a task, indented below its parent, as far as that is among them.</summary>
    public static IEnumerable<string> Tree(IReadOnlyList<TaskNode> tasks)
    {
        var depths = new Dictionary<string, int>();
        foreach (var task in tasks)
        {
            var depth = task.Parent is { } parent && depths.TryGetValue(parent, out var above) ? above + 1 : 0;
            depths[task.Id] = depth;
            yield return new string(' ', depth * 2) + Line(task);
        }

        if (tasks.Count == 0)
        {
            yield return "No task fits.";
        }
    }

    public static string Line(KnownCase known) => string.Create(
        CultureInfo.InvariantCulture,
        $"{known.Id} [reward {known.Reward:0.##}, helped {known.Helped} of {known.Shown}] {Shell.Short(known.Situation, GoalChars)}");

    public static string Line(KnownConcept concept) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Shell.Harmless(concept.Name)} [version {concept.Version}, {concept.Cases.Count} cases] {Shell.Short(concept.Description, GoalChars)}");

    public static IEnumerable<string> Page(CaseRecollection found)
    {
        foreach (var one in found.Concepts)
        {
            yield return Line(one.Concept);
        }

        foreach (var one in found.Cases)
        {
            yield return Line(one.Case);
            yield return $"    tried: {Shell.Short(one.Case.Tried, TextChars)}";
            yield return $"    {(one.IsWarning ? "WARNING, it failed" : "outcome")}: {Shell.Short(one.Case.Outcome, TextChars)}";
        }

        if (found.Concepts.Count + found.Cases.Count == 0)
        {
            yield return found.Reason;
        }
    }
}
