using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Scorers;

namespace AgentRec.Grains.Reasons;

/// <summary>
/// Makes claims for a slate: the user's own items that contributed most to the score, what ties an item to one that the user
/// received well, constraints that it meets, and what the negotiation contributed. What it claims is checked by
/// <see cref="ClaimVerifier"/> before it is shown.
/// </summary>
/// <param name="catalogue">The catalogue.</param>
/// <param name="deeds">What the user received well.</param>
/// <param name="constraints">The session's constraints.</param>
internal sealed class Explainer(Catalogue catalogue, OwnDeeds deeds, ImmutableArray<Constraint> constraints)
{
    private const int HistoryItems = 2;

    private readonly Wording _wording = new(catalogue, deeds);
    private readonly SharedPaths _paths = new(catalogue, deeds);

    /// <summary>The claims for an item.</summary>
    /// <param name="item">The item's handle.</param>
    /// <param name="contributions">What the own items contributed to its score, largest first.</param>
    /// <param name="negotiated">What the negotiation contributed.</param>
    public ImmutableArray<Evidence> Claims(int item, ImmutableArray<Contribution> contributions, ImmutableArray<Evidence> negotiated)
    {
        Evidence[] own =
        [
            .. contributions.Take(ClaimVerifier.Strongest).Where(contribution => contribution.Weight > 0)
                .Select(contribution => Own(contribution.Handle)).OfType<Evidence>().Take(HistoryItems),
        ];
        var claims = ImmutableArray.CreateBuilder<Evidence>();
        // That it is not an item which is not wanted is no reason for anything.
        claims.AddRange(constraints.Where(wish => wish.Facet is not FacetNames.Item && wish.IsMetBy(catalogue.Values(item, wish.Facet))).Select(wish => Met(item, wish)));
        claims.AddRange(own);
        if (_paths.Find(item) is { } path)
            claims.Add(new Evidence(EvidenceKind.Fact, catalogue.Item(path.Own).ItemId, path.Facet, path.Value, _wording.Shared(path.Own, path.Facet, path.Value)!));
        else if (own.Length == 0 && Known(item) is { } known)
            claims.Add(known);
        claims.AddRange(negotiated);
        return claims.ToImmutable();
    }

    private Evidence? Own(int own) =>
        _wording.Own(own) is { } text ? new Evidence(EvidenceKind.History, catalogue.Item(own).ItemId, null, null, text) : null;

    /// <summary>For an item that nothing in the history speaks for: what the catalogue says of its kind.</summary>
    private Evidence? Known(int item)
    {
        var stated = SharedPaths.Stated(catalogue.Item(item)).ToArray();
        if (stated.Length == 0)
            return null;
        var (facet, value) = Array.Find(stated, one => SharedPaths.IsGenre(one.Facet)) is { Facet: not null } genre
            ? genre
            : stated.MaxBy(one => catalogue.Frequency(one.Facet, one.Value));
        return new Evidence(EvidenceKind.Fact, null, facet, value, Wording.Known(facet, value));
    }

    private Evidence Met(int item, Constraint wish) =>
        new(EvidenceKind.Constraint, null, wish.Facet, catalogue.Values(item, wish.Facet).FirstOrDefault(value => wish.IsMetBy([value])), Wording.Met(wish));
}
