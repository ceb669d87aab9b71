using System.Globalization;
using AgentRec.Domain;
using AgentRec.Negotiation.Rules;
using AgentRec.Negotiation.Search;

namespace AgentRec.Negotiation.Windows;

/// <summary>
/// Looks for a slate under all hard rules in the whole eligible catalogue, where the widest window holds none: rules are
/// relaxed for what the catalogue lacks, not for what a window happens to leave out.
/// </summary>
internal static class CatalogueSearch
{
    /// <summary>Searches.</summary>
    /// <param name="ranked">All eligible candidates by handle, best first.</param>
    /// <param name="facets">The catalogue.</param>
    /// <param name="rules">The rule set in force.</param>
    /// <param name="slateSize">k.</param>
    /// <returns>Places in the ranking, in no order; null where none was found.</returns>
    public static int[]? Find(IReadOnlyList<int> ranked, IFacetSource facets, RuleSet rules, int slateSize)
    {
        var hard = rules with { Rules = [.. rules.Rules.Where(rule => rule.Severity == RuleSeverity.Hard)] };
        var places = Kinds(RuleColumns.Build(hard, ranked, facets, Math.Min(slateSize, ranked.Count), []), ranked.Count, slateSize);
        return FeasibleSlate.Any([.. places.Select(place => ranked[place])], facets, hard, slateSize)?.Select(i => places[i]).ToArray();
    }

    /// <summary>
    /// Candidates that are alike to every rule stand in for each other: the best of each kind, as many as a slate has places,
    /// are enough.
    /// </summary>
    private static List<int> Kinds(RuleColumn[] columns, int count, int slateSize)
    {
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        var places = new List<int>();
        for (var place = 0; place < count; place++)
        {
            var kind = string.Join('|', columns.Select(column => column.Values.Length == 0
                ? column.HasAmount.Length > 0 && !column.HasAmount[place] ? "-" : column.Amounts[place].ToString(CultureInfo.InvariantCulture)
                : string.Join(',', column.Values[place].Order())));
            var before = found.GetValueOrDefault(kind);
            found[kind] = before + 1;
            if (before < slateSize)
                places.Add(place);
        }
        return places;
    }
}
