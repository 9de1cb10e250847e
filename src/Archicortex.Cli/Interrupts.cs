using System.Runtime.InteropServices;

namespace Archicortex.Cli;

/// <summary>Turns Ctrl+C and a polite kill into a cancelled token; a second one ends the process at once.</summary>
sealed class Interrupts : IDisposable
{
    readonly CancellationTokenSource _source = new();
    readonly PosixSignalRegistration[] _signals;
    readonly TextWriter _error;

    public Interrupts(TextWriter error)
    {
        _error = error;
        _signals = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop)];
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }

        _source.Dispose();
    }

    void Stop(PosixSignalContext context)
    {
        if (_source.IsCancellationRequested)
        {
            return;
        }

        context.Cancel = true;
        _error.WriteLine();
        _error.WriteLine("stopping after the current batch …");
        _source.Cancel();
    }
}
