using Archicortex.Documents;
using Archicortex.Facts;
using Archicortex.Graph;
using Archicortex.Language;

namespace Archicortex.Testing.Oracles;

/// <summary>A sentence as plain words.</summary>
sealed record NaiveSentence(string[] Words, TokenMarks[] Marks, bool IsHeading);

/// <summary>A passage as plain words.</summary>
sealed record NaivePassage(
    UInt128 Id, UInt128 DocumentId, NaiveSentence[] Sentences, string[] Heading, string[] Words, HashSet<string> Names, HashSet<string> TitleNames)
{
    /// <summary>Sentences, the heading left out, by the phrases they hold.</summary>
    public Dictionary<string, List<int>> Holds { get; } = [];
}

/// <summary>The graph counted anew from the passages: every phrase against every sentence, nothing incremental.</summary>
sealed class NaiveMemory
{
    const double Prior = 0.5;
    const double StartShare = 0.1;

    readonly Dictionary<string, (int Lower, int Named, int Start)> _written = [];
    readonly Dictionary<string, HashSet<UInt128>> _namedIn = [];

    public NaiveMemory(IEnumerable<Passage> passages)
    {
        Passages = [.. passages.Select(Read).OrderBy(passage => passage.Id)];
        foreach (var phrase in Passages.SelectMany(passage => passage.Names))
        {
            Support[phrase] = Support.GetValueOrDefault(phrase) + 1;
        }

        foreach (var passage in Passages)
        {
            Count(passage);
            Hold(passage);
        }
    }

    /// <summary>In the order of their ids.</summary>
    public NaivePassage[] Passages { get; }

    /// <summary>Passages that use a phrase as a name or are called by it.</summary>
    public Dictionary<string, int> Support { get; } = [];

    public IEnumerable<NaivePassage> Holders(string phrase) => Passages.Where(passage => passage.Holds.ContainsKey(phrase));

    public IEnumerable<NaivePassage> Owners(string phrase) => Passages.Where(passage => passage.TitleNames.Contains(phrase));

    public int Occurrences(string word)
    {
        var (lower, named, start) = _written.GetValueOrDefault(word);
        return Math.Max(lower + named + start, _namedIn.TryGetValue(word, out var passages) ? passages.Count : 0);
    }

    public IReadOnlySet<UInt128> NamedIn(string word) => _namedIn.TryGetValue(word, out var passages) ? passages : new HashSet<UInt128>();

    public IEnumerable<string> Words => Passages.SelectMany(passage => passage.Words).Distinct();

    public double Ratio(string phrase)
    {
        if (phrase.Contains(' ', StringComparison.Ordinal))
        {
            return 1;
        }

        var (lower, named, start) = _written.GetValueOrDefault(phrase);
        return Math.Min(1, (named + Prior) / (lower + named + (StartShare * start) + Prior));
    }

    public double Pidf(string phrase)
    {
        double Idf(int n) => Math.Log(1 + ((Passages.Length - n + 0.5) / (n + 0.5)));
        return Idf(Holders(phrase).Count()) / Idf(1);
    }

    public double Weight(string phrase) => Pidf(phrase) * Ratio(phrase);

    static NaivePassage Read(Passage passage)
    {
        var reading = new PassageReading();
        reading.Read(passage);
        var buffer = reading.Buffer;
        string[] Words(TokenRange range) =>
            [.. Enumerable.Range(range.Start, range.Count).Select(i => buffer.Folded(buffer[i]).ToString())];
        HashSet<string> Keys(IEnumerable<TokenRange> names) =>
            [.. names.Where(name => name.Count <= MemoryGraph.PhraseWordsMax).Select(name => string.Join(' ', Words(name)))];
        var sentences = reading.Sentences.Select(sentence => new NaiveSentence(
            Words(sentence.Tokens),
            [.. Enumerable.Range(sentence.Tokens.Start, sentence.Tokens.Count).Select(i => buffer[i].Marks)],
            sentence.IsHeading));
        return new NaivePassage(
            passage.Id.Value,
            passage.DocumentId.Value,
            [.. sentences],
            Words(reading.Heading),
            Words(new(0, buffer.Count)),
            Keys(reading.Names.Concat(reading.TitleNames)),
            Keys(reading.TitleNames));
    }

    void Count(NaivePassage passage)
    {
        foreach (var sentence in passage.Sentences)
        {
            for (var i = 0; i < sentence.Words.Length; i++)
            {
                var (word, marks) = (sentence.Words[i], sentence.Marks[i]);
                var isNamed = LooksNamed(marks);
                if (isNamed || sentence.IsHeading)
                {
                    (_namedIn.TryGetValue(word, out var named) ? named : _namedIn[word] = []).Add(passage.Id);
                }

                if (!sentence.IsHeading)
                {
                    var counts = _written.GetValueOrDefault(word);
                    var atStart = marks.HasFlag(TokenMarks.Capital) && marks.HasFlag(TokenMarks.SentenceStart);
                    _written[word] = (
                        counts.Lower + (isNamed ? 0 : 1),
                        counts.Named + (isNamed && !atStart ? 1 : 0),
                        counts.Start + (isNamed && atStart ? 1 : 0));
                }
            }
        }
    }

    void Hold(NaivePassage passage)
    {
        foreach (var phrase in Support.Keys)
        {
            var words = phrase.Split(' ');
            var held = new List<int>();
            for (var s = 0; s < passage.Sentences.Length; s++)
            {
                if (Holds(passage.Sentences[s], words))
                {
                    held.Add(s);
                }
            }

            if (held.Count > 0)
            {
                passage.Holds.Add(phrase, held);
            }
        }
    }

    static bool Holds(NaiveSentence sentence, string[] words)
    {
        for (var start = 0; start + words.Length <= sentence.Words.Length; start++)
        {
            if (sentence.Words.AsSpan(start, words.Length).SequenceEqual(words)
                && (sentence.IsHeading || LooksNamed(sentence.Marks[start]) || LooksNamed(sentence.Marks[start + words.Length - 1])))
            {
                return true;
            }
        }

        return false;
    }

    static bool LooksNamed(TokenMarks marks) => (marks & (TokenMarks.Capital | TokenMarks.Number | TokenMarks.Uncased)) != 0;
}
