using System.Collections.Immutable;

namespace AgentRec.Storage.PostgreSql;

/// <summary>Reads who is a member of a cluster from the database that its silos meet in, without a silo and without joining it.</summary>
public static class ListedSilos
{
    private const string Sql =
        """
        SELECT silo_name, address, port, generation, status, coalesce(suspect_times, ''), start_time, extract(epoch FROM now() - i_am_alive)::float8
        FROM membership WHERE deployment = $1 ORDER BY silo_name, address, port, generation
        """;

    // As Orleans numbers them.
    private static readonly string[] Statuses = ["none", "created", "joining", "active", "shuttingDown", "stopping", "dead"];

    /// <summary>Reads the members; nothing in the database is changed.</summary>
    /// <param name="options">Valid options of the store.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>All silos that are listed, those that have left among them, by name.</returns>
    /// <exception cref="Grains.Abstractions.Storage.StoreUnavailableException">The database does not answer, or no silo has ever used it.</exception>
    public static async Task<ImmutableArray<ListedSilo>> ReadAsync(StoreOptions options, string cluster, CancellationToken cancellationToken)
    {
        await using var database = PostgreSqlDatabase.Of(options);
        return [.. await database.ReadAsync(
            async (connection, token) =>
            {
                await using var command = connection.Command(Sql, cluster);
                return await command.RowsAsync(
                    static row => new ListedSilo(
                        row.GetString(0), FormattableString.Invariant($"{row.GetString(1)}:{row.GetInt32(2)}@{row.GetInt32(3)}"), Status(row.GetInt32(4)),
                        row.GetString(5).Split('|', StringSplitOptions.RemoveEmptyEntries).Length,
                        new DateTimeOffset(DateTime.SpecifyKind(row.GetDateTime(6), DateTimeKind.Utc)), Math.Round(row.GetDouble(7), 1)),
                    token);
            },
            cancellationToken)];
    }

    private static string Status(int number) => number >= 0 && number < Statuses.Length ? Statuses[number] : FormattableString.Invariant($"status {number}");
}

/// <summary>A silo as the list in the database has it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Address">Address, port and generation.</param>
/// <param name="Status"><c>joining</c>, <c>active</c>, <c>shuttingDown</c>, <c>dead</c> or the like.</param>
/// <param name="Suspicions">How many other silos had no answer from it lately.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="SilentSeconds">How long ago, by the database's clock, it last said that it is alive.</param>
public sealed record ListedSilo(string Name, string Address, string Status, int Suspicions, DateTimeOffset StartedAt, double SilentSeconds)
{
    /// <summary>True unless it has left or died.</summary>
    public bool IsPresent => Status is not "dead";

    /// <summary>True for a member at work that says so.</summary>
    /// <param name="greatestSilence">How long it may have said nothing.</param>
    public bool IsWell(TimeSpan greatestSilence) => Status is "active" && SilentSeconds <= greatestSilence.TotalSeconds;
}
