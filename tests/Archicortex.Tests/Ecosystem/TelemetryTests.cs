using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Archicortex.Documents;
using Archicortex.Facts;
using Archicortex.Models;
using Archicortex.Testing.Models;
using NUnit.Framework;

namespace Archicortex.Tests.Ecosystem;

/// <summary>Listeners hear the whole process, so these tests run alone.</summary>
[TestFixture]
[NonParallelizable]
public sealed class TelemetryTests
{
    const string Answer = """{"thought":"It says so.","answer":"Oslo","citations":["1"],"answerable":true}""";

    [Test]
    public async Task Remembering_and_recalling_are_traced_with_what_came_out()
    {
        using var heard = new Heard();
        await using var memory = await GraphMemory.OpenInMemoryAsync();
        await memory.RememberAsync([new Document("Ada lives in Oslo."), new Document("Bo lives in Bergen.")]);
        await memory.RecallAsync("Where does Ada live?");
        await memory.RecallAsync("Who may live there?", new() { Strategy = RecallStrategy.Facts });
        await memory.VerifyAsync();
        Assert.That(heard.Names, Is.EqualTo(new List<string> { "remember", "recall", "recall", "verify" }));
        Assert.That(heard.Tag(0, "archicortex.documents.added"), Is.EqualTo(2));
        Assert.That(heard.Tag(1, "archicortex.strategy.asked"), Is.EqualTo("auto"));
        Assert.That(heard.Tag(1, "archicortex.passages"), Is.EqualTo(1));
        Assert.That(heard.Tag(2, "archicortex.strategy"), Is.EqualTo("flat"));
        Assert.That(heard.Tag(2, "archicortex.fallback"), Is.EqualTo(true));
        Assert.That(heard.Sum("archicortex.documents.remembered", "archicortex.outcome", "added"), Is.EqualTo(2));
        Assert.That(heard.Sum("archicortex.operations"), Is.EqualTo(2));
        Assert.That(heard.Count("archicortex.recall.duration"), Is.EqualTo(2));
    }

    [Test]
    public async Task A_call_to_a_model_is_traced_below_the_question_by_the_names_of_the_convention()
    {
        using var heard = new Heard();
        using var client = ScriptedChatClient.Saying("nonsense", Answer);
        await using var memory = await GraphMemory.OpenInMemoryAsync(new() { ChatClient = client });
        await memory.RememberAsync("Ada lives in Oslo.");
        await memory.AskAsync("Where does Ada live?");
        await memory.AskAsync("Where does Ada live?");
        var ask = heard.Activities.First(one => one.OperationName == "ask");
        var calls = heard.Activities.Where(one => one.OperationName == "chat scripted-1").ToList();
        Assert.That(calls, Has.Count.EqualTo(2));
        Assert.That(calls.Select(call => call.ParentSpanId), Is.All.EqualTo(ask.SpanId));
        Assert.That(calls.Select(call => call.Kind), Is.All.EqualTo(ActivityKind.Client));
        Assert.That(calls[1].GetTagItem("gen_ai.request.model"), Is.EqualTo("scripted-1"));
        Assert.That(calls[1].GetTagItem("gen_ai.operation.name"), Is.EqualTo("chat"));
        Assert.That(calls[1].GetTagItem("gen_ai.usage.input_tokens"), Is.GreaterThan(0L));
        Assert.That(ask.GetTagItem("archicortex.answer.source"), Is.EqualTo("model"));
        Assert.That(heard.Sum("archicortex.model.calls"), Is.EqualTo(2));
        Assert.That(heard.Sum("archicortex.model.repairs"), Is.EqualTo(1));
        Assert.That(heard.Sum("archicortex.model.cache_hits"), Is.EqualTo(1));
        Assert.That(heard.Sum("archicortex.model.tokens", "gen_ai.token.type", "output"), Is.GreaterThan(0));
    }

    [Test]
    public async Task A_run_of_an_extractor_holds_its_documents_and_their_calls_together()
    {
        using var heard = new Heard();
        using var client = ScriptedChatClient.Extracting();
        await using var memory = await GraphMemory.OpenInMemoryAsync(new() { ChatClient = client });
        await memory.RememberAsync([new Document("Ada lives in Oslo."), new Document("Bo lives in Bergen."), new Document("Cy lives in Bodo.")]);
        await foreach (var _ in memory.ExtractFactsAsync(new ModelFactExtractor(memory.Model!, new ModelFactOptions())))
        {
            // Whoever enumerates may have activities of its own between two documents; they are not the run's.
            using var own = new Activity("own").Start();
        }

        var run = heard.Activities.Single(one => one.OperationName == "extract");
        var documents = heard.Activities.Where(one => one.OperationName == "extract document").ToList();
        var calls = heard.Activities.Where(one => one.OperationName.StartsWith("chat", StringComparison.Ordinal)).ToList();
        Assert.That(documents, Has.Count.EqualTo(3));
        Assert.That(documents.Select(one => one.ParentSpanId), Is.All.EqualTo(run.SpanId));
        Assert.That(calls, Is.Not.Empty);
        Assert.That(calls.Select(one => one.ParentSpanId), Has.All.Matches<ActivitySpanId>(id => documents.Exists(one => one.SpanId == id)));
        Assert.That(run.GetTagItem("archicortex.documents.read"), Is.EqualTo(3));
    }

