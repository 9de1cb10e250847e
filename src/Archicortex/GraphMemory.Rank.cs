using System.Globalization;
using Archicortex.Models;
using Archicortex.Recall;

namespace Archicortex;

/// <summary>One method per strategy: a question that was read in, a ranking out.</summary>
public sealed partial class GraphMemory
{
    // A passage with less of the question's words than this is found by chance as often as not.
    const double WordsCoverMin = 0.5;

    Task<Ranking> RankAsync(Asked asked, RecallStrategy strategy, string reason, CancellationToken cancellationToken) => strategy switch
    {
        RecallStrategy.Graph => RankGraphAsync(asked, reason, cancellationToken),
        RecallStrategy.Facts => Task.FromResult(RankFacts(asked, reason)),
        RecallStrategy.Hippo1 or RecallStrategy.Hippo2 => RankHippoAsync(asked, strategy, cancellationToken),
        RecallStrategy.Dense => RankDenseAsync(asked, cancellationToken),
        RecallStrategy.Dialogue => Task.FromResult(RankDialogue(asked, reason)),
        RecallStrategy.Tree => Task.FromResult(RankTree(asked, reason)),
        RecallStrategy.Path => Task.FromResult(RankPath(asked, reason)),
        RecallStrategy.Local => Task.FromResult(RankLocal(asked, reason)),
        RecallStrategy.Memgas => Task.FromResult(RankGranular(asked, reason)),
        _ => RankFlatAsync(asked, reason, cancellationToken),
    };

    /// <summary>Where the words of a question lead nowhere, vectors may: then the graph is walked from what they find.</summary>
    async Task<Ranking> RankFlatAsync(Asked asked, string reason, CancellationToken cancellationToken)
    {
        if (asked.Options.Strategy != RecallStrategy.Auto || asked.Served is null || !WordsFail(asked))
        {
            return RankFlat(asked, reason);
        }

        var (vectors, refusal) = await EmbedAsync(asked, RecallStrategy.Graph, cancellationToken).ConfigureAwait(false);
        return vectors is not null && VectorSeeds.Of(asked.View, vectors) is { Count: > 0 } seeds
            ? RankGraph(asked, "The question has no name that the memory knows, and no passage has much of its words.", vectors, seeds)
            : RankFlat(asked, reason) with { Refusal = refusal };
    }

    Ranking RankFlat(Asked asked, string reason)
    {
        TakeScratch(out var scratch);
        var text = new ExplanationText(asked.View, asked.Question);
        var ranked = FlatRecall.Rank(asked.View, asked.Question, asked.Options.Top, scratch);

        // A scratch that a failure left half-cleared is not given back: the next recall makes a new one.
        _scratches.Add(scratch);
        return new(RecallStrategy.Flat, reason, Recalled(asked, ranked, flat => (flat.Passage, flat.Score), text.Of));
    }

    async Task<Ranking> RankGraphAsync(Asked asked, string reason, CancellationToken cancellationToken)
    {
        var (vectors, refusal) = await EmbedAsync(asked, RecallStrategy.Graph, cancellationToken).ConfigureAwait(false);
        return RankGraph(asked, reason, vectors, vectors is null ? [] : VectorSeeds.Of(asked.View, vectors)) with { Refusal = refusal };
    }

    Ranking RankGraph(Asked asked, string reason, QuestionVectors? vectors, List<Seed> seeds)
    {
        TakeScratch(out var scratch);
        var text = new ExplanationText(asked.View, asked.Question);
        var options = asked.Options;
        var request = new ChainRequest(options.Top, _options.ExactWalk, options.Explain, seeds) { TracedMax = asked.Shown };
        var ranked = ChainRecall.Rank(asked.View, asked.Question, request, scratch);
        _scratches.Add(scratch);
        reason += seeds.Count > 0 ? $" Vectors of '{vectors!.Space.Embedder}' add {seeds.Count} starts." : "";
        return new(RecallStrategy.Graph, reason, Recalled(asked, ranked, chain => (chain.Passage, chain.Score), text.Of, chain => chain.Before));
    }

    Ranking RankFacts(Asked asked, string reason)
    {
        var text = new ExplanationText(asked.View, asked.Question);
        var ranked = FactRecall.Rank(asked.View, asked.Links, asked.Options.Top);
        return ranked.Length > 0
            ? new(RecallStrategy.Facts, reason, Recalled(asked, ranked, found => (found.Passage, found.Path.Score), text.Of, found => found.Before(asked.View)))
            {
                Known = (double)ranked[0].Path.WordsTaken / Math.Max(1, ranked[0].Path.Start.Words.Length),
            }
            : RankFlat(asked, "No fact leads on from the names of the question, so its words alone rank.");
    }

