using System.Diagnostics;
using Archicortex.Documents;
using Microsoft.Extensions.Logging;

namespace Archicortex;

/// <summary>One run of an extractor as those who listen see it. Ends in <see cref="Dispose"/>, however the run ends.</summary>
/// <param name="extractor">Who reads.</param>
/// <param name="documents">Documents to be read.</param>
/// <param name="isWhole">False for the documents of one batch that is remembered, which are too many runs to be told of each.</param>
/// <param name="logger">Told of beginning, progress and end.</param>
sealed class ExtractionSpan(string extractor, int documents, bool isWhole, ILogger logger) : IDisposable
{
    const int ProgressEvery = 100;

    int _done;
    int _failed;
    long _facts;

    /// <summary>The activity; null if nobody listens.</summary>
    public Activity? Activity { get; } = Start(extractor, documents, isWhole, logger);

    /// <summary>A document was read, or failed.</summary>
    public void Read(DocumentId document, int facts, Exception? failure)
    {
        _done++;
        _facts += facts;
        if (failure is not null)
        {
            _failed++;
            Log.DocumentFailed(logger, extractor, document.ToString(), failure.GetType().Name);
        }

        if (isWhole && _done % ProgressEvery == 0)
        {
            Log.ExtractionProgress(logger, extractor, _done, documents, _facts, _failed);
        }
    }

    public void Dispose()
    {
        if (isWhole)
        {
            Log.ExtractionDone(logger, extractor, _done, _facts, _failed);
        }

        Activity?.SetTag("archicortex.documents.read", _done);
        Activity?.SetTag("archicortex.documents.failed", _failed);
        Activity?.SetTag("archicortex.facts", _facts);
        if (_done < documents)
        {
            Activity?.SetStatus(ActivityStatusCode.Error, "Stopped before the last document.");
        }

        Activity?.Dispose();
    }

    static Activity? Start(string extractor, int documents, bool isWhole, ILogger logger)
    {
        if (isWhole)
        {
            Log.ExtractionStarted(logger, extractor, documents);
        }

        var activity = Telemetry.Source.StartActivity("extract");
        activity?.SetTag("archicortex.documents", documents);
        return activity;
    }
}
