using System.Diagnostics;

namespace Archicortex.Tests.House;

/// <summary>The files of this project, found by walking up to the solution.</summary>
static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>C# files under a folder, as paths from the root with slashes, sorted; build output left out.</summary>
    public static List<string> CodeFiles(string folder) => [.. Directory
        .EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
        .Where(path => !path.Split('/').Any(part => part is "obj" or "bin"))
        .Order(StringComparer.Ordinal)];

    public static string[] Lines(string path) => File.ReadAllLines(Path.Combine(Root, path));

    /// <summary>Files git tracks, and those it would: new ones that are not ignored. Null where there is no git.</summary>
    public static List<string>? TrackedFiles()
    {
        try
        {
            var start = new ProcessStartInfo("git", ["-C", Root, "ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var git = Process.Start(start)!;
            git.ErrorDataReceived += (_, _) => { };
            git.BeginErrorReadLine();
            var list = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            var files = list.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(path => File.Exists(Path.Combine(Root, path))).ToList();
            return git.ExitCode == 0 && files.Count > 0 ? files : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Graph.sln")))
            {
                return folder.FullName;
            }
        }

        // Built elsewhere (--artifacts-path): this file knows where it was compiled.
        var source = SourceFolder();
        while (source is not null && !File.Exists(Path.Combine(source, "Graph.sln")))
        {
            source = Path.GetDirectoryName(source);
        }

        return source ?? throw new InvalidOperationException($"No folder above '{AppContext.BaseDirectory}' holds Graph.sln.");
    }

    static string? SourceFolder([System.Runtime.CompilerServices.CallerFilePath] string path = "") => Path.GetDirectoryName(path);
}
