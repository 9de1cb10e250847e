using Archicortex.Facts;
using Archicortex.Language;

namespace Archicortex.Testing.Oracles;

/// <summary>A question read by word lists: repaired words, stems, terms, linked names.</summary>
sealed class NaiveQuestion
{
    const int SpellingLengthMin = 5;
    const int LinkLengthMin = 3;
    const double UnsureWeightMin = 0.1;

    readonly NaiveGraph _graph;
    readonly TokenBuffer _buffer = new();
    readonly HashSet<int> _covered = [];

    public NaiveQuestion(string text, NaiveGraph graph, NaiveLexical lexical)
    {
        _graph = graph;
        _buffer.Read(text);
        Words = new string[_buffer.Count];
        for (var i = 0; i < Words.Length; i++)
        {
            Words[i] = _buffer.Folded(_buffer[i]).ToString();
        }

        Repair();
        Stems = [.. Words.Select(PorterStemmer.Stem).Where(stem => lexical.Frequency(stem) > 0)];
        Terms = [.. Words.Where(word => !StopWords.Contains(word)).Select(PorterStemmer.Stem)
            .Where(stem => lexical.Frequency(stem) > 0).Distinct()];
        Link();
        LinkParts();
    }

    public string[] Words { get; }

    public string[] Stems { get; }

    public string[] Terms { get; }

    /// <summary>Linked phrases and their seed weights.</summary>
    public Dictionary<string, double> Linked { get; } = [];

    void Repair()
    {
        var memory = _graph.Memory;
        var known = memory.Words.ToList();
        var stems = known.Select(PorterStemmer.Stem).ToHashSet();
        for (var i = 0; i < Words.Length; i++)
        {
            var word = Words[i];
            if (word.Length < SpellingLengthMin || !word.All(char.IsAsciiLetterLower)
                || known.Contains(word) || stems.Contains(PorterStemmer.Stem(word)))
            {
                continue;
            }

            var before = i == 0 ? null : Words[i - 1];
            var after = i + 1 == Words.Length ? null : Words[i + 1];
            Words[i] = known.Where(other => IsOneEdit(word, other))
                .OrderByDescending(other => StartsName(before, other) || StartsName(other, after))
                .ThenByDescending(memory.Occurrences)
                .ThenByDescending(other => other, StringComparer.Ordinal)
                .FirstOrDefault() ?? word;
        }
    }

    bool StartsName(string? first, string? second) => first is not null && second is not null
        && _graph.Phrases.Any(phrase => (phrase + " ").StartsWith($"{first} {second} ", StringComparison.Ordinal));

    /// <summary>A letter left out, added, wrong, or two swapped, anywhere but at the first.</summary>
    public static bool IsOneEdit(string word, string other)
    {
        if (word == other || word[0] != other[0] || Math.Abs(word.Length - other.Length) > 1)
        {
            return false;
        }

        if (word.Length != other.Length)
        {
            var (longer, shorter) = word.Length > other.Length ? (word, other) : (other, word);
            return Enumerable.Range(1, longer.Length - 1).Any(at => longer.Remove(at, 1) == shorter);
        }

        var different = Enumerable.Range(0, word.Length).Where(at => word[at] != other[at]).ToList();
        return different.Count == 1
            || (different.Count == 2 && different[1] == different[0] + 1
                && word[different[0]] == other[different[1]] && word[different[1]] == other[different[0]]);
    }

    void Link()
    {
        var spans = new List<TokenRange>();
        NameSpans.Find(_buffer, 0, _buffer.Count, spans);
        var end = 0;
        for (var start = 0; start < Words.Length; start++)
        {
            for (var count = Words.Length - start; count > 0; count--)
            {
                var phrase = string.Join(' ', Words.AsSpan(start, count)!);
                if (!_graph.Memory.Support.ContainsKey(phrase) || !_graph.Memory.Holders(phrase).Any()
                    || _buffer.Tokens.Slice(start, count).ToArray().Sum(token => token.FoldedLength) + count - 1 < LinkLengthMin)
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

                var isNamed = _buffer[start].LooksNamed || _buffer[start + count - 1].LooksNamed;
                var isSure = isNamed && !(count == 1 && start == 0);
                var ratio = isSure ? 1 : phrase.Split(' ').Max(_graph.Memory.Ratio);
                var weight = _graph.Memory.Pidf(phrase) * ratio;
                if (isSure || weight >= UnsureWeightMin)
                {
                    Linked[phrase] = Math.Max(weight, Linked.GetValueOrDefault(phrase));
                    for (var at = start; at < start + count; at++)
                    {
                        _covered.Add(at);
                    }
                }
            }
        }
    }

    /// <summary>A capitalised word in no linked name stands for the names it is part of: at most 8, in at most 32 passages.</summary>
    void LinkParts()
    {
        for (var at = 1; at < Words.Length; at++)
        {
            var word = Words[at];
            var namedIn = _graph.Memory.NamedIn(word);
            if (_covered.Contains(at) || !_buffer[at].Is(TokenMarks.Capital) || _buffer[at].FoldedLength < LinkLengthMin
                || StopWords.Contains(word) || namedIn.Count > 32)
            {
                continue;
            }

            var names = _graph.Phrases.Where(phrase => phrase.Split(' ').Contains(word)
                && _graph.Memory.Holders(phrase).Any(holder => namedIn.Contains(holder.Id))).ToList();
            if (names.Count > 8)
            {
                continue;
            }

            foreach (var name in names)
            {
                Linked[name] = Math.Max(_graph.Memory.Pidf(name) * 0.5 / names.Count, Linked.GetValueOrDefault(name));
            }

            _covered.Add(at);
        }
    }
}
