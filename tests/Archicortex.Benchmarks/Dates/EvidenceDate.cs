using Archicortex.Facts;
using Archicortex.Facts.Time;
using Archicortex.Language;

namespace Archicortex.Benchmarks.Dates;

/// <summary>Chooses the expression of the evidence that answers a question; without one, the day it was said.</summary>
/// <remarks>
/// The expression answers that is of the unit asked for ("which month"); of several the one whose sentence shares the most
/// content words with the question, then an exact one before a fuzzy one, then the one nearest to a shared word, then the first. Asked with "when", a duration tells when it began.
/// </remarks>
static class EvidenceDate
{
    public static (DayRange Days, string Rule) Pick(string question, IReadOnlyList<(string Text, DateOnly Day)> turns)
    {
        var asked = new HashSet<string>(Stems(question).Select(word => word.Stem), StringComparer.Ordinal);
        var unit = QuestionTime.Of(question, null).Unit;
        var best = turns.SelectMany(turn => Candidates(turn.Text, turn.Day, asked))
            .OrderByDescending(one => unit is { } wanted && one.Expression.Granularity == CalendarDays.GranularityOf(wanted))
            .ThenByDescending(one => one.Shared).ThenBy(one => one.Expression.IsFuzzy).ThenBy(one => one.Distance).FirstOrDefault();
        return best.Expression is not { } chosen ? (new DayRange(turns[^1].Day, turns[^1].Day.AddDays(1)), "session")
            : (chosen.DurationDays is null ? chosen.Days : Beginning(question, chosen), chosen.Rule);
    }

    static IEnumerable<(int Shared, int Distance, TimeExpression Expression)> Candidates(string text, DateOnly day, HashSet<string> asked)
    {
        // A caption tells what is on a picture, not what was said.
        var image = text.IndexOf("[image:", StringComparison.Ordinal);
        var said = image < 0 ? text : text[..image];
        var sentences = SentenceSplitter.Split(said);
        foreach (var expression in TimeExpressions.Find(said, day))
        {
            var sentence = sentences.Find(one => one.Start <= expression.Text.Start && expression.Text.Start < one.End);
            var shared = Stems(said.Substring(sentence.Start, sentence.Length)).Where(word => asked.Contains(word.Stem)).ToList();
            var start = expression.Text.Start - sentence.Start;
            yield return (shared.Select(word => word.Stem).Distinct().Count(), shared.Select(word => Math.Abs(word.Start - start)).DefaultIfEmpty(0).Min(), expression);
        }
    }

    /// <summary>"for three years" asked with "when" began in that year, month, week or day.</summary>
    static DayRange Beginning(string question, TimeExpression lasting)
    {
        var from = lasting.Days.From!.Value;
        var unit = lasting.Granularity switch
        {
            TimeGranularity.Year => new DayRange(new(from.Year, 1, 1), new(from.Year + 1, 1, 1)),
            TimeGranularity.Month => new DayRange(new(from.Year, from.Month, 1), new DateOnly(from.Year, from.Month, 1).AddMonths(1)),
            _ => new DayRange(from, from.AddDays(1)),
        };
        return question.StartsWith("How long", StringComparison.OrdinalIgnoreCase) ? new DayRange(unit.From, null) : unit;
    }

    /// <summary>The content words, as stems, and where they stand.</summary>
    static List<(string Stem, int Start)> Stems(string text)
    {
        var buffer = new TokenBuffer();
        buffer.Read(text);
        var stems = new List<(string, int)>();
        foreach (var token in buffer.Tokens)
        {
            var word = buffer.Folded(token);
            if (!StopWords.Contains(word))
            {
                stems.Add((PorterStemmer.Stem(word.ToString()), token.Start));
            }
        }

        return stems;
    }
}
