using System.Xml.Linq;
using NUnit.Framework;

namespace Archicortex.Tests.House;

/// <summary>The compiler refuses a public member without a comment (CS1591); this checks that the comments are shipped.</summary>
[TestFixture]
public sealed class DocsTests
{
    [Test]
    public void Every_public_type_has_a_summary_in_the_documentation_file()
    {
        var file = Path.ChangeExtension(typeof(GraphMemory).Assembly.Location, ".xml");
        Assert.That(file, Does.Exist);
        var summaries = XDocument.Load(file).Descendants("member")
            .Where(member => !string.IsNullOrWhiteSpace(member.Element("summary")?.Value) || member.Element("inheritdoc") is not null)
            .Select(member => member.Attribute("name")!.Value)
            .ToHashSet();
        var types = typeof(GraphMemory).Assembly.GetExportedTypes().Select(type => "T:" + type.FullName!.Replace('+', '.'));
        Assert.That(types.Where(type => !summaries.Contains(type)), Is.Empty);
    }
}
