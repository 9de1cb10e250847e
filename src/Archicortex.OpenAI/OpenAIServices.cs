using Archicortex;
using Archicortex.OpenAI;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

// Where AddArchicortex is, and for the same reason: no using line is needed to find it.
#pragma warning disable IDE0130
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>Models behind the OpenAI protocol for registered memories.</summary>
public static class OpenAIServices
{
    /// <summary>Uses a server's chat model, embedding model, or both: those that are named.</summary>
    /// <remarks>
    /// The options may come from configuration as well: <c>services.Configure&lt;OpenAIOptions&gt;(section)</c>; for memories with a key,
    /// by its name. They are checked when the application starts. The container disposes the clients.
    /// </remarks>
    /// <param name="builder">The memories.</param>
    /// <param name="configure">Where the server is, the key, and which models; may be left out if configuration says.</param>
    public static ArchicortexBuilder UseOpenAI(this ArchicortexBuilder builder, Action<OpenAIOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var name = builder.Name;
        var options = builder.Services.AddOptions<OpenAIOptions>(name);
        if (configure is not null)
        {
            options.Configure(configure);
        }

        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OpenAIOptions>, OpenAIOptionsCheck>());
        builder.Services.TryAddKeyedSingleton(name, (services, _) => OpenAIModels.Create(
            services.GetRequiredService<IOptionsMonitor<OpenAIOptions>>().Get(name),
            services.GetService<ILoggerFactory>()?.CreateLogger<OpenAIModels>()));
        return builder
            .UseChatClient(services => services.GetRequiredKeyedService<OpenAIModels>(name).Chat)
            .UseEmbeddingGenerator(services => services.GetRequiredKeyedService<OpenAIModels>(name).Embedding);
    }
}

/// <summary>Checks the options before a client is made of them, so that a bad one is told like those of the memories.</summary>
sealed class OpenAIOptionsCheck : IValidateOptions<OpenAIOptions>
{
    public ValidateOptionsResult Validate(string? name, OpenAIOptions options)
    {
        var whose = string.IsNullOrEmpty(name) ? "OpenAIOptions" : $"OpenAIOptions '{name}'";
        if (options.ChatModel is null && options.EmbeddingModel is null)
        {
            return ValidateOptionsResult.Fail($"{whose}: neither ChatModel nor EmbeddingModel is set. Name at least one, or leave UseOpenAI out.");
        }

        try
        {
            options.Check();
            return ValidateOptionsResult.Success;
        }
        catch (ArgumentException failure)
        {
            var line = string.Join(' ', failure.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            return ValidateOptionsResult.Fail($"{whose} cannot be used: {line} Set it in UseOpenAI, or in the configuration section bound to it.");
        }
    }
}
