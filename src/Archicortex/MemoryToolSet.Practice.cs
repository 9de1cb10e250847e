using System.Text.Json;
using Archicortex.Practice;
using Microsoft.Extensions.AI;

namespace Archicortex;

/// <summary>The functions for tasks and cases.</summary>
sealed partial class MemoryToolSet
{
    const int BudgetDefault = 800;
    const int BudgetMax = 8_000;
    const int CasesDefault = 3;
    const int CasesMax = 20;
    const string FailedWarning = "This was tried, and failed.";

    static readonly string[] States = [.. Enum.GetValues<TaskState>().Select(state => state.Word())];

    void AddTasks(List<AIFunction> functions, MemoryToolAccess access)
    {
        functions.Add(Make("task_show", ToolWords.TaskShow, ToolWords.TaskShowSchema(BudgetMax), TaskShowAsync));
        if (access >= MemoryToolAccess.ReadAndRemember)
        {
            functions.Add(Make("task_start", ToolWords.TaskStart, ToolWords.TaskStartSchema, TaskStartAsync));
            functions.Add(Make("task_update", ToolWords.TaskUpdate, ToolWords.TaskUpdateSchema(options.TextCharsMax), TaskUpdateAsync));
        }
    }

    void AddCases(List<AIFunction> functions, MemoryToolAccess access)
    {
        functions.Add(Make("case_recall", ToolWords.CaseRecall, ToolWords.CaseRecallSchema(Math.Min(CasesMax, options.TopMax)), CaseRecallAsync));
        if (access >= MemoryToolAccess.ReadAndRemember)
        {
            functions.Add(Make("case_remember", ToolWords.CaseRemember, ToolWords.CaseRememberSchema, CaseRememberAsync));
            functions.Add(Make("case_used", ToolWords.CaseUsed, ToolWords.CaseUsedSchema, CaseUsedAsync));
        }
    }

    async Task<JsonElement> TaskShowAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var budget = arguments.Number("tokens", BudgetDefault, 50, BudgetMax);
        var page = await memory.RenderTasksAsync(arguments.TextOrNull("task", NameCharsMax), new() { TokenBudget = budget }, cancellationToken)
            .ConfigureAwait(false);
        var note = page.Path.Count == 0 ? "No task is open. Start one with task_start." : null;
        return Json(new TaskPageReply(page.Text, page.Path, page.LeftOut > 0 ? page.LeftOut : null, note), ToolReplies.Json.TaskPageReply);
    }

    async Task<JsonElement> TaskStartAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var started = new StartTaskOptions
        {
            Parent = arguments.TextOrNull("parent", NameCharsMax),
            DependsOn = Ids(arguments.TextOrNull("depends_on", NameCharsMax)),
            Inputs = arguments.TextOrNull("input", options.TextCharsMax) is { } input ? new Dictionary<string, string> { ["input"] = input } : [],
        };
        var task = await memory.StartTaskAsync(arguments.Text("goal", PracticeText.GoalCharsMax), started, cancellationToken).ConfigureAwait(false);
        return Json(Reply(task), ToolReplies.Json.TaskReply);
    }

    async Task<JsonElement> TaskUpdateAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var id = arguments.Text("task", NameCharsMax);
        var state = arguments.OneOf("state", States);
        var (output, text) = (arguments.TextOrNull("output", PracticeText.NameCharsMax), arguments.TextOrNull("text", options.TextCharsMax));
        if (output is null != text is null)
        {
            throw new BadArgumentException("'output' is the name of what was made, 'text' is what was made: give both, or neither.");
        }

        var version = arguments.Number("version", 0, 0, int.MaxValue);
        var before = await memory.GetTaskAsync(id, cancellationToken).ConfigureAwait(false);
        if (version > 0 && before is not null && before.Version != version)
        {
            throw new BadArgumentException(
                $"Task '{id}' is at version {before.Version}, not {version}: somebody changed it since. Nothing was written. Look at it with task_show.");
        }

        var update = new TaskUpdate
        {
            State = state is null ? null : (TaskState)Array.IndexOf(States, state),
            Note = arguments.TextOrNull("note", PracticeText.NoteCharsMax),
            Outputs = output is null ? null : new Dictionary<string, string?> { [output] = text },
            ExpectedVersion = version > 0 ? version : null,
        };
        var task = await memory.UpdateTaskAsync(id, update, cancellationToken).ConfigureAwait(false);
        return Json(Reply(task), ToolReplies.Json.TaskReply);
    }

    async Task<JsonElement> CaseRecallAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var situation = arguments.Text("situation", QuestionCharsMax);
        var most = Math.Min(CasesMax, options.TopMax);
        var top = arguments.Number("top", Math.Min(CasesDefault, most), 1, most);
        var recalled = await memory.RecallCasesAsync(situation, new() { Top = top, Level = CaseLevel.Concept }, cancellationToken).ConfigureAwait(false);
        var learnt = recalled.Concepts.Select(one => new ConceptReplyLine(one.Concept.Name, Cut(one.Concept.Description), one.Concept.Cases)).ToList();
        var cases = recalled.Cases.Select(one => new CaseReplyLine(
            one.Case.Id, Cut(one.Case.Situation), Cut(one.Case.Tried), Cut(one.Case.Outcome), one.IsWarning ? FailedWarning : null)).ToList();
        return Json(
            new CasesReply(learnt.Count > 0 ? learnt : null, cases, learnt.Count + cases.Count == 0 ? recalled.Reason : null), ToolReplies.Json.CasesReply);
    }

    async Task<JsonElement> CaseRememberAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var result = arguments.OneOf("result", "worked", "mixed", "failed")
            ?? throw new BadArgumentException("'result' is missing. Say whether it worked: worked, mixed or failed.");
        var reward = result switch { "worked" => 1.0, "failed" => -1.0, _ => 0.0 };
        var known = await memory.RememberCaseAsync(
            arguments.Text("situation", CaseRules.TextCharsMax), arguments.Text("tried", CaseRules.TextCharsMax),
            arguments.Text("outcome", CaseRules.TextCharsMax), reward, null, cancellationToken).ConfigureAwait(false);
        return Json(new CaseReply(known.Id, known.Shown, known.Helped), ToolReplies.Json.CaseReply);
    }

    async Task<JsonElement> CaseUsedAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var helped = arguments.OneOf("helped", "yes", "no") ?? throw new BadArgumentException("'helped' is missing. Say yes or no.");
        var known = await memory.RecordCaseUseAsync(arguments.Text("case", NameCharsMax), helped == "yes", cancellationToken).ConfigureAwait(false);
        return Json(new CaseReply(known.Id, known.Shown, known.Helped), ToolReplies.Json.CaseReply);
    }

    static TaskReply Reply(TaskNode task) => new(task.Id, task.State.Word(), task.Version, task.WaitsFor.Count > 0 ? task.WaitsFor : null);

    static string[] Ids(string? text) => text is null ? [] : text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
