using System.Collections.Immutable;
using System.Globalization;
using AgentRec.Domain;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Memory;

namespace AgentRec.Grains.Users;

/// <summary>
/// Gives reasons for a slate from evidence that can be checked: the user's own items that contributed most to the score,
/// facts that an item shares with them, constraints that it meets, and what the negotiation contributed.
/// </summary>
internal sealed class Explainer(RecommenderModel model, UserHistory history, UserScores? scores, UserMemory memory, ImmutableArray<Constraint> constraints)
{
    private const int HistoryItems = 2;

    /// <summary>A value that more than this part of the catalogue carries tells nothing by being shared.</summary>
    private const double Commonplace = 0.2;

    private readonly Catalogue _catalogue = model.Catalogue;

    /// <summary>Explains the items of a slate.</summary>
    /// <param name="slate">Handles, best first.</param>
    /// <param name="reasons">What the negotiation contributed, by handle.</param>
    public ImmutableArray<Explanation> Explain(ImmutableArray<int> slate, ImmutableDictionary<int, ImmutableArray<Evidence>> reasons)
    {
        var contributions = model.Contributions(history, slate.AsSpan(), scores);
        return [.. slate.Select((item, place) => Explain(item, contributions[place], reasons.GetValueOrDefault(item, [])))];
    }

    private Explanation Explain(int item, ImmutableArray<Recommenders.Scorers.Contribution> contributions, ImmutableArray<Evidence> reasons)
    {
        int[] own = [.. contributions.Where(contribution => contribution.Weight > 0).Take(HistoryItems).Select(contribution => contribution.Handle)];
        var evidence = ImmutableArray.CreateBuilder<Evidence>();
        // That it is not an item which is not wanted is no reason for anything.
        evidence.AddRange(constraints.Where(wish => wish.Facet is not FacetNames.Item && wish.IsMetBy(_catalogue.Values(item, wish.Facet))).Select(wish => Met(item, wish)));
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
                    return string.Create(CultureInfo.InvariantCulture, $"gave {memory.Recent[i].Value} of 5 to");
                case InteractionType.Consume:
                    return "chose";
                case InteractionType.Like:
                    return "liked";
            }
        }
        return "liked";
    }

    /// <summary>The stated facet value that two items share and fewest others have. Numbers say little, and are left to constraints.</summary>
    private Evidence? Shared(int item, int other)
    {
        var shared = StatedValues(item)
            .Where(stated => _catalogue.Values(other, stated.Facet).Contains(stated.Value, StringComparer.Ordinal) && (IsGenre(stated) || !IsCommonplace(stated)))
            .MinBy(stated => _catalogue.Frequency(stated.Facet, stated.Value));
        return shared is null
            ? null
            : new Evidence(EvidenceKind.Fact, null, shared.Facet, shared.Value, $"Like {_catalogue.Item(other).Title}: {shared.Facet} {shared.Value}.");
    }

    /// <summary>For an item that nothing in the history speaks for: what the catalogue says of its kind.</summary>
    private Evidence? Known(int item)
    {
        var kind = StatedValues(item).FirstOrDefault(IsGenre) ?? StatedValues(item).MaxBy(stated => _catalogue.Frequency(stated.Facet, stated.Value));
        return kind is null ? null : new Evidence(EvidenceKind.Fact, null, kind.Facet, kind.Value, $"Its {kind.Facet} is {kind.Value}.");
    }

    private IEnumerable<StatedValue> StatedValues(int item) =>
        from facet in _catalogue.Item(item).Facets
        from value in facet.Value
        where !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
        select new StatedValue(facet.Key, value);

    private bool IsCommonplace(StatedValue stated) => _catalogue.Frequency(stated.Facet, stated.Value) > Commonplace * _catalogue.Count;

    private static bool IsGenre(StatedValue stated) => string.Equals(stated.Facet, FacetNames.Genre, StringComparison.Ordinal);

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
        // One reason of each kind makes a sentence; the evidence has them all.
        parts.AddRange(evidence.Where(one => one.Kind is not EvidenceKind.History).DistinctBy(one => one.Kind).Select(one => one.Text));
        return parts.Count > 0 ? string.Join(' ', parts) : "It is well received.";
    }

    private static string Words(ConstraintOperator op) => op switch
    {
        ConstraintOperator.Ne => "other than",
        ConstraintOperator.Lt => "under",
        ConstraintOperator.Le => "at most",
        ConstraintOperator.Gt => "over",
        ConstraintOperator.Ge => "at least",
        _ => "of",
    };

    private sealed record StatedValue(string Facet, string Value);
}
