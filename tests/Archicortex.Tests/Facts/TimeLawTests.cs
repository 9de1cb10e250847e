using System.Globalization;
using System.Text;
using Archicortex.Facts;
using Archicortex.Language;
using NUnit.Framework;

namespace Archicortex.Tests.Facts;

/// <summary>What holds for any text and any reference. The seed stands in every failure.</summary>
[TestFixture]
sealed class TimeLawTests
{
    const int Rounds = 2000;

    static readonly string[] Units = ["day", "week", "weekend", "month", "year"];
    static readonly string[] Weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    static readonly string[] WeekRelative =
    [
        "yesterday", "today", "tomorrow", "the day before yesterday", "last night", "the other day", "recently", "three days ago", "two weeks ago",
        "two weekends ago", "in 4 days", "in 3 weeks", "last week", "next week", "this week", "last weekend", "next weekend", "this weekend",
        "last Friday", "next Tuesday", "we met on Sunday", "I will come on Sunday", "the week before last", "a few days ago", "a few weeks ago",
        "last week on Monday", "two Fridays ago", "the Sunday before last Tuesday", "since last week", "until tomorrow", "for 10 days",
    ];

    static readonly string[] Words =
    [
        "the", "last", "next", "this", "week", "weekend", "month", "year", "day", "days", "Friday", "Sunday", "June", "May", "March", "7", "31", "15th", "2023",
        "1999", "9999", "0001", "00", "999", "of", "before", "after", "since", "until", "by", "from", "to", "between", "and", "in", "on", "at", "for", "ago",
        "back", "a", "couple", "few", "several", "three", "first", "second", "early", "mid", "late", "end", "Christmas", "Easter", "New", "Year", "'s", "Eve",
        "yesterday", "tomorrow", "3", "pm", ":", "30", "-", "–", "/", ",", ".", "was", "will", "summer", "winter", "when", "I", "12", "old", "other", "s", "night",
        "half", "quarter", "now", "later", "ever", "every", "decade", "1990s", "Good", "St", "Patrick", "Day", "noon", "o", "clock", "T12", "BC",
    ];

