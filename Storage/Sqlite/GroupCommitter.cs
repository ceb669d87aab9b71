using System.Diagnostics;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Storage.Telemetry;
using Microsoft.Data.Sqlite;

namespace AgentRec.Storage.Sqlite;

/// <summary>
/// The one writer of the log's file. Whatever waits is written in one transaction, each piece under a savepoint of its own, so
/// that many callers share one flush of the disk and one caller's conflict fails nobody else.
/// </summary>
internal sealed class GroupCommitter : IAsyncDisposable
{
    private const int GreatestBatch = 256;

    private readonly string _file;
    private readonly string _pragmas;
    private readonly CommitQueue<Work> _queue;
    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly Task _loop;
    private SqliteSession? _session;

    /// <summary>Starts the writer.</summary>
    /// <param name="file">The database file.</param>
    /// <param name="pragmas">How its connection is set up.</param>
    public GroupCommitter(string file, string pragmas = Pragmas.Writer)
    {
        (_file, _pragmas) = (file, pragmas);
        _queue = new CommitQueue<Work>($"store {file}");
        // A thread of its own: it spends its life waiting for the disk.
        _loop = Task.Factory.StartNew(Loop, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Transactions committed so far.</summary>
    public long Commits { get; private set; }

    /// <summary>Writes, and answers when what was written is on disk.</summary>
    /// <typeparam name="T">The type of the answer.</typeparam>
    /// <param name="write">Writes; runs on the writer's thread.</param>
    /// <param name="cancellationToken">Gives up waiting; what is under way is written all the same.</param>
    /// <exception cref="StoreUnavailableException">The file cannot be written, or the store is closed.</exception>
    public async ValueTask<T> WriteAsync<T>(Func<SqliteSession, Written<T>> write, CancellationToken cancellationToken)
    {
        var work = new Work<T>(write, cancellationToken);
        return await _queue.SubmitAsync(work, work.Answered, cancellationToken);
    }

    /// <summary>Writes what waits, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Close();
        await _loop;
        _session?.Dispose();
        _wake.Dispose();
    }

    private void Loop()
    {
        var batch = new List<Work>(GreatestBatch);
        while (WaitForWork())
        {
            batch.Clear();
            while (batch.Count < GreatestBatch && _queue.Reader.TryRead(out var work))
                batch.Add(work);
            Commit(batch);
        }
    }

    private bool WaitForWork()
    {
        var wait = _queue.Reader.WaitToReadAsync().AsTask();
        if (!wait.IsCompleted)
        {
            // A task's own wait spins first, which takes the processor from those who make the work.
            _ = wait.ContinueWith(_ => _wake.Set(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            _wake.WaitOne();
        }
        return wait.Result;
    }

    private void Commit(List<Work> batch)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            _session ??= SqliteSession.Open(_file, _pragmas);
            _session.Execute("BEGIN IMMEDIATE");
            foreach (var work in batch)
                Run(_session, work);
            _session.Execute("COMMIT");
            Commits++;
            StoreInstruments.Committed(batch.Count, Stopwatch.GetElapsedTime(began), succeeded: true);
        }
        catch (Exception exception)
        {
            StoreInstruments.Committed(batch.Count, Stopwatch.GetElapsedTime(began), succeeded: false);
            var failure = new StoreUnavailableException(
                $"The store {_file} could not be written ({exception.Message}); check the disk's space and health. Nothing of this write was kept.", exception);
            foreach (var work in batch)
                work.Fail(failure);
            // The state of this connection is unknown: the next write starts with a new one.
            _session?.Dispose();
            _session = null;
            return;
        }
        foreach (var work in batch)
            work.Answer();
    }

    private static void Run(SqliteSession session, Work work)
    {
        if (work.TryAbandon())
            return;
        session.Execute("SAVEPOINT piece");
        bool keep;
        try
        {
            keep = work.Execute(session);
        }
        catch (Exception exception) when (session.InTransaction && exception is not SqliteException { SqliteErrorCode: 10 or 11 or 13 })
        {
            work.Fail(exception);
            keep = false;
        }
        if (!keep)
            session.Execute("ROLLBACK TO piece");
        session.Execute("RELEASE piece");
    }

    private abstract class Work
    {
        /// <summary>Takes the work out when its caller has given up: it is then never answered as if it had been done.</summary>
        public abstract bool TryAbandon();

        public abstract bool Execute(SqliteSession session);

        public abstract void Answer();

        public abstract void Fail(Exception exception);
    }

    private sealed class Work<T>(Func<SqliteSession, Written<T>> write, CancellationToken cancellationToken) : Work
    {
        private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _answer;

        public Task<T> Answered => _completion.Task;

        public override bool TryAbandon() => cancellationToken.IsCancellationRequested && _completion.TrySetCanceled(cancellationToken);

        public override bool Execute(SqliteSession session)
        {
            (_answer, var keep) = write(session);
            return keep;
        }

        public override void Answer() => _completion.TrySetResult(_answer!);

        public override void Fail(Exception exception) => _completion.TrySetException(exception);
    }
}
