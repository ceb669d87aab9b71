using System.Runtime.CompilerServices;
using AgentRec.Domain;
using AgentRec.Gateway.Calls;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace AgentRec.Gateway.Turns;

/// <summary>Reads the events of turns, across failures of the silo that sends them.</summary>
/// <param name="agents">The cluster.</param>
/// <param name="repetition">Says when to try again.</param>
/// <param name="options">How often, and how long a stream may last.</param>
/// <param name="time">The clock to wait by.</param>
internal sealed class EventStreams(Agents agents, Repetition repetition, IOptions<GatewayOptions> options, TimeProvider time)
{
    /// <summary>A stream of a turn's events as an answer.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="turn">The turn's number.</param>
    /// <param name="after">The last event that the client has seen; 0: none.</param>
    /// <param name="whenEmpty">Answers for a stream without a single event; null: it is simply empty.</param>
    public EventStream Of(string sessionId, int turn, int after, Func<CancellationToken, Task<IResult>>? whenEmpty = null) =>
        new(cancellationToken => Read(sessionId, turn, after, cancellationToken), options.Value.Heartbeat, options.Value.TurnTimeout, time)
        {
            WhenEmpty = whenEmpty,
        };

    /// <summary>Says whether a session has a turn, running or finished.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="turn">The turn's number.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    public async Task<bool> Exists(string sessionId, int turn, CancellationToken cancellationToken)
    {
        await foreach (var _ in Read(sessionId, turn, after: 0, cancellationToken))
            return true;
        return false;
    }

    /// <summary>The events, each once and in order. An enumeration that breaks is taken up behind the last event.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="turn">The turn's number.</param>
    /// <param name="after">Events with a greater number are read.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async IAsyncEnumerable<TurnEvent> Read(
        string sessionId, int turn, int after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var failures = 0;
        while (true)
        {
            // One event a batch: an event is worth most when it is fresh.
            await using var events = agents.Session(sessionId).Events(turn, after, cancellationToken).WithBatchSize(1).GetAsyncEnumerator(cancellationToken);
            while (true)
            {
                bool more;
                try
                {
                    more = await events.MoveNextAsync();
                }
                catch (Exception exception) when (
                    (exception is EnumerationAbortedException || Repetition.IsUnanswered(exception))
                    && failures + 1 < options.Value.Attempts && !cancellationToken.IsCancellationRequested)
                {
                    failures++;
                    break;
                }
                if (!more)
                    yield break;
                failures = 0;
                after = events.Current.Number;
                yield return events.Current;
                if (events.Current.IsLast)
                    yield break;
            }
            await repetition.Pause(failures, cancellationToken);
        }
    }
}
