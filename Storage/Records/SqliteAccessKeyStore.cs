using AgentRec.Grains.Abstractions.Access;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Storage.Sqlite;

namespace AgentRec.Storage.Records;

/// <summary>Access keys in the embedded store.</summary>
/// <param name="writer">Writes in shared commits.</param>
/// <param name="readers">Connections for reading.</param>
internal sealed class SqliteAccessKeyStore(GroupCommitter writer, ReaderPool readers) : IAccessKeyStore
{
    private const string Insert =
        $"""
        INSERT INTO access_keys ({AccessKeyRows.Columns}) VALUES (@id, @name, @tenant, @scopes, @digest, @created, @expires, NULL)
        ON CONFLICT (id) DO NOTHING
        """;

    private const string One = $"SELECT {AccessKeyRows.Columns} FROM access_keys WHERE id = @id";

    private const string All = $"SELECT {AccessKeyRows.Columns} FROM access_keys ORDER BY created_at, id";

    private const string Revoke = "UPDATE access_keys SET revoked_at = coalesce(revoked_at, @at) WHERE id = @id";

    /// <inheritdoc/>
    public async ValueTask AddAsync(StoredAccessKey key, CancellationToken cancellationToken) =>
        await writer.WriteAsync(
            session => new Written<int>(session.Execute(
                Insert,
                ("@id", key.Key.Id), ("@name", key.Key.Name), ("@tenant", key.Key.Tenant), ("@scopes", AccessKeyRows.Scopes(key.Key.Scopes)),
                ("@digest", key.Digest.ToArray()), ("@created", key.Key.CreatedAt.ToUnixTimeMilliseconds()),
                ("@expires", key.Key.ExpiresAt?.ToUnixTimeMilliseconds()))),
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<StoredAccessKey?> FindAsync(string id, CancellationToken cancellationToken) =>
        await readers.ReadAsync(session => Find(session, id), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<AccessKey>> ListAsync(CancellationToken cancellationToken) =>
        await readers.ReadAsync(
            session =>
            {
                var keys = new List<AccessKey>();
                using var rows = session.Query(All);
                while (rows.Read())
                    keys.Add(AccessKeyRows.Read(rows).Key);
                return keys;
            },
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<AccessKey?> RevokeAsync(string id, DateTimeOffset at, CancellationToken cancellationToken) =>
        writer.WriteAsync(
            session =>
            {
                session.Execute(Revoke, ("@at", at.ToUnixTimeMilliseconds()), ("@id", id));
                return new Written<AccessKey?>(Find(session, id)?.Key);
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<bool> AnyAsync(CancellationToken cancellationToken) =>
        await readers.ReadAsync(session => session.Scalar("SELECT 1 FROM access_keys LIMIT 1") is not null, cancellationToken);

    private static StoredAccessKey? Find(SqliteSession session, string id)
    {
        using var rows = session.Query(One, ("@id", id));
        return rows.Read() ? AccessKeyRows.Read(rows) : null;
    }
}
