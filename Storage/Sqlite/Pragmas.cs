namespace AgentRec.Storage.Sqlite;

/// <summary>How connections to the store's files are set up.</summary>
internal static class Pragmas
{
    /// <summary>The one writer of the log: a commit is on disk before it is answered, and what is deleted is overwritten.</summary>
    public const string Writer =
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000; PRAGMA wal_autocheckpoint=4000; "
        + "PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-32000; PRAGMA secure_delete=ON;";

    /// <summary>The one writer of a log that is never flushed: what was answered survives the process, not the machine.</summary>
    public const string UnflushedWriter =
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA busy_timeout=5000; PRAGMA wal_autocheckpoint=4000; "
        + "PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-32000;";

    /// <summary>Readers of the log.</summary>
    public const string Reader = "PRAGMA busy_timeout=5000; PRAGMA query_only=1; PRAGMA cache_size=-8000;";

    /// <summary>Snapshots of grains: the last commits may be lost with the power, since the log has what they say.</summary>
    public const string Snapshots = "PRAGMA journal_mode=WAL; PRAGMA busy_timeout=5000; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;";
}
