using System.Globalization;
using Spectre.Console;

namespace Archicortex.Cli.Rendering;

/// <summary>Shows how far remembering has come: a bar for a person, a line now and then for a log file.</summary>
sealed class RememberProgress : IProgress<long>
{
    const int DocumentsPerLine = 5000;

    readonly Terminal _terminal;
    readonly ProgressTask? _bar;
    readonly long _bytesTotal;
    readonly long _start;
    long _documents;

    RememberProgress(Terminal terminal, long bytesTotal, ProgressTask? bar) =>
        (_terminal, _bytesTotal, _bar, _start) = (terminal, bytesTotal, bar, terminal.Clock.GetTimestamp());

    public long Bytes { get; private set; }

    /// <summary>Does the work while showing its progress on standard error.</summary>
    /// <param name="terminal">Where.</param>
    /// <param name="bytesTotal">Bytes to come; 0 if nobody knows.</param>
    /// <param name="work">What to do; it reports bytes read and documents remembered.</param>
    public static Task ShowAsync(Terminal terminal, long bytesTotal, Func<RememberProgress, Task> work) => !terminal.IsErrorLive
        ? work(new RememberProgress(terminal, bytesTotal, null))
        : terminal.ErrorPage.Progress()
            .AutoClear(true)
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new TaskDescriptionColumn())
            .StartAsync(context =>
            {
                var bar = context.AddTask("reading …", maxValue: Math.Max(1, bytesTotal));
                bar.IsIndeterminate = bytesTotal == 0;
                return work(new RememberProgress(terminal, bytesTotal, bar));
            });

    /// <summary>Bytes were read.</summary>
    public void Report(long value)
    {
        Bytes = value;
        if (_bar is not null && _bytesTotal > 0)
        {
            _bar.Value = value;
        }
    }

    /// <summary>Documents were stored.</summary>
    public void Remembered(long documents)
    {
        _documents = documents;
        if (_bar is not null)
        {
            _bar.Description = Line();
        }
        else if (documents % DocumentsPerLine == 0)
        {
            var percent = _bytesTotal > 0 ? string.Create(CultureInfo.InvariantCulture, $", {100 * Bytes / _bytesTotal} % read") : "";
            _terminal.Error.WriteLine(Line() + percent);
        }
    }

    string Line()
    {
        var seconds = _terminal.Clock.GetElapsedTime(_start).TotalSeconds;
        return string.Create(CultureInfo.InvariantCulture, $"{_documents:N0} documents, {(seconds > 0 ? _documents / seconds : 0):N0}/s");
    }
}
