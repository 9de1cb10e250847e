using System.Collections.Frozen;
using Archicortex.Facts;
using Archicortex.Language;

namespace Archicortex.Recall;

/// <summary>What a question says about the order of a conversation, and about time: read only, nothing is looked up.</summary>
/// <remarks>
/// "What did we discuss before the trip to Oslo?" asks for turns beside a turn; its words alone find the trip. Questions about what was
/// said are read so, and those about what was done "right after" or "next": chats tell deeds in their order. In "What did Ada do after the
/// race?" anything later will do, and the words find it. English only.
/// </remarks>
sealed record OrderQuestion
{
    static readonly FrozenSet<string> Saying = FrozenSet.ToFrozenSet(
        ("discuss discussed discussing talk talked talking say said says saying mention mentioned mentions mentioning tell told telling chat chatted chatting "
        + "speak spoke spoken speaking ask asked asking answer answered answering reply replied replying bring brought suggest suggested suggesting "
        + "recommend recommended recommending advise advised advising").Split(' '),
        StringComparer.Ordinal);

    static readonly FrozenSet<string> Near = FrozenSet.ToFrozenSet(
        "right just immediately directly straight shortly soon next then".Split(' '), StringComparer.Ordinal);

    static readonly FrozenSet<string> Meetings = FrozenSet.ToFrozenSet(
        "session meeting conversation chat call discussion standup talk sync".Split(' '), StringComparer.Ordinal);

    static readonly string[] Ordinals = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

    /// <summary>−1: what was said before the anchor; 1: after it; 0: no anchor is named.</summary>
    public int Side { get; private init; }

    /// <summary>What the answer stands beside: "the trip to Oslo".</summary>
    public string Anchor { get; private init; } = "";

    /// <summary>The question without the anchor, or without the words that name a session.</summary>
    public string Rest { get; private init; } = "";

    /// <summary>"right after": the nearest turns, whatever they say.</summary>
    public bool IsNext { get; private init; }

    /// <summary>What was done beside the anchor is asked for, not what was said.</summary>
    public bool IsDeed { get; private init; }

    /// <summary>The session asked for among those it names: 1 for the first, −1 for the last; 0: none.</summary>
    public int Session { get; private init; }

    /// <summary>What that session is about; empty: any.</summary>
    public string SessionAbout { get; private init; } = "";

    /// <summary>Asks for the first time something was so: "when did we first …".</summary>
    public bool WantsFirst { get; private init; }

    /// <summary>Asks for the last time, or for what is so now.</summary>
    public bool WantsLatest { get; private init; }

    /// <summary>The first or the last is one of saying: "What did Ada say first about the boat?"</summary>
    public bool IsOfSaying { get; private init; }

    /// <summary>Places of the words that ask for the first or the last; they are not looked for.</summary>
    public IReadOnlySet<int> Cues { get; private init; } = FrozenSet<int>.Empty;

    /// <summary>The days the question names; null if it names none.</summary>
    public TimeExpression? Days { get; private init; }

    /// <summary>True if nothing of it asks for an order or a time.</summary>
    public bool IsNone => Side == 0 && Session == 0 && !WantsFirst && !WantsLatest && Days is null;

    /// <param name="question">The question.</param>
    /// <param name="asked">The day it is asked; null if unknown: only what names its days outright is read then.</param>
    public static OrderQuestion Read(string question, DateOnly? asked)
    {
        var expressions = new List<TimeExpression>();
        TimeExpressions.Find(question, asked, expressions);
        var words = new TokenBuffer();
        words.Read(question);
        var days = expressions.Find(one => one is { IsFuzzy: false, Days.IsOpen: false }) ?? expressions.Find(one => !one.Days.IsOpen);
        var cues = OrderCues.Read(words, expressions);
        var read = new OrderQuestion
        {
            Days = days, WantsFirst = cues.First, WantsLatest = cues.Latest, IsOfSaying = cues.IsOfSaying && days is null, Cues = cues.Places,
        };
        return WithSession(read, question, words) ?? WithAnchor(read, question, words, expressions) ?? read;
    }

    /// <summary>True for words that say that something was said, and not what.</summary>
    /// <param name="word">Folded form.</param>
    public static bool IsSaying(string word) => Saying.Contains(word);

