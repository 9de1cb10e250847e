using Archicortex.Graph;

namespace Archicortex.Recall;

/// <summary>Weights, links and strengths (sums of edge weights) of one snapshot, worked out when first asked for and kept with it.</summary>
/// <remarks>
/// A walk visits thousands of nodes a question, and the same ones again and again. Readers share the slots without locks:
/// every writer of a slot writes the same value, so the worst that can happen is that it is computed twice. NaN and null
/// mark what is not known yet.
/// </remarks>
sealed class GraphStrengths
{
    readonly double[] _weights;
    readonly int[]?[] _holders;
    readonly double[] _passageStrengths;
    readonly PassageLink[]?[] _links;

    public GraphStrengths(GraphSnapshot graph)
    {
        Graph = graph;
        _weights = new double[graph.PhraseCount];
        _holders = new int[graph.PhraseCount][];
        _passageStrengths = new double[graph.PassageCount];
        _links = new PassageLink[graph.PassageCount][];
        Array.Fill(_weights, double.NaN);
        Array.Fill(_passageStrengths, double.NaN);
    }

    public GraphSnapshot Graph { get; }

    /// <summary>Weight of a phrase, in (0, 1].</summary>
    public double Weight(int phrase)
    {
        ref var weight = ref _weights[phrase];
        if (double.IsNaN(weight))
        {
            weight = Graph.Weight(phrase);
        }

        return weight;
    }

    /// <summary>Passages that hold a phrase, ascending.</summary>
    public int[] Holders(int phrase) => _holders[phrase] ??= FindHolders(phrase);

    /// <summary>Passages that a passage names or is named by, ascending.</summary>
    public PassageLink[] Links(int passage) => _links[passage] ??= PassageLinks.Of(Graph, passage);

    /// <summary>Sum of the edge weights at a node, by its slot in the scratch.</summary>
    public double Of(int node)
    {
        if (node < Graph.PhraseCount)
        {
            return Weight(node) * Graph.Phrase(node).PassageCount;
        }

        ref var strength = ref _passageStrengths[node - Graph.PhraseCount];
        if (double.IsNaN(strength))
        {
            strength = PassageStrength(node - Graph.PhraseCount);
        }

        return strength;
    }

    double PassageStrength(int passage)
    {
        var sum = 0.0;
        foreach (var phrase in Graph.Passage(passage).Phrases.Items)
        {
            sum += Weight(phrase);
        }

        foreach (var link in Links(passage))
        {
            sum += link.Weight;
        }

        return sum;
    }

    int[] FindHolders(int phrase)
    {
        ref readonly var record = ref Graph.Phrase(phrase);
        var holders = new int[record.PassageCount];
        var count = 0;
        foreach (var sentence in record.Sentences.Items)
        {
            var passage = Graph.Sentence(sentence).Passage;
            if (count == 0 || holders[count - 1] != passage)
            {
                holders[count++] = passage;
            }
        }

        return holders;
    }
}
