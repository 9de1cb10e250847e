using System.Globalization;
using System.Text.Json;
using Archicortex.Facts;

namespace Archicortex.Benchmarks.Dates;

/// <summary>How what was read compares with the key.</summary>
enum DateVerdict
{
    /// <summary>The same days.</summary>
    Exact,

    /// <summary>A day in common.</summary>
    Overlapping,

    /// <summary>No day in common.</summary>
    Missed,
}

/// <summary>One question whose answer is a time.</summary>
/// <param name="Id">Its id in the set.</param>
/// <param name="Question">What is asked.</param>
/// <param name="Answer">The key, as written.</param>
/// <param name="Gold">The key's days.</param>
/// <param name="Read">The days read from the evidence.</param>
/// <param name="Rule">The rule that read them; "session" if only the date of the turn is known.</param>
/// <param name="Turns">The evidence.</param>
sealed record DatedAnswer(string Id, string Question, string Answer, DayRange Gold, DayRange Read, string Rule, IReadOnlyList<string> Turns)
{
    public DateVerdict Verdict => Gold == Read ? DateVerdict.Exact
        : (Gold.From ?? DateOnly.MinValue) < (Read.To ?? DateOnly.MaxValue) && (Read.From ?? DateOnly.MinValue) < (Gold.To ?? DateOnly.MaxValue)
            ? DateVerdict.Overlapping
            : DateVerdict.Missed;
}

/// <summary>Reads the dates that answer a set's temporal questions from the turns that hold the evidence.</summary>
sealed class DatesRun
{
    public DatesRun(IReadOnlyList<DatedAnswer> answers, int temporal) => (Answers, Temporal) = (answers, temporal);

    /// <summary>The questions whose answer is a time.</summary>
    public IReadOnlyList<DatedAnswer> Answers { get; }

    /// <summary>All temporal questions with evidence; the others ask for durations, counts and names.</summary>
    public int Temporal { get; }

    public int Count(DateVerdict verdict) => Answers.Count(answer => answer.Verdict == verdict);

    /// <summary>Share of the time answers read exactly, in percent.</summary>
    public double ExactPercent => 100.0 * Count(DateVerdict.Exact) / Math.Max(1, Answers.Count);

    /// <param name="folder">Where corpus.jsonl and questions.jsonl are.</param>
    public static DatesRun Of(string folder)
    {
        var corpus = Lines(Path.Combine(folder, "corpus.jsonl")).ToDictionary(json => Text(json, "id"), json => (Text: Text(json, "text"), Day: Day(json)));
        var answers = new List<DatedAnswer>();
        var temporal = 0;
        foreach (var json in Lines(Path.Combine(folder, "questions.jsonl")).Where(json => Text(json, "category") == "temporal"))
        {
            var turns = json.GetProperty("gold").EnumerateArray().Select(id => corpus[id.GetString()!]).ToList();
            temporal += turns.Count > 0 ? 1 : 0;
            if (turns.Count == 0 || AnswerReader.Read(Text(json, "answer"), Text(json, "question"), turns[^1].Day) is not { } gold)
            {
                continue;
            }

            var (days, rule) = EvidenceDate.Pick(Text(json, "question"), turns);
            answers.Add(new(Text(json, "id"), Text(json, "question"), Text(json, "answer"), gold, days, rule, [.. turns.Select(turn => $"{turn.Day:yyyy-MM-dd} {turn.Text}")]));
        }

        return new DatesRun(answers, temporal);
    }

    static DateOnly Day(JsonElement json) =>
        DateOnly.FromDateTime(DateTimeOffset.Parse(Text(json, "time"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).DateTime);

    static string Text(JsonElement json, string field) =>
        json.TryGetProperty(field, out var value) ? value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText() : "";

    static IEnumerable<JsonElement> Lines(string path)
    {
        foreach (var line in File.ReadLines(path).Where(line => line.Length > 0))
        {
            using var json = JsonDocument.Parse(line);
            yield return json.RootElement.Clone();
        }
    }
}
