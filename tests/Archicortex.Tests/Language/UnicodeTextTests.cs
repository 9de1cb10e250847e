using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Archicortex.Language;
using NUnit.Framework;

namespace Archicortex.Tests.Language;

// Marks are written as escapes: an editor that composes what it saves would empty these tests.
[TestFixture]
public sealed class UnicodeTextTests
{
    // Each composed form starts with a letter that joins nothing before it, so concatenations compose piece by piece.
    static readonly (string Composed, string Decomposed)[] Letters =
    [
        ("\u00E9", "e\u0301"),
        ("\u1EC7", "e\u0302\u0323"),
        ("\u1EE9", "u\u031B\u0301"),
        ("\u00C5", "\u212B"),
        ("\u0390", "\u03B9\u0308\u0301"),
        ("\u1F82", "\u03B1\u0345\u0313\u0300"),
        ("\u0439", "\u0438\u0306"),
        ("\u0457", "\u0456\u0308"),
        ("\u05E9\u05BC\u05C1", "\uFB2C"),
        ("\u0622", "\u0627\u0653"),
        ("\u0628\u064E\u0651", "\u0628\u0651\u064E"),
        ("\u0915\u093C", "\u0958"),
        ("\u09CB", "\u09C7\u09BE"),
        ("\uAC00", "\u1100\u1161"),
        ("\uAC01", "\uAC00\u11A8"),
        ("\uD7A3", "\u1112\u1175\u11C2"),
        ("\u304C", "\u304B\u3099"),
        ("\u8C48", "\uF900"),
        ("\u4E3D", "\U0002F800"),
        ("\U0001109A", "\U00011099\U000110BA"),
        ("\U0001D157\U0001D165", "\U0001D15E"),
        ("\U0001F469\u200D\U0001F680", "\U0001F469\u200D\U0001F680"),
        ("a", "a"),
        ("\u4E2D", "\u4E2D"),
        ("\u0F40\u0F71\u0F72", "\u0F40\u0F73"),
        ("\u00E9\u0334", "e\u0334\u0301"),
    ];

    [TestCase("Zu\u0308rich", "Z\u00FCrich", TestName = "Latin")]
    [TestCase("\u039F\u0313\u0301", "\u1F4C", TestName = "Greek with two marks")]
    [TestCase("\u0415\u0308\u043B\u043A\u0430", "\u0401\u043B\u043A\u0430", TestName = "Cyrillic")]
    [TestCase(
        "Vie\u0323\u0302t Vie\u0302\u0323t",
        "Vi\u1EC7t Vi\u1EC7t",
        TestName = "Vietnamese, marks in either order")]
    [TestCase("\u1112\u1161\u11AB\u1100\u1173\u11AF", "\uD55C\uAE00", TestName = "Hangul")]
    [TestCase("\u30D1\u30CF\u309A\u30CF\u3099", "\u30D1\u30D1\u30D0", TestName = "Kana")]
    [TestCase("\u0929\u0928\u093C", "\u0929\u0929", TestName = "Devanagari")]
    [TestCase("\u0648\u0654\u064E", "\u0624\u064E", TestName = "Arabic")]
    [TestCase("\uF9D0\uFA10", "\u985E\u585A", TestName = "Chinese compatibility ideographs")]
    [TestCase("e\u0301\U0001F44D\U0001F3FD", "\u00E9\U0001F44D\U0001F3FD", TestName = "Emoji")]
    [TestCase("\u212B\u2126\u212A", "\u00C5\u03A9K", TestName = "Letters that never compose back")]
    [TestCase("\U0001D15E", "\U0001D157\U0001D165", TestName = "A supplementary character excluded from composition")]
    [TestCase("\uD800e\u0301\uDC00\uDC00", "\uD800\u00E9\uDC00\uDC00", TestName = "Unpaired surrogates")]
    public void A_text_composes_in_every_script(string text, string expected) =>
        Assert.That(UnicodeText.Compose(text), Is.EqualTo(expected));

    [TestCase("", TestName = "Nothing")]
    [TestCase("plain", TestName = "ASCII only")]
    [TestCase("Gr\u00F6\u00DFe \u00BD", TestName = "Western European")]
    [TestCase("\u201CVi\u1EC7t\u201D \u4E2D\u6587 \uD55C\uAE00 \U0001F600", TestName = "Many scripts")]
    [TestCase("x\u0301\u0300", TestName = "Marks of one class, which keep their order")]
    [TestCase("\u09AC\u09BE\u0982\u09B2\u09BE", TestName = "Bengali vowels, which may join but do not here")]
    public void A_composed_text_comes_back_as_the_same_instance(string text) =>
        Assert.That(UnicodeText.Compose(text), Is.SameAs(text));