    /// <summary>True for a word that asks for an order and is not looked for: the cue, and "say" where it is saying that is ordered.</summary>
    /// <param name="at">Its place in the question.</param>
    /// <param name="word">Folded form.</param>
    public bool IsCue(int at, string word) => Cues.Contains(at) || (IsOfSaying && Saying.Contains(word));

    /// <summary>"in the third meeting about the kettle": the ordinal, then the meeting, then what it is about.</summary>
    static OrderQuestion? WithSession(OrderQuestion read, string question, TokenBuffer words)
    {
        for (var at = 0; at + 1 < words.Count; at++)
        {
            var end = words.Folded(words[at]) is "most" && words.Folded(words[at + 1]) is "recent" ? at + 2 : at + 1;
            var isNoun = at == 0 || words.Folded(words[at - 1]) is "the" or "our" or "my" or "your" or "their" or "his" or "her" or "that" or "this" or "s";
            if (!isNoun || end >= words.Count || OrdinalOf(words, at, end) is not (not 0 and var ordinal) || !Meetings.Contains(Word(words, end)))
            {
                continue;
            }

            var about = "";
            var after = end + 1;
            if (after < words.Count && words.Folded(words[after]) is "about" or "on")
            {
                var last = EndOfClause(words, after);
                about = Cut(question, words, after + 1, last);
                after = last;
            }

            var from = at > 0 && words.Folded(words[at - 1]) is "the" or "our" or "my" or "their" ? at - 1 : at;
            return read with
            {
                Session = ordinal,
                SessionAbout = about,
                Rest = $"{Cut(question, words, 0, from)} {Cut(question, words, after, words.Count)}",
                WantsFirst = false,
                WantsLatest = false,
                IsOfSaying = false,
            };
        }

        return null;
    }

    static int OrdinalOf(TokenBuffer words, int at, int end) => end == at + 2 ? -1
        : words.Folded(words[at]) is "last" or "latest" or "previous" or "newest" ? -1
        : Array.IndexOf(Ordinals, Word(words, at)) + 1;

    static OrderQuestion? WithAnchor(OrderQuestion read, string question, TokenBuffer words, List<TimeExpression> expressions)
    {
        for (var at = 0; at < words.Count; at++)
        {
            var side = words.Folded(words[at]) switch { "before" => -1, "after" => 1, "prior" => -1, "following" => 1, _ => 0 };
            if (side == 0 || expressions.Exists(one => one.Text.Start <= words[at].Start && words[at].Start < one.Text.End))
            {
                continue;
            }

            var first = words.Folded(words[at]) is "prior" ? at + 2 : at + 1;
            var isOpening = at <= 1;
            var last = isOpening ? EndOfClause(words, first) : words.Count;
            var isNext = (at > 0 && Near.Contains(Word(words, at - 1))) || HasNext(words, at);
            var rest = isOpening
                ? Cut(question, words, last, words.Count)
                : Cut(question, words, 0, at > 0 && Near.Contains(Word(words, at - 1)) ? at - 1 : at);
            if (last > first && rest.Length > 0 && (Speaks(rest) || isNext))
            {
                return read with
                {
                    Side = side, Anchor = Cut(question, words, first, last), Rest = rest, IsNext = isNext, IsDeed = !Speaks(rest),
                    WantsFirst = false, WantsLatest = false, IsOfSaying = false,
                };
            }
        }

        return null;
    }

    /// <summary>"What was the next thing she said after …".</summary>
    static bool HasNext(TokenBuffer words, int before)
    {
        for (var at = 0; at < before; at++)
        {
            if (words.Folded(words[at]) is "next")
            {
                return true;
            }
        }

        return false;
    }

    static bool Speaks(string text)
    {
        var words = new TokenBuffer();
        words.Read(text);
        for (var at = 0; at < words.Count; at++)
        {
            if (Saying.Contains(Word(words, at)))
            {
                return true;
            }
        }

        return false;
    }

    static int EndOfClause(TokenBuffer words, int from)
    {
        for (var at = from + 1; at < words.Count; at++)
        {
            if (words[at].Is(TokenMarks.Break))
            {
                return at;
            }
        }

        return words.Count;
    }

    static string Word(TokenBuffer words, int at) => words.Folded(words[at]).ToString();

    static string Cut(string question, TokenBuffer words, int from, int to) =>
        from >= to || from >= words.Count ? "" : question[words[from].Start..(words[to - 1].Start + words[to - 1].Length)];
}
