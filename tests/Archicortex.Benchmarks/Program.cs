using System.CommandLine;
using Archicortex.Benchmarks.Dates;
using Archicortex.Benchmarks.Quality;

var root = new RootCommand("Measures Archicortex: quality on question sets, dates read from turns.");
root.Subcommands.Add(QualityCommand.Create());
root.Subcommands.Add(DatesCommand.Create());
return await root.Parse(args).InvokeAsync();
