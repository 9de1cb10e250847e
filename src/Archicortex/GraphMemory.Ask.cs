using System.Diagnostics;
using System.Globalization;
using Archicortex.Facts;
using Archicortex.Facts.Time;
using Archicortex.Models;
using Archicortex.Recall;

namespace Archicortex;

public sealed partial class GraphMemory
{
    const double AnswerableShare = 0.34;
    const int AskedTokensMax = 1_000_000;

    readonly RuleFactExtractor _claims = new();

    /// <summary>Answers a question, with citations.</summary>
    /// <remarks>
    /// With a model (<see cref="GraphMemoryOptions.ChatClient"/>) the passages recalled are given to it and it writes the answer.
    /// Without one, the answer is worked out from the days of events, if it is asked how long between, which first or how often; is
    /// read off the facts, if a path of them takes up all that is asked; and is else the sentence that says most of it.
    /// <see cref="Answer.Source"/> tells which. Writes nothing.
    /// </remarks>
    /// <param name="question">What is asked, in words.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Stops the recall or the model's call.</param>
    /// <exception cref="ArgumentException">The question is empty or too long.</exception>
    /// <exception cref="ModelReplyException">The model did not answer in the form asked for.</exception>
    /// <exception cref="ModelTransportException">The model could not be reached.</exception>
    /// <exception cref="BudgetExceededException">The budget does not allow the call.</exception>
    public Task<Answer> AskAsync(string question, AskOptions? options = null, CancellationToken cancellationToken = default) =>
        Telemetry.RunAsync("ask", activity => AskAsync(question, options ?? new(), activity, cancellationToken));

