using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Sessions;

namespace AgentRec.Grains.Sessions;

/// <summary>A turn that runs: its events, its end, and who waits for it.</summary>
internal sealed class RunningTurn : IDisposable
{
    private readonly TaskCompletionSource<TurnEnding> _ending = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _cancellation;
    private readonly TimeSpan _abandonedAfter;
    private readonly ITimer _abandonment;
    private int _audience;

    /// <summary>Starts to keep a turn.</summary>
    /// <param name="number">The turn's number.</param>
    /// <param name="turnId">The turn's id.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="digest">The digest of the request's content.</param>
    /// <param name="options">Time limits.</param>
    /// <param name="time">The clock that limits go by: people wait in real time.</param>
    public RunningTurn(int number, string turnId, TurnRequest request, string digest, SessionOptions options, TimeProvider time)
    {
        (Number, TurnId, Request, Digest) = (number, turnId, request, digest);
        _abandonedAfter = TimeSpan.FromMilliseconds(options.AbandonedAfterMilliseconds);
        _cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(options.TurnTimeoutMilliseconds), time);
        _abandonment = time.CreateTimer(static turn => ((RunningTurn)turn!).Abandon(), this, _abandonedAfter, Timeout.InfiniteTimeSpan);
    }

    public int Number { get; }

    public string TurnId { get; }

    public TurnRequest Request { get; }

    public string Digest { get; }

    public TurnBuffer Buffer { get; } = new();

    /// <summary>Fires when the turn is cancelled, abandoned or out of time.</summary>
    public CancellationToken Token => _cancellation.Token;

    /// <summary>Why the token fired, where it was not the time limit.</summary>
    public string? CancelledBecause { get; private set; }

    public Task<TurnEnding> Ending => _ending.Task;

    /// <summary>The work itself, kept so that it is observed.</summary>
    public Task Run { get; set; } = Task.CompletedTask;

    /// <summary>Somebody reads or awaits the turn until the result is disposed.</summary>
    public IDisposable Attend()
    {
        _audience++;
        _abandonment.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        return new Attendance(this);
    }

    /// <summary>The code of the turn's end where it was cancelled.</summary>
    public string CancelledAs { get; private set; } = TurnEnding.Cancelled;

    /// <summary>Stops the turn. The first reason counts.</summary>
    /// <param name="because">The reason, for people.</param>
    /// <param name="code">The code that the turn ends with.</param>
    public void Cancel(string because, string code = TurnEnding.Cancelled)
    {
        if (CancelledBecause is null)
            (CancelledBecause, CancelledAs) = (because, code);
        _cancellation.Cancel();
    }

    public void End(TurnEnding ending)
    {
        _abandonment.Dispose();
        _ending.TrySetResult(ending);
    }

    public void Dispose()
    {
        _abandonment.Dispose();
        _cancellation.Dispose();
    }

    private void Abandon()
    {
        try
        {
            Cancel("nobody read or awaited the turn");
        }
        catch (ObjectDisposedException)
        {
            // The turn ended while the timer fired.
        }
    }

    private sealed class Attendance(RunningTurn turn) : IDisposable
    {
        private bool _left;

        public void Dispose()
        {
            if (_left)
                return;
            _left = true;
            if (--turn._audience == 0 && !turn._ending.Task.IsCompleted)
                turn._abandonment.Change(turn._abandonedAfter, Timeout.InfiniteTimeSpan);
        }
    }
}
