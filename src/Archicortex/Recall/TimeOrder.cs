using Archicortex.Documents;
using Archicortex.Facts;
using Archicortex.Facts.Time;

namespace Archicortex.Recall;

/// <summary>What the time in a question changes in a ranking: a soft factor for the days it names, and an order among what is about as good.</summary>
/// <remarks>
/// Never a filter: a passage far from the days keeps a quarter of its score, and one that has no time keeps all of it. "latest" and
/// "first" order only what ranks as well as the best but for little, since the words of a question know more than its adverb. Measured on
/// LoCoMo's shared turns: the factor adds 1.9 points of R@5 to <c>flat</c> and to <c>graph</c>; the order changes nothing there.
/// </remarks>
static class TimeOrder
{
    /// <summary>Passages to rank where the time may bring one up.</summary>
    public const int Pool = 50;

    const double FarFactor = 0.25;
    const int DaysMin = 7;

    // A hit this near to the best one is as good an answer.
    const double TieShare = 0.9;
    const double FirstShare = 0.8;
    const double LatestGain = 0.3;
    const double LatestDays = 30;

    /// <summary>The factor for days that a question names, in [0.25, 1].</summary>
    /// <param name="document">The document, for when it was said.</param>
    /// <param name="text">The passage's text: the days it tells of count like the day it was said.</param>
    /// <param name="asked">The days.</param>
    public static double FactorOf(Document document, string text, TimeExpression asked)
    {
        if (FactSlots.SaidOn(document) is not { } said)
        {
            return 1;
        }

        var gap = Gap(new(said, said.AddDays(1)), asked.Days);
        var found = new List<TimeExpression>();
        TimeExpressions.Find(text, said, found);
        foreach (var one in found)
        {
            gap = one.Days.IsOpen ? gap : Math.Min(gap, Gap(one.Days, asked.Days));
        }

        var length = asked.Days is { From: { } from, To: { } to } ? to.DayNumber - from.DayNumber : DaysMin;
        return Math.Max(FarFactor, Math.Exp(-(double)gap / Math.Max(DaysMin, length)));
    }

    /// <summary>New scores for hits in the order of the ranking; the ranking is sorted by them again.</summary>
    /// <param name="hits">Score, document and text of each, best first.</param>
    /// <param name="order">What is asked.</param>
    /// <param name="withDays">Count the days named; false where the ranking did.</param>
    public static double[] Scores(IReadOnlyList<(double Score, Document Document, string Text)> hits, OrderQuestion order, bool withDays)
    {
        var days = withDays ? order.Days : null;
        var scores = hits.Select(hit => hit.Score * (days is not null && hit.Score > 0 ? FactorOf(hit.Document, hit.Text, days) : 1)).ToArray();
        var best = scores.DefaultIfEmpty(0).Max();
        if (order.WantsLatest)
        {
            Lift(hits, scores, best);
        }

        if (order.WantsFirst)
        {
            Sort(hits, scores, best);
        }

        return scores;
    }

    /// <summary>Days between two ranges; 0 if they share one.</summary>
    static int Gap(DayRange one, DayRange other) => DayRanges.Meet(one, other) ? 0
        : one.To <= other.From ? other.From!.Value.DayNumber - one.To!.Value.DayNumber + 1
        : one.From!.Value.DayNumber - other.To!.Value.DayNumber + 1;

    static void Lift(IReadOnlyList<(double Score, Document Document, string Text)> hits, double[] scores, double best)
    {
        var near = Enumerable.Range(0, scores.Length).Where(i => scores[i] > 0 && scores[i] >= TieShare * best && hits[i].Document.Time is not null).ToList();
        var newest = near.Select(i => hits[i].Document.Time!.Value).DefaultIfEmpty().Max();
        foreach (var i in near)
        {
            scores[i] *= 1 + (LatestGain * Math.Pow(2, -(newest - hits[i].Document.Time!.Value).TotalDays / LatestDays));
        }
    }

    /// <summary>Those about as good as the best share out their scores again, the oldest first.</summary>
    static void Sort(IReadOnlyList<(double Score, Document Document, string Text)> hits, double[] scores, double best)
    {
        var near = Enumerable.Range(0, scores.Length).Where(i => scores[i] > 0 && scores[i] >= FirstShare * best && hits[i].Document.Time is not null).ToList();
        var shares = near.Select(i => scores[i]).OrderDescending().ToList();
        foreach (var (place, i) in near.OrderBy(i => hits[i].Document.Time!.Value).ThenByDescending(i => scores[i]).ThenBy(i => i).Index())
        {
            scores[i] = shares[place];
        }
    }
}
