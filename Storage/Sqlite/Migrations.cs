using System.Globalization;

namespace AgentRec.Storage.Sqlite;

/// <summary>Brings a database file to this build's schema: numbered scripts, each run once, in order, in a transaction of its own.</summary>
internal static class Migrations
{
    /// <summary>Runs the scripts that the file has not seen.</summary>
    /// <param name="session">The open file.</param>
    /// <param name="file">The file's path, for messages.</param>
    /// <param name="scripts">The embedded folder, such as <c>store</c>.</param>
    /// <param name="clock">Gives the recorded moment.</param>
    /// <exception cref="StoreVersionException">The file was written by a newer build.</exception>
    public static void Apply(SqliteSession session, string file, string scripts, TimeProvider clock)
    {
        session.Script("CREATE TABLE IF NOT EXISTS schema_versions (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT");
        var reached = Convert.ToInt32(session.Scalar("SELECT coalesce(max(version), 0) FROM schema_versions"), CultureInfo.InvariantCulture);
        var known = Scripts.Read(scripts);
        if (reached > known[^1].Version)
            throw new StoreVersionException(file, reached, known[^1].Version);
        foreach (var (version, name, sql) in known)
        {
            if (version <= reached)
                continue;
            session.Script("BEGIN IMMEDIATE");
            try
            {
                session.Script(sql);
                session.Execute(
                    "INSERT INTO schema_versions (version, name, applied_at) VALUES (@version, @name, @at)",
                    ("@version", version), ("@name", name), ("@at", clock.GetUtcNow().ToUnixTimeMilliseconds()));
                session.Script("COMMIT");
            }
            catch
            {
                if (session.InTransaction)
                    session.Script("ROLLBACK");
                throw;
            }
        }
    }
}
