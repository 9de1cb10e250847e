using Archicortex.Documents;
using Archicortex.Facts;
using Archicortex.Indexing;
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
/// Words are compared by the stem of all their forms ("went", "gone"). A speaker and a title count for each of their sentences: "I went
/// to the lake", said by Ada, tells of Ada. Questions tell nothing.
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
    public static EventDay? Find(RecallView view, string what, IReadOnlyList<(Document Document, string Text)> passages)
    {
        EventDay? best = null;
        var bestScore = 0.0;
        foreach (var found in All(view, what, passages))
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
    public static IEnumerable<EventDay> All(RecallView view, string what, IReadOnlyList<(Document Document, string Text)> passages)
    {
        var terms = Stems(what).Where(pair => !pair.Value).ToDictionary(pair => pair.Key, pair => IdfOf(view, pair.Key), StringComparer.Ordinal);
        var total = terms.Values.Sum();
        for (var i = 0; i < passages.Count && total > 0; i++)
        {
            var (document, text) = passages[i];
            var around = Stems($"{document.Speaker} {document.Title}");
            foreach (var span in SentenceSplitter.Split(text))
            {
                var sentence = text.Substring(span.Start, span.Length);
                if (SentenceSplitter.IsHeading(sentence))
                {
                    continue;
                }

                var has = Stems(sentence);
                var share = terms.Sum(term => has.ContainsKey(term.Key) || around.ContainsKey(term.Key) ? term.Value : 0) / total;
                var tells = share >= ShareMin && terms.Keys.Any(has.ContainsKey) && !sentence.EndsWith('?') && !Supposing.Any(has.ContainsKey);
                if (tells && DaysOf(sentence, FactSlots.SaidOn(document)) is { } days)
                {
                    yield return new(i, span, days.Days, days.Exactness, days.IsSaid, share);
                }
            }
        }
    }

    static (DayRange Days, TimeGranularity Exactness, bool IsSaid)? DaysOf(string sentence, DateOnly? said)
    {
        var found = TimeExpressions.Find(sentence, said);
        var time = found.FirstOrDefault(one => one is { IsFuzzy: false, Days.From: not null }) ?? found.FirstOrDefault(one => one.Days.From is not null);
        return time is not null ? (time.Days, time.Granularity, false)
            : said is { } day ? (new(day, day.AddDays(1)), TimeGranularity.Day, true)
            : null;
    }

    static double IdfOf(RecallView view, string stem) => view.Lexical.Idf(view.Vocabulary.FindStem(stem));

    /// <summary>Stems of a text; true for those of words that tell nothing.</summary>
    static Dictionary<string, bool> Stems(string text)
    {
        var words = new TokenBuffer();
        words.Read(text);
        var stems = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var token in words.Tokens)
        {
            var word = words.Folded(token);
            stems[TurnWords.StemOf(word)] = TurnWords.IsAsking(word) || StopWords.Contains(word);
        }

        return stems;
    }
}
