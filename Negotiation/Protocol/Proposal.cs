using System.Collections.Immutable;

namespace AgentRec.Negotiation.Protocol;

/// <summary>A slate on its way to the user agent.</summary>
/// <param name="Slate">By handle, best first.</param>
/// <param name="Places">The same by place in the window.</param>
/// <param name="Origin">Where it comes from.</param>
/// <param name="Utility">Its U.</param>
/// <param name="Objective">Its J.</param>
internal sealed record Proposal(ImmutableArray<int> Slate, ImmutableArray<int> Places, ProposalOrigin Origin, double Utility, double Objective)
{
    /// <summary>False when the policy agents object to it, or have not seen it.</summary>
    public bool IsAdmissible { get; set; }

    public bool IsSame(Proposal other) => Slate.AsSpan().SequenceEqual(other.Slate.AsSpan());
}
