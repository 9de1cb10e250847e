using Archicortex.Models;
using Archicortex.Storage;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Archicortex;

/// <summary>Says what the memories of an application are made of. Whatever is not said is the default: a file, and no model.</summary>
/// <remarks>What is said here counts over <see cref="ArchicortexOptions"/>, in whatever order the two are written.</remarks>
public sealed class ArchicortexBuilder
{
    internal ArchicortexBuilder(IServiceCollection services, string name) => (Services, Name) = (services, name);

    /// <summary>The services that are being registered.</summary>
    public IServiceCollection Services { get; }

    /// <summary>The key of these memories, and the name of their options; empty for those without a key.</summary>
    public string Name { get; }

    /// <summary>Asks the application's <see cref="IChatClient"/> where a language model helps.</summary>
    /// <param name="serviceKey">The key it is registered by; null for the one without.</param>
    public ArchicortexBuilder UseChatClient(object? serviceKey = null) => UseChatClient(services =>
        Find<IChatClient>(services, serviceKey) ?? throw Missing(nameof(IChatClient), nameof(UseChatClient), serviceKey));

    /// <summary>Asks a chat client of your own making. Who makes it disposes it.</summary>
    /// <param name="client">Finds or makes it, once; null is no model.</param>
    public ArchicortexBuilder UseChatClient(Func<IServiceProvider, IChatClient?> client)
    {
        ArgumentNullException.ThrowIfNull(client);
        return Set((options, services) => options.Memory = options.Memory with { ChatClient = client(services) ?? options.Memory.ChatClient });
    }

    /// <summary>Takes vectors from the application's <see cref="IEmbeddingGenerator{TInput,TEmbedding}"/> of strings.</summary>
    /// <param name="serviceKey">The key it is registered by; null for the one without.</param>
    public ArchicortexBuilder UseEmbeddingGenerator(object? serviceKey = null) => UseEmbeddingGenerator(services =>
        Find<IEmbeddingGenerator<string, Embedding<float>>>(services, serviceKey)
        ?? throw Missing("IEmbeddingGenerator<string, Embedding<float>>", nameof(UseEmbeddingGenerator), serviceKey));

    /// <summary>Takes vectors from a generator of your own making. Who makes it disposes it.</summary>
    /// <param name="generator">Finds or makes it, once; null is no model.</param>
    public ArchicortexBuilder UseEmbeddingGenerator(Func<IServiceProvider, IEmbeddingGenerator<string, Embedding<float>>?> generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        return Set((options, services) =>
        {
            if (generator(services) is not { } found)
            {
                return;
            }

            options.MakeEmbedder = async cancellationToken =>
            {
                var calls = options.Embedding.Calls with { LoggerFactory = options.Embedding.Calls.LoggerFactory ?? options.Memory.LoggerFactory };
                var embedder = new GeneratorEmbedder(found, options.Embedding with { Calls = calls });
                await embedder.ProbeAsync(cancellationToken).ConfigureAwait(false);
                return embedder;
            };
        });
    }

    /// <summary>Keeps memories in stores of your own in place of files.</summary>
    /// <param name="store">Makes the store of a scope, each time one is opened. The memory disposes it.</param>
    public ArchicortexBuilder UseStore(Func<IServiceProvider, string, IMemoryStore> store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return Set((options, services) => options.OpenStore = scope => store(services, scope));
    }

    /// <summary>
    /// After all that configures, so that a section bound later does not take a model away again. What is null is left to the
    /// check, which says so.
    /// </summary>
    ArchicortexBuilder Set(Action<ArchicortexOptions, IServiceProvider> set)
    {
        Services.AddOptions<ArchicortexOptions>(Name).PostConfigure<IServiceProvider>((options, services) =>
        {
            if (options is { Memory: not null, Embedding: not null })
            {
                set(options, services);
            }
        });
        return this;
    }

    static T? Find<T>(IServiceProvider services, object? key)
        where T : class => key is null ? services.GetService<T>() : services.GetKeyedService<T>(key);

    static InvalidOperationException Missing(string type, string method, object? key) => new(
        $"{method}() was called, and no {type}{(key is null ? "" : $" of the key '{key}'")} is registered. "
        + $"Register one as a singleton, or leave {method}() out.");
}
