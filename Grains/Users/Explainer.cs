using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Memory;

namespace AgentRec.Grains.Users;

/// <summary>
/// Gives reasons for a slate from evidence that can be checked: the user's own items that contributed most to the score,
/// facts that an item shares with them, constraints that it meets, and what the negotiation contributed.
/// </summary>
internal sealed class Explainer(RecommenderModel model, UserHistory history, UserMemory memory, ImmutableArray<Constraint> constraints)
{
    private const int HistoryItems = 2;

    private readonly Catalogue _catalogue = model.Catalogue;

    /// <summary>Explains the items of a slate.</summary>
    /// <param name="slate">Handles, best first.</param>
    /// <param name="reasons">What the negotiation contributed, by handle.</param>
    public ImmutableArray<Explanation> Explain(ImmutableArray<int> slate, ImmutableDictionary<int, ImmutableArray<Evidence>> reasons)
    {
        var contributions = model.Contributions(history, slate.AsSpan());
        return [.. slate.Select((item, place) => Explain(item, contributions[place], reasons.GetValueOrDefault(item, [])))];
    }

    private Explanation Explain(int item, ImmutableArray<Recommenders.Scorers.Contribution> contributions, ImmutableArray<Evidence> reasons)
    {
        int[] own = [.. contributions.Where(contribution => contribution.Weight > 0).Take(HistoryItems).Select(contribution => contribution.Handle)];
        var evidence = ImmutableArray.CreateBuilder<Evidence>();
        evidence.AddRange(constraints.Where(wish => wish.IsMetBy(_catalogue.Values(item, wish.Facet))).Select(wish => Met(item, wish)));
        evidence.AddRange(own.Select(Own));
        if (own.Select(other => Shared(item, other)).FirstOrDefault(shared => shared is not null) is { } fact)
            evidence.Add(fact);
        else if (own.Length == 0 && Known(item) is { } known)
            evidence.Add(known);
        evidence.AddRange(reasons);
        return new Explanation(Sentence(own, evidence), evidence.ToImmutable());
    }

    private Evidence Own(int item) => new(EvidenceKind.History, _catalogue.Item(item).ItemId, null, null, $"You {Deed(item)} {_catalogue.Item(item).Title}.");

    private string Deed(int item)
    {
        for (var i = memory.Recent.Count - 1; i >= 0; i--)
        {
            if (memory.Recent[i].Item != item)
                continue;
            switch (memory.Recent[i].Type)
            {
                case InteractionType.Rate:
                    return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"gave {memory.Recent[i].Value} of 5 to");
                case InteractionType.Consume:
                    return "chose";
                case InteractionType.Like:
                    return "liked";
            }
        }
        return "liked";
    }

    /// <summary>The first stated facet value that two items share, rarer facets first.</summary>
    private Evidence? Shared(int item, int other)
    {
        foreach (var facet in _catalogue.Item(item).Facets.Keys.OrderBy(Commonness).ThenBy(name => name, StringComparer.Ordinal))
        {
            foreach (var value in _catalogue.Values(item, facet))
            {
                if (_catalogue.Values(other, facet).Contains(value, StringComparer.Ordinal))
                    return new Evidence(EvidenceKind.Fact, null, facet, value, $"Like {_catalogue.Item(other).Title}: {facet} {value}.");
            }
        }
        return null;
    }

    /// <summary>For an item that nothing in the history speaks for: what the catalogue says of it first.</summary>
    private Evidence? Known(int item)
    {
        foreach (var facet in _catalogue.Item(item).Facets.Keys.OrderByDescending(Commonness).ThenBy(name => name, StringComparer.Ordinal))
            return new Evidence(EvidenceKind.Fact, null, facet, _catalogue.Values(item, facet)[0], $"It has {facet} {_catalogue.Values(item, facet)[0]}.");
        return null;
    }

    private Evidence Met(int item, Constraint wish)
    {
        var values = _catalogue.Values(item, wish.Facet);
        var value = values.FirstOrDefault(value => wish.IsMetBy([value]));
        return new Evidence(EvidenceKind.Constraint, null, wish.Facet, value, $"You asked for {wish.Facet} {Words(wish.Op)} {string.Join(" or ", wish.Values)}.");
    }

    private string Sentence(int[] own, ImmutableArray<Evidence>.Builder evidence)
    {
        var parts = new List<string>();
        if (own.Length > 0)
            parts.Add($"Because you liked {string.Join(" and ", own.Select(item => _catalogue.Item(item).Title))}.");
        parts.AddRange(evidence.Where(one => one.Kind is not EvidenceKind.History).Select(one => one.Text));
        return parts.Count > 0 ? string.Join(' ', parts) : "It is well received.";
    }

    private static int Commonness(string facet) => facet switch
    {
        FacetNames.Genre => 1,
        FacetNames.Year or FacetNames.Maturity => 2,
        _ => 0,
    };

    private static string Words(ConstraintOperator op) => op switch
    {
        ConstraintOperator.Ne => "other than",
        ConstraintOperator.Lt => "under",
        ConstraintOperator.Le => "at most",
        ConstraintOperator.Gt => "over",
        ConstraintOperator.Ge => "at least",
        _ => "of",
    };
}
