using System.Globalization;
using Spectre.Console;

namespace Archicortex.Cli.Rendering;

/// <summary>Shows how many of some things are done: a bar for a person, a line now and then for a log file.</summary>
/// <remarks>Told from one thread at a time.</remarks>
sealed class CountProgress : IProgress<long>
{
    readonly Terminal _terminal;
    readonly ProgressTask? _bar;
    readonly string _things;
    readonly long _total;
    readonly int _linesEvery;
    readonly long _start;

    CountProgress(Terminal terminal, string things, long total, int linesEvery, ProgressTask? bar) =>
        (_terminal, _things, _total, _linesEvery, _bar, _start) = (terminal, things, total, linesEvery, bar, terminal.Clock.GetTimestamp());

    /// <summary>How many are done.</summary>
    public long Count { get; private set; }

    /// <summary>Does the work while showing its progress on standard error.</summary>
    /// <param name="terminal">Where.</param>
    /// <param name="things">What is counted, in the plural.</param>
    /// <param name="total">How many there are; 0 if nobody knows.</param>
    /// <param name="linesEvery">Things from one line of a log file to the next.</param>
    /// <param name="work">What to do; it reports how many are done.</param>
    public static Task ShowAsync(Terminal terminal, string things, long total, int linesEvery, Func<CountProgress, Task> work) => !terminal.IsErrorLive
        ? work(new CountProgress(terminal, things, total, linesEvery, null))
        : terminal.ErrorPage.Progress()
            .AutoClear(true)
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new TaskDescriptionColumn())
            .StartAsync(context =>
            {
                var bar = context.AddTask("…", maxValue: Math.Max(1, total));
                bar.IsIndeterminate = total == 0;
                return work(new CountProgress(terminal, things, total, linesEvery, bar));
            });

    /// <inheritdoc/>
    public void Report(long value)
    {
        Count = value;
        if (_bar is not null)
        {
            _bar.Value = _total > 0 ? value : 0;
            _bar.Description = Line();
        }
        else if (value % _linesEvery == 0)
        {
            _terminal.Error.WriteLine(Line());
        }
    }

    string Line()
    {
        var seconds = _terminal.Clock.GetElapsedTime(_start).TotalSeconds;
        var total = _total > 0 ? string.Create(CultureInfo.InvariantCulture, $" of {_total:N0}") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{Count:N0}{total} {_things}, {(seconds > 0 ? Count / seconds : 0):0.#}/s");
    }
}
