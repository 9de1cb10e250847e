namespace Archicortex.Recall;

/// <summary>Walks from a turn to those before or after it, over the ends of sessions.</summary>
static class TurnWalk
{
    // Sessions of other sources stand between those of one; a walk gives up where too many do.
    const int SessionsPassedMax = 10_000;

    /// <summary>The next rows in a direction, nearest first.</summary>
    /// <param name="view">The memory.</param>
    /// <param name="row">Where to start; not among the rows returned.</param>
    /// <param name="step">1: after it, −1: before it.</param>
    /// <param name="count">The most rows.</param>
    public static List<int> From(RecallView view, int row, int step, int count)
    {
        var rows = new List<int>(Math.Min(count, 64));
        if (view.Time.SessionOf(row) < 0)
        {
            for (var next = row + step; rows.Count < count && IsOfDocument(view, next, row); next += step)
            {
                rows.Add(next);
            }

            return rows;
        }

        for (var next = Next(view, row, step); next >= 0 && rows.Count < count; next = Next(view, next, step))
        {
            rows.Add(next);
        }

        return rows;
    }

    /// <summary>Place of a passage in its document, from 0.</summary>
    public static int PlaceInDocument(RecallView view, int row)
    {
        var first = row;
        while (IsOfDocument(view, first - 1, row))
        {
            first--;
        }

        return row - first;
    }

    static int Next(RecallView view, int row, int step)
    {
        var next = view.Time.Neighbour(row, step);
        if (next >= 0)
        {
            return next;
        }

        var source = view.Passage(row).Document.Source;
        var sessions = view.Time.Sessions;
        var place = view.Time.OrdinalOf(view.Time.SessionOf(row));
        for (var passed = 1; passed <= SessionsPassedMax; passed++)
        {
            var other = place + (step * passed);
            if (other < 0 || other >= sessions.Length)
            {
                break;
            }

            var turns = view.Time.Turns(sessions[other]);
            var turn = step > 0 ? turns[0] : turns[^1];
            if (view.Passage(turn).Document.Source == source)
            {
                return turn;
            }
        }

        return -1;
    }

    static bool IsOfDocument(RecallView view, int row, int other) =>
        row >= 0 && row < view.Graph.PassageCount && view.Graph.Passage(row).IsLive
        && view.Graph.Passage(row).DocumentId == view.Graph.Passage(other).DocumentId;
}
