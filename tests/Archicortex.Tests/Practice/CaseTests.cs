using Archicortex.Documents;
using Archicortex.Practice;
using NUnit.Framework;

namespace Archicortex.Tests.Practice;

[TestFixture]
public sealed class CaseTests
{
    const string Deploying = "Deploying the shop fails with a timeout of the database";

    GraphMemory _memory = null!;

    [SetUp]
    public async Task Open() => _memory = await GraphMemory.OpenInMemoryAsync();

    [TearDown]
    public async Task Close() => await _memory.DisposeAsync();

    [Test]
    public async Task A_situation_like_a_known_one_finds_what_was_tried_then()
    {
        var known = await _memory.RememberCaseAsync(Deploying, "Closed the sessions that held a lock", "It went through", 0.8, ["ops"]);
        await _memory.RememberCaseAsync("A customer asks for a refund after ninety days", "Asked the owner", "Refunded half", 0.2);
        var found = await _memory.RecallCasesAsync("The shop cannot be deployed: database timeout");
        Assert.That(found.Cases.Select(one => one.Case.Id), Is.EqualTo(new[] { known.Id }));
        Assert.That(found.Cases[0].Similarity, Is.InRange(0.25, 1));
        Assert.That(found.Cases[0].Score, Is.EqualTo(found.Cases[0].Similarity * known.Worth).Within(1e-12));
        var same = await _memory.RecallCasesAsync(Deploying);
        Assert.That(same.Cases[0].Similarity, Is.EqualTo(1).Within(1e-9));
    }

    [TestCase("What is the weather like in Bergen?")]
    [TestCase("The of and to in")]
    [TestCase("Write a poem about the database of birds, the sea, the moon, the long night and the harbour lights")]
    public async Task A_situation_like_none_finds_nothing(string situation)
    {
        await _memory.RememberCaseAsync(Deploying, "Closed the sessions that held a lock", "It went through", 1);
        var found = await _memory.RecallCasesAsync(situation);
        Assert.That((found.Cases.Count, found.Concepts.Count), Is.EqualTo((0, 0)));
        Assert.That(found.Reason, Does.StartWith("Nothing was found: "));
    }

    [Test]
    public async Task The_same_people_in_another_situation_are_not_like_it()
    {
        await _memory.RememberCaseAsync("Yesterday Ada Brightwater of Gull Brewery asked for a refund", "Paid it", "She was glad", 1);
        Assert.That((await _memory.RecallCasesAsync("Today Ada Brightwater of Gull Brewery moves house")).Cases, Is.Empty);
        Assert.That((await _memory.RecallCasesAsync("Somebody asks for a refund")).Cases, Has.Count.EqualTo(1));
        Assert.That((await _memory.RecallCasesAsync("Ada Brightwater")).Cases, Has.Count.EqualTo(1), "Asked for by name alone, names are all there is");
    }

    [Test]
    public async Task Of_two_cases_of_one_situation_the_one_with_the_shared_name_comes_first()
    {
        await _memory.RememberCaseAsync("Importing the orders for Marlow Shipping breaks on the dates", "a", "b", 1);
        var gull = await _memory.RememberCaseAsync("Importing the orders for Gull Brewery breaks on the dates", "a", "b", 1);
        Assert.That((await _memory.RecallCasesAsync("The dates break when importing orders for Gull Brewery")).Cases[0].Case.Id, Is.EqualTo(gull.Id));
    }

    [Test]
    public async Task A_changed_reward_ranks_the_next_recall()
    {
        var first = await _memory.RememberCaseAsync(Deploying, "Raised the limit", "It went through", 0.9);
        var second = await _memory.RememberCaseAsync(Deploying, "Closed the sessions", "It went through", 0.1);
        Assert.That(await OrderAsync(), Is.EqualTo(new[] { first.Id, second.Id }));
        await _memory.RewardCaseAsync(second.Id, 1, "It went through, and stays so");
        Assert.That(await OrderAsync(), Is.EqualTo(new[] { second.Id, first.Id }));
        Assert.That((await _memory.GetCaseAsync(second.Id))!.Outcome, Is.EqualTo("It went through, and stays so"));
    }

