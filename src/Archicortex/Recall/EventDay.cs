using Archicortex.Facts;
using Archicortex.Language;

namespace Archicortex.Recall;

/// <summary>The day of an event, by the sentence that tells it.</summary>
/// <param name="Passage">Place of its passage in the list given.</param>
/// <param name="Span">Where the sentence stands in the passage's text.</param>
/// <param name="Days">The days.</param>
/// <param name="Exactness">How exactly.</param>
/// <param name="IsSaidDay">The sentence names no time: they are the day it was said.</param>
/// <param name="Share">Share of the event's words that the sentence and its speaker have, by rarity, in [0, 1].</param>
readonly record struct EventDay(int Passage, TextSpan Span, DayRange Days, TimeGranularity Exactness, bool IsSaidDay, double Share);

/// <summary>Finds when an event was, from sentences that tell it: the time they name, else the day they were said.</summary>
/// <remarks>
/// Words are compared as <see cref="AskedEvent"/> does: a speaker and a title count for each of their sentences, and every name has to be
/// there. Questions tell nothing, and of what happened neither do clauses of what is to come.
/// </remarks>
static class EventDays
{
    /// <summary>With less of its words than this, a sentence tells of another event.</summary>
    public const double ShareMin = 0.6;

    // "I would go today if I could" tells of nothing that happened.
    static readonly string[] Supposing = ["would", "wish", "if"];

    const double RankDiscount = 0.05;
    const double TimeGain = 0.15;

    /// <summary>The sentence that tells the event best; null if none has enough of its words, or no day is known of it.</summary>
    /// <param name="view">The memory, for the rarity of words.</param>
    /// <param name="what">The event, in words.</param>
    /// <param name="isPast">It has happened: what is planned is not it.</param>
    /// <param name="passages">Passages, best first.</param>
    public static EventDay? Find(RecallView view, string what, bool isPast, IReadOnlyList<TellingPassage> passages)
    {
        EventDay? best = null;
        var bestScore = 0.0;
        foreach (var found in All(view, what, isPast, passages))
        {
            var score = (found.Share + (found.IsSaidDay ? 0 : TimeGain)) * (1 - (RankDiscount * Math.Min(found.Passage, 10)));
            if (score > bestScore)
            {
                (best, bestScore) = (found, score);
            }
        }

        return best;
    }

    /// <summary>Every sentence that tells the event, in the order of the passages.</summary>
    public static IEnumerable<EventDay> All(RecallView view, string what, bool isPast, IReadOnlyList<TellingPassage> passages)
    {
        var asked = AskedEvent.OfWords(view, what, isPast);
        for (var i = 0; i < passages.Count && !asked.IsEmpty; i++)
        {
            var passage = passages[i];
            foreach (var span in SentenceSplitter.Split(passage.Text))
            {
                var sentence = passage.Text.Substring(span.Start, span.Length);
                if (!SentenceSplitter.IsHeading(sentence) && !sentence.EndsWith('?') && !IsSupposed(sentence)
                    && asked.In(sentence, passage) is { Share: >= ShareMin, HasNames: true, HasWords: true } telling
                    && DaysOf(telling, FactSlots.SaidOn(passage.Document)) is { } days)
                {
                    yield return new(i, span, days.Days, days.Exactness, days.IsSaid, telling.Share);
                }
            }
        }
    }

    static bool IsSupposed(string sentence)
    {
        var words = new TokenBuffer();
        words.Read(sentence);
        return words.Tokens.ToArray().Any(token => Array.IndexOf(Supposing, words.Folded(token).ToString()) >= 0);
    }

    static (DayRange Days, TimeGranularity Exactness, bool IsSaid)? DaysOf(Telling telling, DateOnly? said)
    {
        var found = TimeExpressions.Find(telling.Text, said).Where(one => one.Days.From is not null).ToList();
        var time = AskedEvent.Nearest(found.FindAll(one => !one.IsFuzzy), telling) ?? AskedEvent.Nearest(found, telling);
        return time is not null ? (time.Days, time.Granularity, false)
            : said is { } day ? (new(day, day.AddDays(1)), TimeGranularity.Day, true)
            : null;
    }
}
