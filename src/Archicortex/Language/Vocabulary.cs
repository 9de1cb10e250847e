using Archicortex.Numerics;

namespace Archicortex.Language;

/// <summary>Numbers for words and stems, shared by everything that counts or compares them.</summary>
/// <remarks>
/// A word is a folded form ("strauss"); a stem stands for its inflected forms ("publish" for "published"). Words are
/// never removed while a memory is open: a word that no passage has any more has no postings and matches nothing. One
/// writer; readers need no lock (see <see cref="StringTable"/>).
/// </remarks>
sealed class Vocabulary
{
    readonly StringTable _words = new();
    readonly StringTable _stems = new();
    readonly PagedTable<WordRecord> _records = new();

    public int WordCount => _words.Count;

    public int StemCount => _stems.Count;

    public string Word(int word) => _words[word];

    public string Stem(int stem) => _stems[stem];

    public int FindWord(ReadOnlySpan<char> folded) => _words.Find(folded);

    public int FindStem(ReadOnlySpan<char> stem) => _stems.Find(stem);

    /// <summary>Stem of a known word.</summary>
    public int StemOf(int word) => _records[word].Stem;

    /// <summary>Known stems of a text, each once.</summary>
    public HashSet<int> StemsIn(string text)
    {
        var buffer = new TokenBuffer();
        buffer.Read(text);
        var stems = new HashSet<int>();
        foreach (var token in buffer.Tokens)
        {
            var word = FindWord(buffer.Folded(token));
            if (word >= 0)
            {
                stems.Add(StemOf(word));
            }
        }

        return stems;
    }

    public int AddWord(ReadOnlySpan<char> folded)
    {
        var word = _words.FindOrAdd(folded);
        if (word == _records.Count)
        {
            _records.Add(new WordRecord(_stems.FindOrAdd(PorterStemmer.Stem(folded.ToString()))));
        }

        return word;
    }

    /// <summary>The number of a stem that need not be that of a word: where other rules bring words together.</summary>
    public int AddStem(ReadOnlySpan<char> stem) => _stems.FindOrAdd(stem);

    /// <summary>Writes words and stems in the order of their numbers.</summary>
    public void Save(BlockWriter writer)
    {
        SaveTexts(writer, _stems);
        SaveTexts(writer, _words);
        for (var word = 0; word < _words.Count; word++)
        {
            writer.Write(_records[word].Stem);
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote into an empty vocabulary: every number comes out the same.</summary>
    public void Load(BlockReader reader)
    {
        LoadTexts(reader, _stems);
        LoadTexts(reader, _words);
        for (var word = 0; word < _words.Count; word++)
        {
            _records.Add(new WordRecord(reader.ReadInt()));
        }
    }

    static void SaveTexts(BlockWriter writer, StringTable texts)
    {
        writer.Write(texts.Count);
        for (var i = 0; i < texts.Count; i++)
        {
            writer.Write(texts[i]);
        }
    }

    static void LoadTexts(BlockReader reader, StringTable texts)
    {
        var count = reader.ReadInt();
        for (var i = 0; i < count; i++)
        {
            if (texts.FindOrAdd(reader.ReadText()) != i)
            {
                throw new InvalidDataException($"Text {i} stands twice.");
            }
        }
    }

    readonly record struct WordRecord(int Stem);
}
