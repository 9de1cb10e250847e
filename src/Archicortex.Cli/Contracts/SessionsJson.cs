using System.Text.Json.Serialization;

namespace Archicortex.Cli.Contracts;

/// <summary>The sessions of a memory.</summary>
sealed record SessionsJson(string Memory, string Scope, IReadOnlyList<SessionJson> Sessions)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "archicortex.sessions/1";
}

/// <summary>One session with its episodes.</summary>
sealed record ReplayJson(SessionJson Session)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "archicortex.session/1";

    public static ReplayJson Of(SessionReplay replay, bool withTurns) => new(SessionJson.Of(replay.Session) with
    {
        Episodes = [.. replay.Episodes.Select(episode => EpisodeJson.Of(episode, withTurns))],
    });
}

sealed record SessionJson(
    int Number, string Name, string? Source, string Title, string? Start, string? End, IReadOnlyList<string> Speakers, int TurnCount)
{
    public IReadOnlyList<EpisodeJson>? Episodes { get; init; }

    public static SessionJson Of(ConversationSession session) => new(
        session.Number, session.Name, session.Source, session.Title, Words.Of(session.Start), Words.Of(session.End), session.Speakers, session.TurnCount);
}

sealed record EpisodeJson(int Number, string Title, string? Start, string? End, int TurnCount, IReadOnlyList<TurnJson>? Turns)
{
    public static EpisodeJson Of(SessionEpisode episode, bool withTurns) => new(
        episode.Number, episode.Title, Words.Of(episode.Turns[0].Document.Time), Words.Of(episode.Turns[^1].Document.Time), episode.Turns.Count,
        withTurns ? [.. episode.Turns.Select(TurnJson.Of)] : null);
}

/// <summary>A turn; or a passage beside another in its document.</summary>
sealed record TurnJson(
    int? Session, int Place, string? Speaker, string? Time, string Text, string Document, string DocumentId, string PassageId, int Start, int Length)
{
    public static TurnJson Of(ConversationTurn turn) => new(
        turn.Session, turn.Place, turn.Document.Speaker, Words.Of(turn.Document.Time), turn.Text, turn.Document.Id ?? turn.DocumentId.ToString(),
        turn.DocumentId.ToString(), turn.PassageId.ToString(), turn.Span.Start, turn.Span.Length);
}
