using System.CommandLine;
using Archicortex.Benchmarks.Facts;
using Archicortex.Benchmarks.Quality;

var root = new RootCommand("Measures Archicortex: quality on question sets, reading of facts.");
root.Subcommands.Add(QualityCommand.Create());
root.Subcommands.Add(FactsCommand.Create());
return await root.Parse(args).InvokeAsync();
