using System.Globalization;
using Npgsql;

namespace AgentRec.Storage.PostgreSql;

/// <summary>Short forms of what every statement needs.</summary>
internal static class NpgsqlExtensions
{
    /// <summary>A statement with positional parameters.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="sql">The statement.</param>
    /// <param name="values">The values of $1, $2 and so on.</param>
    public static NpgsqlCommand Command(this NpgsqlConnection connection, string sql, params ReadOnlySpan<object?> values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        return command;
    }

    /// <summary>Reads the first column of the first row; null when there is no row or the value is null.</summary>
    /// <param name="command">The statement.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<object?> ScalarAsync(this NpgsqlCommand command, CancellationToken cancellationToken) =>
        await command.ExecuteScalarAsync(cancellationToken) is { } value and not DBNull ? value : null;

    /// <summary>Reads a whole number.</summary>
    /// <param name="command">The statement; it answers one.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<long> NumberAsync(this NpgsqlCommand command, CancellationToken cancellationToken) =>
        Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);

    /// <summary>Reads all rows.</summary>
    /// <typeparam name="T">What a row is read as.</typeparam>
    /// <param name="command">The statement.</param>
    /// <param name="read">Reads the row at hand.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<List<T>> RowsAsync<T>(this NpgsqlCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(read(reader));
        return rows;
    }
}
