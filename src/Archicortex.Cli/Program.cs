using Archicortex.Cli;

using var terminal = Terminal.OfProcess();
using var interrupts = new Interrupts(terminal.Error);
return await CommandLine.RunAsync(args, terminal, interrupts.Token).ConfigureAwait(false);
