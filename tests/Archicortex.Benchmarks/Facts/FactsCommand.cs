using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace Archicortex.Benchmarks.Facts;

/// <summary>The <c>facts</c> command: how fast the rules read a corpus, what they find, and a sample to read by eye.</summary>
static class FactsCommand
{
    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data") { Description = "A folder with corpus.jsonl, and triples.jsonl if it has any.", Required = true };
        var json = new Option<bool>("--json") { Description = "Print one JSON line only." };
        var sample = new Option<int>("--sample") { Description = "Print so many facts with their sentences, drawn evenly from the corpus." };
        var rule = new Option<string>("--rule") { Description = "What the sample is drawn from: typed, nominal or generic.", DefaultValueFactory = _ => "typed" };
        var command = new Command("facts", "Extracts facts by rules on one thread.") { data, json, sample, rule };
        command.SetAction(parsed =>
        {
            var run = FactsRun.Of(parsed.GetValue(data)!.FullName);
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(run.Figures));
                return;
            }

            foreach (var (name, value) in run.Figures)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-28}{value,12:0.###}"));
            }

            run.PrintSample(parsed.GetValue(sample), parsed.GetValue(rule)!);
        });
        return command;
    }
}
