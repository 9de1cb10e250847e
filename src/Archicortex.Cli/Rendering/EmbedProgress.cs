using System.Globalization;
using Archicortex.Models;
using Spectre.Console;

namespace Archicortex.Cli.Rendering;

/// <summary>Shows how far embedding is: a bar for a person, a line for each kind of unit and now and then for a log file.</summary>
/// <remarks>Told from one thread at a time.</remarks>
sealed class EmbedProgress : IProgress<EmbeddingProgress>
{
    const int LinesEvery = 1000;

    readonly Terminal _terminal;
    readonly ProgressTask? _bar;
    readonly SortedDictionary<EmbeddingUnits, int> _counts = [];
    EmbeddingProgress _last;

    EmbedProgress(Terminal terminal, EmbeddingUnits units, ProgressTask? bar)
    {
        (_terminal, _bar) = (terminal, bar);
        foreach (var kind in EmbedText.Kinds(units))
        {
            _counts[kind] = 0;
        }
    }

    /// <summary>Units of each kind that have vectors by now.</summary>
    public IReadOnlyDictionary<EmbeddingUnits, int> Counts => _counts;

    /// <summary>Texts the embedder was asked for.</summary>
    public long Embedded => _last.Embedded;

    /// <summary>Does the work while showing its progress on standard error.</summary>
    public static Task<T> ShowAsync<T>(Terminal terminal, EmbeddingUnits units, Func<EmbedProgress, Task<T>> work) => !terminal.IsErrorLive
        ? work(new EmbedProgress(terminal, units, null))
        : terminal.ErrorPage.Progress()
            .AutoClear(true)
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new TaskDescriptionColumn())
            .StartAsync(context => work(new EmbedProgress(terminal, units, context.AddTask("…"))));

    /// <inheritdoc/>
    public void Report(EmbeddingProgress value)
    {
        // Units that come while it runs are a second run over their kind, which counts from nothing again.
        var isFirst = value.Kind != _last.Kind || value.Done <= _last.Done;
        var before = isFirst ? 0 : _last.Done;
        _counts[value.Kind] += value.Done - before;
        _last = value;
        if (_bar is not null)
        {
            _bar.MaxValue = value.Total;
            _bar.Value = value.Done;
            _bar.Description = Line();
        }
        else if (value.Done == value.Total || value.Done / LinesEvery > before / LinesEvery)
        {
            _terminal.Error.WriteLine(Line());
        }
    }

    string Line() => string.Create(
        CultureInfo.InvariantCulture, $"{_last.Done:N0} of {_last.Total:N0} {EmbedText.NameOf(_last.Kind)} have vectors, {_last.Embedded:N0} texts sent");
}
