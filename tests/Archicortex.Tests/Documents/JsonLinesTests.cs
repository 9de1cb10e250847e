using Archicortex.Documents;
using NUnit.Framework;

namespace Archicortex.Tests.Documents;

public sealed class JsonLinesTests
{
    [Test]
    public async Task Every_field_is_read_and_unknown_ones_become_metadata()
    {
        var document = (await Reading.Stream(
            """{"id":7,"title":"T","text":"X","time":"2024-03-09T10:12:00+01:00","speaker":"Ada","session":3,"source":"s","metadata":{"a":"b","n":1.50},"tags":["x", 1],"gone":null}""")).Single();
        Assert.That(document with { Metadata = null }, Is.EqualTo(new Document("X")
        {
            Id = "7", Title = "T", Time = new DateTimeOffset(2024, 3, 9, 10, 12, 0, TimeSpan.FromHours(1)), Speaker = "Ada", Session = "3", Source = "s",
        }));
        Assert.That(document.Metadata, Is.EquivalentTo(new Dictionary<string, string> { ["a"] = "b", ["n"] = "1.50", ["tags"] = "[\"x\", 1]" }));
    }

    [Test]
    public async Task Blank_lines_are_passed_over_but_counted()
    {
        Assert.That(await Reading.Stream("{\"text\":\"a\"}\n\n  \n{\"text\":\"b\"}"), Has.Count.EqualTo(2));
        Assert.That(Refusal("{\"text\":\"a\"}\n\n[1]"), Does.StartWith("'in' line 3: it is an array, not an object"));
    }

    [Test]
    public async Task A_source_that_is_not_given_is_the_input() =>
        Assert.That((await Reading.Stream("{\"text\":\"a\"}")).Single().Source, Is.EqualTo("in"));

    [TestCase("{\"text\":\"a\"", "it is no JSON")]
    [TestCase("hello", "it starts 'hello'")]
    [TestCase("3", "it is the number 3, not an object")]
    [TestCase("{\"title\":\"x\",\"body\":\"y\"}", "it has no 'text' (its fields: title, body). Give each line a field 'text'")]
    [TestCase("{}", "it has no 'text' (its fields: none)")]
    [TestCase("{\"text\":null}", "it has no 'text'")]
    [TestCase("{\"text\":\" \\n\"}", "its 'text' is empty")]
    [TestCase("{\"text\":42}", "its 'text' is the number 42. A 'text' is a string")]
    [TestCase("{\"text\":\"a\",\"title\":[]}", "its 'title' is an array")]
    [TestCase("{\"text\":\"a\",\"id\":true}", "its 'id' is true. The 'id' must be a string or a number")]
    [TestCase("{\"text\":\"a\",\"id\":\"\"}", "its 'id' is empty")]
    [TestCase("{\"text\":\"a\",\"session\":{}}", "its 'session' is an object")]
    [TestCase("{\"text\":\"a\",\"time\":\"09.03.2024\"}", "its 'time' is '09.03.2024'. A 'time' is written as ISO 8601")]
    [TestCase("{\"text\":\"a\",\"time\":1710000000}", "its 'time' is the number 1710000000")]
    [TestCase("{\"text\":\"a\",\"metadata\":\"m\"}", "its 'metadata' is the string 'm'. The 'metadata' must be an object")]
    [TestCase("{\"text\":\"a\",\"k\":1,\"metadata\":{\"k\":2}}", "its field 'k' stands both beside 'metadata' and in it")]
    [TestCase("{\"text\":\"a\",\"text\":\"b\"}", "it is no JSON")]
    public void A_broken_line_is_refused_with_its_number_what_was_found_and_the_rule(string line, string expected) =>
        Assert.That(Refusal("{\"text\":\"first\"}\n" + line), Does.StartWith("'in' line 2").And.Contain(expected));

    [TestCase("2024-03-09", "2024-03-09T00:00:00+00:00")]
    [TestCase("2024-03-09T10:12", "2024-03-09T10:12:00+00:00")]
    [TestCase("2024-03-09 10:12:13", "2024-03-09T10:12:13+00:00")]
    [TestCase("2024-03-09T10:12:13.5Z", "2024-03-09T10:12:13.5+00:00")]
    [TestCase("2024-03-09T10:12:13-05:00", "2024-03-09T10:12:13-05:00")]
    public async Task A_time_without_an_offset_is_universal(string written, string expected)
    {
        var time = (await Reading.Stream($"{{\"text\":\"a\",\"time\":\"{written}\"}}")).Single().Time!.Value;
        Assert.That(
            time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", System.Globalization.CultureInfo.InvariantCulture), Is.EqualTo(expected));
    }

    [Test]
    public async Task Lines_across_buffer_borders_come_out_whole()
    {
        const int Seed = 20261121;
        var random = new Random(Seed);
        var texts = Enumerable.Range(0, 300).Select(_ => new string('é', random.Next(1, 2000))).ToList();
        var read = await Reading.Stream(string.Join('\n', texts.Select(text => $"{{\"text\":\"{text}\"}}")));
        Assert.That(read.Select(document => document.Text), Is.EqualTo(texts), $"seed {Seed}");
    }

    static string Refusal(string input) => Reading.Refusal(() => Reading.Stream(input, InputFormat.JsonLines));
}
