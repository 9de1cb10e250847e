using System.Buffers;
using Archicortex.Facts.Time;

namespace Archicortex.Facts;

/// <summary>Finds the words of a text that name a time, and works out the days they mean.</summary>
/// <remarks>
/// A pure function of the text and the reference, without clock and culture; linear in the text. What cannot be resolved
/// is left out, never guessed. The longest leftmost reading wins; readings do not overlap. Weeks run from Monday to
/// Sunday; "a few" is three, "a couple" two, "several" four, and widens the days by half to both sides. English only.
/// <para>The rules, and where each is. ref is the reference; without one only the rows marked * can fire.</para>
/// <code>
/// rule         reads                                             days                                         method of TimeScanner
/// iso *        2023-05-07, 2023/05/07                            that day                                     YearFirst
/// dmy *        7 May 2023, 7th of May, 2023, 25/12/2023          that day                                     ReadDate, Slashed
/// mdy *        May 7(th), 2023, 12/25/2023                       that day                                     MonthFirst, Slashed
/// my *         May 2023, May of 2023                             that month                                   MonthFirst
/// year *       in 2016, the year 2016, 1990s, the 90s            year, decade                                 YearAt
/// monthDay     May 7, 7 May, May 7 last year                     in ref's year; the tense may move it a year  Resolve, DayOfMonth
/// inMonth      in/since/by June, June of last year               latest begun; present, future: first not ended  Resolve, MonthNear
/// dayOnly      the 15th                                          by tense, before or after ref; else nothing  DayOnly
/// yesterday, today, tomorrow                                     ref − 1, ref, ref + 1                        NamedDay
/// dayBefore    the day before yesterday                          ref − 2                                      UnitBeforeAfter
/// lastNight    last night, last evening                          ref − 1                                      RelativeUnit
/// otherDay     the other day, recently, lately                   [ref − 7, ref − 1], fuzzy                    OtherDay
/// nAgo         three weeks ago, two years back, two Fridays ago  day exact; else that calendar unit           Counted, Away
/// inN          in 3 days, 3 weeks from now, 3 days later         the same ahead; not with a past tense        InUnits, Away
/// forN         (have …) for 3 weeks, the last 3 weeks, 3 years now  [ref − N, ref], with duration             ForUnits, Lasting
/// lastUnit     last/past/previous week, weekend, month, year     the unit before ref's                        RelativeUnit
/// nextUnit     next/coming/upcoming …; the next 3 weeks          the unit after ref's                         RelativeUnit, LastUnits
/// thisUnit     this week, weekend, month, year                   the unit holding ref                         RelativeUnit
/// lastDow      last/past/this past Friday, Friday of last week   latest strictly before ref                   RelativeWeekday
/// nextDow      next/this/coming Friday, on Friday                first strictly after ref; past: before       RelativeWeekday, BareWeekday
/// lastMonth    last June                                         latest June ended before ref's month         RelativeMonth
/// season *     last/this/next summer, summer (of) 2022           from March, June, September, December        SeasonAt, SeasonNear
/// holiday *    Christmas, Easter 2024, Thanksgiving …            latest not after ref; present, future: next  HolidayAt
/// age          when I was 12, at (the) age (of) 12               that year of life, if the birth is known     Age
/// sinceX *     since X, ever since X, from X on                  from X, open                                 Bounded
/// untilX *     until X, till X, by X                             up to and with X                             Bounded
/// beforeAfter * before X, after X; the week before X,            open; the unit or weekday beside X           Bounded, UnitBeforeAfter,
///              three days after X, the week before last                                                       CountedFrom, BeforeLast
/// range *      from X to Y, between X and Y, X – Y               from X up to and with Y                      Range, DateRange
/// ordinalPart * last week of June, second Sunday of May          calendar arithmetic                          OrdinalPart
/// weekOf *     the week of 23 August 2023                        the week holding it; the nearest weekend     UnitOf
/// early X *    early/mid/late X, the end of X: X's rule          third of a month, half of a year             PartOf
/// clock *      at 3 pm, 15:30, noon beside a day                 kept as time of day; never alone             ClockAt
/// </code>
/// </remarks>
public static class TimeExpressions
{
    /// <summary>The expressions of time in a text, in order.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="reference">The day it was said or written; null if unknown: only what names its days outright is found then.</param>
    public static IReadOnlyList<TimeExpression> Find(string text, DateOnly? reference) => Find(text, reference, birth: null);

    /// <summary>The expressions of time in a text, in order, ages among them.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="reference">The day it was said or written; null if unknown.</param>
    /// <param name="birth">When the speaker was born, for "when I was twelve"; null if unknown: ages are left out then.</param>
    public static IReadOnlyList<TimeExpression> Find(string text, DateOnly? reference, DateOnly? birth)
    {
        ArgumentNullException.ThrowIfNull(text);
        var found = new List<TimeExpression>();
        Find(text, reference, birth, found);
        return found;
    }

    /// <summary>Appends the expressions of time in a text; allocates nothing where there are none.</summary>
    internal static void Find(ReadOnlySpan<char> text, DateOnly? reference, List<TimeExpression> found) => Find(text, reference, birth: null, found);

    internal static void Find(ReadOnlySpan<char> text, DateOnly? reference, DateOnly? birth, List<TimeExpression> found)
    {
        // Nine sentences in ten name no time; they are left after one look at their words.
        if (birth is null && !TimeWordReader.HasAnchor(text))
        {
            return;
        }

        // A word takes one sign or more, so there are never more words than signs.
        var words = ArrayPool<TimeWord>.Shared.Rent(text.Length);
        var count = 0;
        for (var reader = new TimeWordReader(text); reader.Read(out var word);)
        {
            words[count++] = word;
        }

        new TimeScanner(text, words.AsSpan(0, count), reference, birth).Scan(found);
        ArrayPool<TimeWord>.Shared.Return(words);
    }
}
