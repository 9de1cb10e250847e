namespace Archicortex.Graph;

/// <summary>Two names that are written or meant alike.</summary>
/// <param name="First">An entity.</param>
/// <param name="Second">Another.</param>
/// <param name="Cosine">How alike, in (0, 1].</param>
readonly record struct SynonymPair(int First, int Second, double Cosine);

/// <summary>The graph of facts as HippoRAG walks it: entities joined by facts and by likeness and, if asked for, with the passages that name them.</summary>
/// <remarks>
/// Undirected: a fact adds 2 to the edge of its ends for each passage that states it, a synonym its cosine, a passage 1
/// for each entity of its facts, once. Nodes are entities, then passages. Made anew for each state of the memory that is
/// walked: linear in the facts.
/// </remarks>
sealed class FactWalkGraph
{
    const double FactWeight = 2;

    readonly int[] _start;
    readonly int[] _neighbour;
    readonly double[] _weight;
    readonly double[] _strength;
    readonly List<(int Entity, int Count)>[] _passages;

    FactWalkGraph(int entities, List<(int Entity, int Count)>[] passages, Dictionary<(int, int), double> edges)
    {
        Entities = entities;
        _passages = passages;
        PassagesOf = new int[entities];
        var nodes = entities + passages.Length;
        _start = new int[nodes + 1];
        _strength = new double[nodes];
        foreach (var (first, second) in edges.Keys)
        {
            _start[first + 1]++;
            _start[second + 1]++;
        }

        for (var node = 0; node < nodes; node++)
        {
            _start[node + 1] += _start[node];
        }

        _neighbour = new int[_start[nodes]];
        _weight = new double[_start[nodes]];
        var next = _start.AsSpan(0, nodes).ToArray();
        foreach (var ((first, second), weight) in edges)
        {
            (_neighbour[next[first]], _weight[next[first]++]) = (second, weight);
            (_neighbour[next[second]], _weight[next[second]++]) = (first, weight);
            _strength[first] += weight;
            _strength[second] += weight;
        }

        foreach (var (entity, _) in passages.SelectMany(row => row))
        {
            PassagesOf[entity]++;
        }
    }

    /// <summary>Rows of entities; passages follow.</summary>
    public int Entities { get; }

    public int Nodes => _strength.Length;

    public int Edges => _neighbour.Length / 2;

    /// <summary>Passages that name an entity in a fact.</summary>
    public int[] PassagesOf { get; }

    /// <summary>Entities of a passage's facts, and how often they are an end of one.</summary>
    public IReadOnlyList<(int Entity, int Count)> EntitiesOf(int passage) => _passages[passage];

    public double Strength(int node) => _strength[node];

    public ReadOnlySpan<int> Neighbours(int node) => _neighbour.AsSpan(_start[node], _start[node + 1] - _start[node]);

    public ReadOnlySpan<double> Weights(int node) => _weight.AsSpan(_start[node], _start[node + 1] - _start[node]);

    /// <param name="facts">The facts.</param>
    /// <param name="passages">Rows of passages.</param>
    /// <param name="synonyms">Pairs of entities; those without a fact are left out.</param>
    /// <param name="joinsPassages">Passages are nodes.</param>
    public static FactWalkGraph Of(FactSnapshot facts, int passages, IEnumerable<SynonymPair> synonyms, bool joinsPassages)
    {
        var edges = new Dictionary<(int, int), double>();
        var ends = new List<(int Entity, int Count)>[passages];
        var isLive = new bool[facts.EntityCount];
        var counts = new SortedDictionary<int, int>();
        for (var passage = 0; passage < passages; passage++)
        {
            counts.Clear();
            foreach (var row in facts.Of(passage))
            {
                ref readonly var assertion = ref facts.Assertion(row);
                ref readonly var fact = ref facts.Fact(assertion.Fact);
                if (facts.IsEffective(assertion) && !fact.IsNegated)
                {
                    counts[fact.Subject] = counts.GetValueOrDefault(fact.Subject) + 1;
                    counts[fact.Object] = counts.GetValueOrDefault(fact.Object) + 1;
                    Join(edges, fact.Subject, fact.Object, FactWeight);
                }
            }

            ends[passage] = [.. counts.Select(pair => (pair.Key, pair.Value))];
            foreach (var entity in counts.Keys)
            {
                isLive[entity] = true;
                if (joinsPassages)
                {
                    Join(edges, entity, facts.EntityCount + passage, 1);
                }
            }
        }

        foreach (var (first, second, cosine) in synonyms)
        {
            if (first < isLive.Length && second < isLive.Length && isLive[first] && isLive[second])
            {
                Join(edges, first, second, cosine);
            }
        }

        return new FactWalkGraph(facts.EntityCount, ends, edges);
    }

    static void Join(Dictionary<(int, int), double> edges, int first, int second, double weight)
    {
        if (first != second)
        {
            var key = first < second ? (first, second) : (second, first);
            edges[key] = edges.GetValueOrDefault(key) + weight;
        }
    }
}
