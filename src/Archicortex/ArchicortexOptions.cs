using Archicortex.Models;
using Archicortex.Storage;
using Microsoft.Extensions.Options;

namespace Archicortex;

/// <summary>How the memories of an application are opened: what <c>services.AddArchicortex</c> sets.</summary>
/// <remarks>
/// Every property but those of code can come from configuration: <c>services.Configure&lt;ArchicortexOptions&gt;(section)</c>
/// with, for example, <c>{ "Path": "memories/{scope}.archicortex", "Memory": { "PassageWordsMax": 200 } }</c>. They are
/// checked when the application starts, if it has a host, and else at the first use.
/// </remarks>
public sealed class ArchicortexOptions
{
    /// <summary>The word in <see cref="Path"/> that each scope's name takes the place of.</summary>
    public const string ScopeWord = "{scope}";

    /// <summary>
    /// The file, e.g. "notes.archicortex". For more than one scope, "{scope}" in it: "memories/{scope}.archicortex" gives each a
    /// file of its own, in folders that are made. Ignored with a store of your own; needed without.
    /// </summary>
    public string? Path { get; set; }

    /// <summary>How each memory is opened; its scope is the one used when none is named.</summary>
    public GraphMemoryOptions Memory { get; set; } = new() { ModelOptions = OwnModelOptions };

    /// <summary>The most scopes open at a time, ≥ 1: each holds its graph in the process. Default 1,000. More are refused.</summary>
    public int ScopesMax { get; set; } = 1_000;

    /// <summary>How a vector model is asked, where the builder was told to use one. Ignored without.</summary>
    public GeneratorEmbedderOptions Embedding { get; set; } = new() { Calls = OwnModelOptions };

    /// <summary>Makes the store of a scope, in place of a file. Default: none.</summary>
    internal Func<string, IMemoryStore>? OpenStore { get; set; }

    /// <summary>Configuration writes into the objects that are there, so that none of them may be one that others share.</summary>
    static ModelOptions OwnModelOptions => new() { Budget = ModelBudget.Unlimited with { } };

    /// <summary>Makes the embedder, once, when the first memory is opened: it may have to ask the model for its dimension.</summary>
    internal Func<CancellationToken, Task<ITextEmbedder>>? MakeEmbedder { get; set; }
}

/// <summary>Checks the options, and says of each bad one what it is, what it must be, and how to set it.</summary>
sealed class ArchicortexOptionsCheck : IValidateOptions<ArchicortexOptions>
{
    public ValidateOptionsResult Validate(string? name, ArchicortexOptions options)
    {
        var problems = Problems(options).Select(problem => string.IsNullOrEmpty(name) ? problem : $"Memories '{name}': {problem}").ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    static IEnumerable<string> Problems(ArchicortexOptions options)
    {
        if (options.OpenStore is null && string.IsNullOrWhiteSpace(options.Path))
        {
            yield return $"ArchicortexOptions.Path is {(options.Path is null ? "not set" : $"'{options.Path}'")}; it must name a file. "
                + "Set it, e.g. AddArchicortex(\"notes.archicortex\"), or give a store by UseStore.";
        }

        if (options.ScopesMax < 1)
        {
            yield return $"ArchicortexOptions.ScopesMax is {options.ScopesMax}; it must be 1 or more. Leave it out for the default of 1,000.";
        }

        if (Problem(nameof(options.Memory), options.Memory, memory => memory.Check()) is { } memory)
        {
            yield return memory;
        }

        if (options.Memory is not null && Problem("Memory.ModelOptions", options.Memory.ModelOptions, model => model.Check()) is { } model)
        {
            yield return model;
        }

        if (Problem(nameof(options.Embedding), options.Embedding, embedding => embedding.Check()) is { } embedding)
        {
            yield return embedding;
        }
    }

    static string? Problem<T>(string property, T? value, Action<T> check)
        where T : class
    {
        if (value is null)
        {
            return $"ArchicortexOptions.{property} is null; it must be there. Leave it out for the default.";
        }

        try
        {
            check(value);
            return null;
        }
        catch (ArgumentException failure)
        {
            var lines = string.Join(' ', failure.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            return $"ArchicortexOptions.{property} cannot be used: {lines} Set it in AddArchicortex, or in the configuration section bound to it.";
        }
    }
}
