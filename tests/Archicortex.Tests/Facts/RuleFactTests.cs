using Archicortex.Facts;
using NUnit.Framework;

namespace Archicortex.Tests.Facts;

/// <summary>Whom pronouns mean, how facts stand in time, and how they are said: what the labelled sentences do not show.</summary>
[TestFixture]
sealed class RuleFactTests
{
    static readonly DateTimeOffset Day = new(2024, 5, 6, 12, 0, 0, TimeSpan.Zero);

    [TestCase("Ada Roe was a painter. She lived in Tarn.", null, "Ada Roe | lives_in | Tarn")]
    [TestCase("Ada Roe was a painter. He lived in Tarn.", null, "")]
    [TestCase("Ada Roe was a painter. Nora Sif was a nurse. She lived in Tarn.", null, "")]
    [TestCase("It was released in 1999.", "Glass (album)", "Glass | released_on | 1999")]
    [TestCase("She was born in Tarn.", "Ilse Vantry", "Ilse Vantry | born_in | Tarn")]
    [TestCase("They live in Tarn and nobody knows why.", null, "")]
    [TestCase("Tom Quell met Bob Sif. Their house is in Tarn.", null, "")]
    [TestCase("Ada Roe wrote a book about boats. Most of the rain fell in autumn. Nobody there knew why it was so. The wind blew hard all night. She lived in Tarn for years.", null, "")]
    public void A_pronoun_means_the_one_compatible_subject_or_nobody(string text, string? title, string expected)
    {
        var facts = Facts(new FactSource(text) { Title = title }).Where(fact => fact.Relation is "lives_in" or "released_on" or "born_in");
        Assert.That(string.Join("; ", facts.Select(Words)), Is.EqualTo(expected));
    }

    [TestCase("I live in Tarn.", "Mara", "Jonas", "Mara | lives_in | Tarn")]
    [TestCase("You live in Tarn.", "Mara", "Jonas", "Jonas | lives_in | Tarn")]
    [TestCase("You live in Tarn.", "Mara", null, "")]
    [TestCase("I live in Tarn.", null, null, "")]
    [TestCase("We live in Tarn.", "Mara", "Jonas", "")]
    public void In_a_chat_I_is_the_speaker_and_you_the_listener(string text, string? speaker, string? listener, string expected)
    {
        var facts = Facts(new FactSource(text) { Speaker = speaker, Listener = listener });
        Assert.That(string.Join("; ", facts.Select(Words)), Is.EqualTo(expected));
    }

    [TestCase("I live in Tarn.", "2024-05-06", null)]
    [TestCase("I have lived in Tarn since 2019.", "2019-01-01", null)]
    [TestCase("I lived in Tarn in 2019.", "2019-01-01", "2020-01-01")]
    [TestCase("I no longer live in Tarn.", null, "2024-05-06")]
    [TestCase("I used to live in Tarn.", null, "2024-05-06")]
    [TestCase("I moved to Tarn on 3 March 2020.", "2020-03-03", "2020-03-04")]
    [TestCase("I lived in Tarn.", null, "2024-05-06")]
    public void A_fact_stands_in_time(string text, string? from, string? to)
    {
        var fact = Facts(new FactSource(text) { Speaker = "Mara", Time = Day }).Single(fact => fact.Relation == "lives_in");
        Assert.That((fact.Valid.From?.ToString("o"), fact.Valid.To?.ToString("o")), Is.EqualTo((from, to)));
        Assert.That(fact.Granularity is null, Is.EqualTo(fact.Valid.IsOpen));
    }

    [TestCase("I just started working at Varde Steel.", "works_at", "2024-05-06")]
    [TestCase("I started working at Varde Steel in 2019.", "works_at", "2019-01-01")]
    [TestCase("I started working at Varde Steel last week.", "works_at", "2024-04-29")]
    [TestCase("I just started learning Welsh.", "does:learn", "2024-05-06")]
    [TestCase("I started learning Welsh last week.", "does:learn", "2024-04-29")]
    [TestCase("I began learning Welsh in March.", "does:learn", "2024-03-01")]
    [TestCase("I took up pottery last week.", "does:pottery", "2024-04-29")]
    [TestCase("I've just begun playing the oboe.", "does:play", "2024-05-06")]
    [TestCase("I just got a dog.", "has", "2024-05-06")]
    [TestCase("I got a dog last week.", "has", "2024-04-29")]
    [TestCase("I just got married to Ola Berg.", "partner:married", "2024-05-06")]
    [TestCase("I got engaged to Ola Berg last week.", "partner:engaged", "2024-04-29")]
    public void What_began_goes_on(string text, string relation, string from)
    {
        var fact = Facts(new FactSource(text) { Speaker = "Mara", Time = Day }).Single(fact => fact.Relation == relation);
        Assert.That((fact.Valid.From?.ToString("o"), fact.Valid.To), Is.EqualTo((from, (DateOnly?)null)));
    }

