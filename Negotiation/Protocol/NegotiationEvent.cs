using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Negotiation.Protocol;

/// <summary>One step of a negotiation, with enough in it to tell a person what happened.</summary>
public abstract record NegotiationEvent
{
    /// <summary>The kind under which the step appears in a turn's trace.</summary>
    public abstract TurnEventKind Kind { get; }
}

/// <summary>The candidates were widened before the negotiation, because no slate in a smaller window satisfies the rules.</summary>
/// <param name="Widenings">How often the window was doubled.</param>
/// <param name="WindowSize">The candidates it holds now.</param>
public sealed record Widened(int Widenings, int WindowSize) : NegotiationEvent
{
    /// <inheritdoc/>
    public override TurnEventKind Kind => TurnEventKind.Widening;
}

/// <summary>The slate that the user would get if nobody else had a say.</summary>
/// <param name="Slate">S0, by handle.</param>
/// <param name="Utility">U(S0), the reference for every concession.</param>
/// <param name="Cut">The utility of its last item.</param>
/// <param name="WindowSize">The candidates on the table.</param>
public sealed record Opened(ImmutableArray<int> Slate, double Utility, double Cut, int WindowSize) : NegotiationEvent
{
    /// <inheritdoc/>
    public override TurnEventKind Kind => TurnEventKind.Nomination;
}

/// <summary>Item agents near the cut bid.</summary>
/// <param name="Invited">How many were asked.</param>
/// <param name="Bids">Their bids above 0, in canonical order.</param>
public sealed record BidsPlaced(int Invited, ImmutableArray<Bid> Bids) : NegotiationEvent
{
    /// <inheritdoc/>
    public override TurnEventKind Kind => TurnEventKind.Bid;
}

/// <summary>The policy agents object to a slate.</summary>
/// <param name="Round">The round, 0 for the opening.</param>
/// <param name="Slate">The slate, by handle.</param>
/// <param name="Objections">What they object to.</param>
public sealed record Objected(int Round, ImmutableArray<int> Slate, ImmutableArray<Objection> Objections) : NegotiationEvent
{
    /// <inheritdoc/>
    public override TurnEventKind Kind => TurnEventKind.Objection;
}

/// <summary>Rules that no slate can meet were set to their nearest attainable bounds.</summary>
/// <param name="Relaxed">The rules.</param>
public sealed record RulesRelaxed(ImmutableArray<RelaxedRule> Relaxed) : NegotiationEvent
{
    /// <inheritdoc/>
    public override TurnEventKind Kind => TurnEventKind.Concession;
}

/// <summary>A place is kept for an item that nobody has met yet.</summary>
/// <param name="Items">The items that it is kept for, by handle.</param>
public sealed record PlaceReserved(ImmutableArray<int> Items) : NegotiationEvent
{
    /// <inheritdoc/>
    public override TurnEventKind Kind => TurnEventKind.Concession;
}

/// <summary>A place was sold to the item with the greatest gain.</summary>
/// <param name="Place">The place, from 1.</param>
/// <param name="Item">The winner, by handle.</param>
/// <param name="Bid">What it bid.</param>
/// <param name="Price">The least bid with which it would still have won.</param>
public sealed record PlaceSold(int Place, int Item, double Bid, double Price) : NegotiationEvent
{
    /// <inheritdoc/>
    public override TurnEventKind Kind => TurnEventKind.Bid;
}

/// <summary>The moderator weighed the agents' ranked offers.</summary>
/// <param name="Round">The round.</param>
/// <param name="Weights">What each agent's offer counts.</param>
/// <param name="Rejected">Items voted out so far, by handle.</param>
public sealed record OffersWeighed(int Round, ImmutableArray<OfferWeight> Weights, ImmutableArray<int> Rejected) : NegotiationEvent
{
    /// <inheritdoc/>
    public override TurnEventKind Kind => TurnEventKind.Nomination;
}

