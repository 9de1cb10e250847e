using System.Text.Json;

namespace Archicortex.Facts;

/// <summary>Turns triples as a model wrote them into facts, and counts what is none.</summary>
/// <remarks>
/// A triple is an array of three texts; a number counts as its text. Left out, and counted by reason: "arity" (not three
/// texts: null, nested or too few or many parts), "blank" (a part says nothing after normalising), "selfLoop" (subject and
/// object are one entity), "duplicate" (said before in the same passage). A triple without any listed name is kept and
/// counted as "unlisted".
/// </remarks>
public static class TripleList
{
    /// <summary>Reads the triples of one passage.</summary>
    /// <param name="names">Names the model listed.</param>
    /// <param name="triples">Its triples.</param>
    public static Extraction Read(IEnumerable<string> names, IEnumerable<JsonElement> triples)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(triples);
        var listed = names.ToArray();
        var keys = listed.Select(name => EntityName.Of(name).Key).ToHashSet();
        var seen = new HashSet<(string, string, string)>();
        var facts = new List<Fact>();
        var dropped = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var triple in triples)
        {
            if (Parts(triple) is not [var subject, var relation, var other])
            {
                Count(dropped, "arity");
                continue;
            }

            var (s, p, o) = (EntityName.Of(subject).Key, EntityName.Of(relation).Key, EntityName.Of(other).Key);
            var reason = s.Length == 0 || p.Length == 0 || o.Length == 0 ? "blank"
                : s == o ? "selfLoop"
                : !seen.Add((s, p, o)) ? "duplicate"
                : null;
            if (reason is not null)
            {
                Count(dropped, reason);
                continue;
            }

            if (!keys.Contains(s) && !keys.Contains(o))
            {
                Count(dropped, "unlisted");
            }

            facts.Add(new Fact(subject, relation, other));
        }

        return new Extraction(listed, facts) { Dropped = dropped };
    }

    static string[]? Parts(JsonElement triple)
    {
        if (triple.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var parts = new List<string>();
        foreach (var part in triple.EnumerateArray())
        {
            if (part.ValueKind is not (JsonValueKind.String or JsonValueKind.Number))
            {
                return null;
            }

            parts.Add(part.ValueKind == JsonValueKind.String ? part.GetString()! : part.GetRawText());
        }

        return [.. parts];
    }

    static void Count(SortedDictionary<string, int> counts, string reason) => counts[reason] = counts.GetValueOrDefault(reason) + 1;
}
