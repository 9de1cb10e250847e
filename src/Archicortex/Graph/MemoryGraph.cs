using Archicortex.Facts;
using Archicortex.Language;
using Archicortex.Numerics;

namespace Archicortex.Graph;

/// <summary>The graph of passages and the names in them, kept in counts so that it is the same however it was built.</summary>
/// <remarks>
/// Nodes are passages and phrases. A sentence holds a phrase if the phrase's words stand in it, nested matches included,
/// with the first or last of them written as a name; the heading holds every phrase in it, in any case. The dictionary of
/// phrases is open: a name that arrives today is found in what was remembered yesterday, and a name whose last use is
/// forgotten leaves every passage. So adding one by one, adding at once, and adding then forgetting all give one graph;
/// weights are computed from the counts when they are read and cannot age. One writer; readers hold a snapshot.
/// </remarks>
sealed partial class MemoryGraph
{
    /// <summary>Words a phrase may have. Longer runs of capitals are headlines, not names.</summary>
    public const int PhraseWordsMax = 24;

    const int Root = 0;

    readonly PagedTable<WordRecord> _words = new();
    readonly PagedTable<PhraseRecord> _phrases = new();
    readonly PagedTable<SentenceRecord> _sentences = new();
    readonly PagedTable<PassageRecord> _passages = new();
    readonly PairTable _children = new();
    readonly TokenPool _tokens = new();
    readonly SortedSet<int> _named = [];
    readonly SortedSet<int> _held = [];
    int _liveCount;

    public MemoryGraph() => _phrases.Add(new PhraseRecord { Parent = -1, Word = -1 });

    public int PassageCount => _passages.Count;

    public UInt128 IdOf(int passage) => _passages[passage].Id;

    /// <summary>Applies a change and returns the passage's row.</summary>
    public int Apply(in GraphChange change)
    {
        if (change.Kind == GraphChangeKind.Add)
        {
            return Add(change);
        }

        Remove(change.Row, change.Reading);
        return change.Row;
    }

    /// <summary>The graph as it is now, for any number of readers.</summary>
    public GraphSnapshot Freeze() => new(
        _words.Freeze(), _phrases.Freeze(), _sentences.Freeze(), _passages.Freeze(), _tokens.Freeze(), _children, _liveCount);

    int Add(in GraphChange change)
    {
        var reading = change.Reading;
        while (_words.Count <= Max(reading.Words))
        {
            _words.Add(default);
        }

        foreach (var phrase in PhrasesNamed(reading))
        {
            ref var record = ref _phrases.Edit(phrase);
            if (record.Support++ == 0)
            {
                CountBelow(phrase, +1);
                FindInOldPassages(phrase);
            }
        }

        var passage = AddPassage(change);
        CountWords(passage, reading, +1);
        foreach (var phrase in _passages[passage].TitlePhrases.Items)
        {
            ref var record = ref _phrases.Edit(phrase);
            record.Owners = record.Owners.Append(passage);
        }

        HoldPhrases(passage, reading);
        _liveCount++;
        return passage;
    }

    void Remove(int passage, PassageReading reading)
    {
        var old = _passages[passage];
        foreach (var phrase in old.Phrases.Items)
        {
            ref var record = ref _phrases.Edit(phrase);
            record.Sentences = record.Sentences.RemoveRange(old.FirstSentence, old.FirstSentence + old.SentenceCount);
            record.PassageCount--;
        }

        foreach (var phrase in old.TitlePhrases.Items)
        {
            ref var record = ref _phrases.Edit(phrase);
            record.Owners = record.Owners.Remove(passage);
        }

        CountWords(passage, reading, -1);
        ref var gone = ref _passages.Edit(passage);
        gone.IsLive = false;
        gone.Phrases = default;
        gone.TitlePhrases = default;
        _liveCount--;
        foreach (var phrase in PhrasesNamed(reading))
        {
            if (--_phrases.Edit(phrase).Support == 0)
            {
                CountBelow(phrase, -1);
                LeaveAllPassages(phrase);
            }
        }
    }

