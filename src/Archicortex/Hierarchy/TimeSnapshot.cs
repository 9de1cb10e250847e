using Archicortex.Numerics;

namespace Archicortex.Hierarchy;

/// <summary>Sessions and turns at one moment. Safe for any number of readers.</summary>
sealed class TimeSnapshot(
    PagedTable<SessionRecord>.Frozen sessions, PagedTable<TurnPlace>.Frozen places, IntRow order, int turnCount)
{
    /// <summary>Turns of all sessions.</summary>
    public int TurnCount => turnCount;

    /// <summary>Sessions that have turns, in their order.</summary>
    public ReadOnlySpan<int> Sessions => order.Items;

    /// <summary>Numbers of sessions go up to this, those without turns included.</summary>
    public int SessionRows => sessions.Count;

    /// <summary>Session of a passage; −1: it is no turn.</summary>
    public int SessionOf(int row) => row < places.Count ? places[row].Session : -1;

    /// <summary>Place of a turn in its session, from 0.</summary>
    public int PlaceOf(int row) => places[row].Place;

    /// <summary>When a turn was said, in ticks of universal time; <see cref="TimeTree.Untimed"/>: unknown.</summary>
    public long TicksOf(int row) => places[row].Ticks;

    /// <summary>Session and place at once.</summary>
    public ref readonly TurnPlace Place(int row) => ref places[row];

    /// <summary>Rows of a session's turns, in their order.</summary>
    public ReadOnlySpan<int> Turns(int session) => sessions[session].Turns.Items;

    /// <summary>Place of a session among all, from 0.</summary>
    public int OrdinalOf(int session)
    {
        var (low, high) = (0, order.Count - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Compare(First(order.Items[middle]), First(session)) < 0 ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>The turn so many places behind (before, if negative) another in its session; −1: there is none.</summary>
    public int Neighbour(int row, int distance)
    {
        var (_, session, place) = places[row];
        if (session < 0)
        {
            return -1;
        }

        var turns = Turns(session);
        var at = place + distance;
        return at >= 0 && at < turns.Length ? turns[at] : -1;
    }

    /// <summary>Hashes the order of all turns, by the ids of their passages.</summary>
    public void AddState(ContentHash hash, Func<int, UInt128> passageId)
    {
        hash.Add(order.Count);
        foreach (var session in Sessions)
        {
            var turns = Turns(session);
            hash.Add(turns.Length);
            foreach (var row in turns)
            {
                hash.Add(passageId(row));
            }
        }
    }

    int First(int session) => Turns(session)[0];

    int Compare(int row, int other)
    {
        var byTime = places[row].Ticks.CompareTo(places[other].Ticks);
        return byTime != 0 ? byTime : row.CompareTo(other);
    }
}
