using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Grains.Abstractions.Planning;

/// <summary>
/// Decides for one turn which evidence to gather, and moderates the negotiation. It keeps nothing: its trace is part of the
/// turn record. Key: <see cref="Keys.GrainKey.Session"/>, the same as its session's.
/// </summary>
[Alias("agentrec.IPlannerAgent")]
public interface IPlannerAgent : IGrainWithStringKey
{
    /// <summary>Runs a turn: its steps as they happen, the last one with the result.</summary>
    /// <param name="turn">What the session asks for.</param>
    /// <param name="cancellationToken">Abandons the turn.</param>
    [Alias("Plan")]
    IAsyncEnumerable<PlanStep> Plan(PlanRequest turn, CancellationToken cancellationToken = default);
}

/// <summary>What a session asks its planner for.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Turn">The turn's number.</param>
/// <param name="TurnId">The turn's id.</param>
/// <param name="Seed">The turn's seed, derived from session and turn.</param>
/// <param name="Request">What the client asked.</param>
/// <param name="Constraints">All constraints in force, those of earlier turns included.</param>
/// <param name="Policy">The rule set's name.</param>
/// <param name="PolicyVersion">The rule set's version, fixed for the turn.</param>
[GenerateSerializer, Immutable, Alias("agentrec.PlanRequest")]
public sealed record PlanRequest(
    [property: Id(0)] string UserId,
    [property: Id(1)] int Turn,
    [property: Id(2)] string TurnId,
    [property: Id(3)] ulong Seed,
    [property: Id(4)] TurnRequest Request,
    [property: Id(5)] ImmutableArray<Constraint> Constraints,
    [property: Id(6)] string Policy,
    [property: Id(7)] int PolicyVersion)
{
    /// <summary>What no constraint can say.</summary>
    [Id(8)]
    public TurnWishes Wishes { get; init; } = TurnWishes.None;

    /// <summary>What the session has learnt by asking.</summary>
    [Id(9)]
    public SessionEvidence Evidence { get; init; } = SessionEvidence.None;

    /// <summary>True when the turn may be answered with a question.</summary>
    [Id(10)]
    public bool MayAsk { get; init; }

    /// <summary>What the session has asked already.</summary>
    [Id(11)]
    public ImmutableArray<Question> Asked { get; init; } = [];
}

/// <summary>One step of a plan: an event to tell, or the result.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Data">The event's details: one JSON object, camelCase; empty with a result.</param>
/// <param name="Result">The result, on the last step only.</param>
[GenerateSerializer, Immutable, Alias("agentrec.PlanStep")]
public sealed record PlanStep([property: Id(0)] TurnEventKind Kind, [property: Id(1)] string Data, [property: Id(2)] PlanResult? Result);

/// <summary>The result of a plan.</summary>
/// <param name="Result">What the client gets.</param>
/// <param name="Certificate">The certificate in canonical JSON.</param>
/// <param name="Window">The window as JSON.</param>
[GenerateSerializer, Immutable, Alias("agentrec.PlanResult")]
public sealed record PlanResult([property: Id(0)] TurnResult Result, [property: Id(1)] string? Certificate, [property: Id(2)] string? Window);
