namespace Archicortex.Testing.Oracles;

/// <summary>Nodes and edge weights of the graph as a full matrix: phrases first, in ordinal order, then passages.</summary>
sealed class NaiveGraph
{
    const int OwnersMax = 64;

    readonly Dictionary<string, int> _phraseNodes;

    public NaiveGraph(NaiveMemory memory)
    {
        Memory = memory;
        Phrases = [.. memory.Support.Keys.Order(StringComparer.Ordinal)];
        _phraseNodes = Phrases.Select((phrase, node) => (phrase, node)).ToDictionary(pair => pair.phrase, pair => pair.node);
        PhraseWeights = Phrases.ToDictionary(phrase => phrase, memory.Weight);
        Names = NamesMatrix();
        Weights = EdgeMatrix();
    }

    public NaiveMemory Memory { get; }

    public string[] Phrases { get; }

    public Dictionary<string, double> PhraseWeights { get; }

    /// <summary>names(i, j): how much passage i names passage j.</summary>
    public double[,] Names { get; }

    public double[,] Weights { get; }

    public int NodeCount => Phrases.Length + Memory.Passages.Length;

    public int Node(string phrase) => _phraseNodes[phrase];

    public int Node(int passage) => Phrases.Length + passage;

    double[,] NamesMatrix()
    {
        var passages = Memory.Passages;
        var names = new double[passages.Length, passages.Length];
        for (var j = 0; j < passages.Length; j++)
        {
            foreach (var title in passages[j].TitleNames)
            {
                var owners = Memory.Owners(title).ToList();
                var weight = Memory.Ratio(title) / owners.Select(owner => owner.DocumentId).Distinct().Count();
                for (var i = 0; i < passages.Length; i++)
                {
                    if (i != j && owners.Count <= OwnersMax && passages[i].Holds.ContainsKey(title))
                    {
                        names[i, j] += weight;
                    }
                }
            }
        }

        for (var i = 0; i < passages.Length; i++)
        {
            for (var j = 0; j < passages.Length; j++)
            {
                names[i, j] = Math.Min(1, names[i, j]);
            }
        }

        return names;
    }

    double[,] EdgeMatrix()
    {
        var passages = Memory.Passages;
        var weights = new double[NodeCount, NodeCount];
        for (var i = 0; i < passages.Length; i++)
        {
            foreach (var phrase in passages[i].Holds.Keys)
            {
                var weight = PhraseWeights[phrase];
                (weights[Node(phrase), Node(i)], weights[Node(i), Node(phrase)]) = (weight, weight);
            }

            for (var j = 0; j < passages.Length; j++)
            {
                weights[Node(i), Node(j)] = Names[i, j] + Names[j, i];
            }
        }

        return weights;
    }
}
