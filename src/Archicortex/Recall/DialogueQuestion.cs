using Archicortex.Facts;
using Archicortex.Facts.Time;
using Archicortex.Indexing;
using Archicortex.Language;

namespace Archicortex.Recall;

/// <summary>Days that a question names.</summary>
/// <param name="From">The first, as <see cref="DateOnly.DayNumber"/>.</param>
/// <param name="End">The day after the last.</param>
readonly record struct AskedDays(int From, int End)
{
    /// <summary>Days before the first and after the last at which a turn still has to do with them: people speak little before, longer after.</summary>
    public const int BeforeMax = 15;
    public const int AfterMax = 50;

    const double BeforeScale = 3;
    const double AfterScale = 10;

    // A stretch much longer than what was asked for is half an answer.
    const int VagueDays = 7;
    const double VagueShare = 0.5;

    static readonly double[] BeforeShares = [.. Enumerable.Range(0, BeforeMax + 1).Select(days => Math.Exp(-days / BeforeScale))];
    static readonly double[] AfterShares = [.. Enumerable.Range(0, AfterMax + 1).Select(days => Math.Exp(-days / AfterScale))];

    /// <summary>How close what is said on a day is to them, in [0, 1]; 0 for a day that is not known.</summary>
    public double Closeness(int day)
    {
        var (before, after) = (From - day, day - (End - 1));
        return day == 0 || before > BeforeMax || after > AfterMax ? 0 : before > 0 ? BeforeShares[before] : after > 0 ? AfterShares[after] : 1;
    }

    /// <summary>How close what a turn tells of is to them: "yesterday" is another day than that of the turn.</summary>
    public double ClosenessOfEvent(int from, int end)
    {
        var gap = Math.Max(From - (end - 1), from - (End - 1));
        var isVague = end - from > (2 * (End - From)) + VagueDays;
        return (gap > BeforeMax ? 0 : gap > 0 ? BeforeShares[gap] : 1) * (isVague ? VagueShare : 1);
    }
}

/// <summary>A word of the question.</summary>
/// <param name="Stem">Its stem; −1: no turn has it, only kinds of what it names.</param>
/// <param name="Idf">How rare it is in turns.</param>
/// <param name="Kinds">Words for kinds of what it names, if it asks for such.</param>
readonly record struct DialogueTerm(int Stem, double Idf, AskedKinds Kinds);

/// <summary>A question as it is put to conversations: what it asks, about whom, and about which days.</summary>
sealed class DialogueQuestion
{
    // An expression without a year is read in each year of the conversations; more would be a list, not a memory.
    const int YearsMax = 40;

    DialogueQuestion(Question text, bool[] named) => (Text, _named) = (text, named);

    /// <summary>The question as it is put to any passage.</summary>
    public Question Text { get; }

    /// <summary>Words that say what is asked, without names of speakers unless there is nothing else; at most <see cref="Question.TermsMax"/>.</summary>
    public DialogueTerm[] Terms { get; private init; } = [];

    /// <summary>Stems of all words that are no question words; feedback does not learn them again.</summary>
    public HashSet<int> Stems { get; private init; } = [];

    /// <summary>True if it names some speakers and not all: only then does it matter who speaks.</summary>
    public bool TellsSpeakers { get; private init; }

    /// <summary>True if it names them by their parts: "I" is the user, "you" the assistant (<see cref="SpeakerRoles"/>).</summary>
    public bool IsByRole { get; private init; }

    /// <summary>True if words of it say what is asked, beside names of speakers.</summary>
    public bool HasSubject { get; private init; }

    /// <summary>True if it asks for a time or a duration.</summary>
    public bool AsksTime { get; private init; }

    /// <summary>Days that it names; where it gives no year, those of every year in which something was said.</summary>
    public AskedDays[] Days { get; private init; } = [];

    readonly bool[] _named;

    /// <summary>True if it names a speaker.</summary>
    public bool IsNamed(int speaker) => speaker >= 0 && speaker < _named.Length && _named[speaker];

