namespace AgentRec.Cli.Load;

/// <summary>
/// Drives an open loop: requests start when their schedule says so, not when others have ended. A latency counts from the moment at
/// which the request was to start, so a server that stalls is charged with the waits of all who came meanwhile (Tene, "How NOT to
/// measure latency": coordinated omission).
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="greatestInFlight">How many requests may be under way. One that is due when there are as many does not start, and is counted.</param>
internal sealed class OpenLoop(TimeProvider time, int greatestInFlight)
{
    /// <summary>Runs a schedule and waits for all that has started.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="draw">Chooses the kind of the next request.</param>
    /// <param name="send">Makes a request, which ends by itself some time, and answers how it ended.</param>
    /// <param name="cancellationToken">Stops the loop.</param>
    /// <returns>What became of the requests.</returns>
    public async Task<LoadTally> RunAsync(
        ArrivalSchedule schedule, Func<RequestKind> draw, Func<RequestKind, CancellationToken, Task<RequestEnding>> send, CancellationToken cancellationToken)
    {
        var tally = new LoadTally();
        var began = time.GetTimestamp();
        var inFlight = 1;
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        for (long request = 0; request < schedule.Count; request++)
        {
            var due = schedule.At(request);
            // Timers count whole milliseconds. What starts late counts from when it was due; nothing starts early.
            while (due - time.GetElapsedTime(began) is { Ticks: > 0 } early)
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(early.TotalMilliseconds)), time, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            var kind = draw();
            if (Volatile.Read(ref inFlight) > greatestInFlight)
            {
                tally.NotStarted(kind);
                continue;
            }
            Interlocked.Increment(ref inFlight);
            tally.StartedLate(time.GetElapsedTime(began) - due);
            _ = OneAsync(kind, due);
        }
        Leave();
        await ended.Task.ConfigureAwait(false);
        tally.Lasted = time.GetElapsedTime(began);
        return tally;

        async Task OneAsync(RequestKind kind, TimeSpan due)
        {
            try
            {
                var ending = await send(kind, cancellationToken).ConfigureAwait(false);
                tally.Ended(kind, ending, time.GetElapsedTime(began) - due);
                Leave();
            }
            catch (Exception fault)
            {
                // A fault of the generator itself ends the run: nothing that it counted would be true.
                ended.TrySetException(fault);
            }
        }

        void Leave()
        {
            if (Interlocked.Decrement(ref inFlight) == 0)
                ended.TrySetResult();
        }
    }
}
