using Archicortex.Benchmarks.Quality;
using Archicortex.Facts;

namespace Archicortex.Benchmarks.Dates;

/// <summary>The same questions put to a memory of all turns, without a model: it has to find the evidence before it can read the date.</summary>
static class AskedDates
{
    static readonly DayRange Nothing = new(DateOnly.MinValue, DateOnly.MinValue);

    /// <param name="gold">The questions with their keys.</param>
    /// <param name="folder">Where corpus.jsonl is.</param>
    public static async Task<DatesRun> Of(DatesRun gold, string folder)
    {
        var answers = new List<DatedAnswer>();
        foreach (var group in EvaluationSet.ReadCorpus(folder).GroupBy(record => record.Group))
        {
            await using var memory = await GraphMemory.OpenInMemoryAsync();
            await memory.RememberAsync([.. group.Select(record => record.Document)]);
            var last = group.Max(record => DateOnly.FromDateTime(record.Document.Time!.Value.DateTime));
            foreach (var one in gold.Answers.Where(answer => answer.Id.StartsWith(group.Key + "/", StringComparison.Ordinal)))
            {
                var answer = await memory.AskAsync(one.Question, new() { AskedOn = last });
                answers.Add(one with { Read = DaysOf(answer.Text, last), Rule = answer.Source.ToString(), Turns = [answer.Text] });
            }
        }

        return new DatesRun(answers, gold.Temporal);
    }

    /// <summary>What stands before the sentence: "the week before (29 May to 4 June 2023): …".</summary>
    static DayRange DaysOf(string text, DateOnly last)
    {
        var head = text.Split(": ")[0].Replace(" (weekend)", "", StringComparison.Ordinal).Replace(" (week)", "", StringComparison.Ordinal);
        var inside = head.IndexOf('(', StringComparison.Ordinal) is >= 0 and var open ? head[(open + 1)..].TrimEnd(')') : head;
        return !text.Contains(": ", StringComparison.Ordinal) && !FactsOnly(text) ? Nothing : AnswerReader.Read(inside, "When", last) ?? Nothing;
    }

    /// <summary>An answer read off a fact is the date alone.</summary>
    static bool FactsOnly(string text) => TimeExpressions.Find(text, null) is [{ Text.Start: 0 } only] && only.Text.End == text.Length;
}
