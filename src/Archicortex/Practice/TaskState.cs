namespace Archicortex.Practice;

/// <summary>Where a task stands.</summary>
public enum TaskState
{
    /// <summary>To be done.</summary>
    Open,

    /// <summary>Being worked on.</summary>
    Active,

    /// <summary>Waits for something outside; a note says for what.</summary>
    Blocked,

    /// <summary>Reached: its outputs are what others may rely on.</summary>
    Done,

    /// <summary>Tried and not reached.</summary>
    Failed,

    /// <summary>Not wanted any more.</summary>
    Dropped,
}

/// <summary>Which state may follow which. To stay in a state is always allowed.</summary>
static class TaskStates
{
    // What is finished is taken up again only by working on it, so that its dependants learn of it; what was dropped was
    // not finished, and goes back to the pile. What is blocked has to go on before it can be done.
    static readonly TaskState[][] Next =
    [
        /* Open    */ [TaskState.Active, TaskState.Blocked, TaskState.Done, TaskState.Failed, TaskState.Dropped],
        /* Active  */ [TaskState.Open, TaskState.Blocked, TaskState.Done, TaskState.Failed, TaskState.Dropped],
        /* Blocked */ [TaskState.Open, TaskState.Active, TaskState.Failed, TaskState.Dropped],
        /* Done    */ [TaskState.Active],
        /* Failed  */ [TaskState.Active, TaskState.Dropped],
        /* Dropped */ [TaskState.Open],
    ];

    public static bool MayFollow(TaskState from, TaskState to) => from == to || Next[(int)from].Contains(to);

    public static bool IsClosed(this TaskState state) => state >= TaskState.Done;

    public static string Word(this TaskState state) => state switch
    {
        TaskState.Open => "open",
        TaskState.Active => "active",
        TaskState.Blocked => "blocked",
        TaskState.Done => "done",
        TaskState.Failed => "failed",
        _ => "dropped",
    };

    public static string Words(TaskState from) => string.Join(", ", Next[(int)from].Select(Word));
}
