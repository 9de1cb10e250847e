using System.Collections.Immutable;
using System.Globalization;
using Archicortex.Numerics;

namespace Archicortex.Practice;

/// <summary>The working memory: every task of a scope, in trees of goals, subgoals and steps, with an edge to what each relies on.</summary>
/// <remarks>
/// A value: applying a change gives another tree that shares all that did not change, in O(log n), so that readers hold
/// theirs without a lock and publishing costs nothing. What a change may be is said by <see cref="TaskRules"/>; applying one
/// that breaks the rules is a defect of the caller.
/// </remarks>
sealed partial class TaskTree
{
    public static readonly TaskTree Empty = new(ImmutableSortedDictionary.Create<string, TaskEntry>(StringComparer.Ordinal), []);

    readonly ImmutableSortedDictionary<string, TaskEntry> _tasks;
    readonly Lazy<Dictionary<string, string[]>> _stale;

    TaskTree(ImmutableSortedDictionary<string, TaskEntry> tasks, ImmutableList<string> roots)
    {
        (_tasks, Roots) = (tasks, roots);
        _stale = new(() => TaskStaleness.Of(_tasks.Values));
    }

    /// <summary>Ids of the goals at the top, in the order in which they were started.</summary>
    public ImmutableList<string> Roots { get; }

    public int Count => _tasks.Count;

    /// <summary>All tasks, in ordinal order of their ids.</summary>
    public IEnumerable<TaskEntry> All => _tasks.Values;

    public TaskEntry? Find(string id) => _tasks.GetValueOrDefault(id);

    public TaskEntry this[string id] => _tasks[id];

    /// <summary>The revised tasks because of which a task is stale, in ordinal order; empty if it is not.</summary>
    public IReadOnlyList<string> StaleSince(string id) => _stale.Value.GetValueOrDefault(id) ?? [];

    /// <summary>A task's ancestors from the top down, and itself.</summary>
    public List<TaskEntry> PathTo(TaskEntry task)
    {
        var path = new List<TaskEntry> { task };
        while (path[^1].Parent is { } parent)
        {
            path.Add(_tasks[parent]);
        }

        path.Reverse();
        return path;
    }

    /// <summary>A task and all below it, each before its parts.</summary>
    public IEnumerable<TaskEntry> Under(TaskEntry task)
    {
        var left = new Stack<TaskEntry>([task]);
        while (left.TryPop(out var next))
        {
            yield return next;
            for (var i = next.Steps.Count - 1; i >= 0; i--)
            {
                left.Push(_tasks[next.Steps[i]]);
            }
        }
    }

    /// <summary>The place in the tree of a task that nobody named: one more than its last sibling's, "2.1.3" for the third part of "2.1".</summary>
    public string NextId(string? parent)
    {
        var siblings = parent is null ? Roots : _tasks[parent].Steps;
        var start = parent is null ? "" : parent + ".";
        var last = siblings.FindLast(id => id.StartsWith(start, StringComparison.Ordinal) && NumberOf(id[start.Length..]) > 0);
        var number = last is null ? 1 : NumberOf(last[start.Length..]) + 1;
        while (_tasks.ContainsKey(start + Text(number)))
        {
            number++;
        }

        return start + Text(number);
    }

    public TaskTree Apply(TaskChange change, long sequence, DateTimeOffset at) => change.Action switch
    {
        TaskAction.Start => Start(change, sequence, at),
        TaskAction.Forget => Forget(_tasks[change.Id]),
        _ => new(_tasks.SetItem(change.Id, Changed(_tasks[change.Id], change, sequence) with { ChangedAt = at }), Roots),
    };

