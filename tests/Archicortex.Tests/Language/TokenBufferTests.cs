using Archicortex.Language;
using NUnit.Framework;

namespace Archicortex.Tests.Language;

/// <summary>Words, their folded letters, their places and the way they are written.</summary>
[TestFixture]
sealed class TokenBufferTests
{
    [TestCase("Zoë's CAFÉ, naïve", "zoe s cafe naive", TestName = "Accents_and_capitals_fold")]
    [TestCase("张伟在北京", "张 伟 在 北 京", TestName = "Chinese_gives_a_word_a_character")]
    [TestCase("محمد بن سلمان", "محمد بن سلمان", TestName = "Arabic_words_stay_whole")]
    [TestCase("Фёдор Достоевский", "федор достоевскии", TestName = "Cyrillic_folds")]
    [TestCase("दिल्ली में", "दिल्ली में", TestName = "Hindi_keeps_its_vowel_signs")]
    [TestCase("🙂 ok 🙂🙂", "ok", TestName = "Emoji_are_no_words")]
    [TestCase("Straße Ærø", "strasse aero", TestName = "German_and_Danish_letters_open_up")]
    [TestCase("x_y a/b 12.5", "x y a b 12 5", TestName = "Signs_part_words")]
    [TestCase("", "", TestName = "Nothing_gives_nothing")]
    public void Words_are_folded(string text, string expected) =>
        Assert.That(string.Join(' ', Folded(Read(text))), Is.EqualTo(expected));

    [Test]
    public void Thai_gives_a_word_a_character_with_its_marks()
    {
        var buffer = Read("ที่นี่");
        Assert.That(string.Join(' ', buffer.Tokens.ToArray().Select(token => token.Length)), Is.EqualTo("3 3"));
        Assert.That(buffer.Tokens.ToArray().All(token => token.Is(TokenMarks.Uncased)), Is.True);
    }

    [Test]
    public void Writing_is_told_by_marks()
    {
        Assert.That(string.Join(" | ", Marks("the Comet of 1997 was")), Is.EqualTo("SentenceStart, Break | Capital | None | Number | None"));
        Assert.That(string.Join(" | ", Marks("x 张 عمر a1 A1")[1..]), Is.EqualTo("Uncased | Uncased | None | Capital"));
    }

    [TestCase("a, b", TokenMarks.Break)]
    [TestCase("a (b", TokenMarks.Break)]
    [TestCase("a. b", TokenMarks.Break | TokenMarks.SentenceStart)]
    [TestCase("a? \"b", TokenMarks.Break | TokenMarks.SentenceStart)]
    [TestCase("a\nb", TokenMarks.None)]
    [TestCase("a\n\nb", TokenMarks.Break | TokenMarks.SentenceStart)]
    [TestCase("a-b", TokenMarks.Joined)]
    [TestCase("a.b", TokenMarks.Joined)]
    [TestCase("a'b", TokenMarks.Joined | TokenMarks.AfterApostrophe)]
    [TestCase("a’b", TokenMarks.Joined | TokenMarks.AfterApostrophe)]
    [TestCase("a - b", TokenMarks.None)]
    [TestCase("a--b", TokenMarks.None)]
    public void What_stands_between_two_words_marks_the_second(string text, TokenMarks expected) =>
        Assert.That(Marks(text)[1], Is.EqualTo(expected));

    [TestCase("'Quarry' was a ship")]
    [TestCase("-Quarry")]
    [TestCase(".Quarry")]
    [TestCase("Quarry")]
    [TestCase("\"Quarry\"")]
    public void The_first_word_starts_its_sentence_and_is_joined_to_nothing(string text)
    {
        var marks = Marks(text)[0];
        Assert.That(marks.HasFlag(TokenMarks.SentenceStart), Is.True);
        Assert.That(marks.HasFlag(TokenMarks.Break), Is.True);
        Assert.That(marks.HasFlag(TokenMarks.Joined), Is.False);
    }

    [Test]
    public void Offsets_lead_back_to_the_text_and_folding_a_word_again_changes_nothing([Range(1, 60)] int seed)
    {
        var random = new Random(seed);
        string[] parts = ["Ada", "é", "e\u0301", "ﬁx", "海", "ที่", "عمر", "🙂", "𝔘nit", "Ж", " ", ", ", "-", "'", ".", "12", "\u200D", "\uD83D", "नि", "\n"];
        var text = string.Concat(Enumerable.Range(0, random.Next(1, 60)).Select(_ => parts[random.Next(parts.Length)]));
        var buffer = new TokenBuffer();
        buffer.Read("before");
        buffer.Read(text, 1000);
        var end = 1000;
        for (var i = 1; i < buffer.Count; i++)
        {
            var token = buffer[i];
            var written = text.Substring(token.Start - 1000, token.Length);
            Assert.That(token.Start, Is.GreaterThanOrEqualTo(end), $"seed {seed}");
            Assert.That(buffer.Folded(token).ToString(), Is.EqualTo(UnicodeText.Fold(written)), $"seed {seed}");
            Assert.That(buffer.Folded(token).IsEmpty, Is.False, $"seed {seed}");
            end = token.Start + token.Length;
        }
    }

    [Test]
    public void A_buffer_grows_and_is_reused()
    {
        var buffer = new TokenBuffer();
        buffer.Read(string.Join(' ', Enumerable.Repeat("ﷺ", 3000)));
        Assert.That(buffer.Count, Is.EqualTo(3000));
        buffer.Clear();
        buffer.Read("Again new");
        Assert.That(string.Join(' ', Folded(buffer)), Is.EqualTo("again new"));
    }

    [TestCase("the", true)]
    [TestCase("s", true)]
    [TestCase("whose", true)]
    [TestCase("The", false)]
    [TestCase("harbour", false)]
    [TestCase("", false)]
    public void Stop_words_are_told_by_their_folded_form(string word, bool expected) =>
        Assert.That(StopWords.Contains(word), Is.EqualTo(expected));

    static TokenBuffer Read(string text)
    {
        var buffer = new TokenBuffer();
        buffer.Read(text);
        return buffer;
    }

    static string[] Folded(TokenBuffer buffer) => [.. buffer.Tokens.ToArray().Select(token => buffer.Folded(token).ToString())];

    static TokenMarks[] Marks(string text) => [.. Read(text).Tokens.ToArray().Select(token => token.Marks)];
}
