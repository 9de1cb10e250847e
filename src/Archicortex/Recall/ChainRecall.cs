using System.Runtime.InteropServices;
using Archicortex.Graph;
using Archicortex.Numerics;

namespace Archicortex.Recall;

/// <summary>A ranked passage and the parts of its score, which add up to it.</summary>
/// <param name="Passage">Its row.</param>
/// <param name="Walk">Its share of the walk's mass, root taken, scaled to [0, 1] over all passages.</param>
/// <param name="Title">How far the question covers its title.</param>
/// <param name="Chain">What the best chain to it is worth.</param>
/// <param name="Lead">What the best passage by words alone gets for its lead over the second.</param>
/// <param name="Trace">How it was found, if that was asked for.</param>
readonly record struct RankedPassage(int Passage, double Walk, double Title, double Chain, double Lead, ChainTrace? Trace)
{
    /// <summary>
    /// Rows of the passages that the chain to it came through, in their order: without them it says little. Empty if the
    /// chain is less than half of its score: then it stands by itself.
    /// </summary>
    public required int[] Before { get; init; }

    public double Score => Walk + Title + Chain + Lead;
}

/// <summary>What a chain recall is to return.</summary>
/// <param name="Count">Passages, ≥ 1.</param>
/// <param name="IsExact">Sweep the whole graph instead of pushing.</param>
/// <param name="IsTraced">Tell how each passage was found.</param>
/// <param name="Seeds">Where the walk starts beside the question's words and names; null: nowhere.</param>
readonly record struct ChainRequest(int Count, bool IsExact, bool IsTraced, IReadOnlyList<Seed>? Seeds = null)
{
    /// <summary>Of how many of them, the best, that is told; the others are only ranked. 0: of all.</summary>
    public int TracedMax { get; init; }
}

/// <summary>Ranks passages for a question that no single one answers: names, a walk, and two scored hops.</summary>
/// <remarks>
/// Link the question's names; spread them and the best text hits over the graph (<see cref="PersonalizedPageRank"/>);
/// hop from the best passages through the names in their relevant sentences (<see cref="ChainHop"/>), and once more from
/// the best of those. After the phrase graph of HippoRAG (arXiv 2405.14831, 2502.14802); the hops are ours.
/// </remarks>
sealed class ChainRecall
{
    /// <summary>Passages that seed the walk by their words. Bounded, so that names keep their say as the memory grows.</summary>
    public const int SeedPassages = 50;

    const double SeedPassageWeight = 0.05;
    const double TitleWeight = 0.35;

    // The best passage by words alone starts higher, and the more so the further it leads: it is the answer of a plain
    // search, and a question of one hop has no better one.
    const double LeadBase = 0.03;
    const double LeadWeight = 0.5;
    const int FirstHops = 15;
    const int SecondHops = 5;
    const int RefinedPassages = 100;

    readonly RecallView _view;
    readonly Question _question;
    readonly RecallScratch _scratch;
    readonly List<Seed> _seeds = [];
    int _leader = -1;
    double _lead;

    ChainRecall(RecallView view, Question question, RecallScratch scratch) =>
        (_view, _question, _scratch) = (view, question, scratch);

    /// <summary>The best passages, best first.</summary>
    /// <param name="view">What to search.</param>
    /// <param name="question">What is asked.</param>
    /// <param name="request">How many, and how.</param>
    /// <param name="scratch">Work space.</param>
    public static RankedPassage[] Rank(RecallView view, Question question, ChainRequest request, RecallScratch scratch)
    {
        scratch.Fit(view.Graph.PassageCount, view.Graph.PhraseCount, view.Vocabulary.StemCount);
        return new ChainRecall(view, question, scratch).Rank(request);
    }

    RankedPassage[] Rank(ChainRequest request)
    {
        var evidence = LexicalEvidence.Gather(_question, _view.Lexical, _scratch);
        CollectSeeds();
        AddSeeds(request.Seeds ?? []);
        var ranked = Array.Empty<RankedPassage>();
        if (_seeds.Count > 0)
        {
            Walk(request.IsExact);
            AddLead();
            AddTitles(evidence);
            var hop = new ChainHop(_view.Strengths, _view.Vocabulary, evidence, _question, _scratch);
            HopFirst(hop);
            HopSecond(hop);
            ranked = Top(request, hop);
            ClearCandidates();
        }

        evidence.Clear(_view.Lexical);
        _scratch.Covers.Clear();
        return ranked;
    }

