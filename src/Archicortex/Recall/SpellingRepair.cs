using Archicortex.Graph;
using Archicortex.Indexing;
using Archicortex.Language;

namespace Archicortex.Recall;

/// <summary>Reads a misspelt word of a question as the known word it was meant to be.</summary>
/// <remarks>
/// A name with one wrong letter links to nothing, and the walk then starts nowhere. A word of five letters or more that
/// the memory knows neither as a word nor by its stem is replaced by a known word one edit away (a letter left out,
/// added, wrong, or two swapped) with the same first letter; one that forms a name with its neighbour is preferred, then
/// the more frequent one. Some hundred look-ups per unknown word, none for the others. Measured with one random typo in
/// a name of each question: recall of the gold passages among the first five falls to 59–79 % without, 78–95 % with it.
/// </remarks>
sealed class SpellingRepair(Vocabulary vocabulary, LexicalSnapshot lexical, GraphSnapshot graph)
{
    const int LengthMin = 5;
    const int LengthMax = 40;

    (int Rank, int Count, string Word) _best;

    /// <summary>The known word, or null if the word is known, too short, or like no other.</summary>
    /// <param name="word">Folded form.</param>
    /// <param name="before">Number of the word before it, or −1.</param>
    /// <param name="after">Number of the word after it, or −1.</param>
    public string? Find(ReadOnlySpan<char> word, int before, int after)
    {
        if (word.Length is < LengthMin or > LengthMax || !IsPlain(word) || StopWords.Contains(word) || IsKnown(word))
        {
            return null;
        }

        _best = (-1, 0, "");
        Span<char> changed = stackalloc char[LengthMax + 1];
        for (var at = 1; at <= word.Length; at++)
        {
            TryEdits(word, at, changed, before, after);
        }

        return _best.Rank < 0 ? null : _best.Word;
    }

    void TryEdits(ReadOnlySpan<char> word, int at, Span<char> changed, int before, int after)
    {
        word[..at].CopyTo(changed);
        if (at < word.Length)
        {
            word[(at + 1)..].CopyTo(changed[at..]);
            Try(changed[..(word.Length - 1)], before, after);
        }

        if (at + 1 < word.Length)
        {
            word.CopyTo(changed);
            (changed[at], changed[at + 1]) = (changed[at + 1], changed[at]);
            Try(changed[..word.Length], before, after);
        }

        for (var letter = 'a'; letter <= 'z'; letter++)
        {
            if (at < word.Length)
            {
                word.CopyTo(changed);
                changed[at] = letter;
                Try(changed[..word.Length], before, after);
            }

            word[at..].CopyTo(changed[(at + 1)..]);
            changed[at] = letter;
            Try(changed[..(word.Length + 1)], before, after);
        }
    }

    void Try(ReadOnlySpan<char> candidate, int before, int after)
    {
        var word = vocabulary.FindWord(candidate);
        var count = word < 0 ? 0 : graph.Occurrences(word);
        if (count == 0)
        {
            return;
        }

        var rank = IsNameStart(before, word) || IsNameStart(word, after) ? 1 : 0;
        if ((rank, count).CompareTo((_best.Rank, _best.Count)) is var order
            && (order > 0 || (order == 0 && string.CompareOrdinal(_best.Word, candidate.ToString()) < 0)))
        {
            _best = (rank, count, candidate.ToString());
        }
    }

    bool IsNameStart(int first, int second)
    {
        if (first < 0 || second < 0)
        {
            return false;
        }

        var node = graph.Child(GraphSnapshot.TrieRoot, first);
        node = node < 0 ? node : graph.Child(node, second);
        return node >= 0 && graph.StartsPhrase(node);
    }

    bool IsKnown(ReadOnlySpan<char> word) =>
        graph.Occurrences(vocabulary.FindWord(word)) > 0
        || lexical.PassageFrequency(vocabulary.FindStem(PorterStemmer.Stem(word.ToString()))) > 0;

    static bool IsPlain(ReadOnlySpan<char> word)
    {
        foreach (var letter in word)
        {
            if (!char.IsAsciiLetterLower(letter))
            {
                return false;
            }
        }

        return true;
    }
}
