using System.Collections.Frozen;
using Archicortex.Language;

namespace Archicortex.Facts.Time;

/// <summary>Whether a clause tells of the past, of now or of the future around a place in it.</summary>
enum Tense
{
    /// <summary>Nothing tells.</summary>
    None,

    /// <summary>"was", "went", "-ed".</summary>
    Past,

    /// <summary>"is", "we go": with a date, what is to come.</summary>
    Present,

    /// <summary>"will", "going to", "plan", and a question without a verb.</summary>
    Future,
}

/// <summary>Reads the tense from the verb nearest to an expression: in its clause, else in its sentence. No grammar, only cue words.</summary>
/// <remarks>
/// A comma or a "because" ends the nearest stretch looked at, a colon, semicolon or dash the next, the end of the sentence the last: in "we
/// changed the trip: we go on 17 May" the day is that of going. A participle has the tense of the form of "be" before it.
/// </remarks>
static class VerbTense
{
    /// <summary>Words looked at on either side: a bound for texts without full stops.</summary>
    const int ReachMax = 40;

    /// <summary>Words between "have" and its participle, or between "did" and its subject.</summary>
    const int ApartMax = 3;

    /// <summary>How strong a boundary must be to end the search.</summary>
    enum Boundary
    {
        Comma,
        Colon,
        Sentence,
    }

    static readonly Words Past = Set(
        "was were did didn had hadn wasn weren couldn been got went saw came took made met bought ate gave found told said left felt ran won lost "
        + "began held spent wrote sang drove flew caught taught thought brought built fell heard kept knew led sent slept sold spoke stood swam "
        + "threw understood woke wore grew drew broke chose became paid rode hit fed fled bred sped wed rose shook sank stuck swept tore wept "
        + "lent blew drank fought forgot froze hid meant dug stole struck swore rang");

    static readonly Words Future = Set(
        "will ll shall gonna wanna going plan plans planning hope hopes hoping want wants need needs intend intends intending should expect "
        + "expects expecting let lets forward can could might");

    /// <summary>Words in -ed that are no past tense, or say how somebody feels about what is to come.</summary>
    static readonly Words NoPast = Set(
        "need feed seed speed indeed exceed proceed succeed hundred breed excited tired interested scared worried thrilled supposed scheduled "
        + "pleased bleed weed reed sacred naked wicked beloved embed deed greed planned expected");

    /// <summary>Verbs that are only verbs, as people say what is on the calendar: "the course begins on 3 May".</summary>
    static readonly Words Present = Set(
        "is are am isn aren do does don doesn has starts begins ends opens closes departs arrives takes happens flies goes comes marries gets "
        + "expires finishes meets leaves moves lasts turns becomes");

    /// <summary>What people open with who ask for something: "Call me on 3 May".</summary>
    static readonly Words Orders = Set("come meet call remind book send bring pick join save don go buy cancel reschedule prepare pay visit keep");

    /// <summary>One form for now and then: "we read", "they put".</summary>
    static readonly Words OneForm = Set("read put cut set hit let quit shut cost hurt cast spread beat bet");

    static readonly Words Adverbs = Set("always usually often never still also just then only really sometimes both all");

    /// <summary>"We decided to go in June": what was decided is ahead of the deciding.</summary>
    static readonly Words Decisions = Set("decided agreed promised arranged booked invited planned scheduled reserved asked told");

    /// <summary>What puts a day elsewhere: "moved the meeting to 3 May".</summary>
    static readonly Words Shifts = Set("moved postponed rescheduled changed shifted pushed delayed extended brought move postpone reschedule shift push");

    /// <summary>Words that open another clause without a comma.</summary>
    static readonly Words Openings = Set("because but although though while whereas");

    static readonly Words Pronouns = Set("it he she that who what when where there everything everyone");

    readonly record struct Words(FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Set)
    {
        public bool Contains(ReadOnlySpan<char> word) => Set.Contains(word);
    }

