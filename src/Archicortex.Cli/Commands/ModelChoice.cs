using System.CommandLine;
using System.CommandLine.Parsing;
using Archicortex.Models;
using Archicortex.OpenAI;

namespace Archicortex.Cli.Commands;

/// <summary>The options of commands that may ask a model, said once: where it is, which it is, how fast it may be asked.</summary>
/// <remarks>The key is no option: what stands on a command line is seen by other processes and kept in the shell's history.</remarks>
sealed class ModelChoice
{
    public const string KeyVariable = "ARCHICORTEX_MODEL_KEY";
    public const string OtherKeyVariable = "OPENAI_API_KEY";

    /// <summary>Where the key comes from, for the help of each command that asks a model.</summary>
    public const string KeyRule = $"key: the variable {KeyVariable}; for OpenAI's own server else {OtherKeyVariable}.";

    const string EndpointVariable = "ARCHICORTEX_MODEL_ENDPOINT";
    const string ChatVariable = "ARCHICORTEX_CHAT_MODEL";
    const int TimeoutSecondsMax = 3600;

    readonly Terminal _terminal;
    readonly ModelUse _use;
    readonly Option<Uri?> _endpoint;
    readonly Option<string?> _chat;
    readonly Option<string?> _embedding = new("--embedding-model")
    {
        Description = "The embedding model, the one that embed took into use. Default: hashed words, offline.",
        HelpName = "name",
        Validators = { SharedOptions.RefuseBlank },
    };

    readonly Option<int> _timeout = new("--model-timeout")
    {
        Description = "Seconds one try of a call may take, 1 to 3600.",
        HelpName = "seconds",
        DefaultValueFactory = _ => 120,
    };

    readonly Option<int?> _rate = SharedOptions.CountIfGiven("--requests-per-minute", "Requests a minute at most. Default: no limit.", 1, 1_000_000);

    /// <param name="terminal">Whose environment has the defaults.</param>
    /// <param name="use">Which models the command asks.</param>
    public ModelChoice(Terminal terminal, ModelUse use = ModelUse.Any)
    {
        (_terminal, _use) = (terminal, use);
        if (use == ModelUse.Embedding)
        {
            _embedding.Description = "The embedding model's name.";
        }

        _endpoint = new("--model-endpoint")
        {
            Description = $"The model server's base address, with /v1. Default: the variable {EndpointVariable}, else OpenAI's.",
            HelpName = "url",
            CustomParser = result => Address(result, result.Tokens[0].Value, "--model-endpoint"),
            DefaultValueFactory = result => terminal.Environment(EndpointVariable) is { Length: > 0 } text ? Address(result, text, EndpointVariable) : null,
        };
        _chat = new("--chat-model")
        {
            Description = $"The chat model's name. Default: the variable {ChatVariable}, else none.",
            HelpName = "name",
            Validators = { SharedOptions.RefuseBlank },
            DefaultValueFactory = result =>
            {
                var name = terminal.Environment(ChatVariable) is { Length: > 0 } text ? text : null;
                if (name is null && use == ModelUse.Chat)
                {
                    result.AddError($"Which model? Name it with --chat-model NAME, or set the variable {ChatVariable}; its server with --model-endpoint.");
                }

                return name;
            },
        };
        _timeout.CustomParser = result => SharedOptions.NumberIn(result, 1, TimeoutSecondsMax);
    }

    public void AddTo(Command command)
    {
        command.Options.Add(_endpoint);
        if (_use != ModelUse.Embedding)
        {
            command.Options.Add(_chat);
        }

        command.Options.Add(_timeout);
        command.Options.Add(_rate);
        if (_use != ModelUse.Chat)
        {
            command.Options.Add(_embedding);
        }

        command.Validators.Add(result =>
        {
            // A server without a model would be passed over in silence.
            if (_use == ModelUse.Any && IsEndpointNamed(result) && !IsChatNamed(result) && !IsEmbeddingNamed(result))
            {
                result.AddError("--model-endpoint names a server but no model of it. Add --chat-model NAME or --embedding-model NAME.");
            }
        });
    }

    /// <summary>True if a chat model is named, here or in the environment: a validator is asked before defaults are filled in.</summary>
    public bool IsChatNamed(SymbolResult result) => result.GetValue(_chat) is not null || _terminal.Environment(ChatVariable) is { Length: > 0 };

    public bool IsEmbeddingNamed(SymbolResult result) => result.GetValue(_embedding) is not null;

