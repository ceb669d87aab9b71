using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Negotiation.Windows;

namespace AgentRec.Negotiation.Protocol;

/// <summary>What lies on the table when a negotiation begins.</summary>
/// <param name="Rules">The rule set in force.</param>
/// <param name="Window">The eligible candidates with the user agent's offer, in canonical order.</param>
/// <param name="SlateSize">k, 1 to 50.</param>
/// <param name="Facets">The catalogue.</param>
/// <param name="Widenings">How often the window was doubled before.</param>
public sealed record NegotiationTable(
    RuleSet Rules,
    CandidateWindow Window,
    int SlateSize,
    IFacetSource Facets,
    int Widenings = 0)
{
    /// <summary>New items that may be given a place of their own (see <see cref="Agency.Exploration"/>), by handle; those outside the window count for nothing.</summary>
    public ImmutableArray<int> Exploring { get; init; } = [];

    /// <summary>The catalogue, with strata as the rule set draws them.</summary>
    public IFacetSource Facets { get; init; } = Facets.Under(Rules.Strata);

    /// <summary>The tenant, whose budgets proposers spend.</summary>
    public string Tenant { get; init; } = Identifier.DefaultTenant;

    /// <summary>What the session wants: utilities have it in them; proposers that read may read it.</summary>
    public ImmutableArray<Constraint> Wanted { get; init; } = [];

    /// <summary>What the user agent has released of its user, in buckets; empty: nothing.</summary>
    public ImmutableSortedDictionary<string, string> Released { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>How what the user takes to spreads over the facets of calibration rules, as the user agent states it.</summary>
    public ImmutableArray<FacetShares> Targets { get; init; } = [];
}
