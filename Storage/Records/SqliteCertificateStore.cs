using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Storage.Log;
using AgentRec.Storage.Sqlite;

namespace AgentRec.Storage.Records;

/// <summary>Certificates, windows and signing keys in the embedded store.</summary>
/// <param name="writer">Writes in shared commits.</param>
/// <param name="readers">Connections for reading.</param>
internal sealed class SqliteCertificateStore(GroupCommitter writer, ReaderPool readers) : ICertificateStore
{
    private const string InsertKey =
        """
        INSERT INTO signing_keys (key_id, private_key, public_key, created_at) VALUES (@id, @private, @public, @at)
        ON CONFLICT (key_id) DO NOTHING
        """;

    private const string InsertFirstKey =
        """
        INSERT INTO signing_keys (key_id, private_key, public_key, created_at)
        SELECT @id, @private, @public, @at WHERE NOT EXISTS (SELECT 1 FROM signing_keys)
        """;

    /// <inheritdoc/>
    public async ValueTask<string?> GetAsync(string tenant, string certificateId, CancellationToken cancellationToken) =>
        await OneAsync("SELECT certificate FROM certificates WHERE tenant = @tenant AND certificate_id = @id", tenant, certificateId, cancellationToken) as string;

    /// <inheritdoc/>
    public async ValueTask<string?> GetWindowAsync(string tenant, string certificateId, CancellationToken cancellationToken) =>
        await OneAsync("SELECT content FROM windows WHERE tenant = @tenant AND certificate_id = @id", tenant, certificateId, cancellationToken) is byte[] packed
            ? Compressed.Unpack(packed)
            : null;

    /// <inheritdoc/>
    public async ValueTask<string?> GetUserAsync(string tenant, string certificateId, CancellationToken cancellationToken) =>
        await OneAsync("SELECT user_id FROM certificates WHERE tenant = @tenant AND certificate_id = @id", tenant, certificateId, cancellationToken) as string;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<string>> ListRecentAsync(string tenant, int limit, CancellationToken cancellationToken) =>
        await readers.ReadAsync(
            session =>
            {
                var ids = new List<string>();
                using var rows = session.Query(
                    "SELECT certificate_id FROM windows INDEXED BY windows_at WHERE tenant = @tenant ORDER BY at DESC, certificate_id LIMIT @limit",
                    ("@tenant", tenant), ("@limit", limit));
                while (rows.Read())
                    ids.Add(rows.GetString(0));
                return ids;
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<SigningKey>> ReadKeysAsync(CancellationToken cancellationToken) =>
        await readers.ReadAsync(
            session =>
            {
                var keys = new List<SigningKey>();
                using var rows = session.Query("SELECT key_id, private_key, public_key, created_at FROM signing_keys ORDER BY created_at, rowid");
                while (rows.Read())
                {
                    keys.Add(new SigningKey(
                        rows.GetString(0),
                        rows.GetFieldValue<byte[]>(1),
                        rows.GetFieldValue<byte[]>(2),
                        DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(3))));
                }
                return keys;
            },
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask AddKeyAsync(SigningKey key, CancellationToken cancellationToken) => AddAsync(InsertKey, key, cancellationToken);

    /// <inheritdoc/>
    public ValueTask AddFirstKeyAsync(SigningKey key, CancellationToken cancellationToken) => AddAsync(InsertFirstKey, key, cancellationToken);

    private async ValueTask AddAsync(string insert, SigningKey key, CancellationToken cancellationToken) =>
        await writer.WriteAsync(
            session => new Written<int>(session.Execute(
                insert,
                ("@id", key.KeyId), ("@private", key.PrivateKey), ("@public", key.PublicKey), ("@at", key.CreatedAt.ToUnixTimeMilliseconds()))),
            cancellationToken);

    private Task<object?> OneAsync(string sql, string tenant, string certificateId, CancellationToken cancellationToken) =>
        readers.ReadAsync(session => session.Scalar(sql, ("@tenant", tenant), ("@id", certificateId)), cancellationToken);
}
