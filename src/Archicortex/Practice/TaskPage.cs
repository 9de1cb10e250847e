using System.Text;

namespace Archicortex.Practice;

/// <summary>The working memory as a block for a prompt.</summary>
/// <param name="Text">One line a thing; empty if there is no task that is not finished, and none was asked for.</param>
/// <param name="Tokens">Its tokens, as they were counted; never more than the budget.</param>
/// <param name="Path">Ids from the goal at the top down to the step that is being worked on.</param>
/// <param name="LeftOut">Lines that would have been shown with a larger budget.</param>
public sealed record RenderedTasks(string Text, int Tokens, IReadOnlyList<string> Path, int LeftOut);

/// <summary>Writes the active path of a tree of tasks into a budget of tokens.</summary>
/// <remarks>
/// A prompt has to hold the goal, where the work stands, and what it rests on, also after a thousand steps (MEM1, arXiv
/// 2506.15841). Goals of the path and pinned tasks come first and always; the details of the current step next; then what
/// it depends on, what comes after it, what its goals start from; last, finished tasks folded to a line, the latest first.
/// Siblings of the path that are open are left out unless something on the path depends on them (TME, arXiv 2504.08525).
/// A line that does not fit is passed over for shorter ones behind it. The same tree and budget give the same text.
/// </remarks>
sealed class TaskPage
{
    const int ArtifactChars = 600;
    const int NoteChars = 400;
    const int NextMax = 10;
    const int GoalNotesMax = 3;

    // Lines tried at most: each costs a count of the whole text.
    const int TriedMax = 256;

    readonly TaskTree _tree;
    readonly Func<string, int> _count;
    readonly List<Line> _lines = [];
    readonly HashSet<string> _named = [];

    TaskPage(TaskTree tree, Func<string, int> count) => (_tree, _count) = (tree, count);

    /// <exception cref="ArgumentException">What must be shown does not fit into the budget.</exception>
    public static RenderedTasks Render(TaskTree tree, TaskEntry task, int budget, Func<string, int> count)
    {
        var page = new TaskPage(tree, count);
        var path = page.PathThrough(task);
        page.Write(path);
        return page.Fit(path, budget);
    }

    /// <summary>What a rendering starts from if nothing is named: the last goal that is worked on, else the last that is not finished.</summary>
    public static TaskEntry? Current(TaskTree tree)
    {
        var goals = tree.Roots.Select(id => tree[id]).Where(goal => !goal.State.IsClosed()).ToList();
        return goals.LastOrDefault(goal => goal.State == TaskState.Active || HasActive(tree, goal)) ?? goals.LastOrDefault();
    }

    /// <summary>From the top to a task, and on to the step below it that is worked on; of several, the one that was started last.</summary>
    List<TaskEntry> PathThrough(TaskEntry task)
    {
        var path = _tree.PathTo(task);
        while (!path[^1].State.IsClosed() && path[^1].Steps.FindLast(IsOnTheWay) is { } next)
        {
            path.Add(_tree[next]);
        }

        return path;
    }

    bool IsOnTheWay(string id) => _tree[id].State == TaskState.Active || (!_tree[id].State.IsClosed() && HasActive(_tree, _tree[id]));

    static bool HasActive(TaskTree tree, TaskEntry task) => tree.Under(task).Any(one => one.State == TaskState.Active);

    void Write(List<TaskEntry> path)
    {
        _named.UnionWith(path.Select(task => task.Id));
        var last = path.Count - 1;
        for (var depth = 0; depth <= last; depth++)
        {
            var task = path[depth];
            var word = depth == last && depth > 0 ? "Step" : depth == 0 ? "Goal" : "Subgoal";
            Add(Rank.Goal, 0, $"{word} {Heading(task)}");
            WriteDetails(task, isCurrent: depth == last, last - depth);
        }

        // Before what may be left out: a pinned task that something depends on is pinned all the same.
        WritePinned(path[0]);
        for (var depth = 0; depth <= last; depth++)
        {
            WriteDependencies(path[depth], last - depth);
        }

        for (var depth = last; depth >= 0; depth--)
        {
            WriteParts(path[depth], isCurrent: depth == last, last - depth);
        }
    }

