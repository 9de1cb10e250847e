using Archicortex.Numerics;

namespace Archicortex.Graph;

/// <summary>The graph at one moment: frozen rows, read by many at once without locks.</summary>
/// <remarks>
/// Weights are functions of the counts. A phrase weighs pidf · ratio: pidf is its inverse passage frequency scaled to
/// [0, 1], ratio the share of its occurrences that are written as a name (1 for phrases of several words). Passage and
/// phrase are joined by that weight; a passage that holds the title of another is joined to it by ratio divided by the
/// number of passages of that title, at most 1 in each direction.
/// </remarks>
sealed class GraphSnapshot(
    PagedTable<WordRecord>.Frozen words,
    PagedTable<PhraseRecord>.Frozen phrases,
    PagedTable<SentenceRecord>.Frozen sentences,
    PagedTable<PassageRecord>.Frozen passages,
    TokenPool.Frozen tokens,
    PairTable children,
    int liveCount)
{
    const int Root = 0;

    // Evidence for and against a name starts at half an occurrence each; a capital at the start of a sentence, where
    // every word has one, is a tenth of an occurrence.
    const double Prior = 0.5;
    const double StartShare = 0.1;

    readonly PagedTable<WordRecord>.Frozen _words = words;
    readonly PagedTable<PhraseRecord>.Frozen _phrases = phrases;
    readonly PagedTable<SentenceRecord>.Frozen _sentences = sentences;
    readonly PagedTable<PassageRecord>.Frozen _passages = passages;
    readonly TokenPool.Frozen _tokens = tokens;
    readonly double _idfMax = Math.Log(1 + ((liveCount - 0.5) / 1.5));

    /// <summary>Rows of passages, forgotten ones included.</summary>
    public int PassageCount => _passages.Count;

    /// <summary>Rows of phrases, those without support included.</summary>
    public int PhraseCount => _phrases.Count;

    /// <summary>Passages that are remembered.</summary>
    public int LiveCount => liveCount;

    public ref readonly PassageRecord Passage(int passage) => ref _passages[passage];

    public ref readonly PhraseRecord Phrase(int phrase) => ref _phrases[phrase];

    public ref readonly SentenceRecord Sentence(int sentence) => ref _sentences[sentence];

    /// <summary>Words of a sentence.</summary>
    public ReadOnlySpan<int> Words(in SentenceRecord sentence) =>
        _tokens.Words(_passages[sentence.Passage].FirstToken + sentence.FirstToken, sentence.TokenCount);

    /// <summary>How the words of a sentence are written, as <see cref="Language.TokenMarks"/>.</summary>
    public ReadOnlySpan<byte> Marks(in SentenceRecord sentence) =>
        _tokens.Marks(_passages[sentence.Passage].FirstToken + sentence.FirstToken, sentence.TokenCount);

    /// <summary>Words of a passage's heading.</summary>
    public ReadOnlySpan<int> Heading(in PassageRecord passage) =>
        _tokens.Words(passage.FirstToken + passage.HeadingStart, passage.HeadingCount);

    /// <summary>How often a word stands in the texts; titles count as often as they have it written as a name.</summary>
    public int Occurrences(int word)
    {
        if (word < 0 || word >= _words.Count)
        {
            return 0;
        }

        ref readonly var record = ref _words[word];
        return Math.Max(record.LowerCount + record.NamedCount + record.StartCount, record.NamedIn.Count);
    }

    /// <summary>True if a word stands in some text in lower case, so that it is not only a name.</summary>
    public bool IsWrittenLower(int word) => word >= 0 && word < _words.Count && _words[word].LowerCount > 0;

    /// <summary>The trie node one word further, or −1.</summary>
    public int Child(int phrase, int word)
    {
        var child = children.Find(phrase, word);
        return child < _phrases.Count ? child : -1;
    }

    public static int TrieRoot => Root;

    public bool IsPhrase(int node) => _phrases[node].Support > 0 && _phrases[node].PassageCount > 0;

    /// <summary>True if a trie node is a phrase or stands on the way to one. Nodes of forgotten names stay, but lead nowhere.</summary>
    public bool StartsPhrase(int node) => _phrases[node].Support > 0 || _phrases[node].PhrasesBelow > 0;

    /// <summary>Inverse passage frequency in (0, 1]; 1 for a phrase of one passage.</summary>
    public double Pidf(int phrase)
    {
        var count = _phrases[phrase].PassageCount;
        return _idfMax > 0 ? Math.Log(1 + ((liveCount - count + 0.5) / (count + 0.5))) / _idfMax : 1;
    }

    /// <summary>Share of its occurrences in which a phrase is written as a name, in (0, 1].</summary>
    public double Ratio(int phrase)
    {
        ref readonly var record = ref _phrases[phrase];
        return record.WordCount > 1 ? 1 : WordRatio(record.Word);
    }

    /// <summary>
    /// The same for a phrase met without capitals: that of its most name-like word. "place of birth" may be a title
    /// somewhere, but none of its words is ever written as a name; "new york" has one that always is.
    /// </summary>
    public double UncapitalisedRatio(int phrase)
    {
        var best = 0.0;
        for (var node = phrase; node != Root; node = _phrases[node].Parent)
        {
            best = Math.Max(best, WordRatio(_phrases[node].Word));
        }

        return best;
    }

    /// <summary>Passages in which a word is written as a name, or stands in the title; none for −1.</summary>
    public ReadOnlySpan<int> NamedIn(int word) => word >= 0 && word < _words.Count ? _words[word].NamedIn.Items : default;

    public bool HasWord(int phrase, int word)
    {
        for (var node = phrase; node != Root; node = _phrases[node].Parent)
        {
            if (_phrases[node].Word == word)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Weight of a phrase in the graph, in (0, 1].</summary>
    public double Weight(int phrase) => Pidf(phrase) * Ratio(phrase);

    public (int Names, int Words) CountNamesAndWords()
    {
        var names = 0;
        for (var phrase = 1; phrase < _phrases.Count; phrase++)
        {
            names += _phrases[phrase].Support > 0 ? 1 : 0;
        }

        var words = 0;
        for (var word = 0; word < _words.Count; word++)
        {
            words += Occurrences(word) > 0 ? 1 : 0;
        }

        return (names, words);
    }

    /// <summary>Hashes all that recall can see, in an order that does not depend on how it came about.</summary>
    public void AddState(ContentHash hash, Func<int, string> wordText)
    {
        foreach (var passage in _passages.ByContent(liveCount))
        {
            hash.Add(passage.Id).Add(passage.SentenceCount).Add(passage.TokenCount).Add(passage.Phrases.Count);
        }

        var lines = new List<(string Text, int Phrase)>();
        for (var phrase = 1; phrase < _phrases.Count; phrase++)
        {
            if (_phrases[phrase].Support > 0)
            {
                lines.Add((Text(phrase, wordText), phrase));
            }
        }

        foreach (var (text, phrase) in lines.OrderBy(line => line.Text, StringComparer.Ordinal))
        {
            var record = _phrases[phrase];
            hash.Add(text).Add(record.Support).Add(record.PassageCount).Add(record.Owners.Count);
            hash.Add(BitConverter.DoubleToInt64Bits(Ratio(phrase)));
            hash.Add((long)SentencesHash(record.Sentences.Items));
        }
    }

    /// <summary>The folded words of a phrase.</summary>
    public string Text(int phrase, Func<int, string> wordText)
    {
        var parts = new string[_phrases[phrase].WordCount];
        for (var i = parts.Length - 1; i >= 0; i--)
        {
            parts[i] = wordText(_phrases[phrase].Word);
            phrase = _phrases[phrase].Parent;
        }

        return string.Join(' ', parts);
    }

    double WordRatio(int number)
    {
        ref readonly var word = ref _words[number];
        var all = word.LowerCount + word.NamedCount + (StartShare * word.StartCount);
        return Math.Min(1, (word.NamedCount + Prior) / (all + Prior));
    }

    /// <summary>Sum of hashes, so that the order of passages does not matter.</summary>
    ulong SentencesHash(ReadOnlySpan<int> row)
    {
        ulong sum = 0;
        foreach (var sentence in row)
        {
            ref readonly var passage = ref _passages[_sentences[sentence].Passage];
            sum += StableHash.Of((ulong)passage.Id, (ulong)(sentence - passage.FirstSentence));
        }

        return sum;
    }
}

/// <summary>Orders passages by content.</summary>
static class PassageOrder
{
    /// <summary>The live passages in the order of their content ids.</summary>
    public static PassageRecord[] ByContent(this in PagedTable<PassageRecord>.Frozen passages, int liveCount)
    {
        var live = new PassageRecord[liveCount];
        var count = 0;
        for (var i = 0; i < passages.Count; i++)
        {
            if (passages[i].IsLive)
            {
                live[count++] = passages[i];
            }
        }

        Array.Sort(live, (a, b) => a.Id.CompareTo(b.Id));
        return live;
    }
}
