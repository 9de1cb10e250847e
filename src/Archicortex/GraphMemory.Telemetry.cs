using System.Diagnostics;

namespace Archicortex;

/// <summary>What the memory tells of its work when it is done: to the log, to traces, to metrics.</summary>
public sealed partial class GraphMemory
{
    void Told(List<Remembered> results, Activity? activity, long started)
    {
        Telemetry.CountRemembered(results);
        if (activity is null && !_logger.IsEnabled(Microsoft.Extensions.Logging.LogLevel.Debug))
        {
            return;
        }

        var (added, known) = (results.Count(one => one.Outcome == RememberOutcome.Added), results.Count(one => one.Outcome == RememberOutcome.Known));
        var elapsed = _options.Clock.GetElapsedTime(started);
        Log.Remembered(_logger, results.Count, added, known, results.Count - added - known, (long)elapsed.TotalMilliseconds);
        activity?.SetTag("archicortex.documents", results.Count);
        activity?.SetTag("archicortex.documents.added", added);
        activity?.SetTag("archicortex.passages", results.Sum(one => one.PassageCount));
    }

    Recollection Told(RecallSpan? span, RecallStrategy asked, Recollection recalled)
    {
        span?.Of(recalled);
        Log.Recalled(_logger, recalled.Passages.Count, recalled.Strategy);
        if (recalled.Fallback is { } reason)
        {
            Log.FallbackUsed(_logger, recalled.Strategy, asked, reason);
        }

        return recalled;
    }

    static Answer Told(Activity? activity, Answer answer)
    {
        activity?.SetTag("archicortex.answer.source", Telemetry.Word(answer.Source));
        activity?.SetTag("archicortex.answer.answerable", answer.IsAnswerable);
        activity?.SetTag("archicortex.answer.citations", answer.Citations.Count);
        return answer;
    }

    ImportReport Told(Activity? activity, ImportReport report)
    {
        activity?.SetTag("archicortex.operations", report.Operations);
        activity?.SetTag("archicortex.documents.added", report.Added);
        Log.Imported(_logger, report.Operations, report.Added, report.Forgotten, report.IsVerbatim);
        return report;
    }

    void Told(OpenIeReport report) => Log.OpenIeImported(
        _logger, report.Passages, report.Recorded, report.Known, report.Created, report.Ignored, report.Facts);

    VerifyReport Told(Activity? activity, VerifyReport report)
    {
        activity?.SetTag("archicortex.operations", report.Operations);
        activity?.SetTag("archicortex.problems", report.Problems.Count);
        if (report.IsSound)
        {
            Log.VerifiedSound(_logger, report.Operations);
        }
        else
        {
            Log.VerifiedUnsound(_logger, report.Operations, report.Problems.Count);
        }

        return report;
    }
}
