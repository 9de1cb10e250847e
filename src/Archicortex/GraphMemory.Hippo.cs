using Archicortex.Recall;

namespace Archicortex;

public sealed partial class GraphMemory
{
    readonly HippoIndex _hippo = new();

    /// <summary>Recalls as HippoRAG or HippoRAG 2 does; null, with the reason, when nothing of the question leads into the graph of facts.</summary>
    (HippoPassage[]? Passages, string Reason) RankHippo(RecallView view, Question question, RecallStrategy strategy, RecallOptions options)
    {
        var hippo = options.Hippo;
        var joinsPassages = strategy == RecallStrategy.Hippo2;
        var state = _hippo.Of(view, joinsPassages, hippo.SynonymCosine);
        var entities = !joinsPassages || hippo.EntityAnchors ? HippoRecall.Entities(question.Text, _hippo, view.Facts) : [];
        if (!joinsPassages)
        {
            return entities.Length > 0
                ? (HippoRecall.Rank(state, HippoRecall.Seeds(entities, state.Graph), hippo.Damping, options.Top, options.Explain), "As asked.")
                : (null, "No name of the question is like an end of any fact, so its words alone rank.");
        }

        var linked = state.Linker.Link(question.Text, hippo.LinkedFacts);
        if (hippo.Choice == FactChoice.SharedWords)
        {
            linked = HippoRecall.SharingWords(linked, question, state.Linker);
        }

        if (linked.Length == 0 && entities.Length == 0)
        {
            return (null, "No fact is like the question, or none was kept, so its words alone rank.");
        }

        var passages = FlatRecall.Scaled(view, question, TakeScratch(out var scratch));
        _scratches.Add(scratch);
        var reset = HippoRecall.Seeds(linked, entities, Best(passages, hippo.SeedPassages), view, state.Graph, hippo.PassageWeight);
        return (HippoRecall.Rank(state, reset, hippo.Damping, options.Top, options.Explain), "As asked.");
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
