using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Language.Grammar;
using AgentRec.Language.Vocabularies;

namespace AgentRec.Language;

/// <summary>Settles which facet and values are meant by named values.</summary>
/// <param name="vocabulary">The catalogue's vocabulary.</param>
internal sealed class ValueResolution(Vocabulary vocabulary)
{
    /// <summary>The constraints that values come to.</summary>
    /// <param name="values">The values.</param>
    /// <returns>Null where it is not certain what is meant.</returns>
    public ImmutableArray<Draft>? Constraints(Values values)
    {
        var named = new List<FacetValue>();
        foreach (var value in values.Named)
        {
            if (One(value) is not [_, ..] meant || (values.IsNegated && meant.Length > 1))
                return null;
            named.AddRange(meant);
        }
        if (values.IsNegated)
            return [.. named.Select(value => new Draft(value.Facet, ConstraintOperator.Ne, value.Values))];
        if (!IsAlternative(values, named[0].Facet))
            return [.. named.Select(value => Wanted(value.Facet, value.Values))];
        return named.TrueForAll(value => string.Equals(value.Facet, named[0].Facet, StringComparison.Ordinal))
            ? [Wanted(named[0].Facet, [.. named.SelectMany(value => value.Values).Distinct(StringComparer.Ordinal)])]
            : null;
    }

    /// <summary>What a named value means.</summary>
    /// <param name="named">The value.</param>
    /// <returns>One value, several that must hold together, or none where it is not certain what is meant.</returns>
    public ImmutableArray<FacetValue> One(NamedValue named)
    {
        ImmutableArray<FacetValue> asked = [.. named.Match.Meanings.Where(meaning => named.Facets.Contains(meaning.Facet, StringComparer.OrdinalIgnoreCase))];
        var meant = ValueTable.Surest(asked.IsEmpty ? named.Match.Meanings : Foremost(asked, named.Facets));
        return named.Match.IsCertain && meant is [var only] ? (only.And is { } and ? [only, and] : [only]) : [];
    }

    /// <summary>"By" asks for a director before it asks for a writer.</summary>
    private static ImmutableArray<FacetValue> Foremost(ImmutableArray<FacetValue> asked, ImmutableArray<string> facets)
    {
        var first = facets.First(facet => asked.Any(meaning => string.Equals(meaning.Facet, facet, StringComparison.OrdinalIgnoreCase)));
        return [.. asked.Where(meaning => string.Equals(meaning.Facet, first, StringComparison.OrdinalIgnoreCase))];
    }

    /// <summary>"Comedies and westerns" are some of each; "a comedy and western" is both; and where an item has one value only, it cannot be both.</summary>
    private bool IsAlternative(Values values, string facet) => values.Junction switch
    {
        Junction.Or => true,
        Junction.And => values.Named[^1].IsPlural || !vocabulary.IsSeveralValued(facet),
        _ => false,
    };

    private static Draft Wanted(string facet, ImmutableArray<string> values) =>
        new(facet, values.Length == 1 ? ConstraintOperator.Eq : ConstraintOperator.In, values);
}
