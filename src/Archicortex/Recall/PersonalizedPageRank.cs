using Archicortex.Graph;

namespace Archicortex.Recall;

/// <summary>Where a walk restarts.</summary>
/// <param name="Node">The node.</param>
/// <param name="Weight">Its share of the restarts; any scale, &gt; 0.</param>
readonly record struct Seed(NodeId Node, double Weight);

/// <summary>Spreads a question's seeds over the graph (personalized PageRank).</summary>
/// <remarks>
/// A walk follows an edge with chance d and returns to a seed with 1 − d; a node's mass is the share of time spent there.
/// The graph is undirected and weighted; a node without edges sends its mass back to the seeds by being left out of the
/// walk, which keeps the order. Two ways:
/// <see cref="Push"/> settles only what the seeds reach (forward push, Andersen, Chung and Lang, FOCS 2006): its work
/// depends on the tolerance, not on the size of the graph. <see cref="Exact"/> sweeps over all nodes until nothing moves.
/// Deterministic, and up to rounding independent of the order in which the graph grew.
/// </remarks>
static class PersonalizedPageRank
{
    /// <summary>Chance of walking on rather than restarting.</summary>
    public const double Damping = 0.5;

    /// <summary>Mass left unsettled per unit of a node's strength. Down to 1e-4, recall figures are those of the exact walk.</summary>
    public const double Tolerance = 3e-5;

    /// <summary>Pushes per question, whatever the graph: a bound on the worst case.</summary>
    public const int PushesMax = 2_000_000;

    const double ExactTolerance = 1e-13;
    const int SweepsMax = 200;

    /// <summary>Settles the mass of all nodes the seeds reach into <see cref="RecallScratch.Nodes"/>; <see cref="Clear"/> must follow.</summary>
    /// <remarks>
    /// In rounds: all nodes over the threshold hand on at once what they had when the round began. So the result does not
    /// depend on how nodes are numbered, which is the order in which documents arrived.
    /// </remarks>
    public static WalkResult Push(
        GraphStrengths strengths, ReadOnlySpan<Seed> seeds, RecallScratch scratch, double tolerance = Tolerance)
    {
        var total = Total(seeds);
        foreach (var seed in seeds)
        {
            Receive(strengths, Index(strengths.Graph, seed.Node), seed.Weight / total, tolerance, scratch);
        }

        var pushes = 0;
        while (scratch.Next.Count > 0 && pushes < PushesMax)
        {
            pushes += scratch.Next.Count;
            SpreadRound(strengths, tolerance, scratch);
        }

        // What is not settled yet has at least 1 − d of it settle where it is.
        foreach (var node in scratch.TouchedNodes)
        {
            scratch.Nodes[node].Mass += (1 - Damping) * scratch.Nodes[node].Residual;
        }

        var isComplete = scratch.Next.Count == 0;
        scratch.Next.Clear();
        return new WalkResult(pushes, scratch.TouchedNodes.Count, isComplete);
    }

    /// <summary>The same mass by sweeps over the whole graph, to 1e-13: slow, for checks and for small memories.</summary>
    public static WalkResult Exact(GraphStrengths strengths, ReadOnlySpan<Seed> seeds, RecallScratch scratch)
    {
        var total = Total(seeds);
        foreach (var seed in seeds)
        {
            var node = Index(strengths.Graph, seed.Node);
            Touch(ref scratch.Nodes[node], node, scratch);
            scratch.Nodes[node].Residual += seed.Weight / total;
        }

        for (var sweep = 0; sweep < SweepsMax; sweep++)
        {
            var left = 0.0;
            for (var i = 0; i < scratch.TouchedNodes.Count; i++)
            {
                var node = scratch.TouchedNodes[i];
                left += scratch.Nodes[node].Residual;
                if (scratch.Nodes[node].Residual > 0)
                {
                    Spread(strengths, node, Take(node, scratch), double.PositiveInfinity, scratch);
                }
            }

            if (left < ExactTolerance)
            {
                return new WalkResult(sweep, scratch.TouchedNodes.Count, true);
            }
        }

        return new WalkResult(SweepsMax, scratch.TouchedNodes.Count, false);
    }

    public static void Clear(RecallScratch scratch)
    {
        foreach (var node in scratch.TouchedNodes)
        {
            scratch.Nodes[node] = default;
        }

        scratch.TouchedNodes.Clear();
    }