    [Test]
    public void Composition_agrees_with_the_reference_on_every_code_point()
    {
        // SHA-256 of what unicodedata.normalize("NFC", ...) gives in Python 3.13 (Unicode 15.1), a line feed after each.
        var alone = new StringBuilder();
        var marked = new StringBuilder();
        for (var codePoint = 0; codePoint < 0x110000; codePoint++)
        {
            var text = Utf16(codePoint);
            alone.Append(UnicodeText.Compose(text)).Append('\n');
            marked.Append(UnicodeText.Compose($"e{text}\u0301\u0323")).Append('\n');
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Hash(alone),
                Is.EqualTo("F897F39CA7288EFB3D5DDF9093E45ECF9BBD81C4E853DAF65DE50B9F9B642971"),
                "alone");
            Assert.That(
                Hash(marked),
                Is.EqualTo("5BBC02AD1A8E2AC320D57506F03C1048C528B47D4D1D42ED588D53B6FADD897B"),
                "between e and two marks");
        }
    }

    [Test]
    public void Decomposed_and_composed_letters_give_the_same_text([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var composed = new StringBuilder();
            var mixed = new StringBuilder();
            for (var i = random.Next(30); i >= 0; i--)
            {
                var letter = Letters[random.Next(Letters.Length)];
                composed.Append(letter.Composed);
                mixed.Append(random.Next(2) == 0 ? letter.Composed : letter.Decomposed);
            }

            Assert.That(
                Escape(UnicodeText.Compose(mixed.ToString())),
                Is.EqualTo(Escape(composed.ToString())),
                $"seed {seed}, round {round}: {Escape(mixed.ToString())}");
        }
    }

    [Test]
    public void Composing_twice_changes_nothing([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 500; round++)
        {
            var text = RandomText(random);
            var once = UnicodeText.Compose(text);
            Assert.That(
                UnicodeText.Compose(once),
                Is.SameAs(once),
                $"seed {seed}, round {round}: {Escape(text)} gave {Escape(once)}");
        }
    }

    [Test]
    public void A_letter_with_a_hundred_thousand_marks_composes()
    {
        // Would take minutes if ordering the marks were quadratic.
        var text = "a" + string.Concat(Enumerable.Repeat("\u0301\u0316\u0327\u05B0", 25_000));

        var composed = UnicodeText.Compose(text);

        Assert.That(composed, Has.Length.EqualTo(text.Length - 1));
        Assert.That(composed, Does.StartWith("\u00E1\u05B0\u05B0").And.EndsWith("\u0301\u0301"));
    }

    [TestCase("The QUICK fox 42", "the quick fox 42", TestName = "ASCII")]
    [TestCase("\u00C9t\u00E9 Gr\u00F6\u00DFe STRA\u1E9EE", "ete grosse strasse", TestName = "Latin")]
    [TestCase(
        "\u00C6\u00E6\u01FC \u0152\u0153 \u00D8\u00F8\u01FF",
        "aeaeae oeoe ooo",
        TestName = "Ligatures and strokes")]
    [TestCase(
        "\u0141\u00F3d\u017A \u0110\u0111\u00D0\u00F0 \u00DE\u00FE",
        "lodz dddd thth",
        TestName = "Barred letters and thorn")]
    [TestCase("\u0130\u0131 \u0126\u0127", "ii hh", TestName = "Turkish and Maltese")]
    [TestCase(
        "\uFB01\uFB03 \uFF21\uFF42 \u2460\u00B2\uFF13 \u2168 \u338F",
        "fiffi ab 123 ix kg",
        TestName = "Compatibility forms")]
    [TestCase("Vi\u1EC7t \u0110\u00E0 N\u1EB5ng", "viet da nang", TestName = "Vietnamese")]
    [TestCase("Vie\u0323\u0302t", "viet", TestName = "Decomposed Vietnamese")]
    [TestCase(
        "\u1F48\u03B4\u03CD\u03C3\u03C3\u03B5\u03B9\u03B1",
        "\u03BF\u03B4\u03C5\u03C3\u03C3\u03B5\u03B9\u03B1",
        TestName = "Greek")]
    [TestCase(
        "\u0401\u043B\u043A\u0430 \u0439 \u0407",
        "\u0435\u043B\u043A\u0430 \u0438 \u0456",
        TestName = "Cyrillic")]
    [TestCase("\uD55C\uAE00", "\uD55C\uAE00", TestName = "Hangul")]
    [TestCase("\uFF76\uFF80\uFF85 \u304C", "\u30AB\u30BF\u30CA \u304C", TestName = "Kana")]
    [TestCase(
        "\u0926\u0947\u0935\u0928\u093E\u0917\u0930\u0940",
        "\u0926\u0947\u0935\u0928\u093E\u0917\u0930\u0940",
        TestName = "Devanagari keeps its vowels")]
    [TestCase(
        "\u0643\u0650\u062A\u064E\u0627\u0628 \uFEFB",
        "\u0643\u0650\u062A\u064E\u0627\u0628 \u0644\u0627",
        TestName = "Arabic keeps its vowels")]
    [TestCase("\u4E2D\u6587 \uF900", "\u4E2D\u6587 \u8C48", TestName = "Chinese")]
    [TestCase("\U0001F600 \U00010400", "\U0001F600 \U00010400", TestName = "Surrogate pairs stay")]
    [TestCase("\u0531\u0587 \u10D0\u1C90", "\u0561\u0565\u0582 \u10D0\u10D0", TestName = "Armenian and Georgian")]
    public void A_text_folds_in_every_script(string text, string expected) =>
        Assert.That(UnicodeText.Fold(text), Is.EqualTo(expected));

    [Test]
    public void Folding_agrees_with_the_reference_on_every_unit()
    {
        // SHA-256 of the folded units, a line feed after each; equal to a Python version of the rules when recorded.
        var all = new StringBuilder();
        for (var unit = 0; unit <= char.MaxValue; unit++)
        {
            all.Append(Fold((char)unit)).Append('\n');
        }

        Assert.That(Hash(all), Is.EqualTo("B1507D9323F39D588CC96996E4713372078D04481B9E0B3960B8CCD2164BD24E"));
    }

    [Test]
    public void Folding_a_unit_fits_its_room_and_folding_again_changes_nothing()
    {
        var longest = 0;
        for (var unit = 0; unit <= char.MaxValue; unit++)
        {
            var folded = Fold((char)unit);
            longest = Math.Max(longest, folded.Length);
            if (!string.Equals(UnicodeText.Fold(folded), folded, StringComparison.Ordinal))
            {
                Assert.Fail($"U+{unit:X4} folds to {Escape(folded)}, that to {Escape(UnicodeText.Fold(folded))}.");
            }
        }

        Assert.That(longest, Is.EqualTo(18).And.AtMost(UnicodeText.FoldedLengthMax));
    }

    [Test]
    public void Only_accents_fold_to_nothing()
    {
        var dropped = Enumerable.Range(0, 0x10000).Where(unit => Fold((char)unit).Length == 0);

        Assert.That(dropped, Is.EqualTo(Enumerable.Range(0x300, 0x70)));
    }

    [Test]
    public void Accents_make_no_difference_to_folding([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            // Latin, Greek and Cyrillic: the rows of Letters whose decomposed form begins with such a letter.
            var (composed, decomposed) = Letters[random.Next(8)];
            var (head, tail) = (RandomText(random), RandomText(random));
            Assert.That(
                Escape(UnicodeText.Fold(head + composed + tail)),
                Is.EqualTo(Escape(UnicodeText.Fold(head + decomposed + tail))),
                $"seed {seed}, round {round}: {Escape(composed)} between {Escape(head)} and {Escape(tail)}");
        }
    }

    [Test]
    public void Folding_a_text_is_folding_its_units([Range(1, 20)] int seed)
    {
        var text = RandomText(new Random(seed));

        Assert.That(
            UnicodeText.Fold(text),
            Is.EqualTo(string.Concat(text.Select(Fold))),
            $"seed {seed}: {Escape(text)}");
    }

    [Test]
    public void Folding_allocates_nothing()
    {
        var folded = new char[UnicodeText.FoldedLengthMax];
        FoldAll(folded);
        var before = GC.GetAllocatedBytesForCurrentThread();
        FoldAll(folded);

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    static void FoldAll(char[] folded)
    {
        for (var unit = 0; unit <= char.MaxValue; unit++)
        {
            UnicodeText.Fold((char)unit, folded);
        }
    }

    static string Fold(char unit)
    {
        Span<char> folded = stackalloc char[UnicodeText.FoldedLengthMax];
        return folded[..UnicodeText.Fold(unit, folded)].ToString();
    }

    /// <summary>Letters, marks and halves of pairs from every script, in no sensible order.</summary>
    static string RandomText(Random random)
    {
        var text = new StringBuilder();
        for (var i = random.Next(40); i > 0; i--)
        {
            var letter = Letters[random.Next(Letters.Length)];
            text.Append(random.Next(6) switch
            {
                0 => Utf16(random.Next(0x110000)),
                1 => ((char)random.Next(0x10000)).ToString(),
                2 => ((char)random.Next(0x300, 0x370)).ToString(),
                3 => ((char)random.Next(0x1100, 0x1200)).ToString(),
                4 => letter.Decomposed[^1].ToString(),
                _ => letter.Decomposed,
            });
        }

        return text.ToString();
    }

    static string Utf16(int codePoint) =>
        codePoint is >= 0xD800 and <= 0xDFFF ? ((char)codePoint).ToString() : char.ConvertFromUtf32(codePoint);

    static string Escape(string text) => string.Concat(text.Select(c =>
        c < 0x7F ? c.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}")));

    static string Hash(StringBuilder text) =>
        Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes<char>(text.ToString().ToCharArray())));
}
