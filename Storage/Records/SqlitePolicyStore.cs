using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace AgentRec.Storage.Records;

/// <summary>Rule sets in the embedded store.</summary>
/// <param name="writer">Writes in shared commits.</param>
/// <param name="readers">Connections for reading.</param>
internal sealed class SqlitePolicyStore(GroupCommitter writer, ReaderPool readers) : IPolicyStore
{
    private const string Newest =
        "SELECT name, version, content FROM policies WHERE tenant = @tenant AND name = @name ORDER BY version DESC LIMIT 1";

    private const string OneVersion =
        "SELECT name, version, content FROM policies WHERE tenant = @tenant AND name = @name AND version = @version";

    private const string NewestOfAll =
        """
        SELECT name, version, content FROM policies AS p WHERE tenant = @tenant
        AND version = (SELECT max(version) FROM policies WHERE tenant = p.tenant AND name = p.name) ORDER BY name
        """;

    private const string Insert = "INSERT INTO policies (tenant, name, version, content) VALUES (@tenant, @name, @version, @content)";

    /// <inheritdoc/>
    public ValueTask<StoredPolicy> PutAsync(string tenant, string name, string content, CancellationToken cancellationToken) =>
        writer.WriteAsync(
            session =>
            {
                var newest = One(session.Query(Newest, ("@tenant", tenant), ("@name", name)));
                if (newest is not null && string.Equals(newest.Content, content, StringComparison.Ordinal))
                    return new Written<StoredPolicy>(newest);
                var next = new StoredPolicy(name, (newest?.Version ?? 0) + 1, content);
                session.Execute(Insert, ("@tenant", tenant), ("@name", name), ("@version", next.Version), ("@content", content));
                return new Written<StoredPolicy>(next);
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<StoredPolicy?> GetAsync(string tenant, string name, int? version, CancellationToken cancellationToken) =>
        await readers.ReadAsync(
            session => One(version is { } wanted
                ? session.Query(OneVersion, ("@tenant", tenant), ("@name", name), ("@version", wanted))
                : session.Query(Newest, ("@tenant", tenant), ("@name", name))),
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<StoredPolicy>> ListAsync(string tenant, CancellationToken cancellationToken) =>
        await readers.ReadAsync(
            session =>
            {
                var policies = new List<StoredPolicy>();
                using var rows = session.Query(NewestOfAll, ("@tenant", tenant));
                while (rows.Read())
                    policies.Add(At(rows));
                return policies;
            },
            cancellationToken);

    private static StoredPolicy? One(SqliteDataReader rows)
    {
        using (rows)
            return rows.Read() ? At(rows) : null;
    }

    private static StoredPolicy At(SqliteDataReader row) => new(row.GetString(0), row.GetInt32(1), row.GetString(2));
}
