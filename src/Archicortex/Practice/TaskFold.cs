using System.Text;

namespace Archicortex.Practice;

/// <summary>A finished task in one line: what is left of it in a prompt, while its details stay where they are.</summary>
/// <remarks>
/// After HiAgent (arXiv 2408.09559), which folds each subgoal's steps into a summary by a language model. Here every part is
/// verbatim, only cut and put on one line: goal, outputs, its own last note, and the last notes of its last steps. So nothing
/// can be in it that nobody said, and nothing has to be made again when something is forgotten.
/// </remarks>
static class TaskFold
{
    const int GoalChars = 160;
    const int PartChars = 160;
    const int OutputsMax = 4;
    const int StepNotesMax = 3;
    const int CharsMax = 800;

    public static string Of(TaskTree tree, TaskEntry task)
    {
        var line = new StringBuilder(Label(tree, task)).Append(' ').Append(PracticeText.Short(task.Goal, GoalChars));
        foreach (var (name, text) in task.Outputs.Take(OutputsMax))
        {
            Append(line, name, text);
        }

        if (task.Outputs.Count > OutputsMax)
        {
            line.Append(" · … ").Append(task.Outputs.Count - OutputsMax).Append(" more outputs");
        }

        if (task.Notes.Count > 0)
        {
            Append(line, "note", task.Notes[^1]);
        }

        foreach (var step in task.Steps.Skip(Math.Max(0, task.Steps.Count - StepNotesMax)).Select(id => tree[id]).Where(step => step.Notes.Count > 0))
        {
            Append(line, step.Id, step.Notes[^1]);
        }

        return line.ToString();
    }

    /// <summary>"1.2 (done, stale)"</summary>
    public static string Label(TaskTree tree, TaskEntry task) =>
        $"{task.Id} ({task.State.Word()}{(task.IsPinned ? ", pinned" : "")}{(tree.StaleSince(task.Id).Count > 0 ? ", stale" : "")})";

    static void Append(StringBuilder line, string name, string text)
    {
        var part = PracticeText.Short(text, PartChars);
        if (line.Length + name.Length + part.Length <= CharsMax)
        {
            line.Append(" · ").Append(name).Append(": ").Append(part);
        }
    }
}
