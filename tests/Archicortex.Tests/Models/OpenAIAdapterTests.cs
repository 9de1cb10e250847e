using System.Text;
using Archicortex.Models;
using Archicortex.OpenAI;
using Archicortex.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using NUnit.Framework;

namespace Archicortex.Tests.Models;

/// <summary>The OpenAI adapter against a server on this machine that speaks the protocol.</summary>
[TestFixture]
public sealed class OpenAIAdapterTests
{
    const string Key = "sk-very-secret-0123456789";

    static readonly ChatMessage[] Hello = [new(ChatRole.System, "Be brief."), new(ChatRole.User, "Say hello to Ada, é 東京 😀.")];

    static readonly ChatOptions Schema = new()
    {
        Temperature = 0,
        MaxOutputTokens = 77,
        Seed = 5,
        ResponseFormat = ChatResponseFormat.ForJsonSchema(System.Text.Json.JsonDocument.Parse("""{"type":"object"}""").RootElement, "reply"),
    };

    [Test]
    public async Task A_chat_goes_out_and_comes_back_whole()
    {
        await using var server = new ScriptedModelServer(_ => new() { Text = "Hello, Ada! é 東京 😀" });
        using var models = Open(server);
        var response = await models.Chat!.GetResponseAsync(Hello, Schema);
        Assert.That(response.Text, Is.EqualTo("Hello, Ada! é 東京 😀"));
        Assert.That(response.FinishReason, Is.EqualTo(ChatFinishReason.Stop));
        Assert.That(response.Usage!.InputTokenCount, Is.EqualTo(100));
        Assert.That(response.Usage.OutputTokenCount, Is.EqualTo("Hello, Ada! é 東京 😀".Length / 4));
        var sent = server.Requests.Single();
        Assert.That(sent.Headers["Authorization"], Is.EqualTo("Bearer " + Key));
        Assert.That(sent.UserTexts, Is.EqualTo(new List<string> { "Say hello to Ada, é 東京 😀." }));
        Assert.That(sent.Body.GetProperty("model").GetString(), Is.EqualTo("scripted-1"));
        Assert.That(sent.Body.GetProperty("temperature").GetDouble(), Is.Zero);
        Assert.That(sent.Body.GetProperty("seed").GetInt64(), Is.EqualTo(5));
        Assert.That(sent.Body.GetProperty("max_completion_tokens").GetInt32(), Is.EqualTo(77));
        Assert.That(sent.Body.GetProperty("response_format").GetProperty("json_schema").GetProperty("name").GetString(), Is.EqualTo("reply"));
        Assert.That(sent.Body.TryGetProperty("tools", out _), Is.False);
    }

    [Test]
    public async Task A_streamed_chat_comes_in_pieces_that_make_the_whole()
    {
        await using var server = new ScriptedModelServer(_ => new() { Text = "Hello, Ada! How are you today in Oslo?" });
        using var models = Open(server);
        var text = new StringBuilder();
        var (pieces, finish, usage) = (0, default(ChatFinishReason?), 0L);
        await foreach (var update in models.Chat!.GetStreamingResponseAsync(Hello))
        {
            pieces += update.Text.Length > 0 ? 1 : 0;
            text.Append(update.Text);
            finish = update.FinishReason ?? finish;
            usage += update.Contents.OfType<UsageContent>().Sum(content => content.Details.OutputTokenCount ?? 0);
        }

        Assert.That(text.ToString(), Is.EqualTo("Hello, Ada! How are you today in Oslo?"));
        Assert.That(pieces, Is.GreaterThan(3));
        Assert.That(finish, Is.EqualTo(ChatFinishReason.Stop));
        Assert.That(usage, Is.EqualTo(9));
    }

    [Test]
    public async Task A_stream_that_breaks_off_is_an_error()
    {
        await using var server = new ScriptedModelServer(_ => new() { Kind = ReplyKind.Dropped, Text = "Hello, Ada! How are you today in Oslo?" });
        using var models = Open(server);
        Assert.ThrowsAsync<ModelTransportException>(async () =>
        {
            await foreach (var _ in models.Chat!.GetStreamingResponseAsync(Hello))
            {
            }
        });
    }

    [TestCase(ReplyKind.RateLimited, 429, true)]
    [TestCase(ReplyKind.ServerError, 500, true)]
    [TestCase(ReplyKind.NotFound, 404, false)]
    [TestCase(ReplyKind.Dropped, null, true)]
    public async Task Failures_tell_their_status_once_and_whether_they_may_pass(ReplyKind kind, int? status, bool isTransient)
    {
        await using var server = new ScriptedModelServer(_ => new() { Kind = kind, Text = "Hello", RetryAfter = "7" });
        using var models = Open(server);
        var failure = Assert.ThrowsAsync<ModelTransportException>(async () => await models.Chat!.GetResponseAsync(Hello));
        Assert.That(failure!.Status, Is.EqualTo(status));
        Assert.That(failure.IsTransient, Is.EqualTo(isTransient));
        Assert.That(failure.RetryAfter, Is.EqualTo(kind == ReplyKind.RateLimited ? TimeSpan.FromSeconds(7) : null));
        Assert.That(failure.Message, Does.Contain("127.0.0.1"));
        Assert.That(server.Requests, Has.Count.EqualTo(1), "tries are the engine's business");
    }

