using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Negotiation.Rules;

/// <summary>
/// How many items carry one of the values. With <c>forEach</c> every value that occurs in the slate is counted by itself, and
/// the value is the greatest count (for an upper bound) or the least (for a lower one). Counts are absolute: a short slate
/// must meet the same bounds.
/// </summary>
internal sealed class CountRule : RuleBody
{
    public override long Value(Rule rule, ISlateFacts slate)
    {
        if (!rule.ForEach)
        {
            var count = 0;
            for (var place = 0; place < slate.Length; place++)
                count += Carries(rule, slate.Values(place, rule.Facet!)) ? 1 : 0;
            return count * Millionths.One;
        }
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var place = 0; place < slate.Length; place++)
        {
            foreach (var value in slate.Values(place, rule.Facet!).Distinct(StringComparer.Ordinal))
                counts[value] = counts.GetValueOrDefault(value) + 1;
        }
        if (rule.AtLeast is { } atLeast)
            return counts.Count == 0 ? Millionths.Of(atLeast) : counts.Values.Min() * Millionths.One;
        return counts.Values.DefaultIfEmpty(0).Max() * Millionths.One;
    }

    public override RuleColumn Column(Rule rule, int count, Func<int, ImmutableArray<string>> values) => rule.ForEach
        ? RuleColumn.OfValues(rule, rule.AtLeast is null ? ColumnKind.EachAtMost : ColumnKind.EachAtLeast, count, values)
        : RuleColumn.OfMembers(rule, rule.AtMost, count, i => Carries(rule, values(i)));

    private static bool Carries(Rule rule, ImmutableArray<string> values)
    {
        foreach (var value in values)
        {
            if (rule.Values.Contains(value))
                return true;
        }
        return false;
    }
}
