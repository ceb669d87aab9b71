using AgentRec.Domain;

namespace AgentRec.Negotiation.Rules;

/// <summary>
/// The least distance between two places that carry the same value; where the rule names values, only those count. Without
/// such a pair the rule is met, and the value is the slate's length, or the bound where the slate is shorter than that.
/// </summary>
internal sealed class GapRule : RuleBody
{
    public override long Value(Rule rule, ISlateFacts slate)
    {
        var least = int.MaxValue;
        var last = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var place = 0; place < slate.Length; place++)
        {
            foreach (var value in slate.Values(place, rule.Facet!).Distinct(StringComparer.Ordinal).Where(value => Concerns(rule, value)))
            {
                if (last.TryGetValue(value, out var before))
                    least = Math.Min(least, place - before);
                last[value] = place;
            }
        }
        return least < int.MaxValue ? least * Millionths.One : Math.Max(slate.Length * Millionths.One, Millionths.Of(rule.AtLeast ?? 0));
    }

    public override RuleColumn Column(Rule rule, ColumnSource source) =>
        RuleColumn.OfValues(rule, ColumnKind.Gap, ColumnUnit.Items, Concerned(rule, source), Bounds(rule));

    protected override long RoomBelow(long atLeast, int length) => Math.Max(atLeast - Millionths.One, Millionths.One);
}
