using System.Buffers.Binary;
using Archicortex.Models;

namespace Archicortex.Storage;

/// <remarks>
/// Also keeps the replies of models, each on the disk before it is used: a process that is killed asks for no reply
/// twice. They are a convenience beside the log: nothing in the memory depends on them, and they may be cleared.
/// </remarks>
public sealed partial class SqliteStore : ICallCache
{
    bool _hasCalls;

    /// <inheritdoc/>
    /// <exception cref="MemoryStoreException">The file could not be read.</exception>
    public ValueTask<string?> FindAsync(CallKey key, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(Run("read a reply from", () =>
        {
            if (!HasCalls())
            {
                return null;
            }

            using var command = Command("SELECT reply FROM call WHERE scope = $scope AND key = $key", null);
            command.Parameters.AddWithValue("$scope", Scope);
            command.Parameters.AddWithValue("$key", Bytes(key));
            return command.ExecuteScalar() as string;
        }));
    }

    /// <inheritdoc/>
    /// <remarks>A store that is open for reading only does not keep it.</remarks>
    /// <exception cref="MemoryStoreException">The file could not be written.</exception>
    public ValueTask StoreAsync(CallKey key, string reply, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reply);
        cancellationToken.ThrowIfCancellationRequested();
        if (IsReadOnly)
        {
            return ValueTask.CompletedTask;
        }

        return new(Run("store a reply in", () =>
        {
            if (!HasCalls())
            {
                using var create = Command(SqliteFile.CallSchema, null);
                create.ExecuteNonQuery();
                _hasCalls = true;
            }

            using var command = Command("INSERT OR REPLACE INTO call (scope, key, reply) VALUES ($scope, $key, $reply)", null);
            command.Parameters.AddWithValue("$scope", Scope);
            command.Parameters.AddWithValue("$key", Bytes(key));
            command.Parameters.AddWithValue("$reply", reply);
            return command.ExecuteNonQuery();
        }));
    }

    /// <summary>Removes the replies of this scope, for instance because they quote a text that had to go. Returns how many there were.</summary>
    /// <exception cref="MemoryStoreException">The file could not be written.</exception>
    public Task<int> ClearCallsAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RefuseReadOnly();
        return Run("clear replies from", () =>
        {
            if (!HasCalls())
            {
                return 0;
            }

            using var command = Command("DELETE FROM call WHERE scope = $scope", null);
            command.Parameters.AddWithValue("$scope", Scope);
            return command.ExecuteNonQuery();
        });
    }

    /// <summary>A reader asks each time: the writer may make the table meanwhile.</summary>
    bool HasCalls()
    {
        if (_hasCalls)
        {
            return true;
        }

        using var command = Command("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'call'", null);
        _hasCalls = command.ExecuteScalar() is not 0L;
        return _hasCalls;
    }

    static byte[] Bytes(CallKey key)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, key.Value);
        return bytes;
    }
}
