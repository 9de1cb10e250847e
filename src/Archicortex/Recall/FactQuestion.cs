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
/// English nests what it asks for around a name: in "the nationality of Ada's mother's brother" the words behind the name
/// come first and in order (mother, brother), then those before it from the nearest on (nationality). So each linked
/// entity brings its own order of the words.
/// </remarks>
static class FactQuestion
{
    /// <summary>Entities a question may start from.</summary>
    public const int LinkedMax = 4;

    const int NameWordsMax = 16;

    /// <summary>Words of a question that are matched with relations; a longer question is cut there.</summary>
    public const int WordsMax = 32;

    public static LinkedEntity[] Link(string question, FactSnapshot facts)
    {
        var buffer = new TokenBuffer();
        buffer.Read(question);
        var links = LongestFirst(buffer, facts);
        return [.. links.Select(link => new LinkedEntity(link.Entity, TextOf(buffer, link), WordsAround(buffer, link, links)))];
    }

    static List<Match> LongestFirst(TokenBuffer buffer, FactSnapshot facts)
    {
        var links = new List<Match>();
        for (var count = Math.Min(NameWordsMax, buffer.Count); count > 0; count--)
        {
            for (var start = 0; start + count <= buffer.Count && links.Count < LinkedMax; start++)
            {
                if (!links.Exists(link => link.Overlaps(start, count)) && Find(buffer, start, count, facts) is var entity and >= 0)
                {
                    links.Add(new(entity, start, count));
                }
            }
        }

        // A word that is no name may be an end of some fact all the same ("religion"). Where the question has names by
        // their writing, or names of several words, those are meant.
        return links.Exists(link => IsNamed(buffer, link)) ? links.FindAll(link => IsNamed(buffer, link))
            : links.Exists(link => link.Count > 1) ? links.FindAll(link => link.Count > 1)
            : links;
    }

    static int Find(TokenBuffer buffer, int start, int count, FactSnapshot facts)
    {
        if (count == 1 && StopWords.Contains(buffer.Folded(buffer[start])))
        {
            return -1;
        }

        var key = string.Join(' ', Enumerable.Range(start, count).Select(at => buffer.Folded(buffer[at]).ToString()));
        return facts.FindEntity(key);
    }

    static bool IsNamed(TokenBuffer buffer, Match link)
    {
        for (var at = link.Start; at < link.Start + link.Count; at++)
        {
            if (buffer[at].LooksNamed && !(at == 0 && link.Count == 1))
            {
                return true;
            }
        }

        return false;
    }

    static string[] WordsAround(TokenBuffer buffer, Match link, List<Match> links)
    {
        var behind = Enumerable.Range(link.Start + link.Count, buffer.Count - link.Start - link.Count);
        var before = Enumerable.Range(0, link.Start).Reverse();
        return [.. behind.Concat(before)
            .Where(at => !links.Exists(other => other.Overlaps(at, 1)))
            .Select(at => buffer.Folded(buffer[at]).ToString())
            .Where(word => !StopWords.Contains(word))
            .Take(WordsMax)];
    }

    static TextSpan TextOf(TokenBuffer buffer, Match link)
    {
        var last = buffer[link.Start + link.Count - 1];
        return new(buffer[link.Start].Start, last.Start + last.Length - buffer[link.Start].Start);
    }

    readonly record struct Match(int Entity, int Start, int Count)
    {
        public bool Overlaps(int start, int count) => start < Start + Count && Start < start + count;
    }
}
