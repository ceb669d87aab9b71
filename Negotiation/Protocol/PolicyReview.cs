using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Negotiation.Protocol;

/// <summary>The policy agent's view of a window: reviews slates of it against a rule set.</summary>
public sealed class PolicyReview
{
    /// <summary>Prepares reviews of slates of a window.</summary>
    /// <param name="rules">The rule set that the policy agent holds itself.</param>
    /// <param name="window">The candidates in canonical order.</param>
    /// <param name="facets">The catalogue.</param>
    public PolicyReview(RuleSet rules, ImmutableArray<Candidate> window, IFacetSource facets)
    {
    }

    /// <summary>Reports every rule that a slate does not meet.</summary>
    /// <param name="slate">The slate, by handle, best first.</param>
    /// <param name="relaxed">Hard rules that no slate can meet, with the bounds that stand in for theirs.</param>
    public Review Review(ImmutableArray<int> slate, ImmutableArray<RelaxedRule> relaxed) => new([]);
}
