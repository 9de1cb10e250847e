using Archicortex.Models;
using Archicortex.Recall;

namespace Archicortex;

public sealed partial class GraphMemory
{
    readonly HippoIndex _hippo = new();

    /// <summary>Recalls as HippoRAG or HippoRAG 2 does; null, with the reason, when nothing of the question leads into the graph of facts.</summary>
    async Task<(HippoPassage[]? Passages, string Reason)> RankHippoAsync(
        RecallView view, Question question, RecallStrategy strategy, RecallOptions options, CancellationToken cancellationToken)
    {
        var hippo = options.Hippo;
        var joinsPassages = strategy == RecallStrategy.Hippo2;
        var state = _hippo.Of(view, joinsPassages, hippo.SynonymCosine);
        var entities = !joinsPassages || hippo.EntityAnchors ? HippoRecall.Entities(question.Text, _hippo, state) : [];
        if (!joinsPassages)
        {
            return entities.Length > 0
                ? (HippoRecall.Rank(state, HippoRecall.Seeds(entities, state.Graph), hippo.Damping, options.Top, options.Explain), "As asked.")
                : (null, "No name of the question is like an end of any fact, so its words alone rank.");
        }

        var found = state.Linker.Link(question.Text, hippo.LinkedFacts);
        var linked = await KeptAsync(view, question, found, state.Linker, hippo.Choice, cancellationToken).ConfigureAwait(false);

        if (linked.Length == 0 && entities.Length == 0)
        {
            return (null, "No fact is like the question, or none was kept, so its words alone rank.");
        }

        var passages = FlatRecall.Scaled(view, question, TakeScratch(out var scratch));
        _scratches.Add(scratch);
        var reset = HippoRecall.Seeds(linked, entities, Best(passages, hippo.SeedPassages), view, state.Graph, hippo.PassageWeight);
        return (HippoRecall.Rank(state, reset, hippo.Damping, options.Top, options.Explain), "As asked.");
    }

    /// <summary>Recognition: which of the facts that are like the question bear on it.</summary>
    async Task<LinkedFact[]> KeptAsync(
        RecallView view, Question question, LinkedFact[] found, FactLinker linker, FactChoice choice, CancellationToken cancellationToken)
    {
        if (choice == FactChoice.SharedWords)
        {
            return HippoRecall.SharingWords(found, question, linker);
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
            var said = view.Facts.Read(view.Facts.Fact(fact.Fact).Assertions.Items[0]);
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
