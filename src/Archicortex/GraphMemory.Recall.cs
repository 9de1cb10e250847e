using Archicortex.Recall;

namespace Archicortex;

public sealed partial class GraphMemory
{
    const int QuestionCharsMax = 20_000;

    /// <summary>Finds the passages that answer a question together, best first.</summary>
    /// <remarks>
    /// Reads one consistent state and changes none. The same question on the same content gives the same bytes. Where vectors
    /// are compared, texts that have none yet are embedded first, and their vectors kept.
    /// </remarks>
    /// <param name="question">What is asked, in words.</param>
    /// <param name="options">How many passages, which strategy, and whether to explain.</param>
    /// <param name="cancellationToken">Stops before ranking starts; ranking itself takes milliseconds.</param>
    /// <exception cref="ArgumentException">The question is empty or longer than 20,000 characters.</exception>
    public async Task<Recollection> RecallAsync(string question, RecallOptions? options = null, CancellationToken cancellationToken = default)
    {
        CheckQuestion(question, nameof(question));
        options ??= new();
        options.Check();
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        using var span = RecallSpan.Start(options.Strategy, _options.Clock);
        await CatchUpAsync(cancellationToken).ConfigureAwait(false);
        var (view, served) = Capture();
        var read = Question.Read(question, view.Vocabulary, view.Lexical, view.Graph);
        var asked = new Asked(read, view, served, Widened(options), LinkFacts(view, read, options.Strategy)) { Shown = options.Top };
        var (strategy, reason) = Choose(asked);
        var ranking = Answered(asked, await RankInTimeAsync(asked, strategy, reason, cancellationToken).ConfigureAwait(false));
        reason = ranking.Passages.Length > 0 ? ranking.Reason : "Nothing was found: " + WhyNothing(view, read);
        var refusal = ranking.Refusal is { } cause ? $"Vectors took no part: {cause}" : null;
        var isOther = options.Strategy != RecallStrategy.Auto && options.Strategy != ranking.Strategy;
        var confidence = Confidence.Of(
            view, read, Array.ConvertAll(ranking.Passages, found => found.Row), Array.ConvertAll(ranking.Passages, found => found.Recalled.Score),
            ranking.Known);
        return Told(span, options.Strategy, new Recollection(
            question,
            ranking.Strategy,
            refusal is null ? reason : $"{reason} {refusal}",
            ranking.Strategy == RecallStrategy.Facts ? [.. asked.Links.Select(link => TextOf(read, link.Text))] : NamesIn(read),
            [.. ranking.Passages.Take(options.Top).Select(found => found.Recalled)],
            read.Corrections)
        {
            Fallback = isOther ? reason : refusal,
            Summaries = ranking.Summaries,
            Confidence = confidence,
            IsPlaced = ranking.IsPlaced,
            Context = options.TokenBudget is { } budget ? Pack(asked, ranking, confidence, budget) : null,
        });
    }

    /// <summary>Confidence and a context read more passages than are returned.</summary>
    static RecallOptions Widened(RecallOptions options) => options with
    {
        Top = Math.Max(options.Top, options.TokenBudget is null ? Confidence.PassagesRead : ContextPacker.PassagesDrawnOn),
    };

    /// <summary>Entities of the graph of facts in the question, where they count: asked for, or given with the documents.</summary>
    static LinkedEntity[] LinkFacts(RecallView view, Question question, RecallStrategy asked)
    {
        if (asked != RecallStrategy.Facts && (asked != RecallStrategy.Auto || view.Facts.GivenAssertions == 0))
        {
            return [];
        }

        var links = FactQuestion.Link(question.Text, view.Facts);
        return asked == RecallStrategy.Facts || Array.Exists(links, link => view.Facts.IsMostlyGiven(link.Entity)) ? links : [];
    }

    static void CheckQuestion(string text, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text, name);
        if (text.Length > QuestionCharsMax)
        {
            throw new ArgumentException($"The {name} has {text.Length:N0} characters; the limit is {QuestionCharsMax:N0}.", name);
        }
    }

    (RecallStrategy, string) Choose(Asked asked) => asked.Options.Strategy switch
    {
        RecallStrategy.Auto when GlobalQuestion.Is(asked.Question) && !IsAboutTurns(asked) =>
            (RecallStrategy.Tree, "The question asks for an overview, which topics give."),
        RecallStrategy.Auto when asked.Links.Length > 0 =>
            (
            RecallStrategy.Facts,
            $"The question names {Count(asked.Links.Length)} of the graph of facts that the memory was given; its facts lead on from there."),
        RecallStrategy.Auto when ReasonForDialogue(asked) is { } why => (RecallStrategy.Dialogue, why),
        RecallStrategy.Auto when asked.Question.Linked.Length == 0 =>
            (RecallStrategy.Flat, "The question has no name that the memory knows, so its words alone rank."),
        RecallStrategy.Auto =>
            (RecallStrategy.Graph, $"The question names {Count(NamesIn(asked.Question).Length)} that the memory knows; the graph leads on from there."),
        RecallStrategy.Facts when asked.Links.Length == 0 =>
            (RecallStrategy.Flat, "The question names nothing of which a fact is known, so its words alone rank."),
        RecallStrategy.Dialogue when asked.View.Time.TurnCount == 0 =>
            (RecallStrategy.Flat, "No passage is a turn of a conversation (none has a speaker or a session), so words alone rank."),
        var strategy => (strategy, "As asked."),
    };

    /// <summary>
    /// True if a question for an overview says of what ("summarise the discussion about the kettle"), and conversations speak of it: what
    /// was said of it is then found turn by turn, and topics are wider.
    /// </summary>
    bool IsAboutTurns(Asked asked) => ReasonForDialogue(asked) is not null && DialogueQuestion.Read(asked.View, asked.Question).HasSubject;

    /// <summary>Why conversations are the place to look; null if they are not.</summary>
    string? ReasonForDialogue(Asked asked)
    {
        var view = asked.View;
        if (view.Time.TurnCount == 0 || view.Time.TurnCount == view.LiveCount)
        {
            return view.Time.TurnCount == 0 ? null : "All that is remembered are conversations.";
        }

        TakeScratch(out var scratch);
        var (turns, all) = TextHits.CountTurns(view, asked.Question, scratch);
        _scratches.Add(scratch);
        return turns > all / 2 ? $"{turns} of the {all} passages with most of the question's words are turns of conversations." : null;
    }

    /// <summary>What of the question is linked, as it is written there; a word may stand for several names.</summary>
    static string[] NamesIn(Question question) =>
        [.. question.Linked.Select(link => link.Text).Distinct().Select(span => TextOf(question, span))];

    static string TextOf(Question question, Language.TextSpan span) => question.Text.Substring(span.Start, span.Length);

    static string WhyNothing(RecallView view, Question question) =>
        view.LiveCount == 0 ? "the memory is empty."
        : question.Stems.Count == 0 ? "no word of the question stands in any passage."
        : "no passage is like the question.";

    static string Count(int names) => names == 1 ? "one thing" : $"{names} things";
}
