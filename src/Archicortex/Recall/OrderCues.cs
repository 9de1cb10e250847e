using System.Collections.Frozen;
using Archicortex.Facts;
using Archicortex.Language;

namespace Archicortex.Recall;

/// <summary>The words of a question that ask for the first or the last of something, or for what is so now.</summary>
/// <remarks>
/// They say in which order answers stand, and are no words to look for: "Where does Ada live now?" is not answered by "I take the tram
/// now". What a thing is called is no cue: "Ada's first novel", "last week", "How long did it last?". English only.
/// </remarks>
sealed class OrderCues
{
    static readonly FrozenSet<string> Subjects = FrozenSet.ToFrozenSet(
        "i you he she we they it anybody anyone somebody someone".Split(' '), StringComparer.Ordinal);

    static readonly FrozenSet<string> Auxiliaries = FrozenSet.ToFrozenSet("did do does had has have was were".Split(' '), StringComparer.Ordinal);

    readonly TokenBuffer _words;
    readonly List<TimeExpression> _expressions;
    readonly bool _isSaid;
    readonly bool _asksHowMuch;
    readonly HashSet<int> _places = [];

    OrderCues(TokenBuffer words, List<TimeExpression> expressions)
    {
        (_words, _expressions) = (words, expressions);
        _isSaid = Enumerable.Range(0, words.Count).Any(at => OrderQuestion.IsSaying(Word(at)));
        _asksHowMuch = words.Count > 1 && Word(0) is "how" && Word(1) is "long" or "many" or "much";
    }

    /// <summary>Asks for the first time something was so.</summary>
    public bool First { get; private set; }

    /// <summary>Asks for the last time, or for what is so now.</summary>
    public bool Latest { get; private set; }

    /// <summary>Asks when something was said first or last, or what was; not what is so now.</summary>
    public bool IsOfSaying { get; private set; }

    /// <summary>Places of the words that ask for it.</summary>
    public IReadOnlySet<int> Places => _places;

    /// <param name="words">The question.</param>
    /// <param name="expressions">The times it names: "last week" is one, and no cue.</param>
    public static OrderCues Read(TokenBuffer words, List<TimeExpression> expressions)
    {
        var cues = new OrderCues(words, expressions);
        for (var at = 0; at < words.Count; at++)
        {
            cues.ReadWord(at);
        }

        return cues;
    }

    void ReadWord(int at)
    {
        switch (Word(at))
        {
            case "earliest" or "originally" or "initially":
                AddFirst(at, Name(at));
                break;
            case "first" when IsAdverb(at) || (IsNamed(at) && !IsTime(at)):
                AddFirst(at, Name(at));
                break;
            case "latest" or "newest" when !IsTime(at):
                AddLatest(at, Name(at), isOfSaying: false);
                break;
            case "currently" or "nowadays" when !IsTime(at):
                // Who does something currently says so in this word: it finds what it asks for.
                Latest = true;
                break;
            case "most" when Word(at + 1) is "recent" or "recently" && !IsTime(at):
                AddLatest(at, Name(at + 1), isOfSaying: _isSaid);
                break;
            case "last" when !IsTime(at) && !_asksHowMuch && (IsNamed(at) || IsAdverb(at)):
                AddLatest(at, Name(at), isOfSaying: _isSaid);
                break;
            case "now" when !IsTime(at) && IsEnd(at + 1):
                AddLatest(at > 0 && Word(at - 1) is "right" or "just" ? at - 1 : at, at, isOfSaying: false);
                break;
        }
    }

    /// <summary>"the first time", "the last thing", "first mentioned": the place of the noun that belongs to the cue, or its own.</summary>
    int Name(int at) => Word(at + 1) is "time" or "thing" or "topic" or "subject" ? at + 1 : at;

    bool IsNamed(int at) => Name(at) > at || OrderQuestion.IsSaying(Word(at + 1));

    /// <summary>"did Ada last visit", "say first about", "which one came first": it says when, and names nothing.</summary>
    bool IsAdverb(int at)
    {
        var isFirst = Word(at) is "first";
        if (IsEnd(at + 1))
        {
            // "Did it last?" asks for no order; what was said last does, and "what did I buy last".
            return isFirst || _isSaid || (Word(0) is "what" or "which" or "who" or "whom" or "where" && !IsSubject(at - 1));
        }

        var isBehindVerb = _isSaid && Word(at + 1) is "about" or "to" or "of" && at > 0 && (OrderQuestion.IsSaying(Word(at - 1)) || IsSubject(at - 1));

        // "When did Ada first visit Bergen?" is told as "my first time in Bergen": there the word is one to look for.
        return isBehindVerb || (!isFirst && IsSubject(at - 1) && Enumerable.Range(0, at - 1).Any(before => Auxiliaries.Contains(Word(before))));
    }

    bool IsSubject(int at) => at > 0 && (Subjects.Contains(Word(at)) || _words[at].Is(TokenMarks.Capital));

    bool IsEnd(int at) => at >= _words.Count || _words[at].Is(TokenMarks.Break);

    bool IsTime(int at) => _expressions.Exists(one => one.Text.Start <= _words[at].Start && _words[at].Start < one.Text.End);

    void AddFirst(int from, int last)
    {
        (First, IsOfSaying) = (true, IsOfSaying || _isSaid);
        Take(from, last);
    }

    void AddLatest(int from, int last, bool isOfSaying)
    {
        (Latest, IsOfSaying) = (true, IsOfSaying || isOfSaying);
        Take(from, last);
    }

    void Take(int from, int last) => _places.UnionWith(Enumerable.Range(from, last - from + 1));

    string Word(int at) => at < _words.Count ? _words.Folded(_words[at]).ToString() : "";
}
