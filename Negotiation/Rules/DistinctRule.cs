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
                if (Concerns(rule, value))
                    found.Add(value);
            }
        }
        return found.Count * Millionths.One;
    }

    public override RuleColumn Column(Rule rule, ColumnSource source) =>
        RuleColumn.OfValues(rule, ColumnKind.Distinct, ColumnUnit.Items, Concerned(rule, source), Bounds(rule));

    protected override long RoomAbove(long atMost, int length) => Math.Max(atMost, Millionths.One);
}
