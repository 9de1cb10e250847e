using NUnit.Framework;

namespace Archicortex.Tests.House;

[TestFixture]
public sealed class RoomOrderTests
{
    const string Engine = "src/Archicortex/";

    [Test]
    public void A_room_uses_only_rooms_before_it_and_the_floors()
    {
        var files = Repository.CodeFiles(Engine);
        Assert.That(files, Has.Count.GreaterThan(20));
        var breaches = files.SelectMany(path => RoomOrder.Breaches(path[Engine.Length..], Repository.Lines(path))).ToList();
        Assert.That(breaches, Is.Empty, string.Join('\n', breaches));
    }

    [TestCase("Graph/Bad.cs", "using Archicortex.Recall;", "Graph/Bad.cs:1: Graph may not use Recall")]
    [TestCase("Graph/Bad.cs", "var x = Archicortex.Storage.Payloads.Read();", "Graph/Bad.cs:1: Graph may not use Storage")]
    [TestCase("Facts/Bad.cs", "    Recall.Question question;", "Facts/Bad.cs:1: Facts may not use Recall")]
    [TestCase("Documents/Bad.cs", "using Archicortex.Storage;", "Documents/Bad.cs:1: Documents may not use Storage")]
    [TestCase("Numerics/Bad.cs", "using Archicortex.Language;", "Numerics/Bad.cs:1: Numerics may not use Language")]
    [TestCase("Language/Bad.cs", "using static Archicortex.Graph.NodeId;", "Language/Bad.cs:1: Language may not use Graph")]
    [TestCase("Models/Bad.cs", "using Archicortex.Facts;", "Models/Bad.cs:1: Models may not use Facts")]
    [TestCase("Cellar/Bad.cs", "using System;", "Cellar/Bad.cs:1: there is no room Cellar")]
    public void A_made_up_breach_is_caught(string path, string line, string breach) =>
        Assert.That(RoomOrder.Breaches(path, [line]), Is.EqualTo(Enumerable.Repeat(breach, 1)));

    [TestCase("Recall/Good.cs", "using Archicortex.Graph;")]
    [TestCase("Storage/Good.cs", "using Archicortex.Documents;")]
    [TestCase("Models/Good.cs", "using Archicortex.Language;")]
    [TestCase("Language/Good.cs", "using Archicortex.Numerics;")]
    [TestCase("Facts/Good.cs", "// A passage is ranked in Archicortex.Recall.")]
    [TestCase("Facts/Good.cs", "throw new InvalidOperationException(\"see Archicortex.Recall\");")]
    [TestCase("Recall/Good.cs", "var id = view.Storage.Id;")]
    [TestCase("GraphMemory.cs", "using Archicortex.Storage;")]
    public void What_is_allowed_passes(string path, string line) => Assert.That(RoomOrder.Breaches(path, [line]), Is.Empty);
}
