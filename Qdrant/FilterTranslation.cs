using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Vectors;
using AgentRec.Qdrant.Wire;

namespace AgentRec.Qdrant;

/// <summary>Puts filters into Qdrant's terms.</summary>
internal static class FilterTranslation
{
    /// <summary>The filter as Qdrant reads it; null where everything passes.</summary>
    public static FilterClause? Of(VectorFilter filter) =>
        filter.Must.IsEmpty && filter.MustNot.IsEmpty
            ? null
            : new FilterClause { Must = Clauses(filter.Must), MustNot = Clauses(filter.MustNot) };

    private static FilterClause[]? Clauses(IReadOnlyCollection<FacetCondition> conditions) => conditions.Count == 0 ? null : [.. conditions.Select(Of)];

    private static FilterClause Of(FacetCondition condition)
    {
        if (!condition.Facet.Contains(FacetNames.Alternatives))
            return Of(condition, condition.Facet);
        // The first facet that has values decides: a later one is only asked where all before it are empty.
        var facets = condition.Facet.Split(FacetNames.Alternatives);
        return new FilterClause
        {
            Should =
            [
                .. facets.Select((facet, place) => new FilterClause
                {
                    Must = [.. facets.Take(place).Select(before => new FilterClause { IsEmpty = new EmptyField(FacetKeys.Words(before)) }), Of(condition, facet)],
                }),
            ],
        };
    }

    private static FilterClause Of(FacetCondition condition, string facet) => condition switch
    {
        FacetMatch match => new FilterClause { Key = FacetKeys.Words(facet), Match = Of(match) },
        FacetRange range => new FilterClause { Key = FacetKeys.Numbers(facet), Range = Of(range) },
        _ => throw new ArgumentException($"Conditions of the type {condition.GetType().Name} have no translation: use FacetMatch or FacetRange.", nameof(condition)),
    };

    private static MatchClause Of(FacetMatch match)
    {
        string[] values = [.. match.Values.Select(FacetKeys.Fold).Distinct(StringComparer.Ordinal)];
        return values is [var only] ? new MatchClause { Value = only } : new MatchClause { Any = values };
    }

    /// <summary>JSON has finite numbers only, and so have payloads: bounds beyond them admit all of these or none.</summary>
    private static RangeClause Of(FacetRange range)
    {
        double?[] lower = [range.GreaterThan, range.AtLeast];
        double?[] upper = [range.LessThan, range.AtMost];
        var isNever = lower.Concat(upper).Any(bound => bound is double.NaN) || lower.Any(bound => bound is double.PositiveInfinity) || upper.Any(bound => bound is double.NegativeInfinity);
        if (isNever)
            return new RangeClause { Gt = double.MaxValue };
        var clause = new RangeClause { Gt = Finite(range.GreaterThan), Gte = Finite(range.AtLeast), Lt = Finite(range.LessThan), Lte = Finite(range.AtMost) };
        // Without any bound left there must still be a number.
        return clause is { Gt: null, Gte: null, Lt: null, Lte: null } ? new RangeClause { Gte = double.MinValue } : clause;
    }

    private static double? Finite(double? bound) => bound is { } number && double.IsFinite(number) ? number : null;
}
