using Archicortex.Numerics;

namespace Archicortex.Practice;

/// <summary>Which situations (of cases, or what concepts say) have which words. One writer; readers hold a snapshot.</summary>
/// <remarks>
/// It stands beside the index of passages, not in it: cases must not change what a question finds, nor how rare its words
/// are there. Words are never taken out; one that no case has any more counts as unknown.
/// </remarks>
sealed class SituationIndex
{
    readonly StringTable _words = new();
    readonly PagedTable<IntRow> _having = new();
    readonly PagedTable<IndexedSituation> _rows = new();
    readonly Dictionary<string, int> _rowOf = [];

    public void Add(string id, string situation)
    {
        var read = SituationWords.Read(situation);
        var words = new IndexedWord[read.Length];
        var row = _rows.Count;
        for (var i = 0; i < read.Length; i++)
        {
            var word = _words.FindOrAdd(read[i].Text);
            if (word == _having.Count)
            {
                _having.Add(default);
            }

            ref var having = ref _having.Edit(word);
            having = having.Append(row);
            words[i] = new(word, read[i].IsName);
        }

        _rows.Add(new(id, words));
        _rowOf.Add(id, row);
    }

    public void Remove(string id)
    {
        _rowOf.Remove(id, out var row);
        foreach (var (word, _) in _rows[row].Words!)
        {
            ref var having = ref _having.Edit(word);
            having = having.Remove(row);
        }

        _rows.Edit(row) = default;
    }

    public SituationSnapshot Freeze() => new(_words, _having.Freeze(), _rows.Freeze(), _rowOf.Count);
}

/// <summary>A word of a situation.</summary>
/// <param name="Word">Its number.</param>
/// <param name="IsName">It is a name there, or a part of one.</param>
readonly record struct IndexedWord(int Word, bool IsName);

/// <summary>A situation's row; empty once it is forgotten.</summary>
readonly record struct IndexedSituation(string? Id, IndexedWord[]? Words);

/// <summary>How like a situation is to each that is known.</summary>
/// <remarks>
/// The cosine of two vectors of words: w = ln(1 + (N + 10) / (n + 1)), n of N texts having the word, where the passages of
/// the memory count with the cases, so that a memory of few cases knows all the same which words are common. The 10 keeps
/// a handful of texts from making every word of them common. 1: the same words; 0: none in common.
/// </remarks>
sealed class SituationSnapshot(StringTable words, PagedTable<IntRow>.Frozen having, PagedTable<IndexedSituation>.Frozen rows, int liveCount)
{
    const double NameWeight = 0.5;
    const int TextsAssumed = 10;

    readonly PagedTable<IntRow>.Frozen _having = having;
    readonly PagedTable<IndexedSituation>.Frozen _rows = rows;

    /// <summary>Ids of those that are at least so like a situation, in no order.</summary>
    /// <param name="situation">Its words.</param>
    /// <param name="least">The least likeness, in [0, 1].</param>
    /// <param name="passages">How many passages the memory has.</param>
    /// <param name="passagesWith">How many of them have a word; a stem, or a name as <see cref="SituationWords"/> writes it.</param>
    public List<(string Id, double Similarity)> Like(SituationWord[] situation, double least, int passages, Func<string, int> passagesWith)
    {
        var weights = new Dictionary<int, double>();
        double WeightOf(string text, int word) =>
            Math.Log(1 + ((liveCount + passages + TextsAssumed) / (1.0 + passagesWith(text) + (word < 0 ? 0 : _having[word].Count))));

        var needsPlain = situation.Any(word => !word.IsName);
        var length = 0.0;
        var found = new Dictionary<int, (double Dot, bool HasPlain)>();
        foreach (var (text, isName) in situation)
        {
            var word = words.Find(text);
            word = word < _having.Count ? word : -1;
            var weight = WeightOf(text, word);
            var own = weight * (isName ? NameWeight : 1);
            length += own * own;
            if (word < 0)
            {
                continue;
            }

            weights[word] = weight;
            foreach (var row in _having[word].Items)
            {
                var theirs = Array.Find(_rows[row].Words!, one => one.Word == word).IsName;
                var (dot, hasPlain) = found.GetValueOrDefault(row);
                found[row] = (dot + (own * weight * (theirs ? NameWeight : 1)), hasPlain || !(isName && theirs));
            }
        }

        double LengthOf(IndexedWord[] theirs)
        {
            var sum = 0.0;
            foreach (var (word, isName) in theirs)
            {
                if (!weights.TryGetValue(word, out var weight))
                {
                    weights[word] = weight = WeightOf(words[word], word);
                }

                sum += weight * weight * (isName ? NameWeight * NameWeight : 1);
            }

            return sum;
        }

        var like = new List<(string, double)>();
        foreach (var (row, (dot, hasPlain)) in found)
        {
            if (hasPlain || !needsPlain)
            {
                var similarity = dot / Math.Sqrt(length * LengthOf(_rows[row].Words!));
                if (similarity >= least)
                {
                    like.Add((_rows[row].Id!, similarity));
                }
            }
        }

        return like;
    }
}
