using Archicortex.Graph;
using Archicortex.Facts;
using Archicortex.Language;
using Archicortex.Numerics;

namespace Archicortex.Recall;

/// <summary>A passage ranked by the walk over the graph of facts.</summary>
/// <param name="Passage">Its row.</param>
/// <param name="Score">Its share of the mass (HippoRAG 2), or that of its facts' entities (HippoRAG).</param>
/// <param name="Seeds">What each seed sent, largest first; shares add up to 1. Empty unless traced.</param>
readonly record struct HippoPassage(int Passage, double Score, SeedContribution[] Seeds);

/// <summary>The presets of the HippoRAG papers, on the facts this memory has.</summary>
/// <remarks>
/// HippoRAG links names of the question to entities, walks over the graph of facts, and scores a passage by the mass of
/// its facts' entities. HippoRAG 2 links the question to facts, lets a model choose among them, seeds their ends and the
/// passages, and walks over entities and passages together. The walk is exact in both: HippoRAG 2 restarts at every
/// passage. Faithful where the papers are clear; names are compared as everywhere here.
/// </remarks>
static class HippoRecall
{
    const int SeedEntities = 5;

    /// <summary>
    /// Entities for the names of a question: those that stand in it word for word, for other names the one most alike, and
    /// any words that are entities if it has no names.
    /// </summary>
    /// <param name="question">The question.</param>
    /// <param name="state">The graph that is walked.</param>
    /// <param name="nearest">The entity most like each of some names.</param>
    public static async Task<int[]> EntitiesAsync(
        string question, HippoState state, Func<IReadOnlyList<string>, Task<IReadOnlyList<int>>> nearest)
    {
        var known = FactQuestion.Match(question, state.View.Facts, state.IsWalked);
        var found = new SortedSet<int>(known.Where(match => match.IsNamed && match.WordCount > 1).Select(match => match.Entity));
        found.UnionWith(await nearest(NamesBeside(question, known)).ConfigureAwait(false));
        found.Remove(-1);
        return found.Count > 0 ? [.. found] : [.. known.Select(match => match.Entity).Distinct()];
    }

    /// <summary>Names by their writing that are not part of an entity of several words.</summary>
    static List<string> NamesBeside(string question, List<EntityMatch> known)
    {
        var buffer = new TokenBuffer();
        buffer.Read(question);
        var spans = new List<TokenRange>();
        NameSpans.Find(buffer, 0, buffer.Count, spans);
        var names = new List<string>();
        foreach (var span in spans)
        {
            var last = buffer[span.End - 1];
            var (start, end) = (buffer[span.Start].Start, last.Start + last.Length);
            if (!known.Exists(match => match.IsNamed && match.WordCount > 1 && match.Text.Start < end && start < match.Text.End))
            {
                names.Add(question[start..end]);
            }
        }

        return names;
    }

    /// <summary>Of linked facts those that share a word with the question that is no stop word.</summary>
    public static LinkedFact[] SharingWords(LinkedFact[] linked, Question question, FactSnapshot facts)
    {
        var words = LexicalFeatures.OfText(question.Text);
        return Array.FindAll(linked, fact => LexicalFeatures.OfText(new FactUnits(facts).Text(fact.Fact)).Keys.Any(words.ContainsKey));
    }

    /// <summary>HippoRAG: restart weights of entities, 1 over the number of passages that name them.</summary>
    public static double[] Seeds(int[] entities, FactWalkGraph graph)
    {
        var reset = new double[graph.Nodes];
        foreach (var entity in entities)
        {
            reset[entity] = 1.0 / Math.Max(1, graph.PassagesOf[entity]);
        }

        return Normalised(reset);
    }

