using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Storage.Sqlite;

namespace AgentRec.Storage.Records;

/// <summary>Trained models in the embedded store.</summary>
/// <param name="writer">Writes in shared commits.</param>
/// <param name="readers">Connections for reading.</param>
internal sealed class SqliteArtifactRegistry(GroupCommitter writer, ReaderPool readers) : IArtifactRegistry
{
    private const string Activate =
        """
        INSERT INTO artifacts (tenant, version, folder, manifest, activation)
        SELECT @tenant, @version, @folder, @manifest, coalesce(max(activation), 0) + 1 FROM artifacts WHERE tenant = @tenant
        ON CONFLICT (tenant, version) DO UPDATE SET folder = excluded.folder, manifest = excluded.manifest, activation = excluded.activation
        """;

    private const string Active =
        "SELECT version, folder, manifest FROM artifacts WHERE tenant = @tenant ORDER BY activation DESC LIMIT 1";

    /// <inheritdoc/>
    public async ValueTask ActivateAsync(string tenant, ModelArtifactEntry artifact, CancellationToken cancellationToken) =>
        await writer.WriteAsync(
            session => new Written<int>(session.Execute(
                Activate,
                ("@tenant", tenant), ("@version", artifact.Version), ("@folder", artifact.Folder), ("@manifest", artifact.Manifest))),
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<ModelArtifactEntry?> ActiveAsync(string tenant, CancellationToken cancellationToken) =>
        await readers.ReadAsync(
            session =>
            {
                using var rows = session.Query(Active, ("@tenant", tenant));
                return rows.Read() ? new ModelArtifactEntry(rows.GetString(0), rows.GetString(1), rows.GetString(2)) : null;
            },
            cancellationToken);
}
