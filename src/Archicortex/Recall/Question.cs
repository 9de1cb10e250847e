using Archicortex.Facts;
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

    readonly TokenBuffer _buffer = new();
    string[] _words = [];

    Question(string text) => Text = text;

    public string Text { get; }

    /// <summary>Its words, folded, misspelt ones as they were read.</summary>
    public ReadOnlySpan<string> Words => _words;

    /// <summary>How a word is written.</summary>
    public Token Token(int word) => _buffer[word];

    /// <summary>Known stems of all words, repeats included, in the order of the question.</summary>
    public IReadOnlyList<int> Stems { get; private set; } = [];

    /// <summary>Distinct known stems that are no stop words, at most <see cref="TermsMax"/>.</summary>
    public QuestionTerm[] Terms { get; private set; } = [];

    /// <summary>Names in the question that the memory knows.</summary>
    public LinkedPhrase[] Linked { get; private set; } = [];

    /// <summary>Distinct words, stop words left out, that stand in no passage.</summary>
    public int UnknownWords { get; private set; }

    /// <summary>What is written as a name, and stands for nothing in the memory: no name of it, and one of its words is in no passage.</summary>
    public IReadOnlyList<TextSpan> Strangers { get; private set; } = [];

    /// <summary>Words that were read as others.</summary>
    public IReadOnlyList<SpellingCorrection> Corrections { get; private set; } = [];

    public static Question Read(string text, Vocabulary vocabulary, LexicalSnapshot lexical, GraphSnapshot graph)
    {
        var question = new Question(UnicodeText.Compose(text));
        question._buffer.Read(question.Text);
        question.ReadWords(vocabulary, lexical, graph);
        question.ReadTerms(vocabulary, lexical);
        question.Linked = new PhraseLinker(question._buffer, question._words, vocabulary, graph).Link();
        question.ReadStrangers(vocabulary, lexical);
        return question;
    }

    void ReadStrangers(Vocabulary vocabulary, LexicalSnapshot lexical)
    {
        var names = new List<TokenRange>();
        NameSpans.Find(_buffer, 0, _buffer.Count, names);
        var strangers = new List<TextSpan>();
        foreach (var name in names)
        {
            var last = _buffer[name.End - 1];
            var span = new TextSpan(_buffer[name.Start].Start, last.Start + last.Length - _buffer[name.Start].Start);
            if (!Array.Exists(Linked, link => link.Text.Start < span.End && span.Start < link.Text.End)
                && Enumerable.Range(name.Start, name.Count).Any(at => IsUnknown(_words[at], vocabulary, lexical)))
            {
                strangers.Add(span);
            }
        }

        Strangers = strangers;
    }

    static bool IsUnknown(string word, Vocabulary vocabulary, LexicalSnapshot lexical) =>
        !StopWords.Contains(word) && lexical.PassageFrequency(vocabulary.FindStem(PorterStemmer.Stem(word))) == 0;

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
        var unknown = new HashSet<string>();
        foreach (var word in _words)
        {
            var stem = vocabulary.FindStem(PorterStemmer.Stem(word));
            if (stem < 0 || lexical.PassageFrequency(stem) == 0)
            {
                if (!StopWords.Contains(word))
                {
                    unknown.Add(word);
                }

                continue;
            }

            stems.Add(stem);
            if (!StopWords.Contains(word) && seen.Add(stem))
            {
                terms.Add(new(stem, lexical.Idf(stem)));
            }
        }

        Stems = stems;
        UnknownWords = unknown.Count;
        Terms = terms.Count <= TermsMax
            ? [.. terms]
            : [.. terms.OrderByDescending(term => term.Idf).ThenBy(term => vocabulary.Stem(term.Stem), StringComparer.Ordinal).Take(TermsMax)];
    }
}
