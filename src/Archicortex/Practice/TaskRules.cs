using System.Collections.Immutable;

namespace Archicortex.Practice;

/// <summary>What a change of the tree of tasks may be: asked before one is written, and again when the log is replayed.</summary>
static class TaskRules
{
    public const int TasksMax = 50_000;
    public const int DepthMax = 16;
    public const int DependenciesMax = 64;
    public const int ArtifactsMax = 64;
    public const int NotesMax = 10_000;

    const int NamedMax = 5;

    /// <summary>What is wrong with a change, with the cure; null if it may be applied.</summary>
    public static string? Problem(TaskTree tree, TaskChange change)
    {
        if (PracticeText.OfName(change.Id, "task's id") is { } name)
        {
            return name;
        }

        var task = tree.Find(change.Id);
        return change.Action switch
        {
            TaskAction.Start => task is not null ? $"Task '{change.Id}' is there already; give the new one another id." : OfStart(tree, change),
            _ when task is null => $"There is no task '{change.Id}'.",
            TaskAction.Forget when change != new TaskChange { Action = TaskAction.Forget, Id = change.Id } =>
                $"Forgetting task '{change.Id}' changes nothing else.",
            TaskAction.Forget => null,
            TaskAction.Update or TaskAction.Revise => OfChange(tree, task, change),
            _ => $"There is no change of tasks number {(int)change.Action}. Update Archicortex.",
        };
    }

    static string? OfStart(TaskTree tree, TaskChange change)
    {
        var parent = change.Parent is null ? null : tree.Find(change.Parent);
        return change.Version != 1 ? $"A task that starts has version 1, not {change.Version}."
            : tree.Count >= TasksMax ? $"There are {tree.Count:N0} tasks, which is the most. Forget finished ones first."
            : PracticeText.Of(change.Goal, "goal", PracticeText.GoalCharsMax) is { } goal ? goal
            : change.Parent is not null && parent is null ? $"There is no task '{change.Parent}' to be the parent of '{change.Id}'."
            : parent?.State.IsClosed() == true
                ? $"Task '{parent.Id}' is {parent.State.Word()} and takes no new parts. Take it up again first (state active)."
            : parent is not null && tree.PathTo(parent).Count >= DepthMax
                ? $"Task '{parent.Id}' stands {DepthMax} deep, which is the deepest. Put the new one higher."
            : change.State?.IsClosed() == true ? $"A task starts open, active or blocked, not {change.State.Value.Word()}."
            : OfParts(change) ?? OfDependencies(tree, change, parent) ?? OfCounts(change, null);
    }

    static string? OfChange(TaskTree tree, TaskEntry task, TaskChange change)
    {
        var state = change.State ?? task.State;
        var parent = task.Parent is null ? null : tree[task.Parent];
        return change.Version != task.Version + 1 ? $"Task '{task.Id}' is at version {task.Version}; version {change.Version} does not follow it."
            : change.Parent is not null ? $"Task '{task.Id}' cannot be moved. Start it anew under '{change.Parent}' and drop this one."
            : OfKind(task, change)
            ?? (TaskStates.MayFollow(task.State, state) ? null
                : $"Task '{task.Id}' is {task.State.Word()} and cannot become {state.Word()}. It can become: {TaskStates.Words(task.State)}.")
            ?? (parent?.State.IsClosed() == true && !state.IsClosed()
                ? $"Task '{task.Id}' is a part of '{parent.Id}', which is {parent.State.Word()}. Take that up again first (state active)." : null)
            ?? (state == TaskState.Done ? OfOpenParts(tree, task) : null)
            ?? OfParts(change) ?? OfDependencies(tree, change, parent) ?? OfCounts(change, task);
    }

    /// <summary>What others rely on is revised, the rest is updated; an update may change what nobody relies on yet.</summary>
    static string? OfKind(TaskEntry task, TaskChange change)
    {
        if (change.Action == TaskAction.Revise)
        {
            return change.State is not null || change.DependsOn is not null || change.IsPinned is not null
                ? $"Revising '{task.Id}' changes its goal, inputs or outputs; its state is an update."
                : change.Goal is null && change.Inputs is null && change.Outputs is null
                    ? $"Say what of '{task.Id}' is revised: its goal, its inputs or its outputs."
                : change.Goal is not null ? PracticeText.Of(change.Goal, "goal", PracticeText.GoalCharsMax)
                : null;
        }

        return change.Goal is not null ? $"The goal of '{task.Id}' is changed by revising it, so that its dependants learn of it."
            : IsSettled(task, change.State ?? task.State) && (change.Inputs ?? change.Outputs) is not null
                ? $"Task '{task.Id}' is done, and others may rely on what it has: revise it, or take it up again (state active)."
            : null;
    }