    /// <summary>
    /// HippoRAG 2: a kept fact gives each end its score over the passages naming that end, a mean over the facts that hold
    /// it; the best five ends and the passages restart the walk.
    /// </summary>
    /// <param name="kept">Facts kept.</param>
    /// <param name="anchors">Entities of the question, if they seed too.</param>
    /// <param name="passages">Scores of passages by text or vector, in [0, 1].</param>
    /// <param name="view">What is searched.</param>
    /// <param name="graph">Its graph.</param>
    /// <param name="passageWeight">Weight of passages.</param>
    public static double[] Seeds(
        LinkedFact[] kept, int[] anchors, IEnumerable<(int Passage, double Score)> passages, RecallView view, FactWalkGraph graph, double passageWeight)
    {
        var ends = new SortedDictionary<int, List<double>>();
        foreach (var (fact, score) in kept)
        {
            ref readonly var record = ref view.Facts.Fact(fact);
            foreach (var end in (ReadOnlySpan<int>)[record.Subject, record.Object])
            {
                ends.TryAdd(end, []);
                ends[end].Add(score / Math.Max(1, graph.PassagesOf[end]));
            }
        }

        var reset = new double[graph.Nodes];
        var best = ends.OrderByDescending(end => end.Value.Average()).ThenBy(end => view.Facts.EntityKey(end.Key), StringComparer.Ordinal);
        foreach (var (end, scores) in best.Take(SeedEntities))
        {
            reset[end] = scores.Average();
        }

        foreach (var anchor in anchors)
        {
            reset[anchor] = Math.Max(reset[anchor], 1.0 / Math.Max(1, graph.PassagesOf[anchor]));
        }

        foreach (var (passage, score) in passages)
        {
            reset[graph.Entities + passage] = passageWeight * score;
        }

        return Normalised(reset);
    }

    /// <summary>The best passages after a walk, best first; none if nothing seeds it.</summary>
    public static HippoPassage[] Rank(HippoState state, double[] reset, double damping, int count, bool isTraced)
    {
        var (view, graph) = (state.View, state.Graph);
        if (reset.Length == 0 || reset.Sum() == 0)
        {
            return [];
        }

        var mass = PowerIteration.Run(graph, reset, damping);
        var top = new TopRows(count);
        var scores = new double[view.Graph.PassageCount];
        for (var passage = 0; passage < scores.Length; passage++)
        {
            scores[passage] = view.Graph.Passage(passage).IsLive ? Score(state, mass, passage) : 0;
            if (scores[passage] > 0 && !top.Rejects(scores[passage]))
            {
                top.Add(scores[passage], view.Graph.Passage(passage).Id, passage);
            }
        }

        return Array.ConvertAll(top.Rows(), row => new HippoPassage(row, scores[row], isTraced ? Shares(state, reset, damping, row) : []));
    }

    static double Score(HippoState state, double[] mass, int passage)
    {
        if (state.JoinsPassages)
        {
            return mass[state.Graph.Entities + passage];
        }

        var sum = 0.0;
        foreach (var (entity, count) in state.Graph.EntitiesOf(passage))
        {
            sum += count * mass[entity];
        }

        return sum;
    }

    static SeedContribution[] Shares(HippoState state, double[] reset, double damping, int passage)
    {
        var graph = state.Graph;
        var target = new double[graph.Nodes];
        if (state.JoinsPassages)
        {
            target[graph.Entities + passage] = 1;
        }
        else
        {
            foreach (var (entity, count) in graph.EntitiesOf(passage))
            {
                target[entity] = count;
            }
        }

        var worth = PowerIteration.Worth(graph, target, damping);
        var total = 0.0;
        for (var node = 0; node < reset.Length; node++)
        {
            total += reset[node] * worth[node];
        }

        return total == 0 ? [] : [.. Enumerable.Range(0, reset.Length)
            .Where(node => reset[node] * worth[node] > 0)
            .Select(node => new SeedContribution(
                node < graph.Entities ? NodeId.Phrase(node) : NodeId.Passage(node - graph.Entities), reset[node] * worth[node] / total))
            .OrderByDescending(share => share.Share).ThenBy(share => share.Node.Kind).ThenBy(share => share.Node.Row)];
    }

    static double[] Normalised(double[] reset)
    {
        var sum = reset.Sum();
        for (var node = 0; node < reset.Length && sum > 0; node++)
        {
            reset[node] /= sum;
        }

        return reset;
    }
}
