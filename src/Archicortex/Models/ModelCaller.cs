using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Archicortex.Models;

/// <summary>Asks a language model under a contract: strict replies, bounded cost, no call made twice.</summary>
/// <remarks>
/// A reply is exactly one JSON value of the asked shape. A bad one is sent back once with the reason; a second bad one is
/// a <see cref="ModelReplyException"/>. Connections that break and servers that are busy are tried again; other errors
/// end the call at once. A reply that was understood is stored in the cache before it is used, so that a killed process
/// asks only for what it does not have. Two equal calls at a time make one request. Safe to use from any number of threads.
/// </remarks>
public sealed class ModelCaller
{
    readonly Shared _shared;
    readonly ModelAccount _account;

    /// <summary>A caller of a model.</summary>
    /// <param name="client">The model; the caller does not dispose it.</param>
    /// <param name="options">How to ask it.</param>
    /// <exception cref="ArgumentException">The model has no name, neither in the options nor of itself.</exception>
    public ModelCaller(IChatClient client, ModelOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        options ??= new();
        options.Check();
        var modelId = options.ModelId ?? (client.GetService(typeof(ChatClientMetadata)) as ChatClientMetadata)?.DefaultModelId;
        if (string.IsNullOrWhiteSpace(modelId))
        {
            throw new ArgumentException(
                "The model has no name, and replies of different models must not be mixed up. Set ModelOptions.ModelId.", nameof(options));
        }

        _shared = new Shared(client, options, modelId);
        _account = new ModelAccount(options.Budget, options.Time);
    }

    ModelCaller(Shared shared, ModelBudget budget) =>
        (_shared, _account) = (shared, new ModelAccount(budget, shared.Options.Time));

    /// <summary>The model's name.</summary>
    public string ModelId => _shared.ModelId;

    /// <summary>What was spent through this caller.</summary>
    public ModelSpending Spending => _account.Spent;

    /// <summary>The budget of this caller.</summary>
    public ModelBudget Budget => _account.Budget;

    internal int ConcurrencyMax => _shared.Options.ConcurrencyMax;

    /// <summary>The same model, cache and limits of speed, with a budget and a spending of its own: one for each operation.</summary>
    /// <param name="budget">What the operation may spend.</param>
    public ModelCaller Under(ModelBudget budget)
    {
        ArgumentNullException.ThrowIfNull(budget);
        budget.Check();
        return new(_shared, budget);
    }

    /// <summary>Asks, unless the reply is known.</summary>
    /// <exception cref="ModelReplyException">Two replies in a row were not what was asked for.</exception>
    /// <exception cref="ModelTransportException">The model could not be reached.</exception>
    /// <exception cref="BudgetExceededException">The budget does not allow it.</exception>
    internal async Task<ModelReply<T>> CallAsync<T>(ModelCall<T> call, CancellationToken cancellationToken)
    {
        var key = call.KeyFor(ModelId, _shared.Options.Seed);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await FindAsync(call, key, cancellationToken).ConfigureAwait(false) is { } known)
            {
                CountCacheHit(call.Asked);
                return known;
            }

            var mine = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            var flight = _shared.Flights.GetOrAdd(key, mine.Task);
            if (flight == mine.Task)
            {
                return await LeadAsync(call, key, mine, cancellationToken).ConfigureAwait(false);
            }

