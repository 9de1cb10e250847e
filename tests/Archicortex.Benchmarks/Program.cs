using System.CommandLine;
using Archicortex.Benchmarks.Dates;
using Archicortex.Benchmarks.Episodes;
using Archicortex.Benchmarks.Facts;
using Archicortex.Benchmarks.Quality;
using Archicortex.Benchmarks.Tree;

var root = new RootCommand("Measures Archicortex: quality on question sets, reading of facts, dates read from turns.");
root.Subcommands.Add(QualityCommand.Create());
root.Subcommands.Add(DialogueSpeedCommand.Create());
root.Subcommands.Add(FactsCommand.Create());
root.Subcommands.Add(DatesCommand.Create());
root.Subcommands.Add(EpisodesCommand.Create());
root.Subcommands.Add(TreeCommand.Create());
return await root.Parse(args).InvokeAsync();
