using Archicortex.Graph;
using Archicortex.Numerics;

namespace Archicortex.Recall;

/// <summary>A step of a path through facts.</summary>
/// <param name="Fact">The fact.</param>
/// <param name="To">The entity it leads to.</param>
/// <param name="Gain">What it adds to the path's score.</param>
readonly record struct FactStep(int Fact, int To, double Gain);

/// <summary>A path from an entity of the question along facts.</summary>
/// <param name="Start">Where it starts.</param>
/// <param name="Steps">Its facts in order.</param>
/// <param name="Meets">What it gets for ending at another entity of the question.</param>
sealed record FactPath(LinkedEntity Start, FactStep[] Steps, double Meets)
{
    /// <summary>Words of the question that a relation of the path fits.</summary>
    public required int WordsTaken { get; init; }

    public double Score => Steps.Sum(step => step.Gain) + Meets;

    /// <summary>True if each step fits a word, and all words are taken: the path says what the question asks.</summary>
    public bool IsWhole => WordsTaken == Start.Words.Length && WordsTaken >= Steps.Length;
}

/// <summary>A passage that states a fact of a path.</summary>
/// <param name="Passage">Its row.</param>
/// <param name="Assertion">The stating.</param>
/// <param name="Path">The best path it is on.</param>
readonly record struct FactPassage(int Passage, int Assertion, FactPath Path)
{
    /// <summary>Rows of the passages that state the facts before it on the path; each fact by the passage of the smallest id.</summary>
    public int[] Before(RecallView view)
    {
        var own = Assertion;
        return [.. Path.Steps.TakeWhile(step => step.Fact != view.Facts.Assertion(own).Fact).Select(step => FactRecall.First(view, step.Fact)).Distinct()];
    }
}

/// <summary>Ranks passages by the facts they state: paths from the question's entities whose relations answer to its words, in order.</summary>
/// <remarks>
/// For memories that are graphs of facts: the second fact of a chain shares no word with the question but its relation.
/// A path of up to three facts is laid along the question's words (<see cref="FactQuestion"/>): each step takes a stretch of
/// words its relation fits, or a word that fits nothing, or none; words are taken in order and may be left over. A beam
/// keeps the best paths; what they touch is bounded, whatever the graph's size. After the query graphs of knowledge-base
/// question answering (Zhou, Huang and Zhu, COLING 2018, describe the task); the scoring is ours.
/// </remarks>
sealed class FactRecall
{
    public const int HopsMax = 3;

    const int BeamWidth = 256;
    const int FactsPerEntityMax = 4096;
    const int StepsPerHopMax = 32_768;

    const double Backwards = -0.3;
    const double MeetGain = 0.5;

    readonly FactSnapshot _facts;
    readonly LinkedEntity[] _links;
    readonly bool _withEnded;

    FactRecall(FactSnapshot facts, LinkedEntity[] links, bool withEnded = false) => (_facts, _links, _withEnded) = (facts, links, withEnded);

    /// <summary>The best passages, best first.</summary>
    /// <param name="view">What to search.</param>
    /// <param name="links">Where to start.</param>
    /// <param name="count">How many.</param>
    public static FactPassage[] Rank(RecallView view, LinkedEntity[] links, int count)
    {
        var found = new List<FactPassage>();
        var seen = new HashSet<int>();
        foreach (var path in new FactRecall(view.Facts, links).Paths(HopsMax, isOfSlots: false))
        {
            foreach (var step in path.Steps)
            {
                foreach (var assertion in Statings(view, step.Fact))
                {
                    var passage = view.Facts.Assertion(assertion).Passage;
                    if (seen.Add(passage))
                    {
                        found.Add(new(passage, assertion, path));
                    }
                }
            }

            if (found.Count >= count)
            {
                break;
            }
        }

        return [.. found.Take(count)];
    }

    /// <summary>The passage that states a fact; of several that of the smallest id.</summary>
    public static int First(RecallView view, int fact) => view.Facts.Assertion(Statings(view, fact).First()).Passage;

