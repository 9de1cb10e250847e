using Archicortex.Documents;

namespace Archicortex.Facts;

/// <summary>Reads the facts out of a passage.</summary>
/// <remarks>
/// Facts of different extractors live side by side; <see cref="Identity"/> tells them apart. What an extractor returns is
/// recorded in the memory's log, so that opening the memory again calls nobody. The rules of the built-in extractor
/// need no recording: they are a pure function of the passage.
/// </remarks>
public interface IFactExtractor
{
    /// <summary>Name and version: whatever changes the facts changes this.</summary>
    string Identity { get; }

    /// <summary>The names and facts of one passage.</summary>
    /// <param name="source">The passage.</param>
    /// <param name="cancellationToken">Stops the work; nothing is returned then.</param>
    /// <exception cref="GraphMemoryException">The passage could not be read; never an empty result in place of a failure.</exception>
    ValueTask<Extraction> ExtractAsync(FactSource source, CancellationToken cancellationToken = default);
}

/// <summary>A passage as an extractor sees it.</summary>
/// <param name="Text">What it says.</param>
public sealed record FactSource(string Text)
{
    /// <summary>The title of its document.</summary>
    public string? Title { get; init; }

    /// <summary>Who says it, in a conversation: "I".</summary>
    public string? Speaker { get; init; }

    /// <summary>To whom, if there is one listener: "you".</summary>
    public string? Listener { get; init; }

    /// <summary>When it was said or written; relative dates count from here.</summary>
    public DateTimeOffset? Time { get; init; }
}

/// <summary>Passages as extractors see them.</summary>
static class FactSources
{
    public static FactSource ToSource(this Passage passage) => new(passage.Text)
    {
        Title = passage.Title,
        Speaker = passage.Speaker,
        Listener = passage.Listener,
        Time = passage.Document.Time,
    };
}

/// <summary>What an extractor found in a passage.</summary>
/// <param name="Names">Names in it, as written; may be empty.</param>
/// <param name="Facts">Its facts.</param>
public sealed record Extraction(IReadOnlyList<string> Names, IReadOnlyList<Fact> Facts)
{
    /// <summary>What was left out, by reason ("arity", "blank", "selfLoop", "duplicate"); empty if nothing was.</summary>
    public IReadOnlyDictionary<string, int> Dropped { get; init; } = new Dictionary<string, int>();

    /// <summary>What was kept though something about it is doubtful, by reason ("unnamed", "evidence", "date"); empty if nothing is.</summary>
    public IReadOnlyDictionary<string, int> Doubtful { get; init; } = new Dictionary<string, int>();

    /// <summary>A model's replies, verbatim, for the record; empty for rules.</summary>
    public IReadOnlyList<string> Replies { get; init; } = [];
}
