using System.Collections.Frozen;
using Archicortex.Facts;
using Archicortex.Graph;
using Archicortex.Language;

namespace Archicortex.Recall;

/// <summary>An entity of the graph of facts that stands in a question, and what the question says around it.</summary>
/// <param name="Entity">Its row.</param>
/// <param name="Text">Where it stands in the question.</param>
/// <param name="Words">The other words that say something, in the order in which a path from the entity meets them.</param>
sealed record LinkedEntity(int Entity, TextSpan Text, string[] Words);

/// <summary>A question as a path through facts: where it starts, and which words the steps should answer to.</summary>
/// <remarks>
/// English nests what it asks for around a name. In "the nationality of Ada's mother's brother" the words behind the name
/// come first and in order (mother, brother), then those before it from the nearest on (nationality); in "where was the
/// founder of the brewery born" the name owns nothing, and what stands behind it comes last. So each linked entity brings
/// its own order of the words.
/// </remarks>
static class FactQuestion
{
    /// <summary>Entities a question may start from.</summary>
    public const int LinkedMax = 4;

    const int NameWordsMax = 16;
    const int MatchesMax = 64;
    const int PossessiveGapMax = 2;

    // Words of asking that ask for nothing in particular.
    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Idle = FrozenSet.ToFrozenSet(
        "now currently current presently nowadays still back name names tell me us please give show list you your know called exactly".Split(' '),
        StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    // Any day will do: only where the words of time stand is asked.
    static readonly DateOnly Epoch = new(2000, 1, 1);

    // Longer names than this are no part of a question.
    const int KeyCharsMax = 512;

    /// <summary>Words of a question that are matched with relations; a longer question is cut there.</summary>
    public const int WordsMax = 32;

    public static LinkedEntity[] Link(string question, FactSnapshot facts)
    {
        var buffer = new TokenBuffer();
        buffer.Read(question);
        var matches = Meant(Match(question, facts));
        if (matches.Count > LinkedMax)
        {
            matches = [.. matches.OrderByDescending(match => match.WordCount).Take(LinkedMax)];
        }

        // When it is asked for does not say what is asked.
        var times = matches.Count > 0 ? TimeExpressions.Find(question, Epoch) : [];
        return [.. matches.Select(match => new LinkedEntity(match.Entity, match.Text, WordsAround(buffer, match, matches, times)))];
    }

    /// <summary>All entities that stand in a question word for word: the longest first, none inside or across another.</summary>
    /// <param name="question">The question.</param>
    /// <param name="facts">The facts.</param>
    /// <param name="isMeant">Whether an entity may be one; all, if not given.</param>
    public static List<EntityMatch> Match(string question, FactSnapshot facts, Func<int, bool>? isMeant = null)
    {
        var buffer = new TokenBuffer();
        buffer.Read(question);
        var matches = new List<EntityMatch>();
        for (var count = Math.Min(NameWordsMax, buffer.Count); count > 0; count--)
        {
            for (var start = 0; start + count <= buffer.Count && matches.Count < MatchesMax; start++)
            {
                var text = TextOf(buffer, start, count);
                if (Find(buffer, start, count, facts) is var entity and >= 0 && !IsTaken(matches, text) && isMeant?.Invoke(entity) != false)
                {
                    matches.Add(new(entity, text, count, IsNamed(buffer, start, count)));
                }
            }
        }

        return matches;
    }

    /// <summary>
    /// A word that is no name may be an end of some fact all the same ("religion"). Where the question has names by their
    /// writing, or names of several words, those are meant.
    /// </summary>
    static List<EntityMatch> Meant(List<EntityMatch> matches) =>
        matches.Exists(match => match.IsNamed) ? matches.FindAll(match => match.IsNamed)
        : matches.Exists(match => match.WordCount > 1) ? matches.FindAll(match => match.WordCount > 1)
        : matches;

    static int Find(TokenBuffer buffer, int start, int count, FactSnapshot facts)
    {
        if (count == 1 && StopWords.Contains(buffer.Folded(buffer[start])))
        {
            return -1;
        }

        Span<char> key = stackalloc char[KeyCharsMax];
        var length = 0;
        for (var at = start; at < start + count; at++)
        {
            var word = buffer.Folded(buffer[at]);
            if (length + word.Length + 1 > key.Length)
            {
                return -1;
            }

            word.CopyTo(key[length..]);
            length += word.Length;
            key[length++] = ' ';
        }

        return facts.FindEntity(key[..(length - 1)]);
    }

    static bool IsTaken(List<EntityMatch> matches, TextSpan text)
    {
        foreach (var match in matches)
        {
            if (match.Overlaps(text))
            {
                return true;
            }
        }

        return false;
    }

    static bool IsNamed(TokenBuffer buffer, int start, int count)
    {
        for (var at = start; at < start + count; at++)
        {
            if (buffer[at].LooksNamed && !(at == 0 && count == 1))
            {
                return true;
            }
        }

        return false;
    }

    static string[] WordsAround(TokenBuffer buffer, EntityMatch link, List<EntityMatch> links, IReadOnlyList<TimeExpression> times)
    {
        var behind = new List<string>();
        var before = new List<string>();
        foreach (var token in buffer.Tokens)
        {
            var word = buffer.Folded(token);
            var isLinked = links.Exists(other => other.Overlaps(new(token.Start, token.Length)));
            if (!isLinked && !StopWords.Contains(word) && !Idle.Contains(word) && !IsTime(token, times))
            {
                (token.Start > link.Text.Start ? behind : before).Add(word.ToString());
            }
        }

        before.Reverse();
        var words = IsPossessive(buffer, link) ? behind.Concat(before) : before.Concat(behind);
        return [.. words.Take(WordsMax)];
    }

    /// <summary>"Ada's", and "Ada 's" as some write it.</summary>
    static bool IsPossessive(TokenBuffer buffer, EntityMatch link)
    {
        foreach (var token in buffer.Tokens)
        {
            if (token.Start >= link.Text.End)
            {
                return buffer.Folded(token) is "s" && token.Start - link.Text.End <= PossessiveGapMax;
            }
        }

        return false;
    }

    static bool IsTime(Token token, IReadOnlyList<TimeExpression> times) =>
        times.Any(time => token.Start >= time.Text.Start && token.Start < time.Text.End);

    static TextSpan TextOf(TokenBuffer buffer, int start, int count)
    {
        var last = buffer[start + count - 1];
        return new(buffer[start].Start, last.Start + last.Length - buffer[start].Start);
    }
}

/// <summary>An entity that stands in a question word for word.</summary>
/// <param name="Entity">Its row.</param>
/// <param name="Text">Where it stands.</param>
/// <param name="WordCount">Number of its words.</param>
/// <param name="IsNamed">One of its words is written as a name.</param>
readonly record struct EntityMatch(int Entity, TextSpan Text, int WordCount, bool IsNamed)
{
    public bool Overlaps(TextSpan other) => Text.Start < other.End && other.Start < Text.End;
}