    void CollectSeeds()
    {
        foreach (var link in _question.Linked)
        {
            _seeds.Add(new(NodeId.Phrase(link.Phrase), link.Weight));
        }

        if (_scratch.Lexical.Count == 0)
        {
            return;
        }

        var top = new TopRows(SeedPassages);
        var best = 0.0;
        var worst = _scratch.Lexical.Count < _view.Graph.LiveCount ? 0 : double.PositiveInfinity;
        foreach (var passage in _scratch.Lexical)
        {
            var score = _scratch.Bm25[passage];
            best = Math.Max(best, score);
            worst = Math.Min(worst, score);
            if (!top.Rejects(score))
            {
                top.Add(score, _view.Graph.Passage(passage).Id, passage);
            }
        }

        var rows = top.Rows();
        _leader = rows[0];
        _lead = LeadBase + (LeadWeight * (1 - ((rows.Length > 1 ? _scratch.Bm25[rows[1]] : 0) / _scratch.Bm25[rows[0]])));
        foreach (var passage in rows)
        {
            var share = best > worst ? (_scratch.Bm25[passage] - worst) / (best - worst) : 0;
            if (share > 0 || best == worst)
            {
                _seeds.Add(new(NodeId.Passage(passage), SeedPassageWeight * (best > worst ? share : 1)));
            }
        }
    }

    /// <summary>A node that is a seed already gets the weight on top.</summary>
    void AddSeeds(IReadOnlyList<Seed> seeds)
    {
        foreach (var seed in seeds)
        {
            var known = _seeds.FindIndex(one => one.Node == seed.Node);
            if (known < 0)
            {
                _seeds.Add(seed);
            }
            else
            {
                _seeds[known] = seed with { Weight = _seeds[known].Weight + seed.Weight };
            }
        }
    }

    /// <summary>Walks, and makes every passage reached a candidate with its scaled mass in Own.</summary>
    void Walk(bool exact)
    {
        var seeds = CollectionsMarshal.AsSpan(_seeds);
        _ = exact
            ? PersonalizedPageRank.Exact(_view.Strengths, seeds, _scratch)
            : PersonalizedPageRank.Push(_view.Strengths, seeds, _scratch);
        if (!exact)
        {
            PersonalizedPageRank.Refine(_view.Strengths, seeds, HeaviestPassages(), _scratch);
        }

        var phrases = _view.Graph.PhraseCount;
        double best = 0, worst = double.PositiveInfinity;
        foreach (var node in _scratch.TouchedNodes)
        {
            if (node >= phrases)
            {
                var mass = Math.Sqrt(_scratch.Nodes[node].Mass);
                Consider(node - phrases);
                _scratch.Own[node - phrases] = mass;
                best = Math.Max(best, mass);
                worst = Math.Min(worst, mass);
            }
        }

        worst = _scratch.Candidates.Count < _view.Graph.LiveCount ? 0 : worst;
        foreach (var passage in _scratch.Candidates)
        {
            _scratch.Own[passage] = best > worst ? (_scratch.Own[passage] - worst) / (best - worst) : 0;
        }

        PersonalizedPageRank.Clear(_scratch);
    }

    int[] HeaviestPassages()
    {
        var top = new TopRows(RefinedPassages);
        var phrases = _view.Graph.PhraseCount;
        foreach (var node in _scratch.TouchedNodes)
        {
            if (node >= phrases && !top.Rejects(_scratch.Nodes[node].Mass))
            {
                top.Add(_scratch.Nodes[node].Mass, _view.Graph.Passage(node - phrases).Id, node - phrases);
            }
        }

        return top.Rows();
    }

    void AddLead()
    {
        if (_leader >= 0)
        {
            Consider(_leader);
            _scratch.Own[_leader] += _lead;
        }
    }

    void AddTitles(LexicalEvidence evidence)
    {
        foreach (var term in _question.Terms)
        {
            foreach (var passage in _view.Lexical.Titles(term.Stem))
            {
                Consider(passage);
            }
        }

        foreach (var passage in _scratch.Candidates)
        {
            _scratch.TitleShare[passage] = _scratch.TitleCovered[passage] == 0
                ? 0
                : TitleWeight * evidence.Weight(_scratch.TitleCovered[passage]) / TitleIdf(passage);
        }
    }

    /// <summary>Sum of idf over the distinct stems of a passage's title.</summary>
    double TitleIdf(int passage)
    {
        ref readonly var record = ref _view.Graph.Passage(passage);
        var words = _view.Graph.Heading(record);
        var sum = 0.0;
        for (var i = 0; i < words.Length; i++)
        {
            var stem = _view.Vocabulary.StemOf(words[i]);
            var isRepeat = false;
            for (var j = 0; j < i && !isRepeat; j++)
            {
                isRepeat = _view.Vocabulary.StemOf(words[j]) == stem;
            }

            sum += isRepeat ? 0 : _view.Lexical.Idf(stem);
        }

        return Math.Max(sum, 1e-9);
    }

