using Archicortex;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

// Where users of dependency injection look for methods that add: without a using line of ours.
#pragma warning disable IDE0130
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>Registers memories with an application.</summary>
/// <remarks>
/// Ask for <see cref="GraphMemories"/>, and open by <see cref="GraphMemories.GetAsync"/>. A <see cref="GraphMemory"/> itself is not
/// registered: opening reads a file and may replay its log, and a container can only wait for that by blocking a thread.
/// </remarks>
public static class ArchicortexServices
{
    /// <summary>Adds memories kept in a file.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="path">The file; with "{scope}" in it, a file a scope.</param>
    public static ArchicortexBuilder AddArchicortex(this IServiceCollection services, string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return services.AddArchicortex(options => options.Path = path);
    }

    /// <summary>Adds memories.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Where they are kept, and how they are opened; may be left out if configuration or the builder says.</param>
    public static ArchicortexBuilder AddArchicortex(this IServiceCollection services, Action<ArchicortexOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        AddOptions(services, Options.Options.DefaultName, configure);
        services.TryAddSingleton(provider => Make(provider, Options.Options.DefaultName));
        return new ArchicortexBuilder(services, Options.Options.DefaultName);
    }

    /// <summary>Adds memories beside others: ask for <c>[FromKeyedServices(key)] GraphMemories</c>.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="key">Their key, and the name of their options.</param>
    /// <param name="configure">Where they are kept, and how they are opened.</param>
    public static ArchicortexBuilder AddKeyedArchicortex(this IServiceCollection services, string key, Action<ArchicortexOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        AddOptions(services, key, configure);
        services.TryAddKeyedSingleton(key, (provider, _) => Make(provider, key));
        return new ArchicortexBuilder(services, key);
    }

    static void AddOptions(IServiceCollection services, string name, Action<ArchicortexOptions>? configure)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ArchicortexOptions>, ArchicortexOptionsCheck>());
        var options = services.AddOptions<ArchicortexOptions>(name);
        options.PostConfigure<IServiceProvider>(SetSurroundings);
        if (configure is not null)
        {
            options.Configure(configure);
        }

        options.ValidateOnStart();
    }

    /// <summary>The application's log and clock, unless the options say otherwise.</summary>
    static void SetSurroundings(ArchicortexOptions options, IServiceProvider services)
    {
        if (options.Memory is { } memory)
        {
            options.Memory = memory with
            {
                LoggerFactory = memory.LoggerFactory ?? services.GetService<ILoggerFactory>(),
                Clock = memory.Clock == TimeProvider.System ? services.GetService<TimeProvider>() ?? memory.Clock : memory.Clock,
            };
        }
    }

    static GraphMemories Make(IServiceProvider services, string name) =>
        new(services.GetRequiredService<IOptionsMonitor<ArchicortexOptions>>().Get(name));
}
