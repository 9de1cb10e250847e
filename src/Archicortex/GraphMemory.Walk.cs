using System.Globalization;
using Archicortex.Documents;
using Archicortex.Hierarchy;
using Archicortex.Recall;

namespace Archicortex;

public sealed partial class GraphMemory
{
    const int NeighboursMax = 1000;
    const int SpeakersMax = 20;

    readonly EpisodeCache _episodes = new();

    /// <summary>Lists the sessions of conversations in order of time: the third about the kettle is the third of the list.</summary>
    /// <param name="query">Which. Default: all.</param>
    /// <param name="cancellationToken">Stops before the list is made.</param>
    public async Task<IReadOnlyList<ConversationSession>> GetSessionsAsync(SessionQuery? query = null, CancellationToken cancellationToken = default)
    {
        query ??= new();
        query.Check();
        var view = await ReadAsync(cancellationToken).ConfigureAwait(false);
        var about = query.About is { } words ? TurnOrder.SessionsAbout(view, words) : null;
        var found = new List<int>();
        foreach (var session in view.Time.Sessions)
        {
            if (about?.Contains(session) != false && IsWithin(view, session, query))
            {
                found.Add(session);
            }
        }

        return [.. found.TakeLast(query.Last).Select(session => Session(view, session))];
    }

    /// <summary>A session with its episodes and turns; null if there is none of that number.</summary>
    /// <param name="number">Its place among all sessions by time, from 1.</param>
    /// <param name="cancellationToken">Stops before it is read.</param>
    public async Task<SessionReplay?> GetSessionAsync(int number, CancellationToken cancellationToken = default)
    {
        var view = await ReadAsync(cancellationToken).ConfigureAwait(false);
        return number >= 1 && number <= view.Time.Sessions.Length ? Replay(view, view.Time.Sessions[number - 1]) : null;
    }

