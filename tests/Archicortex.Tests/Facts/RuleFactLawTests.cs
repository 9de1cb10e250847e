using System.Diagnostics;
using System.Text;
using Archicortex.Facts;
using NUnit.Framework;

namespace Archicortex.Tests.Facts;

/// <summary>What must hold for facts of any text; every failure names its seed.</summary>
[TestFixture]
sealed class RuleFactLawTests
{
    static readonly string[] Names = ["Ilse Vantry", "Orla Sif", "Tomas Quell", "Berit Holm", "Zoë Ångström", "Łukasz Żak", "Дарья Орлова", "Ümit Çelik", "Élodie Fève", "Jean-Paul Orm"];
    static readonly string[] Places = ["Tarn", "Oslo", "Kestrel Bay", "Łódź", "Çorum", "Пермь", "New Corran"];
    static readonly string[] Others = ["Morwen Tull", "Sander Krag", "Nadia Østby", "Ásta Jónsdóttir"];

    /// <summary>A sentence and the same with "not".</summary>
    static readonly (string Plain, string Denied)[] Pairs =
    [
        ("{0} was born in {1}.", "{0} was not born in {1}."),
        ("{0} lives in {1}.", "{0} does not live in {1}."),
        ("{0} is a nurse.", "{0} is not a nurse."),
        ("{0} worked at the Harbour Museum.", "{0} did not work at the Harbour Museum."),
        ("{0} is married to {2}.", "{0} isn't married to {2}."),
        ("{0} visited {1}.", "{0} didn't visit {1}."),
        ("{0} likes tea.", "{0} doesn't like tea."),
        ("{0} founded the Harbour Museum.", "{0} did not found the Harbour Museum."),
        ("{0} is the mother of {2}.", "{0} is not the mother of {2}."),
        ("{0} speaks Danish.", "{0} never speaks Danish."),
    ];

    static readonly (string Active, string Passive)[] Twins =
    [
        ("{0} founded the Harbour Museum.", "The Harbour Museum was founded by {0}."),
        ("{0} wrote The Long Quay.", "The Long Quay was written by {0}."),
        ("{0} directed The Long Quay in 1961.", "The Long Quay was directed by {0} in 1961."),
        ("{0} composed The Long Quay.", "The Long Quay was composed by {0}."),
        ("{0} owns the Harbour Museum.", "The Harbour Museum is owned by {0}."),
        ("{0} designed the Harbour Museum.", "The Harbour Museum was designed by {0}."),
        ("{0} visited {1}.", "{1} was visited by {0}."),
        ("{0} invented the tide engine.", "The tide engine was invented by {0}."),
    ];

