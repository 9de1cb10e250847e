using Archicortex.Models;
using Archicortex.Practice;
using NUnit.Framework;

namespace Archicortex.Tests.Practice;

[TestFixture]
public sealed class TaskLawTests
{
    static readonly DateTimeOffset Then = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public void Revisions_reach_exactly_the_tasks_that_a_search_over_all_edges_reaches()
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            var (tree, naive) = (TaskTree.Empty, new NaiveStaleness());
            for (var sequence = 1; sequence <= 60; sequence++)
            {
                var id = $"t{random.Next(12)}";
                var change = Any(tree, random, id);
                if (TaskRules.Problem(tree, change) is not null)
                {
                    continue;
                }

                naive.Apply(tree.Find(id), change);
                tree = tree.Apply(change, sequence, Then);
                foreach (var task in tree.All)
                {
                    Assert.That(tree.StaleSince(task.Id), Is.EqualTo(naive.CausesOf(task.Id)), $"seed {seed}, operation {sequence}, task {task.Id}");
                }
            }
        }
    }

    [Test]
    public void A_rendering_is_never_over_budget_and_never_without_goals_and_pins()
    {
        var refused = 0;
        for (var seed = 0; seed < 1_000; seed++)
        {
            var random = new Random(seed);
            var tree = RandomTree(random);
            var task = tree[tree.All.ElementAt(random.Next(tree.Count)).Id];
            var budget = random.Next(16, 600);
            RenderedTasks page;
            try
            {
                page = TaskPage.Render(tree, task, budget, Count);
            }
            catch (ArgumentException failure)
            {
                Assert.That(failure.Message, Does.Contain("tokens; the budget is"), $"seed {seed}");
                refused++;
                continue;
            }

            Assert.That(page.Tokens, Is.EqualTo(Count(page.Text)).And.LessThanOrEqualTo(budget), $"seed {seed}");
            Assert.That(TaskPage.Render(tree, task, budget, Count), Is.EqualTo(page).Using<RenderedTasks>((a, b) => a.Text == b.Text && a.LeftOut == b.LeftOut), $"seed {seed}");
            var path = page.Path.Select(id => tree[id]).ToList();
            foreach (var shown in path.Concat(tree.Under(path[0]).Where(one => one.IsPinned)))
            {
                Assert.That(page.Text, Does.Contain($"{TaskFold.Label(tree, shown)}: {PracticeText.Harmless(shown.Goal)}"), $"seed {seed}: {shown.Id}");
            }

            AssertSiblingsAreOut(tree, path, page, $"seed {seed}");
            var all = TaskPage.Render(tree, task, 100_000, Count);
            Assert.That(all.LeftOut, Is.Zero, $"seed {seed}");
            Assert.That(page.Text.Split('\n').Where(line => !line.StartsWith('…')), Is.SubsetOf(all.Text.Split('\n')), $"seed {seed}");
        }

        Assert.That(refused, Is.InRange(1, 900), "Some budgets are too small, most are not");
    }

    [Test]
    public void A_summary_is_made_of_what_was_said()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var tree = RandomTree(new Random(seed));
            foreach (var task in tree.All)
            {
                var said = tree.Under(task).SelectMany(one => one.Notes.Concat(one.Outputs.Values).Append(one.Goal)).Select(PracticeText.Harmless).ToList();
                foreach (var part in TaskFold.Of(tree, task)[(TaskFold.Label(tree, task).Length + 1)..].Split(" · "))
                {
                    var text = part[(part.IndexOf(": ", StringComparison.Ordinal) is >= 0 and var at ? at + 2 : 0)..].TrimEnd('…');
                    Assert.That(said.Any(one => one.Contains(text, StringComparison.Ordinal)), Is.True, $"seed {seed}: '{text}' of {task.Id}");
                }
            }
        }
    }

    [Test]
    public async Task After_a_thousand_steps_the_prompt_is_as_long_as_after_ten()
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync();
        await memory.StartTaskAsync("Sail around the world", new() { IsPinned = true });
        await memory.UpdateTaskAsync("1", new() { State = TaskState.Active });
        for (var step = 1; step <= 1_000; step++)
        {
            await memory.StartTaskAsync($"Leg {step} of the journey", new() { Parent = "1", State = TaskState.Active });
            await memory.UpdateTaskAsync($"1.{step}", new() { State = TaskState.Done, Note = $"The wind on leg {step} was fair." });
            if (step is 10 or 100 or 1_000)
            {
                var page = await memory.RenderTasksAsync(null, new() { TokenBudget = 200 });
                Assert.That(page.Tokens, Is.InRange(100, 200));
                Assert.That(page.Text, Does.StartWith("Goal 1 (active, pinned): Sail around the world\n").And.Contain($"Leg {step} of the journey"));
                Assert.That(page.LeftOut, Is.GreaterThanOrEqualTo(step - 10));
            }
        }
    }

    static void AssertSiblingsAreOut(TaskTree tree, List<TaskEntry> path, RenderedTasks page, string context)
    {
        var needed = path.SelectMany(task => task.DependsOn.Select(edge => edge.Id)).ToHashSet();
        for (var depth = 1; depth < path.Count; depth++)
        {
            foreach (var id in path[depth - 1].Steps.Where(id => id != path[depth].Id && !needed.Contains(id)))
            {
                var sibling = tree[id];
                if (!sibling.State.IsClosed() && !sibling.IsPinned)
                {
                    Assert.That(page.Text, Does.Not.Contain(PracticeText.Harmless(sibling.Goal)), $"{context}: {id}");
                }
            }
        }
    }

    static TaskChange Any(TaskTree tree, Random random, string id)
    {
        var task = tree.Find(id);
        var version = (task?.Version ?? 0) + 1;
        var others = tree.All.Select(one => one.Id).Where(_ => random.Next(4) == 0).Concat(task?.DependsOn.Select(edge => edge.Id) ?? []).Distinct().ToArray();
        return task is null ? new() { Action = TaskAction.Start, Id = id, Version = 1, Goal = "g", DependsOn = others.Length > 0 ? others : null }
            : random.Next(4) switch
            {
                0 => new() { Action = TaskAction.Revise, Id = id, Version = version, Goal = $"g{version}" },
                1 => new() { Action = TaskAction.Update, Id = id, Version = version, DependsOn = others },
                _ => new() { Action = TaskAction.Update, Id = id, Version = version, State = (TaskState)random.Next(6) },
            };
    }

    internal static TaskTree RandomTree(Random random)
    {
        var tree = TaskTree.Empty;
        var sequence = 0L;
        for (var step = random.Next(5, 60); step > 0; step--)
        {
            var known = tree.All.Select(one => one.Id).ToList();
            var isNew = known.Count == 0 || random.Next(2) == 0;
            var parent = known.Count > 0 && random.Next(5) > 0 ? known[random.Next(known.Count)] : null;
            var id = isNew ? tree.NextId(parent) : known[random.Next(known.Count)];
            var change = new TaskChange
            {
                Action = isNew ? TaskAction.Start : random.Next(6) == 0 ? TaskAction.Revise : TaskAction.Update,
                Id = id,
                Version = (tree.Find(id)?.Version ?? 0) + 1,
                Parent = isNew ? parent : null,
                Note = random.Next(2) == 0 ? Words(random, 12) : null,
                Outputs = !isNew && random.Next(2) == 0 ? new Dictionary<string, string?> { [$"out{random.Next(3)}"] = Words(random, 300) } : null,
                Inputs = random.Next(3) == 0 ? new Dictionary<string, string?> { ["spec"] = Words(random, 40) } : null,
            };
            change = change.Action switch
            {
                TaskAction.Start => change with { Goal = $"goal-{sequence} {Words(random, 8)}", IsPinned = random.Next(10) == 0 ? true : null, DependsOn = Some(random, known) },
                TaskAction.Revise => change with { Goal = $"goal-{sequence} {Words(random, 8)}" },
                _ => change with { State = (TaskState)random.Next(6) },
            };
            tree = TaskRules.Problem(tree, change) is null ? tree.Apply(change, ++sequence, Then) : tree;
        }

        return tree;
    }

    static string[]? Some(Random random, List<string> ids) => ids.Count == 0 || random.Next(2) == 0 ? null : [ids[random.Next(ids.Count)]];

    static string Words(Random random, int most) => string.Join(
        random.Next(4) == 0 ? "\n" : " ", Enumerable.Range(0, random.Next(1, most)).Select(_ => "harbour pilot rope anchor gale tide".Split(' ')[random.Next(6)]));

    static int Count(string text) => TokenCounting.Count(text);

    /// <summary>Marks every dependant at the moment of a revision, by a search over all edges there are then.</summary>
    sealed class NaiveStaleness
    {
        readonly Dictionary<string, HashSet<string>> _needs = [];
        readonly Dictionary<string, SortedSet<string>> _causes = [];

        public SortedSet<string> CausesOf(string id) => _causes.GetValueOrDefault(id) ?? [];

        public void Apply(TaskEntry? before, TaskChange change)
        {
            if (change.DependsOn is { } needs)
            {
                _needs[change.Id] = [.. needs];
            }

            if (change.Action == TaskAction.Revise || (before?.State == TaskState.Done && change.State is { } state && state != TaskState.Done))
            {
                foreach (var id in _needs.Keys.Where(id => Reaches(id, change.Id, [])))
                {
                    (_causes.TryGetValue(id, out var causes) ? causes : _causes[id] = new(StringComparer.Ordinal)).Add(change.Id);
                }
            }

            if (change.Action == TaskAction.Revise || change.State == TaskState.Done)
            {
                _causes.Remove(change.Id);
            }
        }

        bool Reaches(string id, string end, HashSet<string> seen) =>
            seen.Add(id) && _needs.TryGetValue(id, out var needs) && (needs.Contains(end) || needs.Any(next => Reaches(next, end, seen)));
    }
}