    /// <summary>The sessions of a name, in order of time, with their episodes and turns: two sources may use one name.</summary>
    /// <param name="name">What its source calls it.</param>
    /// <param name="cancellationToken">Stops before it is read.</param>
    /// <returns>Empty if there is none of that name.</returns>
    public async Task<IReadOnlyList<SessionReplay>> GetSessionsNamedAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var view = await ReadAsync(cancellationToken).ConfigureAwait(false);
        return [.. view.Time.Sessions.ToArray().Where(session => NameOf(view, session) == name).Select(session => Replay(view, session))];
    }

    /// <summary>The episode a passage was said in, verbatim and in order; null if the passage is no turn, or forgotten.</summary>
    /// <param name="passage">The passage, e.g. of a recollection.</param>
    /// <param name="cancellationToken">Stops before it is read.</param>
    public async Task<SessionEpisode?> GetEpisodeAsync(PassageId passage, CancellationToken cancellationToken = default)
    {
        var view = await ReadAsync(cancellationToken).ConfigureAwait(false);
        if (RowOf(view, passage) is not (>= 0 and var row) || view.Time.SessionOf(row) is not (>= 0 and var session))
        {
            return null;
        }

        var starts = StartsOf(view, session);
        var place = Array.FindLastIndex(starts, start => start <= view.Time.PlaceOf(row));
        return Episode(view, session, starts, place);
    }

    /// <summary>What was said before and after a passage: in its session, and on into the sessions before and after it of the same source.</summary>
    /// <remarks>For a passage that is no turn: the passages before and after it in its document.</remarks>
    /// <param name="passage">The passage, e.g. of a recollection.</param>
    /// <param name="before">The most turns before it, 0 … 1,000.</param>
    /// <param name="after">The most turns after it, 0 … 1,000.</param>
    /// <param name="cancellationToken">Stops before the search starts.</param>
    /// <returns>Null if there is no such passage, or none any more.</returns>
    public async Task<TurnNeighbours?> GetNeighboursAsync(
        PassageId passage, int before = 3, int after = 3, CancellationToken cancellationToken = default)
    {
        foreach (var (value, name) in new[] { (before, nameof(before)), (after, nameof(after)) })
        {
            if (value is < 0 or > NeighboursMax)
            {
                throw new ArgumentOutOfRangeException(name, value, $"{name} must be between 0 and {NeighboursMax:N0}.");
            }
        }

        var view = await ReadAsync(cancellationToken).ConfigureAwait(false);
        var row = RowOf(view, passage);
        if (row < 0)
        {
            return null;
        }

        var earlier = TurnWalk.From(view, row, -1, before);
        earlier.Reverse();
        return new(
            [.. earlier.Select(turn => Turn(view, turn))], Turn(view, row), [.. TurnWalk.From(view, row, 1, after).Select(turn => Turn(view, turn))]);
    }

    async ValueTask<RecallView> ReadAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        await CatchUpAsync(cancellationToken).ConfigureAwait(false);
        return _view;
    }

    /// <summary>Row of a live passage, or −1. Looks at every passage once: ids are no index of the views.</summary>
    static int RowOf(RecallView view, PassageId id)
    {
        for (var row = 0; row < view.Graph.PassageCount; row++)
        {
            ref readonly var passage = ref view.Graph.Passage(row);
            if (passage.Id == id.Value && passage.IsLive)
            {
                return row;
            }
        }

        return -1;
    }

    static bool IsWithin(RecallView view, int session, SessionQuery query)
    {
        if (query is { From: null, To: null, Speaker: null })
        {
            return true;
        }

        var turns = view.Time.Turns(session);
        var (first, last) = (FactSlots.SaidOn(view.Passage(turns[0]).Document), FactSlots.SaidOn(view.Passage(turns[^1]).Document));
        var isInDays = (query.From is null && query.To is null) || (last is not null && !(last < query.From) && !(first > query.To));
        return isInDays && (query.Speaker is not { } speaker || IsSpokenBy(view, turns, Facts.EntityName.Of(speaker).Key));
    }

    static bool IsSpokenBy(RecallView view, ReadOnlySpan<int> turns, string key)
    {
        foreach (var row in turns)
        {
            if (view.Passage(row).Speaker is { } speaker && Facts.EntityName.Of(speaker).Key == key)
            {
                return true;
            }
        }

        return false;
    }

    static ConversationSession Session(RecallView view, int session)
    {
        var turns = view.Time.Turns(session);
        var (first, last) = (view.Passage(turns[0]).Document, view.Passage(turns[^1]).Document);
        var passages = Passages(view, turns);
        return new(
            view.Time.OrdinalOf(session) + 1, NameOf(view, session), first.Source, TitleOf(view, passages), first.Time, last.Time,
            [.. passages.Select(passage => passage.Speaker).OfType<string>().Distinct(StringComparer.Ordinal).Take(SpeakersMax)], turns.Length);
    }

    static string NameOf(RecallView view, int session)
    {
        var document = view.Passage(view.Time.Turns(session)[0]).Document;
        return document.Session ?? document.Time?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "untimed";
    }

    static string TitleOf(RecallView view, IReadOnlyList<Passage> turns) => EpisodeTitle.Of(
        [.. turns.Select(turn => turn.Text)], turns.Select(turn => turn.Speaker).OfType<string>().Distinct(),
        word => view.Vocabulary.FindWord(word) is >= 0 and var known ? view.Lexical.Idf(view.Vocabulary.StemOf(known)) : 0);

    static Passage[] Passages(RecallView view, ReadOnlySpan<int> rows)
    {
        var passages = new Passage[rows.Length];
        for (var i = 0; i < passages.Length; i++)
        {
            passages[i] = view.Passage(rows[i]);
        }

        return passages;
    }

    int[] StartsOf(RecallView view, int session) =>
        _episodes.StartsOf(session, view.Time.Turns(session), rows => EpisodeSegmentation.Starts(
            TurnVectors.Of([.. rows.Select(row => view.Passage(row).Text)]), [.. rows.Select(row => view.Passage(row).Document.Time)]));

    SessionReplay Replay(RecallView view, int session)
    {
        var starts = StartsOf(view, session);
        return new(Session(view, session), [.. Enumerable.Range(0, starts.Length).Select(place => Episode(view, session, starts, place))]);
    }

    static SessionEpisode Episode(RecallView view, int session, int[] starts, int place)
    {
        var turns = view.Time.Turns(session);
        var rows = turns[starts[place]..(place + 1 < starts.Length ? starts[place + 1] : turns.Length)];
        var passages = Passages(view, rows);
        var said = rows.ToArray().Select(row => Turn(view, row)).ToList();
        return new(place + 1, TitleOf(view, passages), said)
        {
            Shown = [.. TurnRepeats.Of([.. passages.Select(passage => (passage.Speaker, passage.Text))])
                .Select(run => new RepeatedTurn(said[run.First], run.Count))],
        };
    }

    static ConversationTurn Turn(RecallView view, int row)
    {
        var passage = view.Passage(row);
        var session = view.Time.SessionOf(row);
        return new(
            passage.Id, passage.DocumentId, passage.Document, passage.Span, session < 0 ? null : view.Time.OrdinalOf(session) + 1,
            (session < 0 ? TurnWalk.PlaceInDocument(view, row) : view.Time.PlaceOf(row)) + 1);
    }
}
