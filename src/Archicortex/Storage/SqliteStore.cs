using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace Archicortex.Storage;

/// <summary>Keeps a log in one SQLite file: what is acknowledged survives a crash and a power cut.</summary>
/// <remarks>
/// Write-ahead log with <c>synchronous=FULL</c>: an append returns when the disk has it, and a batch is there whole or
/// not at all. One process writes (it holds the file's <see cref="WriterLock"/>); any number read meanwhile.
/// </remarks>
public sealed partial class SqliteStore : IMemoryStore
{
    const int SnapshotChunkBytes = 1 << 20;

    readonly SqliteConnection _connection;
    readonly WriterLock? _writerLock;
    readonly Lock _lock = new();

    SqliteStore(string path, string scope, SqliteConnection connection, WriterLock? writerLock) =>
        (Name, Scope, _connection, _writerLock) = (path, scope, connection, writerLock);

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Scope { get; }

    /// <inheritdoc/>
    public bool IsReadOnly => _writerLock is null;

    /// <summary>Opens a store for writing; makes the file if it is not there.</summary>
    /// <exception cref="MemoryConflictException">Another process has it open for writing.</exception>
    /// <exception cref="MemoryFormatException">The file is no memory, or one of a newer format.</exception>
    /// <exception cref="MemoryStoreException">The file cannot be made, read or written.</exception>
    public static SqliteStore Open(string path, string scope = GraphMemoryOptions.DefaultScope)
    {
        SqliteFile.CheckHeader(path);
        var writerLock = WriterLock.Take(path);
        try
        {
            return new SqliteStore(path, scope, SqliteFile.OpenForWriting(path), writerLock);
        }
        catch
        {
            writerLock.Dispose();
            throw;
        }
    }

    /// <summary>Opens a store for reading, whether or not another process is writing it.</summary>
    /// <exception cref="MemoryFormatException">The file is no memory, or one of a newer format.</exception>
    /// <exception cref="MemoryStoreException">There is no such file, or it cannot be read.</exception>
    public static SqliteStore OpenForReading(string path, string scope = GraphMemoryOptions.DefaultScope)
    {
        if (!File.Exists(path))
        {
            throw new MemoryStoreException($"There is no memory at '{path}'. Remember something into it first, or check the path.");
        }

        SqliteFile.CheckHeader(path);
        return new SqliteStore(path, scope, SqliteFile.OpenForReading(path), null);
    }

