namespace Archicortex.Documents;

/// <summary>Which files of a folder are read, in which order, under which names.</summary>
static class DocumentFiles
{
    static readonly string[] Endings = [".md", ".markdown", ".txt", ".text", ".jsonl", ".ndjson", ".chat"];

    /// <summary>The files to read, in ordinal order of their names with forward slashes: equal on every system.</summary>
    /// <exception cref="GraphMemoryException">A folder cannot be listed.</exception>
    public static List<string> In(string folder, Action<string>? skipped)
    {
        var files = new List<string>();
        var waiting = new Stack<string>([folder]);
        while (waiting.TryPop(out var next))
        {
            foreach (var entry in Entries(next))
            {
                var why = WhyNot(entry);
                if (why is not null)
                {
                    skipped?.Invoke($"{NameOf(entry.Path)}: {why}");
                }
                else if (entry.IsFolder)
                {
                    waiting.Push(entry.Path);
                }
                else
                {
                    files.Add(entry.Path);
                }
            }
        }

        files.Sort((left, right) => string.CompareOrdinal(NameOf(left), NameOf(right)));
        return files;
    }

    /// <summary>A path as a document's name: as given, with forward slashes, without leading "./".</summary>
    public static string NameOf(string path)
    {
        var name = path.Replace(Path.DirectorySeparatorChar, '/');
        while (name.StartsWith("./", StringComparison.Ordinal))
        {
            name = name[2..].TrimStart('/');
        }

        return name.Length == 0 ? path : name;
    }

    /// <exception cref="GraphMemoryException">The file is not there or cannot be read.</exception>
    public static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, useAsync: false);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new GraphMemoryException($"There is no file or folder '{path}'. Check the path; '-' reads standard input.", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new GraphMemoryException($"'{path}' cannot be read: {failure.Message}", failure);
        }
    }

    static List<Entry> Entries(string folder)
    {
        try
        {
            return [.. new DirectoryInfo(folder).EnumerateFileSystemInfos().Select(info => new Entry(
                folder == "." ? info.Name : Path.Combine(folder, info.Name),
                info is DirectoryInfo,
                info.Name.StartsWith('.') || info.Attributes.HasFlag(FileAttributes.Hidden),
                info.LinkTarget is not null,
                info is FileInfo { LinkTarget: null, Length: 0 }))];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new GraphMemoryException($"The folder '{folder}' cannot be listed: {failure.Message}", failure);
        }
    }

    // A pipe or a device has no length; opening one would wait for whoever writes it, for ever.
    // A link to a folder may lead back up, and then reading would not end.
    static string? WhyNot(Entry entry) =>
        entry.IsHidden ? "hidden"
        : entry.IsFolder && entry.IsLink ? "a link to a folder"
        : !entry.IsFolder && !Endings.Contains(Path.GetExtension(entry.Path).ToLowerInvariant()) ? "no text ending"
        : entry.IsEmpty ? "empty"
        : null;

    readonly record struct Entry(string Path, bool IsFolder, bool IsHidden, bool IsLink, bool IsEmpty);
}
