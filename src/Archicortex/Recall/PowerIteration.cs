using Archicortex.Graph;

namespace Archicortex.Recall;

/// <summary>Personalized PageRank over a whole graph, for resets that reach every node.</summary>
/// <remarks>
/// x ← d·M·x + r·(1 − Σ d·M·x): what an isolated node would lose walks back to the seeds, so the mass stays 1. Sweeps over
/// all edges until what moves is below 1e-10 of the mass.
/// </remarks>
static class PowerIteration
{
    const int SweepsMax = 100;
    const double Moved = 1e-10;

    /// <summary>Mass of every node.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="reset">Restart weights, shape [nodes], ≥ 0, adding up to 1.</param>
    /// <param name="damping">Chance of walking on, in (0, 1).</param>
    public static double[] Run(FactWalkGraph graph, double[] reset, double damping)
    {
        var mass = (double[])reset.Clone();
        var next = new double[mass.Length];
        for (var sweep = 0; sweep < SweepsMax; sweep++)
        {
            var walked = Spread(graph, mass, next, damping);
            var moved = 0.0;
            for (var node = 0; node < next.Length; node++)
            {
                next[node] += reset[node] * (1 - walked);
                moved += Math.Abs(next[node] - mass[node]);
            }

            (mass, next) = (next, mass);
            if (moved < Moved)
            {
                break;
            }
        }

        return mass;
    }

    /// <summary>
    /// What a unit restart at each node would bring to a weighted sum of masses: the walk run backwards. Times the restart
    /// weights it splits the sum among the seeds.
    /// </summary>
    /// <param name="graph">The graph.</param>
    /// <param name="target">Weights of the sum, shape [nodes].</param>
    /// <param name="damping">Chance of walking on.</param>
    public static double[] Worth(FactWalkGraph graph, double[] target, double damping)
    {
        var worth = (double[])target.Clone();
        for (var sweep = 0; sweep < SweepsMax; sweep++)
        {
            var next = (double[])target.Clone();
            var moved = 0.0;
            for (var node = 0; node < next.Length; node++)
            {
                var neighbours = graph.Neighbours(node);
            var weights = graph.Weights(node);
                var sum = 0.0;
                for (var i = 0; i < neighbours.Length; i++)
                {
                    sum += weights[i] * worth[neighbours[i]];
                }

                next[node] += graph.Strength(node) > 0 ? damping * sum / graph.Strength(node) : 0;
                moved += Math.Abs(next[node] - worth[node]);
            }

            worth = next;
            if (moved < Moved)
            {
                break;
            }
        }

        return worth;
    }

    /// <summary>Walks one step from everywhere; returns the mass that could walk.</summary>
    static double Spread(FactWalkGraph graph, double[] mass, double[] next, double damping)
    {
        var walked = 0.0;
        for (var node = 0; node < next.Length; node++)
        {
            var neighbours = graph.Neighbours(node);
            var weights = graph.Weights(node);
            var sum = 0.0;
            for (var i = 0; i < neighbours.Length; i++)
            {
                sum += weights[i] * mass[neighbours[i]] / graph.Strength(neighbours[i]);
            }

            next[node] = damping * sum;
            walked += next[node];
        }

        return walked;
    }
}
