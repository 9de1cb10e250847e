using System.Globalization;
using System.Text;
using Archicortex.Documents;

namespace Archicortex.Testing.Corpora;

/// <summary>Small random corpora of made-up words, with what makes names hard: nesting, repeats, capitals, shared titles.</summary>
/// <remarks>The same seed gives the same corpus. Few words and few names, so that everything meets everything.</remarks>
sealed class RandomCorpus
{
    static readonly string[] Syllables = "ba ke li mo nu ra se ti vo za dre plo qui sta tren vel wix yor".Split(' ');
    static readonly string[] Links = "of the in and de is was near with by".Split(' ');

    readonly Random _random;
    readonly string[] _words;
    readonly string[] _names;

    public RandomCorpus(int seed, int words = 40, int names = 14)
    {
        Seed = seed;
        _random = new Random(seed);
        _words = [.. Enumerable.Range(0, words).Select(_ => NewWord()).Distinct()];
        _names = new string[names];
        for (var i = 0; i < names; i++)
        {
            _names[i] = NewName(i);
        }
    }

    public int Seed { get; }

    public IReadOnlyList<string> Names => _names;

    /// <summary>Distinct documents, some of them titled, some of several paragraphs.</summary>
    public List<Document> Documents(int count)
    {
        var documents = new List<Document>();
        for (var i = 0; i < count; i++)
        {
            var document = new Document(Text(1 + _random.Next(4)))
            {
                Id = "doc-" + i.ToString(CultureInfo.InvariantCulture),
                Title = _random.Next(4) == 0 ? null : Title(),
                Speaker = _random.Next(12) == 0 ? Capital(Word()) : null,
            };

            // What somebody says has its place by time: without one, the order of arrival would count.
            documents.Add(document.Speaker is null ? document : document with { Time = DateTimeOffset.UnixEpoch.AddMinutes(i) });
        }

        return documents;
    }

    /// <summary>A question of words and names of the corpus, sometimes with a typing error.</summary>
    public string Question()
    {
        var text = new StringBuilder(_random.Next(2) == 0 ? "Who " : "Where ");
        var parts = 2 + _random.Next(5);
        for (var i = 0; i < parts; i++)
        {
            var part = _random.Next(5) switch
            {
                0 or 1 => Name(),
                2 => Links[_random.Next(Links.Length)],
                _ => Word(),
            };
            part = _random.Next(9) == 0 ? part.ToLowerInvariant() : part;
            text.Append(_random.Next(14) == 0 ? Misspelt(part) : part).Append(' ');
        }

        return text.ToString().TrimEnd() + "?";
    }

    public string Text(int sentences)
    {
        var text = new StringBuilder();
        for (var i = 0; i < sentences; i++)
        {
            text.Append(Sentence()).Append(_random.Next(10) == 0 ? "\n\n" : " ");
        }

        return text.ToString().TrimEnd();
    }

    public T[] Shuffled<T>(IEnumerable<T> items)
    {
        T[] shuffled = [.. items];
        _random.Shuffle(shuffled);
        return shuffled;
    }

    public int Next(int end) => _random.Next(end);

    string Sentence()
    {
        var text = new StringBuilder();
        var parts = 4 + _random.Next(9);
        for (var i = 0; i < parts; i++)
        {
            var part = _random.Next(10) switch
            {
                0 or 1 or 2 => Name(),
                3 or 4 => Links[_random.Next(Links.Length)],
                5 when _random.Next(3) == 0 => (1990 + _random.Next(4)).ToString(CultureInfo.InvariantCulture),
                6 when _random.Next(3) == 0 => Capital(Word()),
                7 when _random.Next(3) == 0 => Name() + "'s",
                _ => Word(),
            };
            text.Append(i == 0 ? Capital(part) : part);
            text.Append(_random.Next(12) == 0 && i + 1 < parts ? ", " : i + 1 < parts ? " " : "");
        }

        return text.Append(_random.Next(8) == 0 ? '?' : '.').ToString();
    }

    string Title() => _random.Next(6) switch
    {
        0 => Name() + " (" + Word() + ")",
        1 => Name() + ", " + Name(),
        2 => Capital(Word()) + " " + Word(),
        _ => Name(),
    };

    string Name() => _names[_random.Next(_names.Length)];

    string Word() => _words[_random.Next(_words.Length)];

    string NewName(int made) => _random.Next(5) switch
    {
        // A name that holds another, and one that is also a common word.
        0 when made > 0 => _names[_random.Next(made)] + " " + Capital(NewWord()),
        1 => Capital(Word()),
        2 => Capital(NewWord()) + " of " + Capital(NewWord()),
        3 => Capital(NewWord()) + "-" + Capital(NewWord()),
        _ => Capital(NewWord()) + " " + Capital(NewWord()),
    };

    string NewWord()
    {
        var word = new StringBuilder();
        for (var left = 2 + _random.Next(2); left > 0; left--)
        {
            word.Append(Syllables[_random.Next(Syllables.Length)]);
        }

        return word.ToString();
    }

    string Misspelt(string word)
    {
        var at = 1 + _random.Next(Math.Max(1, word.Length - 1));
        return at >= word.Length ? word : word.Remove(at, 1);
    }

    static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
