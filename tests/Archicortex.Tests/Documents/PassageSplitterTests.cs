using System.Text;
using Archicortex.Documents;
using Archicortex.Language;
using NUnit.Framework;

namespace Archicortex.Tests.Documents;

public sealed class PassageSplitterTests
{
    static readonly string[] Pieces =
    [
        "word", "Ada", "Dr. Weyl", "3.14", "it ends. ", "Really? ", "\n\n", "\n", "# Heading\n", "## Sub heading\n", "```\ncode # no\n```\n",
        "東京は大きい。", "ёлка", "e\u0301", "😀", " — ", "\t", "a-b", "(x)", "\"quoted.\" ",
    ];

    [Test]
    public void Parts_hold_every_sign_that_is_not_blank_in_order_and_once([Range(1, 40)] int seed)
    {
        var (document, wordsMax) = Random(seed);
        var covered = new bool[document.Text.Length];
        var end = 0;
        foreach (var part in new PassageSplitter(wordsMax).Split(document))
        {
            Assert.That(part.Start, Is.GreaterThanOrEqualTo(end), $"seed {seed}: parts overlap");
            Assert.That(part.Length, Is.Positive, $"seed {seed}");
            end = part.Start + part.Length;
            covered.AsSpan(part.Start, part.Length).Fill(true);
            Assert.That(document.Text.AsSpan(part.Start, part.Length).Trim().Length, Is.EqualTo(part.Length), $"seed {seed}: not trimmed");
        }

        for (var i = 0; i < covered.Length; i++)
        {
            Assert.That(covered[i] || char.IsWhiteSpace(document.Text[i]), Is.True, $"seed {seed}: sign {i} is in no part");
        }
    }

    [Test]
    public void A_part_has_at_most_the_words_allowed_unless_it_is_one_sentence([Range(1, 40)] int seed)
    {
        var (document, wordsMax) = Random(seed);
        foreach (var part in new PassageSplitter(wordsMax).Split(document))
        {
            var text = document.Text.Substring(part.Start, part.Length);
            var words = TokenBuffer.CountWords(text);
            Assert.That(
                words <= wordsMax || SentenceSplitter.Split(text).Count == 1,
                Is.True,
                $"seed {seed}: {words} words, limit {wordsMax}: '{text}'");
        }
    }

    [Test]
    public void A_short_document_stays_whole()
    {
        var parts = new PassageSplitter(20).Split(new Document("  # A\n\none two\n\n# B\nthree ") { Format = DocumentFormat.Markdown });
        Assert.That(parts, Is.EqualTo(new[] { new PassagePart(2, 23, null) }));
    }

    [Test]
    public void A_long_section_is_cut_into_pieces_of_about_the_same_size()
    {
        var text = string.Concat(Enumerable.Repeat("One two three four five six seven eight nine ten. ", 22));
        var sizes = new PassageSplitter(100).Split(new Document(text)).Select(part => TokenBuffer.CountWords(text.AsSpan(part.Start, part.Length)));
        Assert.That(sizes, Has.All.InRange(70, 80).And.Exactly(3).Items);
    }

    static (Document, int WordsMax) Random(int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder();
        var count = random.Next(1, 300);
        for (var i = 0; i < count; i++)
        {
            text.Append(Pieces[random.Next(Pieces.Length)]).Append(random.Next(3) > 0 ? " " : "");
        }

        return (new Document(text.Append('x').ToString()) { Format = (DocumentFormat)random.Next(2) }, random.Next(5, 60));
    }
}
