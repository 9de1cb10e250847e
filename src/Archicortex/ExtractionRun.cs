using System.Diagnostics;
using Archicortex.Documents;
using Archicortex.Facts;

namespace Archicortex;

/// <summary>How the facts of remembered documents are read.</summary>
public sealed record ExtractionOptions
{
    /// <summary>Passages read at a time, 1 … 256. Default 8. A model's own limits count as well.</summary>
    public int ConcurrencyMax { get; init; } = 8;

    /// <summary>What to do when a passage cannot be read. Default: stop, and keep what was read before.</summary>
    public ExtractionFailure OnFailure { get; init; }

    internal void Check()
    {
        if (ConcurrencyMax is < 1 or > 256)
        {
            throw new ArgumentOutOfRangeException(nameof(ConcurrencyMax), ConcurrencyMax, "ConcurrencyMax must be between 1 and 256.");
        }
    }
}

/// <summary>What to do when an extractor fails.</summary>
public enum ExtractionFailure
{
    /// <summary>Stop. Documents read before are recorded; run again to go on.</summary>
    Stop,

    /// <summary>Leave the document to the rules, say so in its result, and go on. It is tried again at the next run.</summary>
    UseRules,
}

/// <summary>A document whose facts were read.</summary>
/// <param name="DocumentId">Its content id.</param>
/// <param name="Document">The document.</param>
/// <param name="FactCount">Facts recorded.</param>
/// <param name="Dropped">What was left out, by reason.</param>
public sealed record ExtractedDocument(DocumentId DocumentId, Document Document, int FactCount, IReadOnlyDictionary<string, int> Dropped)
{
    /// <summary>Why nothing was recorded and the rules' facts stand in; null, normally.</summary>
    public Exception? Failure { get; init; }
}

/// <summary>Reads the passages of documents, several at a time, and hands the documents out in order.</summary>
/// <param name="extractor">Who reads.</param>
/// <param name="options">How.</param>
/// <param name="activity">The activity that those of the documents belong to; null if nobody listens.</param>
sealed class ExtractionRun(IFactExtractor extractor, ExtractionOptions options, Activity? activity)
{
    /// <summary>Documents whose passages may be under way: enough to keep all readers busy behind a slow one.</summary>
    int WindowDocuments => 2 * options.ConcurrencyMax;

    /// <summary>Extractions of each document, in the order of the documents; an exception in place of those that failed.</summary>
    /// <param name="documents">What to read.</param>
    /// <param name="cancellationToken">Stops all readers.</param>
    public async IAsyncEnumerable<(DocumentPassages Document, Extraction[]? Read, Exception? Failure)> ReadAsync(
        IReadOnlyList<DocumentPassages> documents,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var slots = new SemaphoreSlim(options.ConcurrencyMax);
        var window = new Queue<(DocumentPassages, Task<Extraction[]>)>();
        var next = 0;
        try
        {
            while (next < documents.Count || window.Count > 0)
            {
                while (next < documents.Count && window.Count < WindowDocuments)
                {
                    window.Enqueue((documents[next], ReadDocumentAsync(documents[next], slots, stop.Token)));
                    next++;
                }

                var (document, reading) = window.Dequeue();
                var (read, failure) = await SettledAsync(reading, cancellationToken).ConfigureAwait(false);
                yield return (document, read, failure);
            }
        }
        finally
        {
            // Who stops early must not leave readers behind that use up a budget nobody watches any more.
            await stop.CancelAsync().ConfigureAwait(false);
            foreach (var (_, reading) in window)
            {
                await SettledAsync(reading, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    static async Task<(Extraction[]? Read, Exception? Failure)> SettledAsync(Task<Extraction[]> reading, CancellationToken cancellationToken)
    {
        try
        {
            return (await reading.ConfigureAwait(false), null);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception failure)
        {
            return (null, failure);
        }
    }

    async Task<Extraction[]> ReadDocumentAsync(DocumentPassages document, SemaphoreSlim slots, CancellationToken cancellationToken)
    {
        // Who enumerates a run comes back with an activity of its own each time: the run's is named, not taken from around.
        using var span = activity is null ? null : Telemetry.Source.StartActivity("extract document", ActivityKind.Internal, activity.Context);
        span?.SetTag("archicortex.document", document.Id.ToString());
        try
        {
            return await Task.WhenAll(document.Passages.Select(passage => ReadPassageAsync(passage, slots, cancellationToken))).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            Telemetry.Fail(span, failure);
            throw;
        }
    }

    async Task<Extraction> ReadPassageAsync(Passage passage, SemaphoreSlim slots, CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await extractor.ExtractAsync(passage.ToSource(), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            slots.Release();
        }
    }
}

/// <summary>A document as its extractor sees it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Document">The document.</param>
/// <param name="Passages">Its passages, in order.</param>
sealed record DocumentPassages(DocumentId Id, Document Document, Passage[] Passages);