    void WriteDetails(TaskEntry task, bool isCurrent, int distance)
    {
        foreach (var (word, artifacts) in new[] { ("input", task.Inputs), ("output", task.Outputs) })
        {
            foreach (var (name, text) in artifacts)
            {
                var of = isCurrent ? "" : $" of {task.Id}";
                var whole = text.Length > ArtifactChars ? $" ({text.Length} characters in all)" : "";
                Add(isCurrent ? Rank.Current : Rank.Above, distance, $"  {word}{of} {name}: {PracticeText.Short(text, ArtifactChars)}{whole}");
            }
        }

        var first = isCurrent ? 0 : Math.Max(0, task.Notes.Count - GoalNotesMax);
        for (var i = first; i < task.Notes.Count; i++)
        {
            // The latest notes are tried first, wherever they stand.
            var (rank, order) = isCurrent ? (Rank.CurrentNote, task.Notes.Count - i) : (Rank.Above, distance);
            Add(rank, order, $"  note: {PracticeText.Short(task.Notes[i], NoteChars)}");
        }
    }

    void WriteDependencies(TaskEntry task, int distance)
    {
        foreach (var edge in task.DependsOn)
        {
            if (_named.Add(edge.Id))
            {
                Add(Rank.Dependency, distance, $"{task.Id} needs {TaskFold.Of(_tree, _tree[edge.Id])}");
            }
        }
    }

    void WritePinned(TaskEntry goal)
    {
        foreach (var task in _tree.Under(goal))
        {
            if (task.IsPinned && _named.Add(task.Id))
            {
                Add(Rank.Goal, 0, $"Pinned {Heading(task)}");
            }
        }
    }

    void WriteParts(TaskEntry task, bool isCurrent, int distance)
    {
        var next = 0;
        for (var i = 0; i < task.Steps.Count; i++)
        {
            var part = _tree[task.Steps[i]];
            if (part.State.IsClosed() ? part.State != TaskState.Dropped && _named.Add(part.Id) : false)
            {
                Add(Rank.Finished, (distance * TaskRules.TasksMax) + task.Steps.Count - i, TaskFold.Of(_tree, part));
            }
            else if (isCurrent && !part.State.IsClosed() && next++ < NextMax && _named.Add(part.Id))
            {
                Add(Rank.Next, next, $"Next {TaskFold.Label(_tree, part)}: {PracticeText.Short(part.Goal, NoteChars)}");
            }
        }
    }

    string Heading(TaskEntry task)
    {
        var stale = _tree.StaleSince(task.Id);
        return $"{TaskFold.Label(_tree, task)}: {PracticeText.Harmless(task.Goal)}"
            + (stale.Count > 0 ? $" [look at it again: revised since was {string.Join(", ", stale.Take(3))}{(stale.Count > 3 ? ", …" : "")}]" : "");
    }

    RenderedTasks Fit(List<TaskEntry> path, int budget)
    {
        var shown = new bool[_lines.Count];
        var order = Enumerable.Range(0, _lines.Count).OrderBy(i => _lines[i].Rank).ThenBy(i => _lines[i].Order).ThenBy(i => i).ToList();
        var must = order.TakeWhile(i => _lines[i].Rank == Rank.Goal).ToList();
        must.ForEach(i => shown[i] = true);
        var text = Text(shown, 0);
        var tokens = _count(text);
        if (tokens > budget)
        {
            throw new ArgumentException(
                $"The goals down to '{path[^1].Id}' and what is pinned take {tokens:N0} tokens; the budget is {budget:N0}. "
                + "Raise it, unpin a task, or revise a goal to say it shorter.");
        }

        foreach (var i in order.Skip(must.Count).Take(TriedMax))
        {
            shown[i] = true;
            shown[i] = _count(Text(shown, 0)) <= budget;
        }

        var left = shown.Count(one => !one);
        text = Text(shown, 0);
        var told = left > 0 ? Text(shown, left) : text;
        text = _count(told) <= budget ? told : text;
        return new RenderedTasks(text, _count(text), path.ConvertAll(task => task.Id), left);
    }

    string Text(bool[] shown, int left)
    {
        var text = new StringBuilder();
        for (var i = 0; i < shown.Length; i++)
        {
            if (shown[i])
            {
                text.Append(_lines[i].Text).Append('\n');
            }
        }

        return text.Append(left > 0 ? $"… {left} more lines are left out.\n" : "").ToString();
    }

    void Add(Rank rank, int order, string text) => _lines.Add(new(rank, order, text));

    /// <summary>What is shown first when there is not room for all.</summary>
    enum Rank
    {
        Goal,
        Current,
        CurrentNote,
        Dependency,
        Next,
        Above,
        Finished,
    }

    /// <param name="Rank">What it is.</param>
    /// <param name="Order">Place among its like; the smaller first.</param>
    /// <param name="Text">The line.</param>
    readonly record struct Line(Rank Rank, int Order, string Text);
}
