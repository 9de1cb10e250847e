using System.Buffers.Binary;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Archicortex.Storage;

/// <summary>What makes an SQLite file a memory: its mark, its format number, its tables; and what its errors mean.</summary>
static class SqliteFile
{
    /// <summary>"ARCX" in the header field SQLite leaves to applications.</summary>
    const int ApplicationId = 0x41524358;

    /// <summary>Raised whenever an older engine could not read what a newer one writes.</summary>
    const int FormatNumber = 1;

    const int BusyTimeoutMs = 5000;
    const int HeaderBytes = 100;

    const int CodeReadOnly = 8;
    const int CodeInputOutput = 10;
    const int CodeCorrupt = 11;
    const int CodeFull = 13;
    const int CodeCannotOpen = 14;
    const int CodeNotADatabase = 26;

    const string Schema = """
        CREATE TABLE IF NOT EXISTS operation (
          scope TEXT NOT NULL, sequence INTEGER NOT NULL, id BLOB NOT NULL, kind INTEGER NOT NULL, at INTEGER NOT NULL,
          payload BLOB NOT NULL, PRIMARY KEY (scope, sequence));
        CREATE TABLE IF NOT EXISTS snapshot (
          scope TEXT NOT NULL, chunk INTEGER NOT NULL, sequence INTEGER NOT NULL, id BLOB NOT NULL, content BLOB NOT NULL,
          PRIMARY KEY (scope, chunk));
        """;

    /// <summary>Replies of models. Made when the first one is stored: most memories have none.</summary>
    public const string CallSchema = """
        CREATE TABLE IF NOT EXISTS call (
          scope TEXT NOT NULL, key BLOB NOT NULL, reply TEXT NOT NULL, PRIMARY KEY (scope, key)) WITHOUT ROWID
        """;

    /// <summary>Vectors of texts by the embedder that made them. Made when the first one is stored.</summary>
    public const string VectorSchema = """
        CREATE TABLE IF NOT EXISTS vector (
          scope TEXT NOT NULL, embedder TEXT NOT NULL, key BLOB NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (scope, embedder, key))
        """;

    static SqliteFile() => SQLitePCL.Batteries_V2.Init();

    /// <summary>Refuses what is no memory before SQLite touches it. A missing or empty file is a memory to be.</summary>
    public static void CheckHeader(string path)
    {
        if (Directory.Exists(path))
        {
            throw new MemoryFormatException($"'{path}' is a folder; a memory is a file. Name a file in it, e.g. '{Path.Combine(path, "notes.archicortex")}'.");
        }

        if (!File.Exists(path) || new FileInfo(path).Length == 0)
        {
            return;
        }

        Span<byte> header = stackalloc byte[HeaderBytes];
        int read;
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            read = file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new MemoryStoreException($"'{path}' cannot be read: {failure.Message}", failure);
        }

