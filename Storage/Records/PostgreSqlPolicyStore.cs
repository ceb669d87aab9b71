using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Storage.PostgreSql;
using Npgsql;

namespace AgentRec.Storage.Records;

/// <summary>Rule sets in PostgreSQL.</summary>
/// <param name="database">The database.</param>
internal sealed class PostgreSqlPolicyStore(PostgreSqlDatabase database) : IPolicyStore
{
    private const string Newest = "SELECT name, version, content FROM policies WHERE tenant = $1 AND name = $2 ORDER BY version DESC LIMIT 1";

    private const string OneVersion = "SELECT name, version, content FROM policies WHERE tenant = $1 AND name = $2 AND version = $3";

    private const string NewestOfAll =
        "SELECT DISTINCT ON (name) name, version, content FROM policies WHERE tenant = $1 ORDER BY name, version DESC";

    private const string Insert = "INSERT INTO policies (tenant, name, version, content) VALUES ($1, $2, $3, $4)";

    /// <inheritdoc/>
    public async ValueTask<StoredPolicy> PutAsync(string tenant, string name, string content, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            AdvisoryLock.Key("policies", tenant),
            async (connection, token) =>
            {
                var newest = await OneAsync(connection.Command(Newest, tenant, name), token);
                if (newest is not null && string.Equals(newest.Content, content, StringComparison.Ordinal))
                    return newest;
                var next = new StoredPolicy(name, (newest?.Version ?? 0) + 1, content);
                await using var insert = connection.Command(Insert, tenant, name, next.Version, content);
                await insert.ExecuteNonQueryAsync(token);
                return next;
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<StoredPolicy?> GetAsync(string tenant, string name, int? version, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            (connection, token) => OneAsync(
                version is { } wanted ? connection.Command(OneVersion, tenant, name, wanted) : connection.Command(Newest, tenant, name), token),
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<StoredPolicy>> ListAsync(string tenant, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            async (connection, token) =>
            {
                await using var command = connection.Command(NewestOfAll, tenant);
                return await command.RowsAsync(At, token);
            },
            cancellationToken);

    private static async Task<StoredPolicy?> OneAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using (command)
            return (await command.RowsAsync(At, cancellationToken)).FirstOrDefault();
    }

    private static StoredPolicy At(NpgsqlDataReader row) => new(row.GetString(0), row.GetInt32(1), row.GetString(2));
}
