using Archicortex.Graph;
using Archicortex.Language;

namespace Archicortex.Hierarchy;

/// <summary>Where a phrase stands: so that it can be shown as it is written.</summary>
/// <param name="Sentence">The sentence's row.</param>
/// <param name="Token">Its first word, counted from the sentence's first.</param>
/// <param name="Count">Its words.</param>
readonly record struct PhrasePlace(int Sentence, int Token, int Count);

/// <summary>The phrases that tell a topic from the rest of the memory: its name.</summary>
/// <remarks>
/// Candidates are runs of up to four words that a noun phrase may be made of. A phrase scores Σ (1 + ln count) over the passages
/// that have it · mean ln(N / df) of its words · 1.5 if the memory knows it as a name, and a quarter more for each word after
/// the first; a phrase that lies in a better one, or holds it, is left out. Inflected forms are one phrase.
/// </remarks>
/// <param name="texts">What the passages say.</param>
/// <param name="passageFrequency">Passages of the memory that have a stem.</param>
sealed class KeyPhrases(TopicTexts texts, Func<int, int> passageFrequency)
{
    /// <summary>Phrases that name a topic.</summary>
    public const int Most = 3;

    const int WordsMax = 4;
    const int NameWordsMax = 6;
    const int LettersMin = 3;
    const int UnknownLettersMin = 4;
    const double LeavesPower = 1.3;
    const double NameGain = 0.5;
    const double LengthGain = 0.25;
    const double LongerShare = 0.5;
    const int LeavesForRepeats = 4;

    readonly Dictionary<string, Found> _found = new(StringComparer.Ordinal);
    readonly Dictionary<int, WordUse> _uses = [];

    /// <summary>The best phrases of some passages, best first.</summary>
    public IReadOnlyList<PhrasePlace> Of(IReadOnlyList<int> leaves)
    {
        foreach (var leaf in leaves)
        {
            ref readonly var passage = ref texts.Graph.Passage(leaf);
            for (var sentence = passage.FirstSentence; sentence < passage.FirstSentence + passage.SentenceCount; sentence++)
            {
                // Who speaks stands in a sentence without a text, as the heading does; it is not what is spoken about.
                if (texts.Graph.Sentence(sentence) is { IsHeading: true } or { TextLength: > 0 })
                {
                    Read(sentence, leaf);
                }
            }
        }

        var leavesMin = leaves.Count >= LeavesForRepeats ? 2 : 1;
        var ranked = _found.Values.Where(one => one.Leaves >= leavesMin).Select(Scored)
            .OrderByDescending(one => one.Score).ThenBy(one => one.Key, StringComparer.Ordinal).ToList();
        return ranked.Count > 0 || leavesMin == 1 ? Best(ranked)
            : Best([.. _found.Values.Select(Scored).OrderByDescending(one => one.Score).ThenBy(one => one.Key, StringComparer.Ordinal)]);
    }

    static IReadOnlyList<PhrasePlace> Best(List<Found> ranked)
    {
        var chosen = new List<Found>();
        foreach (var one in ranked)
        {
            var related = chosen.FindIndex(other => other.Shares(one));
            if (related < 0 && chosen.Count < Most)
            {
                chosen.Add(one);
            }
            else if (related >= 0 && one.Holds(chosen[related]) && one.Score >= LongerShare * chosen[related].Score && !chosen[related].IsLonger)
            {
                chosen[related] = one with { IsLonger = true };
            }
        }

        return [.. chosen.Select(one => one.Place)];
    }

    Found Scored(Found one)
    {
        var rarity = one.Stems.Average(stem => Math.Log((texts.Graph.LiveCount + 1) / (passageFrequency(stem) + 0.5)));
        var score = Math.Pow(one.Weight, LeavesPower) * rarity * (1 + (LengthGain * (one.Stems.Length - 1))) * (one.IsName ? 1 + NameGain : 1);
        return one with { Score = Math.Round(score, 9) };
    }

    void Read(int sentence, int leaf)
    {
        ref readonly var record = ref texts.Graph.Sentence(sentence);
        var words = texts.Graph.Words(record);
        var marks = texts.Graph.Marks(record);
        for (var start = 0; start < words.Length; start++)
        {
            var isName = IsNamed(marks[start], words[start]);
            if ((!isName && !UseOf(words[start]).CanStart) || (isName && start > 0 && GoesOn(marks, words, start - 1)))
            {
                continue;
            }

            for (var end = start; end < words.Length && end - start < (isName ? NameWordsMax : WordsMax); end++)
            {
                if (end > start && (((TokenMarks)marks[end] & (TokenMarks.Break | TokenMarks.AfterApostrophe)) != 0 || !CanStandIn(marks[end], words[end])))
                {
                    break;
                }

                // Half a name names somebody else.
                isName &= IsNamed(marks[end], words[end]);
                if ((isName || end - start < WordsMax) && (UseOf(words[end]).CanEnd || IsNamed(marks[end], words[end])) && !GoesOn(marks, words, end))
                {
                    Count(new(sentence, start, end - start + 1), words.Slice(start, end - start + 1), marks.Slice(start, end - start + 1), leaf);
                }
            }
        }
    }