    [Test]
    public async Task What_fails_ends_as_an_error_and_says_of_which_type()
    {
        using var heard = new Heard();
        using var client = new ScriptedChatClient((_, _) => throw new HttpRequestException("no way", null, System.Net.HttpStatusCode.Unauthorized));
        await using var memory = await GraphMemory.OpenInMemoryAsync(new() { ChatClient = client });
        await memory.RememberAsync("Ada lives in Oslo.");
        Assert.That(async () => await memory.AskAsync("Where does Ada live?"), Throws.TypeOf<ModelTransportException>());
        var ask = heard.Activities.Single(one => one.OperationName == "ask");
        Assert.That((ask.Status, ask.GetTagItem("error.type")), Is.EqualTo((ActivityStatusCode.Error, "Archicortex.ModelTransportException")));
    }

    [Test]
    public async Task Vectors_from_a_model_are_traced_and_counted()
    {
        using var heard = new Heard();
        using var model = new ScriptedEmbeddings();
        await new GeneratorEmbedder(model).EmbedAsync(["a", "b"]);
        Assert.That(heard.Names, Is.EqualTo(new List<string> { "embeddings scripted-embedding" }));
        Assert.That(heard.Sum("archicortex.model.tokens", "gen_ai.token.type", "input"), Is.EqualTo(2));
    }

    [Test]
    public async Task No_tag_holds_a_text_a_name_or_a_scope()
    {
        using var heard = new Heard();
        using var client = ScriptedChatClient.Saying(Answer);
        await using var memory = await GraphMemory.OpenInMemoryAsync(new() { ChatClient = client, Scope = "qscope" });
        await memory.RememberAsync(new Document("Qtext lives in Oslo.") { Id = "qid", Title = "Qtitle", Source = "qsource" });
        await memory.AskAsync("Where does Qtext live?");
        await memory.VerifyAsync("Qtext lives in Oslo.");
        var tags = heard.Activities.SelectMany(one => one.TagObjects.Select(tag => $"{tag.Key}={tag.Value}").Append(one.DisplayName));
        Assert.That(tags.Concat(heard.MetricTags).Where(tag => tag.Contains("qtext", StringComparison.OrdinalIgnoreCase)
            || tag.Contains("qid", StringComparison.Ordinal) || tag.Contains("qtitle", StringComparison.OrdinalIgnoreCase)
            || tag.Contains("qsource", StringComparison.Ordinal) || tag.Contains("qscope", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Nothing_is_made_while_nobody_listens()
    {
        Assert.That(Telemetry.WatchesRecalls, Is.False);
        Assert.That(RecallSpan.Start(RecallStrategy.Auto, TimeProvider.System), Is.Null);
        Assert.That(Telemetry.StartModelCall("chat", "m", "x"), Is.Null);
    }

    /// <summary>Listens to the engine for as long as it lives.</summary>
    sealed class Heard : IDisposable
    {
        readonly ActivityListener _activities;
        readonly MeterListener _meter = new();
        readonly ConcurrentQueue<Activity> _ended = new();
        readonly ConcurrentQueue<(string Name, double Value, string Tags)> _measured = new();

        public Heard()
        {
            _activities = new()
            {
                ShouldListenTo = source => source.Name == Telemetry.Name,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = _ended.Enqueue,
            };
            ActivitySource.AddActivityListener(_activities);
            _meter.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == Telemetry.Name)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _meter.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
            _meter.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
            _meter.Start();
        }

        public IReadOnlyList<Activity> Activities => [.. _ended];

        public List<string> Names => [.. _ended.Select(activity => activity.OperationName)];

        public IEnumerable<string> MetricTags => _measured.Select(one => one.Tags);

        public object? Tag(int activity, string name) => Activities[activity].GetTagItem(name);

        public double Sum(string instrument, string? tag = null, string? value = null) => Of(instrument, tag, value).Sum(one => one.Value);

        public int Count(string instrument) => Of(instrument, null, null).Count();

        public void Dispose()
        {
            _activities.Dispose();
            _meter.Dispose();
        }

        IEnumerable<(string Name, double Value, string Tags)> Of(string instrument, string? tag, string? value) =>
            _measured.Where(one => one.Name == instrument && (tag is null || one.Tags.Contains($"{tag}={value};", StringComparison.Ordinal)));

        void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var text = "";
            foreach (var (key, tag) in tags)
            {
                text += $"{key}={tag};";
            }

            _measured.Enqueue((instrument.Name, value, text));
        }
    }
}