/// <summary>What an agent's ranked offer counts.</summary>
/// <param name="Agent">The agent.</param>
/// <param name="Relevance">How much the user takes to what it offers, in [0,1].</param>
/// <param name="Reliability">How little it changed its mind, in [0,1].</param>
/// <param name="Invalid">The part of its offer that is outside the window or was voted out, in [0,1].</param>
public sealed record OfferWeight(string Agent, double Relevance, double Reliability, double Invalid);

/// <summary>A search for the optimum ended at its work limit.</summary>
/// <param name="Objective">J of the best slate found; 0 when none was.</param>
/// <param name="Bound">No slate has a greater J.</param>
public sealed record WorkEnded(double Objective, double Bound) : NegotiationEvent
{
    /// <inheritdoc/>
    public override TurnEventKind Kind => TurnEventKind.Proposal;
}

/// <summary>Agents did not answer in time: their last known offer stood in.</summary>
/// <param name="Agents">Which.</param>
public sealed record StoodIn(ImmutableArray<string> Agents) : NegotiationEvent
{
    /// <inheritdoc/>
    public override TurnEventKind Kind => TurnEventKind.Concession;
}

/// <summary>Where a proposal comes from.</summary>
public enum ProposalOrigin
{
    /// <summary>The planner's search.</summary>
    Planner,

    /// <summary>The deterministic repair of the standing order.</summary>
    Repair,

    /// <summary>A slate refused earlier.</summary>
    Again,

    /// <summary>The places were sold one by one.</summary>
    Auction,

    /// <summary>The moderator's count of ranked offers.</summary>
    Vote,
}

/// <summary>A slate was put to the user agent.</summary>
/// <param name="Round">The round.</param>
/// <param name="Origin">Where the slate comes from.</param>
/// <param name="Slate">The slate, by handle.</param>
/// <param name="Utility">Its U.</param>
/// <param name="Objective">Its J.</param>
/// <param name="Accepted">The user agent's answer.</param>
/// <param name="Missed">On refusal: the items whose loss hurts most.</param>
public sealed record Proposed(
    int Round,
    ProposalOrigin Origin,
    ImmutableArray<int> Slate,
    double Utility,
    double Objective,
    bool Accepted,
    ImmutableArray<int> Missed) : NegotiationEvent
{
    /// <inheritdoc/>
    public override TurnEventKind Kind => TurnEventKind.Proposal;
}

/// <summary>Both sides give way for the next round.</summary>
/// <param name="Round">The round that begins.</param>
/// <param name="Lambda">How much of bids and wishes the planner still asks for, 1 to 0.</param>
/// <param name="Epsilon">The part of the opening's utility that the user agent gives up by now.</param>
/// <param name="Limit">The utility that it still asks for.</param>
public sealed record Conceded(int Round, double Lambda, double Epsilon, double Limit) : NegotiationEvent
{
    /// <inheritdoc/>
    public override TurnEventKind Kind => TurnEventKind.Concession;
}

/// <summary>The rules outranked the user's limit.</summary>
/// <param name="Slate">The slate, by handle.</param>
/// <param name="Utility">Its U.</param>
/// <param name="Limit">What the user agent asked for.</param>
public sealed record Arbitrated(ImmutableArray<int> Slate, double Utility, double Limit) : NegotiationEvent
{
    /// <inheritdoc/>
    public override TurnEventKind Kind => TurnEventKind.Arbitration;
}

/// <summary>The slate is settled.</summary>
/// <param name="Outcome">How it came about.</param>
/// <param name="Slate">The slate, by handle.</param>
/// <param name="Rounds">Rounds used.</param>
/// <param name="Utility">Its U.</param>
/// <param name="Objective">Its J.</param>
public sealed record Settled(NegotiationOutcome Outcome, ImmutableArray<int> Slate, int Rounds, double Utility, double Objective) : NegotiationEvent
{
    /// <inheritdoc/>
    public override TurnEventKind Kind => TurnEventKind.Agreement;
}
