using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Storage.Sqlite;

namespace AgentRec.Storage.Erasure;

/// <summary>Erasure in the embedded store.</summary>
/// <param name="writer">Writes in shared commits.</param>
/// <param name="readers">Connections for reading.</param>
internal sealed class SqliteErasureStore(GroupCommitter writer, ReaderPool readers) : IErasureStore
{
    private const string LastSequence = "SELECT coalesce(max(sequence), 0) FROM events WHERE tenant = @tenant AND user_id = @user";

    private const string Bury =
        """
        INSERT INTO tombstones (tenant, digest, number, erased_at, user_id, pending)
        SELECT @tenant, @digest, coalesce(max(number), 0) + 1, @at, @user, @pending FROM tombstones WHERE tenant = @tenant
        ON CONFLICT (tenant, digest) DO UPDATE SET number = excluded.number, erased_at = max(erased_at, excluded.erased_at),
            user_id = excluded.user_id, pending = coalesce(excluded.pending, pending)
        """;

    private volatile Tombstones? _tombstones;

    /// <inheritdoc/>
    public async ValueTask<DateTimeOffset?> ErasedAtAsync(string tenant, string userId, CancellationToken cancellationToken) =>
        await FindAsync("SELECT erased_at FROM tombstones WHERE tenant = @tenant AND digest = @digest", tenant, userId, cancellationToken) is long at
            ? DateTimeOffset.FromUnixTimeMilliseconds(at)
            : null;

    /// <inheritdoc/>
    public async ValueTask<RemovedRows?> RemoveAsync(
        string tenant, string userId, UserFootprint footprint, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var digest = (await KeyAsync(cancellationToken)).Digest(tenant, userId);
        var pending = footprint.Sequence == 0 ? null : PendingErasure.Pack(footprint);
        return await writer.WriteAsync(session => Remove(session, tenant, userId, footprint, at, digest, pending), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<UserFootprint?> FindPendingAsync(string tenant, string userId, CancellationToken cancellationToken) =>
        await FindAsync("SELECT pending FROM tombstones WHERE tenant = @tenant AND digest = @digest", tenant, userId, cancellationToken) is byte[] packed
            ? PendingErasure.Unpack(packed)
            : null;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<string>> ListPendingAsync(string tenant, CancellationToken cancellationToken) =>
        await readers.ReadAsync(
            session =>
            {
                var users = new List<string>();
                using var rows = session.Query("SELECT user_id FROM tombstones WHERE tenant = @tenant AND user_id IS NOT NULL ORDER BY user_id", ("@tenant", tenant));
                while (rows.Read())
                    users.Add(rows.GetString(0));
                return users;
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask CompleteAsync(string tenant, string userId, CancellationToken cancellationToken) =>
        await writer.WriteAsync(
            session => new Written<int>(session.Execute(
                "UPDATE tombstones SET user_id = NULL, pending = NULL WHERE tenant = @tenant AND user_id = @user", ("@tenant", tenant), ("@user", userId))),
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<long> LastAsync(string tenant, CancellationToken cancellationToken) =>
        await readers.ReadAsync(
            session => (long)session.Scalar("SELECT coalesce(max(number), 0) FROM tombstones WHERE tenant = @tenant", ("@tenant", tenant))!, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<string>> ErasedAmongAsync(
        string tenant, long after, IReadOnlyCollection<string> userIds, CancellationToken cancellationToken)
    {
        if (userIds.Count == 0 || await KeyAsync(cancellationToken) is not { } key)
            return [];
        var erased = await readers.ReadAsync(
            session =>
            {
                var digests = new HashSet<string>(StringComparer.Ordinal);
                using var rows = session.Query("SELECT digest FROM tombstones WHERE tenant = @tenant AND number > @after", ("@tenant", tenant), ("@after", after));
                while (rows.Read())
                    digests.Add(Convert.ToBase64String((byte[])rows.GetValue(0)));
                return digests;
            },
            cancellationToken);
        return erased.Count == 0 ? [] : [.. userIds.Where(user => erased.Contains(Convert.ToBase64String(key.Digest(tenant, user))))];
    }

    /// <summary>Reads the erased users, inside the writer's transaction.</summary>
    /// <param name="session">The writer's connection.</param>
    /// <param name="tenant">The tenant.</param>
    public static ErasedUsers Read(SqliteSession session, string tenant)
    {
        if (session.Scalar("SELECT key FROM tombstone_key") is not byte[] key)
            return ErasedUsers.None;
        var erased = new Dictionary<string, long>(StringComparer.Ordinal);
        using var rows = session.Query("SELECT digest, erased_at FROM tombstones WHERE tenant = @tenant", ("@tenant", tenant));
        while (rows.Read())
            erased.Add(Convert.ToBase64String((byte[])rows.GetValue(0)), rows.GetInt64(1));
        return new ErasedUsers(new Tombstones(key), tenant, erased);
    }

    private static Written<RemovedRows?> Remove(
        SqliteSession session, string tenant, string userId, UserFootprint footprint, DateTimeOffset at, byte[] digest, byte[]? pending)
    {
        if ((long)session.Scalar(LastSequence, ("@tenant", tenant), ("@user", userId))! != footprint.Sequence)
            return new(null, Keep: false);
        var (interactions, turns) = (CountOf("interaction"), CountOf("turn"));
        var events = session.Execute("DELETE FROM events WHERE tenant = @tenant AND user_id = @user", ("@tenant", tenant), ("@user", userId));
        var showings = session.Execute("DELETE FROM exposures WHERE tenant = @tenant AND user_id = @user", ("@tenant", tenant), ("@user", userId));
        var ids = DomainJson.Write(footprint.Certificates);
        var windows = session.Execute(
            "DELETE FROM windows WHERE tenant = @tenant AND certificate_id IN (SELECT value FROM json_each(@ids))", ("@tenant", tenant), ("@ids", ids));
        var certificates = session.Execute(
            "DELETE FROM certificates WHERE tenant = @tenant AND certificate_id IN (SELECT value FROM json_each(@ids)) AND user_id = @user",
            ("@tenant", tenant), ("@ids", ids), ("@user", userId));
        session.Execute(
            Bury,
            ("@tenant", tenant), ("@digest", digest), ("@at", at.ToUnixTimeMilliseconds()), ("@user", userId), ("@pending", pending));
        return new(new RemovedRows(events, interactions, turns, showings, certificates, windows));

        long CountOf(string kind) => (long)session.Scalar(
            "SELECT count(*) FROM events WHERE tenant = @tenant AND user_id = @user AND kind = @kind", ("@tenant", tenant), ("@user", userId), ("@kind", kind))!;
    }

    private async Task<object?> FindAsync(string query, string tenant, string userId, CancellationToken cancellationToken)
    {
        var digest = (await KeyAsync(cancellationToken)).Digest(tenant, userId);
        return await readers.ReadAsync(session => session.Scalar(query, ("@tenant", tenant), ("@digest", digest)), cancellationToken);
    }

    /// <summary>The store's key; the first who asks makes it.</summary>
    private async ValueTask<Tombstones> KeyAsync(CancellationToken cancellationToken) =>
        _tombstones ??= new Tombstones(await writer.WriteAsync(
            session =>
            {
                session.Execute("INSERT INTO tombstone_key (one, key) VALUES (1, @key) ON CONFLICT DO NOTHING", ("@key", Tombstones.NewKey()));
                return new Written<byte[]>((byte[])session.Scalar("SELECT key FROM tombstone_key")!);
            },
            cancellationToken));
}
