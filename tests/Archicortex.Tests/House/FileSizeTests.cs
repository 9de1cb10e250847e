using NUnit.Framework;

namespace Archicortex.Tests.House;

[TestFixture]
public sealed class FileSizeTests
{
    const int FileLinesMax = 600;
    const int LineCharsMax = 160;
    const int MethodLinesMax = 70;

    [Test]
    public void No_file_is_longer_than_600_lines()
    {
        foreach (var folder in new[] { "src", "tests" })
        {
            var sizes = Repository.CodeFiles(folder).Select(path => (Lines: Repository.Lines(path).Length, Path: path)).Order().ToList();
            TestContext.Out.WriteLine(
                $"{folder}: {sizes.Count} files, {sizes.Sum(size => size.Lines)} lines, median {At(sizes, .5)}, p95 {At(sizes, .95)}, longest {sizes[^1].Lines} ({sizes[^1].Path})");
            Assert.That(sizes.Where(size => size.Lines > FileLinesMax), Is.Empty);
        }
    }

    [Test]
    public void No_line_of_the_sources_is_longer_than_160_characters()
    {
        var long_ = Repository.CodeFiles("src").SelectMany(path => Repository.Lines(path)
            .Index().Where(line => line.Item.Length > LineCharsMax).Select(line => $"{path}:{line.Index + 1}: {line.Item.Length} characters"));
        Assert.That(string.Join('\n', long_), Is.Empty);
    }

    [Test]
    public void No_method_is_longer_than_70_lines()
    {
        var methods = Repository.CodeFiles("src").SelectMany(path => MethodLengths.Of(Repository.Lines(path)).Select(method => (method.Lines, Where: $"{path}:{method.Line}"))).ToList();
        TestContext.Out.WriteLine($"{methods.Count} methods with a body, longest {methods.Max().Lines} lines ({methods.Max().Where})");
        Assert.That(methods.Where(method => method.Lines > MethodLinesMax), Is.Empty);
    }

    [Test]
    public void The_counter_of_method_lines_counts()
    {
        string[] lines =
        [
            "namespace A;",
            "sealed class B",
            "{",
            "    readonly int[] _c = [1, 2];",
            "    static int D(string e) => e.Length;",
            "    void F()",
            "    {",
            "        G(\"}\");",
            "        if (true) { // }",
            "        }",
            "    }",
            "    int H { get; set; }",
            "}",
        ];
        Assert.That(MethodLengths.Of(lines), Is.EqualTo(Enumerable.Repeat((Line: 6, Lines: 6), 1)));
    }

    static int At(List<(int Lines, string Path)> sizes, double share) => sizes[(int)(share * (sizes.Count - 1))].Lines;
}
