using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Negotiation.Rules;

/// <summary>
/// What safety rules that concern single items leave over. Public rules (exclusion, maturity) can be asked by anyone,
/// private ones (consumed, frequency cap) only by who holds the user's history.
/// </summary>
public sealed class Eligibility
{
    /// <summary>Prepares the filter of a rule set.</summary>
    /// <param name="rules">The rule set in force.</param>
    /// <param name="facets">The catalogue.</param>
    public Eligibility(RuleSet rules, IFacetSource facets)
    {
    }

    /// <summary>The first public safety rule that keeps an item out, or null.</summary>
    /// <param name="handle">The item.</param>
    public string? PublicBar(int handle) => null;

    /// <summary>The first private safety rule that keeps an item out, or null.</summary>
    /// <param name="itemId">The item.</param>
    /// <param name="history">The user's history.</param>
    public string? PrivateBar(string itemId, IPrivateFacts history) => history.IsConsumed(itemId) ? Rule.NotConsumed : null;

    /// <summary>The candidates that no safety rule keeps out, in the same order.</summary>
    /// <param name="candidates">The candidates.</param>
    /// <param name="history">The user's history.</param>
    public ImmutableArray<Candidate> Filter(IEnumerable<Candidate> candidates, IPrivateFacts history) =>
        [.. candidates.Where(candidate => PublicBar(candidate.Handle) is null && PrivateBar(candidate.ItemId, history) is null)];
}
