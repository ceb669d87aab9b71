using System.Collections.Concurrent;
using System.Diagnostics;
using AgentRec.Domain;
using AgentRec.Negotiation.Protocol;
using AgentRec.Negotiation.Windows;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Evaluation;

namespace AgentRec.Grains.Offline;

/// <summary>
/// The negotiations of an evaluation under one rule set. Each user and protocol is negotiated once, however many figures are
/// read from it.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="rules">The rules in force; <see cref="RuleSet.None"/> for none.</param>
/// <param name="seed">Orders ties.</param>
public sealed class OfflineNegotiations(RecommenderModel model, RuleSet rules, ulong seed)
{
    /// <summary>The size of the slate that metrics look at.</summary>
    public const int SlateSize = 10;

    private readonly OfflineTurn _turn = new(model, rules, seed);
    private readonly ConcurrentDictionary<(string Protocol, string UserId), Lazy<Negotiated>> _negotiated = new();

    /// <summary>The rules in force.</summary>
    public RuleSet Rules => rules;

    /// <summary>The model.</summary>
    public RecommenderModel Model => model;

    /// <summary>A user's side of a turn.</summary>
    /// <param name="user">The user.</param>
    public OfflineTable Lay(EvaluationUser user) => _turn.Lay(user.History, user.Excluded, SlateSize);

    /// <summary>What a protocol comes to for a user.</summary>
    /// <param name="protocol">The protocol.</param>
    /// <param name="user">The user.</param>
    public Negotiated Of(INegotiationProtocol protocol, EvaluationUser user) => Of(protocol, user, () => Lay(user));

    /// <summary>What a protocol comes to for a user whose table is laid already.</summary>
    /// <param name="protocol">The protocol.</param>
    /// <param name="user">The user.</param>
    /// <param name="table">The user's table.</param>
    public Negotiated Of(INegotiationProtocol protocol, EvaluationUser user, Func<OfflineTable> table) =>
        _negotiated.GetOrAdd((protocol.Name, user.UserId), _ => new Lazy<Negotiated>(() =>
        {
            var laid = table();
            var started = Stopwatch.GetTimestamp();
            var result = OfflineTurn.Negotiate(protocol, laid.Table);
            return new Negotiated(result, laid.Origin, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        })).Value;
}

/// <summary>A negotiation with the time it took.</summary>
/// <param name="Result">The result.</param>
/// <param name="Window">How the window came about.</param>
/// <param name="Milliseconds">From the laid table to the slate, on one thread; not repeatable.</param>
public sealed record Negotiated(NegotiationResult Result, WindowOrigin Window, double Milliseconds);