    void HopFirst(ChainHop hop)
    {
        foreach (var from in Best(FirstHops, passage => _scratch.Own[passage]))
        {
            var covered = _scratch.Covered[from];
            hop.Gather(from, covered);
            foreach (var passage in _scratch.ReachedPassages)
            {
                var score = _scratch.Own[from] * hop.Score(passage, covered).Total;
                Consider(passage);
                if (score > _scratch.Best[passage])
                {
                    _scratch.Best[passage] = score;
                    _scratch.Via[passage] = from + 1;
                }
            }

            hop.Clear();
        }
    }

    void HopSecond(ChainHop hop)
    {
        foreach (var passage in _scratch.Candidates)
        {
            _scratch.Again[passage] = _scratch.Best[passage];
        }

        var fronts = Best(SecondHops, First);
        var top = fronts.Length == 0 ? 1 : First(fronts[0]);
        foreach (var from in fronts)
        {
            var before = _scratch.Via[from] - 1;
            if (before < 0)
            {
                continue;
            }

            var covered = _scratch.Covered[from] | _scratch.Covered[before];
            hop.Gather(from, covered);
            foreach (var passage in _scratch.ReachedPassages)
            {
                var score = First(from) / top * hop.Score(passage, covered).Total;
                Consider(passage);
                if (passage != before && score > _scratch.Again[passage])
                {
                    _scratch.Again[passage] = score;
                    _scratch.AgainVia[passage] = from + 1;
                }
            }

            hop.Clear();
        }
    }

    double First(int passage) => _scratch.Own[passage] + _scratch.TitleShare[passage] + _scratch.Best[passage];

    RankedPassage[] Top(ChainRequest request, ChainHop hop)
    {
        var rows = Best(request.Count, passage =>
            _scratch.Own[passage] + _scratch.TitleShare[passage] + _scratch.Again[passage] + (passage == _leader ? _lead : 0));
        return [.. rows.Select((passage, place) =>
        {
            var isLeader = passage == _leader;
            return new RankedPassage(
                passage,
                _scratch.Own[passage] - (isLeader ? _lead : 0),
                _scratch.TitleShare[passage],
                _scratch.Again[passage],
                isLeader ? 2 * _lead : 0,
                request.IsTraced && (request.TracedMax == 0 || place < request.TracedMax) ? Trace(passage, hop) : null)
            {
                Before = Before(passage),
            };
        })];
    }

    int[] Before(int passage)
    {
        var others = _scratch.Own[passage] + _scratch.TitleShare[passage] + (passage == _leader ? _lead : 0);
        if (_scratch.Again[passage] <= others)
        {
            return [];
        }

        var middle = _scratch.AgainVia[passage] - 1;
        var first = _scratch.Via[middle >= 0 ? middle : passage] - 1;
        return middle >= 0 ? [first, middle] : first >= 0 ? [first] : [];
    }

    ChainTrace Trace(int passage, ChainHop hop)
    {
        var hops = new List<HopTrace>();
        var last = passage;
        var middle = _scratch.AgainVia[last] - 1;
        if (middle >= 0)
        {
            var start = _scratch.Via[middle] - 1;
            hops.Add(hop.Trace(middle, last, _scratch.Covered[middle] | _scratch.Covered[start]));
            last = middle;
        }

        var first = _scratch.Via[last] - 1;
        if (first >= 0)
        {
            hops.Insert(0, hop.Trace(first, last, _scratch.Covered[first]));
            last = first;
        }

        var seeds = SeedShares.Of(last, _view.Strengths, _seeds, _scratch);
        var walk = seeds.Length == 0 ? [NodeId.Passage(last)] : WalkPath.Find(_view.Strengths, seeds[0].Node, last);
        return new ChainTrace([.. hops], seeds, walk);
    }

    int[] Best(int count, Func<int, double> score)
    {
        var top = new TopRows(count);
        foreach (var passage in _scratch.Candidates)
        {
            var value = score(passage);
            if (value > 0 && !top.Rejects(value))
            {
                top.Add(value, _view.Graph.Passage(passage).Id, passage);
            }
        }

        return top.Rows();
    }

    void Consider(int passage)
    {
        if (!_scratch.IsCandidate[passage])
        {
            _scratch.IsCandidate[passage] = true;
            _scratch.Candidates.Add(passage);
        }
    }

    void ClearCandidates()
    {
        foreach (var passage in _scratch.Candidates)
        {
            _scratch.IsCandidate[passage] = false;
            _scratch.Own[passage] = 0;
            _scratch.TitleShare[passage] = 0;
            _scratch.Best[passage] = 0;
            _scratch.Again[passage] = 0;
            _scratch.Via[passage] = 0;
            _scratch.AgainVia[passage] = 0;
        }

        _scratch.Candidates.Clear();
    }
}
