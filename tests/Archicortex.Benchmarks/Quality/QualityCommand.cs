using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Archicortex.Models;
using Archicortex.Recall;

namespace Archicortex.Benchmarks.Quality;

/// <summary>The <c>quality</c> command: how many gold passages a memory finds, beside what it costs.</summary>
static class QualityCommand
{
    public static Command Create()
    {
        var data = new Option<DirectoryInfo[]>("--data") { Description = "A folder with corpus.jsonl and questions.jsonl. Several are pooled into one memory. With pairs.jsonl and records_a.jsonl: two lists of records that are resolved.", Required = true, AllowMultipleArgumentsPerToken = true };
        var strategy = new Option<RecallStrategy>("--strategy") { Description = "auto, graph, flat, facts, hippo1, hippo2, dense, dialogue, tree, path, local or memgas. The hippo presets walk on the folder's triples.jsonl.", DefaultValueFactory = _ => RecallStrategy.Auto };
        var strip = new Option<bool>("--strip-titles") { Description = "Leave all titles out." };
        var json = new Option<bool>("--json") { Description = "Print JSON lines only." };
        var exact = new Option<bool>("--exact") { Description = "Sweep the whole graph instead of walking where the question leads." };
        var inMemory = new Option<bool>("--in-memory") { Description = "Do not write a file: indexing is then not durable." };
        var anchors = new Option<bool>("--anchors") { Description = "hippo2: names of the question seed the walk too." };
        var damping = new Option<double>("--damping") { Description = "hippo1, hippo2: chance of walking on.", DefaultValueFactory = _ => new HippoOptions().Damping };
        var choice = new Option<FactChoice>("--choice") { Description = "hippo2: how linked facts are checked: auto, all, sharedWords or model." };
        var synonym = new Option<double?>("--synonym") { Description = "hippo1, hippo2: cosine of synonyms. Default: what the embedder was calibrated to." };
        var embedder = new Option<string>("--embedder") { Description = "none, hashed or lsa: taken into use before the questions are asked.", DefaultValueFactory = _ => "none" };
        var dimension = new Option<int>("--dimension") { Description = "Numbers its vectors have.", DefaultValueFactory = _ => 1024 };
        var units = new Option<EmbeddingUnits>("--units") { Description = "What it embeds: passages, facts, entities.", DefaultValueFactory = _ => EmbeddingUnits.All };
        var seeds = new Option<EmbeddingUnits>("--vector-seeds") { Description = "graph, auto: passages, facts, entities; none.", DefaultValueFactory = _ => new RecallOptions().VectorSeeds };
        var budget = new Option<int?>("--budget") { Description = "Pack what is found into a block of so many tokens, and count what of the gold passages it has." };
        var cut = new Option<string>("--cut") { Description = "none or sentences: turns cut into messages of one sentence, as in real chat.", DefaultValueFactory = _ => "none" };
        cut.AcceptOnlyFromAmong("none", "sentences");
        var misses = new Option<bool>("--misses") { Description = "Print the questions whose gold passages are not all among the first ten, and what is there." };
        var command = new Command("quality", "Asks the questions of a set and counts the gold passages found.")
        {
            data, strategy, strip, json, exact, inMemory, anchors, damping, choice, synonym, embedder, dimension, units, seeds, cut, misses, budget,
        };
        command.Subcommands.Add(AbstainCommand.Create());
        command.Subcommands.Add(Behaviour.BehaviourCommand.Create());
        command.SetAction(async (parsed, _) =>
        {
            var records = parsed.GetValue(data)!.Where(PairsRun.IsIn).ToList();
            records.ForEach(records => Console.WriteLine(PairsRun.Run(records)));
            if (records.Count == parsed.GetValue(data)!.Length)
            {
                return;
            }

            var sets = parsed.GetValue(data)!.Except(records).Select(folder => EvaluationSet.Read(folder.FullName, parsed.GetValue(strip))).ToList();
            sets = parsed.GetValue(cut) == "sentences" ? sets.ConvertAll(SentenceMessages.Cut) : sets;
            var folder = parsed.GetValue(inMemory) ? null : Directory.CreateTempSubdirectory("archicortex-quality-").FullName;
            try
            {
                var run = new QualityRun(sets, new QualityOptions(
                    parsed.GetValue(strategy),
                    folder,
                    parsed.GetValue(exact))
                {
                    Hippo = new() { EntityAnchors = parsed.GetValue(anchors), Damping = parsed.GetValue(damping), Choice = parsed.GetValue(choice), SynonymCosine = parsed.GetValue(synonym) },
                    Embedder = parsed.GetValue(embedder)!,
                    Dimension = parsed.GetValue(dimension),
                    Units = parsed.GetValue(units),
                    VectorSeeds = parsed.GetValue(seeds),
                    TokenBudget = parsed.GetValue(budget),
                });
                await run.RunAsync().ConfigureAwait(false);
                if (parsed.GetValue(misses))
                {
                    run.Misses.ForEach(Console.WriteLine);
                }

                Print(run, sets, parsed.GetValue(strategy), parsed.GetValue(json));
            }
            finally
            {
                if (folder is not null)
                {
                    Directory.Delete(folder, recursive: true);
                }
            }
        });
        return command;
    }

    static void Print(QualityRun run, List<EvaluationSet> sets, RecallStrategy strategy, bool jsonOnly)
    {
        var name = strategy.ToString().ToLowerInvariant();
        using var process = Process.GetCurrentProcess();
        process.Refresh();
        var cost = new RunCost(run.IndexSeconds, run.Passages, process.PeakWorkingSet64 / (1024.0 * 1024.0));
        var reports = sets.Select(set => new QualityReport(set.Name, name, [.. run.Asked.Where(asked => asked.Set == set.Name)], cost)).ToList();
        if (sets.Count > 1)
        {
            reports.Add(new QualityReport(string.Join('+', sets.Select(set => set.Name)), name, run.Asked, cost));
        }

        if (!jsonOnly)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{run.Passages} passages, indexed in {run.IndexSeconds:0.00} CPU s ({run.Passages / run.IndexSeconds:0} a second)"));
            Console.WriteLine(QualityReport.TableHead);
            reports.ForEach(report => Console.WriteLine(report.TableRow()));
            if (run.Asked.Any(asked => asked.Packed.Tokens > 0))
            {
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"packed: {100 * run.Asked.Average(asked => asked.Packed.Share):0.0} % of the gold passages, in {run.Asked.Average(asked => asked.Packed.Tokens):0} tokens on the mean"));
            }
        }

        reports.ForEach(report => Console.WriteLine(report.Json()));
    }
}

/// <summary>What a run cost.</summary>
sealed record RunCost(double IndexSeconds, int Passages, double PeakRssMb);