    async Task<Answer> AskAsync(string question, AskOptions options, Activity? activity, CancellationToken cancellationToken)
    {
        if (options.Top is < 1 or > 100)
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.Top, "Top must be between 1 and 100.");
        }

        if (options.TokenBudget is < 1 or > AskedTokensMax)
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.TokenBudget, $"TokenBudget must be between 1 and {AskedTokensMax:N0}.");
        }

        var recalled = await RecallAsync(
            question,
            new() { Top = options.Top, Strategy = options.Strategy, TokenBudget = options.TokenBudget, AskedOn = options.AskedOn ?? Today },
            cancellationToken).ConfigureAwait(false);
        return Told(activity, Model is { } model && !options.WithoutModel
            ? await AskModelAsync(recalled, model, options, options.AskedOn ?? Today, cancellationToken).ConfigureAwait(false)
            : await AnswerFromDaysAsync(recalled, options, isWhen: false, cancellationToken).ConfigureAwait(false)
                ?? AnswerFromPlace(recalled, isDeed: false)
                ?? AnswerFromFacts(recalled, options)
                ?? AnswerFromPlace(recalled, isDeed: true)
                ?? AnswerFromDatedSentence(recalled)
                ?? await AnswerFromDaysAsync(recalled, options, isWhen: true, cancellationToken).ConfigureAwait(false)
                ?? AnswerFromSentence(recalled));
    }

    /// <summary>Compares a claim with what the memory says.</summary>
    /// <remarks>
    /// The claim is read into facts by the rules. A fact is contradicted by its denial, and by another object where there can
    /// be one only (one lives in one place) on the day claimed for; what nobody says is neither supported nor contradicted. A
    /// claim of which a part could not be read is not called supported.
    /// </remarks>
    /// <param name="claim">A statement, e.g. "Ada lives in Oslo."</param>
    /// <param name="claimedFor">The day it is claimed for. Default: the day of the memory's clock.</param>
    /// <param name="cancellationToken">Stops before the check starts.</param>
    /// <exception cref="ArgumentException">The claim is empty or too long.</exception>
    public async Task<ClaimReport> VerifyAsync(string claim, DateOnly? claimedFor = null, CancellationToken cancellationToken = default)
    {
        CheckQuestion(claim, nameof(claim));
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        using var span = Telemetry.Source.StartActivity("verify claim");
        await CatchUpAsync(cancellationToken).ConfigureAwait(false);
        var view = _view;
        var day = claimedFor ?? Today;
        var source = new FactSource(claim) { Time = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) };
        var read = await _claims.ExtractAsync(source, cancellationToken).ConfigureAwait(false);
        var facts = read.Facts.Select(fact => Checked(view, fact, day)).ToList();
        var nearest = facts.Count > 0 ? [] : (await RecallAsync(claim, null, cancellationToken).ConfigureAwait(false)).Passages;
        var isWhole = facts.Count > 0 && read.Names.Where(name => !FactAnswer.IsTime(name)).All(name => facts.Exists(fact => IsNamedIn(name, fact.Fact)));
        var verdict = facts.Exists(fact => fact.Verdict == ClaimVerdict.Contradicted) ? ClaimVerdict.Contradicted
            : isWhole && facts.TrueForAll(fact => fact.Verdict == ClaimVerdict.Supported) ? ClaimVerdict.Supported
            : ClaimVerdict.NotFound;
        span?.SetTag("archicortex.facts", facts.Count);
        return new ClaimReport(claim, verdict, facts, nearest);
    }

    /// <summary>A name of the claim that no fact of it holds was not understood: then the claim cannot be called supported.</summary>
    static bool IsNamedIn(string name, Fact fact)
    {
        var key = $" {EntityName.Of(name).Key} ";
        var parts = new[] { fact.Subject, fact.Relation, fact.Object, fact.AttributedTo ?? "" }.Select(part => $" {EntityName.Of(part).Key} ");
        return parts.Any(part => part.Contains(key, StringComparison.Ordinal) || (part.Length > 2 && key.Contains(part, StringComparison.Ordinal)));
    }

    DateOnly Today => DateOnly.FromDateTime(_options.Clock.GetUtcNow().UtcDateTime);

    static ClaimedFact Checked(RecallView view, Fact fact, DateOnly day)
    {
        var (verdict, reason, evidence, held) = ClaimCheck.Check(view, fact, day);
        return new ClaimedFact(fact, verdict, reason, [.. evidence.Select(row => Known(view, row))]) { HeldDuring = held };
    }

    static async Task<Answer> AskModelAsync(
        Recollection recalled, ModelCaller model, AskOptions options, DateOnly asked, CancellationToken cancellationToken)
    {
        var caller = model.Under(options.Budget ?? model.Budget);
        var passages = recalled.Context is { } context ? [.. context.Parts.Select(part => new CitedPassage(Number(part.Number), part.Text))]
            : recalled.Passages.Select(passage => new CitedPassage(Number(passage.Rank), passage.Text) { Title = HeadingOf(passage) }).ToList();
        var question = QuestionTime.Of(recalled.Question, asked).IsNone
            ? recalled.Question
            : string.Create(CultureInfo.InvariantCulture, $"{recalled.Question} (asked on {asked:yyyy-MM-dd})");
        var written = await new AnswerWriter(caller, options.Style).WriteAsync(question, passages, cancellationToken).ConfigureAwait(false);
        var cited = recalled.Context is { } packed ? packed.Citations.Where(one => written.Citations.Contains(Number(one.Number))).Select(Cite)
            : recalled.Passages.Where(passage => written.Citations.Contains(Number(passage.Rank))).Select(Cite);
        var basis = recalled.Context is null ? $"{passages.Count} passages" : $"{passages.Count} parts of the context";
        return new Answer(
            recalled.Question, written.Answer, written.Answer.Length > 0 ? AnswerSource.Model : AnswerSource.None,
            $"'{model.ModelId}' wrote it from {basis}.", written.IsAnswerable, [.. cited], recalled)
        {
            Thought = written.Thought,
            Spending = caller.Spending,
        };
    }

    /// <summary>What a model needs to know of a passage beside its text: what it is about, who said it, and when.</summary>
    static string? HeadingOf(RecalledPassage passage)
    {
        var document = passage.Document;
        var said = document.Time?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var parts = new[] { document.Title, passage.Section, document.Speaker is { } speaker ? $"{speaker} says" : null, said };
        return parts.Any(part => part is not null) ? string.Join(", ", parts.Where(part => part is not null)) : null;
    }

    Answer? AnswerFromFacts(Recollection recalled, AskOptions options)
    {
        var view = _view;
        if (FactAnswer.Find(view, SpeakerRoles.InThirdPerson(view, recalled.Question), options.AskedOn ?? Today) is not { } reply)
        {
            return null;
        }

        var facts = Array.ConvertAll(reply.Assertions, row => Known(view, row));
        var citations = facts.Select((fact, i) => Cite(fact, i + 1));
        return new Answer(
            recalled.Question, reply.Text, AnswerSource.Fact, ReasonOf(facts), true, [.. citations], recalled)
        {
            Facts = facts,
        };
    }

    static string ReasonOf(KnownFact[] facts) => facts.Select(fact => fact.Fact.AttributedTo).FirstOrDefault(by => by is not null) is { } teller
        ? $"Read off the facts of the memory, without a model; it is the word of '{teller}'."
        : "Read off the facts of the memory, without a model.";

    /// <summary>
    /// The turn that stands where the question asks for it, and its day if that is asked; null if it asks for no place. What was done next
    /// may be a fact, which says it shorter; when it was done is not when it was said.
    /// </summary>
    static Answer? AnswerFromPlace(Recollection recalled, bool isDeed)
    {
        var wantsDay = SentenceAnswer.WantsDay(recalled.Question);
        if (!recalled.IsPlaced || recalled.Passages.Count == 0 || OrderQuestion.Read(recalled.Question, null).IsDeed != isDeed || (isDeed && wantsDay))
        {
            return null;
        }

        var turn = recalled.Passages[0];
        var said = wantsDay && FactSlots.SaidOn(turn.Document) is { } day ? TimeText.Of(new(day, day.AddDays(1)), TimeGranularity.Day) : null;
        return new Answer(
            recalled.Question, said is null ? turn.Text : $"{said}: {turn.Text}", AnswerSource.Sentence, recalled.Reason,
            recalled.Confidence is not { IsAnswerable: false }, [Cite(turn)], recalled);
    }

    /// <summary>"When" answered by a sentence that names a time; null if none does, or nothing else is asked.</summary>
    Answer? AnswerFromDatedSentence(Recollection recalled) =>
        BestSentence(recalled) is { Date: not null, Share: >= AnswerableShare } reply ? Said(recalled, reply) : null;

    Answer AnswerFromSentence(Recollection recalled) => BestSentence(recalled) is { } reply
        ? Said(recalled, reply)
        : new Answer(recalled.Question, "", AnswerSource.None, recalled.Reason, false, [], recalled);

    SentenceReply? BestSentence(Recollection recalled)
    {
        var view = _view;
        var read = Question.Read(recalled.Question, view.Vocabulary, view.Lexical, view.Graph);
        return SentenceAnswer.Find(view, read, TellingPassages(view, recalled));
    }

    static Answer Said(Recollection recalled, SentenceReply reply)
    {
        var passage = recalled.Passages[reply.Passage];
        var sentence = passage.Text.Substring(reply.Span.Start, reply.Span.Length);
        var citation = new Citation(1, passage.DocumentName, passage.PassageId, sentence, reply.Span with { Start = passage.Span.Start + reply.Span.Start });
        return new Answer(
            recalled.Question, reply.Date is { } date ? $"{date}: {sentence}" : sentence, AnswerSource.Sentence,
            "The sentence that says most of what is asked; no fact answers it and there is no model.",
            reply.Share >= AnswerableShare && recalled.Confidence is not { IsAnswerable: false }, [citation], recalled);
    }

    static Citation Cite(KnownFact fact, int number) => new(
        number, fact.DocumentName, fact.PassageId, fact.Sentence ?? fact.Document.Text,
        fact.Sentence is null ? new(0, fact.Document.Text.Length) : fact.Evidence);

    static Citation Cite(ContextCitation one) => new(one.Number, one.DocumentName, one.PassageId, one.Text, one.Span);

    static Citation Cite(RecalledPassage passage) => new(passage.Rank, passage.DocumentName, passage.PassageId, passage.Text, passage.Span);

    static string Number(int rank) => rank.ToString(CultureInfo.InvariantCulture);
}
