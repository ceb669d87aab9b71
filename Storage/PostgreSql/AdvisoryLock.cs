using Npgsql;
using StableHash = AgentRec.Domain.StableHash;

namespace AgentRec.Storage.PostgreSql;

/// <summary>The locks that processes on one database agree on, by number.</summary>
internal static class AdvisoryLock
{
    /// <summary>Whoever brings the schema up to date.</summary>
    public static readonly long Migration = Key("migration", "");

    /// <summary>Shared by everybody who has the store open; held alone by a bulk load.</summary>
    public static readonly long Presence = Key("presence", "");

    /// <summary>The number of a lock.</summary>
    /// <param name="what">What is locked.</param>
    /// <param name="which">Which one of them.</param>
    public static long Key(string what, string which) => unchecked((long)StableHash.Of(StableHash.Of(0, "agentrec"), what, which));

    /// <summary>Waits for a lock, which ends with the transaction.</summary>
    /// <param name="connection">A connection in a transaction.</param>
    /// <param name="key">The lock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task WaitAsync(NpgsqlConnection connection, long key, CancellationToken cancellationToken)
    {
        await using var command = connection.Command("SELECT pg_advisory_xact_lock($1)", key);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
