namespace Archicortex.Practice;

/// <summary>Which tasks rely on something that was revised since.</summary>
/// <remarks>
/// A revision reaches every task that relied on the revised one at that moment, directly or not, and no other (TME,
/// arXiv 2505.19436). It is worked out from when edges were drawn and tasks checked, not stored: so forgetting a task takes
/// what it caused with it, and finishing a task again makes that one task fresh and leaves those behind it to be
/// looked at. O(tasks + revisions · edges).
/// </remarks>
static class TaskStaleness
{
    /// <summary>By the id of each stale task, the revised ones behind it, in ordinal order.</summary>
    public static Dictionary<string, string[]> Of(IEnumerable<TaskEntry> tasks)
    {
        var revised = new List<TaskEntry>();
        var dependants = new Dictionary<string, List<(TaskEntry Task, long Since)>>();
        foreach (var task in tasks)
        {
            if (task.RevisedAt > 0)
            {
                revised.Add(task);
            }

            foreach (var edge in task.DependsOn)
            {
                if (!dependants.TryGetValue(edge.Id, out var list))
                {
                    dependants.Add(edge.Id, list = []);
                }

                list.Add((task, edge.Since));
            }
        }

        var stale = new Dictionary<string, List<string>>();
        foreach (var one in revised.OrderBy(task => task.Id, StringComparer.Ordinal))
        {
            Spread(one, dependants, stale);
        }

        return stale.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray());
    }

    static void Spread(TaskEntry revised, Dictionary<string, List<(TaskEntry Task, long Since)>> dependants, Dictionary<string, List<string>> stale)
    {
        var seen = new HashSet<string> { revised.Id };
        var left = new Queue<string>([revised.Id]);
        while (left.TryDequeue(out var id))
        {
            foreach (var (task, since) in dependants.GetValueOrDefault(id) ?? [])
            {
                if (since > revised.RevisedAt || !seen.Add(task.Id))
                {
                    continue;
                }

                left.Enqueue(task.Id);
                if (task.CheckedAt < revised.RevisedAt)
                {
                    (stale.TryGetValue(task.Id, out var causes) ? causes : stale[task.Id] = []).Add(revised.Id);
                }
            }
        }
    }
}
