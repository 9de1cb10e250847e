using System.Globalization;
using Archicortex.Documents;
using NUnit.Framework;

namespace Archicortex.Tests.Door;

/// <summary>Questions about what held before, after, when and how long, put to people who move and change their work.</summary>
[TestFixture]
public sealed class SlotQuestionTests
{
    static readonly string[] Turns =
    [
        "2024-01-02|Ada|I live in Bergen.",
        "2024-05-02|Ada|I moved to Oslo in April.",
        "2024-09-02|Ada|I moved back to Bergen last month.",
        "2023-02-01|Nora|I live in Leeds.",
        "2023-06-01|Nora|I moved over to Manchester in May.",
        "2022-01-10|Ada|I work at Hofer.",
        "2023-03-15|Ada|I joined Andritz last week.",
        "2022-01-10|Emil|I work at Varde Steel.",
        "2024-03-20|Emil|I got fired from Varde Steel yesterday.",
        "2022-01-10|Ines|I work at Varde Steel.",
        "2024-03-20|Ines|I left Varde Steel last week.",
        "2022-01-10|Jonas|I work at Varde Steel.",
        "2024-03-20|Jonas|I was laid off by Varde Steel yesterday.",
        "2021-01-10|Una|I have lived in Tarn since 2016.",
        "2021-01-10|Pia|I live in Tarn.",
        "2024-02-10|Pia|I returned to live in Corrahaven last week.",
    ];

    [TestCase("When did Ada move to Oslo?", "April 2024")]
    [TestCase("When did Ada move back to Bergen?", "August 2024")]
    [TestCase("Where does Ada live?", "Bergen")]
    [TestCase("Where did Ada live before Oslo?", "Bergen")]
    [TestCase("Where did Ada live before moving to Oslo?", "Bergen")]
    [TestCase("Before she moved to Oslo, where did Ada live?", "Bergen")]
    [TestCase("Where did Ada live after Oslo?", "Bergen")]
    [TestCase("Where did Ada live after Bergen?", "Oslo")]
    [TestCase("Where did Ada live before September 2024?", "Bergen")]
    [TestCase("Where did Ada live before August 2024?", "Oslo")]
    [TestCase("Where did Nora live before Manchester?", "Leeds")]
    [TestCase("Where did Nora move from?", "Leeds")]
    [TestCase("Where does Nora live?", "Manchester")]
    [TestCase("Where did Ada work before Andritz?", "Hofer")]
    [TestCase("Where did Ada work before she joined Andritz?", "Hofer")]
    [TestCase("Where does Ada work?", "Andritz")]
    [TestCase("Where does Pia live?", "Corrahaven")]
    [TestCase("How long has Ada lived in Bergen?", "5 months (since August 2024)")]
    [TestCase("How long has Una lived in Tarn?", "9 years (since 2016)")]
    [TestCase("How many months has Nora lived in Manchester?", "20 months (since May 2023)")]
    public async Task What_held_before_after_and_how_long_is_read_off_the_history(string question, string expected)
    {
        await using var memory = await OpenAsync();
        var answer = await memory.AskAsync(question, new() { AskedOn = new(2025, 1, 1) });
        Assert.That((answer.Source, answer.Text), Is.EqualTo((AnswerSource.Fact, expected)), answer.Reason);
        Assert.That(answer.Citations, Is.Not.Empty);
    }

    [TestCase("When did Ada move to Leeds?")]
    [TestCase("Where did Ada live before Leeds?")]
    [TestCase("Where did Ada live after the war?")]
    [TestCase("Where did Ada live before she met Nora?")]
    [TestCase("Where did Nora live before Leeds?")]
    [TestCase("Why did Ada move to Oslo?")]
    [TestCase("Does Ada live in Oslo?")]
    [TestCase("How long has Ada lived in Oslo?")]
    [TestCase("How long has Nora lived in Leeds?")]
    [TestCase("When did Ada move from Bergen to Oslo?")]
    [TestCase("Where does Emil work?")]
    [TestCase("Where does Ines work?")]
    [TestCase("Where does Jonas work?")]
    public async Task What_cannot_be_told_is_not_answered_from_facts(string question)
    {
        await using var memory = await OpenAsync();
        var answer = await memory.AskAsync(question, new() { AskedOn = new(2025, 1, 1) });
        Assert.That(answer.Source, Is.Not.EqualTo(AnswerSource.Fact), answer.Text);
    }

