using Archicortex.Numerics;

namespace Archicortex.Recall;

/// <summary>A passage and how much of its score each level of detail sent it.</summary>
/// <param name="Passage">Its row.</param>
/// <param name="Parts">By level, in the order of the levels; they add up to the score.</param>
readonly record struct GranularPassage(int Passage, double[] Parts)
{
    public double Score => Parts.Sum();
}

/// <summary>A level of detail and what the router gave it.</summary>
/// <param name="Name">What its units are: "passage", "session", "name", "summary".</param>
/// <param name="Weight">Its share, ≥ 0; the shares of all levels add up to 1.</param>
public sealed record GranularityWeight(string Name, double Weight);

/// <summary>What a recall at several levels of detail came to.</summary>
/// <param name="Passages">Best first.</param>
/// <param name="Weights">What the router gave each level.</param>
sealed record GranularRanking(GranularPassage[] Passages, GranularityWeight[] Weights)
{
    /// <summary>The best topics, none within another; none if the router gave summaries nothing.</summary>
    public FoundTopic[] Topics { get; init; } = [];
}

/// <summary>Ranks passages by all the levels of detail they are part of, each weighed by how decidedly it answers.</summary>
/// <remarks>
/// MemGAS (arXiv 2505.19549) without a model: passages, sessions and names are nodes, joined by membership;
/// <see cref="EntropyRouter"/> weighs the levels; the best units start a walk of short reach, and a passage is worth the mass
/// of all nodes it is part of. A unit's mass goes to its members by their own words, since a session that fits does not
/// make each of its turns an answer; that of a name by the root of their number as well. Bounded by the units of a level and
/// their members. MemGAS starts from 15 units; 50 find more of what a question of several steps needs (R@5 on one such set
/// 55.4 and 56.6, on conversations 56.1 and 58.2).
/// Summaries of topics are a level that is weighed and returned, and ranks no passage: it found no more of them (55.5 and 58.6
/// against 56.6 and 59.5), and what passages are worth must not depend on the order in which they came.
/// </remarks>
static class GranularRecall
{
    const int SeedUnits = 50;
    const double Damping = 0.1;
    const int Rounds = 10;

    // What a member without a word of the question gets of its session, beside the best of it.
    const double MemberFloor = 0.05;

    public static GranularRanking Rank(RecallView view, Question question, int count, RecallScratch scratch)
    {
        scratch.Fit(view.Graph.PassageCount, view.Graph.PhraseCount, view.Vocabulary.StemCount);
        var evidence = LexicalEvidence.Gather(question, view.Lexical, scratch);
        Granularity[] ranking =
        [
            Granularity.Passages(view, scratch), Granularity.Sessions(view, question, scratch), Granularity.Names(view, question),
        ];
        var topics = Granularity.Topics(view, question, scratch);
        Granularity[] levels = [.. ranking, topics];
        var weights = EntropyRouter.Weights([.. levels.Select(level => level.Units.Select(unit => unit.Score).ToArray())]);
        var passages = Rank(view, ranking, weights, count, scratch);
        evidence.Clear(view.Lexical);
        return new(passages, [.. levels.Zip(weights, (level, weight) => new GranularityWeight(level.Name, weight))])
        {
            Topics = weights[^1] > 0 ? TreeRecall.Separate(view.Topics, topics.Units.Select(unit => new FoundTopic(unit.Topic, unit.Score))) : [],
        };
    }

    static GranularPassage[] Rank(RecallView view, Granularity[] levels, double[] weights, int count, RecallScratch scratch)
    {
        var units = levels.SelectMany((level, at) => level.Units.Select(unit => (Level: at, Unit: unit))).ToArray();
        var mass = Walk(units, Seeds(units, weights));
        var scores = new Dictionary<int, double[]>();
        var best = Math.Max(1e-9, levels[0].Units.Length > 0 ? scratch.Bm25[levels[0].Units[0].Members[0]] : 0);
        for (var i = 0; i < units.Length; i++)
        {
            var level = units[i].Level;
            var share = levels[level].Name == Granularity.NameLevel ? mass[i] / Math.Sqrt(units[i].Unit.Members.Length) : mass[i];
            foreach (var member in units[i].Unit.Members)
            {
                if (!scores.TryGetValue(member, out var parts))
                {
                    scores[member] = parts = new double[levels.Length];
                }

                parts[level] += share * (level == 0 ? 1 : MemberFloor + ((1 - MemberFloor) * scratch.Bm25[member] / best));
            }
        }

        var top = new TopRows(count);
        foreach (var (passage, parts) in scores)
        {
            var score = parts.Sum();
            if (!top.Rejects(score))
            {
                top.Add(score, view.Graph.Passage(passage).Id, passage);
            }
        }

        return Array.ConvertAll(top.Rows(), passage => new GranularPassage(passage, scores[passage]));
    }

    /// <summary>Restart weights: of the best units by level weight and score, and of no other.</summary>
    static double[] Seeds((int Level, GranularUnit Unit)[] units, double[] weights)
    {
        var seeds = new double[units.Length];
        var best = units.Select((one, at) => (At: at, Score: weights[one.Level] * one.Unit.Score, one.Unit.Key)).Where(one => one.Score > 0)
            .OrderByDescending(one => Math.Round(one.Score, 12)).ThenBy(one => one.Key).Take(SeedUnits).ToList();
        var total = best.Sum(one => one.Score);
        foreach (var (at, score, _) in best)
        {
            seeds[at] = score / total;
        }

        return seeds;
    }

    /// <summary>Personalized PageRank from unit to unit through the passages they share.</summary>
    static double[] Walk((int Level, GranularUnit Unit)[] units, double[] seeds)
    {
        var holders = new Dictionary<int, List<int>>();
        for (var i = 0; i < units.Length; i++)
        {
            foreach (var member in units[i].Unit.Members)
            {
                (holders.TryGetValue(member, out var list) ? list : holders[member] = []).Add(i);
            }
        }

        var mass = (double[])seeds.Clone();
        for (var round = 0; round < Rounds; round++)
        {
            var next = Array.ConvertAll(seeds, seed => (1 - Damping) * seed);
            for (var i = 0; i < units.Length; i++)
            {
                var share = Damping * mass[i] / Math.Max(1, units[i].Unit.Members.Length);
                foreach (var member in units[i].Unit.Members)
                {
                    foreach (var other in holders[member])
                    {
                        next[other] += share / holders[member].Count;
                    }
                }
            }

            mass = next;
        }

        return mass;
    }
}
