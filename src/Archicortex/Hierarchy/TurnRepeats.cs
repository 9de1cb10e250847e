using Archicortex.Language;

namespace Archicortex.Hierarchy;

/// <summary>Turns one after the other that say the same.</summary>
/// <param name="First">Place of the first.</param>
/// <param name="Count">How many; 1 for a turn that is not repeated.</param>
readonly record struct TurnRun(int First, int Count);

/// <summary>Finds turns that only repeat the one before: a chat that stalls is shown as one line "× n", and nothing of it is lost.</summary>
/// <remarks>
/// A turn repeats another of the same speaker if nine tenths of their words are the same ones, and what differs says nothing: articles
/// and prepositions, never a number, a name or a "not". Runs are found from their first turn, so that a slow drift is no repetition.
/// </remarks>
static class TurnRepeats
{
    const double ShareMin = 0.9;

    /// <summary>The runs in order; their counts add up to the number of turns.</summary>
    /// <param name="turns">Speaker and text of each turn.</param>
    public static List<TurnRun> Of(IReadOnlyList<(string? Speaker, string Text)> turns)
    {
        var runs = new List<TurnRun>();
        var buffer = new TokenBuffer();
        List<string> first = [];
        for (var i = 0; i < turns.Count; i++)
        {
            var words = Words(buffer, turns[i].Text);
            if (runs.Count > 0 && turns[i].Speaker == turns[runs[^1].First].Speaker && IsSame(first, words, turns[runs[^1].First].Text, turns[i].Text))
            {
                runs[^1] = runs[^1] with { Count = runs[^1].Count + 1 };
            }
            else
            {
                runs.Add(new(i, 1));
                first = words;
            }
        }

        return runs;
    }

    /// <summary>Words in order, sorted: two lists are compared by one pass.</summary>
    static List<string> Words(TokenBuffer buffer, string text)
    {
        buffer.Clear();
        buffer.Read(text);
        var words = buffer.FoldedWords().ToList();
        words.Sort(StringComparer.Ordinal);
        return words;
    }

    static bool IsSame(List<string> one, List<string> other, string text, string otherText)
    {
        // Nothing but signs: an image, an emoji. Such turns are the same only if they are so to the letter.
        if (one.Count == 0 || other.Count == 0)
        {
            return text == otherText;
        }

        var (i, j, shared) = (0, 0, 0);
        while (i < one.Count && j < other.Count)
        {
            var order = string.CompareOrdinal(one[i], other[j]);
            if (order != 0 && IsTelling(order < 0 ? one[i] : other[j]))
            {
                return false;
            }

            shared += order == 0 ? 2 : 0;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        return !one.Skip(i).Concat(other.Skip(j)).Any(IsTelling) && shared >= ShareMin * (one.Count + other.Count);
    }

    static bool IsTelling(string word) => !StopWords.SaysNothing(word);
}