    static Words Set(string words) =>
        new(FrozenSet.ToFrozenSet(words.Split(' '), StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>());

    /// <summary>The tense of the nearest cue; of two equally near the one before counts.</summary>
    /// <param name="text">The text.</param>
    /// <param name="words">Its words.</param>
    /// <param name="at">The word where the expression starts.</param>
    public static Tense At(ReadOnlySpan<char> text, ReadOnlySpan<TimeWord> words, int at)
    {
        for (var boundary = Boundary.Comma; boundary <= Boundary.Sentence; boundary++)
        {
            if (Nearest(text, words, at, boundary) is var tense and not Tense.None)
            {
                return tense;
            }
        }

        return EndsInQuestion(text, words, at) ? Tense.Future : Tense.None;
    }

    /// <summary>True for "to 3 May" behind a verb that puts something elsewhere.</summary>
    /// <param name="text">The text.</param>
    /// <param name="words">Its words.</param>
    /// <param name="at">The word "to".</param>
    public static bool IsShifted(ReadOnlySpan<char> text, ReadOnlySpan<TimeWord> words, int at)
    {
        for (var back = at; back >= 0 && at - back <= ReachMax; back--)
        {
            if (back < at && Shifts.Contains(Letters(text, words, back)))
            {
                return true;
            }

            if (words[back].Kind == WordKind.From || IsBoundary(text, words[back], Boundary.Comma))
            {
                break;
            }
        }

        return false;
    }

    static Tense Nearest(ReadOnlySpan<char> text, ReadOnlySpan<TimeWord> words, int at, Boundary boundary)
    {
        var before = !IsBoundary(text, words[at], boundary);
        var after = true;
        for (var distance = 1; distance <= ReachMax && (before || after); distance++)
        {
            var back = at - distance;
            before &= back >= 0;
            if (before && Of(text, words, back) is var tense && tense != Tense.None)
            {
                return tense;
            }

            before &= before && !IsBoundary(text, words[back], boundary);
            var on = at + distance;
            after &= on < words.Length && !IsBoundary(text, words[on], boundary);
            if (after && Of(text, words, on) is var next && next != Tense.None)
            {
                return next;
            }
        }

        return Tense.None;
    }

    /// <summary>A hyphen inside a word and a colon inside a time of day bound nothing.</summary>
    static bool IsBoundary(ReadOnlySpan<char> text, in TimeWord word, Boundary boundary) =>
        word.StartsSentence || (boundary < Boundary.Sentence && word.Gap switch
        {
            Gap.Break => true,
            Gap.Colon or Gap.Dash => text[word.Start - 1] is not (':' or '-' or '–'),
            Gap.Comma => boundary == Boundary.Comma,
            _ => boundary == Boundary.Comma && (word.Kind == WordKind.When || Openings.Contains(text.Slice(word.Start, word.Length))),
        });

    static bool EndsInQuestion(ReadOnlySpan<char> text, ReadOnlySpan<TimeWord> words, int at)
    {
        var next = at + 1;
        while (next < words.Length && !words[next].StartsSentence)
        {
            next++;
        }

        return text[words[next - 1].End..(next < words.Length ? words[next].Start : text.Length)].Contains('?');
    }

    static ReadOnlySpan<char> Letters(ReadOnlySpan<char> text, ReadOnlySpan<TimeWord> words, int at) => text.Slice(words[at].Start, words[at].Length);

    static Tense Of(ReadOnlySpan<char> text, ReadOnlySpan<TimeWord> words, int at)
    {
        var word = words[at];
        var letters = text.Slice(word.Start, word.Length);
        switch (word.Kind)
        {
            case WordKind.To:
                return IsDecided(text, words, at) ? Tense.Future : Tense.None;
            case WordKind.Plural:
                return word.Gap == Gap.Apostrophe && at > 0 && Pronouns.Contains(Letters(text, words, at - 1)) ? Tense.Present : Tense.None;
            case WordKind.PartOf:
                return OfSubject(text, words, at);
            case not (WordKind.None or WordKind.Was):
                return Tense.None;
            default:
                break;
        }

        if (IsPastForm(letters))
        {
            // "won't" is cut into "won" and "t".
            var isWont = letters.Equals("won", StringComparison.OrdinalIgnoreCase)
                && at + 1 < words.Length && words[at + 1] is { Gap: Gap.Apostrophe, Length: 1 };
            return isWont ? Tense.Future : OfParticiple(text, words, at);
        }

        return Future.Contains(letters) ? Tense.Future
            : letters.Equals("have", StringComparison.OrdinalIgnoreCase) || letters.Equals("has", StringComparison.OrdinalIgnoreCase)
                ? OfHaving(text, words, at)
            : word.Gap == Gap.Apostrophe ? (letters is "re" or "m" ? Tense.Present : Tense.None)
            : Present.Contains(letters) || (word.StartsSentence && Orders.Contains(letters)) ? Tense.Present
            : OfSubject(text, words, at);
    }

    static bool IsPastForm(ReadOnlySpan<char> letters) =>
        Past.Contains(letters) || (letters.Length >= 4 && letters.EndsWith("ed") && !NoPast.Contains(letters));

    /// <summary>"is held", "are invited" are now; of "be held" and "to be held" another word tells.</summary>
    static Tense OfParticiple(ReadOnlySpan<char> text, ReadOnlySpan<TimeWord> words, int at)
    {
        for (var back = at - 1; back >= 0 && at - back <= 2 && !words[back + 1].StartsSentence; back--)
        {
            var letters = Letters(text, words, back);
            if (letters is "is" or "are" or "am" or "isn" or "aren" || (letters is "re" or "m" && words[back].Gap == Gap.Apostrophe))
            {
                return Tense.Present;
            }

            if (letters is "be")
            {
                return Tense.None;
            }

            if (!Adverbs.Contains(letters) && !letters.EndsWith("ly") && letters is not "not" and not "t")
            {
                break;
            }
        }

        return Tense.Past;
    }

    /// <summary>"have an exam" is now, "have visited" is past.</summary>
    static Tense OfHaving(ReadOnlySpan<char> text, ReadOnlySpan<TimeWord> words, int at)
    {
        for (var on = at + 1; on < words.Length && on - at <= ApartMax && words[on].Gap is Gap.Space or Gap.Apostrophe; on++)
        {
            var letters = Letters(text, words, on);
            if (words[on].Kind is WordKind.To or WordKind.Article or WordKind.The)
            {
                break;
            }

            if (IsPastForm(letters) || (Lexicon.IrregularBase(letters, WordPart.Verb) >= 0 && !OneForm.Contains(letters)))
            {
                return Tense.Past;
            }
        }

        return Tense.Present;
    }

    /// <summary>"we go", "I usually fly": a verb behind a pronoun, in the tense of its form.</summary>
    static Tense OfSubject(ReadOnlySpan<char> text, ReadOnlySpan<TimeWord> words, int at)
    {
        var subject = at - 1;
        if (subject > 0 && Adverbs.Contains(Letters(text, words, subject)))
        {
            subject--;
        }

        if (subject < 0 || words[at].Gap != Gap.Space || !IsPronoun(text, words, subject))
        {
            return Tense.None;
        }

        // "did we go", "she saw you play": not the form behind the pronoun tells.
        if (subject > 0 && !words[subject].StartsSentence && Letters(text, words, subject - 1) is var before
            && (Past.Contains(before) || Future.Contains(before)) && before is not ("said" or "thought" or "hope"))
        {
            return Tense.None;
        }

        for (var back = subject - 1; back >= 0 && subject - back <= ApartMax && !words[back + 1].StartsSentence; back--)
        {
            if (Letters(text, words, back) is "did" or "Did" or "didn" or "Didn")
            {
                return Tense.Past;
            }
        }

        var letters = Letters(text, words, at);
        Span<char> folded = stackalloc char[TimeLexicon.LengthMax];
        if (letters.Length > folded.Length || OneForm.Contains(letters))
        {
            return Tense.None;
        }

        folded = folded[..letters.ToLowerInvariant(folded)];
        return Lexicon.IrregularBase(folded, WordPart.Verb) >= 0 ? Tense.Past : IsVerb(folded) ? Tense.Present : Tense.None;
    }

    static bool IsPronoun(ReadOnlySpan<char> text, ReadOnlySpan<TimeWord> words, int at) =>
        words[at].Kind == WordKind.Person || Letters(text, words, at) is "it" or "It";

    static bool IsVerb(ReadOnlySpan<char> word) => IsVerbBase(word)
        || (word.Length > 3 && word[^1] == 's' && (IsVerbBase(word[..^1]) || (word.EndsWith("es") && IsVerbBase(word[..^2]))));

    static bool IsVerbBase(ReadOnlySpan<char> word) => Lexicon.Find(word) is >= 0 and var row && Lexicon.Weight(row, WordPart.Verb) > 0;

    /// <summary>"decided to", "asked me to".</summary>
    static bool IsDecided(ReadOnlySpan<char> text, ReadOnlySpan<TimeWord> words, int at)
    {
        if (at + 1 >= words.Length || words[at + 1].Kind != WordKind.None)
        {
            return false;
        }

        for (var back = at - 1; back >= 0 && at - back <= 2 && words[back + 1].Gap == Gap.Space; back--)
        {
            if (Decisions.Contains(Letters(text, words, back)))
            {
                return true;
            }
        }

        return false;
    }
}