    /// <inheritdoc/>
    public Task<LogHead> HeadAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Run("read", () => Head(null));
    }

    /// <inheritdoc/>
    public Task AppendAsync(LogHead expected, IReadOnlyList<Operation> operations, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operations);
        cancellationToken.ThrowIfCancellationRequested();
        RefuseReadOnly();
        Batch.Check(expected, operations);
        return Run("append to", () =>
        {
            using var transaction = _connection.BeginTransaction();
            var found = Head(transaction);
            if (found != expected)
            {
                throw Batch.Conflict(Name, expected, found);
            }

            Insert(operations, transaction);
            transaction.Commit();
            return true;
        });
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Operation> ReadAsync(
        long afterSequence, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var end = (await HeadAsync(cancellationToken).ConfigureAwait(false)).Sequence;
        const int PageRows = 512;
        for (var after = afterSequence; after < end;)
        {
            // Read a page at a time, so that the connection is free between pages and a long log is not held at once.
            var page = await Run("read", () => Page(after, Math.Min(end, after + PageRows))).ConfigureAwait(false);
            foreach (var operation in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return operation;
            }

            after += PageRows;
        }
    }

    /// <inheritdoc/>
    public Task<StoredSnapshot?> ReadSnapshotAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Run("read", ReadSnapshot);
    }

    /// <inheritdoc/>
    public Task WriteSnapshotAsync(StoredSnapshot snapshot, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        cancellationToken.ThrowIfCancellationRequested();
        RefuseReadOnly();
        return Run("write a snapshot to", () =>
        {
            WriteSnapshot(snapshot);
            return true;
        });
    }

    /// <summary>Asks SQLite to check every page of the file. Returns what is wrong, or null.</summary>
    public string? CheckPages()
    {
        lock (_lock)
        {
            using var command = Command("PRAGMA integrity_check(1)", null);
            return command.ExecuteScalar() is "ok" ? null : "SQLite's integrity check found damaged pages.";
        }
    }

    /// <summary>Closes the file; what was written is in it alone, without a write-ahead log beside it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync().ConfigureAwait(false);
        _writerLock?.Dispose();
    }

    LogHead Head(SqliteTransaction? transaction)
    {
        using var command = Command(
            "SELECT sequence, id FROM operation WHERE scope = $scope ORDER BY sequence DESC LIMIT 1", transaction);
        command.Parameters.AddWithValue("$scope", Scope);
        using var row = command.ExecuteReader();
        return row.Read() ? new(row.GetInt64(0), SqliteFile.ReadId(row, 1)) : default;
    }

    void Insert(IReadOnlyList<Operation> operations, SqliteTransaction transaction)
    {
        using var command = Command(
            "INSERT INTO operation (scope, sequence, id, kind, at, payload) VALUES ($scope, $sequence, $id, $kind, $at, $payload)",
            transaction);
        command.Parameters.AddWithValue("$scope", Scope);
        var sequence = command.Parameters.Add("$sequence", SqliteType.Integer);
        var id = command.Parameters.Add("$id", SqliteType.Blob);
        var kind = command.Parameters.Add("$kind", SqliteType.Integer);
        var at = command.Parameters.Add("$at", SqliteType.Integer);
        var payload = command.Parameters.Add("$payload", SqliteType.Blob);
        foreach (var operation in operations)
        {
            sequence.Value = operation.Sequence;
            id.Value = SqliteFile.Bytes(operation.Id);
            kind.Value = (int)operation.Kind;
            at.Value = operation.At.UtcTicks;
            payload.Value = operation.Payload.ToArray();
            command.ExecuteNonQuery();
        }
    }

    List<Operation> Page(long after, long end)
    {
        using var command = Command(
            "SELECT sequence, id, kind, at, payload FROM operation "
            + "WHERE scope = $scope AND sequence > $after AND sequence <= $end ORDER BY sequence", null);
        command.Parameters.AddWithValue("$scope", Scope);
        command.Parameters.AddWithValue("$after", after);
        command.Parameters.AddWithValue("$end", end);
        using var row = command.ExecuteReader();
        var operations = new List<Operation>();
        while (row.Read())
        {
            operations.Add(new Operation(
                row.GetInt64(0),
                SqliteFile.ReadId(row, 1),
                (OperationKind)row.GetInt32(2),
                new DateTimeOffset(row.GetInt64(3), TimeSpan.Zero),
                row.GetFieldValue<byte[]>(4)));
        }

        return operations;
    }

    StoredSnapshot? ReadSnapshot()
    {
        // One statement is one consistent state, even while a writer replaces the chunks.
        using var command = Command("SELECT sequence, id, content FROM snapshot WHERE scope = $scope ORDER BY chunk", null);
        command.Parameters.AddWithValue("$scope", Scope);
        using var row = command.ExecuteReader();
        using var content = new MemoryStream();
        var head = default(LogHead);
        while (row.Read())
        {
            head = new(row.GetInt64(0), SqliteFile.ReadId(row, 1));
            content.Write(row.GetFieldValue<byte[]>(2));
        }

        return content.Length == 0 ? null : new StoredSnapshot(head, content.GetBuffer().AsMemory(0, (int)content.Length));
    }

    void WriteSnapshot(StoredSnapshot snapshot)
    {
        using var transaction = _connection.BeginTransaction();
        using var delete = Command("DELETE FROM snapshot WHERE scope = $scope", transaction);
        delete.Parameters.AddWithValue("$scope", Scope);
        delete.ExecuteNonQuery();
        using var insert = Command(
            "INSERT INTO snapshot (scope, chunk, sequence, id, content) VALUES ($scope, $chunk, $sequence, $id, $content)", transaction);
        insert.Parameters.AddWithValue("$scope", Scope);
        insert.Parameters.AddWithValue("$sequence", snapshot.Head.Sequence);
        insert.Parameters.AddWithValue("$id", SqliteFile.Bytes(snapshot.Head.Id));
        var chunk = insert.Parameters.Add("$chunk", SqliteType.Integer);
        var content = insert.Parameters.Add("$content", SqliteType.Blob);
        for (var start = 0; start < snapshot.Content.Length; start += SnapshotChunkBytes)
        {
            chunk.Value = start / SnapshotChunkBytes;
            content.Value = snapshot.Content.Slice(start, Math.Min(SnapshotChunkBytes, snapshot.Content.Length - start)).ToArray();
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    /// <summary>Runs one piece of work on the connection, which serves one at a time, and puts failures into words.</summary>
    Task<T> Run<T>(string verb, Func<T> work)
    {
        try
        {
            lock (_lock)
            {
                return Task.FromResult(work());
            }
        }
        catch (SqliteException failure)
        {
            return Task.FromException<T>(SqliteFile.Explain(failure, verb, Name));
        }
        catch (MemoryConflictException conflict)
        {
            return Task.FromException<T>(conflict);
        }
    }

    void RefuseReadOnly()
    {
        if (IsReadOnly)
        {
            throw new InvalidOperationException($"'{Name}' is open for reading only. Open it with SqliteStore.Open to write.");
        }
    }

    SqliteCommand Command(string text, SqliteTransaction? transaction)
    {
        var command = _connection.CreateCommand();
        command.CommandText = text;
        command.Transaction = transaction;
        return command;
    }
}
