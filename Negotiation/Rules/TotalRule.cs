using System.Collections.Immutable;
using System.Globalization;
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
            sum += Amount(slate.Values(place, rule.Facet!));
        return Math.Clamp(sum, -Millionths.Greatest, Millionths.Greatest);
    }

    public override RuleColumn Column(Rule rule, int count, Func<int, ImmutableArray<string>> values) =>
        RuleColumn.OfAmounts(rule, count, i => Amount(values(i)));

    protected override long RoomAbove(long atMost, int length) => Math.Max(Math.Abs(atMost), Millionths.One);

    private static long Amount(ImmutableArray<string> values) =>
        !values.IsEmpty && decimal.TryParse(values[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? Millionths.Of(Math.Clamp(number, Millionths.ToDecimal(-Millionths.Greatest), Millionths.ToDecimal(Millionths.Greatest)))
            : 0;
}
