namespace Archicortex.Testing;

/// <summary>A folder of one test's own, removed with all that is in it.</summary>
public sealed class TempFolder : IDisposable
{
    /// <summary>Where it is.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("archicortex-test-").FullName;

    /// <summary>The path of a file in it.</summary>
    public string File(string name = "notes.archicortex") => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
