using System.Globalization;
using Archicortex.Cli.Contracts;
using Archicortex.Cli.Rendering;
using Archicortex.Models;

namespace Archicortex.Cli.Commands;

/// <summary>Lets a model summarise topics and keeps the count, so that whatever happens the user is told what is written and what it cost.</summary>
sealed class SummariseRun(GraphMemory memory, SummariseOptions options)
{
    /// <summary>Topics from one line of progress to the next, where nobody watches.</summary>
    public const int LinesEvery = 10;

    readonly List<SummarisedTopic> _refused = [];
    readonly ModelCaller _model = memory.Model!;
    ModelEstimate _estimate = new(0, 0, 0, 0);
    int _written;

    /// <summary>Nothing is asked.</summary>
    public bool IsEstimate { get; init; }

    /// <summary>Topics to be summarised.</summary>
    public int Topics { get; private set; }

    /// <summary>Passages of the memory.</summary>
    public int Passages { get; private set; }

    public string EstimateText => string.Create(
        CultureInfo.InvariantCulture, $"{Topics:N0} {(Topics == 1 ? "topic" : "topics")} to summarise: {_estimate.Calls:N0} calls, ")
        + string.Create(CultureInfo.InvariantCulture, $"about {_estimate.InputTokens:N0} tokens to send, at most {_estimate.OutputTokens:N0} to receive.");

    public string Summary => string.Create(
        CultureInfo.InvariantCulture, $"{_written:N0} of {Topics:N0} summaries are written{Refusals()}. {ModelCost.Of(_model.Spending)}");

    public async Task EstimateAsync(CancellationToken ct)
    {
        (Topics, _estimate) = await memory.EstimateSummariesAsync(options, ct).ConfigureAwait(false);
        Passages = (await memory.GetStatusAsync(ct).ConfigureAwait(false)).Passages;
    }

    /// <summary>Asks until the end, the first failure, or a cancellation; summaries before either are recorded.</summary>
    public async Task WriteAsync(IProgress<long> progress, CancellationToken ct)
    {
        try
        {
            await foreach (var topic in memory.SummariseAsync(options, ct).ConfigureAwait(false))
            {
                if (topic.Refusal is null)
                {
                    _written++;
                }
                else
                {
                    _refused.Add(topic);
                }

                progress.Report(_written + _refused.Count);
            }
        }
        catch (Exception failure) when (Failure.Of(failure) is { } known)
        {
            var next = known.Kind == "model" && known.Next is { } cure ? cure + " " : "";
            throw new CommandException(
                known with { Next = $"{Summary} {next}The same command goes on there; replies that came are not paid for again." }, failure);
        }
    }

    public SummariseJson ToJson() => new(
        IsEstimate, EstimateJson.Of(Topics, _estimate), _written,
        [.. _refused.Select(topic => new RefusedSummaryJson(topic.Node, topic.Refusal!))], SpendingJson.Of(_model.Spending));

    string Refusals() => _refused.Count == 0 ? "" : string.Create(
        CultureInfo.InvariantCulture, $", {_refused.Count:N0} were refused (#{_refused[0].Node}: {Shell.Short(_refused[0].Refusal!, 120)})");
}
