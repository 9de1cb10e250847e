using System.Text;
using Archicortex.Language;

namespace Archicortex.Facts;

/// <summary>The one form in which names are compared: folded words, without a leading article or a possessive.</summary>
/// <remarks>
/// "The Café Müller's" and "cafe muller" are one name. Accents are folded for matching only; letters of scripts that
/// fold to nothing else stay as they are, so a Chinese or Arabic name never becomes an empty key.
/// </remarks>
public readonly record struct EntityName
{
    EntityName(string key) => Key = key;

    /// <summary>Folded words joined by one space; empty only for text without a letter or digit.</summary>
    public string Key { get; }

    /// <summary>Normalises a name as a person wrote it.</summary>
    public static EntityName Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Of(name, new TokenBuffer());
    }

    /// <summary>The same, with a buffer to work in.</summary>
    internal static EntityName Of(string name, TokenBuffer buffer)
    {
        buffer.Clear();
        buffer.Read(name);
        var end = buffer.Count;
        while (end > 1 && IsPossessive(buffer, end - 1))
        {
            end--;
        }

        var start = end > 1 && IsArticle(buffer.Folded(buffer[0])) ? 1 : 0;
        var key = new StringBuilder();
        for (var i = start; i < end; i++)
        {
            key.Append(i > start ? " " : "").Append(buffer.Folded(buffer[i]));
        }

        return new EntityName(key.ToString());
    }

    /// <inheritdoc/>
    public override string ToString() => Key;

    internal static bool IsPossessive(TokenBuffer buffer, int index) =>
        buffer[index].Is(TokenMarks.AfterApostrophe) && buffer.Folded(buffer[index]) is "s";

    static bool IsArticle(ReadOnlySpan<char> word) => word is "the" or "a" or "an";
}