    /// <summary>True if the command line itself names a server.</summary>
    public bool IsEndpointNamed(SymbolResult result) => result.GetResult(_endpoint) is { Implicit: false };

    public string? EmbeddingNameOf(ParseResult parsed) => parsed.GetValue(_embedding);

    /// <summary>Makes the clients of what was chosen; nothing is sent yet.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="budget">What may be spent; null for no limit.</param>
    /// <param name="concurrency">Calls under way at a time; null for the default.</param>
    public ChosenModels Open(ParseResult parsed, ModelBudget? budget = null, int? concurrency = null)
    {
        var chat = _use == ModelUse.Embedding ? null : parsed.GetValue(_chat);
        var embedding = _use == ModelUse.Chat ? null : parsed.GetValue(_embedding);
        var timeoutMs = parsed.GetValue(_timeout) * 1000;
        var calls = new ModelOptions
        {
            Budget = budget ?? ModelBudget.Unlimited,
            TimeoutMs = timeoutMs,
            RequestsPerMinuteMax = parsed.GetValue(_rate),
            ConcurrencyMax = concurrency ?? new ModelOptions().ConcurrencyMax,
            Time = _terminal.Clock,
        };
        if (chat is null && embedding is null)
        {
            return new ChosenModels(null, calls);
        }

        // OpenAI's own key is for OpenAI: another server gets only the key that was set for it.
        var isOpenAI = parsed.GetValue(_endpoint) is not { } named || named.Host == new OpenAIOptions().Endpoint.Host;
        var key = KeyOf(KeyVariable) ?? (isOpenAI ? KeyOf(OtherKeyVariable) : null);
        var server = new OpenAIOptions { ApiKey = key, ChatModel = chat, EmbeddingModel = embedding, TimeoutMs = timeoutMs };
        if (parsed.GetValue(_endpoint) is { } endpoint)
        {
            server = server with { Endpoint = endpoint };
            if (key is not null && endpoint.Scheme == Uri.UriSchemeHttp && !endpoint.IsLoopback)
            {
                _terminal.Error.WriteLine($"warning: the key goes to {endpoint.Host} unencrypted. Use https if the server can.");
            }
        }

        return new ChosenModels(OpenAIModels.Create(server), calls);
    }

    string? KeyOf(string variable) => _terminal.Environment(variable) is { Length: > 0 } key ? key.Trim() : null;

    static Uri? Address(ArgumentResult result, string text, string name)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
        {
            result.AddError($"{name} is '{text}'; it must be an http or https address such as http://127.0.0.1:11434/v1.");
            return null;
        }

        if (address.UserInfo.Length > 0)
        {
            // The address is not repeated: it holds what must not be shown.
            result.AddError($"{name} holds a user name or password. Leave it out and set the variable {KeyVariable}.");
            return null;
        }

        return address;
    }
}

/// <summary>Which models a command asks.</summary>
enum ModelUse
{
    /// <summary>A chat model and an embedding model, if they are named.</summary>
    Any,

    /// <summary>A chat model, and nothing without one.</summary>
    Chat,

    /// <summary>An embedding model only.</summary>
    Embedding,
}

/// <summary>The models a command may ask; none, normally.</summary>
sealed class ChosenModels : IDisposable
{
    readonly OpenAIModels? _models;
    readonly ModelOptions _calls;
    readonly GeneratorEmbedder? _embedder;

    public ChosenModels(OpenAIModels? models, ModelOptions calls)
    {
        (_models, _calls) = (models, calls);
        _embedder = models?.Embedding is { } embedding ? new GeneratorEmbedder(embedding, new GeneratorEmbedderOptions { Calls = calls }) : null;
    }

    /// <summary>Options of a memory that uses them.</summary>
    public GraphMemoryOptions For(string scope, TimeProvider clock) => new()
    {
        Scope = scope,
        Clock = clock,
        ChatClient = _models?.Chat,
        ModelOptions = _calls,
        Embedder = _embedder,
    };

    /// <summary>
    /// Asks the embedding model, if one is named, for a first vector. How long its vectors are is not known before, and a
    /// memory that is opened with it could not tell whether they are the ones in force.
    /// </summary>
    public async Task ProbeAsync(CancellationToken ct)
    {
        if (_embedder is not null)
        {
            await _embedder.ProbeAsync(ct).ConfigureAwait(false);
        }
    }

    public void Dispose() => _models?.Dispose();
}
