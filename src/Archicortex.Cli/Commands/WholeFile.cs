namespace Archicortex.Cli.Commands;

/// <summary>Writes a file whole or not at all.</summary>
static class WholeFile
{
    /// <summary>Writes beside the target and renames, so that a failure leaves an older file as it was.</summary>
    /// <param name="target">The file.</param>
    /// <param name="what">What it is, in messages: "the export".</param>
    /// <param name="write">Writes its content.</param>
    /// <param name="ct">Stops before the content is put in place.</param>
    public static async Task<T> WriteAsync<T>(string target, string what, Func<Stream, Task<T>> write, CancellationToken ct)
    {
        var partial = target + ".partial";
        try
        {
            T result;
            var file = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
            await using (file.ConfigureAwait(false))
            {
                result = await write(file).ConfigureAwait(false);
                await file.FlushAsync(ct).ConfigureAwait(false);
                file.Flush(flushToDisk: true);
            }

            File.Move(partial, target, overwrite: true);
            return result;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Discard(partial);
            throw new MemoryStoreException($"Cannot write {what} '{target}': {failure.Message.TrimEnd('.')}. Name a file that can be written.", failure);
        }
        catch (Exception failure) when (failure is OperationCanceledException or GraphMemoryException)
        {
            Discard(partial);
            throw;
        }
    }

    /// <summary>Refuses to write over the memory that is read.</summary>
    public static void RefuseSelf(string memory, string target)
    {
        if (Path.GetFullPath(memory) == Path.GetFullPath(target))
        {
            throw new GraphMemoryException(
                $"The export would overwrite the memory '{memory}' itself. "
                + $"Name another file, e.g. --output {Path.ChangeExtension(target, ".jsonl")}");
        }
    }

    static void Discard(string partial)
    {
        if (File.Exists(partial))
        {
            File.Delete(partial);
        }
    }
}
