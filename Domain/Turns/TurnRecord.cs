using System.Collections.Immutable;

namespace AgentRec.Domain;

/// <summary>A finished turn as the log keeps it: enough to answer a repetition, resume a stream and replay the session.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="RequestDigest">Digest of the request's content: another request under the same turn id is refused.</param>
/// <param name="Request">What was asked.</param>
/// <param name="Result">What was answered.</param>
/// <param name="Trace">Every event of the turn, in order.</param>
[GenerateSerializer, Immutable, Alias("agentrec.TurnRecord")]
public sealed record TurnRecord(
    [property: Id(0)] string SessionId,
    [property: Id(1)] string RequestDigest,
    [property: Id(2)] TurnRequest Request,
    [property: Id(3)] TurnResult Result,
    [property: Id(4)] ImmutableArray<TurnEvent> Trace);
