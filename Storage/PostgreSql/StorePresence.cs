using Npgsql;

namespace AgentRec.Storage.PostgreSql;

/// <summary>
/// Says that the store is open: a lock that everybody shares who has it open, and that a bulk load must have alone. It is held by
/// a session, so it ends with the process however that ends; where the session breaks, another one takes its place.
/// </summary>
internal sealed class StorePresence : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly PostgreSqlDatabase _database;
    private readonly SemaphoreSlim _one = new(1);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watch;
    private NpgsqlConnection? _session;

    private StorePresence(PostgreSqlDatabase database, NpgsqlConnection session)
    {
        (_database, _session) = (database, session);
        _watch = WatchAsync();
    }

    /// <summary>Takes part.</summary>
    /// <param name="database">The database.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreInUseException">A bulk load has the store for itself.</exception>
    public static async Task<StorePresence> TakeAsync(PostgreSqlDatabase database, CancellationToken cancellationToken) =>
        new(
            database,
            await JoinAsync(database, cancellationToken)
                ?? throw new StoreInUseException($"Data is being imported into the {database.Name}: try again when that is done."));

    /// <summary>Has the store alone until the answer is disposed of.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreInUseException">Somebody else has it open.</exception>
    public async Task<IAsyncDisposable> AloneAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            _session ??= await JoinAsync(_database, cancellationToken);
            if (_session is null || !await TryAsync(_session, "SELECT pg_try_advisory_lock($1)", cancellationToken))
            {
                throw new StoreInUseException(
                    $"The {_database.Name} is in use by a silo or by another command: stop what runs on it, or send the data to a running node over its API.");
            }
            return new Holding(this);
        }
        catch
        {
            _one.Release();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watch;
        if (_session is not null)
        {
            // Said aloud: the server notices a closed session only a moment later, and the next command may be an import.
            await UnlockAsync("SELECT pg_advisory_unlock_shared($1)");
            await _session.DisposeAsync();
        }
        _stop.Dispose();
        _one.Dispose();
    }

    private static async Task<NpgsqlConnection?> JoinAsync(PostgreSqlDatabase database, CancellationToken cancellationToken)
    {
        var session = await database.Alone.OpenConnectionAsync(cancellationToken);
        try
        {
            if (await TryAsync(session, "SELECT pg_try_advisory_lock_shared($1)", cancellationToken))
                return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
        await session.DisposeAsync();
        return null;
    }

    private static async Task<bool> TryAsync(NpgsqlConnection session, string statement, CancellationToken cancellationToken)
    {
        await using var command = session.Command(statement, AdvisoryLock.Presence);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(Period);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
                await LookAsync();
        }
        catch (OperationCanceledException)
        {
            // The store is being closed.
        }
    }

    private async Task LookAsync()
    {
        await _one.WaitAsync(_stop.Token);
        try
        {
            _session ??= await JoinAsync(_database, _stop.Token);
            if (_session is not null)
            {
                await using var command = _session.Command("SELECT 1");
                await command.ExecuteNonQueryAsync(_stop.Token);
            }
        }
        catch (Exception exception) when (PostgreSqlDatabase.IsFailure(exception) || exception is InvalidOperationException)
        {
            // The server is away: the next look joins again. Meanwhile the log's keys keep two writers apart, as they always do.
            if (_session is not null)
                await _session.DisposeAsync();
            _session = null;
            _database.ForgetConnections();
        }
        finally
        {
            _one.Release();
        }
    }

    private async ValueTask LeaveAloneAsync()
    {
        await UnlockAsync("SELECT pg_advisory_unlock($1)");
        _one.Release();
    }

    private async Task UnlockAsync(string statement)
    {
        try
        {
            await using var command = _session!.Command(statement, AdvisoryLock.Presence);
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (Exception exception) when (PostgreSqlDatabase.IsFailure(exception) || exception is InvalidOperationException)
        {
            // The session is gone, and the lock with it.
        }
    }

    private sealed class Holding(StorePresence presence) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => presence.LeaveAloneAsync();
    }
}
