using Archicortex.Models;
using Archicortex.Recall;

namespace Archicortex;

public sealed partial class GraphMemory
{
    const int QuestionCharsMax = 20_000;

    // A passage with less of the question's words than this is found by chance as often as not.
    const double WordsCoverMin = 0.5;

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
        var links = LinkFacts(view, read, options.Strategy);
        var (strategy, reason) = Choose(options.Strategy, read, links);
        var words = (strategy, reason);
        if (strategy == RecallStrategy.Flat && options.Strategy == RecallStrategy.Auto && served is not null && WordsFail(view, read, options))
        {
            (strategy, reason) = (RecallStrategy.Graph, "The question has no name that the memory knows, and no passage has much of its words.");
        }

        var (vectors, refusal) = UnitsCompared(strategy, options, view.Epoch) is var units && units != EmbeddingUnits.None
            ? await EmbedQuestionAsync(view, served, question, units, strategy == RecallStrategy.Dense, cancellationToken).ConfigureAwait(false)
            : default;
        var seeds = vectors is not null && strategy == RecallStrategy.Graph ? VectorSeeds.Of(view, vectors) : [];
        if (strategy == RecallStrategy.Graph && words.strategy == RecallStrategy.Flat && seeds.Count == 0)
        {
            (strategy, reason) = words;
        }

        HippoPassage[]? hippo = null;
        if (strategy is RecallStrategy.Hippo1 or RecallStrategy.Hippo2)
        {
            (hippo, reason) = await RankHippoAsync(view, read, strategy, options, vectors, cancellationToken).ConfigureAwait(false);
            strategy = hippo is null ? RecallStrategy.Flat : strategy;
        }

        RecalledPassage[] passages;
        (passages, reason) = hippo is not null ? (Recalled(view, read, hippo, options), reason)
            : strategy == RecallStrategy.Dense ? (RankDense(view, read, vectors!, options), ReasonOf(vectors!))
            : strategy == RecallStrategy.Facts ? (RankFacts(view, read, links, options), reason)
            : (Rank(view, read, strategy, seeds, options), reason);
        if (strategy == RecallStrategy.Facts && passages.Length == 0)
        {
            strategy = RecallStrategy.Flat;
            (passages, reason) = (Rank(view, read, strategy, seeds, options), "No fact leads on from the names of the question, so its words alone rank.");
        }

        reason += seeds.Count > 0 ? $" Vectors of '{vectors!.Space.Embedder}' add {seeds.Count} starts." : "";
        refusal = refusal is null ? null : $"Vectors took no part: {refusal}";
        reason = passages.Length > 0 ? reason : "Nothing was found: " + WhyNothing(view, read);
        var isOther = options.Strategy != RecallStrategy.Auto && options.Strategy != strategy;
        return Told(span, options.Strategy, new Recollection(
            question,
            strategy,
            refusal is null ? reason : $"{reason} {refusal}",
            strategy == RecallStrategy.Facts ? [.. links.Select(link => TextOf(read, link.Text))] : NamesIn(read),
            passages,
            read.Corrections)
        {
            Fallback = isOther ? reason : refusal,
        });
    }

    /// <summary>Kinds of units whose vectors a strategy compares with the question's.</summary>
    static EmbeddingUnits UnitsCompared(RecallStrategy strategy, RecallOptions options, EmbeddingEpoch? epoch) => strategy switch
    {
        RecallStrategy.Dense => EmbeddingUnits.Passages,
        _ when epoch is null => EmbeddingUnits.None,
        RecallStrategy.Graph => options.VectorSeeds & epoch.Units,
        RecallStrategy.Hippo1 => EmbeddingUnits.Entities & epoch.Units,
        RecallStrategy.Hippo2 => EmbeddingUnits.All & epoch.Units,
        _ => EmbeddingUnits.None,
    };

    static string ReasonOf(QuestionVectors vectors) => vectors.Epoch is not null
        ? $"As asked, with vectors of '{vectors.Space.Embedder}'."
        : $"As asked, with vectors of '{vectors.Space.Embedder}': no embedder was taken into use.";

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

    /// <summary>True if vectors may lead where the words of the question lead nowhere.</summary>
    bool WordsFail(RecallView view, Question question, RecallOptions options)
    {
        if ((options.VectorSeeds & view.Epoch!.Units) == EmbeddingUnits.None)
        {
            return false;
        }

        TakeScratch(out var scratch);
        var cover = FlatRecall.BestCover(view, question, scratch);
        _scratches.Add(scratch);
        return cover < WordsCoverMin;
    }

    RecalledPassage[] Rank(RecallView view, Question question, RecallStrategy strategy, List<Seed> seeds, RecallOptions options)
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
            var ranked = ChainRecall.Rank(view, question, new ChainRequest(options.Top, _options.ExactWalk, options.Explain, seeds), scratch);
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

    static RecalledPassage[] RankDense(RecallView view, Question question, QuestionVectors vectors, RecallOptions options)
    {
        var text = new ExplanationText(view, question);
        return [.. vectors.Passages(view, options.Top)
            .Select((hit, i) => Recalled(view, i, hit.Row, hit.Score, options.Explain ? text.OfCosine(hit.Row, hit.Score) : null))];
    }

    static RecalledPassage Recalled(RecallView view, int place, int row, double score, Explanation? explanation)
    {
        var passage = view.Passage(row);
        return new RecalledPassage(
            place + 1, score, passage.Id, passage.DocumentId, passage.Document, passage.Section, passage.Span, explanation);
    }

    static string Count(int names) => names == 1 ? "one thing" : $"{names} things";
}
