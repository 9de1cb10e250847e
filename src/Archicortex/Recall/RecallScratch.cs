namespace Archicortex.Recall;

/// <summary>
/// Work space of one recall: arrays with a slot a node, cleared by what was touched, so that asking allocates nothing
/// that grows with the memory.
/// </summary>
sealed class RecallScratch
{
    /// <summary>BM25 of the question.</summary>
    public double[] Bm25 = [];

    /// <summary>Bit k: the passage has question term k.</summary>
    public ulong[] Covered = [];

    /// <summary>Bit k: its title has question term k.</summary>
    public ulong[] TitleCovered = [];

    /// <summary>1 + place of the passage's row in <see cref="TermScores"/>; 0: it has no question term.</summary>
    public int[] TermRow = [];

    /// <summary>BM25 per passage and term, shape [rows, terms].</summary>
    public readonly List<double> TermScores = [];

    /// <summary>Passages with any word of the question.</summary>
    public readonly List<int> Lexical = [];

    /// <summary>1 + the question term a stem is; 0: none.</summary>
    public byte[] TermOfStem = [];

    /// <summary>State of the walk, a slot a node: phrases first, then passages.</summary>
    public NodeSlot[] Nodes = [];
    public readonly List<int> TouchedNodes = [];

    /// <summary>Nodes that spread in this round, what each had when it began, and those of the next round.</summary>
    public List<int> Front = [];
    public readonly List<double> FrontResiduals = [];
    public List<int> Next = [];

    /// <summary>What one hop carried to each passage.</summary>
    public HopSlot[] Hop = [];
    public readonly List<int> ReachedPassages = [];

    /// <summary>
    /// Score parts of each candidate: scaled mass, title, best chain of one hop, best of one or two; and where the chains
    /// came from (1 + row).
    /// </summary>
    public double[] Own = [];
    public double[] TitleShare = [];
    public double[] Best = [];
    public double[] Again = [];
    public int[] Via = [];
    public int[] AgainVia = [];
    public bool[] IsCandidate = [];
    public readonly List<int> Candidates = [];

    public readonly CoverCache Covers = new();

    /// <summary>What recall over conversations needs.</summary>
    public readonly DialogueScratch Dialogue = new();

    public void Fit(int passages, int phrases, int stems)
    {
        if (Bm25.Length < passages)
        {
            var size = passages + (passages >> 2) + 16;
            Bm25 = new double[size];
            Covered = new ulong[size];
            TitleCovered = new ulong[size];
            TermRow = new int[size];
            Hop = new HopSlot[size];
            Own = new double[size];
            TitleShare = new double[size];
            Best = new double[size];
            Again = new double[size];
            Via = new int[size];
            AgainVia = new int[size];
            IsCandidate = new bool[size];
        }

        if (TermOfStem.Length < stems)
        {
            TermOfStem = new byte[stems + (stems >> 2) + 16];
        }

        var nodes = passages + phrases;
        if (Nodes.Length < nodes)
        {
            Nodes = new NodeSlot[nodes + (nodes >> 2) + 16];
        }
    }
}

/// <summary>A node during a walk; one load brings all that a visit needs.</summary>
struct NodeSlot
{
    /// <summary>Mass that stays here.</summary>
    public double Mass;

    /// <summary>Mass still to be spread from here.</summary>
    public double Residual;
    public bool IsQueued;
    public bool IsTouched;
}

/// <summary>A passage during a hop.</summary>
struct HopSlot
{
    /// <summary>The best phrase that leads here.</summary>
    public double Near;

    /// <summary>The best phrase and sentence together.</summary>
    public double NearResidual;

    /// <summary>How far the passage before names this one.</summary>
    public double Named;
    public bool IsReached;
}

/// <summary>Question terms of sentences met before: hops from several passages land on the same ones. Of fixed size, whatever the memory's.</summary>
sealed class CoverCache
{
    const int Slots = 1 << 14;

    readonly int[] _sentences = new int[Slots];
    readonly ulong[] _masks = new ulong[Slots];

    public bool TryGet(int sentence, out ulong mask)
    {
        var slot = sentence & (Slots - 1);
        mask = _masks[slot];
        return _sentences[slot] == sentence + 1;
    }

    public void Add(int sentence, ulong mask)
    {
        var slot = sentence & (Slots - 1);
        _sentences[slot] = sentence + 1;
        _masks[slot] = mask;
    }

    public void Clear() => Array.Clear(_sentences);
}
