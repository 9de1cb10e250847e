using System.Globalization;
using Archicortex.Facts;
using Archicortex.Facts.Time;
using NUnit.Framework;

namespace Archicortex.Tests.Facts;

/// <summary>The time in questions, exact questions about days, and how days are printed.</summary>
[TestFixture]
sealed class TimeAnswerTests
{
    static readonly DateOnly Asked = new(2023, 5, 25);

    [TestCase("When did Orla paint the lamp?", TimeIntent.When, "")]
    [TestCase("What year did Orla move?", TimeIntent.When, "")]
    [TestCase("Which week was the fair?", TimeIntent.When, "")]
    [TestCase("How long did the repair take?", TimeIntent.HowLong, "")]
    [TestCase("How long ago was the fair?", TimeIntent.HowLong | TimeIntent.Ago, "")]
    [TestCase("How many weeks passed between the two fairs?", TimeIntent.HowLong, "")]
    [TestCase("Where did Orla live before the fire?", TimeIntent.Before, "")]
    [TestCase("What did Orla do after the fire?", TimeIntent.After, "")]
    [TestCase("What did Orla first paint?", TimeIntent.First, "")]
    [TestCase("When did Orla first paint?", TimeIntent.When | TimeIntent.First, "")]
    [TestCase("What is Orla's latest book?", TimeIntent.Latest, "")]
    [TestCase("What is Orla's most recent book?", TimeIntent.Latest, "")]
    [TestCase("What is Orla's current job?", TimeIntent.Current, "")]
    [TestCase("Where does Orla live now?", TimeIntent.Current, "")]
    [TestCase("What is Orla's last name?", TimeIntent.None, "")]
    [TestCase("What did Orla do last week?", TimeIntent.None, "2023-05-15..2023-05-22")]
    [TestCase("What did Orla do in June 2022?", TimeIntent.None, "2022-06-01..2022-07-01")]
    [TestCase("Where was Orla the week before 9 June 2023?", TimeIntent.None, "2023-05-29..2023-06-05")]
    [TestCase("What has Orla painted since 2020?", TimeIntent.Since, "2020-01-01..")]
    [TestCase("Where did Orla live before 2019?", TimeIntent.Before, "..2019-01-01")]
    [TestCase("Where did Orla live after June 2019?", TimeIntent.After, "2019-07-01..")]
    [TestCase("Who keeps the lamp?", TimeIntent.None, "")]
    [TestCase("", TimeIntent.None, "")]
    public void A_question_tells_what_it_wants_to_know_about_time(string question, object intent, string range)
    {
        var time = QuestionTime.Of(question, Asked);
        Assert.That(time.Intent, Is.EqualTo(intent));
        Assert.That(time.Range is { } days ? $"{days.From:yyyy-MM-dd}..{days.To:yyyy-MM-dd}" : "", Is.EqualTo(range));
        Assert.That(time.IsNone, Is.EqualTo((TimeIntent)intent == TimeIntent.None && range.Length == 0));
    }

    [Test]
    public void How_many_weeks_asks_for_weeks() =>
        Assert.That(QuestionTime.Of("How many weeks passed?", null).Unit, Is.EqualTo(TimeUnit.Week));

    [Test]
    public void Without_the_day_it_is_asked_only_what_is_named_outright_is_read()
    {
        Assert.That(QuestionTime.Of("What did Orla do last week?", null).Range, Is.Null);
        Assert.That(QuestionTime.Of("What did Orla do in 2019?", null).Range, Is.Not.Null);
    }

    [TestCase("2023-01-01..2023-01-05", "2023-01-05..2023-01-06", true)]
    [TestCase("2023-01-01..2023-01-06", "2023-01-05..2023-01-06", false)]
    [TestCase("2023-01-01..", "2023-01-05..2023-01-06", false)]
    [TestCase("..2023-01-05", "2023-01-05..", true)]
    [TestCase("2023-01-01..2023-01-05", "..2023-01-06", false)]
    public void Before_needs_all_of_one_before_all_of_the_other(string one, string other, bool expected) =>
        Assert.That(DayRanges.Before(Range(one), Range(other)), Is.EqualTo(expected));

    [TestCase("2023-07-11..", "2023-10-19..", TimeUnit.Month, 3)]
    [TestCase("2023-10-19..", "2023-07-11..", TimeUnit.Month, -3)]
    [TestCase("2023-10-19..", "2023-11-18..", TimeUnit.Month, 0)]
    [TestCase("2023-01-31..", "2023-02-28..", TimeUnit.Month, 0)]
    [TestCase("2020-02-29..", "2024-02-28..", TimeUnit.Year, 3)]
    [TestCase("2020-02-29..", "2024-02-29..", TimeUnit.Year, 4)]
    [TestCase("2023-12-31..", "2024-01-01..", TimeUnit.Day, 1)]
    [TestCase("2023-07-16..", "2023-08-09..", TimeUnit.Week, 3)]
    [TestCase("2023-07-16..", "2023-08-09..", TimeUnit.Fortnight, 1)]
    [TestCase("..2023-07-16", "2023-08-09..", TimeUnit.Day, null)]
    public void Diff_counts_full_units(string one, string other, object unit, int? expected) =>
        Assert.That(DayRanges.Diff(Range(one), Range(other), (TimeUnit)unit), Is.EqualTo(expected));