    [TestCase("2024-05-01|Dev|I no longer work at Vestby.", "2024-06-01|Dev|I work at Halden.", "Where did Dev work before Halden?", "Vestby")]
    [TestCase("2024-05-01|Dev|I used to work at Vestby.", "2024-06-01|Dev|I work at Halden.", "Where did Dev work before Halden?", "Vestby")]
    [TestCase("2024-05-01|Dev|I used to work at Vestby.", "2024-06-01|Dev|I like tea.", "Where did Dev work before?", "Vestby")]
    [TestCase("2024-05-01|Dev|I worked at Vestby.", "2024-06-01|Dev|I like tea.", "Where did Dev work before?", "Vestby")]
    [TestCase("2024-05-01|Dev|I worked at Vestby.", "2024-06-01|Dev|I like tea.", "Where did Dev work before the team?", "Vestby")]
    [TestCase("2024-05-01|Dev|I worked at Vestby.", "2024-06-01|Dev|I like tea.", "Where did Dev work before joining the team?", "Vestby")]
    [TestCase("2024-05-01|Dev|I switched jobs from Vestby to Halden.", "2024-06-01|Dev|I like tea.", "Where did Dev work before Halden?", "Vestby")]
    [TestCase("2022-05-01|Dev|I work at Vestby.", "2024-06-01|Dev|I just started working at Halden.", "Where does Dev work?", "Halden")]
    [TestCase("2022-05-01|Dev|I work at Vestby.", "2024-06-01|Dev|I just started working at Halden.", "Where did Dev work before his current job?", "Vestby")]
    [TestCase("2024-05-01|Dev|I lived in Namur until 2019.", "2024-06-01|Dev|Before that I lived in Mons.", "Where did Dev live in 2018?", "Namur")]
    [TestCase("2024-05-01|Dev|Before that I lived in Mons.", "2024-06-01|Dev|I lived in Namur until 2019.", "Where did Dev live in 2018?", "Namur")]
    public async Task What_ended_is_in_the_past_of_its_slot(string first, string second, string question, string expected)
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync();
        await memory.RememberAsync([Turn(first), Turn(second)]);
        var answer = await memory.AskAsync(question, new() { AskedOn = new(2025, 1, 1) });
        Assert.That((answer.Source, answer.Text), Is.EqualTo((AnswerSource.Fact, expected)), answer.Reason);
    }

    [TestCase("2024-05-01|Dev|I used to work at Vestby.", "2024-06-01|Dev|I like tea.", "Where does Dev work?")]
    [TestCase("2024-05-01|Dev|I never worked at Vestby.", "2024-06-01|Dev|I work at Halden.", "Where did Dev work before Halden?")]
    [TestCase("2024-05-01|Dev|I used to work at Vestby.", "2024-06-01|Dev|I used to work at Halden.", "Where did Dev work before?")]
    public async Task What_only_ended_is_not_so_now_and_what_never_was_is_no_past(string first, string second, string question)
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync();
        await memory.RememberAsync([Turn(first), Turn(second)]);
        var answer = await memory.AskAsync(question, new() { AskedOn = new(2025, 1, 1) });
        Assert.That(answer.Source, Is.Not.EqualTo(AnswerSource.Fact), answer.Text);
    }

    [Test]
    public async Task A_town_left_for_a_day_is_lived_in_still()
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync();
        await memory.RememberAsync([Turn("2024-01-02|Ada|I live in Bergen."), Turn("2024-02-02|Ada|I left Bergen this morning.")]);
        Assert.That((await memory.AskAsync("Where does Ada live?", new() { AskedOn = new(2025, 1, 1) })).Text, Is.EqualTo("Bergen"));
    }

    [Test]
    public async Task The_day_of_another_thing_is_no_answer_to_when_and_no_heading_is_quoted()
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync();
        await memory.RememberAsync(
        [
            new Document("# The barn\n\n## People\nTobias Renke's niece lost a tooth yesterday. He keeps the ledger of the barn.") { Time = At("2024-04-12") },
            new Document("# Plans\nThe roof of the barn leaks.\n## Parties\nHannah bakes for every party.") { Time = At("2024-04-12") },
        ]);
        var answer = await memory.AskAsync("When is the wedding of Hannah and Tobias?", new() { AskedOn = new(2024, 5, 1) });
        Assert.That(answer.Text, Does.Not.Contain("yesterday (").And.Not.Contain("11 April 2024").And.Not.Contain("#"));
        Assert.That(answer.IsAnswerable && answer.Source == AnswerSource.Days, Is.False);
        var ledger = await memory.AskAsync("Which people keep the ledger of the barn?", new() { AskedOn = new(2024, 5, 1) });
        Assert.That(ledger.Text, Does.Not.Contain("#").And.Contain("ledger"));
        Assert.That(ledger.Citations[0].Text, Is.EqualTo("He keeps the ledger of the barn."));
    }

    [Test]
    public async Task The_day_of_what_is_to_come_is_the_day_named_and_not_the_day_it_was_spoken_of()
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync();
        await memory.RememberAsync([Turn("2024-04-12|Hannah|The wedding of Rosa and Milo is on 7 September."), Turn("2024-04-12|Hannah|The opening of the barn will be lovely.")]);
        var known = await memory.AskAsync("When is the wedding of Rosa and Milo?", new() { AskedOn = new(2024, 5, 1) });
        Assert.That(known.Text, Does.Contain("7 September 2024"));
        var open = await memory.AskAsync("When is the opening of the barn?", new() { AskedOn = new(2024, 5, 1) });
        Assert.That(open.Text, Does.Not.Contain("12 April"));
    }

    [Test]
    public async Task Coming_back_ends_what_was_between_in_the_history_of_facts()
    {
        await using var memory = await OpenAsync();
        var facts = await memory.FindFactsAsync(new() { Subject = "Ada", Relation = "lives_in" });
        Assert.That(facts.Select(fact => fact.Fact.Object).Distinct(), Is.EquivalentTo(new[] { "Bergen", "Oslo" }));
        Assert.That(facts.Single(fact => fact.Fact.Object == "Oslo").Fact.Relation, Is.EqualTo("lives_in"));
    }

    static async Task<GraphMemory> OpenAsync()
    {
        var memory = await GraphMemory.OpenInMemoryAsync();
        await memory.RememberAsync([.. Turns.Select(Turn)]);
        return memory;
    }

    static Document Turn(string line)
    {
        var parts = line.Split('|');
        return new Document(parts[2]) { Session = parts[0] + parts[1], Speaker = parts[1], Time = At(parts[0]) };
    }

    static DateTimeOffset At(string day) => DateTimeOffset.Parse(day + "T00:00:00Z", CultureInfo.InvariantCulture);
}
