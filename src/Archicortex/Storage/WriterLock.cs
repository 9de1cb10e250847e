namespace Archicortex.Storage;

/// <summary>Lets one process at a time write a memory: a lock on a file beside it, which the system frees when the process dies.</summary>
/// <remarks>
/// SQLite's own locks last for one transaction; a writer that keeps its views in the process needs the file to itself
/// for as long as it is open. The lock file is empty and is left in place: removing it would let two writers lock two
/// files of one name. Should the lock fail to work (some network drives), the log's unique sequence numbers still turn
/// the second writer away.
/// </remarks>
sealed class WriterLock : IDisposable
{
    readonly FileStream _file;

    WriterLock(FileStream file) => _file = file;

    /// <exception cref="MemoryConflictException">Another process holds it.</exception>
    /// <exception cref="MemoryStoreException">The lock file cannot be made.</exception>
    public static WriterLock Take(string path)
    {
        var lockPath = path + "-writer";
        try
        {
            return new WriterLock(new FileStream(lockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (DirectoryNotFoundException failure)
        {
            throw new MemoryStoreException(
                $"Cannot open '{path}': the folder '{Path.GetDirectoryName(Path.GetFullPath(path))}' does not exist. Make it first.", failure);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new MemoryStoreException($"Cannot write '{path}': {failure.Message} Change the rights, or name a file you may write.", failure);
        }
        catch (IOException failure) when (!IsTaken(failure))
        {
            throw new MemoryStoreException($"Cannot write '{path}': its lock '{lockPath}' cannot be made ({failure.Message}).", failure);
        }
        catch (IOException failure)
        {
            throw new MemoryConflictException(
                $"'{path}' is open for writing in another process (its lock '{lockPath}' is taken: {failure.Message}). "
                + "Close that one first, or open this one for reading.", failure);
        }
    }

    /// <summary>A lock that someone holds: sharing or lock violation on Windows, EAGAIN on Linux and macOS.</summary>
    static bool IsTaken(IOException failure) => (failure.HResult & 0xFFFF) is 32 or 33 || failure.HResult is 11 or 35;

    public void Dispose() => _file.Dispose();
}
