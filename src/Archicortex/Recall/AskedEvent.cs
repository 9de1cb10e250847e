using Archicortex.Documents;
using Archicortex.Facts;
using Archicortex.Indexing;
using Archicortex.Language;

namespace Archicortex.Recall;

/// <summary>A passage that may tell of an event, and who heard it.</summary>
/// <param name="Document">The document it is part of.</param>
/// <param name="Text">The passage.</param>
/// <param name="Listeners">The others who speak in its conversation: whom "you" means. Empty if nobody.</param>
readonly record struct TellingPassage(Document Document, string Text, string Listeners);

/// <summary>What a sentence has of an event.</summary>
/// <param name="Text">The sentence, blanks in place of the clauses that cannot tell of it; places are those of the sentence.</param>
/// <param name="Places">Where the words of the event stand in it, names left out if it has others.</param>
/// <param name="Share">Share of all words that the sentence, its speaker and its title have, by rarity, in [0, 1].</param>
/// <param name="OwnShare">Share of the words that are no names that the sentence has, in [0, 1]; 1 if there are none.</param>
/// <param name="HasNames">True if every name is in the sentence, or is its speaker, its listener or its title.</param>
/// <param name="HasWords">True if any word of the event is in the sentence itself.</param>
readonly record struct Telling(string Text, List<TextSpan> Places, double Share, double OwnShare, bool HasNames, bool HasWords);

/// <summary>The words of an event that a question asks for, compared with sentences that may tell of it.</summary>
/// <remarks>
/// Words are compared by the stem of all their forms ("went", "gone"); those the memory has never met count as the rarest. "I went to the
/// lake", said by Ada, tells of Ada; "you went" tells of who listens to her. A day of somebody else, or of another place, is a wrong answer
/// that looks right, so names are not weighed but needed.
/// </remarks>
sealed class AskedEvent
{
    const int NameLettersMin = 3;

    // Only to know which words of a question are a time; which day they mean is not asked.
    static readonly DateOnly AnyDay = new(2000, 1, 1);

    static readonly string[] Addressing = ["you", "your", "we", "our", "us"];

    readonly record struct Word(string Stem, double Idf, bool IsName, bool IsAsking);

    readonly Dictionary<string, Word> _words = new(StringComparer.Ordinal);
    readonly bool _isPast;
    readonly double _total;
    readonly double _ownTotal;

    AskedEvent(RecallView view, Question asked, bool isQuestion, bool isPast)
    {
        _isPast = isPast;
        var order = isQuestion ? OrderQuestion.Read(asked.Text, null) : null;
        var times = TimeExpressions.Find(asked.Text, AnyDay);
        var first = isQuestion ? 1 : 0;
        var isTitled = Enumerable.Range(first, Math.Max(0, asked.Words.Length - first)).Any(at => IsTitleCase(asked, at));
        for (var at = 0; at < asked.Words.Length; at++)
        {
            var word = asked.Words[at];
            var isAsking = TurnWords.IsAsking(word);
            if (StopWords.Contains(word) || (isAsking && !isQuestion) || order?.IsCue(at, word) == true)
            {
                continue;
            }

            var token = asked.Token(at);
            var isName = at >= first && !isTitled && token.Is(TokenMarks.Capital) && TurnWords.MayBeName(word)
                && !times.Any(one => one.Text.Start <= token.Start && token.Start < one.Text.End);
            var stem = TurnWords.StemOf(word);
            _words.TryAdd(stem, new(stem, view.Lexical.Idf(view.Vocabulary.FindStem(stem)), isName, isAsking));
        }

        _total = _words.Values.Sum(word => word.Idf);
        _ownTotal = _words.Values.Sum(word => IsOwn(word) ? word.Idf : 0);
    }

    /// <summary>True if it has no word to look for.</summary>
    public bool IsEmpty => _total <= 0;

