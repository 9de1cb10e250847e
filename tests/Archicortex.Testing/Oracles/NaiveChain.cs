using Archicortex.Language;

namespace Archicortex.Testing.Oracles;

/// <summary>A ranked passage of the reference and the parts of its score.</summary>
sealed record NaiveRanked(UInt128 Id, double Walk, double Title, double Chain, double Lead)
{
    public double Score => Walk + Title + Chain + Lead;
}

/// <summary>The chain recipe step by step over word lists and a dense walk: slow, and nothing shared with the engine but reading.</summary>
sealed class NaiveChain
{
    const double Grid = 1e12;
    const double LinkFloor = 0.05;

    readonly NaiveGraph _graph;
    readonly NaiveLexical _lexical;
    readonly NaiveQuestion _question;
    readonly NaivePassage[] _passages;
    readonly double[] _bm25;
    readonly HashSet<string>[] _covered;
    readonly HashSet<string>[] _titleCovered;
    readonly double _bestSum;

    NaiveChain(NaiveGraph graph, NaiveLexical lexical, NaiveQuestion question)
    {
        (_graph, _lexical, _question, _passages) = (graph, lexical, question, graph.Memory.Passages);
        _bm25 = [.. _passages.Select(passage => question.Stems.Sum(stem => lexical.Score(passage.Id, stem)))];
        _covered = [.. _passages.Select(passage => Cover(passage.Words))];
        _titleCovered = [.. _passages.Select(passage => Cover(passage.Heading))];
        _bestSum = question.Terms.Sum(term => _passages.Max(passage => lexical.Score(passage.Id, term)));
    }

    public static NaiveRanked[] Rank(string question, NaiveMemory memory, int count)
    {
        var graph = new NaiveGraph(memory);
        var lexical = new NaiveLexical(memory.Passages);
        return new NaiveChain(graph, lexical, new NaiveQuestion(question, graph, lexical)).Rank(count);
    }

    NaiveRanked[] Rank(int count)
    {
        if (_question.Linked.Count == 0 && _question.Stems.Length == 0)
        {
            return [];
        }

        var all = Enumerable.Range(0, _passages.Length).ToArray();
        var walk = MinMax(Walk().Select(Math.Sqrt).ToArray());
        var (leader, lead) = Lead();
        double Own(int d) => walk[d] + (d == leader ? lead : 0);
        var title = all.Select(Title).ToArray();
        var (best, via) = (new double[all.Length], Enumerable.Repeat(-1, all.Length).ToArray());
        foreach (var from in Best(15, Own))
        {
            var hop = Hop(from, _covered[from]);
            foreach (var (to, worth) in hop)
            {
                if (Own(from) * worth > best[to])
                {
                    (best[to], via[to]) = (Own(from) * worth, from);
                }
            }
        }

        double First(int d) => Own(d) + title[d] + best[d];
        var again = (double[])best.Clone();
        var fronts = Best(5, First);
        foreach (var from in fronts.Where(d => via[d] >= 0))
        {
            foreach (var (to, worth) in Hop(from, [.. _covered[from], .. _covered[via[from]]]))
            {
                if (to != via[from])
                {
                    again[to] = Math.Max(again[to], First(from) / First(fronts[0]) * worth);
                }
            }
        }

        return [.. Best(count, d => Own(d) + title[d] + again[d] + (d == leader ? lead : 0))
            .Select(d => new NaiveRanked(_passages[d].Id, walk[d], title[d], again[d], d == leader ? 2 * lead : 0))];
    }

    /// <summary>Mass of every passage, from the linked names and the fifty best by words.</summary>
    double[] Walk()
    {
        var seeds = new double[_graph.NodeCount];
        foreach (var (phrase, weight) in _question.Linked)
        {
            seeds[_graph.Node(phrase)] += weight;
        }

        var (best, worst) = (_bm25.Max(), _bm25.Min());
        foreach (var d in Best(50, d => _bm25[d]))
        {
            seeds[_graph.Node(d)] += 0.05 * (best > worst ? (_bm25[d] - worst) / (best - worst) : 1);
        }

        return DensePageRank.Solve(_graph.Weights, seeds, 0.5)[_graph.Phrases.Length..];
    }