    /// <summary>Everything that can be seen, in an order that does not depend on how it came about.</summary>
    public void AddState(ContentHash hash)
    {
        if (Count == 0)
        {
            return;
        }

        hash.Add("tasks").Add(Count);
        Add(hash, Roots);
        foreach (var task in _tasks.Values)
        {
            hash.Add(task.Id).Add(task.Goal).Add(task.Parent).Add(task.Version).Add((int)task.State).Add(task.IsPinned ? 1 : 0);
            Add(hash, task.DependsOn.ConvertAll(one => one.Id));
            foreach (var artifacts in new[] { task.Inputs, task.Outputs })
            {
                Add(hash, [.. artifacts.SelectMany(one => new[] { one.Key, one.Value })]);
            }

            Add(hash, task.Notes);
            Add(hash, task.Steps);
            Add(hash, StaleSince(task.Id));
        }
    }

    TaskTree Start(TaskChange change, long sequence, DateTimeOffset at)
    {
        var fresh = new TaskEntry(change.Id, change.Goal!, change.Parent) { Version = 0, CheckedAt = sequence, StartedAt = at, ChangedAt = at };
        var task = Changed(fresh, change, sequence);
        var tasks = _tasks.Add(task.Id, task);
        return change.Parent is null
            ? new(tasks, Roots.Add(task.Id))
            : new(tasks.SetItem(change.Parent, _tasks[change.Parent] with { Steps = _tasks[change.Parent].Steps.Add(task.Id) }), Roots);
    }

    static TaskEntry Changed(TaskEntry task, TaskChange change, long sequence)
    {
        var state = change.State ?? task.State;
        var isReopened = task.State == TaskState.Done && state != TaskState.Done;
        var isRevised = change.Action == TaskAction.Revise;
        return task with
        {
            Version = task.Version + 1,
            Goal = change.Goal ?? task.Goal,
            State = state,
            IsPinned = change.IsPinned ?? task.IsPinned,
            DependsOn = change.DependsOn is { } ids ? [.. ids.Select(id => EdgeOf(task, id) ?? new(id, sequence))] : task.DependsOn,
            Inputs = With(task.Inputs, change.Inputs),
            Outputs = With(task.Outputs, change.Outputs),
            Notes = change.Note is { } note ? task.Notes.Add(note) : task.Notes,
            RevisedAt = isRevised || isReopened ? sequence : task.RevisedAt,
            CheckedAt = isRevised || change.State == TaskState.Done ? sequence : task.CheckedAt,
        };
    }

    static Dependency? EdgeOf(TaskEntry task, string id) =>
        task.DependsOn.Find(one => one.Id == id) is { Id: not null } known ? known : null;

    /// <summary>Takes a task out with all its parts, and every edge to them.</summary>
    TaskTree Forget(TaskEntry task)
    {
        var gone = Under(task).Select(one => one.Id).ToHashSet();
        var tasks = _tasks.RemoveRange(gone);
        foreach (var one in _tasks.Values)
        {
            if (!gone.Contains(one.Id) && one.DependsOn.Exists(edge => gone.Contains(edge.Id)))
            {
                tasks = tasks.SetItem(one.Id, one with { DependsOn = one.DependsOn.RemoveAll(edge => gone.Contains(edge.Id)) });
            }
        }

        return task.Parent is { } parent
            ? new(tasks.SetItem(parent, tasks[parent] with { Steps = tasks[parent].Steps.Remove(task.Id) }), Roots)
            : new(tasks, Roots.Remove(task.Id));
    }

    static ImmutableSortedDictionary<string, string> With(
        ImmutableSortedDictionary<string, string> artifacts, IReadOnlyDictionary<string, string?>? changes)
    {
        foreach (var (name, text) in changes ?? new Dictionary<string, string?>())
        {
            artifacts = text is null ? artifacts.Remove(name) : artifacts.SetItem(name, text);
        }

        return artifacts;
    }

    static void Add(ContentHash hash, IReadOnlyCollection<string> texts)
    {
        hash.Add(texts.Count);
        foreach (var text in texts)
        {
            hash.Add(text);
        }
    }

    static int NumberOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Text(number) == text ? number : 0;

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
