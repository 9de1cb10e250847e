using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using OpenAI.Chat;
using AiFormat = Microsoft.Extensions.AI.ChatResponseFormat;
using AiMessage = Microsoft.Extensions.AI.ChatMessage;
using AiReason = Microsoft.Extensions.AI.ChatFinishReason;
using SdkFormat = OpenAI.Chat.ChatResponseFormat;
using SdkMessage = OpenAI.Chat.ChatMessage;
using SdkReason = OpenAI.Chat.ChatFinishReason;

namespace Archicortex.OpenAI;

/// <summary>A chat model behind the OpenAI protocol: text in, text out.</summary>
/// <remarks>
/// Nothing is tried again here; the engine does that. One exception: a server that refuses a JSON schema (status 400) is
/// asked for a JSON object, and if it refuses that, without a format. What it took is remembered for the next calls,
/// logged, and told by <see cref="ReplyFormat"/>.
/// </remarks>
public sealed partial class OpenAIChatClient : IChatClient
{
    const int BadRequest = 400;
    const int Unprocessable = 422;

    readonly ChatClient _client;
    readonly OpenAIOptions _options;
    readonly ILogger _logger;
    readonly ChatClientMetadata _metadata;
    int _format;

    internal OpenAIChatClient(ChatClient client, OpenAIOptions options, ILogger logger)
    {
        _client = client;
        _options = options;
        _logger = logger;
        _format = (int)options.ReplyFormat;
        _metadata = new("openai", options.Endpoint, options.ChatModel);
    }

    /// <summary>How the server is told the form of a reply; lower than asked for once it refused.</summary>
    public ReplyFormat ReplyFormat => (ReplyFormat)Volatile.Read(ref _format);

    string Server => _options.Endpoint.GetLeftPart(UriPartial.Path);

