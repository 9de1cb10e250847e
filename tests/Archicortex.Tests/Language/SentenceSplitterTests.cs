using Archicortex.Language;
using NUnit.Framework;

namespace Archicortex.Tests.Language;

/// <summary>Where sentences end, in examples and by laws that hold for any text.</summary>
[TestFixture]
sealed class SentenceSplitterTests
{
    [TestCase("The comet was seen by Dr. Ilse Vantry in the east. She named it at once.",
        "The comet was seen by Dr. Ilse Vantry in the east.|She named it at once.", TestName = "Abbreviations_end_no_sentence")]
    [TestCase("It was written by J. R. R. Oldbarrow of the coast. Nobody read it then.",
        "It was written by J. R. R. Oldbarrow of the coast.|Nobody read it then.", TestName = "Initials_end_no_sentence")]
    [TestCase("The U.S. Navy bought the harbour of Tarn. It was sold again.",
        "The U.S. Navy bought the harbour of Tarn.|It was sold again.", TestName = "Dotted_initials_end_no_sentence")]
    [TestCase("The tower is 31.5 metres high and 4.2 wide. 3.1 of them are gold.",
        "The tower is 31.5 metres high and 4.2 wide.|3.1 of them are gold.", TestName = "Decimals_end_no_sentence")]
    [TestCase("\"We shall never come back here.\" \"Then I shall stay with the ships.\" They parted.",
        "\"We shall never come back here.\"|\"Then I shall stay with the ships.\"|They parted.", TestName = "Closing_quotes_belong_to_the_sentence_before")]
    [TestCase("Was the river ever crossed in winter? (Nobody knows for certain!) Old maps say so.",
        "Was the river ever crossed in winter?|(Nobody knows for certain!)|Old maps say so.", TestName = "Questions_and_brackets_end_sentences")]
    [TestCase("他出生在海边的小镇。他后来去了北方！为什么？没人知道",
        "他出生在海边的小镇。|他后来去了北方！|为什么？|没人知道", TestName = "Chinese_sentences_end_at_their_marks")]
    [TestCase("A headline without a full stop\n\nand a paragraph under it",
        "A headline without a full stop|and a paragraph under it", TestName = "A_blank_line_ends_a_sentence")]
    [TestCase("One line that goes on\non the next line, as mail does.",
        "One line that goes on\non the next line, as mail does.", TestName = "A_single_line_break_does_not")]
    [TestCase("He ran. No. He walked all the way to the harbour. Then he slept.",
        "He ran. No. He walked all the way to the harbour.|Then he slept.", TestName = "Short_pieces_are_joined_with_the_next")]
    [TestCase("The price fell to zero at noon. and then it rose", "The price fell to zero at noon. and then it rose",
        TestName = "A_small_letter_starts_no_sentence")]
    [TestCase("सूरज पूर्व में उगता है और दिन होता है. पक्षी गाते हैं", "सूरज पूर्व में उगता है और दिन होता है.|पक्षी गाते हैं",
        TestName = "A_script_without_capitals_starts_a_sentence")]
    public void Sentences_are_cut_where_a_reader_would(string text, string expected) =>
        Assert.That(Pieces(text), Is.EqualTo(expected.Split('|')));

    [TestCase("")]
    [TestCase(" \n\t ")]
    public void Text_without_words_has_no_sentences(string text) => Assert.That(SentenceSplitter.Split(text), Is.Empty);

    [Test]
    public void Spans_are_ordered_cover_every_letter_and_never_cut_a_character([Range(1, 200)] int seed)
    {
        var text = RandomText(seed);
        var end = 0;
        foreach (var span in SentenceSplitter.Split(text))
        {
            Assert.That(span.Start, Is.GreaterThanOrEqualTo(end), $"seed {seed}");
            Assert.That(span.Length, Is.InRange(1, SentenceSplitter.LengthMax), $"seed {seed}");
            Assert.That(text[end..span.Start], Is.All.Matches<char>(char.IsWhiteSpace), $"seed {seed}");
            Assert.That(char.IsLowSurrogate(text[span.Start]) && span.Start > 0 && char.IsHighSurrogate(text[span.Start - 1]), Is.False, $"seed {seed}");
            end = span.End;
        }

        Assert.That(text[end..], Is.All.Matches<char>(char.IsWhiteSpace), $"seed {seed}");
    }

    [Test]
    public void A_sentence_is_not_split_again([Range(1, 200)] int seed)
    {
        foreach (var piece in Pieces(RandomText(seed)))
        {
            Assert.That(Pieces(piece), Is.EqualTo(new[] { piece }), $"seed {seed}");
        }
    }

    [Test]
    public void Endless_text_is_cut_at_two_thousand_characters_at_a_space_if_there_is_one()
    {
        var words = string.Join(' ', Enumerable.Repeat("windmill", 1000));
        Assert.That(Pieces(words), Is.All.Matches<string>(piece => piece.Length <= 2000 && piece.EndsWith("windmill", StringComparison.Ordinal)));
        var solid = string.Concat(Enumerable.Repeat("🙂", 5000));
        var pieces = Pieces("x" + solid);
        Assert.That(string.Concat(pieces), Is.EqualTo("x" + solid));
        Assert.That(pieces, Is.All.Matches<string>(piece => piece.Length <= 2000 && !char.IsHighSurrogate(piece[^1])));
    }

    [TestCase(".")]
    [TestCase(". ")]
    [TestCase("\n ")]
    [TestCase("A. ")]
    [TestCase("。")]
    [TestCase("…\"")]
    public void A_megabyte_of_marks_is_split_in_one_pass(string mark)
    {
        // Quadratic work on this text would be 10¹¹ steps and would not come back.
        var text = string.Concat(Enumerable.Repeat(mark, 1_000_000 / mark.Length));
        Assert.That(SentenceSplitter.Split(text).Sum(span => span.Length), Is.LessThanOrEqualTo(text.Length));
    }

    static string[] Pieces(string text) => [.. SentenceSplitter.Split(text).Select(span => text.Substring(span.Start, span.Length))];

    static string RandomText(int seed)
    {
        var random = new Random(seed);
        string[] parts =
            ["Dr", "Ada", "he ran", "a long word", "3", ".", ". ", "! ", "? ", "…", "\"", "” ", "(", ") ", "\n", "\n\n", " ", "   ",
                "J.", "U.S. ", "。", "海边", "？", "🙂", "𝔘", "é", "Prof. ", "No. 5", new('z', 1500), "'", "the harbour of Tarn ", "\t", "\u2028"];
        return string.Concat(Enumerable.Range(0, random.Next(1, 120)).Select(_ => parts[random.Next(parts.Length)]));
    }
}
