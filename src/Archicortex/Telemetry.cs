using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Archicortex;

/// <summary>What a memory tells about itself to whoever listens: activities (traces) and instruments (metrics).</summary>
/// <remarks>
/// Both go by one name: <c>AddSource(Telemetry.Name)</c>, <c>AddMeter(Telemetry.Name)</c>. Names of models and tokens are
/// those of the OpenTelemetry conventions for generative models (<c>gen_ai.*</c>). Nothing is made, and no clock is read,
/// while nobody listens. No text of a document or question, no key and no scope is ever in a tag.
/// <list type="table">
/// <item><term>activities</term><description><c>remember</c> (a batch), <c>recall</c>, <c>ask</c>, <c>extract</c> and
/// <c>extract document</c>, <c>import</c>, <c>verify</c>, <c>verify claim</c>, <c>chat MODEL</c>, <c>embeddings MODEL</c></description></item>
/// <item><term>instruments</term><description><c>archicortex.recall.duration</c> (s), <c>archicortex.documents.remembered</c>,
/// <c>archicortex.operations</c>, <c>archicortex.model.calls</c>, <c>.tokens</c>, <c>.retries</c>, <c>.repairs</c>,
/// <c>.cache_hits</c></description></item>
/// </list>
/// </remarks>
public static class Telemetry
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "Archicortex";

    internal static readonly ActivitySource Source = new(Name);

    static readonly Meter Meter = new(Name);

    static readonly Histogram<double> RecallDuration = Meter.CreateHistogram<double>(
        "archicortex.recall.duration", "s", "How long recalls took, model calls included.");

    static readonly Counter<long> Documents = Meter.CreateCounter<long>(
        "archicortex.documents.remembered", "{document}", "Documents remembered, by outcome.");

    static readonly Counter<long> Operations = Meter.CreateCounter<long>(
        "archicortex.operations", "{operation}", "Operations made durable.");

    static readonly Counter<long> ModelCalls = Meter.CreateCounter<long>(
        "archicortex.model.calls", "{call}", "Calls that models answered, repairs included.");

    static readonly Counter<long> ModelTokens = Meter.CreateCounter<long>(
        "archicortex.model.tokens", "{token}", "Tokens sent to and received from models.");

    static readonly Counter<long> ModelRetries = Meter.CreateCounter<long>(
        "archicortex.model.retries", "{try}", "Tries after the first.");

    static readonly Counter<long> ModelRepairs = Meter.CreateCounter<long>(
        "archicortex.model.repairs", "{call}", "Second calls because a reply was not what was asked for.");

    static readonly Counter<long> CacheHits = Meter.CreateCounter<long>(
        "archicortex.model.cache_hits", "{reply}", "Replies that cost nothing.");

    /// <summary>True if the duration of recalls is measured or their activities are recorded.</summary>
    internal static bool WatchesRecalls => RecallDuration.Enabled || Source.HasListeners();

    internal static void CountRecall(double seconds, string strategy, string? error)
    {
        var tags = new TagList { { "archicortex.strategy", strategy } };
        if (error is not null)
        {
            tags.Add("error.type", error);
        }

        RecallDuration.Record(seconds, tags);
    }

    internal static void CountRemembered(IReadOnlyList<Remembered> results)
    {
        if (Documents.Enabled)
        {
            foreach (var outcome in results.CountBy(one => one.Outcome))
            {
                Documents.Add(outcome.Value, KeyValuePair.Create<string, object?>("archicortex.outcome", Word(outcome.Key)));
            }
        }
    }

    internal static void CountOperations(int count) => Operations.Add(count);

    internal static void CountModelCall(string modelId, string operation, long inputTokens, long outputTokens)
    {
        if (!ModelCalls.Enabled && !ModelTokens.Enabled)
        {
            return;
        }

        var model = Model(modelId);
        var kind = KeyValuePair.Create<string, object?>("gen_ai.operation.name", operation);
        ModelCalls.Add(1, model, kind);
        ModelTokens.Add(inputTokens, model, kind, KeyValuePair.Create<string, object?>("gen_ai.token.type", "input"));
        if (outputTokens > 0)
        {
            ModelTokens.Add(outputTokens, model, kind, KeyValuePair.Create<string, object?>("gen_ai.token.type", "output"));
        }
    }

    internal static void CountRetry(string modelId) => ModelRetries.Add(1, Model(modelId));

    internal static void CountRepair(string modelId) => ModelRepairs.Add(1, Model(modelId));

    internal static void CountCacheHit(string modelId) => CacheHits.Add(1, Model(modelId));

    /// <summary>The activity of one request to a model, its tries included; null if nobody listens.</summary>
    internal static Activity? StartModelCall(string operation, string modelId, string asked)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var activity = Source.StartActivity($"{operation} {modelId}", ActivityKind.Client);
        activity?.SetTag("gen_ai.operation.name", operation);
        activity?.SetTag("gen_ai.request.model", modelId);
        activity?.SetTag("archicortex.asked", asked);
        return activity;
    }

    /// <summary>Ends an activity badly. The message is left out: a server's may hold what was sent to it.</summary>
    internal static void Fail(Activity? activity, Exception failure)
    {
        if (activity is null)
        {
            return;
        }

        activity.SetStatus(ActivityStatusCode.Error, failure.GetType().Name);
        activity.SetTag("error.type", failure.GetType().FullName);
    }

    /// <summary>Runs a piece of work as an activity.</summary>
    /// <param name="name">The activity.</param>
    /// <param name="work">The work; it may set tags, and is given null if nobody listens.</param>
    internal static async Task<T> RunAsync<T>(string name, Func<Activity?, Task<T>> work)
    {
        using var activity = Source.StartActivity(name);
        try
        {
            return await work(activity).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            Fail(activity, failure);
            throw;
        }
    }

    internal static string Word(RecallStrategy strategy) => strategy switch
    {
        RecallStrategy.Auto => "auto",
        RecallStrategy.Graph => "graph",
        RecallStrategy.Flat => "flat",
        RecallStrategy.Facts => "facts",
        RecallStrategy.Hippo1 => "hippo1",
        RecallStrategy.Hippo2 => "hippo2",
        RecallStrategy.Dense => "dense",
        RecallStrategy.Dialogue => "dialogue",
        RecallStrategy.Path => "path",
        RecallStrategy.Local => "local",
        RecallStrategy.Memgas => "memgas",
        _ => strategy.ToString(),
    };

    internal static string Word(RememberOutcome outcome) => outcome switch
    {
        RememberOutcome.Added => "added",
        RememberOutcome.Known => "known",
        _ => "replaced",
    };

    internal static string Word(AnswerSource source) => source switch
    {
        AnswerSource.Model => "model",
        AnswerSource.Fact => "fact",
        AnswerSource.Sentence => "sentence",
        AnswerSource.Days => "days",
        _ => "none",
    };

    static KeyValuePair<string, object?> Model(string modelId) => new("gen_ai.request.model", modelId);
}

