using System.Security.Cryptography;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace Archicortex.Tests.House;

[TestFixture]
public sealed partial class RepositoryTests
{
    static readonly string[] TopLevel = ["src", "tests", "notebooks", "graph-schema", "Graph.sln", "README.md", "LICENSE"];
    static readonly string[] Binary = [".png", ".jpg", ".ico", ".woff2", ".gz", ".zip", ".db", ".archicortex"];

    [Test]
    public void The_top_level_holds_only_what_it_may()
    {
        var names = Tracked().Select(path => path.Split('/')[0]).Distinct();
        Assert.That(names.Where(name => !name.StartsWith('.') && !TopLevel.Contains(name)), Is.Empty);
    }

    [Test]
    public void No_file_names_a_machine_a_home_or_a_private_registry()
    {
        var found = new List<string>();
        foreach (var path in Tracked().Where(path => !Binary.Contains(Path.GetExtension(path)) && !path.EndsWith("RepositoryTests.cs", StringComparison.Ordinal)))
        {
            found.AddRange(Repository.Lines(path).Index().Where(line => Forbidden().IsMatch(line.Item))
                .Select(line => $"{path}:{line.Index + 1}: {Forbidden().Match(line.Item).Value}"));
        }

        Assert.That(string.Join('\n', found), Is.Empty);
    }

    [TestCase("/wo" + "rk/main/src")]
    [TestCase("cd /home/ada/notes")]
    [TestCase("path = C:\\Users\\Ada")]
    [TestCase("<add key=\"feed\" value=\"https://nuget.example.org/v3/index.json\" />")]
    [TestCase("https://artifactory.example.com/api/nuget")]
    [TestCase("registry=https://registry.example.net/npm")]
    public void A_made_up_machine_path_or_registry_is_caught(string line) => Assert.That(Forbidden().IsMatch(line), Is.True);

    [TestCase("see https://learn.microsoft.com/dotnet")]
    [TestCase("the framework/core")]
    [TestCase("src/Archicortex/Storage")]
    public void Ordinary_lines_pass(string line) => Assert.That(Forbidden().IsMatch(line), Is.False);

    [Test]
    public void No_file_of_the_shared_data_is_copied_into_the_project()
    {
        var data = Path.Combine(Repository.Root, "..", "shared", "data");
        if (!Directory.Exists(data))
        {
            Assert.Ignore("There is no ../shared/data here to compare with.");
        }

        // Only files of equal size can be equal, so that few are read.
        var shared = Directory.EnumerateFiles(data, "*", SearchOption.AllDirectories)
            .Where(path => new FileInfo(path).Length > 0).ToLookup(path => new FileInfo(path).Length);
        var copies = Tracked().Where(path => shared[new FileInfo(Path.Combine(Repository.Root, path)).Length]
            .Any(other => Hash(other) == Hash(Path.Combine(Repository.Root, path)))).ToList();
        Assert.That(copies, Is.Empty);
        var names = shared.SelectMany(files => files).Select(Path.GetFileName).Where(name => name!.EndsWith(".jsonl", StringComparison.Ordinal)).ToHashSet();
        Assert.That(Tracked().Where(path => path.StartsWith("tests/", StringComparison.Ordinal) && names.Contains(Path.GetFileName(path))), Is.Empty);
    }

    static List<string> Tracked()
    {
        var files = Repository.TrackedFiles();
        if (files is null)
        {
            Assert.Ignore("There is no git here that lists the project's files.");
        }

        return files;
    }

    static string Hash(string path) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));

    [GeneratedRegex(@"(?<![\w.~$}])/(?:work|home/\w+|root|Users/\w+)/|[A-Z]:\\Users\\|https?://[\w.-]*(?:nuget|artifactory|nexus|registry|pypi|mirror|proxy)[\w.-]*\.(?!org/packages/)[\w.-]+|localhost:4873")]
    private static partial Regex Forbidden();
}
