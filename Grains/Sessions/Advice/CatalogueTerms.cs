using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Language;
using AgentRec.Recommenders;

namespace AgentRec.Grains.Sessions.Advice;

/// <summary>What may be said of the items of a catalogue, and whether it makes sense: the check that advice has to pass.</summary>
internal sealed class CatalogueTerms
{
    private const int OutlinedValues = 60;

    private const int FoundValues = 40;

    private readonly Catalogue _catalogue;
    private readonly FrozenDictionary<string, Term> _terms;

    /// <summary>Learns the terms of a catalogue.</summary>
    /// <param name="catalogue">The catalogue.</param>
    public CatalogueTerms(Catalogue catalogue)
    {
        _catalogue = catalogue;
        var names = catalogue.Items.SelectMany(item => item.Facets.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (names.Contains(FacetNames.Year, StringComparer.Ordinal))
            names.Add(FacetNames.Decade);
        if (catalogue.Items.Any(item => item.Provider is not null))
            names.Add(FacetNames.Provider);
        // Derived facets may have no values, whatever their source holds; the one called item is the items' ids, which are nobody's to read.
        _terms = names.Distinct(StringComparer.Ordinal).Where(name => !string.Equals(name, FacetNames.Item, StringComparison.Ordinal))
            .Select(name => Term.Of(catalogue, name)).Where(term => !term.Values.IsEmpty).ToFrozenDictionary(term => term.Outline.Name, StringComparer.Ordinal);
        Outlines = [.. _terms.Values.OrderBy(term => term.Outline.Name, StringComparer.Ordinal).Select(term => term.Outline)];
    }

    /// <summary>The facets, as they are described to whoever advises.</summary>
    public ImmutableArray<FacetOutline> Outlines { get; }

    /// <summary>The values of a facet that contain some letters, the most frequent first.</summary>
    /// <param name="facet">The facet.</param>
    /// <param name="containing">The letters.</param>
    public ImmutableArray<string> Find(string facet, string containing) => _terms.TryGetValue(facet, out var term)
        ? [.. term.Values.Where(value => value.Contains(containing, StringComparison.OrdinalIgnoreCase)).Take(FoundValues)]
        : [];

    /// <summary>What is wrong with constraints, in words that whoever made them can act on.</summary>
    /// <param name="constraints">The constraints.</param>
    /// <param name="inForce">Those that hold beside them.</param>
    /// <param name="needed">How many items must be left.</param>
    /// <returns>Null where nothing is wrong.</returns>
    public string? Problem(ImmutableArray<Constraint> constraints, ImmutableArray<Constraint> inForce, int needed)
    {
        foreach (var constraint in constraints)
        {
            if (Problem(constraint) is { } problem)
                return problem;
        }
        var hard = constraints.Where(one => one.Strength is ConstraintStrength.Hard).ToArray();
        if (hard.Length == 0)
            return null;
        var left = Left([.. hard, .. inForce.Where(one => one.Strength is ConstraintStrength.Hard)], needed);
        // Where there were too few before, these are not to blame.
        return left >= needed || Left([.. inForce.Where(one => one.Strength is ConstraintStrength.Hard)], needed) < needed
            ? null
            : $"The hard constraints leave only {left} items. Make soft what need not be so.";
    }

    /// <summary>A constraint with its values as the catalogue writes them.</summary>
    /// <param name="constraint">A constraint without a problem.</param>
    public Constraint Written(Constraint constraint) => _terms[constraint.Facet] is { Outline.IsNumeric: false } term
        ? constraint with { Values = [.. constraint.Values.Select(value => term.Spelling[value]).Distinct(StringComparer.Ordinal)] }
        : constraint;

    private string? Problem(Constraint constraint)
    {
        if (!_terms.TryGetValue(constraint.Facet, out var term))
            return $"There is no facet \"{constraint.Facet}\".";
        var compares = constraint.Op is not (ConstraintOperator.Eq or ConstraintOperator.Ne or ConstraintOperator.In);
        if (constraint.Op is not ConstraintOperator.In && constraint.Values.Length != 1)
            return "Every op but \"in\" takes one value.";
        if (compares && !term.Outline.IsNumeric)
            return $"\"{constraint.Facet}\" has no numbers: use eq, ne or in.";
        foreach (var value in constraint.Values)
        {
            if (term.Outline.IsNumeric ? !IsNumber(value) : !term.Spelling.ContainsKey(value))
                return term.Outline.IsNumeric ? $"\"{constraint.Facet}\" needs plain numbers." : $"\"{constraint.Facet}\" has no value \"{Short(value)}\".";
        }
        return null;
    }

    private int Left(Constraint[] hard, int needed)
    {
        var left = 0;
        for (var handle = 0; handle < _catalogue.Count && left < needed; handle++)
        {
            var item = handle;
            if (Array.TrueForAll(hard, one => one.IsMetBy(_catalogue.Values(item, one.Facet))))
                left++;
        }
        return left;
    }

    private static string Short(string value) => value.Length <= 60 ? value : value[..60];

    private static bool IsNumber(string value) => double.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number);

    /// <summary>One facet.</summary>
    /// <param name="Outline">As it is described.</param>
    /// <param name="Values">All values, the most frequent first.</param>
    /// <param name="Spelling">By a value in any case, the catalogue's own spelling.</param>
    private sealed record Term(FacetOutline Outline, ImmutableArray<string> Values, FrozenDictionary<string, string> Spelling)
    {
        public static Term Of(Catalogue catalogue, string facet)
        {
            ImmutableArray<string> values =
            [
                .. Enumerable.Range(0, catalogue.Count).SelectMany(handle => catalogue.Values(handle, facet).ToArray()).CountBy(value => value, StringComparer.Ordinal)
                    .OrderByDescending(value => value.Value).ThenBy(value => value.Key, StringComparer.Ordinal).Select(value => value.Key),
            ];
            var spelling = values.DistinctBy(value => value, StringComparer.OrdinalIgnoreCase).ToFrozenDictionary(value => value, StringComparer.OrdinalIgnoreCase);
            if (!values.IsEmpty && values.All(IsNumber))
            {
                double[] numbers = [.. values.Select(value => double.Parse(value, CultureInfo.InvariantCulture))];
                return new Term(new FacetOutline(facet, [], IsComplete: true, numbers.Min(), numbers.Max()), values, spelling);
            }
            return new Term(new FacetOutline(facet, [.. values.Take(OutlinedValues)], values.Length <= OutlinedValues, null, null), values, spelling);
        }
    }
}
