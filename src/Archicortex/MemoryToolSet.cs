using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Archicortex.Documents;
using Archicortex.Recall;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Archicortex;

/// <summary>What the functions of a memory do. Their words for agents stand in <see cref="ToolWords"/>.</summary>
/// <param name="memory">The memory.</param>
/// <param name="options">What is offered, and its limits.</param>
sealed partial class MemoryToolSet(GraphMemory memory, MemoryToolsOptions options)
{
    const int NameCharsMax = 2_000;
    const int QuestionCharsMax = 2_000;
    const int TopDefault = 5;
    const int HistoryDefault = 20;
    const int EvidenceMax = 3;
    const int NearestMax = 3;

    readonly ILogger _logger = memory.CreateLogger(Log.ToolsCategory);

    /// <summary>The functions the access allows, those that read first.</summary>
    public IReadOnlyList<AIFunction> Functions()
    {
        var access = memory.IsReadOnly ? MemoryToolAccess.Read : options.Access;
        var functions = new List<AIFunction>();
        if (options.Kinds.HasFlag(MemoryToolKinds.Knowledge))
        {
            AddKnowledge(functions, access);
        }

        if (options.Kinds.HasFlag(MemoryToolKinds.Tasks))
        {
            AddTasks(functions, access);
        }

        if (options.Kinds.HasFlag(MemoryToolKinds.Cases))
        {
            AddCases(functions, access);
        }

        return functions;
    }

    void AddKnowledge(List<AIFunction> functions, MemoryToolAccess access)
    {
        functions.Add(Make("recall", ToolWords.Recall, ToolWords.RecallSchema(options.TopMax), RecallAsync));
        functions.Add(Make("ask", ToolWords.Ask, ToolWords.AskSchema, AskAsync));
        functions.Add(Make("history", ToolWords.History, ToolWords.HistorySchema(options.TopMax), HistoryAsync));
        functions.Add(Make("timeline", ToolWords.Timeline, ToolWords.TimelineSchema(options.TopMax), TimelineAsync));
        functions.Add(Make("verify", ToolWords.Verify, ToolWords.VerifySchema, VerifyAsync));
        if (access >= MemoryToolAccess.ReadAndRemember)
        {
            functions.Add(Make("remember", ToolWords.Remember, ToolWords.RememberSchema(options.TextCharsMax), RememberAsync));
        }

        if (access >= MemoryToolAccess.Full)
        {
            functions.Add(Make("forget", ToolWords.Forget, ToolWords.ForgetSchema, ForgetAsync));
        }
    }

    MemoryFunction Make(string name, string description, string schema, Func<ToolArguments, CancellationToken, Task<JsonElement>> work) =>
        new(options.NamePrefix + name, description, schema, work, _logger);