    Ranking RankDialogue(Asked asked, string reason)
    {
        TakeScratch(out var scratch);
        var question = DialogueQuestion.Read(asked.View, asked.Question);
        var text = new ExplanationText(asked.View, asked.Question);
        var ranked = DialogueRecall.Rank(asked.View, question, new DialogueRequest(asked.Options.Top, asked.Options.Explain), scratch);
        _scratches.Add(scratch);
        return new(RecallStrategy.Dialogue, reason, Recalled(asked, ranked, turn => (turn.Passage, turn.Score), turn => text.Of(turn, question)));
    }

    async Task<Ranking> RankHippoAsync(Asked asked, RecallStrategy strategy, CancellationToken cancellationToken)
    {
        var (vectors, refusal) = await EmbedAsync(asked, strategy, cancellationToken).ConfigureAwait(false);
        var (found, reason) = await HippoAsync(asked, strategy, vectors, cancellationToken).ConfigureAwait(false);
        var text = new ExplanationText(asked.View, asked.Question);
        return (found is null
            ? RankFlat(asked, reason)
            : new(strategy, reason, Recalled(asked, found, one => (one.Passage, one.Score), text.Of))) with { Refusal = refusal };
    }

    async Task<Ranking> RankDenseAsync(Asked asked, CancellationToken cancellationToken)
    {
        var (vectors, _) = await EmbedAsync(asked, RecallStrategy.Dense, cancellationToken).ConfigureAwait(false);
        var text = new ExplanationText(asked.View, asked.Question);
        var found = vectors!.Passages(asked.View, asked.Options.Top);
        var reason = vectors.Epoch is null ? $"As asked, with vectors of '{vectors.Space.Embedder}': no embedder was taken into use." : AsAsked(vectors);
        return new(RecallStrategy.Dense, reason, Recalled(asked, [.. found], hit => (hit.Row, hit.Score), hit => text.OfCosine(hit.Row, hit.Score)));
    }

    Ranking RankTree(Asked asked, string reason)
    {
        TakeScratch(out var scratch);

        // Topics share out the passages wanted, so that more of them are not the same ones and some more.
        var count = asked.Options.TokenBudget is null ? asked.Shown : asked.Options.Top;
        var (topics, passages) = TreeRecall.Rank(asked.View, asked.Question.Text, count, scratch);
        _scratches.Add(scratch);
        if (topics.Length == 0)
        {
            return RankFlat(asked, "No topic is like the question, so its words alone rank.");
        }

        var text = new ExplanationText(asked.View, asked.Question);
        return new(RecallStrategy.Tree, reason, Recalled(asked, passages, one => (one.Passage, one.Score), text.Of))
        {
            Summaries = Array.ConvertAll(topics, topic => Recalled(asked.View, topic)),
            Known = Confidence.CoverOf(asked.View, GlobalQuestion.ContentOf(asked.Question.Text), Array.ConvertAll(passages, one => one.Passage)),
        };
    }

    Ranking RankPath(Asked asked, string reason)
    {
        TakeScratch(out var scratch);
        var text = new ExplanationText(asked.View, asked.Question);
        var ranked = SentencePaths.Rank(asked.View, asked.Question, asked.Options.Top, scratch);
        _scratches.Add(scratch);
        return new(RecallStrategy.Path, reason, Recalled(asked, ranked, path => (path.Passage, path.Score), text.Of, path => path.Before(asked.View)));
    }

    Ranking RankLocal(Asked asked, string reason)
    {
        TakeScratch(out var scratch);
        var text = new ExplanationText(asked.View, asked.Question);
        var ranked = TermPairs.Rank(asked.View, asked.Question, asked.Options.Top, scratch);
        _scratches.Add(scratch);
        return new(RecallStrategy.Local, reason, Recalled(asked, ranked, pair => (pair.Passage, pair.Score), text.Of));
    }

