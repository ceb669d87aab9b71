using System.Diagnostics;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Storage.Log;
using AgentRec.Storage.Telemetry;
using Npgsql;

namespace AgentRec.Storage.PostgreSql;

/// <summary>
/// The writers of a silo's appends. Whatever waits when a lane is free goes to the database in one statement, which is one round
/// trip and one flush of its disk for all of them; one caller's conflict fails nobody else. While one lane waits for the disk, the
/// next group is on its way over another.
/// </summary>
internal sealed class WriterLanes : IAsyncDisposable
{
    private const int GreatestBatch = 256;

    private readonly PostgreSqlDatabase _database;
    private readonly int _greatestBatch;
    private readonly CommitQueue<Work> _queue;
    private readonly Task[] _lanes;
    private long _commits;

    /// <summary>Starts the lanes.</summary>
    /// <param name="database">The database.</param>
    /// <param name="lanes">How many.</param>
    /// <param name="greatestBatch">How many appends share a commit at most.</param>
    public WriterLanes(PostgreSqlDatabase database, int lanes, int greatestBatch = GreatestBatch)
    {
        (_database, _greatestBatch) = (database, greatestBatch);
        _queue = new CommitQueue<Work>($"store on the {database.Name}");
        _lanes = [.. Enumerable.Range(0, lanes).Select(_ => Task.Run(RunAsync))];
    }

    /// <summary>Transactions committed so far.</summary>
    public long Commits => Interlocked.Read(ref _commits);

    /// <summary>Writes an append, and answers when it is on disk.</summary>
    /// <param name="append">The append; its sequences follow each other.</param>
    /// <param name="cancellationToken">Gives up waiting; what is under way is written all the same.</param>
    /// <exception cref="StoreUnavailableException">The database did not answer, or the store is closed; the message says whether the outcome is known.</exception>
    public async ValueTask<AppendOutcome> WriteAsync(Append append, CancellationToken cancellationToken)
    {
        var work = new Work(append, cancellationToken);
        return await _queue.SubmitAsync(work, work.Answered, cancellationToken);
    }

    /// <summary>Writes what waits, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Close();
        await Task.WhenAll(_lanes);
    }

    private async Task RunAsync()
    {
        while (await _queue.Reader.WaitToReadAsync())
        {
            var group = new List<Work>();
            while (group.Count < _greatestBatch && _queue.Reader.TryRead(out var work))
            {
                if (!work.TryAbandon())
                    group.Add(work);
            }
            if (group.Count == 0)
                continue;
            // Everybody takes the same way through the keys, so that groups of two silos seldom wait for each other in a circle.
            group.Sort(static (one, other) => Compare(one.Append, other.Append));
            await CommitAsync(group);
        }
    }

    private static int Compare(Append one, Append other)
    {
        var tenants = string.CompareOrdinal(one.Tenant, other.Tenant);
        if (tenants != 0)
            return tenants;
        var users = string.CompareOrdinal(one.UserId, other.UserId);
        return users != 0 ? users : one.Rows[0].Sequence.CompareTo(other.Rows[0].Sequence);
    }

    private async Task CommitAsync(List<Work> group)
    {
        NpgsqlConnection connection;
        try
        {
            connection = await _database.Lanes.OpenConnectionAsync();
        }
        catch (Exception exception) when (PostgreSqlDatabase.IsFailure(exception))
        {
            Fail(group, new StoreUnavailableException(
                $"The {_database.Name} cannot be reached ({exception.Message}); check that it runs. Nothing of this write was kept.", exception));
            return;
        }
        await using (connection)
            await CommitAsync(connection, group);
    }

    private async Task CommitAsync(NpgsqlConnection connection, List<Work> group)
    {
        int[] outcomes;
        var began = Stopwatch.GetTimestamp();
        using var span = StoreInstruments.Commit(group.ConvertAll(work => work.Caller));
        try
        {
            await using var command = AppendStatement.Of(connection, group.ConvertAll(work => work.Append));
            outcomes = (int[])(await command.ExecuteScalarAsync())!;
        }
        catch (PostgresException exception) when (IsUndoneForOne(exception.SqlState))
        {
            await CommitHalvesAsync(connection, group, exception);
            return;
        }
        catch (Exception exception)
        {
            StoreInstruments.Committed(group.Count, Stopwatch.GetElapsedTime(began), succeeded: false);
            _database.ForgetConnections();
            Fail(group, _database.Unwritten(exception));
            return;
        }
        StoreInstruments.Committed(group.Count, Stopwatch.GetElapsedTime(began), succeeded: true);
        Interlocked.Increment(ref _commits);
        for (var i = 0; i < group.Count; i++)
            group[i].Answer((AppendOutcome)outcomes[i]);
    }

    /// <summary>The whole group was undone on behalf of one: smaller groups single it out, and two silos that wait for each other part.</summary>
    private async Task CommitHalvesAsync(NpgsqlConnection connection, List<Work> group, PostgresException exception)
    {
        if (group.Count == 1 && !(group[0].TryAgain() && exception.IsTransient))
        {
            Fail(group, new StoreUnavailableException($"The {_database.Name} refused a write ({exception.MessageText}). Nothing of this write was kept.", exception));
            return;
        }
        var half = (group.Count + 1) / 2;
        await CommitAsync(connection, group.GetRange(0, half));
        if (half < group.Count)
            await CommitAsync(connection, group.GetRange(half, group.Count - half));
    }

    /// <summary>True when the statement was undone for what one of its rows held, or because two silos waited for each other.</summary>
    private static bool IsUndoneForOne(string state) => state[..2] is "22" or "23" or "40" or "54";

    private static void Fail(List<Work> group, StoreUnavailableException failure)
    {
        foreach (var work in group)
            work.Fail(failure);
    }

    private sealed class Work(Append append, CancellationToken cancellationToken)
    {
        private const int GreatestAttempts = 5;

        private readonly TaskCompletionSource<AppendOutcome> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _attempts;

        public Append Append => append;

        /// <summary>The span of the caller; none where it is not traced.</summary>
        public ActivityContext Caller { get; } = Activity.Current?.Context ?? default;

        public Task<AppendOutcome> Answered => _completion.Task;

        /// <summary>Takes the work out when its caller has given up: it is then never answered as if it had been done.</summary>
        public bool TryAbandon() => cancellationToken.IsCancellationRequested && _completion.TrySetCanceled(cancellationToken);

        /// <summary>Counts attempts to write it alone.</summary>
        public bool TryAgain() => ++_attempts < GreatestAttempts;

        public void Answer(AppendOutcome outcome) => _completion.TrySetResult(outcome);

        public void Fail(Exception exception) => _completion.TrySetException(exception);
    }
}