    [Test]
    public void Diff_is_antisymmetric([Values(21)] int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 1000; round++)
        {
            var (a, b) = (AnyRange(random), AnyRange(random));
            foreach (var unit in Enum.GetValues<TimeUnit>())
            {
                Assert.That(DayRanges.Diff(a, b, unit), Is.EqualTo(-DayRanges.Diff(b, a, unit)), $"seed {seed}: {a}, {b}, {unit}");
            }
        }
    }

    [Test]
    public void Order_is_by_start_then_end_then_place()
    {
        DayRange[] ranges =
        [
            Range("2023-02-01..2023-02-05"), Range("2023-01-01.."), Range("2023-01-01..2023-01-02"), Range("..2023-01-01"), Range("2023-02-01..2023-02-05"),
        ];
        Assert.That(string.Join(" ", DayRanges.Order(ranges)), Is.EqualTo("2 1 0 4 3"));
    }

    [Test]
    public void Count_in_a_window_counts_what_shares_a_day_with_it()
    {
        DayRange[] ranges = [Range("2023-02-01..2023-02-05"), Range("2023-01-01.."), Range("..2023-02-01"), Range("2023-03-01..2023-03-02")];
        Assert.That(DayRanges.CountIn(ranges, Range("2023-02-01..2023-03-01")), Is.EqualTo(2));
        Assert.That(DayRanges.CountIn(ranges, Range("2023-01-31..2023-03-02")), Is.EqualTo(4));
        Assert.That(DayRanges.CountIn([], Range("2023-01-31..")), Is.Zero);
    }

    [TestCase("2023-05-07..2023-05-08", TimeGranularity.Day, "7 May 2023")]
    [TestCase("2023-06-01..2023-07-01", TimeGranularity.Month, "June 2023")]
    [TestCase("2022-01-01..2023-01-01", TimeGranularity.Year, "2022")]
    [TestCase("2016-01-01..2020-01-01", TimeGranularity.Year, "2016 to 2019")]
    [TestCase("1990-01-01..2000-01-01", TimeGranularity.Decade, "1990s")]
    [TestCase("1990-01-01..1994-01-01", TimeGranularity.Decade, "1990 to 1993")]
    [TestCase("2023-06-05..2023-06-12", TimeGranularity.Week, "5 to 11 June 2023 (week)")]
    [TestCase("2023-05-29..2023-06-05", TimeGranularity.Week, "29 May to 4 June 2023 (week)")]
    [TestCase("2020-12-28..2021-01-04", TimeGranularity.Week, "28 December 2020 to 3 January 2021 (week)")]
    [TestCase("2023-06-03..2023-06-05", TimeGranularity.Week, "3 to 4 June 2023 (weekend)")]
    [TestCase("2023-06-01..2023-06-11", TimeGranularity.Week, "1 to 10 June 2023")]
    [TestCase("2022-06-01..2022-09-01", TimeGranularity.Season, "summer 2022")]
    [TestCase("2022-12-01..2023-03-01", TimeGranularity.Season, "winter 2022")]
    [TestCase("2016-04-01..2016-10-01", TimeGranularity.Season, "April to September 2016")]
    [TestCase("2022-11-01..2023-03-01", TimeGranularity.Month, "November 2022 to February 2023")]
    [TestCase("2016-01-01..", TimeGranularity.Year, "since 2016")]
    [TestCase("2022-06-01..", TimeGranularity.Season, "since summer 2022")]
    [TestCase("2023-05-07..", TimeGranularity.Day, "since 7 May 2023")]
    [TestCase("2023-05-15..", TimeGranularity.Week, "since 15 May 2023")]
    [TestCase("..2023-07-01", TimeGranularity.Month, "until June 2023")]
    [TestCase("..2020-01-01", TimeGranularity.Year, "until 2019")]
    [TestCase("..2023-05-08", TimeGranularity.Day, "until 7 May 2023")]
    [TestCase("..", TimeGranularity.Day, "at any time")]
    public void Days_are_printed_as_a_person_would_write_them(string days, TimeGranularity granularity, string expected) =>
        Assert.That(TimeText.Of(Range(days), granularity), Is.EqualTo(expected));

    [TestCase("We met [the week before 9 June 2023].", "the week before 9 June 2023 (29 May to 4 June 2023)")]
    [TestCase("We met [7 May 2023].", "7 May 2023")]
    [TestCase("We met [last Friday].", "last Friday (19 May 2023)")]
    public void An_answer_shows_the_words_and_the_days(string marked, string expected)
    {
        var text = marked.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);
        Assert.That(TimeText.Of(text, TimeExpressions.Find(text, Asked)[0]), Is.EqualTo(expected));
    }

    [Test]
    public void What_is_printed_of_closed_days_is_read_as_those_days([Values(22)] int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 1000; round++)
        {
            var from = new DateOnly(1600, 1, 1).AddDays(random.Next(500 * 365));
            var days = new DayRange(from, from.AddDays(random.Next(1, 60)));
            var text = TimeText.Of(days, TimeGranularity.Day);
            var read = TimeExpressions.Find("from " + text, null);
            Assert.That(read, Has.Count.EqualTo(1), $"seed {seed}: {text}");
            Assert.That(read[0].Days, Is.EqualTo(days), $"seed {seed}: {text}");
        }
    }

    static DayRange AnyRange(Random random)
    {
        var from = new DateOnly(1900, 1, 1).AddDays(random.Next(60000));
        return new DayRange(from, from.AddDays(1));
    }

    static DayRange Range(string text)
    {
        var ends = text.Split("..");
        return new DayRange(Day(ends[0]), Day(ends[1]));
    }

    static DateOnly? Day(string text) => text.Length == 0 ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
