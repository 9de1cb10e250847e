using Archicortex.Facts;
using Archicortex.Models;
using Archicortex.Recall;

namespace Archicortex;

public sealed partial class GraphMemory
{
    readonly HippoIndex _hippo = new();

    /// <summary>Recalls as HippoRAG or HippoRAG 2 does; null, with the reason, when nothing of the question leads into the graph of facts.</summary>
    async Task<(HippoPassage[]? Passages, string Reason)> HippoAsync(
        Asked asked, RecallStrategy strategy, QuestionVectors? vectors, CancellationToken cancellationToken)
    {
        var (question, view, _, options, _) = asked;
        var hippo = options.Hippo;
        var joinsPassages = strategy == RecallStrategy.Hippo2;
        var state = _hippo.Of(view, joinsPassages, hippo.SynonymCosine, vectors);
        var entities = !joinsPassages || hippo.EntityAnchors
            ? await HippoRecall.EntitiesAsync(question.Text, state, names => NearestAsync(names, state, vectors, cancellationToken)).ConfigureAwait(false)
            : [];
        if (!joinsPassages)
        {
            return entities.Length > 0
                ? (HippoRecall.Rank(state, HippoRecall.Seeds(entities, state.Graph), hippo.Damping, options.Top, options.Explain), AsAsked(vectors))
                : (null, "No name of the question is like an end of any fact, so its words alone rank.");
        }

        var found = vectors?.Has(EmbeddingUnits.Facts) == true
            ? vectors.Facts(view, hippo.LinkedFacts)
            : state.Linker.Link(question.Text, hippo.LinkedFacts);
        var linked = await KeptAsync(view, question, found, hippo.Choice, cancellationToken).ConfigureAwait(false);

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
        IReadOnlyList<string> names, HippoState state, QuestionVectors? vectors, CancellationToken cancellationToken)
    {
        var facts = state.View.Facts;
        if (vectors?.Has(EmbeddingUnits.Entities) != true)
        {
            return [.. names.Select(name => _hippo.Nearest(name, state))];
        }

        // A name that is known word for word needs no vector.
        var keys = names.Select(name => EntityName.Of(name).Key).Where(key => key.Length > 0).ToList();
        var unknown = keys.Where(key => facts.FindEntity(key) < 0).Distinct().ToList();
        var nearest = await vectors.NearestAsync(unknown, state.View, cancellationToken).ConfigureAwait(false);
        return [.. keys.Select(key => nearest.TryGetValue(key, out var entity) ? entity : facts.FindEntity(key))];
    }

    List<(int Passage, double Score)> ScaledByWords(RecallView view, Question question)
    {
        TakeScratch(out var scratch);
        var passages = FlatRecall.Scaled(view, question, scratch);
        _scratches.Add(scratch);
        return passages;
    }

    /// <summary>Recognition: which of the facts that are like the question bear on it.</summary>
    async Task<LinkedFact[]> KeptAsync(
        RecallView view, Question question, LinkedFact[] found, FactChoice choice, CancellationToken cancellationToken)
    {
        if (choice == FactChoice.SharedWords)
        {
            return HippoRecall.SharingWords(found, question, view.Facts);
        }

        if (choice == FactChoice.All || (choice == FactChoice.Auto && Model is null))
        {
            return found;
        }

        var model = Model ?? throw new InvalidOperationException(
            "HippoOptions.Choice asks for a model to choose the facts, and the memory has none. Set GraphMemoryOptions.ChatClient, or choose otherwise.");
        var offered = found.Take(FactFilter.KeptMax).ToArray();
        var candidates = Array.ConvertAll(offered, fact =>
        {
            // As written in the stating whose text sorts first, so that the model is asked the same whatever came first.
            var statings = view.Facts.Fact(fact.Fact).Assertions.Items.ToArray();
            var said = view.Facts.Read(statings.MinBy(row => view.Facts.Line(row), StringComparer.Ordinal));
            return new FactCandidate(said.Subject, said.Relation, said.Object);
        });
        var kept = await new FactFilter(model).KeepAsync(question.Text, candidates, cancellationToken).ConfigureAwait(false);
        return [.. kept.Kept.Select(place => offered[place])];
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
