using System.Text.RegularExpressions;

namespace Archicortex.Tests.House;

/// <summary>The rule between the rooms: a room may use only rooms before it and the floors; only the door sees all.</summary>
static partial class RoomOrder
{
    static readonly string[] Rooms = ["Documents", "Facts", "Graph", "Hierarchy", "Indexing", "Practice", "Recall", "Revisions", "Storage"];

    /// <summary>Usable by every room, knowing none; of two floors the later may use the earlier.</summary>
    static readonly string[] Floors = ["Numerics", "Language", "Models"];

    /// <summary>Breaches of one file, each as <c>Graph/Bad.cs:1: Graph may not use Recall</c>.</summary>
    /// <param name="path">Path from src/Archicortex, with slashes.</param>
    /// <param name="lines">Its lines.</param>
    public static IEnumerable<string> Breaches(string path, IReadOnlyList<string> lines)
    {
        var parts = path.Split('/');
        if (parts.Length == 1)
        {
            yield break;
        }

        var room = parts[0];
        if (!Rooms.Contains(room) && !Floors.Contains(room))
        {
            yield return $"{path}:1: there is no room {room}";
            yield break;
        }

        for (var i = 0; i < lines.Count; i++)
        {
            foreach (var used in Used(lines[i]).Where(used => used != room && !MayUse(room, used)).Distinct())
            {
                yield return $"{path}:{i + 1}: {room} may not use {used}";
            }
        }
    }

    static bool MayUse(string room, string used) => Place(used) < Place(room);

    /// <summary>Floors lie under all rooms.</summary>
    static int Place(string name) =>
        Array.IndexOf(Floors, name) is >= 0 and var floor ? floor - Floors.Length : Array.IndexOf(Rooms, name);

    static IEnumerable<string> Used(string line)
    {
        var code = Comment().Replace(Text().Replace(line, "\"\""), "");
        return Full().Matches(code).Concat(Short().Matches(code)).Select(match => match.Groups[1].Value);
    }

    [GeneratedRegex("""@?"(?:\\.|[^"\\])*" """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Text();

    [GeneratedRegex("//.*$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\bArchicortex\.(Documents|Facts|Graph|Hierarchy|Indexing|Practice|Recall|Revisions|Storage|Language|Numerics|Models)\b")]
    private static partial Regex Full();

    // Inside namespace Archicortex, "Recall.Question" reaches the room as well; "view.Graph.Passage" is a member, not a room.
    [GeneratedRegex(@"(?<![\w.?!)\]>])(Documents|Facts|Hierarchy|Indexing|Practice|Recall|Revisions|Storage|Models)\.[A-Z]\w*(?!\w*\()")]
    private static partial Regex Short();
}
