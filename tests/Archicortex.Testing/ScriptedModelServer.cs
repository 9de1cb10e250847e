using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Archicortex.Numerics;
using Archicortex.Testing.Models;

namespace Archicortex.Testing;

/// <summary>A server on this machine that speaks the OpenAI protocol and answers by a script, well or badly.</summary>
/// <remarks>One request a connection, on a free port of 127.0.0.1. It writes down every request and whether it was answered well.</remarks>
public sealed class ScriptedModelServer : IAsyncDisposable
{
    /// <summary>Numbers a vector has unless asked otherwise.</summary>
    public const int Dimension = 32;

    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _stop = new();
    readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly ConcurrentQueue<ServedRequest> _requests = new();
    readonly ConcurrentDictionary<string, int> _timesAsked = new(StringComparer.Ordinal);
    readonly Func<ServedRequest, ScriptedReply> _script;
    readonly Task _accepting;

    /// <summary>Starts a server.</summary>
    /// <param name="script">The reply to a request.</param>
    public ScriptedModelServer(Func<ServedRequest, ScriptedReply> script)
    {
        _script = script;
        _listener.Start();
        Endpoint = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/v1");
        _accepting = AcceptAsync();
    }

    /// <summary>Base address, with "/v1".</summary>
    public Uri Endpoint { get; }

    /// <summary>What was asked, in order of arrival.</summary>
    public IReadOnlyList<ServedRequest> Requests => [.. _requests];

    /// <summary>A script that extracts names and statements from the passage it is shown.</summary>
    public static ScriptedReply Extract(ServedRequest request) => new() { Text = ScriptedOpenIe.Reply(request.UserTexts) };

    /// <summary>A script that extracts, but fails in a share of the requests: busy, broken, cut short, dropped, each by turns.</summary>
    /// <remarks>Whether a request fails depends on its text, how often it was asked, and the seed: not on the order of arrival.</remarks>
    public static Func<ServedRequest, ScriptedReply> ExtractWithFailures(int seed, double share) => request =>
    {
        var reply = Extract(request);
        var chance = StableHash.Of(StableHash.Of(request.Prompt), StableHash.Of((ulong)seed, (ulong)request.TimesAsked));
        if (chance / (double)ulong.MaxValue >= share || request.TimesAsked > 2)
        {
            return reply;
        }

        return (chance % 4) switch
        {
            0 => reply with { Kind = ReplyKind.RateLimited },
            1 => reply with { Kind = ReplyKind.ServerError },
            2 => reply with { Kind = ReplyKind.Dropped },
            _ => reply with { Kind = ReplyKind.Truncated },
        };
    };

    /// <summary>Lets the replies go that were held.</summary>
    public void Release() => _released.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        // More than once is fine: a test may take the server away early. The token source is left to the collector.
        await _stop.CancelAsync();
        _listener.Stop();
        Release();
        await _accepting;
    }

    async Task AcceptAsync()
    {
        var serving = new List<Task>();
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
            catch (Exception failure) when (failure is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                break;
            }
        }

        await Task.WhenAll(serving);
    }

    async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            var stream = client.GetStream();
            if (await HttpMessage.ReadAsync(stream, _stop.Token) is not { } message)
            {
                return;
            }

            var prompt = message.Path + message.Body;
            var request = new ServedRequest(message, _timesAsked.AddOrUpdate(prompt, 1, (_, times) => times + 1));
            _requests.Enqueue(request);
            var reply = message.Path switch
            {
                "/v1/models" => null,
                "/v1/chat/completions" or "/v1/embeddings" => _script(request),
                _ => new ScriptedReply { Kind = ReplyKind.NotFound },
            };
            request.Kind = reply?.Kind ?? ReplyKind.Good;
            await AnswerAsync(stream, request, reply);
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException or SocketException)
        {
            // The client went away: that is its right.
        }
    }

    async Task AnswerAsync(NetworkStream stream, ServedRequest request, ScriptedReply? reply)
    {
        switch (reply?.Kind)
        {
            case null:
                await HttpMessage.WriteAsync(stream, 200, ScriptedBodies.Models(), _stop.Token);
                return;
            case ReplyKind.Held:
                await _released.Task.WaitAsync(_stop.Token);
                break;
            case ReplyKind.RateLimited:
                await HttpMessage.WriteAsync(stream, 429, ScriptedBodies.Error("slow down"), _stop.Token, ("Retry-After", reply.RetryAfter));
                return;
            case ReplyKind.ServerError:
                await HttpMessage.WriteAsync(stream, 500, ScriptedBodies.Error("out of order"), _stop.Token);
                return;
            case ReplyKind.Refused:
                await HttpMessage.WriteAsync(stream, reply.Status, ScriptedBodies.Error(reply.Text), _stop.Token);
                return;
            case ReplyKind.NotFound:
                await HttpMessage.WriteAsync(stream, 404, ScriptedBodies.Error("no such path"), _stop.Token);
                return;
        }

        var (type, body) = request.Path == "/v1/embeddings"
            ? ("application/json", ScriptedBodies.Embeddings(request.Body))
            : request.IsStream
                ? ("text/event-stream", ScriptedBodies.Chunks(reply))
                : ("application/json", ScriptedBodies.Completion(reply));
        if (reply.Kind == ReplyKind.Dropped)
        {
            await HttpMessage.WriteHalfAsync(stream, type, body, _stop.Token);
            return;
        }

        await HttpMessage.WriteAsync(stream, 200, body, _stop.Token, ("Content-Type", type));
    }
}

/// <summary>A request the server saw.</summary>
public sealed class ServedRequest(HttpMessage message, int timesAsked)
{
    public string Path => message.Path;

    public JsonElement Body { get; } = message.Body.Length > 0 ? JsonDocument.Parse(message.Body).RootElement : default;

    public IReadOnlyDictionary<string, string> Headers => message.Headers;

    /// <summary>1 if this very request was not seen before.</summary>
    public int TimesAsked => timesAsked;

    /// <summary>How it was answered.</summary>
    public ReplyKind Kind { get; internal set; }

    public bool IsStream => Body.TryGetProperty("stream", out var stream) && stream.GetBoolean();

    /// <summary>All of the request, as one text.</summary>
    public string Prompt => message.Body;

    public IEnumerable<string> UserTexts => Body.GetProperty("messages").EnumerateArray()
        .Where(one => one.GetProperty("role").GetString() == "user").Select(one => TextOf(one.GetProperty("content")));

    static string TextOf(JsonElement content) => content.ValueKind == JsonValueKind.String
        ? content.GetString()!
        : string.Concat(content.EnumerateArray().Select(part => part.GetProperty("text").GetString()));
}

/// <summary>What the server is to answer.</summary>
public sealed record ScriptedReply
{
    public ReplyKind Kind { get; init; }

    /// <summary>What the model says; for <see cref="ReplyKind.Refused"/> the server's reason.</summary>
    public string Text { get; init; } = "";

    /// <summary>The header of a reply that says "later".</summary>
    public string RetryAfter { get; init; } = "1";

    /// <summary>The status of a refusal.</summary>
    public int Status { get; init; } = 400;
}

/// <summary>The ways in which a server answers.</summary>
public enum ReplyKind
{
    Good,
    Held,
    BrokenJson,
    Truncated,
    RateLimited,
    ServerError,
    Dropped,
    WrongSchema,
    TrailingText,
    Fenced,
    Refused,
    NotFound,
}
