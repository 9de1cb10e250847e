using System.Text;
using Archicortex.Language;

namespace Archicortex.Facts;

/// <summary>Finds the sentence of a passage that says something, for facts that come without a place.</summary>
/// <remarks>Sentences are read once per passage. Linear in passage and statement.</remarks>
sealed class EvidenceFinder
{
    readonly List<(TextSpan Span, HashSet<string> Words)> _sentences = [];
    readonly TokenBuffer _buffer = new();
    readonly string _flat;
    readonly List<int> _places;

    public EvidenceFinder(string text)
    {
        foreach (var span in SentenceSplitter.Split(text))
        {
            _sentences.Add((span, Words(text.AsSpan(span.Start, span.Length))));
        }

        (_flat, _places) = Flatten(text);
    }

    /// <summary>
    /// The sentence that shares most words with subject and object; of equals the one that shares more with the relation,
    /// then the first. Length 0 if none shares any.
    /// </summary>
    public TextSpan BestSentence(string subject, string relation, string @object)
    {
        var ends = Words(subject);
        ends.UnionWith(Words(@object));
        var link = Words(relation);
        var best = default(TextSpan);
        var (bestEnds, bestLink) = (0, -1);
        foreach (var (span, words) in _sentences)
        {
            var sharedEnds = ends.Count(words.Contains);
            var sharedLink = link.Count(words.Contains);
            if (sharedEnds > bestEnds || (sharedEnds == bestEnds && sharedEnds > 0 && sharedLink > bestLink))
            {
                (best, bestEnds, bestLink) = (span, sharedEnds, sharedLink);
            }
        }

        return best;
    }

    /// <summary>
    /// The sentence that holds a quotation word for word (runs of white space count as equal); length 0 if it runs over
    /// several sentences; null if the passage does not hold it.
    /// </summary>
    public TextSpan? SentenceOf(string quotation)
    {
        var (flat, _) = Flatten(quotation);
        var wanted = flat.Trim();
        var at = wanted.Length == 0 ? -1 : _flat.IndexOf(wanted, StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        var start = _places[at];
        var end = _places[at + wanted.Length - 1] + 1;
        return _sentences.FirstOrDefault(sentence => sentence.Span.Start <= start && end <= sentence.Span.End).Span;
    }

    HashSet<string> Words(ReadOnlySpan<char> text)
    {
        _buffer.Clear();
        _buffer.Read(text);
        var words = new HashSet<string>(StringComparer.Ordinal);
        foreach (var token in _buffer.Tokens)
        {
            var word = _buffer.Folded(token);
            if (!StopWords.Contains(word))
            {
                words.Add(word.ToString());
            }
        }

        return words;
    }

    /// <summary>The text with one space for each run of white space, and where each of its characters stood.</summary>
    static (string Text, List<int> Places) Flatten(string text)
    {
        var flat = new StringBuilder(text.Length);
        var places = new List<int>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var isSpace = char.IsWhiteSpace(text[i]);
            if (!isSpace || flat.Length == 0 || flat[^1] != ' ')
            {
                flat.Append(isSpace ? ' ' : text[i]);
                places.Add(i);
            }
        }

        return (flat.ToString(), places);
    }
}
