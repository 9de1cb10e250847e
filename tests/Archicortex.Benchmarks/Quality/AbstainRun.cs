using Archicortex.Documents;

namespace Archicortex.Benchmarks.Quality;

/// <summary>Of what memory a question is asked.</summary>
enum AskedOf
{
    /// <summary>Of the one that holds its gold passages.</summary>
    Own,

    /// <summary>Of one that holds another set.</summary>
    Other,

    /// <summary>Of its own, with the gold passages forgotten; what else the set says of the same may still answer it.</summary>
    Gone,
}

/// <summary>Asks a memory questions that it can answer and questions that it cannot, and keeps how sure it was.</summary>
sealed class AbstainRun(EvaluationSet set, IReadOnlyList<EvaluationSet> others, int questionsMax)
{
    readonly List<(AskedOf Of, double Sureness)> _asked = [];

    public List<double> Of(AskedOf kind) => [.. _asked.Where(one => one.Of == kind).Select(one => one.Sureness)];

    /// <summary>The chance that a question of the first list is surer than one of the second; ties count half.</summary>
    public static double Auc(List<double> answerable, List<double> unanswerable)
    {
        if (answerable.Count * unanswerable.Count == 0)
        {
            return 0;
        }

        var sorted = unanswerable.Order().ToArray();
        var sum = 0.0;
        foreach (var value in answerable)
        {
            sum += (Below(sorted, value) + Below(sorted, Math.BitIncrement(value))) / 2.0;
        }

        return sum / ((double)answerable.Count * unanswerable.Count);
    }

    public async Task RunAsync()
    {
        var groups = set.Corpus.Select(record => record.Group).Distinct().ToList();
        foreach (var group in groups)
        {
            await RunGroupAsync(group, questionsMax / groups.Count).ConfigureAwait(false);
        }
    }

    static int Below(double[] sorted, double value)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = sorted[middle] < value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    async Task RunGroupAsync(string group, int most)
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync(new GraphMemoryOptions()).ConfigureAwait(false);
        var records = set.Corpus.Where(record => record.Group == group).ToList();
        var remembered = await memory.RememberAsync(records.Select(record => record.Document)).ConfigureAwait(false);
        var ids = new Dictionary<string, (Document Document, DocumentId Id)>();
        foreach (var (record, result) in records.Zip(remembered))
        {
            ids.TryAdd(record.Id, (record.Document, result.DocumentId));
        }

        var own = Spread(set.Questions.Where(question => question.Group == group).ToList(), most);
        foreach (var question in own)
        {
            await AskAsync(memory, AskedOf.Own, question).ConfigureAwait(false);
        }

        foreach (var other in others)
        {
            foreach (var question in Spread(other.Questions, Math.Max(1, most / others.Count)))
            {
                await AskAsync(memory, AskedOf.Other, question).ConfigureAwait(false);
            }
        }

        foreach (var question in own)
        {
            var gold = question.Gold.Where(ids.ContainsKey).Select(id => ids[id]).DistinctBy(one => one.Id).ToList();
            foreach (var (_, id) in gold)
            {
                await memory.ForgetAsync(id.ToString()).ConfigureAwait(false);
            }

            await AskAsync(memory, AskedOf.Gone, question).ConfigureAwait(false);
            await memory.RememberAsync(gold.Select(one => one.Document)).ConfigureAwait(false);
        }
    }

    /// <summary>Questions from all over a list, since sets are often sorted by kind.</summary>
    static List<EvaluationQuestion> Spread(IReadOnlyList<EvaluationQuestion> questions, int most) => questions.Count <= most
        ? [.. questions]
        : [.. Enumerable.Range(0, most).Select(i => questions[(int)((long)i * questions.Count / most)])];

    async Task AskAsync(GraphMemory memory, AskedOf kind, EvaluationQuestion question)
    {
        var recalled = await memory.RecallAsync(question.Text).ConfigureAwait(false);
        _asked.Add((kind, recalled.Confidence!.Sureness));
    }
}
