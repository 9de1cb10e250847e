using System.CommandLine;
using Archicortex.Benchmarks.Quality;

var root = new RootCommand("Measures Archicortex: quality on question sets.");
root.Subcommands.Add(QualityCommand.Create());
return await root.Parse(args).InvokeAsync();