    [Test]
    public async Task What_helped_ranks_higher_and_what_nobody_judged_stays_where_it_is()
    {
        var cases = new List<string>();
        foreach (var tried in new[] { "one", "two", "three" })
        {
            cases.Add((await _memory.RememberCaseAsync(Deploying, tried, "fine", 0.5)).Id);
        }

        var before = (await _memory.RecallCasesAsync(Deploying)).Cases.ToDictionary(one => one.Case.Id, one => one.Score);
        await _memory.RecordCaseUseAsync(cases[0], helped: true);
        var bad = await _memory.RecordCaseUseAsync(cases[1], helped: false);
        Assert.That((bad.Shown, bad.Helped, bad.Usefulness), Is.EqualTo((1, 0, 1.0 / 3)));
        var after = (await _memory.RecallCasesAsync(Deploying)).Cases;
        Assert.That(after.Select(one => one.Case.Id), Is.EqualTo(new[] { cases[0], cases[2], cases[1] }));
        Assert.That(after[1].Score, Is.EqualTo(before[cases[2]]));
    }

    [Test]
    public async Task A_failure_is_a_warning_and_keeps_a_place()
    {
        for (var i = 0; i < 6; i++)
        {
            await _memory.RememberCaseAsync(Deploying, $"way {i}", "It went through", 1);
        }

        var failed = await _memory.RememberCaseAsync(Deploying, "Switched the database off", "All orders of the day were lost", -1);
        var found = (await _memory.RecallCasesAsync(Deploying, new() { Top = 3 })).Cases;
        Assert.That(found.Select(one => one.IsWarning), Is.EqualTo(new[] { false, false, true }));
        Assert.That(found[2].Case.Id, Is.EqualTo(failed.Id));
        Assert.That((await _memory.RecallCasesAsync(Deploying, new() { Top = 1 })).Cases.Single().IsWarning, Is.False);
    }

    [Test]
    public async Task The_same_case_is_one_case()
    {
        var first = await _memory.RememberCaseAsync(Deploying, "Raised the limit", "fine", 1, ["b", "a", "b"]);
        var again = await _memory.RememberCaseAsync(Deploying, "Raised the limit", "fine", 1, ["a", "b"]);
        Assert.That((again.Id, again.Version, (await _memory.GetStatusAsync()).Operations), Is.EqualTo((first.Id, 1, 1)));
        var changed = await _memory.RememberCaseAsync(Deploying, "Raised the limit", "It broke the next day", -0.5);
        Assert.That((changed.Id, changed.Version, changed.IsWarning, changed.Tags.Count), Is.EqualTo((first.Id, 2, true, 0)));
    }

