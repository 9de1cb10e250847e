using Microsoft.Data.Sqlite;

namespace Archicortex.Tests.Storage;

/// <summary>SQLite without the store, to look behind it and to do damage.</summary>
static class RawSqlite
{
    static RawSqlite() => SQLitePCL.Batteries_V2.Init();

    public static object? Execute(string path, string text, params (string Name, object Value)[] parameters)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        return Execute(connection, text, parameters);
    }

    public static object? Execute(SqliteConnection connection, string text, params (string Name, object Value)[] parameters)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Every text stands in a test.
        command.CommandText = text;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command.ExecuteScalar();
    }
}
