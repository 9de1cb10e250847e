using System.Text;

namespace Archicortex.Practice;

/// <summary>A finished task as a case: what it was about, what was done, what came of it.</summary>
/// <remarks>Verbatim parts, cut where long; the task itself keeps the rest.</remarks>
static class TaskExperience
{
    const int PartChars = 300;
    const int StepsMax = 40;

    /// <summary>Its goal, with the goals it is a part of left out, and what it started from.</summary>
    public static string Situation(TaskEntry task) => Joined(
        task.Goal, task.Inputs.Select(one => $"{one.Key}: {PracticeText.Short(one.Value, PartChars)}"));

    /// <summary>Its steps one below the other and how each ended; without steps, its notes.</summary>
    public static string Tried(TaskTree tree, TaskEntry task)
    {
        var steps = tree.Under(task).Skip(1).Where(step => step.State != TaskState.Dropped).Take(StepsMax)
            .Select(step => $"{PracticeText.Short(step.Goal, PartChars)} ({step.State.Word()})"
                + (step.Notes.Count > 0 ? $": {PracticeText.Short(step.Notes[^1], PartChars)}" : ""))
            .ToList();
        var said = steps.Count > 0 ? steps : [.. task.Notes.TakeLast(StepsMax).Select(note => PracticeText.Short(note, PartChars))];
        return said.Count > 0 ? string.Join('\n', said) : "Done in one step, nothing noted.";
    }

    /// <summary>How it ended, its outputs and its last note.</summary>
    public static string Outcome(TaskEntry task)
    {
        var outputs = task.Outputs.Select(one => $"{one.Key}: {PracticeText.Short(one.Value, PartChars)}");
        var note = task.Notes.Count > 0 ? [PracticeText.Short(task.Notes[^1], PartChars)] : Array.Empty<string>();
        return Joined(task.State.Word(), outputs.Concat(note));
    }

    static string Joined(string first, IEnumerable<string> rest)
    {
        var text = new StringBuilder(first);
        foreach (var part in rest.TakeWhile(part => text.Length + part.Length < CaseRules.TextCharsMax))
        {
            text.Append('\n').Append(part);
        }

        return text.ToString();
    }
}
