using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Embeddings;

namespace Archicortex.OpenAI;

/// <summary>The models of one server.</summary>
public sealed class OpenAIModels : IDisposable
{
    const string NoKey = "none";

    OpenAIModels(OpenAIChatClient? chat, OpenAIEmbeddingGenerator? embedding) => (Chat, Embedding) = (chat, embedding);

    /// <summary>The chat model; null if none was named.</summary>
    public OpenAIChatClient? Chat { get; }

    /// <summary>The embedding model; null if none was named.</summary>
    public OpenAIEmbeddingGenerator? Embedding { get; }

    /// <summary>Makes clients for the models of a server. Nothing is sent yet.</summary>
    /// <param name="options">Where the server is and which models to use.</param>
    /// <param name="logger">Told when a server does not take a reply format and a lower one is used from then on.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or neither model is named.</exception>
    public static OpenAIModels Create(OpenAIOptions options, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();

        // The clients keep what the options say now: configuration may set them again later.
        options = options with { };
        if (options.ChatModel is null && options.EmbeddingModel is null)
        {
            throw new ArgumentException("Neither ChatModel nor EmbeddingModel is set. Name at least one.", nameof(options));
        }

        logger ??= NullLogger.Instance;
        var settings = new OpenAIClientOptions
        {
            Endpoint = options.Endpoint,
            NetworkTimeout = TimeSpan.FromMilliseconds(options.TimeoutMs),

            // The engine tries again by rules of its own; two layers of tries would multiply.
            RetryPolicy = new ClientRetryPolicy(0),
        };
        var policy = PolicyFor(options);

        // The SDK marks construction from a policy as experimental; it is its one way to send a key in another header.
#pragma warning disable OPENAI001
        return new(
            options.ChatModel is { } chat ? new OpenAIChatClient(new ChatClient(chat, policy, settings), options, logger) : null,
            options.EmbeddingModel is { } embedding
                ? new OpenAIEmbeddingGenerator(new EmbeddingClient(embedding, policy, settings), options)
                : null);
#pragma warning restore OPENAI001
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Chat?.Dispose();
        Embedding?.Dispose();
    }

    /// <summary>Servers that need no key get the word "none": the SDK cannot send nothing.</summary>
    static ApiKeyAuthenticationPolicy PolicyFor(OpenAIOptions options)
    {
        var key = new ApiKeyCredential(string.IsNullOrEmpty(options.ApiKey) ? NoKey : options.ApiKey);
        return options.KeyHeader.Equals("Authorization", StringComparison.OrdinalIgnoreCase)
            ? ApiKeyAuthenticationPolicy.CreateBearerAuthorizationPolicy(key)
            : ApiKeyAuthenticationPolicy.CreateHeaderApiKeyPolicy(key, options.KeyHeader);
    }
}
