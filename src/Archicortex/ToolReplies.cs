using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Archicortex;

/// <summary>The JSON that tools answer with. Names are short, what is not known is left out: every character is paid for.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ToolError))]
[JsonSerializable(typeof(RememberReply))]
[JsonSerializable(typeof(RecallReply))]
[JsonSerializable(typeof(AskReply))]
[JsonSerializable(typeof(HistoryReply))]
[JsonSerializable(typeof(TimelineReply))]
[JsonSerializable(typeof(VerifyReply))]
[JsonSerializable(typeof(ForgetReply))]
[JsonSerializable(typeof(TaskReply))]
[JsonSerializable(typeof(TaskPageReply))]
[JsonSerializable(typeof(CaseReply))]
[JsonSerializable(typeof(CasesReply))]
sealed partial class ToolJson : JsonSerializerContext;

/// <summary>How replies are written.</summary>
static class ToolReplies
{
    /// <summary>With letters of all languages and quotation marks as they are: agents pay for escapes, and this is no HTML.</summary>
    public static ToolJson Json { get; } = new(new JsonSerializerOptions(ToolJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}

sealed record ToolError(string Error);

sealed record RememberReply(string Outcome, string Document, int Passages, string? Note);

sealed record RecallReply(string Strategy, IReadOnlyList<PassageReply>? Passages, string? Note)
{
    public bool? Answerable { get; init; }

    /// <summary>Topics that answer beside the passages; left out where none does.</summary>
    public IReadOnlyList<SummaryReply>? Summaries { get; init; }

    /// <summary>Instead of passages, if a budget was given.</summary>
    public string? Context { get; init; }

    public string? LeftOut { get; init; }
}

/// <summary>What the passages of a topic say together.</summary>
sealed record SummaryReply(string Topic, string Text);

/// <summary>A passage as it is quoted to an agent.</summary>
sealed record PassageReply(int N, string Document, string Text)
{
    public string? Title { get; init; }

    public string? Time { get; init; }

    public string? Speaker { get; init; }

    public string? Source { get; init; }

    /// <summary>True if there is more of it; else left out.</summary>
    public bool? Cut { get; init; }
}

sealed record AskReply(string Answer, bool Answerable, string From, string Reason, IReadOnlyList<PassageReply> Citations);

sealed record HistoryReply(string Name, int Total, IReadOnlyList<FactReplyLine> Facts, string? Note);

/// <summary>A fact and when it held: from the day it began up to, not including, the day it ended.</summary>
sealed record FactReplyLine(string Subject, string Relation, string Object)
{
    public string? From { get; init; }

    public string? Until { get; init; }

    public string? Said { get; init; }

    public bool? Denied { get; init; }

    public bool? Ending { get; init; }

    public string? Modality { get; init; }

    public string? Document { get; init; }

    public string? Sentence { get; init; }
}

sealed record TimelineReply(string About, IReadOnlyList<TimelineReplyLine> Entries, int? Omitted, string? Note);

/// <summary>Something that happened, or was so: the day it stands at, and all its days where they are more.</summary>
sealed record TimelineReplyLine(int N, string Text)
{
    public string? Day { get; init; }

    public string? When { get; init; }

    public string? Speaker { get; init; }

    /// <summary>True if it still is so; else left out.</summary>
    public bool? Now { get; init; }

    public IReadOnlyList<string>? Links { get; init; }

    public string? Document { get; init; }
}

sealed record VerifyReply(string Verdict, IReadOnlyList<VerdictReply> Facts, IReadOnlyList<PassageReply>? Nearest, string? Note);

sealed record VerdictReply(string Subject, string Relation, string Object, string Verdict, string Reason)
{
    public string? HeldFrom { get; init; }

    public string? HeldUntil { get; init; }

    public IReadOnlyList<FactReplyLine>? Evidence { get; init; }
}

sealed record ForgetReply(string Forgotten);

/// <summary>A task after a change; the rest is shown by task_show.</summary>
sealed record TaskReply(string Task, string State, int Version, IReadOnlyList<string>? WaitsFor);

sealed record TaskPageReply(string Text, IReadOnlyList<string> Path, int? LeftOut, string? Note);

sealed record CaseReply(string Case, int Shown, int Helped);

sealed record CasesReply(IReadOnlyList<ConceptReplyLine>? Learnt, IReadOnlyList<CaseReplyLine> Cases, string? Note);

sealed record ConceptReplyLine(string Name, string Rule, IReadOnlyList<string> Cases);

/// <summary>A case as it is quoted to an agent; the warning is left out where it came out well.</summary>
sealed record CaseReplyLine(string Case, string Situation, string Tried, string Outcome, string? Warning);
