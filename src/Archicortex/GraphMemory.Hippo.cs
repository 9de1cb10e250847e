using Archicortex.Facts;
using Archicortex.Models;
using Archicortex.Recall;

namespace Archicortex;

public sealed partial class GraphMemory
{
    readonly HippoIndex _hippo = new();

    /// <summary>Recalls as HippoRAG or HippoRAG 2 does; null, with the reason, when nothing of the question leads into the graph of facts.</summary>
    async Task<(HippoPassage[]? Passages, string Reason)> RankHippoAsync(
        RecallView view, Question question, RecallStrategy strategy, RecallOptions options, QuestionVectors? vectors, CancellationToken cancellationToken)
    {
        var hippo = options.Hippo;
        var joinsPassages = strategy == RecallStrategy.Hippo2;
        var state = _hippo.Of(view, joinsPassages, hippo.SynonymCosine, vectors);
        var entities = !joinsPassages || hippo.EntityAnchors
            ? await HippoRecall.EntitiesAsync(question.Text, view.Facts, names => NearestAsync(names, view, vectors, cancellationToken)).ConfigureAwait(false)
            : [];
        if (!joinsPassages)
        {
            return entities.Length > 0
                ? (HippoRecall.Rank(state, HippoRecall.Seeds(entities, state.Graph), hippo.Damping, options.Top, options.Explain), AsAsked(vectors))
                : (null, "No name of the question is like an end of any fact, so its words alone rank.");
        }

        var linked = vectors?.Has(EmbeddingUnits.Facts) == true
            ? vectors.Facts(view, hippo.LinkedFacts)
            : state.Linker.Link(question.Text, hippo.LinkedFacts);
        if (hippo.Choice == FactChoice.SharedWords)
        {
            linked = HippoRecall.SharingWords(linked, question, view.Facts);
        }

        if (linked.Length == 0 && entities.Length == 0)
        {
            return (null, "No fact is like the question, or none was kept, so its words alone rank.");
        }

        var passages = vectors?.Has(EmbeddingUnits.Passages) == true
            ? FlatRecall.MinMax(vectors.AllPassages(view), view.LiveCount)
            : ScaledByWords(view, question);
        var reset = HippoRecall.Seeds(linked, entities, Best(passages, hippo.SeedPassages), view, state.Graph, hippo.PassageWeight);
        return (HippoRecall.Rank(state, reset, hippo.Damping, options.Top, options.Explain), AsAsked(vectors));
    }

    static string AsAsked(QuestionVectors? vectors) => vectors is null ? "As asked." : $"As asked, with vectors of '{vectors.Space.Embedder}'.";

    async Task<IReadOnlyList<int>> NearestAsync(
        IReadOnlyList<string> names, RecallView view, QuestionVectors? vectors, CancellationToken cancellationToken)
    {
        if (vectors?.Has(EmbeddingUnits.Entities) != true)
        {
            return [.. names.Select(name => _hippo.Nearest(name, view.Facts))];
        }

        // A name that is known word for word needs no vector.
        var keys = names.Select(name => EntityName.Of(name).Key).Where(key => key.Length > 0).ToList();
        var unknown = keys.Where(key => view.Facts.FindEntity(key) < 0).Distinct().ToList();
        var nearest = await vectors.NearestAsync(unknown, view, cancellationToken).ConfigureAwait(false);
        return [.. keys.Select(key => nearest.TryGetValue(key, out var entity) ? entity : view.Facts.FindEntity(key))];
    }

    List<(int Passage, double Score)> ScaledByWords(RecallView view, Question question)
    {
        TakeScratch(out var scratch);
        var passages = FlatRecall.Scaled(view, question, scratch);
        _scratches.Add(scratch);
        return passages;
    }

    static IEnumerable<(int Passage, double Score)> Best(List<(int Passage, double Score)> passages, int? count) => count is { } most
        ? passages.OrderByDescending(one => one.Score).ThenBy(one => one.Passage).Take(most)
        : passages;

    RecallScratch TakeScratch(out RecallScratch scratch)
    {
        if (!_scratches.TryTake(out scratch!))
        {
            scratch = new RecallScratch();
        }

        return scratch;
    }
}
