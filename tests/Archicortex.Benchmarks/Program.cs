using System.CommandLine;
using Archicortex.Benchmarks.Dates;
using Archicortex.Benchmarks.Facts;
using Archicortex.Benchmarks.Quality;

var root = new RootCommand("Measures Archicortex: quality on question sets, reading of facts, dates read from turns.");
root.Subcommands.Add(QualityCommand.Create());
root.Subcommands.Add(DialogueSpeedCommand.Create());
root.Subcommands.Add(FactsCommand.Create());
root.Subcommands.Add(DatesCommand.Create());
return await root.Parse(args).InvokeAsync();
