using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AgentRec.Gateway.Calls;

/// <summary>
/// Repeats calls that the cluster did not answer. Orleans never does, because a call without an answer may have taken effect;
/// so only calls that are harmless to repeat come here. Waits double and half of each is drawn, so that callers do not return
/// in step.
/// </summary>
/// <param name="options">How often and how soon.</param>
/// <param name="time">The clock to wait by.</param>
/// <param name="logger">The log.</param>
internal sealed partial class Repetition(IOptions<GatewayOptions> options, TimeProvider time, ILogger<Repetition> logger)
{
    /// <summary>Makes a call until it is answered or the attempts are used up.</summary>
    /// <typeparam name="T">The answer.</typeparam>
    /// <param name="call">The call, harmless to repeat.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<T> Repeat<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call().WaitAsync(cancellationToken);
            }
            catch (Exception exception) when (attempt < options.Value.Attempts && !cancellationToken.IsCancellationRequested && IsUnanswered(exception))
            {
                Repeating(attempt, exception.GetType().Name);
                await Pause(attempt, cancellationToken);
            }
        }
    }

    /// <summary>Waits before another attempt.</summary>
    /// <param name="attempt">How many there were.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task Pause(int attempt, CancellationToken cancellationToken)
    {
        var wait = options.Value.RetryDelay * Math.Pow(2, attempt - 1);
        var drawn = RandomNumberGenerator.GetInt32(500, 1_001) / 1_000.0;
        return Task.Delay(wait * drawn, time, cancellationToken);
    }

    /// <summary>
    /// True for the faults of a cluster that is busy, changing or away, as opposed to bugs. A cluster that gives up on a call of its
    /// own cancels it, which says nothing of the caller's own cancellation. What databases and sockets report comes through where
    /// Orleans itself asked them.
    /// </summary>
    /// <param name="exception">What a call threw.</param>
    public static bool IsUnanswered(Exception exception) => exception is TimeoutException or OrleansException or OperationCanceledException or ExternalException;
}
