using Archicortex.Facts;
using Archicortex.Numerics;
using Archicortex.Practice;
using Archicortex.Storage;

namespace Archicortex;

/// <summary>Tasks, cases and concepts. They stand beside the passages: nothing of them changes what a question finds there.</summary>
sealed partial class MemoryViews
{
    readonly SituationIndex _situations = new();
    readonly SituationIndex _conceptTexts = new();

    public TaskTree Tasks { get; private set; } = TaskTree.Empty;

    public CaseBook Cases { get; private set; } = CaseBook.Empty;

    void Change(TaskChange change, Operation operation)
    {
        RefuseBroken(TaskRules.Problem(Tasks, change), operation);
        Tasks = Tasks.Apply(change, operation.Sequence, operation.At);
    }

    void Change(CaseChange change, Operation operation)
    {
        RefuseBroken(CaseRules.Problem(Cases, change), operation);
        var before = Cases;
        Cases = Cases.Apply(change, operation.At);
        switch (change.Action)
        {
            case CaseAction.Remember when before.Find(change.Id) is null:
                _situations.Add(change.Id, change.Situation!);
                break;
            case CaseAction.Forget:
                _situations.Remove(change.Id);
                break;
            case CaseAction.Name or CaseAction.Unname:
                var key = EntityName.Of(change.Id).Key;
                if (before.FindConcept(change.Id) is not null)
                {
                    _conceptTexts.Remove(key);
                }

                if (Cases.FindConcept(change.Id) is { } concept)
                {
                    _conceptTexts.Add(key, TextOf(concept));
                }

                break;
        }
    }

    PracticeView FreezePractice() => new(Tasks, Cases, _situations.Freeze(), _conceptTexts.Freeze());

    void SavePractice(BlockWriter writer)
    {
        Tasks.Save(writer);
        Cases.Save(writer);
    }

    /// <summary>The indexes are read from the texts again: their numbers decide nothing.</summary>
    void LoadPractice(BlockReader reader)
    {
        Tasks = TaskTree.Load(reader);
        Cases = CaseBook.Load(reader);
        foreach (var one in Cases.Cases)
        {
            _situations.Add(one.Id, one.Situation);
        }

        foreach (var concept in Cases.Concepts)
        {
            _conceptTexts.Add(EntityName.Of(concept.Name).Key, TextOf(concept));
        }
    }

    static string TextOf(KnownConcept concept) => $"{concept.Name}.\n\n{concept.Description}";

    static void RefuseBroken(string? problem, Operation operation)
    {
        if (problem is not null)
        {
            throw new MemoryFormatException(
                $"Operation {operation.Sequence} ({operation.Kind}) cannot follow those before it: {problem} "
                + "The log is damaged or was written by something else; restore it from a copy.");
        }
    }
}
