using System.Globalization;
using Archicortex.Documents;
using NUnit.Framework;

namespace Archicortex.Tests.Door;

/// <summary>What is asked of an invented team without a model: the turn that the order asks for, and no day but that of what is asked.</summary>
[TestFixture]
public sealed class AskedDayTests
{
    static readonly string[] Chat =
    [
        "s1|2025-01-08T10:00|Tilda|The greenhouse budget is too small, the budget is the whole trouble of the greenhouse.",
        "s1|2025-01-08T10:01|Ruben|3 January is when I ordered the Velox pumps, they should arrive in two weeks.",
        "s1|2025-01-08T10:02|Tilda|I have run a stall at the Tarnby market since 2019.",
        "s2|2025-01-20T10:00|Ruben|The Velox pumps arrived yesterday.",
        "s2|2025-01-20T10:01|Tilda|Good. I painted the door of the greenhouse.",
        "s2|2025-01-20T10:02|Ruben|We will meet the surveyor on 5 February 2025. I met the notary on 20 December.",
        "s3|2025-03-10T10:00|Milo|I moved to Tarnby last month.",
        "s3|2025-03-10T10:01|Tilda|I am going to hire a gardener in June.",
        "s3|2025-03-10T10:02|Milo|You went to Elsborg on 2 March, how was it?",
        "s4|2025-04-02T10:00|Ruben|Somebody asked about the greenhouse and its budget.",
        "s4|2025-04-02T10:01|Milo|The roof leaks.",
    ];

    [TestCase("When did we last talk about the greenhouse budget?", "2 April 2025: Somebody asked about the greenhouse and its budget.")]
    [TestCase("When did we first talk about the greenhouse budget?", "8 January 2025: The greenhouse budget is too small")]
    [TestCase("What did Tilda say first about the greenhouse?", "The greenhouse budget is too small")]
    [TestCase("What did Milo say right after Ruben asked about the greenhouse budget?", "The roof leaks.")]
    [TestCase("What was said just before the Velox pumps arrived yesterday?", "I have run a stall")]
    [TestCase("What did Ruben say in the last meeting?", "Somebody asked")]
    public async Task The_first_turn_in_the_order_asked_for_answers(string question, string expected)
    {
        await using var memory = await Memory();
        var answer = await memory.AskAsync(question, new() { AskedOn = new(2025, 5, 1) });
        Assert.That(answer.Text, Does.StartWith(expected), answer.Reason);
        Assert.That(answer.Text, Does.EndWith(answer.Recollection.Passages[0].Text));
        Assert.That(answer.Citations.Single().Text, Is.EqualTo(answer.Recollection.Passages[0].Text));
        Assert.That(answer.IsAnswerable, answer.Recollection.Confidence!.Reason);
    }

    [TestCase("When did Tilda move to Berlin?")]
    [TestCase("When did Tilda move to Tarnby?")]
    [TestCase("When did Ruben go to Elsborg?")]
    [TestCase("When did Milo go to Porto?")]
    [TestCase("When did Tilda hire a gardener?")]
    public async Task The_day_of_another_one_of_another_place_or_of_a_plan_is_not_stated(string question)
    {
        await using var memory = await Memory();
        var answer = await memory.AskAsync(question, new() { AskedOn = new(2025, 5, 1) });
        Assert.That(answer.Text, Does.Not.Match(@"^[^:]*\d[^:]*: "), $"{answer.Source}: {answer.Reason}");
    }

    [TestCase("When did the Velox pumps arrive?", "yesterday (19 January 2025)|19 January 2025")]
    [TestCase("When did Ruben order the Velox pumps?", "3 January (3 January 2025)|3 January 2025")]
    [TestCase("When did Ruben meet the notary?", "20 December (20 December 2024)|20 December 2024")]
    [TestCase("When did Milo move to Tarnby?", "last month (February 2025)|February 2025")]
    [TestCase("When did Tilda go to Elsborg?", "2 March (2 March 2025)|2 March 2025")]
    public async Task The_day_nearest_to_what_is_asked_is_stated(string question, string expected)
    {
        await using var memory = await Memory();
        var answer = await memory.AskAsync(question, new() { AskedOn = new(2025, 5, 1) });
        Assert.That(expected.Split('|'), Has.Some.Matches<string>(day => answer.Text == day || answer.Text.StartsWith(day + ": ", StringComparison.Ordinal)), answer.Text);
        Assert.That(answer.IsAnswerable);
    }

    [TestCase("What did Ruben say about the zeppelin hangar of Quorndon?")]
    [TestCase("Which chromatograph did Xanthippe calibrate?")]
    public async Task A_sentence_does_not_answer_what_the_memory_does_not_know(string question)
    {
        await using var memory = await Memory();
        var answer = await memory.AskAsync(question);
        Assert.That(answer.IsAnswerable, Is.False, answer.Text);
    }

    static async Task<GraphMemory> Memory()
    {
        var memory = await GraphMemory.OpenInMemoryAsync();
        await memory.RememberAsync([.. Chat.Select(line => line.Split('|')).Select(turn => new Document(turn[3])
        {
            Session = turn[0], Time = DateTimeOffset.Parse(turn[1] + "Z", CultureInfo.InvariantCulture), Speaker = turn[2],
        })]);
        return memory;
    }
}