    [Test]
    public void Not_turns_the_polarity_and_nothing_else([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        foreach (var (plain, denied) in Pairs)
        {
            var (one, place, other) = (Pick(random, Names), Pick(random, Places), Pick(random, Others));
            var said = Facts(Format(plain, one, place, other));
            var turned = Facts(Format(denied, one, place, other)).ConvertAll(fact => fact with { IsNegated = !fact.IsNegated });
            Assert.That(said, Is.Not.Empty, $"seed {seed}: {Format(plain, one, place, other)}");
            Assert.That(turned.Select(Words), Is.EqualTo(said.Select(Words)), $"seed {seed}: {Format(denied, one, place, other)}");
        }
    }

    [Test]
    public void Active_and_passive_give_one_triple([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        foreach (var (active, passive) in Twins)
        {
            var (one, place) = (Pick(random, Names), Pick(random, Places));
            var done = Facts(Format(active, one, place, "")).Select(Words).ToList();
            Assert.That(done, Is.Not.Empty, $"seed {seed}: {Format(active, one, place, "")}");
            Assert.That(Facts(Format(passive, one, place, "")).Select(Words), Is.EqualTo(done), $"seed {seed}: {Format(passive, one, place, "")}");
        }
    }

    [Test]
    public void Renaming_renames_the_facts_only([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        foreach (var (plain, _) in Pairs)
        {
            var place = Pick(random, Places);
            var (one, two) = (Names[random.Next(4)], Names[4 + random.Next(Names.Length - 4)]);
            var facts = Facts(Format(plain, one, place, Others[0])).Select(Words);
            var renamed = Facts(Format(plain, two, place, Others[0])).Select(Words);
            Assert.That(renamed, Is.EqualTo(facts.Select(words => words.Replace(one, two, StringComparison.Ordinal))), $"seed {seed}: {two} for {one}");
        }
    }

    [Test]
    public void Unrelated_sentences_change_no_fact([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        string[] fillers = ["It rained for most of that week in the hills.", "Nobody knew why the lamps had gone out again.", "There was little to see on the way back down."];
        foreach (var (plain, _) in Pairs)
        {
            var sentence = Format(plain, Pick(random, Names), Pick(random, Places), Pick(random, Others));
            var alone = Facts(sentence).Select(Words).ToList();
            var filler = Pick(random, fillers);
            Assert.That(Facts($"{filler} {sentence} {filler}").Select(Words).Where(alone.Contains), Is.EqualTo(alone), $"seed {seed}: {filler} {sentence}");
        }
    }

    [Test]
    public void Evidence_is_a_sentence_of_the_text_and_names_come_back_as_written([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        var text = string.Join(' ', Pairs.Select(pair => Format(pair.Plain, Pick(random, Names), Pick(random, Places), Pick(random, Others))));
        foreach (var fact in Facts(text))
        {
            var sentence = text.Substring(fact.Evidence.Start, fact.Evidence.Length);
            Assert.That(sentence, Does.Contain(fact.Subject), $"seed {seed}");
            Assert.That(sentence, Does.Contain(fact.Object), $"seed {seed}");
            Assert.That(fact.Confidence, Is.InRange(0.01, 1), $"seed {seed}");
        }
    }

    [Test]
    public void No_text_makes_it_throw_and_the_same_text_gives_the_same_facts([Range(1, 200)] int seed)
    {
        var text = Noise(new Random(seed));
        var source = new FactSource(text) { Title = seed % 3 == 0 ? Noise(new Random(seed + 1000)) : null, Speaker = seed % 2 == 0 ? "Mara" : null, Listener = "Jonas" };
        var (once, twice) = (Facts(source), Facts(source));
        Assert.That(twice, Is.EqualTo(once), $"seed {seed}");
        Assert.That(once.All(fact => fact.Subject.Length > 0 && fact.Relation.Length > 0 && fact.Object.Length > 0), $"seed {seed}");
        Assert.That(once.GroupBy(fact => fact.Evidence).All(group => group.Count() <= 12), $"seed {seed}: more than 12 of one sentence");
    }

    [TestCase("a ")]
    [TestCase("A ")]
    [TestCase("Ada and ")]
    [TestCase("the son of ")]
    [TestCase("Ada's ")]
    [TestCase(", ")]
    [TestCase("( ")]
    [TestCase("was born in Oslo and ")]
    [TestCase("\"Ada\" ")]
    [TestCase("12,")]
    public void Hostile_repetition_takes_linear_time(string piece)
    {
        var (small, large) = (Repeat(piece, 20_000), Repeat(piece, 200_000));
        Facts(small);
        var watch = Stopwatch.StartNew();
        Facts(large);

        // 200,000 characters of text are read in well under a second; a quadratic step would take minutes.
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(20)));
    }

    [Test]
    public void Generic_and_unsure_facts_end_nothing([Range(1, 5)] int seed)
    {
        var random = new Random(seed);
        var name = Pick(random, Names);
        foreach (var fact in Facts($"{name} painted the fence. Maybe {name} lives in Tarn. {name} might move to Oslo."))
        {
            Assert.That(fact.CanInvalidate, Is.False, $"seed {seed}: {fact}");
        }
    }

    [Test]
    public async Task The_port_gives_names_and_facts()
    {
        var extractor = new RuleFactExtractor();
        Assert.That(extractor.Identity, Does.StartWith("rules-1+"));
        var extraction = await extractor.ExtractAsync(new FactSource("Ilse Vantry was born in Tarn.") { Title = "Ilse Vantry" });
        Assert.That(string.Join('|', extraction.Names), Is.EqualTo("Ilse Vantry|Tarn"));
        Assert.That(extraction.Facts.Select(Words).Single(), Is.EqualTo("Ilse Vantry | born_in | Tarn | False"));
    }

    static string Words(Fact fact) => $"{fact.Subject} | {fact.Relation} | {fact.Object} | {fact.IsNegated}";

    static List<Fact> Facts(string text) => Facts(new FactSource(text));

    static List<Fact> Facts(FactSource source)
    {
        var reading = new PassageReading();
        reading.Read(RuleFactExtractor.PassageOf(source));
        var facts = new List<Fact>();
        new RuleFactExtractor().Extract(reading, source, facts);
        return facts;
    }

    static string Format(string pattern, params string[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            pattern = pattern.Replace($"{{{i}}}", values[i], StringComparison.Ordinal);
        }

        return pattern;
    }

    static T Pick<T>(Random random, T[] items) => items[random.Next(items.Length)];

    static string Repeat(string piece, int length) => string.Concat(Enumerable.Repeat(piece, (length / piece.Length) + 1));

    /// <summary>Words the rules look at, marks, and letters of many scripts, halves of pairs included, in any order.</summary>
    static string Noise(Random random)
    {
        string[] pieces =
        [
            "Ada", "Oslo", "is", "was", "born", "in", "the", "a", "of", "'s", "and", ",", ".", "?", "(", ")", "\"", "–", "1815", "3 May 1901", "who", "that", "said", "if", "not",
            "no longer", "used to", "founded", "by", "lives", "my", "her", "I", "you", "name", "married", "to", "quit", "gave up", "smoking", "has", "\n", "\n\n", " - ", "co-", "don't", "will",
            "is a", "member of", "\ud83d", "\ude00", "張", "é", "ا", "\u0301", "'", "''", "starring", "old", "years", "favourite", "capital", "Dr.", "J.", "@", "mail@x.org", "0", "12,400",
        ];
        var text = new StringBuilder();
        for (var i = random.Next(1, 60); i > 0; i--)
        {
            text.Append(Pick(random, pieces)).Append(random.Next(6) == 0 ? "" : " ");
        }

        return text.ToString();
    }
}