    /// <summary>Slot of a node in the scratch: phrases first, then passages.</summary>
    public static int Index(GraphSnapshot graph, NodeId node) =>
        node.Kind == NodeKind.Phrase ? node.Row : graph.PhraseCount + node.Row;

    static void SpreadRound(GraphStrengths strengths, double tolerance, RecallScratch scratch)
    {
        (scratch.Front, scratch.Next) = (scratch.Next, scratch.Front);
        scratch.FrontResiduals.Clear();
        foreach (var node in scratch.Front)
        {
            scratch.Nodes[node].IsQueued = false;
            scratch.FrontResiduals.Add(Take(node, scratch));
        }

        for (var i = 0; i < scratch.Front.Count; i++)
        {
            Spread(strengths, scratch.Front[i], scratch.FrontResiduals[i], tolerance, scratch);
        }

        scratch.Front.Clear();
    }

    static double Take(int node, RecallScratch scratch)
    {
        var residual = scratch.Nodes[node].Residual;
        scratch.Nodes[node].Residual = 0;
        return residual;
    }

    /// <summary>Settles 1 − d of a residual at its node and hands d of it to the neighbours.</summary>
    static void Spread(GraphStrengths strengths, int node, double residual, double tolerance, RecallScratch scratch)
    {
        var graph = strengths.Graph;
        ref var slot = ref scratch.Nodes[node];
        var strength = strengths.Of(node, scratch);
        if (strength == 0)
        {
            slot.Mass += residual;
            return;
        }

        slot.Mass += (1 - Damping) * residual;
        var share = Damping * residual / strength;
        if (node < graph.PhraseCount)
        {
            SpreadPhrase(strengths, node, share, tolerance, scratch);
        }
        else
        {
            SpreadPassage(strengths, node - graph.PhraseCount, share, tolerance, scratch);
        }
    }

    static void SpreadPhrase(GraphStrengths strengths, int phrase, double share, double tolerance, RecallScratch scratch)
    {
        var graph = strengths.Graph;
        var mass = share * strengths.Weight(phrase);
        var last = -1;
        foreach (var sentence in graph.Phrase(phrase).Sentences.Items)
        {
            var passage = graph.Sentence(sentence).Passage;
            if (passage != last)
            {
                Receive(strengths, graph.PhraseCount + passage, mass, tolerance, scratch);
                last = passage;
            }
        }
    }

    static void SpreadPassage(GraphStrengths strengths, int passage, double share, double tolerance, RecallScratch scratch)
    {
        var graph = strengths.Graph;
        foreach (var phrase in graph.Passage(passage).Phrases.Items)
        {
            Receive(strengths, phrase, share * strengths.Weight(phrase), tolerance, scratch);
        }

        PassageLinks.Gather(graph, passage, scratch);
        foreach (var other in scratch.Linked)
        {
            scratch.Nodes[graph.PhraseCount + other].Residual += share * (PassageLinks.Out(scratch, other) + PassageLinks.In(scratch, other));
        }

        // Strengths of the receivers use the same link slots, so these are cleared before anyone is queued.
        scratch.Receivers.Clear();
        scratch.Receivers.AddRange(scratch.Linked);
        PassageLinks.Clear(scratch);
        foreach (var other in scratch.Receivers)
        {
            Receive(strengths, graph.PhraseCount + other, 0, tolerance, scratch);
        }
    }

    static void Receive(GraphStrengths strengths, int node, double mass, double tolerance, RecallScratch scratch)
    {
        ref var slot = ref scratch.Nodes[node];
        Touch(ref slot, node, scratch);
        slot.Residual += mass;
        if (!slot.IsQueued && slot.Residual > tolerance * strengths.Of(node, scratch))
        {
            slot.IsQueued = true;
            scratch.Next.Add(node);
        }
    }

    static void Touch(ref NodeSlot slot, int node, RecallScratch scratch)
    {
        if (!slot.IsTouched)
        {
            slot.IsTouched = true;
            scratch.TouchedNodes.Add(node);
        }
    }

    static double Total(ReadOnlySpan<Seed> seeds)
    {
        var total = 0.0;
        foreach (var seed in seeds)
        {
            total += seed.Weight;
        }

        return total;
    }
}

/// <summary>What a walk took.</summary>
/// <param name="Steps">Pushes, or sweeps in exact mode.</param>
/// <param name="Touched">Nodes reached.</param>
/// <param name="IsComplete">False when a bound stopped it early.</param>
readonly record struct WalkResult(int Steps, int Touched, bool IsComplete);
