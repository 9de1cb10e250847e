namespace Archicortex.Storage;

/// <summary>What every store asks of a batch, and what it says when another writer was faster.</summary>
static class Batch
{
    /// <exception cref="ArgumentException">The batch is empty or not numbered from the expected head on.</exception>
    public static void Check(LogHead expected, IReadOnlyList<Operation> operations)
    {
        ArgumentOutOfRangeException.ThrowIfZero(operations.Count);
        for (var i = 0; i < operations.Count; i++)
        {
            var sequence = expected.Sequence + 1 + i;
            if (operations[i].Sequence != sequence)
            {
                throw new ArgumentException(
                    $"Operation {i} of the batch has sequence {operations[i].Sequence}; after head {expected.Sequence} it must have {sequence}.",
                    nameof(operations));
            }
        }
    }

    public static MemoryConflictException Conflict(string store, LogHead expected, LogHead found) => new(
        $"{store}: the log ends at operation {found.Sequence}, not at {expected.Sequence}: another writer appended since. "
        + "Nothing was written. Open the memory again and repeat.");
}
