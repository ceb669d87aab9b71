namespace AgentRec.Gateway.Access;

/// <summary>
/// How a gateway goes on when the silo with the keys does not answer: what was true a moment ago still counts, for a while, so that one
/// silo that hangs does not hold up every request.
/// </summary>
internal static class SilentCluster
{
    /// <summary>For how long beyond <see cref="AccessOptions.CacheSeconds"/> the last answer counts where there is no new one. Longer than it takes until a silo that hangs is given up.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>How long a new answer is waited for before the last one counts.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    /// <summary>Waits for an answer, but not for long.</summary>
    /// <param name="answer">What was asked.</param>
    /// <param name="waited">For how long it has been waited for already.</param>
    /// <param name="time">The clock to wait by.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>True when the answer is there.</returns>
    public static async Task<bool> AnswersAsync(Task answer, TimeSpan waited, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!answer.IsCompleted && waited < Patience)
            await Task.WhenAny(answer, Task.Delay(Patience - waited, time, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
        return answer.IsCompletedSuccessfully;
    }
}
