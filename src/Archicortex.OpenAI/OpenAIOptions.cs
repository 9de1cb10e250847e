namespace Archicortex.OpenAI;

/// <summary>Where models are, and which. Any server that speaks the OpenAI protocol will do.</summary>
/// <remarks>
/// OpenAI: a key and the names of the models. Ollama: <c>http://127.0.0.1:11434/v1</c>, vLLM: <c>http://127.0.0.1:8000/v1</c>,
/// both without a key. Azure OpenAI: its v1 endpoint, <c>https://NAME.openai.azure.com/openai/v1/</c>, the names of the
/// deployments as models, and <see cref="KeyHeader"/> "api-key". The key is in no message and in no text of this object.
/// They can be set so that configuration can; what is made of them keeps what they said then.
/// </remarks>
public sealed record OpenAIOptions
{
    /// <summary>Base address, up to and with "/v1". Default: OpenAI's.</summary>
    public Uri Endpoint { get; set; } = new("https://api.openai.com/v1");

    /// <summary>The key; null for servers that need none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The header the key goes in; "Authorization" sends it as a bearer token. Default "Authorization".</summary>
    public string KeyHeader { get; set; } = "Authorization";

    /// <summary>The chat model; null if there is none.</summary>
    public string? ChatModel { get; set; }

    /// <summary>The embedding model; null if there is none.</summary>
    public string? EmbeddingModel { get; set; }

    /// <summary>Numbers a vector is to have, for models that can shorten theirs. Default: as the model has it.</summary>
    public int? EmbeddingDimension { get; set; }

    /// <summary>Texts sent for embedding at a time, ≥ 1. Default 64.</summary>
    public int EmbeddingTextsMax { get; set; } = 64;

    /// <summary>Characters sent for embedding at a time, ≥ 1; a longer text goes alone. Default 100,000.</summary>
    public int EmbeddingCharsMax { get; set; } = 100_000;

    /// <summary>How long the server may be silent, in milliseconds, ≥ 1. Default 120,000.</summary>
    public int TimeoutMs { get; set; } = 120_000;

    /// <summary>How replies are held to a schema at first; a server that refuses is asked the next lower way. Default: by schema.</summary>
    public ReplyFormat ReplyFormat { get; set; } = ReplyFormat.Schema;

    /// <summary>Sends the limit of the reply as "max_tokens", which older servers know, not as "max_completion_tokens". Default: no.</summary>
    public bool UsesMaxTokens { get; set; }

    /// <summary>Leaves the temperature out, which models that reason before they answer refuse. Default: no.</summary>
    public bool LeavesOutTemperature { get; set; }

    /// <summary>All but the key.</summary>
    public override string ToString() =>
        $"{Endpoint.GetLeftPart(UriPartial.Path)} (chat: {ChatModel ?? "none"}, "
        + $"embedding: {EmbeddingModel ?? "none"}, key: {(string.IsNullOrEmpty(ApiKey) ? "none" : "set")})";

    internal void Check()
    {
        ArgumentNullException.ThrowIfNull(Endpoint);
        if (!Endpoint.IsAbsoluteUri || Endpoint.Scheme is not ("http" or "https"))
        {
            throw new ArgumentException($"Endpoint '{Endpoint}' is no http or https address. Give it up to and with '/v1'.");
        }

        if (!string.IsNullOrEmpty(Endpoint.UserInfo))
        {
            throw new ArgumentException("Endpoint holds a user name or password. Put the key into ApiKey.");
        }

        ArgumentException.ThrowIfNullOrWhiteSpace(KeyHeader);
        ArgumentOutOfRangeException.ThrowIfLessThan(EmbeddingDimension ?? 1, 1, nameof(EmbeddingDimension));
        ArgumentOutOfRangeException.ThrowIfLessThan(EmbeddingTextsMax, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(EmbeddingCharsMax, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(TimeoutMs, 1);
    }
}

/// <summary>How a server is told what form a reply must have, strictest first.</summary>
public enum ReplyFormat
{
    /// <summary>By a JSON schema.</summary>
    Schema,

    /// <summary>By "a JSON object".</summary>
    JsonObject,

    /// <summary>By the words of the prompt alone.</summary>
    Plain,
}
