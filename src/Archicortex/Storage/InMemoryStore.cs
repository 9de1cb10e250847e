using System.Runtime.CompilerServices;

namespace Archicortex.Storage;

/// <summary>Keeps a log in the process alone: for tests, for throw-away memories, for trying things out.</summary>
/// <param name="scope">The scope it keeps.</param>
public sealed class InMemoryStore(string scope = GraphMemoryOptions.DefaultScope) : IMemoryStore
{
    readonly Lock _lock = new();
    readonly List<Operation> _operations = [];
    StoredSnapshot? _snapshot;

    /// <inheritdoc/>
    public string Name => "memory of this process";

    /// <inheritdoc/>
    public string Scope { get; } = scope;

    /// <inheritdoc/>
    public bool IsReadOnly => false;

    /// <inheritdoc/>
    public Task<LogHead> HeadAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return Task.FromResult(Head);
        }
    }

    /// <inheritdoc/>
    public Task AppendAsync(LogHead expected, IReadOnlyList<Operation> operations, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Batch.Check(expected, operations);
        lock (_lock)
        {
            if (Head != expected)
            {
                throw Batch.Conflict(Name, expected, Head);
            }

            _operations.AddRange(operations);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Operation> ReadAsync(
        long afterSequence, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Operation[] operations;
        lock (_lock)
        {
            operations = [.. _operations.Skip((int)afterSequence)];
        }

        foreach (var operation in operations)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return operation;
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<StoredSnapshot?> ReadSnapshotAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return Task.FromResult(_snapshot);
        }
    }

    /// <inheritdoc/>
    public Task WriteSnapshotAsync(StoredSnapshot snapshot, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            _snapshot = snapshot;
        }

        return Task.CompletedTask;
    }

    /// <summary>Keeps the log: the same store can be opened again.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    LogHead Head => _operations.Count == 0 ? default : new(_operations[^1].Sequence, _operations[^1].Id);
}