    (int Passage, double Lead) Lead()
    {
        var best = Best(2, d => _bm25[d]);
        return best.Length == 0 ? (-1, 0)
            : (best[0], 0.03 + (0.5 * (1 - ((best.Length > 1 ? _bm25[best[1]] : 0) / _bm25[best[0]]))));
    }

    double Title(int d)
    {
        var all = _passages[d].Heading.Select(PorterStemmer.Stem).Distinct().Sum(_lexical.Idf);
        return _titleCovered[d].Count == 0 ? 0 : 0.35 * Weight(_titleCovered[d]) / all;
    }

    /// <summary>What a hop from p brings to every passage it reaches, C being what the chain has of the question.</summary>
    Dictionary<int, double> Hop(int p, HashSet<string> has)
    {
        var near = new Dictionary<string, double>();
        foreach (var phrase in _passages[p].Holds.Keys)
        {
            var link = Math.Pow(_graph.PhraseWeights[phrase], 2);
            if (link >= LinkFloor && !_question.Linked.ContainsKey(phrase))
            {
                near.Add(phrase, link * Closeness(p, phrase));
            }
        }

        var left = Weight(_question.Terms.Except(has));
        var hop = new Dictionary<int, double>();
        for (var d = 0; d < _passages.Length; d++)
        {
            if (d == p)
            {
                continue;
            }

            var isReached = _graph.Names[p, d] > 0 || _graph.Names[d, p] > 0;
            var (bestNear, bestFit) = (0.0, 0.0);
            foreach (var (phrase, value) in near)
            {
                foreach (var landing in Landings(d, phrase))
                {
                    isReached = true;
                    bestNear = Math.Max(bestNear, value);
                    bestFit = Math.Max(bestFit, left > 0 ? value * Weight(landing.Except(has)) / left : 0);
                }
            }

            if (isReached)
            {
                var residual = _covered[d].Except(has).Sum(term => _lexical.Score(_passages[d].Id, term));
                hop.Add(d, (_bestSum > 0 ? 0.8 * residual / _bestSum : 0) + (0.5 * bestNear) + (0.6 * _graph.Names[p, d]) + (0.7 * bestFit));
            }
        }

        return hop;
    }

    /// <summary>The terms of each sentence of d in which the phrase stands; for a title, those of the whole passage.</summary>
    IEnumerable<HashSet<string>> Landings(int d, string phrase)
    {
        if (_passages[d].TitleNames.Contains(phrase))
        {
            yield return _covered[d];
        }

        foreach (var sentence in _passages[d].Holds.GetValueOrDefault(phrase) ?? [])
        {
            if (!_passages[d].Sentences[sentence].IsHeading)
            {
                yield return Cover(_passages[d].Sentences[sentence].Words);
            }
        }
    }

    double Closeness(int p, string phrase)
    {
        var all = Weight(_covered[p]);
        return all <= 0 ? 0 : _passages[p].Holds[phrase]
            .Where(sentence => !_passages[p].Sentences[sentence].IsHeading)
            .Select(sentence => Cover(_passages[p].Sentences[sentence].Words).Union(_titleCovered[p]).Intersect(_covered[p]))
            .Select(terms => Weight(terms) / all)
            .DefaultIfEmpty(0).Max();
    }

    HashSet<string> Cover(IEnumerable<string> words) => [.. words.Select(PorterStemmer.Stem).Intersect(_question.Terms)];

    double Weight(IEnumerable<string> terms) => terms.Sum(_lexical.Idf);

    /// <summary>The best passages of a positive score; ties by id, which is the order of the passages here.</summary>
    int[] Best(int count, Func<int, double> score) => [.. Enumerable.Range(0, _passages.Length)
        .Select(d => (d, Score: score(d))).Where(pair => pair.Score > 0)
        .OrderByDescending(pair => Math.Round(pair.Score * Grid)).ThenBy(pair => pair.d)
        .Take(count).Select(pair => pair.d)];

    static double[] MinMax(double[] values)
    {
        var (best, worst) = (values.Max(), values.Min());
        return Array.ConvertAll(values, value => best > worst ? (value - worst) / (best - worst) : 0);
    }
}
