using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Archicortex.Models;
using Microsoft.Data.Sqlite;

namespace Archicortex.Storage;

/// <remarks>
/// Also keeps vectors, so that a text is embedded once, and a run that was killed goes on where it stopped. They are a
/// convenience beside the log: without them the memory embeds its texts again.
/// </remarks>
public sealed partial class SqliteStore : IVectorCache
{
    /// <summary>The connection serves the log too: it is handed back between parts of this many vectors.</summary>
    const int VectorsAtOnce = 256;

    bool _hasVectors;

    /// <inheritdoc/>
    /// <exception cref="MemoryStoreException">The file could not be read.</exception>
    public async ValueTask<IReadOnlyList<ReadOnlyMemory<float>>> FindAsync(
        string embedder, int dimension, IReadOnlyList<TextKey> texts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var found = new ReadOnlyMemory<float>[texts.Count];
        for (var start = 0; start < found.Length; start += VectorsAtOnce)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var first = start;
            await Run("read vectors from", () => Find(embedder, dimension, texts, first, found)).ConfigureAwait(false);
        }

        return found;
    }

    /// <inheritdoc/>
    /// <remarks>A store that is open for reading only does not keep them. More than 256 are kept 256 at a time.</remarks>
    /// <exception cref="MemoryStoreException">The file could not be written.</exception>
    public async ValueTask StoreAsync(string embedder, IReadOnlyList<KeptVector> vectors, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(embedder);
        ArgumentNullException.ThrowIfNull(vectors);
        for (var start = 0; start < vectors.Count && !IsReadOnly; start += VectorsAtOnce)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var first = start;
            await Run("store vectors in", () => Insert(embedder, vectors, first)).ConfigureAwait(false);
        }
    }

    /// <summary>Removes the vectors of this scope, those of one embedder spared. Returns how many there were.</summary>
    /// <param name="spared">Identity of the embedder in force; null: none is spared.</param>
    /// <param name="cancellationToken">Stops before they are removed.</param>
    /// <exception cref="MemoryStoreException">The file could not be written.</exception>
    public Task<int> ClearVectorsAsync(string? spared = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RefuseReadOnly();
        return Run("clear vectors from", () =>
        {
            if (!HasVectors())
            {
                return 0;
            }

            using var command = Command("DELETE FROM vector WHERE scope = $scope AND embedder <> $spared", null);
            command.Parameters.AddWithValue("$scope", Scope);
            command.Parameters.AddWithValue("$spared", spared ?? "");
            return command.ExecuteNonQuery();
        });
    }

    bool Find(string embedder, int dimension, IReadOnlyList<TextKey> texts, int first, ReadOnlyMemory<float>[] found)
    {
        if (!HasVectors())
        {
            return false;
        }

        using var command = Command("SELECT vector FROM vector WHERE scope = $scope AND embedder = $embedder AND key = $key", null);
        command.Parameters.AddWithValue("$scope", Scope);
        command.Parameters.AddWithValue("$embedder", embedder);
        var key = command.Parameters.Add("$key", SqliteType.Blob);
        for (var i = first; i < Math.Min(first + VectorsAtOnce, texts.Count); i++)
        {
            key.Value = Bytes(texts[i]);
            found[i] = command.ExecuteScalar() is byte[] bytes && bytes.Length == dimension * sizeof(float) ? Floats(bytes) : default;
        }

        return true;
    }

    bool Insert(string embedder, IReadOnlyList<KeptVector> vectors, int first)
    {
        if (!HasVectors())
        {
            using var create = Command(SqliteFile.VectorSchema, null);
            create.ExecuteNonQuery();
            _hasVectors = true;
        }

        using var transaction = _connection.BeginTransaction();
        using var command = Command(
            "INSERT OR REPLACE INTO vector (scope, embedder, key, vector) VALUES ($scope, $embedder, $key, $vector)", transaction);
        command.Parameters.AddWithValue("$scope", Scope);
        command.Parameters.AddWithValue("$embedder", embedder);
        var key = command.Parameters.Add("$key", SqliteType.Blob);
        var blob = command.Parameters.Add("$vector", SqliteType.Blob);
        for (var i = first; i < Math.Min(first + VectorsAtOnce, vectors.Count); i++)
        {
            key.Value = Bytes(vectors[i].Key);
            blob.Value = Bytes(vectors[i].Vector.Span);
            command.ExecuteNonQuery();
        }

        transaction.Commit();
        return true;
    }

    /// <summary>A reader asks each time: the writer may make the table meanwhile.</summary>
    bool HasVectors()
    {
        if (_hasVectors)
        {
            return true;
        }

        using var command = Command("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'vector'", null);
        _hasVectors = command.ExecuteScalar() is not 0L;
        return _hasVectors;
    }

    static byte[] Bytes(TextKey key)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, key.Value);
        return bytes;
    }

    /// <summary>Little-endian, whatever the machine.</summary>
    static byte[] Bytes(ReadOnlySpan<float> vector)
    {
        if (BitConverter.IsLittleEndian)
        {
            return MemoryMarshal.AsBytes(vector).ToArray();
        }

        var bytes = new byte[vector.Length * sizeof(float)];
        for (var i = 0; i < vector.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), vector[i]);
        }

        return bytes;
    }

    static float[] Floats(byte[] bytes)
    {
        var vector = new float[bytes.Length / sizeof(float)];
        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i * sizeof(float)));
        }

        return vector;
    }
}
