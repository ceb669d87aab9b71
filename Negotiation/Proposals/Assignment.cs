using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Negotiation.Windows;

namespace AgentRec.Negotiation.Proposals;

/// <summary>What the policy agent knows of a turn itself when a proposer claims a slate for it.</summary>
/// <param name="Rules">The registered rule set that the turn was fixed to.</param>
/// <param name="Window">The window with the user agent's own figures.</param>
/// <param name="SlateSize">How many items were asked for.</param>
/// <param name="Protocol">The protocol whose terms apply.</param>
/// <param name="Absent">Agents that did not answer the planner in time, in ordinal order.</param>
public sealed record Assignment(RuleSet Rules, CandidateWindow Window, int SlateSize, string Protocol, ImmutableArray<string> Absent);