    [Test]
    public async Task A_concept_ranks_before_its_cases_at_its_level_only()
    {
        var ids = new List<string>();
        foreach (var system in new[] { "shop", "ledger", "library" })
        {
            ids.Add((await _memory.RememberCaseAsync($"Deploying the {system} fails with a timeout of the database", "Closed sessions", "fine", 1)).Id);
        }

        await _memory.NameConceptAsync("Locks", "When a deployment times out, look for sessions that hold a lock.", ids.Take(2));
        var instances = await _memory.RecallCasesAsync(Deploying);
        Assert.That((instances.Concepts.Count, instances.Cases[0].Case.Id, instances.Cases.Count), Is.EqualTo((0, ids[0], 3)));
        var concepts = await _memory.RecallCasesAsync(Deploying, new() { Level = CaseLevel.Concept });
        Assert.That(concepts.Concepts.Single().Concept.Name, Is.EqualTo("Locks"));
        Assert.That(concepts.Concepts[0].Cases.Select(one => one.Id), Is.EqualTo(ids.Take(2)), "the nearest first");
        Assert.That(concepts.Cases.Select(one => one.Case.Id), Is.EqualTo(ids.Skip(2)), "what the concept covers is not told twice");
        var none = await _memory.RecallCasesAsync("A bird in the garden", new() { Level = CaseLevel.Concept });
        Assert.That((none.Concepts.Count, none.Cases.Count), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task Every_refinement_of_a_concept_is_a_version_that_stays_readable()
    {
        const int Refinements = 7;
        var one = (await _memory.RememberCaseAsync(Deploying, "a", "fine", 1)).Id;
        var two = (await _memory.RememberCaseAsync(Deploying, "b", "fine", 1)).Id;
        for (var i = 1; i <= Refinements; i++)
        {
            var concept = await _memory.NameConceptAsync(i % 2 == 0 ? "locks" : "Locks", $"Rule {i}", [two, one, two]);
            Assert.That((concept.Version, concept.Description), Is.EqualTo((i, $"Rule {i}")));
        }

        await _memory.NameConceptAsync("LOCKS", $"Rule {Refinements}", [one, two]);
        var known = (await _memory.GetConceptAsync("locks"))!;
        Assert.That(known.Versions.Select(version => version.Description), Is.EqualTo(Enumerable.Range(1, Refinements).Select(i => $"Rule {i}")));
        Assert.That(known.Name, Is.EqualTo("Locks"));
        Assert.That(async () => await _memory.NameConceptAsync("One", "x", [one, one]), Throws.ArgumentException.With.Message.Contains("1 cases"));
        Assert.That(async () => await _memory.NameConceptAsync("One", "x", [one, "case-none"]), Throws.ArgumentException.With.Message.Contains("case-none"));
    }

    [Test]
    public async Task Forgetting_a_case_takes_it_out_of_recall_and_concepts()
    {
        var one = (await _memory.RememberCaseAsync(Deploying, "a", "fine", 1)).Id;
        var two = (await _memory.RememberCaseAsync(Deploying, "b", "fine", 1)).Id;
        await _memory.NameConceptAsync("Locks", "Look for locks.", [one, two]);
        Assert.That((await _memory.ForgetCaseAsync(one))!.Id, Is.EqualTo(one));
        Assert.That(await _memory.ForgetCaseAsync(one), Is.Null);
        var found = await _memory.RecallCasesAsync(Deploying, new() { Level = CaseLevel.Concept });
        Assert.That((found.Concepts.Count, found.Cases.Single().Case.Id), Is.EqualTo((0, two)), "one case is no concept");
        Assert.That((await _memory.GetConceptAsync("Locks"))!.Cases, Is.EqualTo(new[] { two }));
        Assert.That((await _memory.ForgetConceptAsync("locks"))!.Name, Is.EqualTo("Locks"));
    }

    [Test]
    public async Task A_finished_task_becomes_a_case()
    {
        await _memory.StartTaskAsync("Deploy the shop", new() { Inputs = new Dictionary<string, string> { ["error"] = "timeout of the database" } });
        await _memory.StartTaskAsync("Look for locks", new() { Parent = "1" });
        Assert.That(async () => await _memory.KeepAsCaseAsync("1"), Throws.ArgumentException.With.Message.Contains("Finish it first"));
        await _memory.UpdateTaskAsync("1.1", new() { State = TaskState.Done, Note = "A session of the night run held one." });
        await _memory.UpdateTaskAsync("1", new() { State = TaskState.Done, Outputs = new Dictionary<string, string?> { ["cause"] = "the night run" } });
        var known = await _memory.KeepAsCaseAsync("1", tags: ["ops"]);
        Assert.That(known.Situation, Is.EqualTo("Deploy the shop\nerror: timeout of the database"));
        Assert.That(known.Tried, Is.EqualTo("Look for locks (done): A session of the night run held one."));
        Assert.That(known.Outcome, Is.EqualTo("done\ncause: the night run"));
        Assert.That((known.Reward, known.Task, known.Tags.Single()), Is.EqualTo((1, "1", "ops")));
        Assert.That((await _memory.RecallCasesAsync("The shop cannot be deployed, the database has a timeout")).Cases.Single().Case.Id, Is.EqualTo(known.Id));
        Assert.That((await _memory.KeepAsCaseAsync("1", tags: ["ops"])).Version, Is.EqualTo(1));
    }

    [Test]
    public async Task Tasks_and_cases_change_nothing_of_what_a_question_finds()
    {
        foreach (var document in Door.SampleDocuments.Some(12))
        {
            await _memory.RememberAsync(document);
        }

        var before = await Door.MemoryProbe.RankingAsync(_memory);
        await _memory.StartTaskAsync("Find out where everybody lives, and who founded what");
        await _memory.RememberCaseAsync("Somebody asks where a person lives", "Recalled it", "It was right", 1);
        Assert.That(await Door.MemoryProbe.RankingAsync(_memory), Is.EqualTo(before));
    }

    [Test]
    public async Task Words_that_are_common_in_the_passages_weigh_less()
    {
        var known = await _memory.RememberCaseAsync("The invoice of the harbour is wrong", "a", "b", 1);
        var before = (await _memory.RecallCasesAsync("The harbour is closed")).Cases.SingleOrDefault()?.Similarity ?? 0;
        for (var i = 0; i < 60; i++)
        {
            await _memory.RememberAsync(new Document($"The harbour was quiet on day {i}."));
        }

        var after = (await _memory.RecallCasesAsync("The harbour is closed", new() { SimilarityMin = 0.001 })).Cases.Single();
        Assert.That((after.Case.Id, after.Similarity < before), Is.EqualTo((known.Id, true)));
    }

    [TestCase(1.5)]
    [TestCase(-1.01)]
    [TestCase(double.NaN)]
    public void A_reward_is_between_minus_one_and_one(double reward) =>
        Assert.That(async () => await _memory.RememberCaseAsync("a b", "c", "d", reward), Throws.ArgumentException.With.Message.Contains("from -1"));

    async Task<IEnumerable<string>> OrderAsync() => (await _memory.RecallCasesAsync(Deploying)).Cases.Select(one => one.Case.Id);
}
