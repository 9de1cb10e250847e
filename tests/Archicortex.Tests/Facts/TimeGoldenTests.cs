using System.Globalization;
using Archicortex.Facts;
using Archicortex.Tests.House;
using NUnit.Framework;

namespace Archicortex.Tests.Facts;

/// <summary>Every rule on hand-checked examples, in TimeGoldens.txt.</summary>
[TestFixture]
sealed class TimeGoldenTests
{
    const string File = "tests/Archicortex.Tests/Facts/TimeGoldens.txt";
    const int CountMin = 400;

    [Test]
    public void Every_golden_is_read_as_written()
    {
        var wrong = new List<string>();
        var count = 0;
        DateOnly? reference = null, birth = null;
        foreach (var (number, line) in Repository.Lines(File).Index())
        {
            if (line.StartsWith('>'))
            {
                var dates = line[1..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
                reference = dates[0] == "none" ? null : Day(dates[0]);
                birth = dates.Length > 1 ? Day(dates[1]) : null;
            }
            else if (line.Length > 0 && line[0] != '#')
            {
                count++;
                if (Check(line, reference, birth) is { } difference)
                {
                    wrong.Add($"{File}:{number + 1} ({reference:yyyy-MM-dd}): {line}\n    {difference}");
                }
            }
        }

        TestContext.Out.WriteLine($"{count} goldens");
        Assert.That(wrong, Is.Empty, string.Join('\n', wrong));
        Assert.That(count, Is.GreaterThanOrEqualTo(CountMin));
    }

    [Test]
    public void Every_rule_has_goldens()
    {
        string[] rules =
        [
            "iso", "dmy", "mdy", "my", "yesterday", "dayBefore", "lastNight", "today", "tomorrow", "otherDay", "nAgo", "inN", "lastUnit", "nextUnit",
            "thisUnit", "lastDow", "nextDow", "lastMonth", "season", "monthDay", "inMonth", "year", "forN", "sinceX", "untilX", "range", "ordinalPart",
            "dayOnly", "age", "holiday", "beforeAfter", "weekOf",
        ];
        var counts = Repository.Lines(File).Where(line => !line.StartsWith('#')).Select(line => line.Split('|')).Where(parts => parts.Length == 4)
            .CountBy(parts => parts[3].Trim().Split(' ')[0]).ToDictionary();
        Assert.That(rules.Where(rule => counts.GetValueOrDefault(rule) < 1), Is.Empty);
        Assert.That(counts.Keys.Except(rules).Where(rule => rule.Length > 0), Is.Empty);
    }

    static string? Check(string line, DateOnly? reference, DateOnly? birth)
    {
        var parts = line.Split('|', StringSplitOptions.TrimEntries);
        var (open, close) = (parts[0].IndexOf('['), parts[0].IndexOf(']'));
        var text = parts[0].Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);
        var (start, end) = open < 0 ? (0, text.Length) : (open, close - 1);
        var found = TimeExpressions.Find(text, reference, birth);
        if (parts[1] == "-")
        {
            return found.Count == 0 ? null : "read " + string.Join("; ", found.Select(one => Print(text, one)));
        }

        if (found is not [var only])
        {
            return $"read {found.Count} expressions: {string.Join("; ", found.Select(one => Print(text, one)))}";
        }

        var words = text[start..end].TrimEnd('.');
        var expected = $"'{words}' {parts[1]} {parts[2]} {parts[3]}";
        var actual = Print(text, only);
        return actual == expected || WithoutArticle(actual) == WithoutArticle(expected) ? null : $"read {actual}";
    }

    static string WithoutArticle(string text) => text.StartsWith("'the ", StringComparison.Ordinal) ? "'" + text[5..] : text;

    static string Print(string text, TimeExpression one)
    {
        var last = one.Days.To?.AddDays(-1);
        var days = one.Days.From == last ? $"{last:yyyy-MM-dd}" : $"{one.Days.From:yyyy-MM-dd}..{last:yyyy-MM-dd}";
        var rule = one.Rule + (one.IsFuzzy ? " ~" : "") + (one.Clock is { } clock ? $" @{clock:HH:mm}" : "") + (one.DurationDays is { } lasting ? $" +{lasting}" : "");
        return $"'{text.Substring(one.Text.Start, one.Text.Length)}' {days} {one.Granularity.ToString().ToLowerInvariant()} {rule}";
    }

    static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
