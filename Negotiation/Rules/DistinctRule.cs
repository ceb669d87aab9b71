using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Negotiation.Rules;

/// <summary>How many different values the slate carries; where the rule names values, only those count.</summary>
internal sealed class DistinctRule : RuleBody
{
    public override long Value(Rule rule, ISlateFacts slate)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        for (var place = 0; place < slate.Length; place++)
        {
            foreach (var value in slate.Values(place, rule.Facet!))
            {
                if (rule.Values.IsEmpty || rule.Values.Contains(value))
                    found.Add(value);
            }
        }
        return found.Count * Millionths.One;
    }

    public override RuleColumn Column(Rule rule, int count, Func<int, ImmutableArray<string>> values) =>
        RuleColumn.OfValues(rule, ColumnKind.Distinct, count, rule.Values.IsEmpty
            ? values
            : i => [.. values(i).Where(value => rule.Values.Contains(value))]);

    protected override long RoomAbove(long atMost, int length) => Math.Max(atMost, Millionths.One);
}
