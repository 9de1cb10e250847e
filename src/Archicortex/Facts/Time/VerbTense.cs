using System.Collections.Frozen;

namespace Archicortex.Facts.Time;

/// <summary>Whether a sentence tells of the past or of the future around a place in it.</summary>
enum Tense
{
    /// <summary>Nothing tells.</summary>
    None,

    /// <summary>"was", "went", "-ed".</summary>
    Past,

    /// <summary>"will", "going to", "plan".</summary>
    Future,
}

/// <summary>Reads the tense from the verb nearest to an expression in its sentence; no grammar, only cue words.</summary>
static class VerbTense
{
    /// <summary>Words looked at on either side: a bound for texts without full stops.</summary>
    const int ReachMax = 40;

    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Past = FrozenSet.ToFrozenSet(
        ("was were did had got went saw came took made met bought ate gave found told said left felt ran won lost began held spent wrote sang "
        + "drove flew caught taught thought brought built fell heard kept knew led sent slept sold spoke stood swam threw understood woke wore "
        + "grew drew broke chose became paid rode hit didn wasn weren hadn fed fled bred sped wed").Split(' '),
        StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Future = FrozenSet.ToFrozenSet(
        ("will ll shall gonna wanna going plan plans planning hope hopes hoping want wants need needs intend intends intending should expect "
        + "expects expecting let lets forward").Split(' '),
        StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Words in -ed that are no past tense, or say how somebody feels about what is to come.</summary>
    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> NoPast = FrozenSet.ToFrozenSet(
        ("need feed seed speed indeed exceed proceed succeed hundred breed excited tired interested scared worried thrilled supposed scheduled "
        + "pleased bleed weed reed sacred naked wicked beloved embed deed greed planned expected").Split(' '),
        StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The tense of the nearest cue; of two equally near the one before counts.</summary>
    /// <param name="text">The text.</param>
    /// <param name="words">Its words.</param>
    /// <param name="at">The word where the expression starts.</param>
    public static Tense At(ReadOnlySpan<char> text, ReadOnlySpan<TimeWord> words, int at)
    {
        var before = !words[at].StartsSentence;
        var after = true;
        for (var distance = 1; distance <= ReachMax && (before || after); distance++)
        {
            var back = at - distance;
            before &= back >= 0;
            if (before && Of(text, words, back) is var tense && tense != Tense.None)
            {
                return tense;
            }

            before &= before && !words[back].StartsSentence;
            var on = at + distance;
            after &= on < words.Length && !words[on].StartsSentence;
            if (after && Of(text, words, on) is var next && next != Tense.None)
            {
                return next;
            }
        }

        return Tense.None;
    }

    static Tense Of(ReadOnlySpan<char> text, ReadOnlySpan<TimeWord> words, int at)
    {
        var word = words[at];
        if (word.Kind is not (WordKind.None or WordKind.Was))
        {
            return Tense.None;
        }

        var letters = text.Slice(word.Start, word.Length);
        if (Past.Contains(letters))
        {
            // "won't" is cut into "won" and "t".
            var isWont = letters.Equals("won", StringComparison.OrdinalIgnoreCase)
                && at + 1 < words.Length && words[at + 1] is { Gap: Gap.Apostrophe, Length: 1 };
            return isWont ? Tense.Future : Tense.Past;
        }

        if (Future.Contains(letters))
        {
            return Tense.Future;
        }

        return letters.Length >= 4 && letters.EndsWith("ed") && !NoPast.Contains(letters) ? Tense.Past : Tense.None;
    }
}
