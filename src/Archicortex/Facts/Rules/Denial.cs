namespace Archicortex.Facts.Rules;

/// <summary>Statements that are denied, doubted or made up as a whole: "it is not true that …", "nobody believes …", "neither … nor …".</summary>
/// <remarks>
/// What stands inside reads like a plain statement and is none. What exactly is denied ("neither of them was born there") is
/// seldom sure, so such a statement gives no fact at all: missing one costs less than turning it round.
/// </remarks>
static class Denial
{
    const int FrameWordsMax = 8;

    public static bool IsDenied(SentenceWords words, int start, int end)
    {
        if (words.Folded(start) is "had" or "were" or "should")
        {
            // "Had she been born there, …"
            return true;
        }

        for (var at = start; at < end; at++)
        {
            if (words.Folded(at) is "neither" or "nor" || (words.Folded(at) is "almost" or "nearly" && words[at + 1].Tag is Tag.Verb))
            {
                return true;
            }
        }

        return IsFramed(words, start, Math.Min(end, start + FrameWordsMax));
    }

    /// <summary>"Nobody believes that …", "it is false that …", "rumour has it that …": a frame before "that".</summary>
    static bool IsFramed(SentenceWords words, int start, int end)
    {
        for (var at = start; at < end; at++)
        {
            var word = words.Folded(at);
            var isThat = words.Folded(at + 1) is "that";
            if ((word is "true" or "false" or "untrue" or "wrong" or "nonsense" or "myth" or "lie" or "unlikely" or "impossible") && isThat
                && (word is not "true" || IsNegatedBefore(words, start, at)))
            {
                return true;
            }

            if (at == start && word is "nobody" or "few" or "none" or "rumour" or "rumor" or "rumours" or "rumors" or "legend")
            {
                return true;
            }

            if (at == start && word is "no" && words.Folded(at + 1) is "one")
            {
                return true;
            }
        }

        return false;
    }

    static bool IsNegatedBefore(SentenceWords words, int start, int end)
    {
        for (var at = start; at < end; at++)
        {
            if (words[at].Tag == Tag.Not)
            {
                return true;
            }
        }

        return false;
    }
}