    int AddPassage(in GraphChange change)
    {
        var reading = change.Reading;
        var passage = _passages.Count;
        var buffer = reading.Buffer;
        Span<byte> marks = buffer.Count <= 1024 ? stackalloc byte[buffer.Count] : new byte[buffer.Count];
        for (var i = 0; i < marks.Length; i++)
        {
            marks[i] = (byte)buffer[i].Marks;
        }

        var record = new PassageRecord
        {
            Id = change.PassageId,
            DocumentId = change.DocumentId,
            HeadingStart = reading.Heading.Start,
            HeadingCount = reading.Heading.Count,
            FirstSentence = _sentences.Count,
            SentenceCount = reading.Sentences.Count,
            FirstToken = _tokens.Add(reading.Words, marks),
            TokenCount = buffer.Count,
            IsLive = true,
        };
        foreach (var name in reading.TitleNames)
        {
            if (name.Count <= PhraseWordsMax)
            {
                record.TitlePhrases = record.TitlePhrases.Insert(Node(reading.Words, name));
            }
        }

        foreach (var sentence in reading.Sentences)
        {
            var start = sentence.IsHeading ? SentenceRecord.Heading : sentence.Text.Start;
            _sentences.Add(new(passage, sentence.Tokens.Start, sentence.Tokens.Count, start, sentence.Text.Length));
        }

        return _passages.Add(record);
    }

    /// <summary>Enters a new passage into the rows of every phrase its sentences hold.</summary>
    void HoldPhrases(int passage, PassageReading reading)
    {
        _held.Clear();
        for (var i = 0; i < reading.Sentences.Count; i++)
        {
            var sentence = _passages[passage].FirstSentence + i;
            var (tokens, _, isHeading) = reading.Sentences[i];
            for (var start = tokens.Start; start < tokens.End; start++)
            {
                HoldPhrasesFrom(start, tokens.End, sentence, isHeading, reading);
            }
        }

        ref var record = ref _passages.Edit(passage);
        foreach (var phrase in _held)
        {
            record.Phrases = record.Phrases.Append(phrase);
            _phrases.Edit(phrase).PassageCount++;
        }
    }

    void HoldPhrasesFrom(int start, int end, int sentence, bool isHeading, PassageReading reading)
    {
        var node = Root;
        var firstNamed = isHeading || reading.Buffer[start].LooksNamed;
        for (var at = start; at < end; at++)
        {
            node = _children.Find(node, reading.Words[at]);
            if (node < 0)
            {
                return;
            }

            if (_phrases[node].Support > 0 && (firstNamed || reading.Buffer[at].LooksNamed))
            {
                _held.Add(node);
                ref var record = ref _phrases.Edit(node);
                if (record.Sentences.Count == 0 || record.Sentences.Items[^1] != sentence)
                {
                    record.Sentences = record.Sentences.Append(sentence);
                }
            }
        }
    }

    /// <summary>The phrases a reading supports, each once, in ascending order; their trie nodes are made if need be.</summary>
    int[] PhrasesNamed(PassageReading reading)
    {
        _named.Clear();
        foreach (var names in (ReadOnlySpan<IReadOnlyList<TokenRange>>)[reading.Names, reading.TitleNames])
        {
            foreach (var name in names)
            {
                if (name.Count <= PhraseWordsMax)
                {
                    _named.Add(Node(reading.Words, name));
                }
            }
        }

        return [.. _named];
    }

    int Node(ReadOnlySpan<int> words, TokenRange name)
    {
        var node = Root;
        foreach (var word in words.Slice(name.Start, name.Count))
        {
            var child = _children.Find(node, word);
            if (child < 0)
            {
                child = _phrases.Add(new() { Parent = node, Word = word, WordCount = _phrases[node].WordCount + 1 });
                _children.Add(node, word, child);
            }

            node = child;
        }

        return node;
    }

    void CountBelow(int phrase, int step)
    {
        for (var node = _phrases[phrase].Parent; node > Root; node = _phrases[node].Parent)
        {
            _phrases.Edit(node).PhrasesBelow += step;
        }
    }

    /// <summary>A phrase is born: enters it where older passages already mention it.</summary>
    void FindInOldPassages(int phrase)
    {
        Span<int> words = stackalloc int[PhraseWordsMax];
        words = words[.._phrases[phrase].WordCount];
        for (var (node, i) = (phrase, words.Length - 1); i >= 0; node = _phrases[node].Parent, i--)
        {
            words[i] = _phrases[node].Word;
        }

        if (TryNarrow(words, out var row))
        {
            foreach (var passage in row)
            {
                FindInPassage(phrase, words, passage);
            }

            return;
        }

        // A passage holds the phrase only if its first or last word is written as a name there, or stands in the title.
        var first = _words[words[0]].NamedIn.Items;
        var last = words.Length > 1 ? _words[words[^1]].NamedIn.Items : default;
        for (int i = 0, j = 0; i < first.Length || j < last.Length;)
        {
            var passage = j == last.Length || (i < first.Length && first[i] <= last[j]) ? first[i] : last[j];
            i += i < first.Length && first[i] == passage ? 1 : 0;
            j += j < last.Length && last[j] == passage ? 1 : 0;
            FindInPassage(phrase, words, passage);
        }
    }

