using AgentRec.Domain;

namespace AgentRec.Negotiation.Rules;

/// <summary>
/// How many items carry one of the values. With <c>forEach</c> every value that occurs in the slate is counted by itself, and
/// the value is the greatest count (for an upper bound) or the least (for a lower one). Counts are absolute: a short slate
/// must meet the same bounds.
/// </summary>
internal sealed class CountRule : RuleBody
{
    public override long Value(Rule rule, ISlateFacts slate) =>
        Carriers(rule, slate) is { } count ? count * Millionths.One : Millionths.Of(rule.AtLeast!.Value);

    public override RuleColumn Column(Rule rule, ColumnSource source) => Column(rule, source, ColumnUnit.Items);

    /// <summary>The column, with bounds in a unit.</summary>
    public RuleColumn Column(Rule rule, ColumnSource source, ColumnUnit unit) => rule.ForEach
        ? RuleColumn.OfValues(rule, rule.AtLeast is null ? ColumnKind.EachAtMost : ColumnKind.EachAtLeast, unit, source, Bounds(rule))
        : RuleColumn.OfMembers(rule, unit, source, Bounds(rule), i => Carries(rule, source.Values(i)));

    /// <summary>The number that the bound applies to; null where it applies to every value and there is none.</summary>
    public static int? Carriers(Rule rule, ISlateFacts slate)
    {
        if (!rule.ForEach)
        {
            var count = 0;
            for (var place = 0; place < slate.Length; place++)
                count += Carries(rule, slate.Values(place, rule.Facet!)) ? 1 : 0;
            return count;
        }
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var place = 0; place < slate.Length; place++)
        {
            foreach (var value in slate.Values(place, rule.Facet!).Distinct(StringComparer.Ordinal))
                counts[value] = counts.GetValueOrDefault(value) + 1;
        }
        if (rule.AtLeast is not null)
            return counts.Count == 0 ? null : counts.Values.Min();
        return counts.Values.DefaultIfEmpty(0).Max();
    }
}
