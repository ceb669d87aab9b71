using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Storage.Log;
using AgentRec.Storage.PostgreSql;

namespace AgentRec.Storage.Records;

/// <summary>Certificates, windows and signing keys in PostgreSQL.</summary>
/// <param name="database">The database.</param>
internal sealed class PostgreSqlCertificateStore(PostgreSqlDatabase database) : ICertificateStore
{
    private const string InsertKey =
        "INSERT INTO signing_keys (key_id, private_key, public_key, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT (key_id) DO NOTHING";

    private const string InsertFirstKey =
        """
        INSERT INTO signing_keys (key_id, private_key, public_key, created_at)
        SELECT $1, $2, $3, $4 WHERE NOT EXISTS (SELECT FROM signing_keys)
        """;

    private static readonly long Keys = AdvisoryLock.Key("signing keys", "");

    /// <inheritdoc/>
    public async ValueTask<string?> GetAsync(string tenant, string certificateId, CancellationToken cancellationToken) =>
        await OneAsync("SELECT certificate FROM certificates WHERE tenant = $1 AND certificate_id = $2", tenant, certificateId, cancellationToken) as string;

    /// <inheritdoc/>
    public async ValueTask<string?> GetWindowAsync(string tenant, string certificateId, CancellationToken cancellationToken) =>
        await OneAsync("SELECT content FROM windows WHERE tenant = $1 AND certificate_id = $2", tenant, certificateId, cancellationToken) is byte[] packed
            ? Compressed.Unpack(packed)
            : null;

    /// <inheritdoc/>
    public async ValueTask<string?> GetUserAsync(string tenant, string certificateId, CancellationToken cancellationToken) =>
        await OneAsync("SELECT user_id FROM certificates WHERE tenant = $1 AND certificate_id = $2", tenant, certificateId, cancellationToken) as string;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<string>> ListRecentAsync(string tenant, int limit, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            async (connection, token) =>
            {
                await using var command = connection.Command(
                    "SELECT certificate_id FROM windows WHERE tenant = $1 ORDER BY at DESC, certificate_id LIMIT $2", tenant, limit);
                return await command.RowsAsync(row => row.GetString(0), token);
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<SigningKey>> ReadKeysAsync(CancellationToken cancellationToken) =>
        await database.ReadAsync(
            async (connection, token) =>
            {
                await using var command = connection.Command("SELECT key_id, private_key, public_key, created_at FROM signing_keys ORDER BY created_at, number");
                return await command.RowsAsync(
                    row => new SigningKey(
                        row.GetString(0), row.GetFieldValue<byte[]>(1), row.GetFieldValue<byte[]>(2), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3))),
                    token);
            },
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask AddKeyAsync(SigningKey key, CancellationToken cancellationToken) => AddAsync(InsertKey, key, cancellationToken);

    /// <inheritdoc/>
    public ValueTask AddFirstKeyAsync(SigningKey key, CancellationToken cancellationToken) => AddAsync(InsertFirstKey, key, cancellationToken);

    private async ValueTask AddAsync(string insert, SigningKey key, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            Keys,
            async (connection, token) =>
            {
                await using var command = connection.Command(insert, key.KeyId, key.PrivateKey, key.PublicKey, key.CreatedAt.ToUnixTimeMilliseconds());
                return await command.ExecuteNonQueryAsync(token);
            },
            cancellationToken);

    private Task<object?> OneAsync(string sql, string tenant, string certificateId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async (connection, token) =>
            {
                await using var command = connection.Command(sql, tenant, certificateId);
                return await command.ScalarAsync(token);
            },
            cancellationToken);
}
