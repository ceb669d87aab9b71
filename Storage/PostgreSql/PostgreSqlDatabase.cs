using AgentRec.Grains.Abstractions.Storage;
using Npgsql;

namespace AgentRec.Storage.PostgreSql;

/// <summary>
/// One silo's connections to the database, in pools that never wait for each other: appends, membership, the store's being in use,
/// and everything else. Failures come out as <see cref="StoreUnavailableException"/>.
/// </summary>
internal sealed class PostgreSqlDatabase : IAsyncDisposable
{
    private const int MembershipConnections = 2;

    private PostgreSqlDatabase(NpgsqlConnectionStringBuilder settings, StoreOptions options)
    {
        Name = $"PostgreSQL database '{settings.Database}' on {settings.Host}:{settings.Port}";
        Pool = Source(settings, "general", options.MaximumConnections - options.WriterLanes - StoreOptions.Reserved);
        Lanes = Source(settings, "appends", options.WriterLanes);
        Membership = Source(settings, "membership", MembershipConnections);
        Alone = Source(settings, "presence", 1, static alone => alone.Pooling = false);
    }

    /// <summary>What the database is called in messages.</summary>
    public string Name { get; }

    /// <summary>For reading, for rare writes and for grain state.</summary>
    public NpgsqlDataSource Pool { get; }

    /// <summary>For appends.</summary>
    public NpgsqlDataSource Lanes { get; }

    /// <summary>For membership and reminders.</summary>
    public NpgsqlDataSource Membership { get; }

    /// <summary>For what belongs to a session: every connection is a new one, and ends when it is closed.</summary>
    public NpgsqlDataSource Alone { get; }

    /// <summary>Reads the options; nothing is opened yet.</summary>
    /// <param name="options">Valid options.</param>
    /// <exception cref="StoreUnavailableException">The connection string is malformed.</exception>
    public static PostgreSqlDatabase Of(StoreOptions options)
    {
        NpgsqlConnectionStringBuilder settings;
        try
        {
            settings = new NpgsqlConnectionStringBuilder(options.ConnectionString);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or KeyNotFoundException)
        {
            // What the driver says may quote a part of the password.
            throw new StoreUnavailableException(
                "Store:ConnectionString is not a connection string such as 'Host=localhost;Username=agentrec;Password=...;Database=agentrec'.", null);
        }
        if (string.IsNullOrEmpty(settings.Host))
            throw new StoreUnavailableException("Store:ConnectionString names no Host: it must be such as 'Host=localhost;Username=agentrec;Password=...;Database=agentrec'.", null);
        settings.Database ??= settings.Username;
        settings.ApplicationName ??= "agentrec";
        settings.PersistSecurityInfo = false;
        settings.IncludeErrorDetail = false;
        settings.CommandTimeout = options.CommandTimeoutSeconds;
        settings.Timeout = Math.Min(settings.Timeout, options.CommandTimeoutSeconds);
        if (settings.MaxAutoPrepare == 0)
            (settings.MaxAutoPrepare, settings.AutoPrepareMinUsages) = (64, 2);
        return new PostgreSqlDatabase(settings, options);
    }

    /// <summary>Reads. What is read from a connection that broke is read once more: the server may have been restarted.</summary>
    /// <typeparam name="T">The type of what is read.</typeparam>
    /// <param name="read">Reads with a connection that is its own while it runs; it may run twice.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="StoreUnavailableException">The database does not answer.</exception>
    public async Task<T> ReadAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            try
            {
                return await OnceAsync();
            }
            catch (NpgsqlException exception) when (IsBroken(exception) && !cancellationToken.IsCancellationRequested)
            {
                ForgetConnections();
                return await OnceAsync();
            }
        }
        catch (Exception exception) when (IsFailure(exception))
        {
            throw new StoreUnavailableException($"The {Name} cannot be read ({exception.Message}); check that it runs and can be reached.", exception);
        }

        async Task<T> OnceAsync()
        {
            await using var connection = await Pool.OpenConnectionAsync(cancellationToken);
            return await read(connection, cancellationToken);
        }
    }

    /// <summary>Writes in a transaction, one after the other with everybody who takes the same lock.</summary>
    /// <typeparam name="T">The type of the answer.</typeparam>
    /// <param name="key">The lock (<see cref="AdvisoryLock.Key"/>).</param>
    /// <param name="write">Writes.</param>
    /// <param name="cancellationToken">Gives up; what was written is then undone, unless it was being committed.</param>
    /// <exception cref="StoreUnavailableException">The database does not answer; what was written may be there or not.</exception>
    public async Task<T> WriteAsync<T>(long key, Func<NpgsqlConnection, CancellationToken, Task<T>> write, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await Pool.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await AdvisoryLock.WaitAsync(connection, key, cancellationToken);
            var answer = await write(connection, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return answer;
        }
        catch (Exception exception) when (IsFailure(exception))
        {
            throw Unwritten(exception);
        }
    }

    /// <summary>The failure of a write whose outcome nobody knows.</summary>
    /// <param name="exception">What the driver said.</param>
    public StoreUnavailableException Unwritten(Exception exception) =>
        new($"The {Name} could not be written ({exception.Message}); check that it runs and can be reached. This write may have been kept or not.", exception);

    /// <summary>Lets go of all idle connections: where one broke, the server was restarted, and the others are as dead.</summary>
    public void ForgetConnections()
    {
        Pool.Clear();
        Lanes.Clear();
        Membership.Clear();
    }

    /// <summary>True for what says that the database did not do what it was asked.</summary>
    /// <param name="exception">What was thrown.</param>
    public static bool IsFailure(Exception exception) => exception is NpgsqlException or TimeoutException or ObjectDisposedException;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Lanes.DisposeAsync();
        await Pool.DisposeAsync();
        await Membership.DisposeAsync();
        await Alone.DisposeAsync();
    }

    private static bool IsBroken(NpgsqlException exception) => exception is { IsTransient: true, InnerException: not TimeoutException };

    private static NpgsqlDataSource Source(NpgsqlConnectionStringBuilder settings, string name, int connections, Action<NpgsqlConnectionStringBuilder>? change = null)
    {
        var own = new NpgsqlConnectionStringBuilder(settings.ConnectionString) { MaxPoolSize = connections, MinPoolSize = 0 };
        change?.Invoke(own);
        // The name tells pools apart in metrics.
        return new NpgsqlDataSourceBuilder(own.ConnectionString) { Name = name }.Build();
    }
}
