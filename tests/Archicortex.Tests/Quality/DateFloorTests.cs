using Archicortex.Benchmarks.Dates;
using Archicortex.Tests.House;
using NUnit.Framework;

namespace Archicortex.Tests.Quality;

/// <summary>What reading dates must not fall below, on the dialogues beside the project; in percent.</summary>
[TestFixture]
public sealed class DateFloorTests
{
    const double ExactFloor = 81;

    [Test]
    public void Dates_asked_for_are_read_exactly_from_the_turns_that_hold_them()
    {
        var folder = Path.Combine(Repository.Root, "..", "shared", "data", "locomo");
        if (!File.Exists(Path.Combine(folder, "corpus.jsonl")))
        {
            Assert.Ignore("There is no ../shared/data/locomo beside the project; the floor of dates needs it.");
        }

        var run = DatesRun.Of(folder);
        TestContext.Out.WriteLine($"{run.Answers.Count} of {run.Temporal}: exact {run.Count(DateVerdict.Exact)}, overlapping {run.Count(DateVerdict.Overlapping)}");
        Assert.That(run.Answers, Has.Count.GreaterThan(100));
        Assert.That(run.ExactPercent, Is.GreaterThanOrEqualTo(ExactFloor));
    }
}
