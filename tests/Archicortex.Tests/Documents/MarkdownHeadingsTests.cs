using Archicortex.Documents;
using NUnit.Framework;

namespace Archicortex.Tests.Documents;

public sealed class MarkdownHeadingsTests
{
    [TestCase("# One\n# Two", ExpectedResult = "One")]
    [TestCase("## Sub\ntext\n# Title #\n", ExpectedResult = "Title")]
    [TestCase("# Windows\r\ntext", ExpectedResult = "Windows")]
    [TestCase("#hashtag", ExpectedResult = null)]
    [TestCase("```\n# code\n```\n", ExpectedResult = null)]
    [TestCase("", ExpectedResult = null)]
    public string? The_title_is_the_first_heading_of_level_one(string text) => MarkdownHeadings.Title(text);

    [Test]
    public void Sections_cover_the_text_and_carry_their_headings()
    {
        const string Text = "# T\nintro\n## A\none\n~~~\n## no\n~~~\n### B\ntwo\n";
        var sections = MarkdownHeadings.Sections(Text);
        Assert.That(sections.Select(section => section.Section), Is.EqualTo(new[] { null, "A", "B" }));
        Assert.That(string.Concat(sections.Select(section => Text.Substring(section.Start, section.Length))), Is.EqualTo(Text));
    }
}
