using System.Collections.Immutable;
using AgentRec.Grains.Abstractions.Models;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Storage.PostgreSql;
using Npgsql;

namespace AgentRec.Storage.Records;

/// <summary>Trained models in PostgreSQL.</summary>
/// <param name="database">The database.</param>
/// <param name="clock">Gives the recorded moments.</param>
internal sealed class PostgreSqlArtifactRegistry(PostgreSqlDatabase database, TimeProvider clock) : IArtifactRegistry
{
    private const string Add =
        """
        INSERT INTO artifacts AS a (tenant, version, folder, manifest, number, added_at, erasures)
        SELECT $1, $2, $3, $4, coalesce(max(number), 0) + 1, $5, $6 FROM artifacts WHERE tenant = $1
        ON CONFLICT (tenant, version) DO UPDATE SET folder = excluded.folder, manifest = excluded.manifest, erasures = greatest(a.erasures, excluded.erasures)
        """;

    // One statement compares and sets: it adds a row only where the last activation is the expected one.
    private const string Activate =
        """
        INSERT INTO activations (tenant, activation, version, at, cause)
        SELECT $1, $3 + 1, version, $4, $5 FROM artifacts
        WHERE tenant = $1 AND version = $2 AND $3 = (SELECT coalesce(max(activation), 0) FROM activations WHERE tenant = $1)
        ON CONFLICT (tenant, activation) DO NOTHING
        """;

    private const string Last = "SELECT activation, version, at, cause FROM activations WHERE tenant = $1 ORDER BY activation DESC LIMIT 1";

    private const string All = "SELECT activation, version, at, cause FROM activations WHERE tenant = $1 ORDER BY activation DESC";

    private const string Active =
        """
        SELECT version, folder, manifest, erasures FROM artifacts WHERE tenant = $1
        AND version = (SELECT version FROM activations WHERE tenant = $1 ORDER BY activation DESC LIMIT 1)
        """;

    private const string One = "SELECT version, folder, manifest, erasures FROM artifacts WHERE tenant = $1 AND version = $2";

    private const string Registered = "SELECT version, folder, manifest, erasures, added_at FROM artifacts WHERE tenant = $1 ORDER BY number DESC, version";

    /// <inheritdoc/>
    public async ValueTask AddAsync(string tenant, ModelArtifactEntry artifact, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            Lock(tenant),
            async (connection, token) =>
            {
                await using var command = connection.Command(Add, tenant, artifact.Version, artifact.Folder, artifact.Manifest, Now(), artifact.Erasures);
                return await command.ExecuteNonQueryAsync(token);
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<ModelActivation?> ActivateAsync(
        string tenant, string version, ActivationCause cause, long expected, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            Lock(tenant),
            async (connection, token) =>
            {
                var at = Now();
                await using var command = connection.Command(Activate, tenant, version, expected, at, ActivationCauses.NameOf(cause));
                return await command.ExecuteNonQueryAsync(token) == 0
                    ? null
                    : new ModelActivation(expected + 1, version, DateTimeOffset.FromUnixTimeMilliseconds(at), cause);
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<ModelActivation?> LastAsync(string tenant, CancellationToken cancellationToken) =>
        await OneAsync(Activation, Last, [tenant], cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<ModelArtifactEntry?> ActiveAsync(string tenant, CancellationToken cancellationToken) =>
        await OneAsync(Entry, Active, [tenant], cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<ModelArtifactEntry?> FindAsync(string tenant, string version, CancellationToken cancellationToken) =>
        await OneAsync(Entry, One, [tenant, version], cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<RegisteredModel>> ListAsync(string tenant, CancellationToken cancellationToken) =>
        await database.ReadAsync<ImmutableArray<RegisteredModel>>(
            async (connection, token) =>
            {
                // Models first: an activation of a model that was added in between is then left out with it.
                await using var registered = connection.Command(Registered, tenant);
                var models = await registered.RowsAsync(row => (Entry: Entry(row), At: DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4))), token);
                await using var all = connection.Command(All, tenant);
                var activations = (await all.RowsAsync(Activation, token)).ToLookup(activation => activation.Version, StringComparer.Ordinal);
                return [.. models.Select(model => new RegisteredModel(model.Entry, model.At, [.. activations[model.Entry.Version]]))];
            },
            cancellationToken);

    private static long Lock(string tenant) => AdvisoryLock.Key("artifacts", tenant);

    private static ModelArtifactEntry Entry(NpgsqlDataReader row) => new(row.GetString(0), row.GetString(1), row.GetString(2)) { Erasures = row.GetInt64(3) };

    private static ModelActivation Activation(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetString(1), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)), ActivationCauses.Parse(row.GetString(3)));

    private Task<T?> OneAsync<T>(Func<NpgsqlDataReader, T> read, string sql, object?[] values, CancellationToken cancellationToken)
        where T : class =>
        database.ReadAsync(
            async (connection, token) =>
            {
                await using var command = connection.Command(sql, values);
                return (await command.RowsAsync(read, token)).FirstOrDefault();
            },
            cancellationToken);

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
