using System.Buffers;

namespace Archicortex.Recall;

/// <summary>Names of a memory that somebody may have meant by another: the same with more words, or a slip of the pen away.</summary>
static class NearNames
{
    const int SlipsMax = 2;
    const int LettersASlip = 3;

    /// <summary>The nearest names, best first: longer forms, then fewer slips, then more facts, then by letters.</summary>
    /// <param name="view">The memory; every entity of its facts is looked at once.</param>
    /// <param name="key">Normal form of what was asked for.</param>
    /// <param name="count">The most to return.</param>
    public static List<string> Of(RecallView view, string key, int count)
    {
        var facts = view.Facts;
        var found = new List<(int Slips, int Facts, string Name)>();
        for (var entity = 0; entity < facts.EntityCount; entity++)
        {
            var known = facts.Entity(entity).Facts.Count;
            if (known > 0 && SlipsTo(key, facts.EntityKey(entity)) is { } slips)
            {
                found.Add((slips, known, facts.EntityKey(entity)));
            }
        }

        return [.. found.OrderBy(one => one.Slips).ThenByDescending(one => one.Facts).ThenBy(one => one.Name, StringComparer.Ordinal)
            .Take(count).Select(one => one.Name)];
    }

    /// <summary>Longer names of which this one is a whole word or several.</summary>
    public static List<string> Longer(RecallView view, string key, int count) =>
        [.. Of(view, key, int.MaxValue).Where(name => HasWords(name, key)).Take(count)];

    /// <summary>0: a longer form of the name; else the letters to change; null: another name.</summary>
    static int? SlipsTo(string key, string name)
    {
        if (name == key || key.Length == 0)
        {
            return null;
        }

        if (HasWords(name, key))
        {
            // A name of many words is no form of a short one: "ada" is not meant by a whole clause that holds it.
            return name.Count(sign => sign == ' ') <= 3 ? 0 : null;
        }

        var most = Math.Min(SlipsMax, key.Length / LettersASlip);
        return Math.Abs(name.Length - key.Length) <= most && Distance(key, name) is var slips && slips <= most ? slips : null;
    }

    /// <summary>"ada s boat" is a thing of Ada's, and no longer form of her name.</summary>
    static bool HasWords(string name, string key) => name.Length > key.Length
        && $" {name} ".Contains($" {key} ", StringComparison.Ordinal) && !$" {name} ".Contains($" {key} s ", StringComparison.Ordinal);

    /// <summary>Letters to insert, leave out or change (Levenshtein).</summary>
    static int Distance(string one, string other)
    {
        var rent = ArrayPool<int>.Shared.Rent(other.Length + 1);
        var row = rent.AsSpan(0, other.Length + 1);
        for (var j = 0; j < row.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j < row.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(diagonal + (one[i - 1] == other[j - 1] ? 0 : 1), 1 + Math.Min(above, row[j - 1]));
                diagonal = above;
            }
        }

        var distance = row[other.Length];
        ArrayPool<int>.Shared.Return(rent);
        return distance;
    }
}
