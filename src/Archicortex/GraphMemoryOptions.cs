using Archicortex.Facts;
using Archicortex.Models;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Archicortex;

/// <summary>How a memory is opened. Every default is meant to be right for most users.</summary>
public sealed record GraphMemoryOptions
{
    /// <summary>The scope used when none is named.</summary>
    public const string DefaultScope = "default";

    /// <summary>Whose memory it is (tenant, user, agent). One file may keep many scopes; nothing crosses them. Default <c>"default"</c>.</summary>
    public string Scope { get; init; } = DefaultScope;

    /// <summary>Open without the right to write, beside a process that writes. Each recall sees what was written by then. Default false.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>
    /// Words a passage may have before its document is split, 20 … 10,000. Default 350. How a document was split is
    /// recorded with it: changing this concerns later ones.
    /// </summary>
    public int PassageWordsMax { get; init; } = 350;

    /// <summary>
    /// Characters one document may have, 1 … 100,000,000. Default 8,000,000. Longer ones are refused, so that one bad
    /// file cannot exhaust the process.
    /// </summary>
    public int DocumentCharsMax { get; init; } = 8_000_000;

    /// <summary>Operations after which closing the memory writes a new snapshot, ≥ 1. Default 256. Ignored when read-only.</summary>
    public int SnapshotEvery { get; init; } = 256;

    /// <summary>Sweep the whole graph for every recall instead of walking only where the question leads: slow, exact to 1e-13. Default false.</summary>
    public bool ExactWalk { get; init; }

    /// <summary>
    /// Turns questions, and what is newly remembered, into vectors: the embedder that <see cref="GraphMemory.UseEmbedderAsync"/>
    /// took into use. Default: a hashed bag of words, offline. If another one is in force, <see cref="RecallStrategy.Dense"/>
    /// refuses and the other strategies rank without vectors and say so.
    /// </summary>
    public ITextEmbedder? Embedder { get; init; }

    /// <summary>The language model that answers, filters facts and writes thoughts, where asked to. Default: none, all works without.</summary>
    /// <remarks>Not disposed with the memory.</remarks>
    public IChatClient? ChatClient { get; init; }

    /// <summary>
    /// How the model is asked, and what it may spend. Without a cache in it, replies are kept in the memory's store, where it
    /// keeps any. Ignored without <see cref="ChatClient"/>.
    /// </summary>
    public ModelOptions ModelOptions { get; init; } = new();

    /// <summary>
    /// Let the model read the facts of every document that is remembered, at two calls a passage. Default null: the rules
    /// alone; <see cref="GraphMemory.ExtractFactsAsync"/> can do it later. Ignored without <see cref="ChatClient"/>.
    /// </summary>
    public ModelFactOptions? ModelFacts { get; init; }

    /// <summary>
    /// Tokens of a text by the tokenizer of the model that will read it, e.g. <c>text => tokenizer.CountTokens(text)</c>; used
    /// where a <see cref="RecallOptions.TokenBudget"/> is given. Must give the same number for the same text, ≥ 0. Default: the
    /// estimate <see cref="TokenEstimate"/>, which is meant to be never too low.
    /// </summary>
    public Func<string, int>? TokenCounter { get; init; }

    /// <summary>Where operations get their time from. Default: the system's clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// Told what the memory does, with event ids that stay; never texts or the owner's names of them. Default: nobody. The
    /// model is given it as well, unless <see cref="ModelOptions"/> have one of their own. Not disposed with the memory.
    /// </summary>
    public ILoggerFactory? LoggerFactory { get; init; }

    internal void Check()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Scope);
        CheckRange(PassageWordsMax, 20, 10_000, nameof(PassageWordsMax));
        CheckRange(DocumentCharsMax, 1, 100_000_000, nameof(DocumentCharsMax));
        CheckRange(SnapshotEvery, 1, int.MaxValue, nameof(SnapshotEvery));
        ArgumentNullException.ThrowIfNull(Clock);
        ArgumentNullException.ThrowIfNull(ModelOptions);
    }

    static void CheckRange(int value, int least, int most, string name)
    {
        if (value < least || value > most)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be between {least} and {most}.");
        }
    }
}
