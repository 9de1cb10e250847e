namespace Archicortex.Storage;

/// <summary>What survives the process: the log of one scope, and at most one snapshot computed from it.</summary>
/// <remarks>
/// The narrow waist between engine and database. A store keeps operations in order and keeps them safe; it knows nothing
/// of graphs or ranking. Every implementation passes the same contract tests. Members may be called by one writer and
/// any number of readers at a time.
/// </remarks>
public interface IMemoryStore : IAsyncDisposable
{
    /// <summary>What the store is called in messages: a file name, an address.</summary>
    string Name { get; }

    /// <summary>The scope (tenant, user, agent) this store keeps. Nothing crosses scopes.</summary>
    string Scope { get; }

    /// <summary>True if <see cref="AppendAsync"/> and <see cref="WriteSnapshotAsync"/> will refuse.</summary>
    bool IsReadOnly { get; }

    /// <summary>Sequence number and id of the last operation; 0 and <see cref="OperationId.None"/> for an empty log.</summary>
    Task<LogHead> HeadAsync(CancellationToken cancellationToken = default);

    /// <summary>Appends a batch: all of it, durably, or nothing.</summary>
    /// <param name="expected">The head the batch was made for.</param>
    /// <param name="operations">Operations numbered from <paramref name="expected"/> on, without a gap; at least one.</param>
    /// <param name="cancellationToken">Honoured before the batch is written, not after.</param>
    /// <exception cref="MemoryConflictException">Another writer appended since: nothing is written.</exception>
    /// <exception cref="MemoryStoreException">The medium failed (full, broken): nothing is written.</exception>
    Task AppendAsync(LogHead expected, IReadOnlyList<Operation> operations, CancellationToken cancellationToken = default);

    /// <summary>The operations after a sequence number, in order, as of the moment reading starts.</summary>
    IAsyncEnumerable<Operation> ReadAsync(long afterSequence, CancellationToken cancellationToken = default);

    /// <summary>The last snapshot written, or null. A snapshot is derived: losing one costs time, never content.</summary>
    Task<StoredSnapshot?> ReadSnapshotAsync(CancellationToken cancellationToken = default);

    /// <summary>Replaces the snapshot, atomically.</summary>
    Task WriteSnapshotAsync(StoredSnapshot snapshot, CancellationToken cancellationToken = default);
}

/// <summary>Where a log ends.</summary>
/// <param name="Sequence">Sequence number of the last operation, 0 if there is none.</param>
/// <param name="Id">Its id.</param>
public readonly record struct LogHead(long Sequence, OperationId Id);

/// <summary>The views of a memory at a point of its log, as bytes.</summary>
/// <param name="Head">The last operation it includes.</param>
/// <param name="Content">Its bytes; only the engine that wrote them reads them.</param>
public sealed record StoredSnapshot(LogHead Head, ReadOnlyMemory<byte> Content);
