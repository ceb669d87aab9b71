using System.Collections.Immutable;
using System.Globalization;
using AgentRec.Domain;
using AgentRec.Language.Grammar;
using AgentRec.Language.Vocabularies;

namespace AgentRec.Language;

/// <summary>Settles which facet a number bounds, in the facet's own unit.</summary>
/// <param name="vocabulary">The catalogue's vocabulary.</param>
internal sealed class LimitResolution(Vocabulary vocabulary)
{
    /// <summary>The constraints that bounds come to.</summary>
    /// <param name="limit">The bounds.</param>
    /// <returns>Null where it is not certain what is bounded, or the catalogue does not say it.</returns>
    public ImmutableArray<Draft>? Constraints(Limit limit)
    {
        var drafts = ImmutableArray.CreateBuilder<Draft>(limit.Bounds.Length);
        foreach (var (op, amount) in limit.Bounds)
        {
            if (FacetOf(limit, amount) is not { } facet)
                return null;
            var number = amount.Measure is null ? amount.Number : amount.Number * amount.Scale / facet.Unit;
            drafts.Add(new Draft(facet.Name, op ?? Usual(facet), [Text(number)]));
        }
        return drafts.MoveToImmutable();
    }

    /// <summary>The constraints that decades come to.</summary>
    /// <param name="decades">The decades.</param>
    /// <returns>Null where the catalogue has no years.</returns>
    public ImmutableArray<Draft>? Constraints(Decades decades)
    {
        // Decades follow from the facet of this very name.
        if (vocabulary.Numeric(FacetNames.Year) is null)
            return null;
        ImmutableArray<string> names = [.. decades.Starts.Select(DecadeName).Distinct(StringComparer.Ordinal)];
        if (decades.IsNegated)
            return [.. names.Select(name => new Draft(FacetNames.Decade, ConstraintOperator.Ne, [name]))];
        return [new Draft(FacetNames.Decade, names.Length == 1 ? ConstraintOperator.Eq : ConstraintOperator.In, names)];
    }

    /// <summary>A decade as the facet of that name writes it.</summary>
    /// <param name="start">Its first year.</param>
    public static string DecadeName(int start) => string.Create(CultureInfo.InvariantCulture, $"{start}s");

    /// <summary>A number as constraints write it.</summary>
    /// <param name="number">The number.</param>
    public static string Text(double number) => Math.Round(number, 6).ToString(CultureInfo.InvariantCulture);

    private NumericFacet? FacetOf(Limit limit, Amount amount)
    {
        if (limit.Facet is { } name)
            return vocabulary.Numeric(name) is { } named && (amount.Measure is null || named.Measure is null || named.Measure == amount.Measure) ? named : null;
        if (amount.Measure is { } measure)
            return limit.Measure is null || Fits(limit.Measure.Value, measure) ? vocabulary.Facet(measure) : null;
        if (limit.Measure is { } meant)
            return vocabulary.Facet(meant);
        return Years.IsYear(amount.Number) ? vocabulary.Facet(Measure.Year) : null;
    }

    private static bool Fits(Measure said, Measure unit) => said == unit || (said is Measure.Length && unit is Measure.Duration or Measure.Pages);

    /// <summary>A sum of money without more words is what may be spent; every other number is meant as it stands.</summary>
    private static ConstraintOperator Usual(NumericFacet facet) => facet.Measure is Measure.Price ? ConstraintOperator.Le : ConstraintOperator.Eq;
}
