using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Archicortex.Cli.Contracts;
using Archicortex.Cli.Rendering;
using Archicortex.Models;

namespace Archicortex.Cli.Commands;

/// <summary><c>archicortex embed --embedding-model nomic-embed-text --memory notes.archicortex</c></summary>
static class EmbedCommand
{
    const int HashedMin = 16;
    const int HashedMax = 65_536;

    static readonly Option<int?> Hashed = new("--hashed")
    {
        Description = $"Hashed words instead of a model, offline; with how many numbers a vector, 16 to 65536. Default: {HashedEmbedder.DefaultDimension}.",
        HelpName = "count",
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = result => result.Tokens.Count == 0 ? HashedEmbedder.DefaultDimension : SharedOptions.NumberIn(result, HashedMin, HashedMax),
    };

    static readonly Option<string> Units = SharedOptions.OneOf(
        "--units", null, "What gets a vector; entities are the names that facts are about.", "all", "passages", "facts", "entities");

    static readonly Option<int> Batch = SharedOptions.Count("--batch", null, "Texts embedded and kept at a time, 1 to 10000.", 64, 1, 10_000);

    public static Command Create(Terminal terminal)
    {
        var memory = SharedOptions.Memory(terminal);
        var models = new ModelChoice(terminal, ModelUse.Embedding);
        var command = new DocumentedCommand(
            "embed",
            "Takes an embedder into use: recall then compares its vectors too.",
            $"""
            Gives all that is remembered a vector, then switches at once; until then the embedder before it stays in force. Each
            batch is kept when it is made: after a failure or Ctrl+C the same command goes on there, and no text is sent twice.
            Name the model again (--embedding-model) whenever you remember, recall or ask; hashed words need no name.
            With a model the texts are sent to its server. Its {ModelChoice.KeyRule}

            Examples:
              archicortex embed --embedding-model text-embedding-3-small --memory notes.archicortex
              archicortex embed --model-endpoint http://127.0.0.1:11434/v1 --embedding-model nomic-embed-text --memory notes.archicortex
              archicortex embed --hashed --units passages --memory notes.archicortex
            """)
        {
            memory, Hashed, Units, Batch, SharedOptions.Scope, SharedOptions.Json,
        };
        models.AddTo(command);
        command.Validators.Add(result => RefuseUnclear(result, models));
        command.SetAction(async (parsed, ct) =>
        {
            var path = parsed.GetRequiredValue(memory);
            Memories.RefuseMissing(path);
            using var chosen = models.Open(parsed);
            await chosen.ProbeAsync(ct).ConfigureAwait(false);
            var settings = chosen.For(parsed.GetRequiredValue(SharedOptions.Scope), terminal.Clock);
            if (parsed.GetValue(Hashed) is { } dimension)
            {
                settings = settings with { Embedder = new HashedEmbedder(dimension) };
            }

            var options = new UseEmbedderOptions { Units = UnitsOf(parsed.GetRequiredValue(Units)), BatchSize = parsed.GetValue(Batch) };
            var done = await Memories.WriteAsync(
                path, settings, terminal, opened => EmbedAsync(opened, settings.Embedder!, options, terminal, ct), ct).ConfigureAwait(false);
            if (parsed.GetValue(SharedOptions.Json))
            {
                await JsonOutput.WriteAsync(terminal.Output, EmbedJson.Of(path, settings.Scope, done)).ConfigureAwait(false);
            }
            else
            {
                await terminal.Output.WriteAsync(EmbedText.Of(path, done, models.EmbeddingNameOf(parsed))).ConfigureAwait(false);
            }

            return CommandLine.Done;
        });
        return command;
    }

    static void RefuseUnclear(CommandResult result, ModelChoice models)
    {
        var isHashed = result.GetResult(Hashed) is { Implicit: false };
        if (isHashed && (models.IsEmbeddingNamed(result) || models.IsEndpointNamed(result)))
        {
            result.AddError("--hashed asks no model. Name either it or a model, not both.");
        }
        else if (!isHashed && !models.IsEmbeddingNamed(result))
        {
            result.AddError("Which embedder? Name a model with --embedding-model NAME, its server with --model-endpoint; or take --hashed.");
        }
    }

    static async Task<EmbedDone> EmbedAsync(
        GraphMemory memory, ITextEmbedder embedder, UseEmbedderOptions options, Terminal terminal, CancellationToken ct)
    {
        var before = (await memory.GetStatusAsync(ct).ConfigureAwait(false)).Embedding?.Epoch;
        return await EmbedProgress.ShowAsync(terminal, options.Units, async progress =>
        {
            try
            {
                var epoch = await memory.UseEmbedderAsync(embedder, options, progress, ct).ConfigureAwait(false);
                return new EmbedDone(epoch, epoch != before, progress.Counts, progress.Embedded);
            }
            catch (Exception failure) when (Failure.Of(failure) is { } known)
            {
                throw new CommandException(known with { Next = NextAfter(known, progress, before) }, failure);
            }
        }).ConfigureAwait(false);
    }

    static string NextAfter(Failure known, EmbedProgress progress, EmbeddingEpoch? before)
    {
        var cure = known.Next is { } next ? next + " " : "";
        var force = before is null ? "No embedder is in force." : $"'{Shell.Harmless(before.Embedder)}' stays in force.";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{progress.Counts.Values.Sum():N0} vectors are kept. {force} {cure}The same command goes on there; no text is sent twice.");
    }

    static EmbeddingUnits UnitsOf(string word) => Enum.Parse<EmbeddingUnits>(word, ignoreCase: true);
}

/// <summary>What taking an embedder into use did.</summary>
/// <param name="Epoch">What is in force now.</param>
/// <param name="IsChanged">False if it was before.</param>
/// <param name="Counts">Units of each kind that were asked for.</param>
/// <param name="Embedded">Texts the embedder was asked for; the other vectors were kept from before.</param>
sealed record EmbedDone(EmbeddingEpoch Epoch, bool IsChanged, IReadOnlyDictionary<EmbeddingUnits, int> Counts, long Embedded);
