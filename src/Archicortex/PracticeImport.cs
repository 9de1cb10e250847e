using Archicortex.Practice;
using Archicortex.Storage;

namespace Archicortex;

/// <summary>Takes tasks and cases of an exported log into a memory.</summary>
/// <remarks>
/// Every change says which version it makes. A memory that has that version, or a later one, has taken the change in, or has gone
/// its own way since: it is passed over. So an import that was cut off goes on when it is run again, and one that is run
/// twice counts nothing twice. A log that is taken over as it is must follow the rules from its first operation on.
/// </remarks>
/// <param name="replaces">A task of the same id with another goal gives way to the one that comes; otherwise that is a conflict.</param>
sealed class PracticeImport(bool replaces)
{
    TaskTree _tasks = TaskTree.Empty;
    CaseBook _cases = CaseBook.Empty;

    /// <summary>Checks an operation of a log that is taken over as it is.</summary>
    /// <exception cref="MemoryFormatException">It breaks a rule.</exception>
    public void Check(Operation operation)
    {
        if (operation.Kind == OperationKind.Task)
        {
            var change = Payloads.ReadTask(operation);
            Refuse(TaskRules.Problem(_tasks, change), operation);
            _tasks = _tasks.Apply(change, operation.Sequence, operation.At);
            return;
        }

        var one = Payloads.ReadCase(operation);
        Refuse(CaseRules.Problem(_cases, one), operation);
        _cases = _cases.Apply(one, operation.At);
    }

    /// <exception cref="MemoryConflictException">The change does not go with what the memory has.</exception>
    public void Add(TaskChange change, OperationBatch batch)
    {
        var own = batch.Tasks.Find(change.Id);
        if (change.Action == TaskAction.Start && own is not null && (own.StartedAs, own.Parent) != (change.Goal, change.Parent))
        {
            if (!replaces)
            {
                throw new MemoryConflictException(
                    $"Task '{own.Id}' is here with the goal '{PracticeText.Short(own.Goal, 60)}', "
                    + $"and comes with '{PracticeText.Short(change.Goal ?? "", 60)}'. "
                    + "Forget the one that is here first, or replace it (RememberOptions.Replace, --replace).");
            }

            batch.Change(new TaskChange { Action = TaskAction.Forget, Id = own.Id });
            own = null;
        }

        var isNew = change.Action switch
        {
            TaskAction.Start => own is null,
            TaskAction.Forget => own is not null,
            _ => own is not null && change.Version > own.Version,
        };
        if (isNew)
        {
            Refuse(TaskRules.Problem(batch.Tasks, change), $"A change of task '{change.Id}'");
            batch.Change(change);
        }
    }

    /// <exception cref="MemoryConflictException">The change does not go with what the memory has.</exception>
    public static void Add(CaseChange change, OperationBatch batch)
    {
        var version = batch.Cases.Find(change.Id)?.Version;
        var isConcept = change.Action is CaseAction.Name or CaseAction.Unname;
        version = isConcept ? batch.Cases.FindConcept(change.Id)?.Version : version;
        var isNew = change.Action switch
        {
            CaseAction.Forget or CaseAction.Unname => version is not null,
            CaseAction.Use => version is not null && change.Version > version,
            _ => change.Version > (version ?? 0),
        };
        if (isNew)
        {
            Refuse(CaseRules.Problem(batch.Cases, change), isConcept ? $"A change of concept '{change.Id}'" : $"A change of case '{change.Id}'");
            batch.Change(change);
        }
    }

    static void Refuse(string? problem, Operation operation)
    {
        if (problem is not null)
        {
            throw new MemoryFormatException($"Operation {operation.Sequence} of the import: {problem}");
        }
    }

    static void Refuse(string? problem, string what)
    {
        if (problem is not null)
        {
            throw new MemoryConflictException($"{what} does not go with what the memory has: {problem}");
        }
    }
}
