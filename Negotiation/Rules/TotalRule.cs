using AgentRec.Domain;

namespace AgentRec.Negotiation.Rules;

/// <summary>
/// The sum of a numeric facet such as price or runtime. An item without a number counts as 0: it neither helps a lower
/// bound nor hurts an upper one.
/// </summary>
internal sealed class TotalRule : RuleBody
{
    public override long Value(Rule rule, ISlateFacts slate)
    {
        var sum = 0L;
        for (var place = 0; place < slate.Length; place++)
            sum += NumericFacet.Of(slate.Values(place, rule.Facet!)) ?? 0;
        return Math.Clamp(sum, -Millionths.Greatest, Millionths.Greatest);
    }

    public override RuleColumn Column(Rule rule, ColumnSource source) =>
        RuleColumn.OfAmounts(rule, source, Bounds(rule), i => NumericFacet.Of(source.Values(i)) ?? 0);

    protected override long RoomAbove(long atMost, int length) => Math.Max(Math.Abs(atMost), Millionths.One);
}
