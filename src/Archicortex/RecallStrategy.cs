namespace Archicortex;

/// <summary>How passages are ranked.</summary>
public enum RecallStrategy
{
    /// <summary>The best for the question at hand; the result says which it was and why.</summary>
    Auto,

    /// <summary>Names, a walk over the graph, and two scored hops: for questions that no single passage answers.</summary>
    Graph,

    /// <summary>Words alone (BM25): the baseline to compare with.</summary>
    Flat,

    /// <summary>Paths through facts, laid along the words of the question: for memories that were given a graph of facts.</summary>
    Facts,

    /// <summary>HippoRAG: names of the question, and a walk over the graph of facts. For comparison, and where a model read the facts.</summary>
    Hippo1,

    /// <summary>HippoRAG 2: facts like the question, and a walk over entities and passages. For comparison, and where a model read the facts.</summary>
    Hippo2,

    /// <summary>Vectors alone: as good as the embedder.</summary>
    Dense,

    /// <summary>Turns of conversations: their words, the turns around them, who speaks and when. For chats, meetings and the like.</summary>
    Dialogue,

    /// <summary>Topics and what their passages say together: for broad questions ("What are the main themes?").</summary>
    Tree,

    /// <summary>Paths of sentences that share a name, each adding words that are still missing (PropRAG's idea, without a model). For comparison.</summary>
    Path,

    /// <summary>Pairs of the question's names that are near each other (E2GraphRAG's procedure). For comparison.</summary>
    Local,

    /// <summary>Passages, sessions and names at once, each level weighed by how decidedly it answers (MemGAS).</summary>
    Memgas,
}
