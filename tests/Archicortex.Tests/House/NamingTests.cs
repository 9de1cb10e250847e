using NUnit.Framework;

namespace Archicortex.Tests.House;

[TestFixture]
public sealed class NamingTests
{
    static readonly string[] Empty = ["Manager", "Helper", "Helpers", "Utils", "Util", "Utility", "Utilities"];

    [Test]
    public void No_type_has_a_name_that_says_nothing()
    {
        var names = typeof(GraphMemory).Assembly.GetTypes().Where(type => !type.Name.StartsWith('<')).Select(type => type.Name.Split('`')[0]);
        Assert.That(names.Where(SaysNothing), Is.Empty);
    }

    [Test]
    public void No_file_has_a_name_that_says_nothing()
    {
        var files = Repository.CodeFiles("src").Concat(Repository.CodeFiles("tests"));
        Assert.That(files.Where(path => SaysNothing(Path.GetFileNameWithoutExtension(path))), Is.Empty);
    }

    static bool SaysNothing(string name) => Empty.Any(word => name.EndsWith(word, StringComparison.Ordinal));
}