            if (await FollowAsync(flight, cancellationToken).ConfigureAwait(false) is { } text && TryRead(call, text) is { } reply)
            {
                CountCacheHit(call.Asked);
                return reply;
            }
        }
    }

    /// <summary>True if the reply is in the cache, so that asking would cost nothing; and then what it says.</summary>
    internal async ValueTask<ModelReply<T>?> FindAsync<T>(ModelCall<T> call, CancellationToken cancellationToken) =>
        await FindAsync(call, call.KeyFor(ModelId, _shared.Options.Seed), cancellationToken).ConfigureAwait(false);

    /// <summary>Counts what calls would cost.</summary>
    internal ModelEstimate Estimate(int calls, int cachedCalls, long inputTokens, long outputTokens) =>
        new(calls, cachedCalls, inputTokens, outputTokens)
        {
            Money = Budget.HasPrices ? Budget.MoneyOf(inputTokens, outputTokens) : null,
        };

    async ValueTask<ModelReply<T>?> FindAsync<T>(ModelCall<T> call, CallKey key, CancellationToken cancellationToken)
    {
        // A stored reply that cannot be read any more, because the reader grew stricter, is asked for anew.
        return _shared.Options.Cache is { } cache && await cache.FindAsync(key, cancellationToken).ConfigureAwait(false) is { } text
            ? TryRead(call, text)
            : null;
    }

    async Task<ModelReply<T>> LeadAsync<T>(ModelCall<T> call, CallKey key, TaskCompletionSource<string> flight, CancellationToken cancellationToken)
    {
        try
        {
            // Whoever led before may have landed between the look into the cache and now.
            var reply = await FindAsync(call, key, cancellationToken).ConfigureAwait(false) is { } known
                ? known
                : await AskAsync(call, key, cancellationToken).ConfigureAwait(false);
            Land(key, flight);
            flight.SetResult(reply.Text);
            return reply;
        }
        catch (Exception failure)
        {
            LogFailure(call.Asked, failure);
            Land(key, flight);
            flight.SetException(failure);

            // Followers look at it if there are any; nobody has to.
            _ = flight.Task.Exception;
            throw;
        }
    }

    /// <summary>Nobody follows any more: who comes now looks into the cache.</summary>
    void Land(CallKey key, TaskCompletionSource<string> flight) => _shared.Flights.TryRemove(KeyValuePair.Create(key, flight.Task));

    /// <summary>The reply of an equal call under way; null if it ended for a reason that was only its own.</summary>
    static async Task<string?> FollowAsync(Task<string> flight, CancellationToken cancellationToken)
    {
        try
        {
            return await flight.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (BudgetExceededException)
        {
            return null;
        }
    }

    async Task<ModelReply<T>> AskAsync<T>(ModelCall<T> call, CallKey key, CancellationToken cancellationToken)
    {
        await _shared.Places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var text = await SendAsync(call, key, call.Messages, cancellationToken).ConfigureAwait(false);
            if (!IsGood(call, text, out var value, out var why))
            {
                CountRepair(call.Asked, why);
                text = await SendAsync(call, key, Repair(call.Messages, text, why), cancellationToken).ConfigureAwait(false);
                if (!IsGood(call, text, out value, out why))
                {
                    throw new ModelReplyException(
                        $"'{ModelId}' was asked for {call.Asked} and answered twice with something else: {why}. "
                        + "Use a model that can be held to a JSON schema, or one with more room for its reply.",
                        text.Text);
                }
            }

            // The reply is paid for: it is kept even if the caller has lost interest.
            if (_shared.Options.Cache is { } cache)
            {
                await cache.StoreAsync(key, text.Text, CancellationToken.None).ConfigureAwait(false);
            }

            return new(value!, text.Text);
        }
        finally
        {
            _shared.Places.Release();
        }
    }

    async Task<RawReply> SendAsync<T>(ModelCall<T> call, CallKey key, IReadOnlyList<ChatMessage> messages, CancellationToken cancellationToken)
    {
        var inputTokens = TokenCounting.Count(messages, call.Schema);
        using var span = Telemetry.StartModelCall("chat", ModelId, call.Asked);
        span?.SetTag("gen_ai.request.max_tokens", call.OutputTokensMax);
        var reservation = await _account.ReserveAsync(inputTokens, call.OutputTokensMax, call.Asked, cancellationToken).ConfigureAwait(false);
        var settled = false;
        try
        {
            RateGate.Entry? entry = null;
            var options = call.OptionsFor(ModelId, _shared.Options.Seed);
            var response = await _shared.Retry.RunAsync(
                call.Asked,
                key.Value,
                _account,
                async token => entry = await _shared.Rate.EnterAsync(inputTokens + call.OutputTokensMax, token).ConfigureAwait(false),
                token => _shared.Client.GetResponseAsync(messages, options, token),
                cancellationToken).ConfigureAwait(false);
            var text = response.Text ?? "";
            _shared.Rate.Settle(entry!, response.Usage?.TotalTokenCount ?? inputTokens + TokenCounting.Count(text));
            settled = true;
            var (sent, received) = (response.Usage?.InputTokenCount ?? inputTokens, response.Usage?.OutputTokenCount ?? TokenCounting.Count(text));
            _account.Settle(reservation, sent, received);
            Answered(span, call.Asked, response, sent, received);
            return new(text, response.FinishReason);
        }
        catch (Exception failure)
        {
            Telemetry.Fail(span, failure);
            throw;
        }
        finally
        {
            if (!settled)
            {
                _account.Release(reservation);
            }
        }
    }

    void Answered(System.Diagnostics.Activity? span, string asked, ChatResponse response, long inputTokens, long outputTokens)
    {
        Log.ModelAnswered(_shared.Logger, ModelId, asked, inputTokens, outputTokens);
        Telemetry.CountModelCall(ModelId, "chat", inputTokens, outputTokens);
        span?.SetTag("gen_ai.usage.input_tokens", inputTokens);
        span?.SetTag("gen_ai.usage.output_tokens", outputTokens);
        span?.SetTag("gen_ai.response.model", response.ModelId);
        span?.SetTag("gen_ai.response.finish_reasons", response.FinishReason is { } finish ? new[] { finish.Value } : null);
    }

    void CountCacheHit(string asked)
    {
        _account.CountCacheHit();
        Telemetry.CountCacheHit(ModelId);
        Log.CacheHit(_shared.Logger, ModelId, asked);
    }

    void CountRepair(string asked, string why)
    {
        _account.CountRepair();
        Telemetry.CountRepair(ModelId);
        Log.ModelRepaired(_shared.Logger, ModelId, asked);
        Log.ReplyNotTaken(_shared.Logger, ModelId, why);
    }

    void LogFailure(string asked, Exception failure)
    {
        if (failure is BudgetExceededException budget)
        {
            Log.BudgetExceeded(_shared.Logger, ModelId, asked, budget.Limit ?? nameof(ModelBudget.Deadline));
        }
        else if (failure is not OperationCanceledException)
        {
            Log.ModelFailed(_shared.Logger, ModelId, asked, failure.GetType().Name);
        }
    }

    static bool IsGood<T>(ModelCall<T> call, RawReply reply, out T? value, out string why)
    {
        (value, why) = (default, "");
        if (reply.Finish == ChatFinishReason.Length)
        {
            why = $"the reply was cut off after {call.OutputTokensMax} tokens, before its end";
            return false;
        }

        if (reply.Finish == ChatFinishReason.ContentFilter)
        {
            why = "the server's content filter cut the reply off";
            return false;
        }

        try
        {
            value = call.Read(reply.Text);
            return true;
        }
        catch (BadReplyException bad)
        {
            why = bad.Message;
            return false;
        }
    }

    static ModelReply<T>? TryRead<T>(ModelCall<T> call, string text) =>
        IsGood(call, new(text, null), out var value, out _) ? new ModelReply<T>(value!, text) : null;

    static List<ChatMessage> Repair(IReadOnlyList<ChatMessage> messages, RawReply bad, string why)
    {
        var again = ModelPrompt.Of("repair-1").Fill(("why", why));
        return [.. messages, new ChatMessage(ChatRole.Assistant, bad.Text.Length == 0 ? "(nothing)" : bad.Text), .. again];
    }

    readonly record struct RawReply(string Text, ChatFinishReason? Finish);

    /// <summary>What callers of one model have in common.</summary>
    sealed class Shared(IChatClient client, ModelOptions options, string modelId)
    {
        public IChatClient Client { get; } = client;

        public ModelOptions Options { get; } = options;

        public string ModelId { get; } = modelId;

        public Retry Retry { get; } = new(options, modelId);

        public ILogger Logger { get; } = options.CreateLogger();

        public RateGate Rate { get; } = new(options.RequestsPerMinuteMax, options.TokensPerMinuteMax, options.Time);

        public SemaphoreSlim Places { get; } = new(options.ConcurrencyMax, options.ConcurrencyMax);

        public ConcurrentDictionary<CallKey, Task<string>> Flights { get; } = new();
    }
}
