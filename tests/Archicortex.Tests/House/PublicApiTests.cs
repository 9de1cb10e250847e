using Archicortex.OpenAI;
using NUnit.Framework;

namespace Archicortex.Tests.House;

[TestFixture]
public sealed class PublicApiTests
{
    [TestCase(typeof(GraphMemory), "PublicApi.approved.txt")]
    [TestCase(typeof(OpenAIModels), "PublicApi.OpenAI.approved.txt")]
    public void The_public_surface_is_the_approved_one(Type inside, string file)
    {
        var relative = "tests/Archicortex.Tests/House/" + file;
        var path = Path.Combine(Repository.Root, relative);
        var actual = PublicSurface.Of(inside.Assembly).ToList();
        if (Environment.GetEnvironmentVariable("ARCHICORTEX_APPROVE") == "1")
        {
            File.WriteAllText(path, string.Join('\n', actual) + "\n");
            Assert.Pass($"Approved {actual.Count} lines.");
        }

        var approved = File.Exists(path) ? File.ReadAllLines(path) : [];
        var differences = approved.Except(actual).Select(line => "- " + line).Concat(actual.Except(approved).Select(line => "+ " + line)).ToList();
        Assert.That(
            differences, Is.Empty,
            $"The public surface differs from {relative}:\n{string.Join('\n', differences)}\nIf that is meant, approve it: ARCHICORTEX_APPROVE=1 dotnet test");
    }

    [Test]
    public void The_surface_shows_types_members_and_constants()
    {
        var surface = PublicSurface.Of(typeof(GraphMemory).Assembly).ToList();
        Assert.That(surface, Does.Contain("Archicortex.GraphMemory : sealed class, IAsyncDisposable"));
        Assert.That(surface, Does.Contain("Archicortex.RecallStrategy.Auto = 0"));
        Assert.That(surface, Does.Contain("Archicortex.GraphMemoryOptions.DefaultScope : const String"));
        Assert.That(surface, Does.Contain("Archicortex.RecallOptions.Top : Int32 { get; init; }"));
        Assert.That(surface, Does.Contain("Archicortex.GraphMemory.ForgetAsync(String name, CancellationToken cancellationToken = …) : Task<IReadOnlyList<Document>>"));
        Assert.That(surface, Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
    }
}
