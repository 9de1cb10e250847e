namespace Archicortex.Recall;

/// <summary>A word of the question in a turn, or a turn that is taken for its day.</summary>
/// <param name="Session">The turn's session.</param>
/// <param name="Place">Its place there.</param>
/// <param name="Term">The word; −1: none, the turn is only to be looked at.</param>
/// <param name="Score">What the word is worth there.</param>
/// <param name="IsKind">True if it is not the word but a kind of what it names.</param>
readonly record struct DialogueHit(int Session, int Place, int Term, double Score, bool IsKind);

/// <summary>A turn that may be an answer.</summary>
struct DialogueCandidate
{
    public int Row, Session, Asked;
    public double Near, Far, Beyond, Answer;

    /// <summary>Scores of the first and the second pass without news and feedback.</summary>
    public double First, Second;

    /// <summary>Negative until they are worked out.</summary>
    public double News, Feedback;
}

/// <summary>What the words of a question say about a session.</summary>
struct SessionEvidence
{
    /// <summary>BM25 of the whole session.</summary>
    public double Score;

    /// <summary>Best of each word in any of its turns, summed: what no turn can exceed. And the best of the word being read.</summary>
    public double Best, TermBest;

    /// <summary>All that its turns have, summed.</summary>
    public double Total;

    /// <summary>How often the word being read stands in it.</summary>
    public int WordCount;

    /// <summary>Its hits; where they start and end, once they are brought together.</summary>
    public int HitCount, HitsEnd;
    public bool IsRead;
}

/// <summary>Work space of one recall over conversations; cleared by what was touched, and only ever growing.</summary>
sealed class DialogueScratch
{
    public readonly Rows<DialogueHit> Hits = new();
    public readonly Rows<DialogueHit> BySession = new();
    public readonly Rows<DialogueCandidate> Candidates = new();

    /// <summary>The session being read.</summary>
    public readonly SessionSlots Slots = new();

    /// <summary>By session.</summary>
    public SessionEvidence[] BySessionNumber = [];
    public readonly Rows<int> SessionsOfTerm = new();
    public readonly Rows<int> Sessions = new();

    /// <summary>Weights of the words that feedback looks for, by stem.</summary>
    public readonly Dictionary<int, double> Feedback = [];
    public readonly List<(double Weight, int Stem)> FeedbackOrder = [];

    public void Fit(int sessions)
    {
        if (BySessionNumber.Length < sessions)
        {
            BySessionNumber = new SessionEvidence[sessions + (sessions >> 2) + 16];
        }
    }

    public void Clear()
    {
        foreach (var session in Sessions.Items)
        {
            BySessionNumber[session] = default;
        }

        Hits.Clear();
        Candidates.Clear();
        Sessions.Clear();
        Feedback.Clear();
        FeedbackOrder.Clear();
    }

    /// <summary>Rows that are filled again and again; like a list, but its rows are changed in place.</summary>
    internal sealed class Rows<T>
        where T : struct
    {
        T[] _items = new T[64];
        int _count;

        public Span<T> Items => _items.AsSpan(0, _count);

        public void Add(in T item)
        {
            if (_count == _items.Length)
            {
                Array.Resize(ref _items, _count * 2);
            }

            _items[_count++] = item;
        }

        /// <summary>As many rows as told, holding anything.</summary>
        public Span<T> Take(int count)
        {
            if (_items.Length < count)
            {
                _items = new T[count + (count >> 1)];
            }

            _count = count;
            return Items;
        }

        public void Clear() => _count = 0;
    }
}
