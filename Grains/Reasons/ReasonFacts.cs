using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Planning;

namespace AgentRec.Grains.Reasons;

/// <summary>What claims are replayed against.</summary>
/// <param name="Facets">The catalogue, with the strata of the model in force.</param>
/// <param name="Untried">True for items, by handle, that nobody has taken to in the data of the model in force.</param>
/// <param name="Deeds">What the user received well.</param>
/// <param name="Constraints">The session's constraints.</param>
/// <param name="Rules">The rules in force.</param>
/// <param name="Negotiation">What was said in the negotiation.</param>
internal sealed record ReasonFacts(
    IFacetSource Facets,
    Func<int, bool> Untried,
    OwnDeeds Deeds,
    ImmutableArray<Constraint> Constraints,
    RuleSet Rules,
    NegotiationFacts Negotiation);