    [TestCase("2", 2)]
    [TestCase("0.5", 0.5)]
    [TestCase("Thu, 01 Jan 2026 00:00:09 GMT", 9)]
    [TestCase("Wed, 31 Dec 2025 00:00:00 GMT", null)]
    [TestCase("-3", null)]
    [TestCase("soon", null)]
    public async Task The_time_to_wait_is_read_in_all_its_forms(string header, double? seconds)
    {
        await using var server = new ScriptedModelServer(_ => new() { Kind = ReplyKind.RateLimited, RetryAfter = header });
        using var models = Open(server);
        var failure = Assert.ThrowsAsync<ModelTransportException>(async () => await models.Chat!.GetResponseAsync(Hello));
        Assert.That(failure!.RetryAfter?.TotalSeconds, Is.EqualTo(seconds));
    }

    [Test]
    public async Task A_server_that_is_not_there_is_told()
    {
        await using var server = new ScriptedModelServer(_ => new());
        await server.DisposeAsync();
        using var models = Open(server);
        var failure = Assert.ThrowsAsync<ModelTransportException>(async () => await models.Chat!.GetResponseAsync(Hello));
        Assert.That(failure, Has.Property("IsTransient").True.And.Property("Status").Null);
    }

    [Test]
    public async Task A_reply_that_was_cut_short_says_so()
    {
        await using var server = new ScriptedModelServer(_ => new() { Kind = ReplyKind.Truncated, Text = "Hello, Ada!" });
        using var models = Open(server);
        Assert.That((await models.Chat!.GetResponseAsync(Hello)).FinishReason, Is.EqualTo(ChatFinishReason.Length));
    }

    [Test]
    public async Task A_server_without_schemas_is_asked_a_lower_way_and_that_is_told()
    {
        await using var server = new ScriptedModelServer(request => FormatOf(request) is "text" or "none"
            ? new() { Text = "plain" }
            : new() { Kind = ReplyKind.Refused, Text = "'response_format' is not supported" });
        var log = new ListLogger();
        using var models = OpenAIModels.Create(OptionsFor(server), log);
        Assert.That((await models.Chat!.GetResponseAsync(Hello, Schema)).Text, Is.EqualTo("plain"));
        Assert.That(server.Requests.Select(FormatOf), Is.EqualTo(new List<string> { "json_schema", "json_object", "none" }));
        Assert.That(models.Chat.ReplyFormat, Is.EqualTo(ReplyFormat.Plain));
        Assert.That(log.Lines.Single(), Does.Contain("Schema").And.Contain("Plain").And.Contain("response_format"));
        await models.Chat.GetResponseAsync(Hello, Schema);
        Assert.That(server.Requests, Has.Count.EqualTo(4), "it is remembered");
    }

    [Test]
    public async Task A_request_that_is_bad_for_other_reasons_changes_nothing()
    {
        await using var server = new ScriptedModelServer(_ => new() { Kind = ReplyKind.Refused, Text = "the context is too long" });
        var log = new ListLogger();
        using var models = OpenAIModels.Create(OptionsFor(server), log);
        var failure = Assert.ThrowsAsync<ModelTransportException>(async () => await models.Chat!.GetResponseAsync(Hello, Schema));
        Assert.That(failure!.Message, Does.Contain("the context is too long"));
        Assert.That(failure.IsTransient, Is.False);
        Assert.That(models.Chat!.ReplyFormat, Is.EqualTo(ReplyFormat.Schema));
        Assert.That(log.Lines, Is.Empty);
    }

    [Test]
    public async Task The_key_is_nowhere_but_in_its_header()
    {
        await using var server = new ScriptedModelServer(_ => new() { Kind = ReplyKind.Refused, Status = 401, Text = $"Incorrect API key: {Key}" });
        using var models = Open(server);
        var failure = Assert.ThrowsAsync<ModelTransportException>(async () => await models.Chat!.GetResponseAsync(Hello));
        Assert.That(failure!.ToString(), Does.Not.Contain(Key));
        Assert.That(OptionsFor(server).ToString(), Does.Not.Contain(Key).And.Contain("key: set"));
        Assert.That(models.Chat!.ToString(), Does.Not.Contain(Key));
    }

