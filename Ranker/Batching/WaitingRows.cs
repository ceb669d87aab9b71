namespace AgentRec.Ranker.Batching;

/// <summary>A request's rows while they wait for the model.</summary>
/// <param name="values">The rows as FP32, row-major.</param>
/// <param name="count">How many rows these are.</param>
/// <param name="cancellationToken">Says when nobody waits for their scores any more.</param>
internal sealed class WaitingRows(ReadOnlyMemory<byte> values, int count, CancellationToken cancellationToken)
{
    // The caller's code must not run on the model's thread.
    private readonly TaskCompletionSource<ReadOnlyMemory<byte>> _scores = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The rows as FP32, row-major.</summary>
    public ReadOnlyMemory<byte> Values => values;

    /// <summary>How many rows these are.</summary>
    public int Count => count;

    /// <summary>True when nobody waits for the scores any more.</summary>
    public bool IsAbandoned => cancellationToken.IsCancellationRequested;

    /// <summary>The scores as FP32, when they are there.</summary>
    public Task<ReadOnlyMemory<byte>> Scores => _scores.Task;

    /// <summary>Gives the scores.</summary>
    /// <param name="scores">The scores as FP32.</param>
    public void Complete(ReadOnlyMemory<byte> scores) => _scores.SetResult(scores);

    /// <summary>Gives up.</summary>
    public void Abandon() => _scores.SetCanceled(cancellationToken);

    /// <summary>Says why there are none.</summary>
    /// <param name="exception">What the model failed with.</param>
    public void Fail(Exception exception) => _scores.SetException(exception);
}
