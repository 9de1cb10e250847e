using Archicortex.Facts;
using Archicortex.Graph;
using Archicortex.Language;

namespace Archicortex.Recall;

/// <summary>Finds the names of a memory in a question, and says how sure each of them is.</summary>
/// <remarks>
/// Longest names from left to right, and shorter ones inside them that are written as names by themselves. Capitals make
/// a name sure; without them it counts as far as the memory writes its words as names. A capitalised word that is no name
/// by itself stands for the few names it is part of: people ask for "Marlow", and the text says "Ines Marlow".
/// </remarks>
/// <param name="buffer">The question's tokens.</param>
/// <param name="texts">Their folded words, spelling repaired.</param>
/// <param name="vocabulary">Numbers of words.</param>
/// <param name="graph">The names known.</param>
sealed class PhraseLinker(TokenBuffer buffer, string[] texts, Vocabulary vocabulary, GraphSnapshot graph)
{
    const int LengthMin = 3;

    // Below this a word of the question only happens to be a name somewhere ("the shock wave" and a film "Shock").
    const double UnsureWeightMin = 0.1;

    // A part of more names than this, or of names in more passages, points at none of them.
    const int PartOfNamesMax = 8;
    const int PartOfPassagesMax = 32;
    const double PartWeight = 0.5;

    readonly List<LinkedPhrase> _linked = [];
    readonly bool[] _isCovered = new bool[texts.Length];
    readonly int[] _words = Array.ConvertAll(texts, text => vocabulary.FindWord(text));

    public LinkedPhrase[] Link()
    {
        LinkWhole();
        for (var at = 0; at < _words.Length; at++)
        {
            LinkPart(at);
        }

        return [.. _linked];
    }

    void LinkWhole()
    {
        var spans = new List<TokenRange>();
        NameSpans.Find(buffer, 0, buffer.Count, spans);
        var end = 0;
        for (var start = 0; start < _words.Length; start++)
        {
            foreach (var (phrase, count) in MatchesFrom(start))
            {
                if (!IsLongEnough(start, count))
                {
                    continue;
                }

                if (start >= end)
                {
                    end = start + count;
                }
                else if (!spans.Contains(new(start, count)))
                {
                    continue;
                }

                Add(phrase, start, count);
            }
        }
    }

    /// <summary>Phrases that start at a word, longest first.</summary>
    List<(int Phrase, int Count)> MatchesFrom(int start)
    {
        var matches = new List<(int, int)>();
        var node = GraphSnapshot.TrieRoot;
        for (var at = start; at < _words.Length && _words[at] >= 0; at++)
        {
            node = graph.Child(node, _words[at]);
            if (node < 0)
            {
                break;
            }

            if (graph.IsPhrase(node))
            {
                matches.Insert(0, (node, at - start + 1));
            }
        }

        return matches;
    }

    void LinkPart(int at)
    {
        var token = buffer[at];
        if (at == 0 || !token.Is(TokenMarks.Capital) || token.FoldedLength < LengthMin || StopWords.Contains(texts[at]) || _isCovered[at])
        {
            return;
        }

        var passages = graph.NamedIn(_words[at]);
        if (passages.Length > PartOfPassagesMax)
        {
            return;
        }

        var names = new SortedSet<int>();
        foreach (var passage in passages)
        {
            foreach (var phrase in graph.Passage(passage).Phrases.Items)
            {
                if (graph.HasWord(phrase, _words[at]))
                {
                    names.Add(phrase);
                }
            }
        }

        if (names.Count > PartOfNamesMax)
        {
            return;
        }

        foreach (var name in names)
        {
            Add(name, graph.Pidf(name) * PartWeight / names.Count, new(token.Start, token.Length));
        }
    }

    bool IsLongEnough(int start, int count)
    {
        var length = count - 1;
        for (var i = start; i < start + count; i++)
        {
            // One Chinese character says as much as a few letters.
            length += buffer[i].Is(TokenMarks.Uncased) ? LengthMin : buffer[i].FoldedLength;
        }

        return length >= LengthMin;
    }

    void Add(int phrase, int start, int count)
    {
        var first = buffer[start];
        var last = buffer[start + count - 1];
        var isSure = (first.LooksNamed || last.LooksNamed) && !(count == 1 && start == 0);
        var weight = graph.Pidf(phrase) * (isSure ? 1 : graph.UncapitalisedRatio(phrase));
        if (isSure || weight >= UnsureWeightMin)
        {
            _isCovered.AsSpan(start, count).Fill(true);
            Add(phrase, weight, new(first.Start, last.Start + last.Length - first.Start));
        }
    }

    /// <summary>A phrase that is linked twice keeps its larger weight.</summary>
    void Add(int phrase, double weight, TextSpan text)
    {
        var known = _linked.FindIndex(link => link.Phrase == phrase);
        if (known < 0)
        {
            _linked.Add(new(phrase, weight, text));
        }
        else if (_linked[known].Weight < weight)
        {
            _linked[known] = new(phrase, weight, text);
        }
    }
}