/// <summary>One recall as those who listen see it.</summary>
/// <remarks>
/// Ends in <see cref="Dispose"/>, and as a failure if <see cref="Of"/> was not called before: so one line at the start and
/// one word at the end are all that the recall itself shows of it.
/// </remarks>
sealed class RecallSpan : IDisposable
{
    readonly Activity? _activity;
    readonly TimeProvider _clock;
    readonly long _started;
    Recollection? _recalled;

    RecallSpan(RecallStrategy asked, TimeProvider clock)
    {
        _activity = Telemetry.Source.StartActivity("recall");
        _activity?.SetTag("archicortex.strategy.asked", Telemetry.Word(asked));
        _clock = clock;
        _started = clock.GetTimestamp();
    }

    /// <summary>Starts to watch; null if nobody listens.</summary>
    public static RecallSpan? Start(RecallStrategy asked, TimeProvider clock) => Telemetry.WatchesRecalls ? new(asked, clock) : null;

    /// <summary>Notes what came out.</summary>
    public void Of(Recollection recalled)
    {
        _recalled = recalled;
        _activity?.SetTag("archicortex.strategy", Telemetry.Word(recalled.Strategy));
        _activity?.SetTag("archicortex.passages", recalled.Passages.Count);
        _activity?.SetTag("archicortex.names", recalled.Names.Count);
        _activity?.SetTag("archicortex.fallback", recalled.Fallback is not null);
    }

    public void Dispose()
    {
        var seconds = _clock.GetElapsedTime(_started).TotalSeconds;
        if (_recalled is null)
        {
            _activity?.SetStatus(ActivityStatusCode.Error);
        }

        Telemetry.CountRecall(seconds, _recalled is null ? "none" : Telemetry.Word(_recalled.Strategy), _recalled is null ? "failed" : null);
        _activity?.Dispose();
    }
}
