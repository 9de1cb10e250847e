using Archicortex.Graph;
using Archicortex.Indexing;
using Archicortex.Language;

namespace Archicortex.Recall;

/// <summary>A word of the question that says what it asks for.</summary>
/// <param name="Stem">Its stem.</param>
/// <param name="Idf">How rare it is.</param>
readonly record struct QuestionTerm(int Stem, double Idf);

/// <summary>A name of the memory that stands in the question.</summary>
/// <param name="Phrase">The phrase.</param>
/// <param name="Weight">What it weighs as a seed, before normalising.</param>
/// <param name="Text">Where it stands in the question.</param>
readonly record struct LinkedPhrase(int Phrase, double Weight, TextSpan Text);

/// <summary>A question as the memory understands it: stems to look up, terms to cover, names to start from.</summary>
sealed class Question
{
    /// <summary>Terms a question may have: they are counted in the bits of one word. The rarest are kept.</summary>
    public const int TermsMax = 64;

    const int LinkLengthMin = 3;

    // Below this a word of the question only happens to be a name somewhere ("the shock wave" and a film "Shock").
    const double UnsureWeightMin = 0.1;

    readonly TokenBuffer _buffer = new();
    string[] _words = [];

    Question(string text) => Text = text;

    public string Text { get; }

    /// <summary>Known stems of all words, repeats included, in the order of the question.</summary>
    public IReadOnlyList<int> Stems { get; private set; } = [];

    /// <summary>Distinct known stems that are no stop words, at most <see cref="TermsMax"/>.</summary>
    public IReadOnlyList<QuestionTerm> Terms { get; private set; } = [];

    /// <summary>Names in the question that the memory knows.</summary>
    public IReadOnlyList<LinkedPhrase> Linked { get; private set; } = [];

    /// <summary>Words that were read as others.</summary>
    public IReadOnlyList<SpellingCorrection> Corrections { get; private set; } = [];

    public static Question Read(string text, Vocabulary vocabulary, LexicalSnapshot lexical, GraphSnapshot graph)
    {
        var question = new Question(UnicodeText.Compose(text));
        question._buffer.Read(question.Text);
        question.ReadWords(vocabulary, lexical, graph);
        question.ReadTerms(vocabulary, lexical);
        question.LinkPhrases(vocabulary, graph);
        return question;
    }

    void ReadWords(Vocabulary vocabulary, LexicalSnapshot lexical, GraphSnapshot graph)
    {
        _words = new string[_buffer.Count];
        for (var i = 0; i < _words.Length; i++)
        {
            _words[i] = _buffer.Folded(_buffer[i]).ToString();
        }

        var repair = new SpellingRepair(vocabulary, lexical, graph);
        var corrections = new List<SpellingCorrection>();
        for (var i = 0; i < _words.Length; i++)
        {
            var before = i == 0 ? -1 : vocabulary.FindWord(_words[i - 1]);
            var after = i + 1 == _words.Length ? -1 : vocabulary.FindWord(_words[i + 1]);
            if (repair.Find(_words[i], before, after) is { } known)
            {
                corrections.Add(new(Text.Substring(_buffer[i].Start, _buffer[i].Length), known));
                _words[i] = known;
            }
        }

        Corrections = corrections;
    }

    void ReadTerms(Vocabulary vocabulary, LexicalSnapshot lexical)
    {
        var stems = new List<int>();
        var terms = new List<QuestionTerm>();
        var seen = new HashSet<int>();
        foreach (var word in _words)
        {
            var stem = vocabulary.FindStem(PorterStemmer.Stem(word));
            if (stem < 0 || lexical.PassageFrequency(stem) == 0)
            {
                continue;
            }

            stems.Add(stem);
            if (!StopWords.Contains(word) && seen.Add(stem))
            {
                terms.Add(new(stem, lexical.Idf(stem)));
            }
        }

        Stems = stems;
        Terms = terms.Count <= TermsMax
            ? terms
            : [.. terms.OrderByDescending(term => term.Idf).ThenBy(term => vocabulary.Stem(term.Stem), StringComparer.Ordinal).Take(TermsMax)];
    }

    /// <summary>
    /// Longest names from left to right, and shorter ones inside them that are written as names by themselves. Capitals
    /// in the question make a name sure; without them it counts as far as the memory writes it as a name.
    /// </summary>
    void LinkPhrases(Vocabulary vocabulary, GraphSnapshot graph)
    {
        var words = new int[_buffer.Count];
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = vocabulary.FindWord(_words[i]);
        }

        var spans = new List<Facts.TokenRange>();
        Facts.NameSpans.Find(_buffer, 0, _buffer.Count, spans);
        var linked = new List<LinkedPhrase>();
        var end = 0;
        for (var start = 0; start < words.Length; start++)
        {
            foreach (var (phrase, count) in MatchesFrom(start, words, graph))
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

                Link(phrase, start, count, graph, linked);
            }
        }

        Linked = linked;
    }

    /// <summary>Phrases that start at a word, longest first.</summary>
    static List<(int Phrase, int Count)> MatchesFrom(int start, int[] words, GraphSnapshot graph)
    {
        var matches = new List<(int, int)>();
        var node = GraphSnapshot.TrieRoot;
        for (var at = start; at < words.Length && words[at] >= 0; at++)
        {
            node = graph.Child(node, words[at]);
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

    bool IsLongEnough(int start, int count)
    {
        var length = count - 1;
        for (var i = start; i < start + count; i++)
        {
            // One Chinese character says as much as a few letters.
            length += _buffer[i].Is(TokenMarks.Uncased) ? LinkLengthMin : _buffer[i].FoldedLength;
        }

        return length >= LinkLengthMin;
    }

    void Link(int phrase, int start, int count, GraphSnapshot graph, List<LinkedPhrase> linked)
    {
        var first = _buffer[start];
        var last = _buffer[start + count - 1];
        var isSure = (first.LooksNamed || last.LooksNamed) && !(count == 1 && start == 0);
        var weight = graph.Pidf(phrase) * (isSure ? 1 : graph.UncapitalisedRatio(phrase));
        if (weight < UnsureWeightMin && !isSure)
        {
            return;
        }

        var text = new TextSpan(first.Start, last.Start + last.Length - first.Start);
        var known = linked.FindIndex(link => link.Phrase == phrase);
        if (known < 0)
        {
            linked.Add(new(phrase, weight, text));
        }
        else if (linked[known].Weight < weight)
        {
            linked[known] = new(phrase, weight, text);
        }
    }
}
