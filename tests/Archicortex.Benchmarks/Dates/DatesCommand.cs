using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Archicortex.Facts.Time;

namespace Archicortex.Benchmarks.Dates;

/// <summary>The <c>dates</c> command: how many of the dates asked for are read exactly from the evidence.</summary>
static class DatesCommand
{
    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data") { Description = "A folder with corpus.jsonl and questions.jsonl, turns with times.", Required = true };
        var json = new Option<bool>("--json") { Description = "Print one JSON line only." };
        var misses = new Option<bool>("--misses") { Description = "Print what was not read exactly, with its evidence." };
        var ask = new Option<bool>("--ask") { Description = "Ask a memory of the turns instead, without a model: it has to find the evidence, too." };
        var command = new Command("dates", "Reads the dates that answer temporal questions from the gold turns.") { data, json, misses, ask };
        command.SetAction(async (parsed, _) =>
        {
            var run = DatesRun.Of(parsed.GetValue(data)!.FullName);
            Print(parsed.GetValue(ask) ? await AskedDates.Of(run, parsed.GetValue(data)!.FullName) : run, parsed.GetValue(json), parsed.GetValue(misses));
            return 0;
        });
        return command;
    }

    static void Print(DatesRun run, bool jsonOnly, bool misses)
    {
        var (exact, overlapping, missed) = (run.Count(DateVerdict.Exact), run.Count(DateVerdict.Overlapping), run.Count(DateVerdict.Missed));
        if (!jsonOnly)
        {
            foreach (var answer in run.Answers.Where(answer => misses && answer.Verdict != DateVerdict.Exact))
            {
                Console.WriteLine($"{answer.Id} {answer.Verdict} ({answer.Rule}): {answer.Question} -> {answer.Answer}");
                Console.WriteLine($"  key {TimeText.Of(answer.Gold, Archicortex.Facts.TimeGranularity.Day)}; read {TimeText.Of(answer.Read, Archicortex.Facts.TimeGranularity.Day)}");
                answer.Turns.ToList().ForEach(turn => Console.WriteLine("  " + turn));
            }

            Console.WriteLine($"{run.Temporal} temporal questions with evidence, {run.Answers.Count} answered by a time");
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"exact {exact} ({run.ExactPercent:0.0} %), overlapping {overlapping}, missed {missed}"));
        }

        Console.WriteLine(JsonSerializer.Serialize(new { temporal = run.Temporal, dated = run.Answers.Count, exact, overlapping, missed, exactPercent = Math.Round(run.ExactPercent, 1) }));
    }
}