    Ranking RankGranular(Asked asked, string reason)
    {
        TakeScratch(out var scratch);
        var text = new ExplanationText(asked.View, asked.Question);
        var ranked = GranularRecall.Rank(asked.View, asked.Question, asked.Options.Top, scratch);
        _scratches.Add(scratch);
        var weights = string.Join(", ", ranked.Weights.Select(level => string.Create(CultureInfo.InvariantCulture, $"{level.Name} {level.Weight:0.00}")));
        return new(
            RecallStrategy.Memgas, $"{reason} The levels weigh: {weights}.",
            Recalled(asked, ranked.Passages, one => (one.Passage, one.Score), one => text.Of(one, ranked.Weights)))
        {
            Summaries = Array.ConvertAll(ranked.Topics, topic => Recalled(asked.View, topic)),
        };
    }

    static FoundPassage[] Recalled<T>(
        Asked asked, IReadOnlyList<T> ranked, Func<T, (int Row, double Score)> score, Func<T, Explanation> explain, Func<T, int[]>? before = null) =>
    [
        .. ranked.Select((one, place) =>
        {
            var (row, worth) = score(one);
            var passage = asked.View.Passage(row);
            var recalled = new RecalledPassage(
                place + 1, worth, passage.Id, passage.DocumentId, passage.Document, passage.Section, passage.Span,
                asked.Options.Explain && place < asked.Shown ? explain(one) : null);
            return new FoundPassage(recalled, row, before?.Invoke(one) ?? []);
        }),
    ];

    /// <summary>The question's vectors of the kinds a strategy compares; none, and why, if they cannot be had.</summary>
    async Task<(QuestionVectors? Vectors, string? Refusal)> EmbedAsync(Asked asked, RecallStrategy strategy, CancellationToken cancellationToken)
    {
        var units = UnitsCompared(strategy, asked.Options, asked.View.Epoch);
        return units == EmbeddingUnits.None
            ? default
            : await EmbedQuestionAsync(
                asked.View, asked.Served, asked.Question.Text, units, strategy == RecallStrategy.Dense, cancellationToken).ConfigureAwait(false);
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

    /// <summary>True if vectors may lead where the words of the question lead nowhere.</summary>
    bool WordsFail(Asked asked)
    {
        if ((asked.Options.VectorSeeds & asked.View.Epoch!.Units) == EmbeddingUnits.None)
        {
            return false;
        }

        TakeScratch(out var scratch);
        var cover = FlatRecall.BestCover(asked.View, asked.Question, scratch);
        _scratches.Add(scratch);
        return cover < WordsCoverMin;
    }

    /// <summary>A question on its way through one recall.</summary>
    /// <param name="Question">The question, read.</param>
    /// <param name="View">The state that is asked.</param>
    /// <param name="Served">The vectors that belong to it.</param>
    /// <param name="Options">How to recall.</param>
    /// <param name="Links">Entities of the graph of facts in the question, where they count.</param>
    sealed record Asked(Question Question, RecallView View, ServedVectors? Served, RecallOptions Options, LinkedEntity[] Links)
    {
        /// <summary>Passages that are returned, and explained if that was asked for; <see cref="Options"/> may ask for more to be ranked.</summary>
        public required int Shown { get; init; }
    }

    /// <summary>A passage as a strategy found it.</summary>
    /// <param name="Recalled">What the caller gets.</param>
    /// <param name="Row">Its row in the view.</param>
    /// <param name="Before">Rows of the passages without which it says little: those a chain came through, in their order.</param>
    sealed record FoundPassage(RecalledPassage Recalled, int Row, int[] Before);

    /// <summary>What a strategy came to.</summary>
    /// <param name="Strategy">The one that ranked: another than asked for, where that one found no way in.</param>
    /// <param name="Reason">Why it was this one.</param>
    /// <param name="Passages">Best first.</param>
    sealed record Ranking(RecallStrategy Strategy, string Reason, FoundPassage[] Passages)
    {
        /// <summary>Topics that answer together with the passages.</summary>
        public RecalledSummary[] Summaries { get; init; } = [];

        /// <summary>Why the memory's vectors took no part; null if they did, or were not needed.</summary>
        public string? Refusal { get; init; }

        /// <summary>Share of the question that facts, topics or the place of turns answer, in [0, 1]; 0 for strategies that do not tell.</summary>
        public double Known { get; init; }

        /// <summary>The passages stand in the order of turns that the question asks for, whatever their words.</summary>
        public bool IsPlaced { get; init; }

        /// <summary>Statings that answer the question by themselves.</summary>
        public int[] Answer { get; init; } = [];
    }
}
