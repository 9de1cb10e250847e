using Archicortex.Graph;

namespace Archicortex.Recall;

/// <summary>Phrase weights and node strengths (sums of edge weights) of one snapshot, worked out when first asked for.</summary>
/// <remarks>
/// A walk reads the strength of thousands of nodes a question, and the same ones again and again. Readers share the
/// slots without locks: every writer of a slot writes the same number, so the worst that can happen is that it is
/// computed twice. NaN marks a slot that is not known yet.
/// </remarks>
sealed class GraphStrengths
{
    readonly double[] _weights;
    readonly double[] _passageStrengths;

    public GraphStrengths(GraphSnapshot graph)
    {
        Graph = graph;
        _weights = new double[graph.PhraseCount];
        _passageStrengths = new double[graph.PassageCount];
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

    /// <summary>Sum of the edge weights at a node, by its slot in the scratch. Leaves the link slots of the scratch clear.</summary>
    public double Of(int node, RecallScratch scratch)
    {
        if (node < Graph.PhraseCount)
        {
            return Weight(node) * Graph.Phrase(node).PassageCount;
        }

        ref var strength = ref _passageStrengths[node - Graph.PhraseCount];
        if (double.IsNaN(strength))
        {
            strength = PassageStrength(node - Graph.PhraseCount, scratch);
        }

        return strength;
    }

    double PassageStrength(int passage, RecallScratch scratch)
    {
        var sum = 0.0;
        foreach (var phrase in Graph.Passage(passage).Phrases.Items)
        {
            sum += Weight(phrase);
        }

        PassageLinks.Gather(Graph, passage, scratch);
        foreach (var other in scratch.Linked)
        {
            sum += PassageLinks.Out(scratch, other) + PassageLinks.In(scratch, other);
        }

        PassageLinks.Clear(scratch);
        return sum;
    }
}
