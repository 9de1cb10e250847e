using System.Globalization;
using Archicortex.Cli.Contracts;
using Archicortex.Cli.Rendering;
using Archicortex.Facts;
using Archicortex.Models;

namespace Archicortex.Cli.Commands;

/// <summary>Lets a model read facts and keeps the count, so that whatever happens the user is told what is read and what it cost.</summary>
sealed class FactsReadRun(GraphMemory memory, FactsReadRequest request)
{
    /// <summary>Documents from one line of progress to the next, where nobody watches.</summary>
    public const int LinesEvery = 100;

    const int FailuresShown = 5;

    readonly ModelFactExtractor _extractor = new(memory.Model!, request.Facts);
    readonly List<ExtractedDocument> _failed = [];
    readonly SortedDictionary<string, int> _dropped = new(StringComparer.Ordinal);
    int _documents;
    int _facts;

    /// <summary>Documents the model had not read when the run began.</summary>
    public int Unread { get; private set; }

    /// <summary>What it would cost.</summary>
    public ModelEstimate Estimate { get; private set; } = new(0, 0, 0, 0);

    public string EstimateText => ModelCost.Of(Unread, Estimate);

    /// <summary>Documents left to the rules, and why; the first few.</summary>
    public IEnumerable<string> FailureLines => _failed.Take(FailuresShown)
        .Select(one => $"not read: {Shell.Short(NameOf(one), 100)}: {Shell.Short(one.Failure!.Message, 300)}")
        .Concat(_failed.Count > FailuresShown ? [string.Create(CultureInfo.InvariantCulture, $"not read: {_failed.Count - FailuresShown:N0} more")] : []);

    public string Summary => string.Create(CultureInfo.InvariantCulture, $"""
        {Shell.Harmless(_extractor.Identity)} has read {_documents:N0} {(_documents == 1 ? "document" : "documents")} of {request.Memory}
          facts       {_facts,10:N0}
          left out    {_dropped.Values.Sum(),10:N0}{Reasons()}
          not read    {_failed.Count,10:N0}{(_failed.Count > 0 ? "   (the rules stand in; run the same command again to try once more)" : "")}
        {ModelCost.Of(_extractor.Spending)}

        """);

    public async Task EstimateAsync(CancellationToken ct)
    {
        Unread = await memory.CountUnreadAsync(_extractor.Identity, ct).ConfigureAwait(false);
        Estimate = await memory.EstimateFactsAsync(_extractor, ct).ConfigureAwait(false);
    }

    /// <summary>Reads until the end, the first failure that counts, or a cancellation; documents before either are recorded.</summary>
    public async Task ReadAsync(IProgress<long> progress, CancellationToken ct)
    {
        try
        {
            await foreach (var one in memory.ExtractFactsAsync(_extractor, request.Reading, ct).ConfigureAwait(false))
            {
                Take(one);
                progress.Report(_documents + _failed.Count);
            }
        }
        catch (Exception failure) when (Failure.Of(failure) is { } known)
        {
            throw new CommandException(known with { Next = NextAfter(known) }, failure);
        }
    }

    public FactsReadJson ToJson(bool isEstimate) => new(
        request.Memory,
        request.Settings.Scope,
        _extractor.Identity,
        isEstimate,
        EstimateJson.Of(Unread, Estimate),
        _documents,
        _facts,
        Unread - _documents,
        [.. _failed.Select(one => new FailedJson(NameOf(one), one.Failure!.Message))],
        _dropped,
        SpendingJson.Of(_extractor.Spending));

    void Take(ExtractedDocument one)
    {
        switch (one.Failure)
        {
            case null:
                _documents++;
                _facts += one.FactCount;
                foreach (var (reason, count) in one.Dropped)
                {
                    _dropped[reason] = _dropped.GetValueOrDefault(reason) + count;
                }

                break;

            // A spent budget and a refused key fail for every document that follows: going on would only make a long list.
            case BudgetExceededException or ModelTransportException { IsTransient: false }:
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(one.Failure);
                break;
            default:
                _failed.Add(one);
                break;
        }
    }

    string NextAfter(Failure known)
    {
        var done = string.Create(CultureInfo.InvariantCulture, $"{_documents:N0} of {Unread:N0} documents are read and stored.");
        var cure = known.Kind == "model" && known.Next is { } next ? next + " " : "";
        return $"{done} {cure}The same command goes on there; replies that came are not paid for again.\n{ModelCost.Of(_extractor.Spending)}";
    }

    string Reasons() => _dropped.Count == 0 ? "" : "   (" + string.Join(
        ", ", _dropped.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Key} {one.Value:N0}"))) + ")";

    static string NameOf(ExtractedDocument one) => one.Document.Id ?? one.DocumentId.ToString();
}
