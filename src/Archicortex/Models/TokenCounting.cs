using Microsoft.Extensions.AI;

namespace Archicortex.Models;

/// <summary>How many tokens a text has, as far as can be told without the model's own tokenizer.</summary>
/// <remarks>
/// Budgets and estimates need numbers before a model is asked. The rule <c>chars/4-1</c>: four characters make a token,
/// begun ones count whole; a character of a script written without spaces (Chinese, Japanese kana, Korean) is one token;
/// a message costs 4 more. English prose comes out about right, code and rare scripts too low (not measured here). The
/// rule's name is stored with every number made by it.
/// </remarks>
public static class TokenCounting
{
    /// <summary>The rule's name.</summary>
    public const string Name = "chars/4-1";

    const int CharsPerToken = 4;
    const int TokensPerMessage = 4;

    /// <summary>Tokens of a text.</summary>
    public static int Count(ReadOnlySpan<char> text)
    {
        var single = 0;
        foreach (var c in text)
        {
            single += IsUnspaced(c) ? 1 : 0;
        }

        return single + ((text.Length - single + CharsPerToken - 1) / CharsPerToken);
    }

    /// <summary>Tokens of what a call sends: every message, and the schema of the reply.</summary>
    internal static int Count(IReadOnlyList<ChatMessage> messages, string? schema)
    {
        var count = schema is null ? 0 : Count(schema);
        foreach (var message in messages)
        {
            count += Count(message.Text) + TokensPerMessage;
        }

        return count;
    }

    /// <summary>Kana, CJK ideographs and their extension A, Hangul syllables, compatibility ideographs; both halves of a surrogate pair.</summary>
    static bool IsUnspaced(char c) => c is (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF')
        or (>= '\uAC00' and <= '\uD7AF') or (>= '\uF900' and <= '\uFAFF') or (>= '\uD800' and <= '\uDFFF');
}
