using Archicortex.Language;

namespace Archicortex.Facts;

/// <summary>The names a title gives its passage: "Paris, Texas (film)" is called so, and "Paris, Texas", and "Paris".</summary>
static class TitleNames
{
    /// <summary>Appends the names, each a run of tokens at the start of the title; none twice.</summary>
    /// <param name="title">The title as written.</param>
    /// <param name="buffer">Holds the title's tokens.</param>
    /// <param name="tokens">Which tokens of the buffer they are; their offsets are those in <paramref name="title"/>.</param>
    /// <param name="names">Where the names go.</param>
    public static void Find(string title, TokenBuffer buffer, TokenRange tokens, List<TokenRange> names)
    {
        var bare = EndWithoutParenthesis(title);
        var comma = title.AsSpan(0, bare).IndexOf(',');
        var last = 0;
        foreach (var end in (ReadOnlySpan<int>)[title.Length, bare, comma < 0 ? bare : comma])
        {
            var name = new TokenRange(tokens.Start, CountBefore(buffer, tokens, end));
            if (name.Count != last && NameSpans.IsUsable(buffer, name))
            {
                names.Add(name);
                last = name.Count;
            }
        }
    }

    static int EndWithoutParenthesis(string title)
    {
        var text = title.AsSpan().TrimEnd();
        if (!text.EndsWith(")"))
        {
            return title.Length;
        }

        var open = text.LastIndexOf('(');
        return open > 0 ? open : title.Length;
    }

    static int CountBefore(TokenBuffer buffer, TokenRange tokens, int end)
    {
        var count = 0;
        while (count < tokens.Count && buffer[tokens.Start + count].Start < end)
        {
            count++;
        }

        return count;
    }
}