    /// <summary>True if it was done before and stays so. Finishing it and saying what it made is one change, and no revision.</summary>
    static bool IsSettled(TaskEntry task, TaskState state) => task.State == TaskState.Done && state == TaskState.Done;

    static string? OfOpenParts(TaskTree tree, TaskEntry task)
    {
        var open = task.Steps.FindAll(id => !tree[id].State.IsClosed());
        return open.Count == 0 ? null
            : $"Task '{task.Id}' has {open.Count:N0} parts that are not finished ({Names(open)}). Finish or drop them first.";
    }

    static string? OfParts(TaskChange change)
    {
        if (change.State is { } state && !Enum.IsDefined(state))
        {
            return $"There is no state number {(int)state} of tasks.";
        }

        if (change.Note is not null && PracticeText.Of(change.Note, "note", PracticeText.NoteCharsMax) is { } note)
        {
            return note;
        }

        return (change.Inputs ?? Nothing).Concat(change.Outputs ?? Nothing)
            .Select(one => PracticeText.OfArtifact(one.Key, one.Value)).FirstOrDefault(problem => problem is not null);
    }

    static string? OfCounts(TaskChange change, TaskEntry? task)
    {
        var inputs = CountWith(task?.Inputs, change.Inputs);
        var outputs = CountWith(task?.Outputs, change.Outputs);
        return Math.Max(inputs, outputs) > ArtifactsMax
            ? $"Task '{change.Id}' would have {Math.Max(inputs, outputs)} inputs or outputs; the limit is {ArtifactsMax}. Put some on parts of it."
            : change.Note is not null && task?.Notes.Count >= NotesMax
                ? $"Task '{change.Id}' has {NotesMax:N0} notes, which is the most. Start a part of it."
            : null;
    }

    static int CountWith(ImmutableSortedDictionary<string, string>? known, IReadOnlyDictionary<string, string?>? changes) =>
        (known?.Count ?? 0) + (changes ?? Nothing).Sum(one => (one.Value is null ? 0 : 1) - (known?.ContainsKey(one.Key) == true ? 1 : 0));

    static string? OfDependencies(TaskTree tree, TaskChange change, TaskEntry? parent)
    {
        if (change.DependsOn is not { } ids)
        {
            return null;
        }

        if (ids.Length > DependenciesMax || ids.Distinct().Count() < ids.Length)
        {
            return $"Task '{change.Id}' names {ids.Length} tasks that it depends on; it takes up to {DependenciesMax}, each once.";
        }

        if (Array.FindIndex(ids, id => id is null || tree.Find(id) is null) is >= 0 and var missing)
        {
            return $"There is no task '{ids[missing]}' for '{change.Id}' to depend on.";
        }

        if (ids.Contains(change.Id))
        {
            return $"Task '{change.Id}' cannot depend on itself.";
        }

        var above = parent is null ? [] : tree.PathTo(parent).ConvertAll(one => one.Id);
        return Array.Find(ids, above.Contains) is { } whole
                ? $"Task '{change.Id}' is a part of '{whole}' and cannot depend on it: that is done only after its parts."
            : Array.Find(ids, id => tree.PathTo(tree[id]).Exists(one => one.Id == change.Id)) is { } part
                ? $"Task '{part}' is a part of '{change.Id}', which waits for it anyway."
            : CycleOf(tree, change.Id, ids) is { } cycle ? $"That would be a cycle: {cycle}. Leave one of these dependencies out."
            : null;
    }

    /// <summary>"a → c → b → a" if tasks that a would depend on depend on a; null otherwise.</summary>
    static string? CycleOf(TaskTree tree, string id, string[] dependencies)
    {
        var from = new Dictionary<string, string>();
        var left = new Queue<string>();
        foreach (var first in dependencies)
        {
            from[first] = id;
            left.Enqueue(first);
        }

        while (left.TryDequeue(out var at))
        {
            foreach (var edge in tree[at].DependsOn)
            {
                if (edge.Id == id)
                {
                    var path = new List<string> { id };
                    for (var back = at; back != id; back = from[back])
                    {
                        path.Add(back);
                    }

                    path.Add(id);
                    path.Reverse();
                    return string.Join(" → ", path);
                }

                if (from.TryAdd(edge.Id, at))
                {
                    left.Enqueue(edge.Id);
                }
            }
        }

        return null;
    }

    static string Names(ImmutableList<string> ids) => string.Join(", ", ids.Take(NamedMax)) + (ids.Count > NamedMax ? ", …" : "");

    static readonly IReadOnlyDictionary<string, string?> Nothing = new Dictionary<string, string?>();
}
