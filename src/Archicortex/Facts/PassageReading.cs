using Archicortex.Documents;
using Archicortex.Language;

namespace Archicortex.Facts;

/// <summary>A sentence of a reading.</summary>
/// <param name="Tokens">Its tokens.</param>
/// <param name="Text">Where it stands in the passage's text; empty for the heading and the speaker.</param>
/// <param name="IsHeading">True for the title, which names what the passage is about.</param>
readonly record struct ReadSentence(TokenRange Tokens, TextSpan Text, bool IsHeading);

/// <summary>What reading a passage finds: its words, its sentences, the names in it, and what its title calls it.</summary>
/// <remarks>
/// A pure function of the passage: reading the same passage again gives the same result, which is how forgetting knows
/// what to take out. The title is the first sentence, the speaker the second if there is one. Reused from passage to
/// passage; a reading is void once the next one is read.
/// </remarks>
sealed class PassageReading
{
    readonly List<ReadSentence> _sentences = [];
    readonly List<TokenRange> _names = [];
    readonly List<TokenRange> _titleNames = [];
    int[] _words = new int[256];

    public TokenBuffer Buffer { get; } = new();

    public IReadOnlyList<ReadSentence> Sentences => _sentences;

    /// <summary>Every name found in title and text, repeats included.</summary>
    public IReadOnlyList<TokenRange> Names => _names;

    /// <summary>
    /// The tokens that say what the passage is about: its title and section; without those, the name it opens with;
    /// empty if it has neither.
    /// </summary>
    public TokenRange Heading { get; private set; }

    /// <summary>What its heading calls the passage.</summary>
    public IReadOnlyList<TokenRange> TitleNames => _titleNames;

    /// <summary>The tokens as numbers of the vocabulary, once <see cref="Number"/> has run.</summary>
    public ReadOnlySpan<int> Words => _words.AsSpan(0, Buffer.Count);

    public void Read(Passage passage)
    {
        Buffer.Clear();
        _sentences.Clear();
        _names.Clear();
        _titleNames.Clear();
        ReadHeading(passage);
        if (passage.Speaker is { Length: > 0 } speaker)
        {
            ReadSentence(speaker, default);
        }

        var text = passage.Text;
        foreach (var span in SentenceSplitter.Split(text))
        {
            ReadSentence(text.AsSpan(span.Start, span.Length), span);
        }

        if (Heading.Count == 0 && passage.Speaker is null && _sentences.Count > 1)
        {
            Heading = OpeningName.Find(Buffer, _sentences[1].Tokens, _names);
            if (Heading.Count > 0)
            {
                _titleNames.Add(Heading);
            }
        }
    }

    /// <summary>Gives every token its number, adding words that are new. Only the writer may call this.</summary>
    public void Number(Vocabulary vocabulary)
    {
        if (_words.Length < Buffer.Count)
        {
            _words = new int[Math.Max(Buffer.Count, _words.Length * 2)];
        }

        for (var i = 0; i < Buffer.Count; i++)
        {
            _words[i] = vocabulary.AddWord(Buffer.Folded(Buffer[i]));
        }
    }

    void ReadHeading(Passage passage)
    {
        var start = Buffer.Count;
        foreach (var title in (ReadOnlySpan<string?>)[passage.Title, passage.Section])
        {
            if (string.IsNullOrEmpty(title))
            {
                continue;
            }

            var first = Buffer.Count;
            Buffer.Read(title);
            var tokens = new TokenRange(first, Buffer.Count - first);
            NameSpans.Find(Buffer, first, Buffer.Count, _names);
            Facts.TitleNames.Find(title, Buffer, tokens, _titleNames);
        }

        Heading = new(start, Buffer.Count - start);
        _sentences.Add(new(Heading, default, IsHeading: true));
    }

    void ReadSentence(ReadOnlySpan<char> text, TextSpan span)
    {
        var start = Buffer.Count;
        Buffer.Read(text, span.Start);
        NameSpans.Find(Buffer, start, Buffer.Count, _names);
        _sentences.Add(new(new(start, Buffer.Count - start), span, IsHeading: false));
    }
}