    [Test]
    public void A_week_later_week_relative_words_mean_a_week_later([Values(1, 2, 3)] int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            var text = WeekRelative[random.Next(WeekRelative.Length)];
            var reference = AnyDay(random);
            var now = Only(text, reference);
            var then = Only(text, reference.AddDays(7));
            Assert.That(then.Days, Is.EqualTo(new DayRange(now.Days.From?.AddDays(7), now.Days.To?.AddDays(7))), $"seed {seed}: '{text}' on {reference:O}");
            Assert.That((then.Rule, then.IsFuzzy), Is.EqualTo((now.Rule, now.IsFuzzy)), $"seed {seed}: '{text}' on {reference:O}");
        }
    }

    [Test]
    public void Last_weekday_lies_in_the_seven_days_before([Values(4, 5)] int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            var reference = AnyDay(random);
            var weekday = Weekdays[random.Next(Weekdays.Length)];
            var last = Only("last " + weekday, reference).Days.From!.Value;
            var next = Only("next " + weekday, reference).Days.From!.Value;
            Assert.That(reference.DayNumber - last.DayNumber, Is.InRange(1, 7), $"seed {seed}: {weekday}, {reference:O}");
            Assert.That(next.DayNumber - reference.DayNumber, Is.InRange(1, 7), $"seed {seed}: {weekday}, {reference:O}");
            Assert.That((last.DayOfWeek.ToString(), next.DayOfWeek.ToString()), Is.EqualTo((weekday, weekday)), $"seed {seed}: {reference:O}");
        }
    }

    [Test]
    public void The_longer_ago_the_earlier([Values(6, 7)] int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var reference = AnyDay(random);
            var unit = Units[random.Next(Units.Length)];
            var days = Enumerable.Range(1, 30).Select(n => Only($"{n} {unit}s ago", reference).Days).ToList();
            Assert.That(days.Zip(days.Skip(1)).All(pair => pair.Second.To <= pair.First.From), Is.True, $"seed {seed}: {unit}, {reference:O}");
            Assert.That(days[0].To, Is.LessThanOrEqualTo(reference), $"seed {seed}: {unit}, {reference:O}");
        }
    }

    [Test]
    public void A_printed_date_is_read_as_that_day_whatever_the_reference([Values(8, 9)] int seed)
    {
        string[] formats = ["yyyy-MM-dd", "d MMMM yyyy", "MMMM d, yyyy", "d MMM yyyy", "dddd, d MMMM yyyy", "MMM d, yyyy", "yyyy/M/d"];
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            var day = AnyDay(random);
            var text = day.ToString(formats[random.Next(formats.Length)], CultureInfo.InvariantCulture);
            foreach (var reference in new DateOnly?[] { null, AnyDay(random), DateOnly.MinValue, DateOnly.MaxValue })
            {
                var read = Only(text, reference);
                Assert.That(read.Days, Is.EqualTo(new DayRange(day, day.AddDays(1))), $"seed {seed}: '{text}' on {reference:O}");
                Assert.That(read.Text, Is.EqualTo(new TextSpan(0, text.Length)), $"seed {seed}: '{text}' on {reference:O}");
            }
        }
    }

    [Test]
    public void Any_words_of_time_in_any_order_are_read_soundly([Values(10, 11, 12, 13)] int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            var text = string.Join(random.Next(9) == 0 ? "" : " ", Enumerable.Range(0, random.Next(1, 14)).Select(_ => Words[random.Next(Words.Length)]));
            AssertSound(text, AnyReference(random), random.Next(3) == 0 ? AnyReference(random) : null, seed);
        }
    }

    [Test]
    public void Any_signs_are_read_soundly([Values(14, 15)] int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            var text = new StringBuilder();
            for (var length = random.Next(40); text.Length < length;)
            {
                // Halves of surrogate pairs, control signs and words of time side by side.
                text.Append(random.Next(4) switch
                {
                    0 => ((char)random.Next(0x10000)).ToString(),
                    1 => ((char)random.Next(0xD800, 0xE000)).ToString(),
                    2 => Words[random.Next(Words.Length)],
                    _ => ((char)random.Next(0x80)).ToString(),
                });
            }

            AssertSound(text.ToString(), AnyReference(random), AnyReference(random), seed);
        }
    }

    [Test]
    public void The_culture_of_the_process_changes_nothing([Values("tr-TR", "ar-SA", "th-TH")] string culture)
    {
        var random = new Random(16);
        var rows = Enumerable.Range(0, 500)
            .Select(_ => (Text: string.Join(' ', Enumerable.Range(0, 10).Select(_ => Words[random.Next(Words.Length)].ToUpperInvariant())), Day: AnyDay(random)))
            .Prepend((Text: "FRIDAY I DINED; APRIL 5, 2023; THIS WEEKEND IN LISBON", Day: new(2023, 5, 25))).ToList();
        var expected = rows.Select(row => TimeExpressions.Find(row.Text, row.Day)).ToList();
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureOf(culture);
            Assert.That(rows.Select(row => TimeExpressions.Find(row.Text, row.Day)), Is.EqualTo(expected));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>Where globalization is invariant there are no cultures; one made up with other signs and names stands in.</summary>
    static CultureInfo CultureOf(string name)
    {
        try
        {
            return new CultureInfo(name);
        }
        catch (CultureNotFoundException)
        {
            var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            culture.NumberFormat.NegativeSign = "~";
            culture.DateTimeFormat.MonthNames = [.. Enumerable.Range(1, 13).Select(month => name + month)];
            culture.DateTimeFormat.FirstDayOfWeek = DayOfWeek.Saturday;
            return culture;
        }
    }

    [Test]
    public void What_is_found_does_not_depend_on_what_stands_around_it()
    {
        const string Text = "We met last Friday, and on 7 May 2023 at 3 pm. In June 2022 I was away until August 2022. ";
        var day = new DateOnly(2023, 5, 25);
        var once = TimeExpressions.Find(Text, day);
        Assert.That(once, Has.Count.EqualTo(4));
        var often = TimeExpressions.Find(string.Concat(Enumerable.Repeat(Text, 500)), day);
        var expected = Enumerable.Range(0, 500).SelectMany(i => once.Select(one => one with { Text = new(one.Text.Start + (i * Text.Length), one.Text.Length) }));
        Assert.That(often, Is.EqualTo(expected));
    }

    [TestCase("before ")]
    [TestCase("the week before ")]
    [TestCase("three days before ")]
    [TestCase("the first day of ")]
    [TestCase("the end of ")]
    [TestCase("from 3 to ")]
    [TestCase("between June and ")]
    [TestCase("the week of ")]
    [TestCase("last ")]
    [TestCase("1 ")]
    [TestCase("June, ")]
    [TestCase("on Friday ")]
    public void Repeated_openings_cost_no_more_than_their_length(string opening)
    {
        // Nesting is bounded; were it not, 20,000 openings would exhaust the stack or never end.
        var text = string.Concat(Enumerable.Repeat(opening, 20_000)) + "7 May 2023";
        Assert.That(TimeExpressions.Find(text, new DateOnly(2023, 5, 25))[^1].Text.End, Is.EqualTo(text.Length));
    }

    [Test]
    public void Text_without_time_allocates_nothing()
    {
        const string Text = "The lamp at the harbour was lit by the keeper, who had no one to talk to but the gulls.";
        var found = new List<TimeExpression>();
        TimeExpressions.Find(Text.AsSpan(), null, found);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            TimeExpressions.Find(Text.AsSpan(), null, found);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        Assert.That(found, Is.Empty);
    }

    static void AssertSound(string text, DateOnly? reference, DateOnly? birth, int seed)
    {
        var end = 0;
        foreach (var one in TimeExpressions.Find(text, reference, birth))
        {
            var where = $"seed {seed}: '{text}' on {reference:O}: {one}";
            Assert.That(one.Text.Start, Is.GreaterThanOrEqualTo(end), where);
            Assert.That(one.Text.Length, Is.Positive, where);
            end = one.Text.End;
            Assert.That(end, Is.LessThanOrEqualTo(text.Length), where);
            Assert.That(one.Days.IsOpen, Is.False, where);
            Assert.That(one.Days.From is null || one.Days.To is null || one.Days.From < one.Days.To, Is.True, where);
            Assert.That(one.Rule, Is.Not.Empty, where);
        }
    }

    static TimeExpression Only(string text, DateOnly? reference) =>
        TimeExpressions.Find(text, reference) is [var one] ? one : throw new AssertionException($"'{text}' on {reference:O}: not one expression.");

    static DateOnly AnyDay(Random random) => new DateOnly(1000, 1, 1).AddDays(random.Next(8000 * 365));

    static DateOnly? AnyReference(Random random) => random.Next(6) switch
    {
        0 => null,
        1 => DateOnly.MinValue.AddDays(random.Next(500)),
        2 => DateOnly.MaxValue.AddDays(-random.Next(500)),
        _ => AnyDay(random),
    };
}
