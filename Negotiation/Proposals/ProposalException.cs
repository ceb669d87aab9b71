namespace AgentRec.Negotiation.Proposals;

/// <summary>A proposer broke the terms under which it may speak to the agents, or nobody answers it.</summary>
/// <param name="message">What it did.</param>
public sealed class ProposalException(string message) : Exception(message);