    /// <summary>
    /// A word that was never written in lower case stands only where it is a name, so its row has every passage that can
    /// hold the phrase. The shortest such row is mostly empty or short, because names have rare words.
    /// </summary>
    bool TryNarrow(ReadOnlySpan<int> words, out ReadOnlySpan<int> row)
    {
        row = default;
        var isFound = false;
        foreach (var word in words)
        {
            ref readonly var record = ref _words[word];
            if (record.LowerCount == 0 && (!isFound || record.NamedIn.Count < row.Length))
            {
                row = record.NamedIn.Items;
                isFound = true;
            }
        }

        return isFound;
    }

    void FindInPassage(int phrase, ReadOnlySpan<int> words, int passage)
    {
        var record = _passages[passage];
        var tokens = _tokens.Words(record.FirstToken, record.TokenCount);
        var marks = _tokens.Marks(record.FirstToken, record.TokenCount);
        var found = false;
        var sentence = record.FirstSentence;
        for (var at = 0; at + words.Length <= tokens.Length; at++)
        {
            var skip = tokens[at..].IndexOf(words);
            if (skip < 0)
            {
                break;
            }

            at += skip;
            while (at >= _sentences[sentence].FirstToken + _sentences[sentence].TokenCount)
            {
                sentence++;
            }

            var end = at + words.Length;
            var inSentence = end <= _sentences[sentence].FirstToken + _sentences[sentence].TokenCount;
            if (inSentence && (sentence == record.FirstSentence || LooksNamed(marks[at]) || LooksNamed(marks[end - 1])))
            {
                ref var row = ref _phrases.Edit(phrase);
                row.Sentences = row.Sentences.Insert(sentence);
                found = true;
            }
        }

        if (found)
        {
            _phrases.Edit(phrase).PassageCount++;
            ref var holder = ref _passages.Edit(passage);
            holder.Phrases = holder.Phrases.Insert(phrase);
        }
    }

    /// <summary>A phrase dies: no passage uses it as a name any more, so none holds it.</summary>
    void LeaveAllPassages(int phrase)
    {
        var last = -1;
        foreach (var sentence in _phrases[phrase].Sentences.Items)
        {
            var passage = _sentences[sentence].Passage;
            if (passage != last)
            {
                ref var holder = ref _passages.Edit(passage);
                holder.Phrases = holder.Phrases.Remove(phrase);
                last = passage;
            }
        }

        ref var record = ref _phrases.Edit(phrase);
        record.Sentences = default;
        record.PassageCount = 0;
    }

    void CountWords(int passage, PassageReading reading, int step)
    {
        foreach (var (tokens, _, isHeading) in reading.Sentences)
        {
            for (var at = tokens.Start; at < tokens.End; at++)
            {
                CountWord(passage, reading.Words[at], reading.Buffer[at].Marks, isHeading, step);
            }
        }
    }

    void CountWord(int passage, int word, TokenMarks marks, bool isHeading, int step)
    {
        ref var record = ref _words.Edit(word);
        if (isHeading || LooksNamed((byte)marks))
        {
            record.NamedIn = step > 0 ? record.NamedIn.Insert(passage) : record.NamedIn.Remove(passage);
        }

        if (isHeading)
        {
            return;
        }

        if (!LooksNamed((byte)marks))
        {
            record.LowerCount += step;
        }
        else if ((marks & TokenMarks.Capital) != 0 && (marks & TokenMarks.SentenceStart) != 0)
        {
            record.StartCount += step;
        }
        else
        {
            record.NamedCount += step;
        }
    }

    static bool LooksNamed(byte marks) =>
        (marks & (byte)(TokenMarks.Capital | TokenMarks.Number | TokenMarks.Uncased)) != 0;

    static int Max(ReadOnlySpan<int> words)
    {
        var max = -1;
        foreach (var word in words)
        {
            max = Math.Max(max, word);
        }

        return max;
    }
}
