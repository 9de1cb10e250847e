using System.Collections.Frozen;
using System.Runtime.InteropServices;
using Archicortex.Language;

namespace Archicortex.Hierarchy;

/// <summary>The turns of one session as vectors of their words, to tell how much two of them speak of the same.</summary>
/// <remarks>
/// A word weighs (1 + ln count) · ln(1 + turns / turns that have it); vectors have length 1. Rarity is counted inside the session,
/// so that a view of it depends on nothing else: what is remembered elsewhere moves no episode. Memory is that of the words.
/// </remarks>
sealed class TurnVectors
{
    // What a chat is made of besides what it is about: beyond the stop words of the index, pronouns, greetings and small talk.
    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> SmallTalk = FrozenSet.ToFrozenSet(
        ("i me my mine you your yours we us our him them s t re ll ve m d am if but so such just really very too also because get gets got "
        + "oh ok okay wow hey hi hello yeah yes yep nope thanks thank please sure well lol haha let").Split(' '),
        StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    readonly int[] _starts;
    readonly int[] _terms;
    readonly float[] _weights;

    TurnVectors(int[] starts, int[] terms, float[] weights) => (_starts, _terms, _weights) = (starts, terms, weights);

    /// <summary>True for words that chats are made of besides what they are about.</summary>
    /// <param name="word">Folded form.</param>
    public static bool IsSmallTalk(ReadOnlySpan<char> word) => SmallTalk.Contains(word);

    /// <summary>Number of turns.</summary>
    public int Count => _starts.Length - 1;

    /// <param name="texts">What was said, in order.</param>
    public static TurnVectors Of(IReadOnlyList<string> texts)
    {
        var starts = new int[texts.Count + 1];
        var terms = new List<int>();
        var counts = new List<int>();
        var frequency = new List<int>();
        var numbers = new TermNumbers();
        for (var turn = 0; turn < texts.Count; turn++)
        {
            foreach (var group in numbers.Read(texts[turn]))
            {
                terms.Add(group.Term);
                counts.Add(group.Count);
                CollectionsMarshal.SetCount(frequency, Math.Max(frequency.Count, group.Term + 1));
                frequency[group.Term]++;
            }

            starts[turn + 1] = terms.Count;
        }

        var weights = new float[terms.Count];
        for (var turn = 0; turn < texts.Count; turn++)
        {
            Weigh(turn);
        }

        return new TurnVectors(starts, [.. terms], weights);

        void Weigh(int turn)
        {
            var sum = 0.0;
            for (var i = starts[turn]; i < starts[turn + 1]; i++)
            {
                weights[i] = (float)((1 + Math.Log(counts[i])) * Math.Log(1 + ((double)texts.Count / frequency[terms[i]])));
                sum += (double)weights[i] * weights[i];
            }

            for (var i = starts[turn]; i < starts[turn + 1]; i++)
            {
                weights[i] = (float)(weights[i] / Math.Sqrt(sum));
            }
        }
    }

    /// <summary>How alike two turns are, in [0, 1]; 0 for one without words of its own.</summary>
    public double Cosine(int one, int other)
    {
        var (i, endI, j, endJ) = (_starts[one], _starts[one + 1], _starts[other], _starts[other + 1]);
        var sum = 0.0;
        while (i < endI && j < endJ)
        {
            var (a, b) = (_terms[i], _terms[j]);
            if (a == b)
            {
                sum += (double)_weights[i] * _weights[j];
            }

            i += a <= b ? 1 : 0;
            j += b <= a ? 1 : 0;
        }

        return Math.Min(1, sum);
    }

    /// <summary>Numbers for stems in the order in which the session first says them.</summary>
    sealed class TermNumbers
    {
        const int Skipped = -1;

        readonly TokenBuffer _buffer = new();
        readonly Dictionary<string, int> _words = [];
        readonly Dictionary<string, int> _stems = [];
        readonly SortedDictionary<int, int> _counts = [];

        /// <summary>The terms of a text with their counts, by number.</summary>
        public IEnumerable<(int Term, int Count)> Read(string text)
        {
            _buffer.Clear();
            _buffer.Read(text);
            _counts.Clear();
            foreach (var token in _buffer.Tokens)
            {
                var term = TermOf(_buffer.Folded(token));
                if (term != Skipped)
                {
                    _counts[term] = _counts.GetValueOrDefault(term) + 1;
                }
            }

            return _counts.Select(pair => (pair.Key, pair.Value));
        }

        int TermOf(ReadOnlySpan<char> folded)
        {
            if (_words.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(folded, out var known))
            {
                return known;
            }

            var word = folded.ToString();
            var term = Skipped;
            if (!StopWords.Contains(folded) && !IsSmallTalk(folded))
            {
                ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_stems, PorterStemmer.Stem(word), out var exists);
                number = exists ? number : _stems.Count - 1;
                term = number;
            }

            _words.Add(word, term);
            return term;
        }
    }
}
