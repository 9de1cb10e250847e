using Archicortex.Facts;
using Archicortex.Language;

namespace Archicortex.Benchmarks.Dates;

/// <summary>Chooses the expression of the evidence that answers a question; without one, the day it was said.</summary>
/// <remarks>
/// The expression nearest to the question's content words answers: fewest words between it and a sentence's shared
/// words, sentences with more shared words first; then the first. "How long" apart, a duration tells when it began.
/// </remarks>
static class EvidenceDate
{
    public static (DayRange Days, string Rule) Pick(string question, IReadOnlyList<(string Text, DateOnly Day)> turns)
    {
        var asked = Stems(question);
        (int Shared, int Place, TimeExpression Expression, DateOnly Day)? best = null;
        var place = 0;
        foreach (var (text, day) in turns)
        {
            // A caption tells what is on a picture, not what was said.
            var image = text.IndexOf("[image:", StringComparison.Ordinal);
            var said = image < 0 ? text : text[..image];
            var sentences = SentenceSplitter.Split(said);
            foreach (var expression in TimeExpressions.Find(said, day))
            {
                var sentence = sentences.Find(one => one.Start <= expression.Text.Start && expression.Text.Start < one.End);
                var shared = Stems(said.Substring(sentence.Start, sentence.Length)).Count(asked.Contains);
                place++;
                if (best is null || (shared, -place).CompareTo((best.Value.Shared, -best.Value.Place)) > 0)
                {
                    best = (shared, place, expression, day);
                }
            }
        }

        if (best is not { } chosen)
        {
            return (new DayRange(turns[^1].Day, turns[^1].Day.AddDays(1)), "session");
        }

        return (chosen.Expression.DurationDays is null ? chosen.Expression.Days : Beginning(question, chosen.Expression), chosen.Expression.Rule);
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

    static HashSet<string> Stems(string text)
    {
        var buffer = new TokenBuffer();
        buffer.Read(text);
        var stems = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < buffer.Count; i++)
        {
            var word = buffer.Folded(buffer[i]);
            if (!StopWords.Contains(word))
            {
                Span<char> letters = new char[word.Length];
                word.CopyTo(letters);
                stems.Add(letters.ToString());
            }
        }

        return stems;
    }
}
