using System.Collections.Immutable;
using AgentRec.Grains.Abstractions.Models;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace AgentRec.Storage.Records;

/// <summary>Trained models in the embedded store.</summary>
/// <param name="writer">Writes in shared commits.</param>
/// <param name="readers">Connections for reading.</param>
/// <param name="clock">Gives the recorded moments.</param>
internal sealed class SqliteArtifactRegistry(GroupCommitter writer, ReaderPool readers, TimeProvider clock) : IArtifactRegistry
{
    private const string Add =
        """
        INSERT INTO artifacts (tenant, version, folder, manifest, number, added_at, erasures)
        SELECT @tenant, @version, @folder, @manifest, coalesce(max(number), 0) + 1, @at, @erasures FROM artifacts WHERE tenant = @tenant
        ON CONFLICT (tenant, version) DO UPDATE SET folder = excluded.folder, manifest = excluded.manifest, erasures = max(erasures, excluded.erasures)
        """;

    // One statement compares and sets: it adds a row only where the last activation is the expected one.
    private const string Activate =
        """
        INSERT INTO activations (tenant, activation, version, at, cause)
        SELECT @tenant, @expected + 1, version, @at, @cause FROM artifacts
        WHERE tenant = @tenant AND version = @version
        AND @expected = (SELECT coalesce(max(activation), 0) FROM activations WHERE tenant = @tenant)
        """;

    private const string Last = "SELECT activation, version, at, cause FROM activations WHERE tenant = @tenant ORDER BY activation DESC LIMIT 1";

    private const string All = "SELECT activation, version, at, cause FROM activations WHERE tenant = @tenant ORDER BY activation DESC";

    private const string Active =
        """
        SELECT version, folder, manifest, erasures FROM artifacts WHERE tenant = @tenant
        AND version = (SELECT version FROM activations WHERE tenant = @tenant ORDER BY activation DESC LIMIT 1)
        """;

    private const string One = "SELECT version, folder, manifest, erasures FROM artifacts WHERE tenant = @tenant AND version = @version";

    private const string Registered = "SELECT version, folder, manifest, erasures, added_at FROM artifacts WHERE tenant = @tenant ORDER BY number DESC, version";

    /// <inheritdoc/>
    public async ValueTask AddAsync(string tenant, ModelArtifactEntry artifact, CancellationToken cancellationToken) =>
        await writer.WriteAsync(
            session => new Written<int>(session.Execute(
                Add,
                ("@tenant", tenant), ("@version", artifact.Version), ("@folder", artifact.Folder), ("@manifest", artifact.Manifest), ("@at", Now()), ("@erasures", artifact.Erasures))),
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ModelActivation?> ActivateAsync(string tenant, string version, ActivationCause cause, long expected, CancellationToken cancellationToken) =>
        writer.WriteAsync(
            session =>
            {
                var at = Now();
                var rows = session.Execute(
                    Activate,
                    ("@tenant", tenant), ("@version", version), ("@expected", expected), ("@at", at), ("@cause", ActivationCauses.NameOf(cause)));
                return new Written<ModelActivation?>(rows == 0 ? null : new ModelActivation(expected + 1, version, DateTimeOffset.FromUnixTimeMilliseconds(at), cause));
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<ModelActivation?> LastAsync(string tenant, CancellationToken cancellationToken) =>
        await readers.ReadAsync(
            session =>
            {
                using var rows = session.Query(Last, ("@tenant", tenant));
                return rows.Read() ? Activation(rows) : null;
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<ModelArtifactEntry?> ActiveAsync(string tenant, CancellationToken cancellationToken) =>
        await readers.ReadAsync(
            session =>
            {
                using var rows = session.Query(Active, ("@tenant", tenant));
                return rows.Read() ? Entry(rows) : null;
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<ModelArtifactEntry?> FindAsync(string tenant, string version, CancellationToken cancellationToken) =>
        await readers.ReadAsync(
            session =>
            {
                using var rows = session.Query(One, ("@tenant", tenant), ("@version", version));
                return rows.Read() ? Entry(rows) : null;
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<RegisteredModel>> ListAsync(string tenant, CancellationToken cancellationToken) =>
        await readers.ReadAsync(
            session =>
            {
                var activations = new List<ModelActivation>();
                using (var rows = session.Query(All, ("@tenant", tenant)))
                {
                    while (rows.Read())
                        activations.Add(Activation(rows));
                }
                var byVersion = activations.ToLookup(activation => activation.Version, StringComparer.Ordinal);
                var models = ImmutableArray.CreateBuilder<RegisteredModel>();
                using var artifacts = session.Query(Registered, ("@tenant", tenant));
                while (artifacts.Read())
                    models.Add(new RegisteredModel(Entry(artifacts), Moment(artifacts, 4), [.. byVersion[artifacts.GetString(0)]]));
                return models.DrainToImmutable();
            },
            cancellationToken);

    private static ModelArtifactEntry Entry(SqliteDataReader row) => new(row.GetString(0), row.GetString(1), row.GetString(2)) { Erasures = row.GetInt64(3) };

    private static ModelActivation Activation(SqliteDataReader row) =>
        new(row.GetInt64(0), row.GetString(1), Moment(row, 2), ActivationCauses.Parse(row.GetString(3)));

    private static DateTimeOffset? Moment(SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
