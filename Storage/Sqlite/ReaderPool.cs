using System.Collections.Concurrent;
using AgentRec.Grains.Abstractions.Storage;
using Microsoft.Data.Sqlite;

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
    /// <exception cref="StoreUnavailableException">The file cannot be read.</exception>
    public Task<T> ReadAsync<T>(Func<SqliteSession, T> read, CancellationToken cancellationToken) =>
        Task.Run(
            () =>
            {
                SqliteSession? session = null;
                try
                {
                    session = Rent();
                    var answer = read(session);
                    Return(session);
                    session = null;
                    return answer;
                }
                catch (SqliteException exception)
                {
                    throw new StoreUnavailableException($"The store {file} could not be read ({exception.Message}); check the disk's health.", exception);
                }
                finally
                {
                    // What went wrong may be the connection's: the next reader starts with a new one.
                    session?.Dispose();
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