        Check(path, header[..read]);
    }

    /// <summary>Opens the file, makes the tables if need be, and puts it in the mode that survives a power cut.</summary>
    public static SqliteConnection OpenForWriting(string path) => Open(path, SqliteOpenMode.ReadWriteCreate, "open", connection =>
    {
        RefuseForeignTables(connection, path);
        Execute(connection, "PRAGMA journal_mode = WAL");
        Execute(connection, "PRAGMA synchronous = FULL");
        Execute(connection, Schema);
        Execute(connection, $"PRAGMA application_id = {ApplicationId}");
        Execute(connection, $"PRAGMA user_version = {FormatNumber}");
    });

    public static SqliteConnection OpenForReading(string path) => Open(path, SqliteOpenMode.ReadOnly, "read", connection =>
    {
        RefuseForeignTables(connection, path);
        RefuseWithoutLog(connection, path);
    });

    /// <summary>An error of SQLite as one that says what it means for the memory and what to do.</summary>
    public static MemoryStoreException Explain(SqliteException failure, string verb, string path) => failure.SqliteErrorCode switch
    {
        CodeFull => new($"The disk of '{path}' is full. Nothing of this batch was stored, all earlier ones are safe. "
            + "Free some space and run the same command again: it goes on where it stopped.", failure),
        CodeInputOutput => new($"The system could not {verb} '{path}' (SQLite: {failure.Message}). "
            + "Nothing of this batch was stored. Check the disk, then run the same command again.", failure),
        CodeCorrupt or CodeNotADatabase => new($"'{path}' is damaged (SQLite: {failure.Message}). "
            + "Restore it from a copy, or from an export with 'archicortex import'.", failure),
        CodeReadOnly => new($"'{path}' or its folder may not be written by this user. Change the rights or copy the file elsewhere.", failure),
        CodeCannotOpen => new($"Cannot {verb} '{path}': its folder does not exist or may not be used by this user.", failure),
        _ => new($"Could not {verb} '{path}' (SQLite {failure.SqliteErrorCode}: {failure.Message}). Nothing of this batch was stored.", failure),
    };

    public static byte[] Bytes(OperationId id)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, id.Value);
        return bytes;
    }

    public static OperationId ReadId(SqliteDataReader row, int column) =>
        new(BinaryPrimitives.ReadUInt128BigEndian(row.GetFieldValue<byte[]>(column)));

    static SqliteConnection Open(string path, SqliteOpenMode mode, string verb, Action<SqliteConnection> prepare)
    {
        // Without pooling, closing a memory closes its file: it can be moved or deleted at once.
        var settings = new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false };
        var connection = new SqliteConnection(settings.ToString());
        try
        {
            connection.Open();
            Execute(connection, $"PRAGMA busy_timeout = {BusyTimeoutMs}");
            prepare(connection);
            return connection;
        }
        catch (Exception failure)
        {
            connection.Dispose();
            if (failure is SqliteException inner)
            {
                throw Explain(inner, verb, path);
            }

            throw;
        }
    }

    static void Check(string path, ReadOnlySpan<byte> header)
    {
        if (header.Length < HeaderBytes || !header.StartsWith("SQLite format 3\0"u8))
        {
            var start = Encoding.UTF8.GetString(header[..Math.Min(12, header.Length)]);
            throw new MemoryFormatException(
                $"'{path}' is no Archicortex memory: it starts with '{Printable(start)}'. Name another file; this one was not touched.");
        }

        // SQLite's header: user_version at byte 60, application_id at byte 68, big-endian. Both are 0 in a file that was
        // left while it was being made, and in many databases of others: their tables tell.
        var format = BinaryPrimitives.ReadInt32BigEndian(header[60..]);
        var application = BinaryPrimitives.ReadInt32BigEndian(header[68..]);
        if (application != ApplicationId && (application != 0 || format != 0))
        {
            throw new MemoryFormatException(
                $"'{path}' is an SQLite database of another application (id {application}), no Archicortex memory. "
                + "Name another file; this one was not touched.");
        }

        if (format > FormatNumber)
        {
            throw new MemoryFormatException(
                $"'{path}' has format {format}; this version reads formats up to {FormatNumber}. "
                + "Update Archicortex, or export the memory with the newer version and import it here.");
        }
    }

    static void RefuseForeignTables(SqliteConnection connection, string path)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('operation', 'snapshot', 'call', 'vector') LIMIT 1";
        if (command.ExecuteScalar() is string table)
        {
            throw new MemoryFormatException(
                $"'{path}' is an SQLite database with a table '{table}', no Archicortex memory. Name another file; this one was not touched.");
        }
    }

    static void RefuseWithoutLog(SqliteConnection connection, string path)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'operation'";
        if (command.ExecuteScalar() is 0L)
        {
            throw new MemoryFormatException($"'{path}' is empty: it holds no memory yet. Remember something into it first, or check the path.");
        }
    }

    static string Printable(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '·' : c));

    static void Execute(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
