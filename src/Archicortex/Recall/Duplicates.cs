using Archicortex.Hierarchy;
using Archicortex.Language;
using Archicortex.Numerics;

namespace Archicortex.Recall;

/// <summary>Tells whether a passage says anything that was not said by the ones taken before it.</summary>
/// <remarks>
/// A passage is a duplicate if its words are those of one taken before, in their order; or if nine of ten of its pairs of
/// neighbouring words stand there, and all its words that say something do: another number, name or "not" is other news. Of
/// turns only those of one speaker are compared, and short ones only word for word: "Yes, I did." answers two questions in turn,
/// and is one only behind the same question. Compared by a fingerprint and by shared pairs; the words come from the graph,
/// nothing is read again.
/// </remarks>
sealed class Duplicates(RecallView view)
{
    const double PairShareMin = 0.9;
    const int WordsMin = 8;

    readonly Dictionary<ulong, int> _prints = [];
    readonly List<Said> _taken = [];

    /// <summary>True if nothing in the passage is new.</summary>
    public bool IsOne(int row) => Repeated(row) >= 0
        || (PassageWords.Of(view.Graph, row) is { Length: > 0 } words && IsNear(words, SpeakerOf(row)));

    /// <summary>The passage taken before that says the same word for word; −1: none.</summary>
    public int Repeated(int row) => PassageWords.Of(view.Graph, row).Length > 0 ? _prints.GetValueOrDefault(Print(row), -1) : -1;

    /// <summary>Adds a passage to those that the next ones are compared with.</summary>
    public void Take(int row)
    {
        var words = PassageWords.Of(view.Graph, row);
        _prints.TryAdd(Print(row), row);
        _taken.Add(new(words, SpeakerOf(row)));
    }

    bool IsNear(int[] words, string? speaker)
    {
        if (words.Length < WordsMin)
        {
            return false;
        }

        // Nearly every passage has a word that the other lacks among its first, and is through with it there.
        HashSet<long>? pairs = null;
        foreach (var said in _taken)
        {
            if (said.Speaker == speaker && Array.TrueForAll(words, word => said.Words.Contains(word) || StopWords.SaysNothing(view.Vocabulary.Word(word))))
            {
                pairs ??= Pairs(words);
                if (pairs.Count(said.Pairs.Contains) >= PairShareMin * pairs.Count)
                {
                    return true;
                }
            }
        }

        return false;
    }

    string? SpeakerOf(int row) => view.Time.SessionOf(row) >= 0 ? view.Passage(row).Speaker : null;

    /// <summary>Who says which words; of a turn that says nothing by itself, also behind which.</summary>
    ulong Print(int row)
    {
        var words = PassageWords.Of(view.Graph, row);
        var print = Print(StableHash.Of(SpeakerOf(row) ?? ""), words);
        var isTelling = view.Time.SessionOf(row) < 0 || Array.Exists(words, word => !TopicWords.IsEmpty(view.Vocabulary.Word(word)));
        return !isTelling && view.Time.Neighbour(row, -1) is >= 0 and var before ? Print(print, PassageWords.Of(view.Graph, before)) : print;
    }

    static ulong Print(ulong print, int[] words)
    {
        foreach (var word in words)
        {
            print = StableHash.Of(print, (ulong)word);
        }

        return print;
    }

    static HashSet<long> Pairs(int[] words)
    {
        var pairs = new HashSet<long>();
        for (var i = 1; i < words.Length; i++)
        {
            pairs.Add(((long)words[i - 1] << 32) | (uint)words[i]);
        }

        return pairs;
    }

    /// <summary>A passage that was taken.</summary>
    sealed class Said(int[] words, string? speaker)
    {
        HashSet<long>? _pairs;

        public HashSet<int> Words { get; } = [.. words];

        public string? Speaker => speaker;

        /// <summary>Asked for seldom, and so made when it is.</summary>
        public HashSet<long> Pairs => _pairs ??= Duplicates.Pairs(words);
    }
}
