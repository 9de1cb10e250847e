using System.Diagnostics;
using System.Globalization;
using Archicortex.Documents;
using Archicortex.Numerics;

namespace Archicortex.Hierarchy;

/// <summary>Puts what was said in order: sessions, and their turns one after the other.</summary>
/// <remarks>
/// <para>What a turn means stands in the turns around it, so recall has to know its neighbours whatever the order in which
/// they were remembered. A turn is a passage whose document has a speaker or a session; any other passage stands alone
/// and has no neighbours. A session is what one source calls so; turns without a name for theirs share one a day.</para>
/// <para>Turns stand by their time, then by arrival in the log: real chats often have one time for a whole session. Turns
/// without a time stand before those with one. Sessions stand by their first turn. See decision 8 for what follows.</para>
/// <para>A turn at the end of its session, the normal case, is added in O(1); one that comes late moves those behind it,
/// O(turns of its session). Forgetting is the exact inverse. One writer; readers hold a snapshot.</para>
/// </remarks>
sealed class TimeTree
{
    /// <summary>Time of a turn that has none.</summary>
    public const long Untimed = long.MinValue;

    readonly StringTable _keys = new();
    readonly PagedTable<SessionRecord> _sessions = new();
    readonly PagedTable<TurnPlace> _places = new();
    IntRow _order;
    int _turnCount;

    /// <summary>True if a document's passages are turns of a session.</summary>
    public static bool IsTurn(Document document) => document.Speaker is not null || document.Session is not null;

    /// <summary>Session of a passage; −1: it is no turn.</summary>
    public int SessionOf(int row) => _places[row].Session;

    /// <summary>Enters a passage in the row the graph gave it.</summary>
    /// <returns>Its session; −1: it is no turn.</returns>
    public int Add(int row, Document document)
    {
        Debug.Assert(row == _places.Count, "Graph and tree number passages alike.");
        if (!IsTurn(document))
        {
            _places.Add(TurnPlace.Alone);
            return -1;
        }

        var session = _keys.FindOrAdd(KeyOf(document));
        if (session == _sessions.Count)
        {
            _sessions.Add(default);
        }

        var ticks = document.Time?.UtcTicks ?? Untimed;
        var turns = _sessions[session].Turns;
        var place = PlaceFor(ticks, turns.Items);
        _places.Add(new(ticks, session, place));
        if (place == 0)
        {
            LeaveOrder(session);
        }

        _sessions.Edit(session).Turns = turns.InsertAt(place, row);
        Number(session, place + 1);
        if (place == 0)
        {
            EnterOrder(session);
        }

        _turnCount++;
        return session;
    }

    /// <summary>Takes a passage out.</summary>
    /// <returns>The session it was in; −1: it is no turn.</returns>
    public int Remove(int row)
    {
        var (_, session, place) = _places[row];
        if (session < 0)
        {
            return -1;
        }

        if (place == 0)
        {
            LeaveOrder(session);
        }

        ref var record = ref _sessions.Edit(session);
        record.Turns = record.Turns.RemoveAt(place);
        _places.Edit(row) = TurnPlace.Alone;
        Number(session, place);
        if (place == 0)
        {
            EnterOrder(session);
        }

        _turnCount--;
        return session;
    }

    public TimeSnapshot Freeze() => new(_sessions.Freeze(), _places.Freeze(), _order, _turnCount);

    public void Save(BlockWriter writer)
    {
        writer.Write(_keys.Count);
        for (var i = 0; i < _keys.Count; i++)
        {
            writer.Write(_keys[i]);
            writer.Write(_sessions[i].Turns);
        }

        writer.Write(_places);
        writer.Write(_order);
        writer.Write(_turnCount);
    }

    /// <summary>Reads what <see cref="Save"/> wrote into an empty tree.</summary>
    public void Load(BlockReader reader)
    {
        for (var left = reader.ReadInt(); left > 0; left--)
        {
            _keys.FindOrAdd(reader.ReadText());
            _sessions.Add(new() { Turns = reader.ReadRow() });
        }

        reader.ReadTable(_places);
        _order = reader.ReadRow();
        _turnCount = reader.ReadInt();
    }

    /// <summary>Two sources may both number their sessions from one, and are not one conversation for that.</summary>
    static string KeyOf(Document document)
    {
        var source = $"{document.Source?.Length ?? -1}:{document.Source}";
        return document.Session is { } session
            ? $"{source}={session}"
            : $"{source}@{document.Time?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}";
    }

    /// <summary>Behind all that were said before or at the same time: the new row is the last to arrive.</summary>
    int PlaceFor(long ticks, ReadOnlySpan<int> turns)
    {
        var (low, high) = (0, turns.Length);
        if (high > 0 && _places[turns[^1]].Ticks <= ticks)
        {
            return high;
        }

        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _places[turns[middle]].Ticks <= ticks ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    void Number(int session, int first)
    {
        var turns = _sessions[session].Turns.Items;
        for (var place = first; place < turns.Length; place++)
        {
            ref var moved = ref _places.Edit(turns[place]);
            moved = moved with { Place = place };
        }
    }

    void LeaveOrder(int session)
    {
        if (_sessions[session].Turns.Count > 0)
        {
            _order = _order.RemoveAt(OrdinalFor(session));
        }
    }

    void EnterOrder(int session)
    {
        if (_sessions[session].Turns.Count > 0)
        {
            _order = _order.InsertAt(OrdinalFor(session), session);
        }
    }

    /// <summary>Where a session stands, or would, by its first turn.</summary>
    int OrdinalFor(int session)
    {
        var (low, high) = (0, _order.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = IsBefore(_order.Items[middle], session) ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    bool IsBefore(int session, int other)
    {
        var (first, otherFirst) = (_sessions[session].Turns.Items[0], _sessions[other].Turns.Items[0]);
        var (ticks, otherTicks) = (_places[first].Ticks, _places[otherFirst].Ticks);
        return ticks < otherTicks || (ticks == otherTicks && first < otherFirst);
    }
}

/// <summary>The turns of a session; empty once all are forgotten.</summary>
struct SessionRecord
{
    /// <summary>Rows of the turns, in their order.</summary>
    public IntRow Turns;
}

/// <summary>Where a passage stands.</summary>
/// <param name="Ticks">When it was said, in ticks of universal time; <see cref="TimeTree.Untimed"/>: unknown.</param>
/// <param name="Session">Its session; −1: it is no turn, or forgotten.</param>
/// <param name="Place">Its place in the session, from 0.</param>
readonly record struct TurnPlace(long Ticks, int Session, int Place)
{
    public static TurnPlace Alone => new(TimeTree.Untimed, -1, 0);
}
