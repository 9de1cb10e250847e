using System.Reflection;
using Archicortex.Storage;
using Microsoft.Data.Sqlite;

namespace Archicortex.Tests.Storage;

/// <summary>Reaches the connection of a store: page limits and modes belong to a connection, so no other can test them.</summary>
static class SqliteParts
{
    public static SqliteConnection ConnectionOf(SqliteStore store) =>
        (SqliteConnection)typeof(SqliteStore).GetField("_connection", BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(store)!;
}