    [TestCase("I switched jobs from Vestby to Halden.", "Halden; -Vestby")]
    [TestCase("I switched from Vestby to Halden for a better job.", "Halden; -Vestby")]
    [TestCase("I switched from Vestby to Halden.", "")]
    public void Who_switches_jobs_leaves_one_employer_for_another(string text, string expected)
    {
        var facts = Facts(new FactSource(text) { Speaker = "Mara", Time = Day }).Where(fact => fact.Relation == "works_at");
        Assert.That(string.Join("; ", facts.Select(fact => (fact.IsClosing ? "-" : "") + fact.Object)), Is.EqualTo(expected));
    }

    [Test]
    public void What_began_lately_began_before_it_was_said_and_goes_on()
    {
        var fact = Facts(new FactSource("I recently started playing chess.") { Speaker = "Mara", Time = Day }).Single(fact => fact.Relation == "does:play");
        Assert.That(fact.Valid.From, Is.LessThan(new DateOnly(2024, 5, 6)).And.GreaterThan(new DateOnly(2024, 4, 1)));
        Assert.That(fact.Valid.To, Is.Null);
    }

    [TestCase("Ada Roe lives in Tarn.", FactModality.Asserted, true)]
    [TestCase("Ada Roe might live in Tarn.", FactModality.Hedged, false)]
    [TestCase("Bob Sif said that Ada Roe lives in Tarn.", FactModality.Attributed, false)]
    public void How_it_is_said_decides_what_it_may_end(string text, FactModality modality, bool canEnd)
    {
        var fact = Facts(new FactSource(text)).Single(fact => fact.Relation == "lives_in");
        Assert.That(fact.Modality, Is.EqualTo(modality));
        Assert.That(fact.CanInvalidate, Is.EqualTo(canEnd));
        Assert.That(fact.AttributedTo, Is.EqualTo(modality == FactModality.Attributed ? "Bob Sif" : null));
    }

    [TestCase("Does Ada Roe live in Tarn?")]
    [TestCase("If Ada Roe lives in Tarn, we are lucky.")]
    [TestCase("Ada Roe would live in Tarn.")]
    [TestCase("Go and live in Tarn!")]
    [TestCase("I wish Ada Roe lived in Tarn.")]
    [TestCase("Nobody lives in Tarn.")]
    public void Questions_conditions_wishes_and_orders_state_nothing(string text) =>
        Assert.That(Facts(new FactSource(text) { Speaker = "Mara" }), Is.Empty);

    static string Words(Fact fact) => $"{fact.Subject} | {fact.Relation} | {fact.Object}";

    static List<Fact> Facts(FactSource source)
    {
        var reading = new PassageReading();
        reading.Read(RuleFactExtractor.PassageOf(source));
        var facts = new List<Fact>();
        new RuleFactExtractor().Extract(reading, source, facts);
        return facts;
    }

    [TestCase("According to the Tresk Gazette, Una Pike lives in Tresk.", FactModality.Attributed)]
    [TestCase("According to a neighbour, Una Pike lives in Tresk.", FactModality.Hedged)]
    public async Task What_is_told_on_somebodys_word_is_not_asserted(string text, FactModality modality)
    {
        var read = await new RuleFactExtractor().ExtractAsync(new FactSource(text));
        Assert.That(read.Facts.Where(fact => fact.Relation == "lives_in").Select(fact => fact.Modality), Is.EqualTo(new[] { modality }));
    }

    [TestCase("Lin Wei is not only a doctor but also a pilot.", false)]
    [TestCase("Lin Wei is not a doctor.", true)]
    public async Task Not_only_denies_nothing(string text, bool isNegated)
    {
        var read = await new RuleFactExtractor().ExtractAsync(new FactSource(text));
        Assert.That(read.Facts.Where(fact => fact.Object == "doctor").Select(fact => fact.IsNegated), Is.EqualTo(new[] { isNegated }));
    }

    [TestCase("Neither Karl Voss nor Emil Voss was born in Trier.")]
    [TestCase("It is not true that Marta Quill works for Nordwind.")]
    [TestCase("Had Stina Berg been born in Norway, she would be Norwegian.")]
    [TestCase("Few believed that Fiona Reid was born in Oban.")]
    [TestCase("Rumour has it that Lin Wei owns a castle.")]
    [TestCase("Priya Nair was almost elected mayor of Leeds.")]
    public async Task What_is_denied_or_made_up_as_a_whole_gives_no_fact_that_can_end_another(string text)
    {
        var read = await new RuleFactExtractor().ExtractAsync(new FactSource(text));
        Assert.That(read.Facts.Where(fact => fact.CanInvalidate), Is.Empty);
    }
}