    /// <inheritdoc/>
    /// <exception cref="ModelTransportException">The server could not be reached, or refused.</exception>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<AiMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        RefuseTools(options);
        var sent = messages.Select(Sent).ToList();
        ModelTransportException? refusal = null;
        for (var format = ReplyFormat; ; format++)
        {
            try
            {
                var result = await _client.CompleteChatAsync(sent, OptionsFor(options, format), cancellationToken).ConfigureAwait(false);
                Remember(format, refusal);
                return Received(result.Value);
            }
            catch (Exception failure) when (ServerFailure.IsOne(failure, cancellationToken))
            {
                var told = ServerFailure.Read(failure, Server, _options.ApiKey);
                refusal ??= told;
                if (!MayLower(options, format, told))
                {
                    throw refusal;
                }
            }
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ModelTransportException">The server could not be reached, refused, or broke off.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<AiMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        RefuseTools(options);
        var sent = messages.Select(Sent).ToList();
        ModelTransportException? refusal = null;
        for (var format = ReplyFormat; ; format++)
        {
            var updates = _client.CompleteChatStreamingAsync(sent, OptionsFor(options, format), cancellationToken)
                .GetAsyncEnumerator(cancellationToken);
            await using (updates.ConfigureAwait(false))
            {
                // Only the first step can be refused for its format: later there is a reply already.
                var (hasNext, failure) = await StepAsync(updates, cancellationToken).ConfigureAwait(false);
                refusal ??= failure;
                if (failure is not null && MayLower(options, format, failure))
                {
                    continue;
                }

                if (failure is not null)
                {
                    throw refusal!;
                }

                Remember(format, refusal);
                while (failure is null && hasNext)
                {
                    yield return Received(updates.Current);
                    (hasNext, failure) = await StepAsync(updates, cancellationToken).ConfigureAwait(false);
                }

                if (failure is not null)
                {
                    throw failure;
                }

                yield break;
            }
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? _metadata
            : serviceType == typeof(ChatClient) ? _client
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The SDK's client holds nothing that has to be given back.
    }

    async ValueTask<(bool HasNext, ModelTransportException? Failure)> StepAsync(
        IAsyncEnumerator<StreamingChatCompletionUpdate> updates, CancellationToken cancellationToken)
    {
        try
        {
            return (await updates.MoveNextAsync().ConfigureAwait(false), null);
        }
        catch (Exception failure) when (ServerFailure.IsOne(failure, cancellationToken))
        {
            return (false, ServerFailure.Read(failure, Server, _options.ApiKey));
        }
    }

    /// <summary>True if the server may have refused the format: many say no more than that the request is bad.</summary>
    static bool MayLower(ChatOptions? options, ReplyFormat format, ModelTransportException failure) =>
        failure.Status is BadRequest or Unprocessable && options?.ResponseFormat is ChatResponseFormatJson && format < ReplyFormat.Plain;

    /// <summary>Only a format that worked where a stricter one was refused is kept: a bad request may have had other reasons.</summary>
    void Remember(ReplyFormat format, ModelTransportException? refusal)
    {
        var before = ReplyFormat;
        if (refusal is not null && format > before && Interlocked.CompareExchange(ref _format, (int)format, (int)before) == (int)before)
        {
            LogLowered(_logger, Server, before, format, refusal.Message);
        }
    }

    [LoggerMessage(400, LogLevel.Warning, "{Server} does not take reply format {Refused}; {Next} is used from now on. It said: {Said}")]
    static partial void LogLowered(ILogger logger, string server, ReplyFormat refused, ReplyFormat next, string said);

    ChatCompletionOptions OptionsFor(ChatOptions? options, ReplyFormat format)
    {
        var sent = new ChatCompletionOptions
        {
            Temperature = _options.LeavesOutTemperature ? null : options?.Temperature,
            TopP = options?.TopP,
            ResponseFormat = FormatFor(options?.ResponseFormat, format),
        };
        SetExperimental(sent, options);
        foreach (var stop in options?.StopSequences ?? [])
        {
            sent.StopSequences.Add(stop);
        }

        return sent;
    }

    void SetExperimental(ChatCompletionOptions sent, ChatOptions? options)
    {
        // The SDK marks the seed and its way to set fields it does not know as experimental; both are part of the protocol.
#pragma warning disable OPENAI001, SCME0001
        sent.Seed = options?.Seed;
        if (options?.MaxOutputTokens is not { } limit)
        {
            return;
        }

        if (_options.UsesMaxTokens)
        {
            sent.Patch.Set("$.max_tokens"u8, limit);
        }
        else
        {
            sent.MaxOutputTokenCount = limit;
        }
#pragma warning restore OPENAI001, SCME0001
    }

    static SdkFormat? FormatFor(AiFormat? asked, ReplyFormat format) => asked is not ChatResponseFormatJson json ? null : format switch
    {
        ReplyFormat.Schema when json.Schema is { } schema =>
            SdkFormat.CreateJsonSchemaFormat(json.SchemaName ?? "reply", BinaryData.FromString(schema.GetRawText()), json.SchemaDescription),
        ReplyFormat.Plain => null,
        _ => SdkFormat.CreateJsonObjectFormat(),
    };

    static void RefuseTools(ChatOptions? options)
    {
        if (options?.Tools is { Count: > 0 })
        {
            throw new NotSupportedException("This client sends and receives text; it offers no tools. Leave ChatOptions.Tools empty.");
        }
    }

    static SdkMessage Sent(AiMessage message) =>
        message.Role == ChatRole.System ? SdkMessage.CreateSystemMessage(message.Text)
        : message.Role == ChatRole.Assistant ? SdkMessage.CreateAssistantMessage(message.Text)
        : message.Role == ChatRole.User ? SdkMessage.CreateUserMessage(message.Text)
        : throw new NotSupportedException($"A message of role '{message.Role}' cannot be sent; system, user and assistant can.");

    static ChatResponse Received(ChatCompletion reply) =>
        new(new AiMessage(ChatRole.Assistant, string.Concat(reply.Content.Select(part => part.Text))))
        {
            ResponseId = reply.Id,
            ModelId = reply.Model,
            CreatedAt = reply.CreatedAt,
            FinishReason = Reason(reply.FinishReason),
            Usage = Usage(reply.Usage),
            RawRepresentation = reply,
        };

    static ChatResponseUpdate Received(StreamingChatCompletionUpdate update)
    {
        var received = new ChatResponseUpdate(ChatRole.Assistant, string.Concat(update.ContentUpdate.Select(part => part.Text)))
        {
            ResponseId = update.CompletionId,
            ModelId = update.Model,
            CreatedAt = update.CreatedAt,
            FinishReason = update.FinishReason is { } reason ? Reason(reason) : null,
            RawRepresentation = update,
        };
        if (Usage(update.Usage) is { } usage)
        {
            received.Contents.Add(new UsageContent(usage));
        }

        return received;
    }

    static UsageDetails? Usage(ChatTokenUsage? usage) => usage is null ? null : new()
    {
        InputTokenCount = usage.InputTokenCount,
        OutputTokenCount = usage.OutputTokenCount,
        TotalTokenCount = usage.TotalTokenCount,
    };

    static AiReason Reason(SdkReason reason) => reason switch
    {
        SdkReason.Length => AiReason.Length,
        SdkReason.ContentFilter => AiReason.ContentFilter,
        SdkReason.ToolCalls or SdkReason.FunctionCall => AiReason.ToolCalls,
        _ => AiReason.Stop,
    };
}