    void Count(PhrasePlace place, ReadOnlySpan<int> words, ReadOnlySpan<byte> marks, int leaf)
    {
        var stems = new int[words.Length];
        for (var i = 0; i < words.Length; i++)
        {
            stems[i] = texts.Vocabulary.StemOf(words[i]);
        }

        // By the letters, not the numbers: those depend on the order of arrival, and ties are settled by the key.
        var key = string.Join(' ', stems.Select(texts.Vocabulary.Stem));
        var quality = ((TokenMarks)marks[0] & TokenMarks.SentenceStart) != 0 ? 0 : texts.Graph.Sentence(place.Sentence).IsHeading ? 1 : 2;
        if (!_found.TryGetValue(key, out var one))
        {
            one = new(key, stems, place) { PlaceQuality = quality, IsName = IsPhrase(words) };
        }

        var times = one.Leaf == leaf ? one.InLeaf + 1 : 1;
        _found[key] = one with
        {
            Weight = one.Weight + (times == 1 ? 1 : Math.Log((double)times / (times - 1))),
            Leaf = leaf,
            InLeaf = times,
            Leaves = one.Leaves + (times == 1 ? 1 : 0),
            Place = quality > one.PlaceQuality ? place : one.Place,
            PlaceQuality = Math.Max(quality, one.PlaceQuality),
        };
    }

    bool IsPhrase(ReadOnlySpan<int> words)
    {
        var node = GraphSnapshot.TrieRoot;
        foreach (var word in words)
        {
            node = texts.Graph.Child(node, word);
            if (node < 0)
            {
                return false;
            }
        }

        return texts.Graph.IsPhrase(node);
    }

    /// <summary>Written as a name is, where not every word is: a capital inside a sentence.</summary>
    bool IsNamed(byte marks, int word) => ((TokenMarks)marks & (TokenMarks.Capital | TokenMarks.SentenceStart)) == TokenMarks.Capital
        && !UseOf(word).IsEmpty && texts.Vocabulary.Word(word).Length > 1;

    bool CanStandIn(byte mark, int word) => IsNamed(mark, word) || UseOf(word) is { CanStart: true } or { CanEnd: true };

    /// <summary>True if a word and the next are of one name.</summary>
    bool GoesOn(ReadOnlySpan<byte> marks, ReadOnlySpan<int> words, int at) => at + 1 < words.Length
        && IsNamed(marks[at], words[at]) && IsNamed(marks[at + 1], words[at + 1])
        && ((TokenMarks)marks[at + 1] & (TokenMarks.Break | TokenMarks.AfterApostrophe)) == 0;

    WordUse UseOf(int word)
    {
        if (!_uses.TryGetValue(word, out var use))
        {
            _uses.Add(word, use = WordUse.Of(texts.Vocabulary.Word(word)));
        }

        return use;
    }

    /// <summary>Where in a phrase a word may stand.</summary>
    readonly record struct WordUse(bool IsEmpty, bool CanStart, bool CanEnd)
    {
        public static WordUse Of(string word)
        {
            if (TopicWords.IsEmpty(word) || word.All(char.IsDigit))
            {
                return new(true, false, false);
            }

            var row = Lemmas.AnyBase(word);
            if (row < 0)
            {
                return new(false, word.Length >= UnknownLettersMin, word.Length >= UnknownLettersMin);
            }

            var (noun, verb) = (Lexicon.Weight(row, WordPart.Noun), Lexicon.Weight(row, WordPart.Verb));
            var (adjective, adverb) = (Lexicon.Weight(row, WordPart.Adjective), Lexicon.Weight(row, WordPart.Adverb));
            var isNoun = noun > 0 && noun >= verb && noun >= adverb && noun >= adjective && word.Length >= LettersMin;

            // "sold" and "born" are adjectives to a dictionary, and verbs nearly everywhere else.
            var isVerb = noun == 0 && Lexicon.IrregularBase(word, WordPart.Verb) >= 0;
            return new(false, isNoun || (!isVerb && adjective > 0 && adjective >= verb && adjective >= adverb), isNoun);
        }
    }

    sealed record Found(string Key, int[] Stems, PhrasePlace Place)
    {
        public double Weight { get; init; }

        public double Score { get; init; }

        public bool IsName { get; init; }

        /// <summary>It took the place of a shorter phrase.</summary>
        public bool IsLonger { get; init; }

        /// <summary>2: inside a sentence; 1: in a title; 0: where every word has a capital.</summary>
        public int PlaceQuality { get; init; }

        /// <summary>Passages that have it; the last of them, and how often that has it.</summary>
        public int Leaves { get; init; }

        public int Leaf { get; init; } = -1;

        public int InLeaf { get; init; }

        /// <summary>One holds the other, or half of the shorter.</summary>
        public bool Shares(Found other) => 2 * Stems.Intersect(other.Stems).Count() >= Math.Min(Stems.Length, other.Stems.Length);

        public bool Holds(Found other) => $" {Key} ".Contains($" {other.Key} ", StringComparison.Ordinal);
    }
}
