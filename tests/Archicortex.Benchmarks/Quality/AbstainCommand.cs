using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Archicortex.Benchmarks.Quality;

/// <summary>The <c>quality abstain</c> command: whether a memory knows what it does not know.</summary>
static class AbstainCommand
{
    public static Command Create()
    {
        var data = new Option<DirectoryInfo[]>("--data") { Description = "Folders with corpus.jsonl and questions.jsonl: each its own memory, asked its own questions and those of the others.", Required = true, AllowMultipleArgumentsPerToken = true };
        var most = new Option<int>("--questions") { Description = "Questions of a set that are asked in each way.", DefaultValueFactory = _ => 200 };
        var command = new Command("abstain", "Asks questions that can be answered, and such that cannot: of another set, or with their gold passages forgotten.") { data, most };
        command.SetAction(async (parsed, _) =>
        {
            var sets = parsed.GetValue(data)!.Select(folder => EvaluationSet.Read(folder.FullName, stripTitles: false)).ToList();
            Console.WriteLine($"{"",-20}{"AUC other",11}{"AUC gone",10}{"kept",8}{"refused other",15}{"refused gone",14}{"accuracy",10}");
            foreach (var set in sets)
            {
                var run = new AbstainRun(set, [.. sets.Where(other => other != set)], parsed.GetValue(most));
                await run.RunAsync().ConfigureAwait(false);
                Print(set.Name, run);
            }
        });
        return command;
    }

    static void Print(string set, AbstainRun run)
    {
        var (own, other, gone) = (run.Of(AskedOf.Own), run.Of(AskedOf.Other), run.Of(AskedOf.Gone));
        double Kept(List<double> values) => values.Count == 0 ? 0 : 100.0 * values.Count(value => value >= 1) / values.Count;
        var (kept, refused, lost) = (Kept(own), 100 - Kept(other), 100 - Kept(gone));
        var accuracy = (kept + ((other.Count > 0 ? refused + lost : 2 * lost) / 2)) / 2;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{set,-20}{AbstainRun.Auc(own, other),11:0.000}{AbstainRun.Auc(own, gone),10:0.000}{kept,8:0.0}{refused,15:0.0}{lost,14:0.0}{accuracy,10:0.0}"));
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            writer.WriteString("set", set);
            writer.WriteNumber("own", own.Count);
            writer.WriteNumber("other", other.Count);
            writer.WriteNumber("gone", gone.Count);
            writer.WriteNumber("aucOther", Math.Round(AbstainRun.Auc(own, other), 3));
            writer.WriteNumber("aucGone", Math.Round(AbstainRun.Auc(own, gone), 3));
            writer.WriteNumber("kept", Math.Round(kept, 1));
            writer.WriteNumber("refusedOther", Math.Round(refused, 1));
            writer.WriteNumber("refusedGone", Math.Round(lost, 1));
            writer.WriteNumber("accuracy", Math.Round(accuracy, 1));
            writer.WriteEndObject();
        }

        Console.WriteLine(Encoding.UTF8.GetString(bytes.ToArray()));
    }
}
