using Archicortex.Graph;

namespace Archicortex.Recall;

/// <summary>What carried a hop, worked out again by the code that scored it.</summary>
/// <param name="From">The passage it left.</param>
/// <param name="To">The passage it reached.</param>
/// <param name="Phrase">The phrase that carried most of it, or −1 if only a title did.</param>
/// <param name="FromSentence">The sentence of <paramref name="From"/> that holds the phrase, or −1.</param>
/// <param name="ToSentence">The sentence of <paramref name="To"/> that holds the phrase, or −1: its title does.</param>
/// <param name="Score">Parts of the hop's score, before they are scaled by what the chain was worth so far.</param>
readonly record struct HopTrace(int From, int To, int Phrase, int FromSentence, int ToSentence, HopScore Score);

/// <summary>How much of a passage's mass a seed sent.</summary>
/// <param name="Node">The seed.</param>
/// <param name="Share">In [0, 1]; the shares of all seeds add up to 1.</param>
readonly record struct SeedContribution(NodeId Node, double Share);

/// <summary>Why a passage has its rank.</summary>
/// <param name="Hops">The hops of its chain, first to last; none if the walk alone found it.</param>
/// <param name="Seeds">What each seed sent to the passage the chain starts from, largest first.</param>
/// <param name="Walk">Nodes from the strongest seed to that passage, both included.</param>
sealed record ChainTrace(HopTrace[] Hops, SeedContribution[] Seeds, NodeId[] Walk);

/// <summary>Splits a passage's mass among the seeds that sent it.</summary>
/// <remarks>
/// The walk is linear in its seeds, and on an undirected graph W(s)·π_s(p) = W(p)·π_p(s), where π_v is the mass of a walk
/// that restarts at v and W a node's strength. So one walk from p tells every seed's contribution:
/// r(s) · π_p(s) · W(p) / W(s).
/// </remarks>
static class SeedShares
{
    const double Tolerance = 1e-7;

    public static SeedContribution[] Of(int passage, GraphStrengths strengths, IReadOnlyList<Seed> seeds, RecallScratch scratch)
    {
        var graph = strengths.Graph;
        PersonalizedPageRank.Push(strengths, [new Seed(NodeId.Passage(passage), 1)], scratch, Tolerance);
        var own = strengths.Of(graph.PhraseCount + passage);
        var parts = new List<SeedContribution>();
        var total = 0.0;
        foreach (var seed in seeds)
        {
            var node = PersonalizedPageRank.Index(graph, seed.Node);
            var strength = strengths.Of(node);

            // A node without edges keeps to itself all that starts there.
            var isSelf = seed.Node == NodeId.Passage(passage);
            var part = strength > 0 ? seed.Weight * scratch.Nodes[node].Mass * own / strength : isSelf ? seed.Weight : 0;
            total += part;
            parts.Add(new(seed.Node, part));
        }

        PersonalizedPageRank.Clear(scratch);
        return total == 0
            ? []
            : [.. parts.Select(part => part with { Share = part.Share / total })
                .OrderByDescending(part => part.Share).ThenBy(part => part.Node.Kind).ThenBy(part => part.Node.Row)];
    }
}
