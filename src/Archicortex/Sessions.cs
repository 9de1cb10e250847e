using Archicortex.Documents;
using Archicortex.Language;

namespace Archicortex;

/// <summary>Which sessions to list. Everything set must hold; nothing set lists all.</summary>
public sealed record SessionQuery
{
    /// <summary>A few words that are spoken of in it: "the kettle". Default: any.</summary>
    public string? About { get; init; }

    /// <summary>Somebody who speaks in it. Default: anybody.</summary>
    public string? Speaker { get; init; }

    /// <summary>With something said on that day or later. Default: any.</summary>
    public DateOnly? From { get; init; }

    /// <summary>With something said on that day or earlier. Default: any.</summary>
    public DateOnly? To { get; init; }

    /// <summary>The most sessions, the latest of them, 1 … 10,000. Default 1,000.</summary>
    public int Last { get; init; } = 1000;

    internal void Check()
    {
        if (Last is < 1 or > 10_000)
        {
            throw new ArgumentOutOfRangeException(nameof(Last), Last, "Last must be between 1 and 10,000.");
        }

        if (About is not null)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(About, nameof(About));
        }
    }
}

/// <summary>A session of a conversation.</summary>
/// <param name="Number">Its place among all sessions of the memory by time, from 1. A session remembered later may move it.</param>
/// <param name="Name">What its source calls it; the day, if it has no name; "untimed" without either.</param>
/// <param name="Source">Where it came from, if that was given.</param>
/// <param name="Title">What is spoken of in it more than elsewhere, in a few words.</param>
/// <param name="Start">When its first turn was said; null if unknown.</param>
/// <param name="End">When its last turn was said; null if unknown.</param>
/// <param name="Speakers">Who speaks, in the order in which they first do; at most 20.</param>
/// <param name="TurnCount">Number of its turns.</param>
public sealed record ConversationSession(
    int Number, string Name, string? Source, string Title, DateTimeOffset? Start, DateTimeOffset? End, IReadOnlyList<string> Speakers, int TurnCount);

/// <summary>A session with all that was said in it, verbatim and in order.</summary>
/// <param name="Session">The session.</param>
/// <param name="Episodes">Its episodes, in order; together they have every turn once.</param>
public sealed record SessionReplay(ConversationSession Session, IReadOnlyList<SessionEpisode> Episodes);

/// <summary>A stretch of a session that is about one thing.</summary>
/// <param name="Number">Its place in the session, from 1.</param>
/// <param name="Title">What is spoken of in it, in a few words.</param>
/// <param name="Turns">Its turns, in order.</param>
public sealed record SessionEpisode(int Number, string Title, IReadOnlyList<ConversationTurn> Turns)
{
    /// <summary>The turns, those that only repeat the one before as one: nothing is lost, a chat that stalls is shorter.</summary>
    public required IReadOnlyList<RepeatedTurn> Shown { get; init; }
}

/// <summary>A turn, and those behind it that only repeat it.</summary>
/// <param name="Turn">The first of them.</param>
/// <param name="Times">How often it is said; 1 for a turn that is not repeated.</param>
public sealed record RepeatedTurn(ConversationTurn Turn, int Times);

/// <summary>A turn of a conversation; or a passage of a document, where one is asked for what stands around it.</summary>
/// <param name="PassageId">Content id of the passage.</param>
/// <param name="DocumentId">Content id of its document.</param>
/// <param name="Document">The document: who said it to whom, and when.</param>
/// <param name="Span">Where the turn stands in the document's text, in UTF-16 units.</param>
/// <param name="Session">The number of its session; null for a passage that is no turn.</param>
/// <param name="Place">Its place in its session, or in its document, from 1.</param>
public sealed record ConversationTurn(PassageId PassageId, DocumentId DocumentId, Document Document, TextSpan Span, int? Session, int Place)
{
    /// <summary>What was said, verbatim.</summary>
    public string Text => Document.Text.Substring(Span.Start, Span.Length);
}

/// <summary>What stands around a passage.</summary>
/// <param name="Before">What was said before it, in order.</param>
/// <param name="Turn">The passage itself.</param>
/// <param name="After">What was said after it, in order.</param>
public sealed record TurnNeighbours(IReadOnlyList<ConversationTurn> Before, ConversationTurn Turn, IReadOnlyList<ConversationTurn> After);
