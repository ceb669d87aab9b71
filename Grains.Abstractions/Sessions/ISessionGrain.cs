using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Grains.Abstractions.Sessions;

/// <summary>
/// One conversation. It admits one turn at a time; the turn runs on its own and appends to an event buffer, so that reading,
/// streaming and closing never wait for it. Key: <see cref="Keys.GrainKey.Session"/>.
/// </summary>
[Alias("agentrec.ISessionGrain")]
public interface ISessionGrain : IGrainWithStringKey
{
    /// <summary>Opens the session, durably. Opening it again with the same content changes nothing.</summary>
    /// <param name="opening">Whose session it is, and what is known of the situation.</param>
    /// <returns>False when the session exists already with other content.</returns>
    /// <exception cref="TenantNotServedException">The tenant has no model to recommend with.</exception>
    [Alias("Open"), AnyRoute]
    Task<bool> Open(SessionOpening opening);

    /// <summary>Starts a turn, or finds the one that ran under the same turn id.</summary>
    /// <param name="request">What is asked for.</param>
    /// <returns>The turn's number where there is one, or why there is none.</returns>
    [Alias("Begin"), AnyRoute]
    Task<TurnAdmission> Begin(TurnRequest request);

    /// <summary>Waits for a turn that was begun.</summary>
    /// <param name="turn">The turn's number.</param>
    /// <param name="cancellationToken">Stops waiting; the turn goes on.</param>
    /// <returns>How it ended; null when the session has no such turn.</returns>
    [Alias("Complete"), AnyRoute]
    Task<TurnEnding?> Complete(int turn, CancellationToken cancellationToken = default);

    /// <summary>The events of a turn as they happen, or from the record of a finished turn; ends after the last event.</summary>
    /// <param name="turn">The turn's number; without such a turn there are no events.</param>
    /// <param name="after">Events with a greater number are sent; 0 sends all.</param>
    /// <param name="cancellationToken">Stops the stream. A running turn that nobody reads or awaits for 5 s is cancelled.</param>
    [Alias("Events"), AnyRoute]
    IAsyncEnumerable<TurnEvent> Events(int turn, int after, CancellationToken cancellationToken = default);

    /// <summary>The conversation so far.</summary>
    /// <returns>Null when the session was never opened.</returns>
    [Alias("Describe"), AnyRoute]
    Task<SessionView?> Describe();

    /// <summary>Closes the session, durably; a turn in progress is cancelled. Closing it again changes nothing.</summary>
    /// <returns>False when the session was never opened.</returns>
    [Alias("Close"), AnyRoute]
    Task<bool> Close();

    /// <summary>Lets go of the session, whose user was erased: a turn in progress is cancelled, and the session is unknown from now on.</summary>
    [Alias("Forget")]
    Task Forget();
}

/// <summary>What opens a session.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Seed">The seed that ids and ties derive from; null: one derived from the session's id.</param>
/// <param name="Context">What the client says about the situation, by name.</param>
[GenerateSerializer, Immutable, Alias("agentrec.SessionOpening")]
public sealed record SessionOpening(
    [property: Id(0)] string UserId,
    [property: Id(1)] ulong? Seed,
    [property: Id(2)] ImmutableSortedDictionary<string, string> Context);

/// <summary>Whether a turn was admitted.</summary>
public enum TurnAdmissionStatus
{
    /// <summary>The turn runs.</summary>
    Started,

    /// <summary>A turn with this id and content has run, or is running: its number is given.</summary>
    Known,

    /// <summary>The session was never opened.</summary>
    UnknownSession,

    /// <summary>The session was closed.</summary>
    SessionClosed,

    /// <summary>Another turn is running.</summary>
    TurnInProgress,

    /// <summary>A turn with this id has run with other content.</summary>
    ContentConflict,

    /// <summary>There is no such policy.</summary>
    UnknownPolicy,

    /// <summary>There is no such protocol.</summary>
    UnknownProtocol,

    /// <summary>The answer names a question that is not open.</summary>
    UnknownQuestion,

    /// <summary>The tenant has no model that is served.</summary>
    NotReady,
}

/// <summary>The answer to a request for a turn.</summary>
/// <param name="Status">Whether the turn was admitted.</param>
/// <param name="Turn">The turn's number, where <see cref="TurnAdmissionStatus.Started"/> or <see cref="TurnAdmissionStatus.Known"/>.</param>
/// <param name="Detail">What a person should know, where it was not admitted.</param>
[GenerateSerializer, Immutable, Alias("agentrec.TurnAdmission")]
public sealed record TurnAdmission([property: Id(0)] TurnAdmissionStatus Status, [property: Id(1)] int Turn, [property: Id(2)] string? Detail);

/// <summary>How a turn ended.</summary>
/// <param name="Result">The result; null when the turn failed or was cancelled.</param>
/// <param name="Failure">Why it failed: a code such as <see cref="Cancelled"/>, <c>timeout</c>, <see cref="Interrupted"/>, <see cref="Closed"/> or <c>internal</c>; null when it did not.</param>
/// <param name="Detail">What a person should know about the failure.</param>
[GenerateSerializer, Immutable, Alias("agentrec.TurnEnding")]
public sealed record TurnEnding([property: Id(0)] TurnResult? Result, [property: Id(1)] string? Failure, [property: Id(2)] string? Detail)
{
    /// <summary>The code of a turn that was cancelled.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>The code of a turn that ended because what it ran on went away: under the same id it may be repeated at once.</summary>
    public const string Interrupted = "interrupted";

    /// <summary>The code of a turn whose session was closed by a client while it ran.</summary>
    public const string Closed = "closed";
}

/// <summary>A session as a client sees it.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="UserId">The user.</param>
/// <param name="OpenedAt">When it was opened.</param>
/// <param name="ClosedAt">When it was closed, if it was.</param>
/// <param name="Context">What the client said about the situation.</param>
/// <param name="Constraints">The constraints in force.</param>
/// <param name="OpenQuestion">The question that awaits an answer.</param>
/// <param name="TurnInProgress">The number of the running turn.</param>
/// <param name="Turns">The finished turns, in order.</param>
[GenerateSerializer, Immutable, Alias("agentrec.SessionView")]
public sealed record SessionView(
    [property: Id(0)] string SessionId,
    [property: Id(1)] string UserId,
    [property: Id(2)] DateTimeOffset OpenedAt,
    [property: Id(3)] DateTimeOffset? ClosedAt,
    [property: Id(4)] ImmutableSortedDictionary<string, string> Context,
    [property: Id(5)] ImmutableArray<Constraint> Constraints,
    [property: Id(6)] Question? OpenQuestion,
    [property: Id(7)] int? TurnInProgress,
    [property: Id(8)] ImmutableArray<SessionTurn> Turns);

/// <summary>One finished turn of a session: what was asked and what was answered.</summary>
/// <param name="At">When it was finished.</param>
/// <param name="Request">What was asked.</param>
/// <param name="Result">What was answered.</param>
[GenerateSerializer, Immutable, Alias("agentrec.SessionTurn")]
public sealed record SessionTurn([property: Id(0)] DateTimeOffset At, [property: Id(1)] TurnRequest Request, [property: Id(2)] TurnResult Result);
