using Microsoft.Data.Sqlite;

namespace AgentRec.Storage.Sqlite;

/// <summary>One open connection with its prepared statements; used by one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);
    private readonly SqliteConnection _connection;

    private SqliteSession(SqliteConnection connection) => _connection = connection;

    /// <summary>True while a transaction is open; a full disk can end one behind the caller's back.</summary>
    public bool InTransaction => SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) == 0;

    /// <summary>Opens a connection of its own, outside any pool.</summary>
    /// <param name="file">The database file; created when it is missing.</param>
    /// <param name="pragmas">Settings to run at open.</param>
    public static SqliteSession Open(string file, string pragmas)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        try
        {
            connection.Open();
            var session = new SqliteSession(connection);
            session.Script(pragmas);
            return session;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Runs several statements, unprepared.</summary>
    /// <param name="sql">The statements.</param>
    public void Script(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Runs a prepared statement that answers no rows.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="values">Its parameters, always in the same order.</param>
    /// <returns>How many rows it changed.</returns>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> values) => Prepare(sql, values).ExecuteNonQuery();

    /// <summary>Runs a prepared query.</summary>
    /// <param name="sql">The query.</param>
    /// <param name="values">Its parameters, always in the same order.</param>
    /// <returns>The rows; dispose them before the query is run again.</returns>
    public SqliteDataReader Query(string sql, params ReadOnlySpan<(string Name, object? Value)> values) => Prepare(sql, values).ExecuteReader();

    /// <summary>Runs a prepared query for one value.</summary>
    /// <param name="sql">The query.</param>
    /// <param name="values">Its parameters, always in the same order.</param>
    /// <returns>The first column of the first row; null when there is no row or the value is null.</returns>
    public object? Scalar(string sql, params ReadOnlySpan<(string Name, object? Value)> values) =>
        Prepare(sql, values).ExecuteScalar() is { } value and not DBNull ? value : null;

    /// <summary>Copies what is committed, as of one moment, into another file.</summary>
    /// <param name="file">The file; it is made, or replaced.</param>
    public void CopyTo(string file)
    {
        using var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        copy.Open();
        using (var unflushed = copy.CreateCommand())
        {
            unflushed.CommandText = "PRAGMA synchronous=OFF";
            unflushed.ExecuteNonQuery();
        }
        _connection.BackupDatabase(copy);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var command in _prepared.Values)
            command.Dispose();
        _connection.Dispose();
    }

    private SqliteCommand Prepare(string sql, ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            foreach (var (name, _) in values)
                command.Parameters.Add(new SqliteParameter { ParameterName = name });
            _prepared.Add(sql, command);
        }
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i].Value ?? DBNull.Value;
        return command;
    }
}
