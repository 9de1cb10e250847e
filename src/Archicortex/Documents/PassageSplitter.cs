using Archicortex.Language;

namespace Archicortex.Documents;

/// <summary>Splits a document into passages: long enough to make sense alone, short enough to be quoted whole.</summary>
/// <remarks>
/// A document of at most <paramref name="wordCountMax"/> words stays whole. A longer one is cut at its headings, and a
/// longer section into equal pieces of whole sentences, without overlap. Sizes are counted in words (tokens of
/// <see cref="TokenBuffer"/>), about three quarters of a language model's tokens in English.
/// </remarks>
/// <param name="wordCountMax">Words a passage may have, ≥ 1; only a single longer sentence may have more.</param>
sealed class PassageSplitter(int wordCountMax)
{
    public List<PassagePart> Split(Document document)
    {
        var parts = new List<PassagePart>();
        if (TokenBuffer.CountWords(document.Text) <= wordCountMax)
        {
            AddTrimmed(document.Text, new(0, document.Text.Length), null, parts);
            return parts;
        }

        foreach (var section in Sections(document))
        {
            SplitSection(document.Text, section, parts);
        }

        return parts;
    }

    static List<PassagePart> Sections(Document document) => document.Format == DocumentFormat.Markdown
        ? MarkdownHeadings.Sections(document.Text)
        : [new PassagePart(0, document.Text.Length, null)];

    void SplitSection(string text, PassagePart section, List<PassagePart> parts)
    {
        var sentences = SentenceSplitter.Split(text.AsSpan(section.Start, section.Length));
        var sizes = sentences.ConvertAll(span => TokenBuffer.CountWords(text.AsSpan(section.Start + span.Start, span.Length)));
        var left = sizes.Sum(size => (long)size);
        var first = 0;
        while (first < sentences.Count)
        {
            // What is left goes into as few pieces as possible, all of about the same size.
            var pieces = (left + wordCountMax - 1) / wordCountMax;
            var target = pieces == 0 ? 0 : (double)left / pieces;
            var size = sizes[first];
            var end = first + 1;
            while (end < sentences.Count && size + sizes[end] <= wordCountMax && size + (sizes[end] / 2.0) <= target)
            {
                size += sizes[end++];
            }

            left -= size;
            var start = sentences[first].Start;
            AddTrimmed(text, new(section.Start + start, sentences[end - 1].End - start), section.Section, parts);
            first = end;
        }
    }

    static void AddTrimmed(string text, TextSpan span, string? section, List<PassagePart> parts)
    {
        var piece = text.AsSpan(span.Start, span.Length);
        var start = span.Start + (span.Length - piece.TrimStart().Length);
        var length = piece.Trim().Length;
        if (length > 0)
        {
            parts.Add(new PassagePart(start, length, section));
        }
    }
}
