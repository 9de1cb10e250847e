using Archicortex.Recall;

namespace Archicortex;

public sealed partial class GraphMemory
{
    const int QuestionCharsMax = 20_000;

    readonly SemaphoreSlim _vectorLock = new(1, 1);
    DenseRecall? _dense;

    /// <summary>Finds the passages that answer a question together, best first.</summary>
    /// <remarks>Reads one consistent state and writes nothing. The same question on the same content gives the same bytes.</remarks>
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
        var view = _view;
        var read = Question.Read(question, view.Vocabulary, view.Lexical, view.Graph);
        var links = LinkFacts(view, read, options.Strategy);
        var (strategy, reason) = Choose(options.Strategy, read, links);
        HippoPassage[]? hippo = null;
        if (strategy is RecallStrategy.Hippo1 or RecallStrategy.Hippo2)
        {
            (hippo, reason) = await RankHippoAsync(view, read, strategy, options, cancellationToken).ConfigureAwait(false);
            strategy = hippo is null ? RecallStrategy.Flat : strategy;
        }

        var passages = hippo is not null ? Recalled(view, read, hippo, options)
            : strategy == RecallStrategy.Dense ? await RankDenseAsync(view, read, options, cancellationToken).ConfigureAwait(false)
            : strategy == RecallStrategy.Facts ? RankFacts(view, read, links, options)
            : Rank(view, read, strategy, options);
        return Told(span, options.Strategy, new Recollection(
            question,
            strategy,
            passages.Length > 0 ? reason : "Nothing was found: " + WhyNothing(view, read),
            strategy == RecallStrategy.Facts ? [.. links.Select(link => TextOf(read, link.Text))] : NamesIn(read),
            passages,
            read.Corrections)
        {
            Fallback = options.Strategy != RecallStrategy.Auto && options.Strategy != strategy ? reason : null,
        });
    }

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

    static (RecallStrategy, string) Choose(RecallStrategy asked, Question question, LinkedEntity[] links) => asked switch
    {
        RecallStrategy.Auto when links.Length > 0 =>
            (RecallStrategy.Facts, $"The question names {Count(links.Length)} of the graph of facts that the memory was given; its facts lead on from there."),
        RecallStrategy.Auto when question.Linked.Length == 0 =>
            (RecallStrategy.Flat, "The question has no name that the memory knows, so its words alone rank."),
        RecallStrategy.Auto =>
            (RecallStrategy.Graph, $"The question names {Count(NamesIn(question).Length)} that the memory knows; the graph leads on from there."),
        RecallStrategy.Facts when links.Length == 0 =>
            (RecallStrategy.Flat, "The question names nothing of which a fact is known, so its words alone rank."),
        _ => (asked, "As asked."),
    };

    /// <summary>What of the question is linked, as it is written there; a word may stand for several names.</summary>
    static string[] NamesIn(Question question) =>
        [.. question.Linked.Select(link => link.Text).Distinct().Select(span => TextOf(question, span))];

    static string TextOf(Question question, Language.TextSpan span) => question.Text.Substring(span.Start, span.Length);

    static string WhyNothing(RecallView view, Question question) =>
        view.LiveCount == 0 ? "the memory is empty."
        : question.Stems.Count == 0 ? "no word of the question stands in any passage."
        : "no passage is like the question.";

    RecalledPassage[] Rank(RecallView view, Question question, RecallStrategy strategy, RecallOptions options)
    {
        TakeScratch(out var scratch);
        var text = new ExplanationText(view, question);
        RecalledPassage[] passages;
        if (strategy == RecallStrategy.Flat)
        {
            var ranked = FlatRecall.Rank(view, question, options.Top, scratch);
            passages = [.. ranked.Select((flat, i) => Recalled(view, i, flat.Passage, flat.Score, options.Explain ? text.Of(flat) : null))];
        }
        else
        {
            var ranked = ChainRecall.Rank(view, question, new ChainRequest(options.Top, _options.ExactWalk, options.Explain), scratch);
            passages = [.. ranked.Select((chain, i) => Recalled(view, i, chain.Passage, chain.Score, options.Explain ? text.Of(chain) : null))];
        }

        // A scratch that a failure left half-cleared is not given back: the next recall makes a new one.
        _scratches.Add(scratch);
        return passages;
    }

    static RecalledPassage[] Recalled(RecallView view, Question question, HippoPassage[] found, RecallOptions options)
    {
        var text = new ExplanationText(view, question);
        return [.. found.Select((one, i) => Recalled(view, i, one.Passage, one.Score, options.Explain ? text.Of(one) : null))];
    }

    static RecalledPassage[] RankFacts(RecallView view, Question question, LinkedEntity[] links, RecallOptions options)
    {
        var text = new ExplanationText(view, question);
        return [.. FactRecall.Rank(view, links, options.Top)
            .Select((found, i) => Recalled(view, i, found.Passage, found.Path.Score, options.Explain ? text.Of(found) : null))];
    }

    async Task<RecalledPassage[]> RankDenseAsync(RecallView view, Question question, RecallOptions options, CancellationToken cancellationToken)
    {
        await _vectorLock.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _dense ??= new DenseRecall(_options.Embedder ?? new Models.HashedEmbedder());
            var hits = await _dense.RankAsync(view, question.Text, options.Top, cancellationToken).ConfigureAwait(false);
            var text = new ExplanationText(view, question);
            return [.. hits.Select((hit, i) => Recalled(view, i, hit.Row, hit.Score, options.Explain ? text.OfCosine(hit.Row, hit.Score) : null))];
        }
        finally
        {
            _vectorLock.Release();
        }
    }

    static RecalledPassage Recalled(RecallView view, int place, int row, double score, Explanation? explanation)
    {
        var passage = view.Passage(row);
        return new RecalledPassage(
            place + 1, score, passage.Id, passage.DocumentId, passage.Document, passage.Section, passage.Span, explanation);
    }

    static string Count(int names) => names == 1 ? "one thing" : $"{names} things";
}
