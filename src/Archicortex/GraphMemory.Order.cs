using System.Globalization;
using Archicortex.Recall;

namespace Archicortex;

/// <summary>Questions of order and time: what was said before what, in which session, first, last, in May.</summary>
public sealed partial class GraphMemory
{
    /// <summary>The ranking with the time in the question counted; as it is, if there is none.</summary>
    async Task<Ranking> RankInTimeAsync(Asked asked, RecallStrategy strategy, string reason, CancellationToken cancellationToken)
    {
        var order = OrderQuestion.Read(asked.Question.Text, asked.Options.AskedOn);
        if (order.IsNone || asked.View.LiveCount == 0)
        {
            return await RankAsync(asked, strategy, reason, cancellationToken).ConfigureAwait(false);
        }

        if (strategy == RecallStrategy.Dialogue && RankPlaced(asked, order) is { } placed)
        {
            return placed;
        }

        // Conversations count the days named by themselves.
        var withDays = strategy != RecallStrategy.Dialogue && order.Days is not null;
        if (!withDays && !order.WantsFirst && !order.WantsLatest)
        {
            return await RankAsync(asked, strategy, reason, cancellationToken).ConfigureAwait(false);
        }

        var pool = asked with { Options = asked.Options with { Top = Math.Max(asked.Options.Top, TimeOrder.Pool) } };
        var ranking = await RankAsync(pool, strategy, reason, cancellationToken).ConfigureAwait(false);
        return Ordered(ranking, order, withDays, asked.Options.Top);
    }

    static Ranking Ordered(Ranking ranking, OrderQuestion order, bool withDays, int top)
    {
        var found = ranking.Passages.Select(one => one.Recalled).ToList();
        var scores = TimeOrder.Scores(found.ConvertAll(passage => (passage.Score, passage.Document, passage.Text)), order, withDays);
        if (found.Select((passage, i) => passage.Score == scores[i]).All(isSame => isSame))
        {
            return ranking with { Passages = [.. ranking.Passages.Take(top)] };
        }

        var passages = ranking.Passages.Select((one, i) => (Found: one, Score: scores[i], Place: i))
            .OrderByDescending(one => Math.Round(one.Score, 12)).ThenBy(one => one.Place).Take(top)
            .Select((one, place) => one.Found with { Recalled = Lifted(one.Found.Recalled, place, one.Score, "time asked for") }).ToArray();
        return ranking with { Passages = passages, Reason = $"{ranking.Reason} {Understood(order, withDays)}" };
    }

    static RecalledPassage Lifted(RecalledPassage passage, int place, double score, string why) => passage with
    {
        Rank = place + 1,
        Score = score,
        Explanation = passage.Explanation is { } explanation && score != passage.Score
            ? explanation with { Parts = [.. explanation.Parts, new ScorePart(why, score - passage.Score)] }
            : passage.Explanation,
    };

    static string Understood(OrderQuestion order, bool withDays)
    {
        var parts = new List<string>();
        if (withDays && order.Days is { } days)
        {
            parts.Add($"{days.Days.ToText(days.Granularity)} counts more than other times");
        }

        if (order.WantsFirst)
        {
            parts.Add("of what is about as good, the earliest comes first");
        }

        if (order.WantsLatest)
        {
            parts.Add("of what is about as good, the latest comes first");
        }

        return $"As to time: {string.Join("; ", parts)}.";
    }

    static Ranking? RankPlaced(Asked asked, OrderQuestion order)
    {
        if (TurnOrder.Rank(asked.View, order, asked.Question, asked.Options.Top) is not { } placed || placed.Turns.Count == 0)
        {
            return null;
        }

        var text = new ExplanationText(asked.View, asked.Question);
        var reason = placed.Session >= 0
            ? $"The question asks for session '{NameOf(asked.View, placed.Session)}': what was said there."
            : placed.Anchor < 0 ? $"The question asks for what was said {(order.WantsFirst ? "first" : "last")}: the turns stand in that order."
            : string.Create(CultureInfo.InvariantCulture,
                $"What was {(order.IsDeed ? "told" : "said")} {(order.Side < 0 ? "before" : "after")} "
                + $"“{FirstWords(asked.View.Passage(placed.Anchor).Text)}”, "
                + $"which has most of '{order.Anchor}'.");
        return new(RecallStrategy.Dialogue, reason, Recalled(asked, placed.Turns, turn => (turn.Passage, turn.Score), text.Of))
        {
            // Who is not known said nothing, wherever the question looks.
            Known = asked.Question.Strangers.Count > 0 ? 0 : placed.Known,
            IsPlaced = true,
        };
    }

    static string FirstWords(string text)
    {
        const int CharsMax = 80;
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= CharsMax ? line : line[..(line.LastIndexOf(' ', CharsMax) is > 0 and var space ? space : CharsMax)] + " …";
    }
}
