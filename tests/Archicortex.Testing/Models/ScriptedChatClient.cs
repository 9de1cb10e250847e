using Microsoft.Extensions.AI;

namespace Archicortex.Testing.Models;

/// <summary>Plays a chat model inside the process and writes down what it was asked.</summary>
/// <param name="script">The reply to a request.</param>
public sealed class ScriptedChatClient(Func<ScriptedChatClient.Request, CancellationToken, Task<ChatResponse>> script) : IChatClient
{
    readonly Lock _lock = new();
    readonly List<Request> _requests = [];

    /// <summary>A client whose replies are a function of the request.</summary>
    public ScriptedChatClient(Func<Request, string> script)
        : this((request, _) => Task.FromResult(Response(script(request))))
    {
    }

    /// <summary>A client that says these things one after another.</summary>
    public static ScriptedChatClient Saying(params string[] replies) => new(request => replies[Math.Min(request.Number, replies.Length - 1)]);

    /// <summary>A client that extracts names and statements from the passage it is shown.</summary>
    public static ScriptedChatClient Extracting() => new(request => ScriptedOpenIe.Reply(request.UserTexts));

    /// <summary>What it was asked, in order of arrival.</summary>
    public IReadOnlyList<Request> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    public static ChatResponse Response(string text, ChatFinishReason? finish = null) =>
        new(new ChatMessage(ChatRole.Assistant, text)) { FinishReason = finish ?? ChatFinishReason.Stop };

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Request request;
        lock (_lock)
        {
            request = new(_requests.Count, [.. messages], options ?? new());
            _requests.Add(request);
        }

        return await script(request, cancellationToken);
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("The engine does not stream.");

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("scripted", null, "scripted-1") : null;

    public void Dispose()
    {
    }

    /// <summary>A request.</summary>
    /// <param name="Number">0 for the first.</param>
    /// <param name="Messages">What was sent.</param>
    /// <param name="Options">And how.</param>
    public sealed record Request(int Number, IReadOnlyList<ChatMessage> Messages, ChatOptions Options)
    {
        public IEnumerable<string> UserTexts => Messages.Where(message => message.Role == ChatRole.User).Select(message => message.Text);

        public string LastText => Messages[^1].Text;
    }
}
