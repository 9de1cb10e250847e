using Archicortex.Facts;
using Archicortex.Language;

namespace Archicortex.Practice;

/// <summary>A word or a name of a situation.</summary>
/// <param name="Text">The stem of a word, or "=" and the words of a name.</param>
/// <param name="IsName">It is a name, or a part of one.</param>
readonly record struct SituationWord(string Text, bool IsName);

/// <summary>Reads what a situation is about: its words, and the names in it, by the same rules as documents are read.</summary>
/// <remarks>
/// Two situations are alike by what happens in them more than by whom it happens to. So parts of names weigh half, a name of
/// several words is once more a word of its own, and <see cref="SituationIndex"/> wants a plain word in common. A single
/// capitalised word that opens a sentence ("Deploying fails") is a plain word.
/// </remarks>
static class SituationWords
{
    /// <summary>Distinct words read of one text; what comes later in a longer one is not compared.</summary>
    public const int WordsMax = 256;

    const char NameMark = '=';

    /// <summary>The distinct words of a text, in ordinal order.</summary>
    public static SituationWord[] Read(string text)
    {
        var buffer = new TokenBuffer();
        buffer.Read(text);
        var names = new List<TokenRange>();
        NameSpans.Find(buffer, 0, buffer.Count, names);
        names.RemoveAll(name => name.Count == 1 && buffer[name.Start].Is(TokenMarks.SentenceStart));
        var isNamed = new bool[buffer.Count];
        foreach (var name in names)
        {
            isNamed.AsSpan(name.Start, name.Count).Fill(true);
        }

        var words = new Dictionary<string, bool>(StringComparer.Ordinal);
        for (var i = 0; i < buffer.Count && words.Count < WordsMax; i++)
        {
            var folded = buffer.Folded(buffer[i]);
            if (!StopWords.Contains(folded))
            {
                var stem = PorterStemmer.Stem(folded.ToString());
                words[stem] = isNamed[i] && words.GetValueOrDefault(stem, true);
            }
        }

        foreach (var name in names.Where(name => name.Count > 1).TakeWhile(_ => words.Count < WordsMax))
        {
            words[NameMark + string.Join(' ', Enumerable.Range(name.Start, name.Count).Select(at => buffer.Folded(buffer[at]).ToString()))] = true;
        }

        return [.. words.Select(word => new SituationWord(word.Key, word.Value)).OrderBy(word => word.Text, StringComparer.Ordinal)];
    }

    /// <summary>The stems a word is made of: itself, or those of a name's words.</summary>
    public static IEnumerable<string> StemsOf(string word) => word[0] == NameMark ? word[1..].Split(' ').Select(PorterStemmer.Stem) : [word];
}