    /// <summary>How close a turn, or what it tells of, is to a day that is named.</summary>
    public double Closeness(in TurnRecord turn)
    {
        var best = 0.0;
        foreach (var days in Days)
        {
            best = Math.Max(best, days.Closeness(turn.Day));
            best = turn.EventEnd > 0 ? Math.Max(best, days.ClosenessOfEvent(turn.EventFrom, turn.EventEnd)) : best;
        }

        return best;
    }

    public static DialogueQuestion Read(RecallView view, Question question)
    {
        var names = new SpeakerNames(view, question);
        var isBroad = GlobalQuestion.Is(question);
        var order = OrderQuestion.Read(question.Text, asked: null);
        var (terms, all, stems) = (new List<DialogueTerm>(), new List<DialogueTerm>(), new HashSet<int>());
        for (var at = 0; at < question.Words.Length; at++)
        {
            var word = question.Words[at];
            var isName = names.IsName(at);
            if (!isName && (order.IsCue(at, word) || TurnWords.IsAsking(word) || (isBroad && GlobalQuestion.IsFrame(word))
                || (word == "s" && question.Token(at).Is(TokenMarks.AfterApostrophe))))
            {
                continue;
            }

            var stem = view.Vocabulary.FindStem(TurnWords.StemOf(word));
            if (stem >= 0 && !stems.Add(stem))
            {
                continue;
            }

            var term = new DialogueTerm(stem, view.Turns.Idf(stem), AskedKinds.Of(view, question, at));
            if (term.Kinds.Stems.Length == 0 && view.Turns.Postings(stem).IsEmpty)
            {
                continue;
            }

            all.Add(term);
            if (!isName)
            {
                terms.Add(term);
            }
        }

        var named = new bool[view.Turns.SpeakerRows];
        var isByRole = SpeakerRoles.Find(view, question, names.Named);
        foreach (var speaker in names.Named)
        {
            named[speaker] = true;
        }

        return new(question, named)
        {
            Terms = Rarest(terms.Count > 0 ? terms : all),
            Stems = stems,
            TellsSpeakers = names.Named.Count > 0 && names.Named.Count < view.Turns.LiveSpeakers,
            IsByRole = isByRole,
            HasSubject = terms.Count > 0,
            AsksTime = AsksForTime(question),
            Days = [.. DaysIn(question.Text, view.Turns.Years)],
        };
    }

    static DialogueTerm[] Rarest(List<DialogueTerm> terms) => terms.Count <= Question.TermsMax
        ? [.. terms]
        : [.. terms.OrderByDescending(term => term.Idf).Take(Question.TermsMax)];

    static bool AsksForTime(Question question) =>
        (QuestionTime.Of(question.Text, asked: null).Intent & (TimeIntent.When | TimeIntent.HowLong)) != 0;

    static List<AskedDays> DaysIn(string text, ReadOnlySpan<int> years)
    {
        var days = new List<AskedDays>();
        var found = new List<TimeExpression>();
        TimeExpressions.Find(text, reference: null, found);
        Add(found, days, null);
        foreach (var year in years[Math.Max(0, years.Length - YearsMax)..])
        {
            // Read on the last day of a year, "7 May" and "in June" are days of that year.
            found.Clear();
            TimeExpressions.Find(text, new DateOnly(year, 12, 31), found);
            Add(found, days, year);
        }

        return days;
    }

    static void Add(List<TimeExpression> found, List<AskedDays> days, int? year)
    {
        foreach (var one in found)
        {
            if (one.Days is not { From: { } from, To: { } to } || one.Granularity > TimeGranularity.Year)
            {
                continue;
            }

            var asked = new AskedDays(from.DayNumber, to.DayNumber);
            if ((year is null || (from.Year == year && IsYearless(one.Rule))) && !days.Contains(asked))
            {
                days.Add(asked);
            }
        }
    }

    /// <summary>Rules of expressions that mean days of some year; the others count from the day of the question, which is not known.</summary>
    static bool IsYearless(string rule) => rule is "monthDay" or "inMonth" or "early" or "ordinalPart" or "holiday";
}