    /// <summary>Paths, best first; of equals the shorter.</summary>
    /// <param name="facts">The facts.</param>
    /// <param name="links">Where to start.</param>
    /// <param name="hops">The most steps of a path.</param>
    /// <param name="isOfSlots">Only over what somebody has one of at a time: their home, their employer.</param>
    /// <param name="withEnded">Over what is only said to have ended, too: "I no longer work there".</param>
    public static IEnumerable<FactPath> BestPaths(
        FactSnapshot facts, LinkedEntity[] links, int hops, bool isOfSlots = false, bool withEnded = false) =>
        new FactRecall(facts, links, withEnded).Paths(hops, isOfSlots);

    static IEnumerable<int> Statings(RecallView view, int fact)
    {
        var facts = view.Facts;
        return facts.Fact(fact).Assertions.Items.ToArray()
            .Where(row => facts.IsEffective(facts.Assertion(row)))
            .OrderBy(row => view.Graph.Passage(facts.Assertion(row).Passage).Id);
    }

    IEnumerable<FactPath> Paths(int hops, bool isOfSlots)
    {
        var done = new List<Partial>();
        foreach (var link in _links)
        {
            var match = new RelationMatch(link.Words, _facts);
            var key = StableHash.Of(_facts.EntityKey(link.Entity));
            var front = new List<Partial> { new(link, [], Alignment.Start(link.Words.Length), link.Entity, key, 0, 0) };
            for (var hop = 0; hop < hops && front.Count > 0; hop++)
            {
                front = Extend(front, match, isOfSlots);
                done.AddRange(front);
            }
        }

        return done
            .OrderByDescending(path => Math.Round(path.Total, 9)).ThenBy(path => path.Steps.Length).ThenBy(path => path.Key)
            .Select(path => new FactPath(path.Start, path.Steps, path.Meets) { WordsTaken = path.Laid.Taken[^1] });
    }

    List<Partial> Extend(List<Partial> front, RelationMatch match, bool isOfSlots)
    {
        var found = new List<Partial>();
        foreach (var path in front)
        {
            var facts = _facts.Entity(path.End).Facts.Items;
            var room = Math.Min(FactsPerEntityMax, StepsPerHopMax - found.Count);
            foreach (var fact in facts[..Math.Min(facts.Length, room)])
            {
                ref readonly var record = ref _facts.Fact(fact);
                if ((!record.IsNegated || (_withEnded && HasEnded(fact))) && (!isOfSlots || FactSlots.IsFunctional(_facts, record.Relation))
                    && _facts.IsStated(fact))
                {
                    found.Add(Step(path, fact, match));
                }
            }
        }

        var top = new TopRows(BeamWidth);
        for (var i = 0; i < found.Count; i++)
        {
            if (!top.Rejects(found[i].Total))
            {
                top.Add(found[i].Total, found[i].Key, i);
            }
        }

        return [.. top.Rows().Select(row => found[row])];
    }

    bool HasEnded(int fact)
    {
        foreach (var row in _facts.Fact(fact).Assertions.Items)
        {
            if (_facts.Assertion(row).IsClosing)
            {
                return true;
            }
        }

        return false;
    }

    Partial Step(Partial path, int fact, RelationMatch match)
    {
        ref readonly var record = ref _facts.Fact(fact);
        var isBackwards = record.Subject != path.End;
        var to = record.Other(path.End);
        var laid = path.Laid.Extend(match.Of(record.Relation), isBackwards ? Backwards : 0);
        var meets = path.Meets > 0 || _links.Any(link => link != path.Start && link.Entity == to) ? MeetGain : 0;
        var key = StableHash.Of(path.Key, StableHash.Of(_facts.RelationKey(record.Relation)) ^ StableHash.Of(_facts.EntityKey(to)));
        return new(path.Start, [.. path.Steps, new(fact, to, laid.Score - path.Laid.Score)], laid, to, key, laid.Score + meets, meets);
    }

    /// <summary>A path being built.</summary>
    /// <param name="Start">Where it starts.</param>
    /// <param name="Steps">Its facts.</param>
    /// <param name="Laid">How it lies along the words.</param>
    /// <param name="End">The entity it has come to.</param>
    /// <param name="Key">Decides ties by content.</param>
    /// <param name="Total">Its score.</param>
    /// <param name="Meets">What of it is for meeting another entity of the question.</param>
    sealed record Partial(LinkedEntity Start, FactStep[] Steps, Alignment Laid, int End, ulong Key, double Total, double Meets);
}
