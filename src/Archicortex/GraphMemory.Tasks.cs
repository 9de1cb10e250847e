using Archicortex.Models;
using Archicortex.Practice;

namespace Archicortex;

/// <summary>The working memory: what is to be done, how far it is, and what rests on what.</summary>
public sealed partial class GraphMemory
{
    /// <summary>Starts a task: a goal, a part of one, or a step.</summary>
    /// <remarks>Idempotent for a task with an id of its owner: one that is there with this goal and parent is returned as it is now.</remarks>
    /// <param name="goal">What is to be reached, 1 … 2,000 characters.</param>
    /// <param name="options">Where it belongs, and what it starts from.</param>
    /// <param name="cancellationToken">Honoured until it is written.</param>
    /// <exception cref="ArgumentException">A parent or dependency is not there, or a text is empty or too long.</exception>
    /// <exception cref="MemoryConflictException">The id is that of a task with another goal or parent.</exception>
    public Task<TaskNode> StartTaskAsync(string goal, StartTaskOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(goal);
        options ??= new();
        goal = PracticeText.Normal(goal);
        var (given, parent) = (Normal(options.Id), Normal(options.Parent));
        return ChangeTaskAsync(
            batch =>
            {
                if (parent is not null && batch.Tasks.Find(parent) is null)
                {
                    throw new ArgumentException($"There is no task '{parent}' to be the parent of this one.");
                }

                var id = given ?? batch.Tasks.NextId(parent);
                if (batch.Tasks.Find(id) is { } known)
                {
                    return (known.StartedAs, known.Parent) == (goal, parent) ? id : throw new MemoryConflictException(
                        $"Task '{id}' is there with the goal '{PracticeText.Short(known.Goal, 60)}'{(known.Parent is { } of ? $" as a part of '{of}'" : "")}. "
                        + "Give the new one another id, or update or revise the one that is there.");
                }

                batch.Change(new TaskChange
                {
                    Action = TaskAction.Start,
                    Id = id,
                    Version = 1,
                    Goal = goal,
                    Parent = parent,
                    State = options.State == TaskState.Open ? null : options.State,
                    IsPinned = options.IsPinned ? true : null,
                    DependsOn = Normal(options.DependsOn is { Count: > 0 } ids ? ids : null),
                    Inputs = Artifacts(options.Inputs is { Count: > 0 } inputs ? inputs.Select(one => KeyValuePair.Create(one.Key, (string?)one.Value)) : null),
                });
                return id;
            },
            cancellationToken);
    }

    /// <summary>Changes a task: its state, what it made, what was noted.</summary>
    /// <remarks>
    /// What is finished can become active again, which makes the tasks that rely on it stale; see <see cref="TaskState"/>. A task
    /// is done only when all its parts are finished or dropped. From then on its <see cref="TaskNode.Summary"/> stands for them.
    /// </remarks>
    /// <param name="id">The task.</param>
    /// <param name="update">What changes.</param>
    /// <param name="cancellationToken">Honoured until it is written.</param>
    /// <exception cref="ArgumentException">There is no such task, or the change is not allowed; the message says what is.</exception>
    /// <exception cref="MemoryConflictException">The task is at another version than expected; nothing changed.</exception>
    public Task<TaskNode> UpdateTaskAsync(string id, TaskUpdate update, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(update);
        return ChangeTaskAsync(
            id,
            update.ExpectedVersion,
            version => new TaskChange
            {
                Action = TaskAction.Update,
                Id = Normal(id)!,
                Version = version,
                State = update.State,
                Note = Normal(update.Note),
                Inputs = Artifacts(update.Inputs),
                Outputs = Artifacts(update.Outputs),
                DependsOn = Normal(update.DependsOn),
                IsPinned = update.IsPinned,
            },
            cancellationToken);
    }

