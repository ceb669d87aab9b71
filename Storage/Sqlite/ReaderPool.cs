using System.Collections.Concurrent;

namespace AgentRec.Storage.Sqlite;

/// <summary>Connections for reading, kept open with their prepared statements between uses.</summary>
/// <param name="file">The database file.</param>
internal sealed class ReaderPool(string file) : IDisposable
{
    private const int Kept = 16;

    private readonly ConcurrentBag<SqliteSession> _idle = [];
    private volatile bool _disposed;

    /// <summary>Reads on the thread pool: a caller's own scheduler never waits for the disk.</summary>
    /// <typeparam name="T">The type of what is read.</typeparam>
    /// <param name="read">Reads with a session that is its own while it runs.</param>
    /// <param name="cancellationToken">Stops before the reading starts.</param>
    public Task<T> ReadAsync<T>(Func<SqliteSession, T> read, CancellationToken cancellationToken) =>
        Task.Run(
            () =>
            {
                var session = Rent();
                try
                {
                    return read(session);
                }
                finally
                {
                    Return(session);
                }
            },
            cancellationToken);

    /// <summary>Takes a session out; give it back with <see cref="Return"/>.</summary>
    public SqliteSession Rent()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _idle.TryTake(out var session) ? session : SqliteSession.Open(file, Pragmas.Reader);
    }

    /// <summary>Gives a session back.</summary>
    /// <param name="session">The session, without open rows.</param>
    public void Return(SqliteSession session)
    {
        if (_disposed || _idle.Count >= Kept)
            session.Dispose();
        else
            _idle.Add(session);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryTake(out var session))
            session.Dispose();
    }
}
