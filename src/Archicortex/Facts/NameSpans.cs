using System.Collections.Frozen;
using Archicortex.Language;

namespace Archicortex.Facts;

/// <summary>A run of tokens.</summary>
/// <param name="Start">First token.</param>
/// <param name="Count">Number of tokens, ≥ 1.</param>
readonly record struct TokenRange(int Start, int Count)
{
    public int End => Start + Count;
}

/// <summary>Finds the names in text by how they are written, without a list of names and without a model.</summary>
/// <remarks>
/// A name is a run of capitalised words; the connectors "of", "de", "van" … stay inside one. A number of four digits
/// counts as capitalised (years lead from passage to passage), other numbers only inside a run ("Apollo 11"). "and",
/// "in" and "for" are no connectors: they glue two names together more often than they belong to one. In scripts
/// without capitals only what stands between 《》, 「」 or 『』 would be recognisable; there, names come from titles.
/// Design and measurements: the chain recipe of this project, after the phrase nodes of HippoRAG (arXiv 2405.14831).
/// </remarks>
static class NameSpans
{
    const int YearDigits = 4;

    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Connectors = FrozenSet.ToFrozenSet(
        "of the de la von van del du le da di al el".Split(' '),
        StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Appends the names among the tokens from <paramref name="start"/> up to, but without, <paramref name="end"/>.</summary>
    public static void Find(TokenBuffer buffer, int start, int end, List<TokenRange> names)
    {
        var run = new TokenRange(start, 0);
        for (var at = start; at < end;)
        {
            var next = EndOfWord(buffer, at, end);
            if (buffer[at].Is(TokenMarks.Break))
            {
                Close(buffer, run, names);
                run = default;
            }

            if (IsNamePart(buffer, at, next, run) || (run.Count > 0 && IsConnection(buffer, at, next, end)))
            {
                run = run.Count == 0 ? new(at, next - at) : run with { Count = next - run.Start };
            }
            else
            {
                Close(buffer, run, names);
                run = default;
            }

            if (run.Count > 0 && EntityName.IsPossessive(buffer, next - 1))
            {
                Close(buffer, run with { Count = run.Count - 1 }, names);
                run = default;
            }

            at = next;
        }

        Close(buffer, run, names);
    }

    /// <summary>False for what cannot lead anywhere as a name of one word: a stop word, a letter, a number that is no year.</summary>
    public static bool IsUsable(TokenBuffer buffer, TokenRange name)
    {
        if (name.Count != 1)
        {
            return name.Count > 1;
        }

        var token = buffer[name.Start];
        var word = buffer.Folded(token);
        return token.Is(TokenMarks.Number)
            ? word.Length == YearDigits
            : (word.Length > 1 || token.Is(TokenMarks.Uncased)) && !StopWords.Contains(word);
    }

    /// <summary>"Jean-Paul" and "Ada's" are one word of two tokens.</summary>
    static int EndOfWord(TokenBuffer buffer, int at, int end)
    {
        at++;
        while (at < end && buffer[at].Is(TokenMarks.Joined))
        {
            at++;
        }

        return at;
    }

    static bool IsNamePart(TokenBuffer buffer, int at, int next, TokenRange run)
    {
        var token = buffer[at];
        if (token.Is(TokenMarks.Number))
        {
            return next == at + 1 && (run.Count > 0 || token.FoldedLength == YearDigits);
        }

        return token.Is(TokenMarks.Capital)
            && !(run.Count == 0 && token.Is(TokenMarks.SentenceStart) && StopWords.Contains(buffer.Folded(token)));
    }

    static bool IsConnection(TokenBuffer buffer, int at, int next, int end) =>
        next == at + 1 && next < end && !buffer[next].Is(TokenMarks.Break)
        && Connectors.Contains(buffer.Folded(buffer[at]))
        && (buffer[next].Is(TokenMarks.Capital) || Connectors.Contains(buffer.Folded(buffer[next])));

    static void Close(TokenBuffer buffer, TokenRange run, List<TokenRange> names)
    {
        while (run.Count > 0 && !buffer[run.End - 1].Is(TokenMarks.Joined) && Connectors.Contains(buffer.Folded(buffer[run.End - 1])))
        {
            run = run with { Count = run.Count - 1 };
        }

        while (run.Count > 0 && StopWords.Contains(buffer.Folded(buffer[run.Start])))
        {
            run = new(run.Start + 1, run.Count - 1);
        }

        if (IsUsable(buffer, run))
        {
            names.Add(run);
        }
    }
}