    /// <summary>Changes what others may have relied on, and tells which tasks have to be looked at again.</summary>
    /// <param name="id">The task, in any state.</param>
    /// <param name="revision">What changes.</param>
    /// <param name="cancellationToken">Honoured until it is written.</param>
    /// <exception cref="ArgumentException">There is no such task, or nothing changes.</exception>
    /// <exception cref="MemoryConflictException">The task is at another version than expected; nothing changed.</exception>
    public async Task<RevisedTask> ReviseTaskAsync(string id, TaskRevision revision, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(revision);
        IReadOnlyList<string> stale = [];
        var task = await ChangeTaskAsync(
            id,
            revision.ExpectedVersion,
            version => new TaskChange
            {
                Action = TaskAction.Revise,
                Id = Normal(id)!,
                Version = version,
                Goal = Normal(revision.Goal),
                Note = Normal(revision.Note),
                Inputs = Artifacts(revision.Inputs),
                Outputs = Artifacts(revision.Outputs),
            },
            cancellationToken,
            tasks => stale = [.. tasks.All.Where(one => tasks.StaleSince(one.Id).Contains(Normal(id)!)).Select(one => one.Id)]).ConfigureAwait(false);
        return new RevisedTask(task, stale);
    }

    /// <summary>Forgets a task with all its parts, and takes it out of what others rely on. Its texts stay in the log.</summary>
    /// <param name="id">The task.</param>
    /// <param name="cancellationToken">Honoured until it is written.</param>
    /// <returns>Ids of what was forgotten; empty if there is no such task.</returns>
    public async Task<IReadOnlyList<string>> ForgetTaskAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        string[] gone = [];
        await ChangePracticeAsync(
            batch =>
            {
                if (batch.Tasks.Find(PracticeText.Normal(id)) is { } task)
                {
                    gone = [.. batch.Tasks.Under(task).Select(one => one.Id)];
                    batch.Change(new TaskChange { Action = TaskAction.Forget, Id = task.Id });
                }
            },
            cancellationToken).ConfigureAwait(false);
        return gone;
    }

    /// <summary>A task with everything that belongs to it; null if there is none of this id.</summary>
    /// <param name="id">The task.</param>
    /// <param name="cancellationToken">Stops before it is read.</param>
    public async Task<TaskNode?> GetTaskAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        var tasks = (await ReadPracticeAsync(cancellationToken).ConfigureAwait(false)).Practice.Tasks;
        return tasks.Find(PracticeText.Normal(id)) is { } task ? NodeOf(tasks, task) : null;
    }

    /// <summary>Lists tasks, each before its parts, in the order in which they were started.</summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Stops before they are read.</param>
    /// <exception cref="ArgumentException">There is no task to list from.</exception>
    public async Task<IReadOnlyList<TaskNode>> ListTasksAsync(TaskQuery? query = null, CancellationToken cancellationToken = default)
    {
        query ??= new();
        query.Check();
        var tasks = (await ReadPracticeAsync(cancellationToken).ConfigureAwait(false)).Practice.Tasks;
        var tops = query.Under is { } under ? [Found(tasks, under)] : tasks.Roots.Select(id => tasks[id]);
        return
        [
            .. tops.SelectMany(tasks.Under)
                .Where(task => (query.State ?? task.State) == task.State)
                .Where(task => query.IsStale is not { } isStale || isStale == tasks.StaleSince(task.Id).Count > 0)
                .Take(query.Top).Select(task => NodeOf(tasks, task)),
        ];
    }

    /// <summary>
    /// The working memory as a block for a prompt: the goals down to the step that is worked on, what they rest on, and what is
    /// finished, folded to a line each. Never over budget; the same state gives the same text.
    /// </summary>
    /// <remarks>
    /// Rendering a finished task by its id shows its details and its steps. The goals down to the step and pinned tasks are
    /// always there; open tasks beside the path are not, unless something on it depends on them.
    /// </remarks>
    /// <param name="id">The task to render. Default: the goal that was started last of those worked on, or not finished.</param>
    /// <param name="options">How much.</param>
    /// <param name="cancellationToken">Stops before it is read.</param>
    /// <exception cref="ArgumentException">There is no such task, or the budget cannot hold what must be shown.</exception>
    public async Task<RenderedTasks> RenderTasksAsync(string? id = null, RenderTasksOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        options.Check();
        var tasks = (await ReadPracticeAsync(cancellationToken).ConfigureAwait(false)).Practice.Tasks;
        var task = id is null ? TaskPage.Current(tasks) : Found(tasks, id);
        return task is null
            ? new RenderedTasks("", 0, [], 0)
            : TaskPage.Render(tasks, task, options.TokenBudget, options.CountTokens ?? (text => TokenCounting.Count(text)));
    }

    Task<TaskNode> ChangeTaskAsync(
        string id, int? expectedVersion, Func<int, TaskChange> change, CancellationToken cancellationToken, Action<TaskTree>? read = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        return ChangeTaskAsync(
            batch =>
            {
                var task = Found(batch.Tasks, id);
                if (expectedVersion is { } expected && expected != task.Version)
                {
                    throw new MemoryConflictException(
                        $"Task '{task.Id}' is at version {task.Version} ({task.State.Word()}), not at version {expected} as expected: it was changed since. "
                        + "Nothing was written. Read it again, and make the change for what it is now.");
                }

                batch.Change(change(task.Version + 1));
                return task.Id;
            },
            cancellationToken,
            read);
    }

    async Task<TaskNode> ChangeTaskAsync(Func<OperationBatch, string> plan, CancellationToken cancellationToken, Action<TaskTree>? read = null)
    {
        TaskNode? changed = null;
        await ChangePracticeAsync(
            batch =>
            {
                var id = plan(batch);
                changed = NodeOf(batch.Tasks, batch.Tasks[id]);
                read?.Invoke(batch.Tasks);
            },
            cancellationToken).ConfigureAwait(false);
        return changed!;
    }

    /// <summary>Plans operations on the latest state and commits them, alone.</summary>
    async Task ChangePracticeAsync(Action<OperationBatch> plan, CancellationToken cancellationToken)
    {
        RefuseReadOnly();
        await EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var batch = new OperationBatch(_views, _options.Clock);
            plan(batch);
            if (batch.Operations.Count > 0)
            {
                await CommitAsync(batch.Operations, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _writer.Release();
        }
    }

    async Task<Recall.RecallView> ReadPracticeAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        await CatchUpAsync(cancellationToken).ConfigureAwait(false);
        return _view;
    }

    static TaskEntry Found(TaskTree tasks, string id) => tasks.Find(PracticeText.Normal(id)) ?? throw new ArgumentException(
        $"There is no task '{id}'. {(tasks.Count == 0 ? "None was started yet." : $"The goals are: {string.Join(", ", tasks.Roots.TakeLast(5))}.")}");

    static TaskNode NodeOf(TaskTree tasks, TaskEntry task) => new()
    {
        Id = task.Id,
        Goal = task.Goal,
        Parent = task.Parent,
        State = task.State,
        Version = task.Version,
        IsPinned = task.IsPinned,
        DependsOn = [.. task.DependsOn.Select(edge => edge.Id)],
        WaitsFor = [.. task.DependsOn.Select(edge => edge.Id).Where(id => tasks[id].State != TaskState.Done || tasks.StaleSince(id).Count > 0)],
        StaleSince = tasks.StaleSince(task.Id),
        Inputs = task.Inputs,
        Outputs = task.Outputs,
        Notes = task.Notes,
        Steps = task.Steps,
        Summary = task.State.IsClosed() ? TaskFold.Of(tasks, task) : null,
        StartedAt = task.StartedAt,
        ChangedAt = task.ChangedAt,
    };

    static string? Normal(string? text) => text is null ? null : PracticeText.Normal(text);

    static string[]? Normal(IReadOnlyList<string>? ids) => ids is null ? null : [.. ids.Select(id => Normal(id)!)];

    /// <summary>Names in the form in which they are compared, texts as they are; in ordinal order, so that the same change has the same bytes.</summary>
    static Dictionary<string, string?>? Artifacts(IEnumerable<KeyValuePair<string, string?>>? artifacts)
    {
        if (artifacts is null)
        {
            return null;
        }

        var sorted = new SortedDictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (name, text) in artifacts)
        {
            if (!sorted.TryAdd(PracticeText.Normal(name), text))
            {
                throw new ArgumentException($"There are two inputs or outputs named '{name}' in Unicode normal form C. Rename one.");
            }
        }

        return new(sorted);
    }
}