    /// <param name="view">The memory, for the rarity of words.</param>
    /// <param name="question">The question.</param>
    /// <param name="isPast">It asks for what happened: what is to come, or is only planned, does not answer.</param>
    public static AskedEvent OfQuestion(RecallView view, Question question, bool isPast) => new(view, question, isQuestion: true, isPast);

    /// <param name="view">The memory, for the rarity of words.</param>
    /// <param name="what">The event, in words: "Ada moved to Oslo".</param>
    /// <param name="isPast">As for a question.</param>
    public static AskedEvent OfWords(RecallView view, string what, bool isPast) =>
        new(view, Question.Read(what, view.Vocabulary, view.Lexical, view.Graph), isQuestion: false, isPast);

    /// <summary>What a sentence of a passage has of it.</summary>
    public Telling In(string sentence, in TellingPassage passage)
    {
        var text = _isPast ? PastClauses.Of(sentence, _words.ContainsKey) : sentence;
        var has = new HashSet<string>(StringComparer.Ordinal);
        var (own, names) = (new List<TextSpan>(), new List<TextSpan>());
        var words = new TokenBuffer();
        words.Read(text);
        foreach (var token in words.Tokens)
        {
            var stem = TurnWords.StemOf(words.Folded(token));
            has.Add(stem);
            if (_words.TryGetValue(stem, out var word) && !word.IsAsking)
            {
                (word.IsName ? names : own).Add(new(token.Start, token.Length));
            }
        }

        var around = Stems($"{passage.Document.Speaker} {passage.Document.Title}");
        var (share, ownShare, hasNames) = (0.0, 0.0, true);
        var listeners = Array.Exists(Addressing, word => has.Contains(TurnWords.StemOf(word))) ? Stems(passage.Listeners) : [];
        foreach (var word in _words.Values)
        {
            var isIn = has.Contains(word.Stem);
            var isAbout = isIn || Meets(around, word);
            share += isAbout ? word.Idf : 0;
            hasNames &= !word.IsName || isAbout || Meets(listeners, word);
            ownShare += isIn && IsOwn(word) ? word.Idf : 0;
        }

        return new(
            text, own.Count > 0 ? own : names, IsEmpty ? 0 : share / _total, _ownTotal > 0 ? ownShare / _ownTotal : 1,
            hasNames, own.Count + names.Count > 0);
    }

    /// <summary>Of some times of a sentence the one nearest to the words of the event, the first of equals; null if there is none.</summary>
    public static TimeExpression? Nearest(IEnumerable<TimeExpression> times, Telling telling) => times.MinBy(
        time => telling.Places.Select(place => Math.Max(place.Start - time.Text.End, time.Text.Start - place.End)).DefaultIfEmpty(0).Min());

    static bool IsOwn(in Word word) => !word.IsName && !word.IsAsking;

    /// <summary>"Mel" is Melanie, if she is the one who speaks.</summary>
    static bool Meets(HashSet<string> around, Word word) => around.Contains(word.Stem)
        || (word.IsName && word.Stem.Length >= NameLettersMin && around.Any(name => name.Length >= NameLettersMin
            && (name.StartsWith(word.Stem, StringComparison.Ordinal) || word.Stem.StartsWith(name, StringComparison.Ordinal))));

    /// <summary>"When Did She": where the small words have capitals, a capital makes no name.</summary>
    static bool IsTitleCase(Question asked, int at) =>
        asked.Token(at).Is(TokenMarks.Capital) && asked.Words[at].Length > 1 && !asked.Token(at).Is(TokenMarks.SentenceStart)
        && TurnWords.IsAsking(asked.Words[at]) && asked.Words[at] is not ("us" or "it");

    static HashSet<string> Stems(string text)
    {
        var words = new TokenBuffer();
        words.Read(text);
        var stems = new HashSet<string>(StringComparer.Ordinal);
        foreach (var token in words.Tokens)
        {
            stems.Add(TurnWords.StemOf(words.Folded(token)));
        }

        return stems;
    }
}
