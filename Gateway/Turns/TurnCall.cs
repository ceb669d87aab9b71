using AgentRec.Domain;
using AgentRec.Gateway.Calls;
using AgentRec.Gateway.Problems;
using AgentRec.Grains.Abstractions.Sessions;
using Microsoft.Extensions.Options;

namespace AgentRec.Gateway.Turns;

/// <summary>Begins a turn and waits for its end, across calls that the cluster does not answer.</summary>
/// <param name="agents">The cluster.</param>
/// <param name="repetition">Repeats what is harmless to repeat.</param>
/// <param name="options">How long to wait.</param>
/// <param name="time">The clock to wait by.</param>
internal sealed class TurnCall(Agents agents, Repetition repetition, IOptions<GatewayOptions> options, TimeProvider time)
{
    /// <summary>Begins a turn.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="request">The turn. Without an id a second attempt could begin a second turn, so there is only one.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The turn's number, or why it was not admitted.</returns>
    public async Task<(int Turn, Refusal? Refusal)> Begin(string sessionId, TurnRequest request, CancellationToken cancellationToken)
    {
        var session = agents.Session(sessionId);
        var admission = request.TurnId is null
            ? await session.Begin(request).WaitAsync(cancellationToken)
            : await repetition.Repeat(() => session.Begin(request), cancellationToken);
        return (admission.Turn, RefusalOf(admission));
    }

    /// <summary>Runs a turn to its end.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="request">The turn.</param>
    /// <param name="cancellationToken">Stops waiting; the turn goes on.</param>
    /// <returns>The result, or why there is none.</returns>
    public async Task<(TurnResult? Result, Refusal? Refusal)> Run(string sessionId, TurnRequest request, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Value.TurnTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                var (turn, refusal) = await Begin(sessionId, request, either.Token);
                if (refusal is not null)
                    return (null, refusal);
                var ending = await Complete(sessionId, turn, either.Token);
                if (ending?.Result is { } result)
                    return (result, null);
                if (ending is { Failure: not TurnEnding.Interrupted })
                    return (null, Refusals.TurnFailed(ending.Failure ?? "internal", ending.Detail));
                // What the turn ran on went away, and perhaps its session with it: under its id it may run again.
                if (request.TurnId is null || attempt >= options.Value.Attempts)
                    return (null, Refusals.ClusterUnavailable());
                await repetition.Pause(attempt, either.Token);
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return (null, Refusals.TurnFailed("timeout", null));
        }
    }

    private async Task<TurnEnding?> Complete(string sessionId, int turn, CancellationToken cancellationToken)
    {
        // A wait may outlast the cluster's response time, and then waits on: the limit is the caller's.
        while (true)
        {
            try
            {
                return await repetition.Repeat(() => agents.Session(sessionId).Complete(turn, cancellationToken), cancellationToken);
            }
            catch (TimeoutException)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    private static Refusal? RefusalOf(TurnAdmission admission) => admission.Status switch
    {
        TurnAdmissionStatus.Started or TurnAdmissionStatus.Known => null,
        TurnAdmissionStatus.UnknownSession => Refusals.UnknownSession(),
        TurnAdmissionStatus.SessionClosed => Refusals.SessionClosed(admission.Detail),
        TurnAdmissionStatus.TurnInProgress => Refusals.TurnInProgress(admission.Detail),
        TurnAdmissionStatus.ContentConflict => Refusals.TurnContentConflict(admission.Detail),
        TurnAdmissionStatus.UnknownPolicy => Refusals.TurnNamesUnknownPolicy(admission.Detail),
        TurnAdmissionStatus.UnknownProtocol => Refusals.UnknownProtocol(admission.Detail),
        TurnAdmissionStatus.UnknownQuestion => Refusals.UnknownQuestion(admission.Detail),
        TurnAdmissionStatus.NotReady => Refusals.TenantNotServed(admission.Detail),
        _ => throw new InvalidOperationException($"The session answered with the unknown status '{admission.Status}'. Update the gateway."),
    };
}