    async Task<JsonElement> RememberAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var document = new Document(arguments.Text("text", options.TextCharsMax))
        {
            Title = arguments.TextOrNull("title", NameCharsMax),
            Time = arguments.Time("time"),
            Source = options.Source,
        };
        var remembered = await memory.RememberAsync(document, null, cancellationToken).ConfigureAwait(false);
        var note = remembered.Outcome == RememberOutcome.Known ? "The same was remembered before: nothing changed." : null;
        return Json(
            new RememberReply(Telemetry.Word(remembered.Outcome), remembered.DocumentId.ToString(), remembered.PassageCount, note),
            ToolReplies.Json.RememberReply);
    }

    async Task<JsonElement> RecallAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var question = arguments.Text("question", QuestionCharsMax);
        var top = arguments.Number("top", Math.Min(TopDefault, options.TopMax), 1, options.TopMax);
        var budget = arguments.Number("budget", 0, 0, ToolWords.BudgetMax);
        var asked = new RecallOptions { Top = top, TokenBudget = budget > 0 ? budget : null };
        var recalled = await memory.RecallAsync(question, asked, cancellationToken).ConfigureAwait(false);
        var reply = new RecallReply(
            Telemetry.Word(recalled.Strategy), [.. recalled.Passages.Select(Quote)], recalled.Passages.Count == 0 ? recalled.Reason : null)
        {
            Answerable = recalled.Confidence?.IsAnswerable,
            Summaries = recalled.Summaries.Count == 0
                ? null
                : [.. recalled.Summaries.Select(one => new SummaryReply(one.Title, Cut(one.Summary.Text)))],
        };
        if (recalled.Context is { } context)
        {
            var leftOut = context.LeftOut.IsNothing ? null : context.LeftOut.ToString();
            reply = reply with { Passages = null, Summaries = null, Context = context.Text, LeftOut = leftOut };
        }

        return Json(reply, ToolReplies.Json.RecallReply);
    }

    async Task<JsonElement> AskAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var question = arguments.Text("question", QuestionCharsMax);
        var answer = await memory.AskAsync(question, new() { Top = Math.Min(TopDefault, options.TopMax) }, cancellationToken).ConfigureAwait(false);
        var citations = answer.Citations.Take(options.TopMax)
            .Select(one => new PassageReply(one.Number, one.DocumentName, Cut(one.Text)) { Cut = IsCut(one.Text) });
        return Json(
            new AskReply(Cut(answer.Text), answer.IsAnswerable, Telemetry.Word(answer.Source), answer.Reason, [.. citations]), ToolReplies.Json.AskReply);
    }

    async Task<JsonElement> HistoryAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var name = arguments.Text("name", NameCharsMax);
        var top = arguments.Number("top", Math.Min(HistoryDefault, options.TopMax), 1, options.TopMax);
        var facts = await memory.HistoryAsync(name, arguments.Day("at"), cancellationToken).ConfigureAwait(false);

        // The latest are the ones that count; they are shown in the order of time all the same.
        var shown = facts.Skip(Math.Max(0, facts.Count - top)).Select(one => Line(one.Fact, one.Held)).ToList();
        var note = facts.Count == 0 ? "No fact is known about this name. Try its full name, or recall."
            : shown.Count < facts.Count ? "The earliest are left out. Ask for more by 'top', or for one day by 'at'." : null;
        return Json(new HistoryReply(name, facts.Count, shown, note), ToolReplies.Json.HistoryReply);
    }

    async Task<JsonElement> TimelineAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var about = arguments.Text("about", NameCharsMax);
        var part = new TimelineOptions
        {
            From = arguments.Day("from"),
            To = arguments.Day("to"),
            Last = arguments.Number("top", Math.Min(HistoryDefault, options.TopMax), 1, options.TopMax),
        };
        if (part.To < part.From)
        {
            throw new BadArgumentException("'to' is a day before 'from'. Give the earlier day as 'from'.");
        }

        var timeline = await memory.GetTimelineAsync(about, part, cancellationToken).ConfigureAwait(false);
        var note = timeline.Suggestions.Count > 0 ? $"{timeline.Reason} Other names: {string.Join(", ", timeline.Suggestions)}."
            : timeline.Entries.Count == 0 ? timeline.Reason : null;
        int? omitted = timeline.Omitted == 0 ? null : timeline.Omitted;
        return Json(new TimelineReply(about, [.. timeline.Entries.Select(Line)], omitted, note), ToolReplies.Json.TimelineReply);
    }

    async Task<JsonElement> VerifyAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var claim = arguments.Text("claim", QuestionCharsMax);
        var report = await memory.VerifyAsync(claim, arguments.Day("on"), cancellationToken).ConfigureAwait(false);
        var facts = report.Facts.Select(one => new VerdictReply(one.Fact.Subject, one.Fact.Relation, one.Fact.Object, Word(one.Verdict), one.Reason)
        {
            HeldFrom = Day(one.HeldDuring?.From),
            HeldUntil = Day(one.HeldDuring?.To),
            Evidence = one.Evidence.Count == 0 ? null : [.. one.Evidence.Take(EvidenceMax).Select(fact => Line(fact, fact.Fact.Valid))],
        });
        var note = report.Facts.Count == 0 ? "No fact could be read in the claim; compare it with the nearest passages yourself." : null;
        return Json(
            new VerifyReply(
                Word(report.Verdict), [.. facts], report.Evidence.Count == 0 ? null : [.. report.Evidence.Take(NearestMax).Select(Quote)], note),
            ToolReplies.Json.VerifyReply);
    }

    async Task<JsonElement> ForgetAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var name = arguments.Text("document", NameCharsMax);
        var found = await memory.FindDocumentsAsync(name, cancellationToken).ConfigureAwait(false);
        if (found.Count != 1)
        {
            throw new BadArgumentException(found.Count == 0
                ? "There is no document of this name. Give the 'document' of a passage that recall returned."
                : string.Create(CultureInfo.InvariantCulture, $"This names {found.Count} documents; one is forgotten at a time. ")
                    + "Give the 'document' of a passage that recall returned.");
        }

        await memory.ForgetAsync(found[0].ToString(), cancellationToken).ConfigureAwait(false);
        return Json(new ForgetReply(name), ToolReplies.Json.ForgetReply);
    }

    PassageReply Quote(RecalledPassage passage) => new(passage.Rank, passage.DocumentName, Cut(passage.Text))
    {
        Title = passage.Document.Title,
        Time = passage.Document.Time?.ToString("yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture),
        Speaker = passage.Document.Speaker,
        Source = passage.Document.Source,
        Cut = IsCut(passage.Text),
    };

    FactReplyLine Line(KnownFact known, Facts.DayRange held) => new(known.Fact.Subject, known.Fact.Relation, known.Fact.Object)
    {
        From = Day(held.From),
        Until = Day(held.To),
        Said = Day(FactSlots.SaidOn(known.Document)),
        Denied = known.Fact.IsNegated ? true : null,
        Ending = known.Fact.IsClosing ? true : null,
        Modality = known.Fact.Modality == Facts.FactModality.Asserted ? null : Word(known.Fact.Modality),
        Document = known.DocumentName,
        Sentence = known.Sentence is { } sentence ? Cut(sentence) : null,
    };

    TimelineReplyLine Line(TimelineEntry entry) => new(
        entry.Number, Cut(entry.Sentence ?? (entry.Fact is { } fact ? $"{fact.Subject} {fact.Relation} {fact.Object}" : entry.Document.Text)))
    {
        Day = Day(entry.Day),
        When = entry.When.IsOpen ? null : entry.When.ToText(entry.Granularity),
        Speaker = entry.Document.Speaker,
        Now = entry.IsCurrent && entry.Fact is { Kind: Facts.FactKind.State } ? true : null,
        Links = entry.Links.Count == 0 ? null : [.. entry.Links.Select(Word)],
        Document = entry.DocumentName,
    };

    /// <summary>"replaces 3", or the words of a cause.</summary>
    static string Word(TimelineLink link) => link.Entry is { } number
        ? string.Create(CultureInfo.InvariantCulture, $"{link.Kind} {number}").ToLowerInvariant()
        : $"because {link.Cause}";

    string Cut(string text)
    {
        if (text.Length <= options.PassageCharsMax)
        {
            return text;
        }

        var end = options.PassageCharsMax;
        return text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)] + "…";
    }

    bool? IsCut(string text) => text.Length > options.PassageCharsMax ? true : null;

    static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static string Word(ClaimVerdict verdict) => verdict switch
    {
        ClaimVerdict.Supported => "supported",
        ClaimVerdict.Contradicted => "contradicted",
        _ => "not_found",
    };

    static string Word(Facts.FactModality modality) => modality switch
    {
        Facts.FactModality.Hedged => "hedged",
        Facts.FactModality.Planned => "planned",
        _ => "attributed",
    };

    static JsonElement Json<T>(T reply, JsonTypeInfo<T> type) => JsonSerializer.SerializeToElement(reply, type);
}
