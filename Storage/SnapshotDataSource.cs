using System.Data.Common;
using AgentRec.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace AgentRec.Storage;

/// <summary>Pooled connections to the snapshots, set up at open.</summary>
/// <param name="file">The database file.</param>
internal sealed class SnapshotDataSource(string file) : DbDataSource
{
    /// <inheritdoc/>
    public override string ConnectionString { get; } = new SqliteConnectionStringBuilder { DataSource = file, Pooling = true, DefaultTimeout = 10 }.ToString();

    /// <inheritdoc/>
    protected override DbConnection CreateDbConnection() => new SqliteConnection(ConnectionString);

    /// <inheritdoc/>
    protected override DbConnection OpenDbConnection() => SetUp(base.OpenDbConnection());

    /// <inheritdoc/>
    protected override async ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default) =>
        SetUp(await base.OpenDbConnectionAsync(cancellationToken));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            ClearPool();
        base.Dispose(disposing);
    }

    /// <inheritdoc/>
    protected override ValueTask DisposeAsyncCore()
    {
        ClearPool();
        return base.DisposeAsyncCore();
    }

    private static DbConnection SetUp(DbConnection connection)
    {
        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = Pragmas.Snapshots;
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void ClearPool()
    {
        using var connection = new SqliteConnection(ConnectionString);
        SqliteConnection.ClearPool(connection);
    }
}
