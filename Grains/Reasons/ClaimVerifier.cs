using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Recommenders.Scorers;

namespace AgentRec.Grains.Reasons;

/// <summary>An explanation all of whose claims hold.</summary>
/// <param name="Explanation">The claims that hold, and the sentence that follows from them.</param>
/// <param name="Dropped">The claims that do not.</param>
internal sealed record VerifiedExplanation(Explanation Explanation, ImmutableArray<Evidence> Dropped);

/// <summary>
/// Replays claims, whoever made them: each must follow from the user's own history, the catalogue, what the own items contributed
/// to the score, the session's constraints, the rules in force and the negotiation, and its text must be the one that follows
/// from its fields. It asks nothing of the maker of claims and changes nothing.
/// </summary>
/// <param name="facts">What is known.</param>
internal sealed class ClaimVerifier(ReasonFacts facts)
{
    /// <summary>An own item speaks for another only when its contribution is among this many strongest.</summary>
    public const int Strongest = 5;

    private readonly Wording _wording = new(facts.Facets, facts.Deeds);

    /// <summary>Keeps the claims that hold.</summary>
    /// <param name="item">The item that is explained, by handle.</param>
    /// <param name="contributions">What the own items contributed to its score.</param>
    /// <param name="claims">The claims.</param>
    public VerifiedExplanation Verify(int item, ImmutableArray<Contribution> contributions, ImmutableArray<Evidence> claims)
    {
        var holding = claims.ToLookup(claim => Holds(item, contributions, claim));
        ImmutableArray<Evidence> kept = [.. holding[true].Distinct()];
        return new VerifiedExplanation(new Explanation(_wording.Whole(kept), kept), [.. holding[false]]);
    }

    /// <summary>True when a claim for an item can be replayed.</summary>
    /// <param name="item">The item that is explained, by handle.</param>
    /// <param name="contributions">What the own items contributed to its score.</param>
    /// <param name="claim">The claim.</param>
    public bool Holds(int item, ImmutableArray<Contribution> contributions, Evidence claim) => claim.Kind switch
    {
        EvidenceKind.History => IsHistory(contributions, claim),
        EvidenceKind.Fact when claim is { Facet: null } => IsNew(item, claim),
        EvidenceKind.Fact => claim.ItemId is null ? IsKnown(item, claim) : IsShared(item, claim),
        EvidenceKind.Constraint => IsMet(item, claim),
        EvidenceKind.Rule => IsAskedFor(item, claim),
        EvidenceKind.Bid => IsBid(item, claim) || IsSpokenFor(item, claim),
        _ => false,
    };

    private bool IsHistory(ImmutableArray<Contribution> contributions, Evidence claim)
    {
        if (claim is not { Facet: null, Value: null } || !TryOwn(claim, out var own) || !Says(claim, _wording.Own(own)))
            return false;
        var weight = contributions.FirstOrDefault(contribution => contribution.Handle == own).Weight;
        return weight > 0 && contributions.Count(contribution => contribution.Weight > weight) < Strongest;
    }

    private bool IsShared(int item, Evidence claim) =>
        claim is { Facet: { } facet, Value: { } value }
        && TryOwn(claim, out var own)
        && own != item
        && Has(item, facet, value)
        && Has(own, facet, value)
        && Says(claim, _wording.Shared(own, facet, value));

    private bool IsKnown(int item, Evidence claim) =>
        claim is { Facet: { } facet, Value: { } value } && Has(item, facet, value) && Says(claim, Wording.Known(facet, value));

    private bool IsNew(int item, Evidence claim) =>
        claim is { ItemId: null, Value: null }
        && facts.Rules.Agency.Exploration.IsOn
        && facts.Negotiation.Exploring.Contains(item)
        && facts.Untried(item)
        && Says(claim, Wording.New);

    /// <summary>A value that meets the constraint is the item's own; only where an item meets a constraint by what it lacks there is none.</summary>
    private bool IsMet(int item, Evidence claim) =>
        claim is { ItemId: null, Facet: { } facet }
        && facts.Constraints.Any(wish =>
            string.Equals(wish.Facet, facet, StringComparison.Ordinal)
            && wish.IsMetBy(facts.Facets.Values(item, facet))
            && (claim.Value is { } value ? Has(item, facet, value) && wish.IsMetBy([value]) : facts.Facets.Values(item, facet).IsEmpty)
            && Says(claim, Wording.Met(wish)));

    private bool IsAskedFor(int item, Evidence claim) =>
        claim.ItemId is null
        && facts.Rules.Rules.FirstOrDefault(rule => string.Equals(rule.Id, claim.Value, StringComparison.Ordinal)) is { } rule
        && string.Equals(rule.Facet, claim.Facet, StringComparison.Ordinal)
        && facts.Negotiation.Objections.Any(objection =>
            string.Equals(objection.Reading.Rule.Id, rule.Id, StringComparison.Ordinal)
            && objection.Changes.Any(change => change is Replace replace && replace.In == item))
        && Says(claim, Wording.Asked(rule));

    private bool IsBid(int item, Evidence claim) =>
        claim is { ItemId: null, Facet: null, Value: null }
        && facts.Rules.Agency.IsOn
        && facts.Negotiation.Bids.Any(bid => bid.Handle == item && bid.Amount > 0)
        && Says(claim, Wording.Bid);

    private bool IsSpokenFor(int item, Evidence claim) =>
        claim is { ItemId: null, Facet: { } facet, Value: { } value }
        && facts.Rules.Agency.IsOn
        && Has(item, facet, value)
        && facts.Negotiation.Arguments.Any(argument =>
            argument.Handle == item && string.Equals(argument.Facet, facet, StringComparison.Ordinal) && string.Equals(argument.Value, value, StringComparison.Ordinal)
            && Says(claim, Wording.Argued(argument)));

    private bool TryOwn(Evidence claim, out int own)
    {
        own = -1;
        return claim.ItemId is { } itemId && facts.Facets.TryHandle(itemId, out own) && facts.Deeds.Find(own) is not null;
    }

    private bool Has(int item, string facet, string value) => facts.Facets.Values(item, facet).Contains(value, StringComparer.Ordinal);

    private static bool Says(Evidence claim, string? text) => string.Equals(claim.Text, text, StringComparison.Ordinal);
}
