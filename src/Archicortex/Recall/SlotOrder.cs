using System.Collections.Frozen;
using Archicortex.Facts;
using Archicortex.Graph;
using Archicortex.Language;

namespace Archicortex.Recall;

/// <summary>What a question asks of the order of values: "where did Ada live before Oslo" asks for the one before Oslo.</summary>
/// <param name="Way">−1 for the value before, 1 for the one after; 0: it asks for no order.</param>
/// <param name="Anchor">The entity it is before or after; −1: what holds on the day asked for.</param>
/// <param name="Rest">The question without the words of order.</param>
readonly record struct SlotOrder(int Way, int Anchor, string Rest)
{
    /// <summary>What may stand between "before" and the value: it says how the value came to be, and nothing else.</summary>
    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Coming = FrozenSet.ToFrozenSet(
        ("moving moved move living lived live working worked work joining joined join coming came come settling settled starting started studying "
        + "studied becoming became being relocating relocated going went back there i we").Split(' '), StringComparer.Ordinal)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Present = FrozenSet.ToFrozenSet(
        "team job company employer firm us this now current present".Split(' '), StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The order asked for; null if one is asked for that cannot be told from two values of a slot.</summary>
    public static SlotOrder? Read(string question, FactSnapshot facts)
    {
        var words = new TokenBuffer();
        words.Read(question);
        if (!Enumerable.Range(0, words.Count).Any(at => WayOf(words, at) != 0))
        {
            return new(0, -1, question);
        }

        var times = TimeExpressions.Find(question, DateOnly.FromDayNumber(DayAsked));
        var names = FactQuestion.Match(question, facts).FindAll(match => match.IsNamed);
        for (var at = 1; at <= words.Count; at++)
        {
            // "Before Oslo, where …": the words of order come first.
            var cue = at % words.Count;
            var span = new TextSpan(words[cue].Start, words[cue].Length);
            var way = WayOf(words, cue);
            if (way != 0 && !names.Exists(name => name.Overlaps(span)) && !times.Any(time => time.Text.Start <= span.Start && span.Start < time.Text.End))
            {
                return Around(question, words, cue, way, facts);
            }
        }

        return new(0, -1, question);
    }

    // Any day will do: only where the words of time stand is asked.
    const int DayAsked = 730_000;

    static int WayOf(TokenBuffer words, int at) => words.Folded(words[at]) switch
    {
        "before" or "prior" => -1,
        "after" or "following" => 1,
        "from" when at == words.Count - 1 => -1,
        _ => 0,
    };

    static SlotOrder? Around(string question, TokenBuffer words, int cue, int way, FactSnapshot facts)
    {
        var first = words.Folded(words[cue]) is "prior" && cue + 1 < words.Count ? cue + 2 : cue + 1;
        var end = first;
        while (end < words.Count && (cue > 0 || end == first || !words[end].Is(TokenMarks.Break)))
        {
            end++;
        }

        var from = words[cue].Start;
        var clauseEnd = words[end - 1].Start + words[end - 1].Length;
        var clause = first < end ? question[words[first].Start..clauseEnd] : "";
        var rest = $"{question[..from]} {question[clauseEnd..].TrimStart(',', ' ')}";
        if (clause.Length == 0)
        {
            return new(way, -1, rest);
        }

        if (IsPresent(clause))
        {
            return new(way, -1, rest);
        }

        var anchors = FactQuestion.Match(clause, facts).FindAll(match => !IsComing(match, clause));
        return anchors is [var only] && SaysNothingElse(clause, only) ? new(way, only.Entity, rest) : null;
    }

    /// <summary>"Before the team", "before her current job", "before joining us": before what is so now.</summary>
    static bool IsPresent(string clause)
    {
        var words = new TokenBuffer();
        words.Read(clause);
        var isPresent = false;
        foreach (var token in words.Tokens)
        {
            var word = words.Folded(token);
            var isNow = Present.Contains(word);
            isPresent |= isNow;
            if (!isNow && !StopWords.Contains(word) && !Coming.Contains(word))
            {
                return false;
            }
        }

        return isPresent;
    }

    static bool IsComing(EntityMatch match, string clause) =>
        match is { IsNamed: false, WordCount: 1 } && Coming.Contains(clause.Substring(match.Text.Start, match.Text.Length).ToLowerInvariant());

    static bool SaysNothingElse(string clause, EntityMatch anchor)
    {
        var words = new TokenBuffer();
        words.Read(clause);
        foreach (var token in words.Tokens)
        {
            var word = words.Folded(token);
            if (!anchor.Overlaps(new(token.Start, token.Length)) && !StopWords.Contains(word) && !Coming.Contains(word))
            {
                return false;
            }
        }

        return true;
    }
}
