using Archicortex.Numerics;

namespace Archicortex.Revisions;

/// <summary>How far two values agree.</summary>
enum Likeness : byte
{
    /// <summary>One of them is not known.</summary>
    Unknown,

    None,
    Little,
    Some,
    Much,
    Same,
}

/// <summary>Compares the values that two records have for a field.</summary>
/// <remarks>
/// Texts agree by the rarity of the words they share, words of more than three letters also where they are written alike
/// ("Bryggeri", "Brygger"), an initial with what it begins. A word that one value lacks counts against it, unless another
/// field of either record has it: a name with or without the maker's. Amounts agree by how close they are.
/// </remarks>
static class FieldLikeness
{
    const double AlikeMin = 0.88;
    const double InitialShare = 0.9;
    const int LettersMin = 4;

    static readonly (double Below, Likeness Level)[] Levels =
        [(0.2, Likeness.None), (0.5, Likeness.Little), (0.75, Likeness.Some), (0.95, Likeness.Much)];

    static readonly (double Below, Likeness Level)[] Differences =
        [(1e-9, Likeness.Same), (0.02, Likeness.Much), (0.06, Likeness.Some), (0.2, Likeness.Little)];

    public static Likeness Of(RecordTable table, int field, int one, int other)
    {
        if (table.WordsOf(one, field).Length == 0 || table.WordsOf(other, field).Length == 0)
        {
            return Likeness.Unknown;
        }

        return table.IsAmount(field) && table.AmountOf(one, field) is { } amount && table.AmountOf(other, field) is { } otherAmount
            ? OfAmounts(amount, otherAmount)
            : OfShare(ShareOf(table, field, one, other));
    }

    static Likeness OfAmounts(double one, double other)
    {
        var difference = Math.Abs(one - other) / Math.Max(double.Epsilon, Math.Max(Math.Abs(one), Math.Abs(other)));
        foreach (var (below, level) in Differences)
        {
            if (difference < below)
            {
                return level;
            }
        }

        return Likeness.None;
    }

    static Likeness OfShare(double share)
    {
        foreach (var (below, level) in Levels)
        {
            if (share < below)
            {
                return level;
            }
        }

        return Likeness.Same;
    }

    /// <summary>The mean of what they share of both, and of the shorter one: names are written out and shortened.</summary>
    static double ShareOf(RecordTable table, int field, int one, int other)
    {
        var (left, right) = (table.WordsOf(one, field), table.WordsOf(other, field));
        int[] both = [.. left.Intersect(right)];
        var shared = both.Sum(word => table.Idf(field, word));
        var leftOver = Over(table, field, left.Except(both), one, other, shared);
        var rightOver = Over(table, field, right.Except(both), one, other, shared);
        var (missing, otherMissing) = (leftOver.Sum(word => table.Idf(field, word)), rightOver.Sum(word => table.Idf(field, word)));
        foreach (var word in leftOver)
        {
            var (best, share) = Nearest(table, word, rightOver);
            if (best >= 0)
            {
                var weight = share * Math.Min(table.Idf(field, word), table.Idf(field, best));
                rightOver.Remove(best);
                (shared, missing, otherMissing) = (shared + weight, missing - weight, otherMissing - weight);
            }
        }

        return shared <= 0 ? 0 : ((shared / (shared + missing + otherMissing)) + (shared / (shared + Math.Min(missing, otherMissing)))) / 2;
    }

    /// <summary>Words that the other value lacks, the rarest first; without those that other fields have, unless that would leave nothing.</summary>
    static List<int> Over(RecordTable table, int field, IEnumerable<int> words, int one, int other, double shared)
    {
        var all = words.OrderByDescending(word => table.Idf(field, word)).ThenBy(table.Word, StringComparer.Ordinal).ToList();
        var own = all.FindAll(word => table.IsCode(word) || (!table.HasElsewhere(one, field, word) && !table.HasElsewhere(other, field, word)));
        return own.Count > 0 || shared > 0 ? own : all;
    }

    static (int Word, double Share) Nearest(RecordTable table, int word, List<int> others)
    {
        var best = (Word: -1, Share: 0.0);
        foreach (var other in others)
        {
            var share = table.IsCode(word) || table.IsCode(other) ? 0 : Alike(table.Word(word), table.Word(other));
            if (share > best.Share)
            {
                best = (other, share);
            }
        }

        return best;
    }

    static double Alike(string one, string other)
    {
        if (Math.Min(one.Length, other.Length) >= LettersMin)
        {
            return JaroWinkler.Of(one, other) is >= AlikeMin and var share ? share : 0;
        }

        return (one.Length == 1 || other.Length == 1) && one[0] == other[0] ? InitialShare : 0;
    }
}
