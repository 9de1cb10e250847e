using Archicortex.Documents;
using Archicortex.Facts;
using Archicortex.Language;
using Archicortex.Testing.Corpora;
using NUnit.Framework;

namespace Archicortex.Tests.Facts;

/// <summary>What counts as a name, in examples taken from the rules of the chain recipe.</summary>
[TestFixture]
sealed class NameTests
{
    [Test]
    public void Names_of_every_script_have_keys_of_their_own()
    {
        string[] names = ["张伟", "李娜", "محمد", "عمر", "Фёдор", "Иван", "Müller", "Mueller", "Groß", "田中", "กรุงเทพ", "दिल्ली"];
        var keys = names.Select(name => EntityName.Of(name).Key).ToArray();
        Assert.That(keys, Is.Unique);
        Assert.That(keys, Has.None.Empty);
    }

    [TestCase("The Café Müller's", "cafe muller")]
    [TestCase("cafe muller", "cafe muller")]
    [TestCase("A Quarry", "quarry")]
    [TestCase("The", "the")]
    [TestCase("Ada’s", "ada")]
    [TestCase("'s", "s")]
    [TestCase("U.S.", "u s")]
    [TestCase("!?", "")]
    public void Article_and_possessive_are_left_out(string name, string key) =>
        Assert.That(EntityName.Of(name).Key, Is.EqualTo(key));

    [TestCase("they met Ilse Vantry there", "ilse vantry")]
    [TestCase("the Duke of Tarn and Orla Sif came", "duke of tarn|orla sif")]
    [TestCase("born in March 1982 in Windhoek", "march 1982|windhoek")]
    [TestCase("it was 1982 or 82", "1982")]
    [TestCase("aboard Apollo 11 they slept", "apollo 11")]
    [TestCase("near Ilse Vantry's house in Tarn", "ilse vantry|tarn")]
    [TestCase("they saw Jean-Paul Orm", "jean paul orm")]
    [TestCase("he is Ludwig van der Sif", "ludwig|sif")]
    [TestCase("he is Ludwig van de Sif", "ludwig van de sif")]
    [TestCase("in Oslo, Norway", "oslo|norway")]
    [TestCase("The lamp of Tarn", "tarn")]
    [TestCase("they like The Who and I", "")]
    [TestCase("the queen of Tarn of the", "tarn")]
    [TestCase("saw A. B. Oldbarrow", "oldbarrow")]
    [TestCase("when Was The Quarry filmed", "quarry")]
    [TestCase("bought in the U.S. Navy yard", "u s|navy")]
    public void Names_are_runs_of_capitals(string text, string expected) => Assert.That(Spans(text), Is.EqualTo(Split(expected)));

    [TestCase("Paris, Texas (film)", "paris texas film|paris texas|paris")]
    [TestCase("Quarry", "quarry")]
    [TestCase("The Quarry", "the quarry")]
    [TestCase("(untitled)", "untitled")]
    [TestCase("The", "")]
    [TestCase("7", "")]
    [TestCase("1984", "1984")]
    [TestCase("Tarn (river) delta", "tarn river delta")]
    [TestCase("water lilies", "water lilies")]
    public void A_title_gives_its_variants(string title, string expected)
    {
        var buffer = new TokenBuffer();
        buffer.Read(title);
        var names = new List<TokenRange>();
        TitleNames.Find(title, buffer, new(0, buffer.Count), names);
        Assert.That(names.Select(name => Text(buffer, name)), Is.EqualTo(Split(expected)));
    }

    [TestCase("The Brass Lantern Inn is a house in Tarn.", "brass lantern inn")]
    [TestCase("Ilse Vantry was born here.", "ilse vantry")]
    [TestCase("In 1982 the town burnt down.", "")]
    [TestCase("Nobody liked Ilse Vantry at first.", "nobody")]
    [TestCase("then somebody met Ilse Vantry.", "")]
    [TestCase("all is quiet here.", "")]
    public void A_text_without_a_title_is_about_the_name_it_opens_with(string text, string expected)
    {
        var reading = Reading(new Document(text));
        Assert.That(Text(reading.Buffer, reading.Heading), Is.EqualTo(expected));
        Assert.That(reading.TitleNames.Select(name => Text(reading.Buffer, name)), Is.EqualTo(Split(expected)));
    }

    [Test]
    public void A_title_or_a_speaker_leaves_no_need_for_an_opening_name()
    {
        var titled = Reading(new Document("Ilse Vantry was born here.") { Title = "Of Ships" });
        Assert.That(Text(titled.Buffer, titled.Heading), Is.EqualTo("of ships"));
        var spoken = Reading(new Document("Ilse Vantry was born here.") { Speaker = "Orla" });
        Assert.That(spoken.Heading.Count, Is.Zero);
        Assert.That(spoken.Sentences[1].Text.Length, Is.Zero, "the speaker has no place in the text");
    }

    [Test]
    public void Reading_is_a_pure_function_of_the_passage([Range(1, 20)] int seed)
    {
        var documents = new RandomCorpus(seed).Documents(10);
        var used = new PassageReading();
        var memory = new TestMemory();
        var passages = documents.SelectMany(memory.Passages).ToList();
        foreach (var passage in passages.Concat(passages))
        {
            var fresh = new PassageReading();
            fresh.Read(passage);
            used.Read(passage);
            Assert.That(used.Sentences, Is.EqualTo(fresh.Sentences), $"seed {seed}");
            Assert.That(used.Names, Is.EqualTo(fresh.Names), $"seed {seed}");
            Assert.That(used.TitleNames, Is.EqualTo(fresh.TitleNames), $"seed {seed}");
            Assert.That(used.Heading, Is.EqualTo(fresh.Heading), $"seed {seed}");
            Assert.That(used.Buffer.Tokens.ToArray(), Is.EqualTo(fresh.Buffer.Tokens.ToArray()), $"seed {seed}");
        }
    }

    static PassageReading Reading(Document document)
    {
        var reading = new PassageReading();
        reading.Read(new TestMemory().Passages(document).Single());
        return reading;
    }

    static IEnumerable<string> Spans(string text)
    {
        var buffer = new TokenBuffer();
        buffer.Read(text);
        var names = new List<TokenRange>();
        NameSpans.Find(buffer, 0, buffer.Count, names);
        return names.Select(name => Text(buffer, name));
    }

    static string[] Split(string names) => names.Length == 0 ? [] : names.Split('|');

    static string Text(TokenBuffer buffer, TokenRange range) => string.Join(
        ' ', Enumerable.Range(range.Start, range.Count).Select(i => buffer.Folded(buffer[i]).ToString()));
}
