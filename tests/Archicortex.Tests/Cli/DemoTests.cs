using Archicortex.Cli.Demo;
using Archicortex.Cli.Rendering;
using Archicortex.Recall;
using NUnit.Framework;

namespace Archicortex.Tests.Cli;

public sealed class DemoTests
{
    [Test]
    public async Task The_demo_answers_side_by_side_where_there_is_room_and_fits_its_width([Values(80, 120)] int width)
    {
        using var terminal = new TestTerminal { Width = width };
        var ran = await terminal.Run("demo", "--memory", "{memory}");
        Assert.That((ran.Code, ran.Error), Is.EqualTo((0, "")));
        Assert.That(ran.Output, Does.Contain("Remembered 217 documents").And.Contain("8 of 8").And.Contain("All 41 questions").And.Contain("✓").And.Contain("question → "));
        Assert.That(ran.Output, Does.Contain("Facts and an answer, without a model").And.Contain("From facts: ").And.Contain("[1] Tidewrack"));
        Assert.That(ran.Output, Does.Contain("│ Tidewrack       │ directed_by │ Konstantin Weyl      │ 0.80 │"), "a row a fact, on one line");
        Assert.That(ran.Output, Does.Not.Contain("\u001b"));

        // Commands to copy stand on one line, however long.
        var lines = ran.Output.Split('\n').Where(line => !line.StartsWith("  archicortex", StringComparison.Ordinal)).ToList();
        Assert.That(lines.Select(line => line.Length), Has.All.LessThanOrEqualTo(width));
        Assert.That(lines, Has.None.EndsWith(" "));
        Assert.That(lines.Any(line => line.StartsWith("memory (graph)", StringComparison.Ordinal) && line.Contains("plain text search")), Is.EqualTo(width == 120));
    }

    [Test]
    public async Task The_demo_runs_again_on_the_memory_it_made()
    {
        using var terminal = new TestTerminal();
        await terminal.Run("demo", "--memory", "{memory}");
        var ran = await terminal.Run("demo", "--memory", "{memory}", "--question", "Who painted The Blue Pilot?", "--top", "2");
        Assert.That(ran.Code, Is.Zero, ran.Error);
        Assert.That(ran.Output, Does.Contain("Remembered 217 documents").And.Contain("your question").And.Contain("The Blue Pilot"));
    }

    [Test]
    public async Task Every_needed_passage_is_in_the_corpus()
    {
        var ids = (await DemoCorpus.DocumentsAsync(CancellationToken.None)).Select(document => document.Id).ToHashSet();
        foreach (var question in DemoCorpus.Questions())
        {
            Assert.That(question.Gold, Is.Not.Empty, question.Id);
            Assert.That(question.Gold, Is.SubsetOf(ids), question.Id);
        }
    }

    [Test]
    public void The_parts_of_a_score_add_up_as_printed([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        var parts = Enumerable.Range(0, random.Next(1, 8)).Select(i => new ScorePart($"p{i}", (random.NextDouble() * 3) - (i == 0 ? 0 : 0.5))).ToList();
        var words = ScoreSum.Line(parts.Sum(part => part.Value), parts).Split(' ');
        var sum = 0m;
        for (var i = 0; i < words.Length; i++)
        {
            if (words[i].StartsWith('p'))
            {
                sum += decimal.Parse(words[i + 1], System.Globalization.CultureInfo.InvariantCulture) * (words[i - 1] == "−" ? -1 : 1);
            }
        }

        Assert.That(sum, Is.EqualTo(decimal.Parse(words[0], System.Globalization.CultureInfo.InvariantCulture)), $"seed {seed}: {string.Join(' ', words)}");
    }
}