    [Test]
    public async Task Servers_without_a_key_and_servers_with_another_header_are_served()
    {
        await using var server = new ScriptedModelServer(_ => new() { Text = "Hello" });
        using var open = OpenAIModels.Create(OptionsFor(server) with { ApiKey = null });
        await open.Chat!.GetResponseAsync(Hello);
        using var azure = OpenAIModels.Create(OptionsFor(server) with { KeyHeader = "api-key", UsesMaxTokens = true, LeavesOutTemperature = true });
        await azure.Chat!.GetResponseAsync(Hello, Schema);
        Assert.That(server.Requests[0].Headers["Authorization"], Does.Not.Contain(Key));
        Assert.That(server.Requests[1].Headers["api-key"], Is.EqualTo(Key));
        Assert.That(server.Requests[1].Headers.ContainsKey("Authorization"), Is.False);
        Assert.That(server.Requests[1].Body.GetProperty("max_tokens").GetInt32(), Is.EqualTo(77));
        Assert.That(server.Requests[1].Body.TryGetProperty("max_completion_tokens", out _), Is.False);
        Assert.That(server.Requests[1].Body.TryGetProperty("temperature", out _), Is.False);
    }

    [Test]
    public async Task Vectors_keep_the_order_of_their_texts_over_batches()
    {
        await using var server = new ScriptedModelServer(_ => new());
        using var models = OpenAIModels.Create(OptionsFor(server) with { EmbeddingTextsMax = 3 });
        var texts = Enumerable.Range(0, 8).Select(i => $"Ada lives in town number {i}").ToList();
        var vectors = await models.Embedding!.GenerateAsync(texts);
        var expected = await new HashedEmbedder(ScriptedModelServer.Dimension).EmbedAsync(texts);
        Assert.That(vectors.Select(vector => vector.Vector.ToArray()), Is.EqualTo(expected.Select(vector => vector.ToArray())));
        Assert.That(server.Requests, Has.Count.EqualTo(3));
        Assert.That(vectors.Usage!.InputTokenCount, Is.EqualTo(8));
        Assert.That(server.Requests[0].Body.GetProperty("encoding_format").GetString(), Is.EqualTo("base64"));
    }

    [Test]
    public async Task Vectors_may_be_shortened_and_serve_the_engine()
    {
        await using var server = new ScriptedModelServer(_ => new());
        using var models = OpenAIModels.Create(OptionsFor(server) with { EmbeddingDimension = 16 });
        var embedder = new GeneratorEmbedder(models.Embedding!);
        Assert.That(embedder.Dimension, Is.EqualTo(16));
        Assert.That((await embedder.EmbedQueryAsync("Ada")).Length, Is.EqualTo(16));
        Assert.That(server.Requests.Single().Body.GetProperty("dimensions").GetInt32(), Is.EqualTo(16));
        Assert.That(embedder.Identity, Does.Contain("scripted-embedding").And.Contain(":16:"));
    }

    [Test]
    public async Task A_held_reply_is_cancelled_at_once()
    {
        await using var server = new ScriptedModelServer(_ => new() { Kind = ReplyKind.Held, Text = "Hello" });
        using var models = Open(server);
        using var cancel = new CancellationTokenSource();
        var call = models.Chat!.GetResponseAsync(Hello, null, cancel.Token);
        await cancel.CancelAsync();
        Assert.ThrowsAsync(Is.InstanceOf<OperationCanceledException>(), async () => await call);
    }

    [Test]
    public void Options_that_cannot_work_are_refused()
    {
        Assert.That(() => OpenAIModels.Create(new()), Throws.ArgumentException.With.Message.Contains("ChatModel"));
        Assert.That(() => OpenAIModels.Create(new() { ChatModel = "m", Endpoint = new("ftp://x/v1") }), Throws.ArgumentException.With.Message.Contains("ftp"));
        Assert.That(() => OpenAIModels.Create(new() { ChatModel = "m", Endpoint = new("http://a:b@x/v1") }), Throws.ArgumentException.With.Message.Not.Contain("a:b"));
        Assert.That(() => OpenAIModels.Create(new() { ChatModel = "m", TimeoutMs = 0 }), Throws.InstanceOf<ArgumentOutOfRangeException>());
        using var models = OpenAIModels.Create(new() { ChatModel = "m" });
        Assert.ThrowsAsync<NotSupportedException>(async () => await models.Chat!.GetResponseAsync(Hello, new() { Tools = [AIFunctionFactory.Create(() => 1)] }));
    }

    static OpenAIOptions OptionsFor(ScriptedModelServer server) => new()
    {
        Endpoint = server.Endpoint,
        ApiKey = Key,
        ChatModel = "scripted-1",
        EmbeddingModel = "scripted-embedding",
    };

    static OpenAIModels Open(ScriptedModelServer server) => OpenAIModels.Create(OptionsFor(server));

    static string FormatOf(ServedRequest request) =>
        request.Body.TryGetProperty("response_format", out var format) ? format.GetProperty("type").GetString()! : "none";

    sealed class ListLogger : ILogger
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }
}
